package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/matcher/names/slavic"
	"github.com/coupwatch/coupwatch/matcher/names/translit"
	"github.com/coupwatch/coupwatch/text"
)

// westerners are given names of given.tsv that people elsewhere bear too: they
// do not show where a name is from.
const westerners = ` adam alan albert alexander alexandra alice alina andre andrew anna anton antonio arthur artur boris catherine
 christian christina constantin constantine cyril daniel denis diana eduard eduardo edward elena elvira emil emile eugene eugenio
 felix george georg german herman helena igor irina ivan joseph josef julia karim konstantin kristina larissa laura leo leon lev
 maria marina martin max maxim maxime michael michel mohammed nadia natalia nathalie nicholas nicolas nikita nina oscar oxana
 paul pauline pedro peter petr philip rashid robert roman ruslan sandor serge sergio simon sofia sophia stanislas stephen tamara
 theodor theodore thomas timothy valentin valentina valentine valeria vera veronica victor victoria viktor vincent ahmed `

// slavicEndings are those of surnames of Russia, Ukraine and Belarus, romanised.
const slavicEndings = "ov ev off yov iov skiy sky skyi skyy skij enko chenko chuk shuk niuk nyuk lyuk ova eva skaya ovich evich ovych evych kin shin hin lin nin rin tin yn kina lina"

// looksSlavic reports whether a Latin name is a romanised one of Russia,
// Ukraine or Belarus: both the given name and the surname look so, or one of
// them beyond doubt.
func looksSlavic(name string) bool {
	words := strings.Fields(name)
	if len(words) == 0 || len(words) > 3 {
		return false
	}
	surname := strings.ToLower(words[len(words)-1])
	ending := hasSuffix(surname, strings.Fields(slavicEndings)...)
	if len(words) == 1 {
		return ending && !hasSuffix(surname, "lin", "rin", "tin", "hin", "nin", "yn")
	}
	g, in := givens().find(words[0])
	if g == nil {
		return hasSuffix(surname, "enko", "chenko", "chuk") || ending && hasSuffix(surname, "ov", "ev", "ova", "eva", "skaya")
	}
	if strings.Contains(westerners, " "+strings.ToLower(words[0])+" ") {
		return ending
	}
	return ending || in != [slavic.NumLangs]bool{}
}

// cyrillicOf reads a romanised name back, with the given name as its country
// writes it.
func cyrillicOf(name string) string {
	words := strings.Fields(name)
	ukrainian := false
	for i, w := range words {
		g, in := givens().find(w)
		switch {
		case i == 0 && len(words) > 1 && g != nil:
			home := firstOf(in, slavic.Russian)
			ukrainian = home == slavic.Ukrainian
			words[i] = g.in[home][0]
		case ukrainian:
			russian := translit.FromLatin().Spell(w, 1)[0]
			words[i] = translit.ToUkrainian().Spell(russian, 1)[0]
		default:
			words[i] = translit.FromLatin().Spell(w, 1)[0]
		}
	}
	return strings.Join(words, " ")
}

// addForeigner adds the forms of a name that is not declined and not
// romanised: the whole, without middle names, with an initial, and the
// surname.
func addForeigner(c *collector, name string) {
	words := strings.Fields(name)
	if len(words) < 2 || !unicode.IsLetter([]rune(words[0])[0]) {
		return
	}
	for _, spelled := range wholes(words) {
		addWestern(c, spelled)
	}
}

// addWestern adds the forms of a name in one spelling, of which the given name
// comes first and the surname, or the surnames, last. Each of words is one or
// more that stand together, such as "Abdel Fattah" or "bin Salman".
func addWestern(c *collector, words []string) {
	last := len(words) - 1
	given, surname := words[0], words[last]
	c.addForeign(strings.Join(words, " "), Form{})
	if last == 0 {
		return
	}
	c.addForeign(given+" "+surname, Form{Given: len(strings.Fields(given))})
	if first, _ := utf8.DecodeRuneInString(given); unicode.IsUpper(first) {
		c.add(Form{Written: initial(given) + " " + surname, Given: 1, Exact: true, How: "initial"})
	}
	c.addForeign(surname, Form{Alone: true})
	if before, bare, ok := cutLast(surname); ok && !slices.Contains(sons, strings.ToLower(before)) {
		c.addForeign(bare, Form{Alone: true})
	}
	if last > 1 {
		addParts(c, words)
	}
}

// cutLast parts a name before its last word.
func cutLast(name string) (before, last string, ok bool) {
	i := strings.LastIndexByte(name, ' ')
	return name[:max(0, i)], name[i+1:], i >= 0
}

// addParts adds what the press makes of a name of three parts or more: two that
// stand together without the first, and the first with one of the others. Of
// four, as in Teodoro Obiang Nguema Mbasogo, the first that is no given name is
// what people call them; of three, and of the others, only the whole nearby
// tells who is meant.
func addParts(c *collector, words []string) {
	weak := len(words) < 4 || isArabic(words[0])
	for i := 1; i+1 < len(words); i++ {
		pair := words[i : i+2]
		c.addForeign(strings.Join(pair, " "), Form{Common: isFirst(pair[0]) && isFirst(pair[1])})
		if isFirst(words[i]) {
			continue
		}
		c.addForeign(words[0]+" "+words[i], Form{Common: weak, Given: len(strings.Fields(words[0]))})
		c.addForeign(words[i], Form{Alone: true, Common: weak})
		weak = true
	}
}

// isFirst reports whether a word is known as a first name.
func isFirst(word string) bool { return isArabic(word) || IsGiven(text.Fold(word)) }

// addForeign adds a spelling, also with umlauts written out, and with the
// Arabic article and without it. The form says what kind it is.
func (c *collector) addForeign(spelling string, f Form) {
	all := []string{spelling, writtenOut.Replace(spelling)}
	for i, article := range []string{"al-", "el-", "Al-", "El-", "ul-", "as-", "ash-", "ad-", "ar-", "an-"} {
		head, bare, ok := strings.Cut(spelling, article)
		if !ok || head != "" && !strings.HasSuffix(head, " ") {
			continue
		}
		all = append(all, head+bare)
		if i < 4 {
			all = append(all, head+"al-"+bare, head+"el-"+bare, head+"al"+strings.ToLower(bare))
		}
	}
	for _, s := range all {
		f.Written, f.Exact, f.How = s, f.Alone, "variant"
		if s == spelling {
			f.How = "as written"
		}
		c.add(f)
	}
}

// writtenOut writes umlauts as German and Scandinavian papers without them do.
var writtenOut = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue",
	"å", "aa", "Å", "Aa", "ø", "oe", "Ø", "Oe", "ñ", "ny")
