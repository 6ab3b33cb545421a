package origins

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/phonetic"
	"github.com/coupwatch/coupwatch/text"
)

// named reports whether the speaker of a is somebody in particular: a person
// with a name, or a body such as a ministry.
func named(a news.Attribution) bool {
	words := strings.Fields(a.Speaker)
	if a.Hearsay || len(words) == 0 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(words[len(words)-1])
	return a.Entity != "" || unicode.IsUpper(first) ||
		slices.ContainsFunc(text.Words(a.Speaker), func(w string) bool { return bodies[w] != "" })
}

// people reports whether speaker are people, if without a name, and not just
// "unnamed".
func people(speaker string) bool { return len(strings.Fields(speaker)) > 1 }

// A spelling is a name as it is compared with others: its words in small Latin
// letters, without titles.
type spelling struct {
	words []part
	body  bool // it is that of an army, a ministry, a court
}

// A part is a word of a name, and its phonetic key.
type part struct{ word, key string }

// spell returns the spelling of name.
func spell(name string) spelling {
	var s spelling
	words := text.Words(name)
	for i, w := range words {
		if stem, american := strings.CutSuffix(w, "ense"); american {
			w = stem + "ence"
		}
		if body := bodies[w]; body != "" {
			s.body = true
			if !slices.Contains(s.words, part{body, body}) {
				s.words = append(s.words, part{body, body})
			}
			continue
		}
		if !titles[w] || i == len(words)-1 && len(s.words) == 0 {
			w = latin(w)
			s.words = append(s.words, part{w, phonetic.Key(w)})
		}
	}
	return s
}

// same reports whether a and b are names of one speaker: the same words in any
// order, script and case, or the same surname with first names that may be the
// same.
func same(a, b spelling) bool {
	x, y := a.words, b.words
	switch {
	case len(x) == 0 || len(y) == 0:
		return false
	case a.body || b.body:
		return within(x, y) || within(y, x)
	case len(x) == 1 && alike(x[0], y[0]), len(y) == 1 && alike(x[0], y[0]):
		return true // the given name alone, in one story
	case !alike(x[len(x)-1], y[len(y)-1]):
		return len(x) == len(y) && within(x, y)
	}
	for _, first := range x[:len(x)-1] {
		if len(y) > 1 && !slices.ContainsFunc(y[:len(y)-1], func(other part) bool { return compatible(first, other) }) {
			return false
		}
	}
	return true
}

// within reports whether each of a is in b.
func within(a, b []part) bool {
	for _, x := range a {
		if !slices.ContainsFunc(b, func(y part) bool { return alike(x, y) }) {
			return false
		}
	}
	return true
}

// compatible reports whether two first names, or an initial and one, may be
// the same.
func compatible(a, b part) bool {
	if len(a.word) == 1 || len(b.word) == 1 {
		return a.key[0] == b.key[0]
	}
	return a.word == b.word || strings.HasPrefix(a.key, b.key) || strings.HasPrefix(b.key, a.key)
}

// alike reports whether two words are spellings of one name.
func alike(a, b part) bool {
	return a.word == b.word || a.key == b.key && len(a.key) >= phonetic.Shortest
}

// latin returns a folded word in Latin letters. The case endings of Russian
// and Ukrainian surnames are dropped.
func latin(word string) string {
	for _, e := range [...][2]string{
		{"ским", "ский"},
		{"ского", "ский"},
		{"скому", "ский"},
		{"ським", "ський"},
		{"ського", "ський"},
		{"ському", "ський"},
		{"иным", "ин"},
		{"овым", "ов"},
		{"евым", "ев"},
		{"иним", "ин"},
		{"овим", "ов"},
		{"евим", "ев"},
	} {
		if stem, found := strings.CutSuffix(word, e[0]); found && stem != "" {
			word = stem + e[1]
			break
		}
	}
	return phonetic.Latin(word)
}

// titles are words before a name that are not of it.
var titles = set(`mr mrs ms dr sir lord gen general col colonel maj major capt captain lt lieutenant sgt sergeant adm admiral president minister prime
	chancellor king queen prince sheikh senator professor prof expert analyst the former ex a an
	ceo cfo commissioner sheriff superintendent judge attorney executive representative republican democrat congressman congresswoman
	cardinal archbishop bishop rabbi secretary ambassador governor mayor chief director pm
	генерал полковник майор капитан президент министр премьер эксперт аналитик бывший экс г господин депутат
	капітан міністр прем'єр експерт аналітик колишній пан herr frau m mme monsieur madame senor general coronel presidente president`)

// bodies are words for what speaks for itself, whoever writes of it.
var bodies = table(`army: army military troops forces армия армии армией армію армія военные военных військові військових armee militar streitkrafte ejercito
	government: government govt cabinet правительство правительства правительстве уряд уряду уряді regierung gouvernement gobierno
	ministry: ministry ministries министерство министерства министерстве міністерство міністерства міністерстві ministerium ministere ministerio
	defence: defence обороны оборони verteidigungsministerium
	authorities: authorities власти властей влада влади behorden autorites autoridades
	prosecutor: prosecutor prosecutors prosecution прокуратура прокуратуры прокуратуре прокуратури прокуратурі staatsanwaltschaft parquet fiscalia
	police: police полиция полиции поліція поліції polizei policia
	court: court courts суд gericht tribunal
	junta: junta хунта хунты хунти junte
	kremlin: kremlin кремль кремля кремле кремлі
	presidency: presidency palace администрация
	parliament: parliament парламент парламента парламенту
	staff: staff генштаб генштаба генштабу
	service: service services служба службы служби
	council: council совет совета рада ради
	ministry: минобороны міноборони мид мзс мвд мвс`)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// table reads lines of "name: words" and returns the name of each word, marked
// as that of a body.
func table(list string) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(list) {
		name, words, _ := strings.Cut(strings.TrimSpace(line), ":")
		for w := range strings.FieldsSeq(words) {
			m[w] = "#" + name
		}
	}
	return m
}
