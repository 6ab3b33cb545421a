package query

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/spell"
	"github.com/coupwatch/coupwatch/news"
)

// A lexer cuts a query into tokens. A mistake costs one token at most, so that
// all mistakes can be told at once.
type lexer struct {
	src  string
	pos  int
	toks []token
	complaint
}

// Quotes come in two families, and any of one family closes any of it: „so“,
// “so”, «so» and »so« are all usual.
const (
	commas    = "\"“”„‟"
	guillemet = "«»"
	quotes    = commas + guillemet
)

// lex cuts all of src. The last token is always an end.
func (l *lexer) lex() []token {
	for l.pos < len(l.src) {
		r, size := utf8.DecodeRuneInString(l.src[l.pos:])
		switch {
		case unicode.IsSpace(r):
			l.pos += size
		case r == '(':
			l.emit(token{kind: open}, size)
		case r == ')':
			l.emit(token{kind: closing}, size)
		case r == ',':
			l.emit(token{kind: comma}, size)
		case strings.ContainsRune(quotes, r):
			l.phrase()
		case r == '-':
			l.minus()
		case l.field():
		default:
			l.chunk(l.run())
		}
	}
	return append(l.toks, token{kind: end, start: len(l.src), end: len(l.src)})
}

// emit adds a token of size bytes and steps over it.
func (l *lexer) emit(t token, size int) {
	t.start, t.end = l.pos, l.pos+size
	l.toks = append(l.toks, t)
	l.pos += size
}

// longestWord is the length, in bytes, of the longest word that is read. It
// keeps the time that a query takes in proportion to its length.
const longestWord = 256

// run returns what begins here, up to a space, quote, comma or parenthesis.
func (l *lexer) run() string {
	for i, r := range l.src[l.pos:] {
		if i > longestWord {
			l.add(l.pos, l.pos+i, code.LongWord, "no word is as long as this", "leave spaces between words")
			return l.src[l.pos : l.pos+i]
		}
		if unicode.IsSpace(r) || strings.ContainsRune("(),", r) ||
			strings.ContainsRune(quotes, r) && !l.gershayim(l.pos+i, r) {
			return l.src[l.pos : l.pos+i]
		}
	}
	return l.src[l.pos:]
}

// gershayim reports whether the quote r at i is the sign that Hebrew sets
// within abbreviations, usually typed as a quote.
func (l *lexer) gershayim(i int, r rune) bool {
	before, _ := utf8.DecodeLastRuneInString(l.src[:i])
	after, _ := utf8.DecodeRuneInString(l.src[i+utf8.RuneLen(r):])
	return r == '"' && i > l.pos && unicode.Is(unicode.Hebrew, before) && unicode.Is(unicode.Hebrew, after)
}

// inQuotes steps over the quoted text that begins here and returns what is
// between the quotes.
func (l *lexer) inQuotes() string {
	r, size := utf8.DecodeRuneInString(l.src[l.pos:])
	family := commas
	if strings.ContainsRune(guillemet, r) {
		family = guillemet
	}
	from := l.pos + size
	n := strings.IndexAny(l.src[from:], family)
	if n < 0 {
		l.add(l.pos, l.pos+size, code.OpenQuote, "this quote is never closed", `close it with "`)
		l.pos = len(l.src)
		return l.src[from:]
	}
	_, size = utf8.DecodeRuneInString(l.src[from+n:])
	l.pos = from + n + size
	return l.src[from : from+n]
}

// phrase reads a phrase in quotes.
func (l *lexer) phrase() {
	start := l.pos
	text := l.inQuotes()
	words := l.phraseWords(text, start)
	at := between(start, l.pos)
	l.toks = append(l.toks, token{kind: leaf, start: start, end: l.pos, node: &Term{at, words}})
}

// minus reads a "-", which takes away what follows it.
func (l *lexer) minus() {
	after, _ := utf8.DecodeRuneInString(l.src[l.pos+1:])
	if l.pos+1 == len(l.src) || unicode.IsSpace(after) {
		l.add(l.pos, l.pos+1, code.OutOfPlace, "a lone - means nothing", "write -word to take a word away")
		l.emit(token{kind: leaf}, 1)
		return
	}
	l.emit(token{kind: not}, 1)
}

// chunk reads s, which begins here and ends before a space or the like.
func (l *lexer) chunk(s string) {
	switch s {
	case "AND":
		l.emit(token{kind: and}, len(s))
	case "OR":
		l.emit(token{kind: or}, len(s))
	case "NOT":
		l.emit(token{kind: not}, len(s))
	case "QUESTION":
		l.emit(token{kind: leaf, node: &Question{l.at(s)}}, len(s))
	case "PAST_YEAR":
		l.emit(token{kind: leaf, node: &PastYear{l.at(s)}}, len(s))
	default:
		switch {
		case s[0] == '@' || s[0] == '$':
			l.reference(s)
		case comparison(s) != "":
			l.compare(s)
		case foreign[s] != "":
			l.add(l.pos, l.pos+len(s), code.ForeignSign, quoted(s)+" means nothing in a query", foreign[s])
			l.pos += len(s)
		case l.distance(s) || l.prefixed(s) || l.named(s):
		default:
			l.word(s)
		}
	}
}

// foreign are signs that other query languages have, and what ours has instead.
var foreign = map[string]string{
	"&":  "write AND",
	"&&": "write AND",
	"+":  "write AND",
	"|":  "write OR",
	"||": "write OR",
	"!":  "write NOT",
	"=":  "write = and a word right after it, for this form of the word only",
	"–":  "write -word with a plain hyphen to take a word away",
	"—":  "write -word with a plain hyphen to take a word away",
	"−":  "write -word with a plain hyphen to take a word away",
	"_":  `_ stands for any one word within a phrase: "coup _ attempt"`,
}

func (l *lexer) at(s string) Pos { return between(l.pos, l.pos+len(s)) }

// reference reads @entity or $list.
func (l *lexer) reference(s string) {
	name := s[1:]
	if !validName(name) {
		what := "an entity, as in @leaders"
		if s[0] == '$' {
			what = "a list, as in $coup"
		}
		l.add(l.pos, l.pos+len(s), code.BadName, fmt.Sprintf("%s is no name", quoted(s)), fmt.Sprintf("write %c and right after it the name of %s", s[0], what))
		name = ""
	}
	var n Node = &Entity{l.at(s), name}
	if s[0] == '$' {
		n = &List{l.at(s), name}
	}
	l.emit(token{kind: leaf, node: n}, len(s))
}

// validName reports whether name can name a list or entity: letters and
// digits, and within them "-", "_", and ":" as in "kind:person".
func validName(name string) bool {
	for i, r := range name {
		inner := i > 0 && i < len(name)-1 && strings.ContainsRune("-_:", r)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !inner {
			return false
		}
	}
	return name != ""
}

// comparison returns the sign with which s begins, if it is one that compares.
func comparison(s string) string {
	for _, sign := range []string{">=", "≥", "<=", "=>", "==", ">", "<"} {
		if strings.HasPrefix(s, sign) {
			return sign
		}
	}
	return ""
}

// compare reads >= n or < n; points may be fewer than none.
func (l *lexer) compare(s string) {
	start := l.pos
	sign := comparison(s)
	digits := s[len(sign):]
	l.pos += len(s)
	if digits == "" {
		for l.pos < len(l.src) && l.src[l.pos] == ' ' {
			l.pos++
		}
		digits = l.run()
		l.pos += len(digits)
	}
	n, err := strconv.Atoi(digits)
	switch {
	case sign != ">=" && sign != "≥" && sign != "<":
		l.add(start, l.pos, code.ForeignSign, quoted(sign)+" means nothing in a query", "write >= and a number: so many or more")
	case errors.Is(err, strconv.ErrRange) || err == nil && n > maxDistance:
		l.add(start, l.pos, code.BadNumber, quoted(digits)+" is too great a number", fmt.Sprintf("the greatest is %d", maxDistance))
	case err != nil || n < -maxDistance:
		l.add(start, l.pos, code.BadNumber, "no number after "+sign, "write "+sign+" 3")
	}
	l.toks = append(l.toks, token{kind: compare, start: start, end: l.pos, n: n, number: err == nil, below: sign == "<"})
}

// maxDistance is the greatest number of words between two that are near.
const maxDistance = 1000

// distance reads an operator or function with a number, such as NEAR/5, and
// whatever was meant for one. It reports whether s is one.
func (l *lexer) distance(s string) bool {
	name, number, slash := strings.Cut(s, "/")
	if i := strings.IndexAny(s, "~:-0123456789"); i > 0 && !slash && isNumber(strings.TrimLeft(s[i:], "~:-")) {
		name, number = s[:i], strings.TrimLeft(s[i:], "~:-") // NEAR5, NEAR~5
	}
	upper := strings.ToUpper(name)
	operator, isOther := map[string]string{"W": "NEAR", "N": "NEAR", "PRE": "ONEAR", "ADJ": "NEAR"}[upper]
	switch {
	case upper == "NEAR" || upper == "ONEAR" || upper == "WITHIN":
		operator = upper
		if number == "" && !slash && name != upper {
			return false // the word "near"
		}
	case isOther && slash && isNumber(number):
	default:
		return false
	}
	example := operator + "/5"
	n, err := strconv.Atoi(number)
	switch {
	case number == "":
		l.add(l.pos, l.pos+len(s), code.BadDistance, operator+" needs a number of words", "write "+example)
	case err != nil || n < 0:
		l.add(l.pos, l.pos+len(s), code.BadDistance, fmt.Sprintf("%s is no number of words", quoted(number)), "write "+example)
	case n > maxDistance:
		l.add(l.pos, l.pos+len(s), code.BadDistance, fmt.Sprintf("%d words is not near", n), fmt.Sprintf("the most is %d; to ask for both anywhere in the item write AND", maxDistance))
	case name != operator || !slash:
		l.add(l.pos, l.pos+len(s), code.BadDistance, quoted(s)+" means nothing in a query", fmt.Sprintf("write %s/%d", operator, n))
	}
	if operator == "WITHIN" {
		l.emit(token{kind: call, name: operator, n: n}, len(s))
	} else {
		l.emit(token{kind: near, n: n, ordered: operator == "ONEAR"}, len(s))
	}
	return true
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

// functions are the names that stand before parentheses.
var functions = []string{"SENTENCE", "COUNT", "POINTS", "FIRST", "LEAD", "TOLD", "WARM", "WITHIN"}

// named reads the name of a function, or a name before a parenthesis that was
// meant for one. It reports whether s is one.
func (l *lexer) named(s string) bool {
	if slices.Contains(functions, s) {
		l.emit(token{kind: call, name: s}, len(s))
		return true
	}
	upper := strings.ToUpper(s)
	if !strings.HasPrefix(l.src[l.pos+len(s):], "(") || slices.Contains([]string{"AND", "OR", "NOT", "NEAR", "ONEAR"}, upper) {
		return false
	}
	meant := upper
	hint := "did you mean " + upper + "(…)?"
	if !slices.Contains(functions, upper) {
		meant = spell.Nearest(s, functions)
		hint = "did you mean " + meant + "(…)?"
		if meant == "" {
			hint = "there are SENTENCE(…), WITHIN/9(…), COUNT(…), POINTS(…), FIRST(…), LEAD(…), TOLD(…) and WARM(…); to ask for two things leave a space before the parenthesis"
		}
	}
	l.add(l.pos, l.pos+len(s), code.UnknownFunction, "unknown function "+quoted(s), hint)
	l.emit(token{kind: call, name: meant}, len(s))
	return true
}

// The names that stand before a colon.
var (
	fieldNames = []string{news.Title.String(), news.Summary.String(), news.Body.String()}
	metaNames  = []string{"feed", "lang", "tag"}
	otherNames = map[string]string{
		"headline": "title", "heading": "title", "subject": "title",
		"description": "summary",
		"text":        "body", "content": "body", "source": "feed", "publisher": "feed",
		"language": "lang", "intitle": "title",
	}
)

// field reads "title:" and the like, and reports whether one begins here.
func (l *lexer) field() bool {
	for i, name := range fieldNames {
		if strings.HasPrefix(l.src[l.pos:], name) && strings.HasPrefix(l.src[l.pos+len(name):], ":") {
			l.emit(token{kind: field, field: news.Field(i)}, len(name)+1)
			return true
		}
	}
	return false
}

// prefixed reads what has a name and a colon before it, such as
// "feed:reuters". It reports whether s is such a thing.
func (l *lexer) prefixed(s string) bool {
	name, value, colon := strings.Cut(s, ":")
	if !colon || name == "" || strings.IndexFunc(name, unicode.IsDigit) >= 0 {
		return false
	}
	if slices.Contains(metaNames, name) {
		l.meta(name)
		return true
	}
	known := slices.Concat(fieldNames, metaNames)
	meant := otherNames[strings.ToLower(name)]
	if meant == "" {
		meant = spell.Nearest(name, known)
	}
	hint := "did you mean " + meant + ":?"
	if meant == "" {
		hint = `there are title:, summary:, body:, feed:, lang: and tag:; put a word with a colon in quotes`
	}
	l.add(l.pos, l.pos+len(name)+1, code.UnknownField, "unknown field "+quoted(name), hint)
	l.pos += len(name) + 1
	if value != "" {
		l.emit(token{kind: leaf}, len(value))
	}
	return true
}

// meta reads feed:value, with the value perhaps in quotes or after a space.
func (l *lexer) meta(name string) {
	start, value := l.pos, ""
	l.pos += len(name) + 1
	for l.pos < len(l.src) && l.src[l.pos] == ' ' {
		l.pos++
	}
	if r, _ := utf8.DecodeRuneInString(l.src[l.pos:]); l.pos < len(l.src) && strings.ContainsRune(quotes, r) {
		value = strings.Join(strings.Fields(l.inQuotes()), " ")
	} else {
		value = l.run()
		l.pos += len(value)
	}
	if strings.Trim(value, "*?=") == "" {
		l.add(start, l.pos, code.MissingOperand, name+": needs something after it", "write "+map[string]string{"feed": "feed:reuters", "lang": "lang:ru", "tag": "tag:africa"}[name])
	}
	l.toks = append(l.toks, token{kind: leaf, start: start, end: l.pos, node: &Meta{between(start, l.pos), name, value}})
}
