package text

import (
	"bytes"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// What it takes to say that texts are not in the language they are given in.
const (
	chunkWords  = 40  // that are looked at together: fewer tell little
	mostChunks  = 40  // that are looked at: more tell no more
	agreement   = 0.9 // of the chunks has to be in the same other language
	fewDistinct = 5   // common words of the other language in each chunk
	shareCommon = 7   // one word in so many, at least, is one of them
)

// kin lists languages whose texts share so many words or letters that one may
// be taken for another: between them the language given stands.
var kin = [...]string{
	" da no nb nn sv is fo ",
	" es pt gl ca oc it co sc ro ",
	" fr oc ca ",
	" fr ht ",
	" nl af fy li ",
	" de lb nds ",
	" en pcm sco tpi bi ",
	" fi et ",
	" tr az tk uz crh tt ku ",
	" pl cs sk sl hr bs sr me sh mk ",
	" ar fa ur ps ug sd ku ckb pa ks pap prs bal ha ms ",
	" hi mr ne sa bho mai ",
	" am ti tig ",
	" he yi ",
	" bn as ",
	" ru kk ky tg mn tt ba cv os ab ce uz az ",
}

// Foreign returns the language that texts are in if that is beyond doubt
// another one than given, and else "". They are looked at together, since a
// headline alone tells little; texts in two languages are of neither.
func Foreign(texts []string, given string) string {
	given = code(given)
	if given == "" {
		return ""
	}
	votes, chunks := map[string]int{}, 0
	var t Text
	for chunk := range inChunks(texts) {
		t.read(chunk)
		votes[t.surely(given)]++
		if chunks++; chunks == mostChunks {
			break
		}
	}
	for lang, n := range votes {
		if lang != "" && lang != given && float64(n) >= agreement*float64(chunks) {
			return lang
		}
	}
	return ""
}

// inChunks yields texts joined to chunks of enough words. What is left at the
// end and too short is not looked at.
func inChunks(texts []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		var chunk strings.Builder
		var t Text
		words := 0
		for _, s := range texts {
			s = firstBytes(s, 10*enough)
			t.read(s)
			chunk.WriteString(s)
			chunk.WriteString("\n")
			if words += t.Len(); words < chunkWords {
				continue
			}
			if !yield(chunk.String()) {
				return
			}
			chunk.Reset()
			words = 0
		}
	}
}

// firstBytes returns the beginning of s, at most limit bytes of whole letters.
func firstBytes(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}

// surely returns the language of the text if that is beyond doubt, or if it
// may be the given one, and else "".
func (t *Text) surely(given string) string {
	found := t.detect()
	switch {
	case found == "" || found == given:
		return found
	case areKin(found, given):
		return given
	}
	switch t.script() {
	case latin:
		if !t.hasCommon(found, given) {
			return ""
		}
	case cyrillic:
		if usesCyrillic(given) && !t.hasLettersOf(found) {
			return given
		}
	}
	return found
}

func areKin(a, b string) bool {
	a, b = " "+a+" ", " "+b+" "
	return slices.ContainsFunc(kin[:], func(family string) bool {
		return strings.Contains(family, a) && strings.Contains(family, b)
	})
}

// hasCommon reports whether enough of the words are common ones of the
// language found, and by far fewer are of the one given.
func (t *Text) hasCommon(found, given string) bool {
	var ofFound, ofGiven languageSet
	for n, lang := range latinLanguages {
		switch lang {
		case found:
			ofFound = 1 << n
		case given:
			ofGiven = 1 << n
		}
	}
	distinct, own := map[uint64]bool{}, map[uint64]bool{}
	times := 0
	for i := range t.words {
		w := t.Word(i)
		if len(w) > longestCommon {
			continue
		}
		key := pack(w)
		if commonWords[key]&ofFound != 0 {
			distinct[key] = true
			times++
		}
		if commonWords[key]&ofGiven != 0 {
			own[key] = true
		}
	}
	return len(distinct) >= fewDistinct && times*shareCommon >= len(t.words) && len(distinct) >= 2*len(own)
}

// Letters that tell Russian and Ukrainian texts from each other and from those
// of their neighbours.
const (
	russianLetters   = "ыэъё"
	ukrainianLetters = "іїєґ"
)

// hasLettersOf reports whether the letters of a Cyrillic text are those of the
// language found.
func (t *Text) hasLettersOf(found string) bool {
	lower := bytes.ToLower(t.clean)
	russian, ukrainian := countAny(lower, russianLetters), countAny(lower, ukrainianLetters)
	switch found {
	case "ru":
		return bytes.ContainsAny(lower, "ыэ") && russian > 10*ukrainian
	case "uk":
		return bytes.ContainsAny(lower, "їєґ") && ukrainian > 10*russian
	}
	return true // its letters are what it was found by
}

func countAny(s []byte, letters string) int {
	n := 0
	for _, r := range string(s) {
		if strings.ContainsRune(letters, r) {
			n++
		}
	}
	return n
}
