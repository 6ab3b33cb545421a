package web

import (
	"fmt"
	"net/url"
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

// count writes a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// countries writes two-letter codes as people know them.
func countries(codes []string) string { return strings.ToUpper(strings.Join(codes, " ")) }

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

// announced returns what people heard of a story, by the key of a
// [news.Hearing].
func announced(key string) string {
	what, rest, _ := strings.Cut(key, "-")
	switch what {
	case string(news.New):
		return "first told"
	case "status", "severity":
		return "now " + rest
	case "origins":
		return rest + " independent origins"
	}
	return key
}

// headed returns what stands before the headline of a story because of what
// people heard of it.
func headed(key string) string {
	if key == string(news.New) {
		return ""
	}
	return announced(key) + ": "
}

// capital returns s with a capital letter at its beginning.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
