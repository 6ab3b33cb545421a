// Package monthnames knows the months by the names that the Unicode CLDR has for
// them, in some seventy languages.
package monthnames

import (
	"strings"
	"sync"
	"unicode"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/af"
	"github.com/go-playground/locales/am"
	"github.com/go-playground/locales/ar"
	"github.com/go-playground/locales/az"
	"github.com/go-playground/locales/be"
	"github.com/go-playground/locales/bg"
	"github.com/go-playground/locales/bn"
	"github.com/go-playground/locales/bs"
	"github.com/go-playground/locales/ca"
	"github.com/go-playground/locales/cs"
	"github.com/go-playground/locales/cy"
	"github.com/go-playground/locales/da"
	"github.com/go-playground/locales/de"
	"github.com/go-playground/locales/el"
	"github.com/go-playground/locales/es"
	"github.com/go-playground/locales/et"
	"github.com/go-playground/locales/eu"
	"github.com/go-playground/locales/fa"
	"github.com/go-playground/locales/fi"
	"github.com/go-playground/locales/fil"
	"github.com/go-playground/locales/fr"
	"github.com/go-playground/locales/ga"
	"github.com/go-playground/locales/gl"
	"github.com/go-playground/locales/gu"
	"github.com/go-playground/locales/ha"
	"github.com/go-playground/locales/he"
	"github.com/go-playground/locales/hi"
	"github.com/go-playground/locales/hr"
	"github.com/go-playground/locales/hu"
	"github.com/go-playground/locales/hy"
	"github.com/go-playground/locales/id"
	"github.com/go-playground/locales/is"
	"github.com/go-playground/locales/it"
	"github.com/go-playground/locales/ka"
	"github.com/go-playground/locales/kk"
	"github.com/go-playground/locales/km"
	"github.com/go-playground/locales/kn"
	"github.com/go-playground/locales/ku"
	"github.com/go-playground/locales/ky"
	"github.com/go-playground/locales/lo"
	"github.com/go-playground/locales/lt"
	"github.com/go-playground/locales/lv"
	"github.com/go-playground/locales/mk"
	"github.com/go-playground/locales/ml"
	"github.com/go-playground/locales/mn"
	"github.com/go-playground/locales/mr"
	"github.com/go-playground/locales/ms"
	"github.com/go-playground/locales/my"
	"github.com/go-playground/locales/nb"
	"github.com/go-playground/locales/ne"
	"github.com/go-playground/locales/nl"
	"github.com/go-playground/locales/pa"
	"github.com/go-playground/locales/pl"
	"github.com/go-playground/locales/ps"
	"github.com/go-playground/locales/pt"
	"github.com/go-playground/locales/ro"
	"github.com/go-playground/locales/ru"
	"github.com/go-playground/locales/si"
	"github.com/go-playground/locales/sk"
	"github.com/go-playground/locales/sl"
	"github.com/go-playground/locales/so"
	"github.com/go-playground/locales/sq"
	"github.com/go-playground/locales/sr"
	"github.com/go-playground/locales/sv"
	"github.com/go-playground/locales/sw"
	"github.com/go-playground/locales/ta"
	"github.com/go-playground/locales/te"
	"github.com/go-playground/locales/tg"
	"github.com/go-playground/locales/th"
	"github.com/go-playground/locales/tk"
	"github.com/go-playground/locales/tr"
	"github.com/go-playground/locales/tt"
	"github.com/go-playground/locales/ug"
	"github.com/go-playground/locales/uk"
	"github.com/go-playground/locales/ur"
	"github.com/go-playground/locales/uz"
	"github.com/go-playground/locales/vi"
	"github.com/go-playground/locales/yo"
	"github.com/go-playground/locales/zu"
)

// Of returns the month, from 1 to 12, that word names in language, such as "el",
// in full or in short; for "" and languages that are not known, in any language
// in which it names one, if all of them name the same by it. It returns 0 if
// word names none.
func Of(word, language string) int {
	word = bare(word)
	if language == "he" {
		word = strings.TrimPrefix(word, "ב") // of
	}
	names, known := all().of[language]
	if !known {
		return max(all().anywhere[word], 0)
	}
	return names[word]
}

// tables are the months by their names.
type tables struct {
	of       map[string]map[string]int // by language
	anywhere map[string]int            // -1 if languages differ
}

// all makes the tables, when a date first needs them.
var all = sync.OnceValue(func() tables {
	t := tables{of: map[string]map[string]int{}, anywhere: map[string]int{}}
	for _, l := range languages() {
		t.of[l.Locale()] = map[string]int{}
		t.add(l.Locale(), l.MonthsAbbreviated())
		t.add(l.Locale(), l.MonthsWide())
	}
	for line := range strings.Lines(others) {
		f := strings.Fields(line)
		t.add(f[0], f[1:])
	}
	return t
})

// add takes in the names of the twelve months in language.
func (t tables) add(language string, names []string) {
	for i, name := range names {
		month := i + 1
		if name = bare(name); name == "" || strings.ContainsFunc(name, unicode.IsDigit) { // a number, as in Vietnamese
			continue
		}
		t.of[language][name] = month
		if before, ok := t.anywhere[name]; ok && before != month {
			month = -1
		}
		t.anywhere[name] = month
	}
}

// bare returns a name in lower case, without the preposition that Catalan puts
// before it and the dot after what is shortened.
func bare(name string) string {
	name = strings.TrimRight(strings.ToLower(name), ".")
	if i := strings.LastIndexAny(name, " ’"); i >= 0 {
		return strings.TrimLeft(name[i:], " ’")
	}
	return name
}

// others are names that CLDR has not, from January to December: nominatives,
// those of the Maghreb, and other spellings.
const others = `ar جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر
ar جانفى فيفرى مارس افريل ماى يونية يوليه اوت سبتمبر اكتوبر نوفمبر دجمبر
ar يناير فبراير مارس ابريل ماي يونيه يوليوز غشت شتنبر أكتوبر نونبر دجنبر
be студзень люты сакавік красавік май чэрвень ліпень жнівень верасень кастрычнік лістапад снежань
cs leden únor březen duben květen červen červenec srpen září říjen listopad prosinec
el ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος νοέμβριος δεκέμβριος
fi tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
hi जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर अक्टूबर नवम्बर दिसम्बर
hr siječanj veljača ožujak travanj svibanj lipanj srpanj kolovoz rujan listopad studeni prosinac
hy հունվար փետրվար մարտ ապրիլ մայիս հունիս հուլիս օգոստոս սեպտեմբեր հոկտեմբեր նոյեմբեր դեկտեմբեր
lt sausis vasaris kovas balandis gegužė birželis liepa rugpjūtis rugsėjis spalis lapkritis gruodis
th มกรา กุมภา มีนา เมษา พฤษภา มิถุนา กรกฎา สิงหา กันยา ตุลา พฤศจิกา ธันวา
`

func languages() []locales.Translator {
	return []locales.Translator{
		af.New(), am.New(), ar.New(), az.New(), be.New(), bg.New(), bn.New(), bs.New(), ca.New(), cs.New(), cy.New(), da.New(),
		de.New(), el.New(), es.New(), et.New(), eu.New(), fa.New(), fi.New(), fil.New(), fr.New(), ga.New(), gl.New(), gu.New(),
		ha.New(), he.New(), hi.New(), hr.New(), hu.New(), hy.New(), id.New(), is.New(), it.New(), ka.New(), kk.New(), km.New(),
		kn.New(), ku.New(), ky.New(), lo.New(), lt.New(), lv.New(), mk.New(), ml.New(), mn.New(), mr.New(), ms.New(), my.New(),
		nb.New(), ne.New(), nl.New(), pa.New(), pl.New(), ps.New(), pt.New(), ro.New(), ru.New(), si.New(), sk.New(), sl.New(),
		so.New(), sq.New(), sr.New(), sv.New(), sw.New(), ta.New(), te.New(), tg.New(), th.New(), tk.New(), tr.New(), tt.New(),
		ug.New(), uk.New(), ur.New(), uz.New(), vi.New(), yo.New(), zu.New(),
	}
}
