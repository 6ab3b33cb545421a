package names

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// An inflection is how a press that writes Latin letters declines names.
type inflection struct {
	press string
	rules []ending
}

// An ending is what becomes of a name that ends in one of suffixes: cut letters
// are taken off and each of cases is put on; "0" is the name unchanged.
type ending struct {
	suffixes string // see endsIn
	cut      int
	cases    string // parted by blanks, ways of one case by "/"; given name and surname go together case by case
}

// inflections are those that are regular. Genitive, dative, accusative,
// instrumental and locative come in this order.
var inflections = []inflection{
	{"Polish press", []ending{
		{"ska cka", 1, "iej iej ą ą iej"},
		{"owa ewa", 1, "ej ej ą/ę ą ej"},
		{"ski cki", 0, "ego emu ego m m"},
		{"ny wy ty ly ły ry dy", 1, "ego emu ego ym ym"},
		{"ij yj", 0, "a owi a em u"},
		{"k g", 0, "a owi a iem u"},
		{"enko", 1, "i/0 o/ze/0 ę/0 ą/0 ze/o/0"},
		{"enka", 1, "i ce/ze ę ą ce/ze"},
		{"ia ja", 1, "i/y i ę ą i"},
		{"ka ga", 1, "i ce/dze ę ą ce/dze"},
		{"a", 1, "y/i ie/e ę ą ie/e"},
		{"o", 1, "a/y owi/ie a/ę em/ą u/ie"},
		{"C S", 0, "a owi a em ie/u"},
	}},
	{czech, []ending{
		{"ská cká ová", 1, "é é ou ou é"},
		{"skij skyj ský", 2, "ého ému ého ým ém"},
		{"nyj ný", 2, "ého ému ého ým ém"},
		{"ij yj", 1, "je ji je jem ji"},
		{"j", 0, "e i/ovi e em i/ovi"},
		{"o", 1, "a ovi/u a em ovi"},
		{"ja", 1, "e i i í i"},
		{"a", 1, "y ovi/e u ou ovi/e"},
		{"u", 0, "a/0 ovi/0 a/0 em/0 ovi/0"},
		{"S", 0, "e/a ovi/i e/a em ovi/i"},
		{"C", 0, "a ovi/u a em/om ovi/e"},
	}},
	{"Croatian and Serbian press", []ending{
		{"ski cki", 1, "og/oga/ega om/ome/emu og/oga/ega im om/em"},
		{"ni", 1, "og om og im om"},
		{"j", 0, "a u a em u"},
		{"o", 1, "a u a om u"},
		{"ska cka", 1, "e oj u om oj"},
		{"a", 1, "e i u om i"},
		{"C S", 0, "a u a om/em u"},
	}},
	{"German press", []ending{{"C a o u i y", 0, "s"}}},
	{"Scandinavian press", []ending{{"C a o u i y", 0, "s"}}},
	{"Dutch press", []ending{{"C", 0, "s"}}},
	{"Finnish press", []ending{
		{"C S", 0, "in ia ille"},
		{"a o u i y", 0, "n a lle"},
	}},
	{"Turkish press", []ending{
		{"iy", 0, "'in/'nin 'e/'ye 'i/'yi 'de 'den 'le"},
		{"iC eC iS eS", 0, "'in 'e 'i 'de 'den 'le"},
		{"aC ıC aS ıS", 0, "'ın 'a 'ı 'da 'dan 'la"},
		{"oC uC oS uS", 0, "'un 'a 'u 'da 'dan 'la"},
		{"i e", 0, "'nin 'ye 'yi 'de 'den 'yle"},
		{"o u", 0, "'nun 'ya 'yu 'da 'dan 'yla"},
		{"a ı", 0, "'nın 'ya 'yı 'da 'dan 'yla"},
	}},
}

// addLatinCases adds the declined forms of the name in those presses that
// decline. Given names are declined beside the surname only in Slavic ones.
func (p *person) addLatinCases(c *collector, givens, surnames []latin) {
	for _, in := range inflections {
		how := in.press + ", declined"
		for _, s := range surnames {
			if !s.systems[in.press] {
				continue
			}
			cases := in.decline(s.text)
			if p.woman && !hasSuffix(s.text, "a", "á") && in.slavic() {
				cases = nil
			}
			for _, ways := range cases {
				for _, way := range ways {
					c.add(Form{Written: way, Alone: true, Exact: true, How: how})
				}
			}
			beside := 0
			for _, g := range givens {
				if g.systems[in.press] && (in.slavic() || beside < maxBesideCases) {
					beside++
					in.addDeclined(c, g.text, s.text, cases)
				}
			}
		}
	}
}

// slavic reports whether the press declines given names too.
func (in inflection) slavic() bool {
	return len(in.rules) > 2 && !strings.HasPrefix(in.press, "Turkish")
}

// addDeclined adds a given name and a surname case by case. Without cases the
// surname does not change.
func (in inflection) addDeclined(c *collector, given, surname string, cases [][]string) {
	givens := in.decline(given)
	if !in.slavic() || givens == nil {
		givens = slices.Repeat([][]string{{given}}, max(len(cases), len(givens)))
	}
	if cases == nil {
		cases = slices.Repeat([][]string{{surname}}, len(givens))
	}
	for i := range min(len(cases), len(givens)) {
		for _, g := range givens[i] {
			for _, s := range cases[i] {
				c.addFull(g, s, Form{How: in.press + ", declined"})
			}
		}
	}
}

// decline returns the forms of word by case, without the nominative, or nil if
// it does not change.
func (in inflection) decline(word string) [][]string {
	for _, e := range in.rules {
		for suffix := range strings.FieldsSeq(e.suffixes) {
			if endsIn(word, suffix) {
				return e.of(word)
			}
		}
	}
	return nil
}

// of returns the forms of a word with the ending e.
func (e ending) of(word string) [][]string {
	stem := word
	for range e.cut {
		_, size := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-size]
	}
	var cases [][]string
	for ways := range strings.FieldsSeq(e.cases) {
		var forms []string
		for way := range strings.SplitSeq(ways, "/") {
			if way == "0" {
				forms = append(forms, word)
			} else {
				forms = append(forms, stem+way)
			}
		}
		cases = append(cases, forms)
	}
	return cases
}

// endsIn reports whether word ends in suffix. In that a final "S" is a
// consonant after which no -s is put, and "C" any other.
func endsIn(word, suffix string) bool {
	class := suffix[len(suffix)-1]
	if class != 'C' && class != 'S' {
		return strings.HasSuffix(word, suffix)
	}
	last, size := utf8.DecodeLastRuneInString(word)
	if strings.ContainsRune("aeiouyıáéíóúý", last) || strings.ContainsRune("sšśşșxzžżcčç", last) != (class == 'S') {
		return false
	}
	return strings.HasSuffix(word[:len(word)-size], suffix[:len(suffix)-1])
}
