package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
)

// ParseTerm reads one entry of a list: an @entity, another $list, or words
// that stand side by side.
//
//	palace revolution       in all their forms
//	=stormed  mutin*  wo?d  marked as in a query
//	"state of emergency"    these forms
//	seize _ power           any word between two others
//
// If src has mistakes, the error is of type [Errors], with no Node.
func ParseTerm(src string) (Node, error) {
	l := lexer{src: src}
	n := l.entry()
	if err := l.err(); err != nil {
		return nil, err
	}
	return n, nil
}

// entry reads all of the source as an entry of a list.
func (l *lexer) entry() Node {
	var words []Word
	for l.pos < len(l.src) {
		r, size := utf8.DecodeRuneInString(l.src[l.pos:])
		start := l.pos
		switch {
		case unicode.IsSpace(r):
			l.pos += size
		case strings.ContainsRune(quotes, r):
			text := l.inQuotes()
			words = append(words, l.phraseWords(text, start)...)
		case r == '@' || r == '$':
			if n := l.lone(); n != nil {
				return n
			}
		case strings.ContainsRune("(),", r):
			l.add(start, start+size, code.NotInList, quoted(string(r))+" means nothing in a list", "give each phrase an entry of its own")
			l.pos += size
		default:
			words = append(words, l.entryWords(l.run())...)
		}
	}
	end := strings.TrimRightFunc(l.src, unicode.IsSpace)
	if len(l.errs) == 0 {
		l.checkGaps(words, 0, len(end))
	}
	return &Term{between(0, len(end)), words}
}

// lone reads the @entity or $list that must be all of the entry, and returns
// nil if it is not.
func (l *lexer) lone() Node {
	s := l.run()
	if strings.TrimSpace(l.src) != s {
		l.add(l.pos, l.pos+len(s), code.NotInList, quoted(s)+" must be an entry of its own", "to ask for it beside words, write a query in a rule")
		l.pos += len(s)
		return nil
	}
	l.reference(s)
	return l.toks[0].node
}

// entryWords reads the words of s, which begins here.
func (l *lexer) entryWords(s string) []Word {
	start := l.pos
	l.pos += len(s)
	name, _, _ := strings.Cut(s, "/")
	switch {
	case s == "_":
		return []Word{{Text: "_", Form: Gap}}
	case slices.Contains(keywords, name):
		l.add(start, l.pos, code.NotInList, quoted(s)+" means nothing in a list", `give each phrase an entry of its own; for the word itself write "`+s+`" in quotes`)
	case s[0] == '-' && len(s) > 1 && start == 0:
		l.add(start, l.pos, code.NotInList, quoted(s)+" means nothing in a list", "for an entry leave a space after the dash; to take something away, write a query in a rule")
	case s[0] == '-' || foreign[s] != "":
		l.add(start, l.pos, code.NotInList, quoted(s)+" means nothing in a list", "to take something away, write a query in a rule")
	default:
		return l.bareWords(s, start)
	}
	return nil
}
