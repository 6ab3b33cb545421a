package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
)

// clock writes a time as people read it, or a dash.
func clock(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.UTC().Format("2 Jan 15:04")
}

// first returns the first n of feeds.
func first(n int, feeds []news.FeedState) []news.FeedState { return feeds[:min(n, len(feeds))] }

// size writes how large something of n bytes is, a dash for nothing.
func size(n int) string {
	switch {
	case n == 0:
		return "–"
	case n < 1_000_000:
		return fmt.Sprintf("%d kB", max(1, (n+500)/1000))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// count writes a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// origins writes how many independent origins a story has. All of several may
// have it from one whom nobody names, so that their number is a bound.
func origins(n int) string {
	if n == 1 {
		return "1 origin"
	}
	return "at most " + count(n, "independent origin")
}

// through returns the outlets through which an origin speaks, but for itself.
func through(o news.Origin) []string {
	return slices.DeleteFunc(slices.Clone(o.Via), func(via string) bool { return strings.EqualFold(via, o.Name) })
}

// countries writes two-letter codes as people know them.
func (s site) countries(codes []string) string {
	var names []string
	for _, code := range codes {
		name := strings.ToUpper(code)
		if s.names != nil {
			name = cmp.Or(s.names.CountryName(code), name)
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// rule returns the title of a rule.
func (s site) rule(id string) string {
	if s.names != nil {
		return cmp.Or(s.names.RuleTitle(id), id)
	}
	return id
}

// plain returns a text from outside on one line, without what is not seen but
// turns the letters around it.
func plain(s string) string { return strings.Join(strings.Fields(strings.Map(seen, s)), " ") }

// lines is as plain, but leaves lines and the spaces in them as they are.
func lines(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return seen(r)
	}, s)
}

// seen returns r, a space for a control character, or -1 for what is not seen.
func seen(r rune) rune {
	switch {
	case unicode.IsSpace(r), unicode.IsControl(r):
		return ' '
	case unicode.Is(unicode.Bidi_Control, r), r == '\ufeff', r == unicode.ReplacementChar:
		return -1
	}
	return r
}

// local returns the path of a story's page.
func local(id string) string { return "/story/" + url.PathEscape(id) }

// web returns link if it leads to the web, else "".
func web(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// capital returns s with a capital letter at its beginning.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
