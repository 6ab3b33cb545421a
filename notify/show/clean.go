package show

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
)

// Clean returns outside text as one line of visible text: control characters
// and runs of space become one space, and what is invisible or turns the
// direction of the text is removed.
func Clean(s string) string { return strings.TrimSpace(scrub(s)) }

// Line returns outside text, clean and cut to n runes. It looks only at as much
// of a huge text as could be needed.
func Line(s string, n int) string {
	if most := 12 * n; len(s) > most {
		s = s[:most]
	}
	return Cut(Clean(s), n)
}

// Problem returns err in one line of moderate length: a part of it may come
// from a service.
func Problem(err error) string { return Line(err.Error(), 500) }

// cleanLines is Clean for a text of several lines: it keeps its line breaks.
func cleanLines(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(scrub(l), " ")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// stacked is how many combining marks may stand on one letter; scripts that
// need them need fewer.
const stacked = 4

// scrub is Clean for a part of a text: it keeps a space at either end.
func scrub(s string) string {
	if spotless(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var last rune
	marks := 0
	for _, r := range s {
		switch {
		case r > ' ' && r < 0x7f:
			marks = 0
		case unicode.IsSpace(r) || unicode.IsControl(r):
			if r, marks = ' ', 0; last == ' ' {
				continue
			}
		case invisible(r) && !joins(last, r):
			continue
		case unicode.Is(unicode.M, r):
			if marks++; marks > stacked {
				continue
			}
		default:
			marks = 0
		}
		b.WriteRune(r) // an invalid byte becomes U+FFFD
		last = r
	}
	return b.String()
}

// spotless reports whether s is ASCII that needs no cleaning, as most texts are.
func spotless(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == ' ' && i > 0 && s[i-1] == ' ' {
			return false
		}
	}
	return true
}

// invisible reports whether r shows nothing by itself: format characters
// (zero-width ones, bidi controls, tags), fillers and private use.
func invisible(r rune) bool {
	switch r {
	case '\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u3164', '\uffa0':
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs)
}

// joins reports whether r is a joiner or non-joiner that the script of the
// rune before it needs: Persian, Indic scripts and emoji cannot be written
// without.
func joins(before, r rune) bool {
	if r != '\u200c' && r != '\u200d' {
		return false
	}
	return unicode.In(before, unicode.Arabic, unicode.Syriac, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi,
		unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala) ||
		r == '\u200d' && (unicode.Is(unicode.So, before) || before == '\ufe0f' || unicode.Is(unicode.Sk, before))
}

// Cut returns s, or as much of it as fits into n runes with an ellipsis. It
// cuts between words if one ends near, and never inside a letter and its marks.
func Cut(s string, n int) string {
	runes, end, last := 0, 0, rune(0)
	for i, r := range s {
		if !unicode.Is(unicode.M, r) && r != '\u200d' && last != '\u200d' && runes < n {
			end = i // the letter that begins here can be left out whole
		}
		if runes++; runes > n {
			head := s[:end]
			if sp := strings.LastIndexByte(head, ' '); sp > len(head)*3/4 {
				head = head[:sp]
			}
			return strings.TrimRight(head, " ,;:–—-") + "…"
		}
		last = r
	}
	return s
}

// maxLink is the longest link that is shown, in bytes and with its ampersands
// escaped; who needs more hides something.
const maxLink = 2000

// Link returns s if it is a link to a web page that may be shown to people,
// else "". Credentials in it, which are there to mislead, are left out.
func Link(s string) string {
	if len(s) > 2*maxLink {
		return ""
	}
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.User = nil
	safe := percents.Replace(u.String())
	if len(safe)+4*strings.Count(safe, "&") > maxLink || safe != scrub(safe) {
		return ""
	}
	return safe
}

// A piece is a part of a quote.
type piece struct {
	Text   string
	Marked bool
}

// unlessAgain returns quote, or nothing if it is headline again: people have just
// read that.
func unlessAgain(quote []piece, headline string) []piece {
	var b strings.Builder
	for _, p := range quote {
		b.WriteString(p.Text)
	}
	if bare := func(s string) string { return strings.TrimRight(s, " .…") }; bare(b.String()) == bare(headline) {
		return nil
	}
	return quote
}

// pieces cleans a quote and parts it at its marks. Marks that do not fit the
// text are ignored.
func pieces(q news.Quote) []piece {
	if most := 12 * maxQuote; len(q.Text) > most {
		q.Text = q.Text[:most]
	}
	var all []piece
	add := func(text string, marked bool) {
		if text = scrub(text); text != "" {
			all = append(all, piece{text, marked})
		}
	}
	end := 0
	for _, m := range q.Marks {
		if m.Start < end || m.End > len(q.Text) || m.Start >= m.End {
			continue
		}
		add(q.Text[end:m.Start], false)
		add(q.Text[m.Start:m.End], true)
		end = m.End
	}
	add(q.Text[end:], false)
	return all
}

// cutPieces returns as much of all as fits into n runes.
func cutPieces(all []piece, n int) []piece {
	for i, p := range all {
		length := utf8.RuneCountInString(p.Text)
		if length > n {
			if n < 2 {
				return append(all[:i:i], piece{Text: "…"})
			}
			return append(all[:i:i], piece{Cut(p.Text, n), p.Marked})
		}
		n -= length
	}
	return all
}
