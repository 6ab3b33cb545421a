package sheet

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
	"github.com/coupwatch/coupwatch/text/numbers"
)

// Clock writes a time as people read it, or a dash.
func Clock(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.UTC().Format("2 Jan 15:04")
}

// First returns the first n of a list.
func First[T any](n int, list []T) []T { return list[:min(n, len(list))] }

// Size writes how large something of n bytes is, a dash for nothing.
func Size(n int) string {
	switch {
	case n == 0:
		return "–"
	case n < 1_000_000:
		return fmt.Sprintf("%d kB", max(1, (n+500)/1000))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// Count writes a number of things.
func Count(n int, thing string) string { return numbers.Thousands(n) + " " + numbers.Plural(n, thing) }

// Origins writes how many independent origins a story has. All of several may
// have it from one whom nobody names, so that their number is a bound.
func Origins(n int) string {
	if n == 1 {
		return "1 origin"
	}
	return "at most " + Count(n, "independent origin")
}

// Through returns the outlets through which an origin speaks, but for itself.
func Through(o news.Origin) []string {
	return slices.DeleteFunc(slices.Clone(o.Via), func(via string) bool { return strings.EqualFold(via, o.Name) })
}

// Age writes how long ago a time was, as people say it.
func Age(now, at time.Time) string {
	switch d := now.Sub(at); {
	case at.IsZero():
		return "never"
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", d/time.Minute)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", d/time.Hour)
	default:
		return fmt.Sprintf("%d days ago", d/(24*time.Hour))
	}
}

// Stamp writes a time for machines.
func Stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// Back writes for how long back something is shown: "last seven days".
func Back(d time.Duration) string {
	switch {
	case d == 7*24*time.Hour:
		return "last seven days"
	case d == time.Hour:
		return "last hour"
	case d > 48*time.Hour && d%(24*time.Hour) == 0:
		return fmt.Sprintf("last %d days", d/(24*time.Hour))
	}
	return fmt.Sprintf("last %d hours", d/time.Hour)
}

// A piece is a part of a quote.
type piece struct {
	Text   string
	Marked bool // it is what a rule found
}

// mostQuoted is how many letters of a quote a list shows.
const mostQuoted = 320

// pieces returns the parts of a quote, in order. What does not fit is cut off at
// the end, with a sign of it.
func pieces(q news.Quote) (all []piece) {
	at := 0
	add := func(to int, marked bool) {
		if to = min(to, len(q.Text)); to > at {
			if text := strings.Map(seen, q.Text[at:to]); strings.TrimSpace(text) != "" || !marked {
				all = append(all, piece{text, marked})
			}
			at = to
		}
	}
	for _, m := range q.Marks {
		add(m.Start, false)
		add(m.End, true)
	}
	add(len(q.Text), false)
	left := mostQuoted
	for i, p := range all {
		if letters := []rune(p.Text); len(letters) > left {
			all[i].Text = strings.TrimRight(string(letters[:left]), " ") + "…"
			return all[:i+1]
		}
		left -= utf8.RuneCountInString(p.Text)
	}
	return all
}

// Plain returns a text from outside on one line, without what is not seen but
// turns the letters around it.
func Plain(s string) string { return strings.Join(strings.Fields(strings.Map(seen, s)), " ") }

// Headline is as [Plain], and says so where there is none: a link needs a text.
func Headline(s string) string { return cmp.Or(Plain(s), "without a headline") }

// Lines is as [Plain], but leaves lines and the spaces in them as they are.
func Lines(s string) string {
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

// Local returns the path of a story's page.
func Local(id string) string { return "/story/" + url.PathEscape(id) }

// Web returns link if it leads to the web, else "".
func Web(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// Capital returns s with a capital letter at its beginning.
func Capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
