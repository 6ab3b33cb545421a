package names

import (
	"strings"
	"unicode"

	"github.com/coupwatch/coupwatch/matcher/names/slavic"
	"github.com/coupwatch/coupwatch/matcher/names/translit"
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
	from := surnameAt(words)
	surname := strings.Join(words[from:], " ")
	if from == 0 { // family name first, as in Xi Jinping
		c.addForeign(words[0], true)
		return
	}
	for _, first := range variants(words[0]) {
		c.addForeign(first+" "+strings.Join(words[1:], " "), false)
		c.addForeign(first+" "+surname, false)
	}
	c.add(Form{Written: initial(words[0]) + " " + surname, Exact: true, How: "initial"})
	c.addForeign(surname, true)
	if bare := words[len(words)-1]; bare != surname {
		c.addForeign(bare, true)
	}
}

// addForeign adds a spelling, also with umlauts written out, and with the
// Arabic article and without it.
func (c *collector) addForeign(spelling string, alone bool) {
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
		how := "variant"
		if s == spelling {
			how = "as written"
		}
		c.add(Form{Written: s, Alone: alone, Exact: alone, How: how})
	}
}

// writtenOut writes umlauts as German and Scandinavian papers without them do.
var writtenOut = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue",
	"å", "aa", "Å", "Aa", "ø", "oe", "Ø", "Oe", "ñ", "ny")

// particles belong to the surname that they stand before.
const particles = " al el de del della di da dos du la le van von der den ter bin ibn ben ould bint abu abdel st mac ul dit "

// familyFirst are family names of peoples that put them first.
const familyFirst = ` xi li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang
 feng yu dong xiao cheng cao yuan deng peng wei qin jiang cai jia ding shen kim pak park choe choi jong ri ro nguyen tran pham
 phan vo dang bui ho mao bo meng miao fu hua ji bai ren shi tan wen yao yin zeng zhong `

// surnameAt returns where the surname begins in words, of which there are at
// least two.
func surnameAt(words []string) int {
	first := " " + strings.ToLower(words[0]) + " "
	if strings.Contains(familyFirst, first) && len(words) <= 3 {
		if g, _ := givens().find(words[0]); g == nil {
			return 0
		}
	}
	at := len(words) - 1
	for at > 1 && strings.Contains(particles, " "+strings.ToLower(words[at-1])+" ") {
		at--
	}
	return at
}

// sameNames are given names that are spelled in many ways in Latin letters.
var sameNames = []string{
	"Mohamed Mohammed Muhammad Mohammad Mohamad Muhammed Muhamad Mahamat",
	"Ahmed Ahmad Akhmed", "Abdel Abdul Abd Abdoul", "Abdullah Abdallah Abdulla", "Omar Umar Oumar", "Osama Usama",
	"Hussein Hussain Husayn Hossein Hosein", "Hassan Hasan", "Ibrahim Ebrahim Ibrahima", "Ismail Esmail Ismael",
	"Khalifa Khalifah", "Ali Aly", "Said Saeed Sayed Saïd", "Yousef Yusuf Youssef Yusef Yousuf",
	"Mahmoud Mahmud Mahmood", "Moammar Muammar Mouammar", "Bashar Bachar Baschar", "Qasem Qassem Kassem Ghasem",
	"Gholam Ghulam", "Jafar Jaafar Ja'far", "Khaled Khalid", "Mustafa Mostafa Moustapha", "Nasser Nasir Naser",
	"Suleiman Sulaiman Soleiman Souleymane Sulayman", "Moussa Musa Mousa", "Moktar Mokhtar Mukhtar",
}

// variants returns the other spellings of a given name, and itself first.
func variants(first string) []string {
	for _, line := range sameNames {
		same := strings.Fields(line)
		for _, s := range same {
			if strings.EqualFold(s, first) {
				return append([]string{first}, same...)
			}
		}
	}
	return []string{first}
}
