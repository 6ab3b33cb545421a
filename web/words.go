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
	"github.com/coupwatch/coupwatch/text/numbers"
	"github.com/coupwatch/coupwatch/web/board"
)

// clock writes a time as people read it, or a dash.
func clock(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.UTC().Format("2 Jan 15:04")
}

// first returns the first n of a list.
func first[T any](n int, list []T) []T { return list[:min(n, len(list))] }

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
func count(n int, thing string) string { return numbers.Thousands(n) + " " + numbers.Plural(n, thing) }

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
		names = append(names, s.country(code))
	}
	return strings.Join(names, ", ")
}

// places writes which countries a story is about: those with a code or, if there
// are none, those of its entities that are one.
func (s site) places(st news.Story) string {
	if codes := st.Where(); len(codes) > 0 || s.names == nil {
		return s.countries(codes)
	}
	var lands []string
	for _, id := range st.Entities {
		if land := s.names.Land(id); land != "" {
			lands = append(lands, plain(land))
		}
	}
	return strings.Join(lands, ", ")
}

// country writes a two-letter code as people know it.
func (s site) country(code string) string {
	name := strings.ToUpper(code)
	if s.names != nil {
		name = cmp.Or(s.names.CountryName(code), name)
	}
	return name
}

// rule returns the title of a rule.
func (s site) rule(id string) string {
	if s.names != nil {
		return cmp.Or(s.names.RuleTitle(id), id)
	}
	return id
}

// entity returns the name of an entity.
func (s site) entity(id string) string {
	if s.names != nil {
		return cmp.Or(s.names.EntityName(id), id)
	}
	return id
}

// age writes how long ago a time was, as people say it.
func age(now, at time.Time) string {
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

// stamp writes a time for machines.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// back writes for how long back something is shown: "last seven days".
func back(d time.Duration) string {
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

// said are the first of those on whose word a story rests.
type said struct {
	Voices []voice
	More   int
}

// A voice is one on whose word a story rests.
type voice struct {
	Name, Through string // Through is the first outlet, "" if it spoke for itself
	Reports       int
}

// voices returns the first three on whose word a story rests, those with most
// reports first.
func voices(c board.Card) said {
	roots := slices.Clone(c.Origins)
	slices.SortStableFunc(roots, func(a, b news.Origin) int { return b.Reports - a.Reports })
	const most = 3
	v := said{More: max(0, c.Roots-most)}
	for _, o := range roots[:min(most, len(roots))] {
		v.Voices = append(v.Voices, voice{o.Name, strings.Join(first(1, through(o)), ""), o.Reports})
	}
	return v
}

// plain returns a text from outside on one line, without what is not seen but
// turns the letters around it.
func plain(s string) string { return strings.Join(strings.Fields(strings.Map(seen, s)), " ") }

// headline is as plain, and says so where there is none: a link needs a text.
func headline(s string) string { return cmp.Or(plain(s), "without a headline") }

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

// pushed says how a feed comes from its hub at now, "" if it does not.
func pushed(f news.FeedState, now time.Time) string { return f.PushNote(now) }
