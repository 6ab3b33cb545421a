package node

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
)

// A slip is what somebody did who wrote a file that is no YAML. YAML complains
// where it gave up, which is often lines below, and of something else.
type slip struct {
	at        Spot
	code      code.Code
	msg, hint string
}

// slip returns the slip for which YAML gave up at the given place, if it is a
// usual one.
func (s *source) slip(at Spot) (slip, bool) {
	for _, look := range []func(Spot) (slip, bool){s.oddSpace, s.gluedDash, s.openQuote, s.bareApostrophe, s.tooDeep, s.lostDash} {
		if found, ok := look(at); ok {
			return found, true
		}
	}
	return slip{}, false
}

// oddSpace looks for a space in the indentation that only looks like one.
func (s *source) oddSpace(at Spot) (slip, bool) {
	for _, n := range []int{s.above(at.line), at.line} {
		for i, r := range []rune(s.line(n)) {
			switch {
			case !unicode.IsSpace(r):
			case r == '\u00a0':
				return slip{Spot{s, n, i + 1}, code.OddSpace, "the line is indented with a no-break space", "indent with plain spaces"}, true
			case r != ' ' && r != '\t':
				return slip{Spot{s, n, i + 1}, code.OddSpace, fmt.Sprintf("the line is indented with %U, which is no plain space", r), "indent with plain spaces"}, true
			default:
				continue
			}
			break
		}
	}
	return slip{}, false
}

var (
	gluedDash = regexp.MustCompile(`^\s*-([\pL\pN]+):(\s|$)`)
	keyLine   = regexp.MustCompile(`^(\s*(?:- +)*)["']?([\pL\pN_-]+)["']?:(\s|$)`)
)

// gluedDash looks for an entry of a list that has no space after its dash.
func (s *source) gluedDash(at Spot) (slip, bool) {
	for _, n := range []int{at.line, s.above(at.line)} {
		if m := gluedDash.FindStringSubmatchIndex(s.line(n)); m != nil {
			key := s.line(n)[m[2]:m[3]]
			return slip{Spot{s, n, m[2]}, code.GluedDash, "there is no space after the dash", "write - " + key + ":"}, true
		}
	}
	return slip{}, false
}

// above returns the number of the last line before n that says something, 0 if
// there is none.
func (s *source) above(n int) int {
	for n--; n > 0; n-- {
		if line := strings.TrimSpace(s.line(n)); line != "" && line[0] != '#' {
			return n
		}
	}
	return 0
}

// openQuote looks for a quote that nobody closed, so that the value took in
// the lines below it up to the next quote.
func (s *source) openQuote(at Spot) (slip, bool) {
	open, end := s.lastQuoted(at)
	if end < 0 {
		return slip{}, false
	}
	from, to := s.place(open, 1), s.place(end, 1)
	for n := from.line + 1; n <= to.line; n++ {
		if keyLine.MatchString(s.line(n)) {
			return slip{from, code.OpenQuote, fmt.Sprintf("this quote is not closed: the value goes on to the next quote, in line %d", to.line), "close it at the end of its value"}, true
		}
	}
	return slip{}, false
}

// bareApostrophe looks for an apostrophe within single quotes, where it ends
// the value.
func (s *source) bareApostrophe(at Spot) (slip, bool) {
	open, end := s.lastQuoted(at)
	if end < 0 || s.text[open] != '\'' || strings.Contains(s.text[open:end], "\n") {
		return slip{}, false
	}
	rest, _, _ := strings.Cut(s.text[end+1:], "\n")
	next, _ := utf8.DecodeRuneInString(rest)
	if !unicode.IsLetter(next) && strings.Count(rest, "'")%2 == 0 {
		return slip{}, false
	}
	word := s.text[open+1 : end]
	word = word[strings.LastIndexAny(word, " (,")+1:]
	after := rest[:len(rest)-len(strings.TrimLeftFunc(rest, unicode.IsLetter))]
	return slip{s.place(end, 1), code.Apostrophe, "an apostrophe within single quotes ends the value", "write it twice: " + word + "''" + after}, true
}

// lastQuoted returns where the last value in quotes begins and ends that ends
// before at, in its line; end is -1 if there is none.
func (s *source) lastQuoted(at Spot) (open, end int) {
	limit := s.offset(at.line, at.col)
	open, end = -1, -1
	begins := true // a value may begin here
	for i := 0; i < limit; i++ {
		c := s.text[i]
		switch {
		case begins && (c == '"' || c == '\''):
			to := s.closing(i)
			if to < 0 || to >= limit {
				return -1, -1
			}
			open, end = i, to
			i, begins = to, false
		case c == '#' && (i == 0 || isBlank(s.text[i-1])):
			if i += strings.IndexByte(s.text[i:]+"\n", '\n'); i >= len(s.text) {
				return open, end
			}
			begins = true
		case strings.IndexByte("\n[{,", c) >= 0, (c == ':' || c == '-') && i+1 < len(s.text) && isBlank(s.text[i+1]):
			begins = true
		case c != ' ':
			begins = false
		}
	}
	if end >= 0 && strings.Contains(s.text[end:limit], "\n") {
		return -1, -1
	}
	return open, end
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// closing returns where the quote at i is closed, or -1.
func (s *source) closing(i int) int {
	quote := s.text[i]
	for i++; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '\\' && quote == '"':
			i++
		case c != quote:
		case quote == '\'' && strings.HasPrefix(s.text[i+1:], "'"):
			i++
		default:
			return i
		}
	}
	return -1
}

// tooDeep looks for a key that is indented further than the one above it,
// which has a value of its own.
func (s *source) tooDeep(at Spot) (slip, bool) {
	key, parent := keyLine.FindStringSubmatch(s.line(at.line)), keyLine.FindStringSubmatch(s.line(s.above(at.line)))
	if key == nil || parent == nil {
		return slip{}, false
	}
	value := strings.TrimSpace(strings.TrimPrefix(s.line(s.above(at.line)), parent[0]))
	if len(key[1]) <= len(parent[1]) || value == "" || strings.HasPrefix(value, "#") {
		return slip{}, false
	}
	return slip{
		Spot{s, at.line, len(key[1]) + 1},
		code.TooFarRight,
		fmt.Sprintf("%q is indented further than %q above it, which has its value already", key[2], parent[2]),
		fmt.Sprintf("begin it in column %d; if it is a part of that value, put the whole value in single quotes", len(parent[1])+1),
	}, true
}

// lostDash looks for a key that stands where the dashes of a list stand.
func (s *source) lostDash(at Spot) (slip, bool) {
	key := keyLine.FindStringSubmatch(s.line(at.line))
	if key == nil || strings.Contains(key[1], "-") {
		return slip{}, false
	}
	for n := s.above(at.line); n > 0; n = s.above(n) {
		line := s.line(n)
		indent := len(line) - len(strings.TrimLeft(line, " "))
		switch {
		case indent > len(key[1]):
		case indent == len(key[1]) && strings.HasPrefix(line[indent:], "- "):
			return slip{
				Spot{s, at.line, indent + 1},
				code.LostDash,
				fmt.Sprintf("%q stands in line with the dashes of a list, and has none", key[2]),
				fmt.Sprintf("write - %s: for another entry, or begin it in column %d for this one", key[2], indent+3),
			}, true
		default:
			return slip{}, false
		}
	}
	return slip{}, false
}
