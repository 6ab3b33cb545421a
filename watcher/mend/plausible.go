package mend

import (
	"strings"
	"unicode"
)

// A writing is what texts of a language look like.
type writing struct {
	languages string   // that are written so
	charsets  []string // in which they were written before UTF-8, the commonest first
	script    []*unicode.RangeTable
	letters   string // beyond ASCII, of a Latin alphabet
	common    string // the letters that make up half of a text
}

var (
	cyrillic = []*unicode.RangeTable{unicode.Cyrillic}
	arabic   = []*unicode.RangeTable{unicode.Arabic}
	hanKana  = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana}
)

// writings are the languages whose feeds may come in a charset of their own.
var writings = []writing{
	{languages: "ru be bg mk kk ky tg", charsets: []string{"windows-1251", "koi8-r", "ibm866", "iso-8859-5"}, script: cyrillic, common: "оеаинтсрв"},
	{languages: "uk", charsets: []string{"windows-1251", "koi8-u", "ibm866", "iso-8859-5"}, script: cyrillic, common: "оаинтісрве"},
	{languages: "ar fa ur", charsets: []string{"windows-1256", "iso-8859-6"}, script: arabic, common: "اليومنرتبةع"},
	{languages: "he yi", charsets: []string{"windows-1255", "iso-8859-8"}, script: []*unicode.RangeTable{unicode.Hebrew}, common: "יוהלאמרת"},
	{languages: "el", charsets: []string{"windows-1253", "iso-8859-7"}, script: []*unicode.RangeTable{unicode.Greek}, common: "αοιετσνρίόάέ"},
	{languages: "th", charsets: []string{"windows-874"}, script: []*unicode.RangeTable{unicode.Thai}},
	{languages: "zh", charsets: []string{"gb18030", "big5"}, script: []*unicode.RangeTable{unicode.Han}, common: "的一是不了在人有我他这这這中大来來国國和地到会會年军軍政府总總统統发發生"},
	{languages: "ja", charsets: []string{"shift_jis", "euc-jp"}, script: hanKana, common: "のにはをたでがとしてるいなれ、。ー"},
	{languages: "ko", charsets: []string{"euc-kr"}, script: []*unicode.RangeTable{unicode.Hangul}},
	{languages: "tr az", charsets: []string{"windows-1254"}, letters: "çğıöşüâîûəÇĞİÖŞÜ"},
	{languages: "pl", charsets: []string{"iso-8859-2", "windows-1250"}, letters: "ąćęłńóśźż"},
	{languages: "cs sk", charsets: []string{"windows-1250", "iso-8859-2"}, letters: "áčďéěíňóřšťúůýžľĺŕäô"},
	{languages: "hu", charsets: []string{"windows-1250", "iso-8859-2"}, letters: "áéíóöőúüű"},
	{languages: "hr sr bs sl", charsets: []string{"windows-1250", "iso-8859-2", "windows-1251"}, script: cyrillic, letters: "čćđšž", common: "оаиенрст"},
	{languages: "ro", charsets: []string{"windows-1250", "iso-8859-2", "iso-8859-16"}, letters: "ăâîșțşţ"},
	{languages: "lt lv et", charsets: []string{"windows-1257", "iso-8859-13"}, letters: "ąčęėįšųūžāēģīķļņäöõü"},
	{languages: "vi", charsets: []string{"windows-1258"}, letters: "ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ"},
	{languages: "en fr de es pt it nl sv no da fi is ca gl eu sq id", charsets: []string{"windows-1252"}, letters: "àâäáãåæçèéêëìíîïñòóôöõøœßùúûüýÿðþ"},
}

// writingOf returns the writing of a language; of one that is not known, what
// all have in common.
func writingOf(language string) (writing, bool) {
	for _, w := range writings {
		for l := range strings.FieldsSeq(w.languages) {
			if l == language {
				return w, true
			}
		}
	}
	return writing{}, false
}

// charsetsOf returns the usual charsets of a language.
func charsetsOf(language string) []string {
	w, _ := writingOf(language)
	return w.charsets
}

// plausibility tells how much of a text beyond ASCII is what language is
// written with, from about -1 for noise to 1.5. Of a language that is not
// known, letters and quotation marks count, and that small ones stand among
// small ones.
func plausibility(s, language string) float64 {
	w, known := writingOf(language)
	score, all := 0.0, 0
	last := ' '
	for _, r := range s {
		if r >= 0x80 {
			all++
			score += w.weigh(r, known)
			if unicode.IsUpper(r) && unicode.IsLower(last) { // no word goes on with a capital
				score--
			}
		}
		last = r
	}
	if all == 0 {
		return 0
	}
	return score / float64(all)
}

// weigh tells how well a character fits.
func (w writing) weigh(r rune, known bool) float64 {
	lower := unicode.ToLower(r)
	switch {
	case r == unicode.ReplacementChar || unicode.IsControl(r) || unicode.Is(unicode.Co, r):
		return -3
	case strings.ContainsRune("«»“”„‘’–—…№ °", r):
		return 0.5
	case strings.ContainsRune(w.common, lower):
		return 1.5
	case strings.ContainsRune(w.letters, lower) || len(w.script) > 0 && unicode.In(r, w.script...):
		return 1
	case known && !unicode.IsLetter(r) && unicode.IsMark(r):
		return 0
	case known:
		return -1
	case unicode.IsLetter(r):
		return 0.5
	}
	return -0.5
}
