package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
)

// hyphens are what joins the parts of a word such as pro-Russian.
const hyphens = "-\u2010\u2011"

// word reads a bare word.
func (l *lexer) word(s string) {
	mistakes := len(l.errs)
	term := &Term{l.at(s), l.bareWords(s, l.pos)}
	// Without the signs around it, it may be an operator: "NEAR5." is one typed
	// wrongly, and not a word.
	if len(l.errs) == mistakes {
		if text := formatTerm(term); text != s && !isWord(text) {
			l.add(l.pos, l.pos+len(s), code.OddSign, quoted(s)+" means nothing here", "leave out the signs, or put it in quotes")
		}
	}
	l.emit(token{kind: word, node: term}, len(s))
}

// isWord reports whether s is read as a bare word.
func isWord(s string) bool {
	l := lexer{src: s}
	toks := l.lex()
	return len(l.errs) == 0 && len(toks) == 2 && toks[0].kind == word
}

// bareWords returns the words of s, which stands at pos without quotes:
// pro-Russian has two.
func (l *lexer) bareWords(s string, pos int) []Word {
	if i := strings.IndexFunc(s, meaningless); i >= 0 {
		l.meaningless(s[i:], pos+i)
		return nil
	}
	form := Inflected
	text := s
	if rest, ok := strings.CutPrefix(s, "="); ok {
		form, text = Exact, rest
	}
	if strings.Contains(text, "=") {
		l.add(pos, pos+len(s), code.MisplacedExact, "= belongs before the word", "write ="+strings.ReplaceAll(text, "=", ""))
		return nil
	}
	mistakes := len(l.errs)
	var words []Word
	for _, part := range splitHyphens(text) {
		if w, ok := l.oneWord(part, form, pos, pos+len(s)); ok {
			words = append(words, w)
		}
	}
	if len(l.errs) == mistakes {
		l.checkGaps(words, pos, pos+len(s))
	}
	if len(words) == 1 && words[0].Form == Inflected && slices.Contains(keywords, words[0].Text) {
		l.add(pos, pos+len(s), code.OddSign, quoted(s)+" means nothing here", "write "+words[0].Text+` alone, or in quotes for the word itself`)
	}
	return words
}

// keywords are the words that mean something else than themselves.
var keywords = []string{"AND", "OR", "NOT", "NEAR", "ONEAR", "WITHIN", "SENTENCE", "COUNT", "POINTS", "FIRST", "LEAD", "TOLD", "WARM", "QUESTION", "PAST_YEAR"}

// meaningless reports whether r can be no part of a bare word.
func meaningless(r rune) bool {
	return !wordRune(r) && !strings.ContainsRune("=*?.&'’ʼ·"+hyphens+`"`, r) && !unicode.Is(unicode.Cf, r)
}

// wordRune reports whether r is what words consist of.
func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_'
}

// meaningless notes that the first letter of s, at pos, means nothing.
func (l *lexer) meaningless(s string, pos int) {
	r, size := utf8.DecodeRuneInString(s)
	hint := "put the words in quotes"
	switch {
	case strings.ContainsRune("[]{}<>", r):
		hint = "use parentheses ( ) to group"
	case strings.ContainsRune("|&+!", r):
		hint = "write AND, OR and NOT"
	case r == '~':
		hint = "write word* for any ending; a plain word is found in all its forms"
	case r == '/':
		hint = `write a OR b, or "a/b" for just that`
	case strings.ContainsRune("‘`´‚‹›", r):
		hint = `use double quotes "…"`
	case r == '@' || r == '$':
		hint = "leave a space before it"
	case r == utf8.RuneError:
		hint = "save the file as UTF-8"
	}
	l.add(pos, pos+size, code.OddSign, quoted(string(r))+" means nothing here", hint)
}

func splitHyphens(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(hyphens, r) })
}

// oneWord returns the word that s means, without its marks; form is that of a
// word without wildcards. Mistakes are noted between start and end. It returns
// false if there was one, or if s is nothing but signs.
func (l *lexer) oneWord(s string, form Form, start, end int) (Word, bool) {
	inQuotes := form == Folded || form == Exact
	text := strings.TrimFunc(s, func(r rune) bool { return !wordRune(r) && r != '*' && r != '?' && (!inQuotes || !IsSign(r)) })
	for strings.Contains(text, "**") {
		text = strings.ReplaceAll(text, "**", "*")
	}
	if strings.IndexFunc(text, func(r rune) bool { return !IsSign(r) }) < 0 {
		return Word{}, false
	}
	if strings.Trim(text, "_") == "" {
		return Word{Text: "_", Form: Gap}, true
	}
	if !strings.ContainsAny(text, "*?") {
		return Word{Text: text, Form: form}, true
	}
	if letters(text) < 2 {
		l.add(start, end, code.TooWide, quoted(text)+" would match nearly everything", "at least two letters must stand beside * or ?")
		return Word{}, false
	}
	if form == Exact {
		l.add(start, end, code.MisplacedExact, "= and a wildcard exclude each other", "write "+text+" for any ending, or ="+strings.Trim(text, "*?")+" for this form only")
		return Word{}, false
	}
	if stem := strings.TrimSuffix(text, "*"); !strings.ContainsAny(stem, "*?") {
		return Word{Text: stem, Form: Prefix}, true
	}
	return Word{Text: text, Form: Wild}, true
}

// letters counts the letters and digits of s.
func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// phraseWords returns the words of text, which stands in quotes at start and
// ends here.
func (l *lexer) phraseWords(text string, start int) []Word {
	mistakes := len(l.errs)
	var words []Word
	var pending string // signs before the first word
	for _, part := range strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(hyphens+quotes, r)
	}) {
		form := Folded
		if i := strings.IndexFunc(part, wordRune); i >= 0 && strings.Contains(part[:i], "=") {
			form = Exact
		}
		if strings.Trim(part, "!?.…") == "" {
			continue
		}
		if sign := strings.Map(onlySign, part); sign != "" && strings.IndexFunc(part, wordRune) < 0 {
			pending = l.aside(words, pending, sign, start)
			continue
		}
		w, ok := l.oneWord(part, form, start, l.pos)
		if !ok {
			continue
		}
		if pending != "" {
			l.signed(w, start)
			w.Text, pending = pending+" "+w.Text, ""
		}
		if w.Form == Wild && strings.HasSuffix(w.Text, "?") {
			l.add(start, l.pos, code.QuestionMark, "a question mark in quotes stands for one letter", "leave it out, or ask for QUESTION beside the phrase: the title ends with a question mark")
		}
		words = append(words, w)
	}
	if len(l.errs) == mistakes {
		l.checkGaps(words, start, l.pos)
	}
	return words
}

// IsSign reports whether r is a sign that counts in quotes, such as those of
// "C++", "AT&T" and "$5": the text must have it in this place. Marks that only
// part words and sentences do not count.
func IsSign(r rune) bool {
	return r != '=' && unicode.In(r, unicode.Sm, unicode.Sc) || strings.ContainsRune(`&#%@/\`, r)
}

func onlySign(r rune) rune {
	if IsSign(r) {
		return r
	}
	return -1
}

// aside gives a sign that stands alone in a phrase to the word before it, or
// returns it with those before it for the word that is to come.
func (l *lexer) aside(words []Word, pending, sign string, start int) string {
	if len(words) == 0 {
		return strings.TrimSpace(pending + " " + sign)
	}
	last := &words[len(words)-1]
	l.signed(*last, start)
	last.Text += " " + sign
	return ""
}

// signed notes it as a mistake if a sign stands beside w, which any word may
// be.
func (l *lexer) signed(w Word, start int) {
	if w.Form != Folded && w.Form != Exact {
		l.add(start, l.pos, code.OddSign, "a sign cannot stand beside _ or a word with a wildcard", "leave it out")
	}
}

// checkGaps notes it as a mistake if there are no words between start and end,
// or if they begin or end with a gap.
func (l *lexer) checkGaps(words []Word, start, end int) {
	if len(words) == 0 {
		l.add(start, end, code.NoWord, "there is no word in "+quoted(l.src[start:end]), "")
	} else if words[0].Form == Gap || words[len(words)-1].Form == Gap {
		l.add(start, end, code.LoneGap, "_ stands for a word between two others", `write "coup _ attempt"`)
	}
}
