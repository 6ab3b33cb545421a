package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Detect returns the language of s, such as "en" or "uk", or "" if that is not
// sure: few words of Latin letters do not tell. The script decides, then, for
// Cyrillic and Arabic, the letters that only one language has, and for Latin
// those and the most common words.
func Detect(s string) string {
	var t Text
	t.read(s)
	return t.detect()
}

// code returns the code by which the stemmers know the language of a tag such as
// "en-US".
func code(tag string) string {
	tag = strings.ToLower(strings.TrimSpace(tag))
	if i := strings.IndexAny(tag, "-_"); i >= 0 {
		tag = tag[:i]
	}
	switch tag {
	case "nb", "nn":
		return "no"
	case "ua":
		return "uk"
	}
	return tag
}

// language returns the language that the text is in: given, unless it is ""
// or the text is in another script, or in Ukrainian where Russian is given or
// the other way round, as in the feeds of bilingual publishers.
func (t *Text) language(given string) string {
	if given == "" {
		return t.detect()
	}
	ofLatin, ofCyrillic := usesLatin(given), usesCyrillic(given)
	switch t.script() {
	case latin:
		if ofLatin || len(t.words) < 3 {
			return given
		}
	case cyrillic:
		if ofCyrillic && given != "ru" && given != "uk" && given != "be" {
			return given
		}
	default:
		if !ofLatin && !ofCyrillic {
			return given
		}
	}
	if found := t.detect(); found != "" {
		return found
	}
	return given
}

func usesLatin(lang string) bool { return !usesCyrillic(lang) && !usesOwnScript(lang) }

func usesCyrillic(lang string) bool {
	switch lang {
	case "ru", "uk", "be", "bg", "mk", "kk", "ky", "tg", "mn", "tt", "sr":
		return true
	}
	return false
}

func usesOwnScript(lang string) bool {
	switch lang {
	case "ar", "fa", "ur", "ps", "he", "el", "hy", "ka", "am", "ti", "hi", "mr", "ne", "bn", "pa", "gu",
		"ta", "te", "kn", "ml", "si", "th", "lo", "km", "my", "zh", "ja", "ko", "dv", "ug", "yi":
		return true
	}
	return false
}

// enough is how many words at the beginning of a text tell its language.
const enough = 300

// script returns the script of most of the words, 0 if it is one that cannot
// be taken for Latin.
func (t *Text) script() traits {
	if !t.wide {
		return latin
	}
	var count [greek + 1]int
	most := traits(0)
	for i := range min(len(t.words), enough) {
		w := t.Word(i)
		if classes[w[0]]&isNumeral != 0 {
			continue
		}
		s := latin
		if w[0] >= utf8.RuneSelf {
			g, _ := glyphAt(w, 0)
			s = g.traits & scripts
		}
		if count[s]++; count[s] > count[most] {
			most = s
		}
	}
	return most
}

func (t *Text) detect() string {
	switch t.script() {
	case latin:
		return t.detectLatin()
	case cyrillic:
		return t.detectCyrillic()
	case greek:
		return "el"
	}
	return t.detectByScript()
}

// detectByScript returns the language of a text in a script that is used by
// hardly more than one. It looks at the text itself: folding makes Persian
// letters Arabic.
func (t *Text) detectByScript() string {
	found := ""
	for i, r := range string(t.clean[:min(len(t.clean), 10*enough)]) {
		switch {
		case r < 0x370: // punctuation, digits, a Latin name
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			return "ja"
		case strings.ContainsRune("پچژگکی", r):
			found = "fa"
		case strings.ContainsRune("ٹڈڑے", r):
			return "ur"
		case found != "" || i > 9*enough:
		case unicode.Is(unicode.Arabic, r):
			found = "ar"
		case unicode.Is(unicode.Han, r):
			found = "zh"
		default:
			found = ofScript(r)
		}
	}
	return found
}

// ofScript returns the language that is meant by the script of r, or "".
func ofScript(r rune) string {
	for lang, script := range scriptLanguages {
		if unicode.Is(script, r) {
			return lang
		}
	}
	return ""
}

// scriptLanguages lists scripts by the language that most news in them is in.
// It is never changed.
var scriptLanguages = map[string]*unicode.RangeTable{
	"am": unicode.Ethiopic,
	"bn": unicode.Bengali,
	"he": unicode.Hebrew,
	"hi": unicode.Devanagari,
	"hy": unicode.Armenian,
	"ka": unicode.Georgian,
	"km": unicode.Khmer,
	"ko": unicode.Hangul,
	"lo": unicode.Lao,
	"my": unicode.Myanmar,
	"si": unicode.Sinhala,
	"ta": unicode.Tamil,
	"te": unicode.Telugu,
	"th": unicode.Thai,
}
