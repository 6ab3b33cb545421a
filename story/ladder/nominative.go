package ladder

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A form is a word as a dictionary has it, by its gender: "m", "f" or "n", or
// "p" for one that is found in the plural.
type form struct{ word, gender string }

// offices are the Russian and Ukrainian words for offices and those who hold
// them that decline, in the nominative, by how they decline.
var offices = map[string]string{
	"hard": `президент премьер премьер-министр министр замминистр генерал полковник майор капитан адмирал контр-адмирал лейтенант сержант
		генпрокурор прокурор спикер губернатор мэр лидер директор начальник командир чиновник дипломат депутат сенатор офицер
		эксперт аналитик источник собеседник повстанец генштаб штаб суд трибунал сенат парламент комитет погранкомитет следком совет госсовет
		совбез кабмин совмин минюст минфин департамент госдепартамент центр пресс-центр военкомат главком корпус полк батальон пентагон
		прем'єр прем'єр-міністр міністр заступник речник очільник керівник уряд комітет кабмін держдеп держдепартамент
		генштаб офіс експерт аналітик радник дипломат підрозділ`,
	"soft": `кремль представитель руководитель секретарь пресс-секретарь вождь кремль секретар спікер`,
	"ст":   `правительство министерство ведомство агентство посольство консульство представительство руководство міністерство відомство агентство посольство консульство представництво керівництво`,
	"ие":   `командование управление следствие`,
	"ння":  `командування управління слідство`,
	"а":    `прокуратура генпрокуратура хунта дума госдума комендатура служба пресс-служба спецслужба погранслужба разведка акорда палата банковая рада пресслужба прокуратура спецслужба прикордонслужба розвідка влада хунта глава`,
	"я":    `армия полиция администрация росгвардия нацгвардия гвардия жандармерия партия комиссия делегация коллегия дивизия бригадия армія поліція нацгвардія гвардія адміністрація партія комісія делегація колегія дивізія канцелярия канцелярія`,
	"адъ":  `командующий главнокомандующий`,
	"силы": `вооруженные силы войска збройні сили війська`,
}

// endings are those of the cases but the nominative, by how a word declines:
// what they stand instead of, and the gender.
var endings = map[string]struct {
	gender, nominative string
	oblique            []string
}{
	"hard": {"m", "", []string{"а", "у", "ом", "е", "ові", "і", "ем"}},
	"soft": {"m", "ь", []string{"я", "ю", "ем", "е", "і"}},
	"ст":   {"n", "о", []string{"а", "у", "ом", "е", "і"}},
	"ие":   {"n", "ие", []string{"ия", "ию", "ием", "ии", "ье", "ья"}},
	"ння":  {"n", "ня", []string{"ню", "ням", "ні"}},
	"а":    {"f", "а", []string{"ы", "е", "у", "ой", "и", "і", "ою"}},
	"я":    {"f", "я", []string{"и", "ю", "ей", "ії", "ію", "єю", "ї"}},
	"адъ":  {"m", "ий", []string{"его", "ему", "им", "ем"}},
}

// nominatives are the offices by their other cases.
var nominatives = func() map[string]form {
	all := map[string]form{}
	for how, e := range endings {
		for word := range strings.FieldsSeq(offices[how]) {
			stem := strings.TrimSuffix(word, e.nominative)
			if strings.HasSuffix(stem, "і") && how == "я" {
				e.oblique = append(slices.Clone(e.oblique), "ї")
			}
			for _, ending := range e.oblique {
				if known, taken := all[stem+ending]; !taken || known.word == word {
					all[stem+ending] = form{word, e.gender}
				}
			}
		}
	}
	for _, words := range offices {
		for word := range strings.FieldsSeq(words) {
			delete(all, word)
		}
	}
	for oblique, plural := range map[string]string{
		"властям": "власти", "властей": "власти", "властях": "власти", "властями": "власти", "силах": "силы", "сил": "силы", "силами": "силы", "войсках": "войска", "войск": "войска",
		"военным": "военные", "военных": "военные", "военными": "военные", "військових": "військові", "військовими": "військові", "військовим": "військові",
		"силам": "силы", "військах": "війська", "військ": "війська",
	} {
		all[oblique] = form{plural, "p"}
	}
	return all
}()

// nominative returns the name of v as a speaker is called, in the nominative:
// "the president of X" for «на сайте президента X». Of who is named besides,
// only the office is left then, for names decline in too many ways.
func (s *sentence) nominative(v voice) string {
	if s.lang != "ru" && s.lang != "uk" {
		return s.said(v.from, v.to)
	}
	noun := v.noun
	f, oblique := nominativeOf(s.said(noun, noun+1))
	for !oblique && noun+1 < v.to && s.words[noun+1].is&inner != 0 { // «в Генеральном штабе»
		noun++
		f, oblique = nominativeOf(s.said(noun, noun+1))
	}
	if w := s.words[v.noun]; !oblique {
		if w.name != "" && !w.caps && v.at >= 0 && (v.from > v.at || s.words[v.at].is&via != 0) && endsObliquely(w.text) {
			return w.name
		}
		return s.said(v.from, v.to)
	}
	var name strings.Builder
	for j := v.from; j < noun; j++ {
		name.WriteString(agree(s.said(j, j+1), f.gender, s.lang) + s.all[s.words[j].end:s.words[j+1].start])
	}
	name.WriteString(recase(s.said(noun, noun+1), f.word))
	to := noun + 1
	for to < v.to && !(s.words[noun].is&head != 0 && s.words[to].capital && !s.isLand(to)) {
		to++
	}
	if to > noun+1 {
		name.WriteString(" " + s.said(noun+1, to))
	}
	return name.String()
}

// isLand reports whether word i names a country, or looks like the genitive of
// one that nobody knows and no first name follows it.
func (s *sentence) isLand(i int) bool {
	w := s.words[i]
	alone := i+1 == len(s.words) || s.parted(i) || !s.words[i+1].capital
	return w.place || alone && (strings.HasSuffix(w.text, "ии") || strings.HasSuffix(w.text, "ії") || strings.HasSuffix(w.text, "стана") || strings.HasSuffix(w.text, "стану"))
}

// nominativeOf returns the nominative of a word, or of the last part of a
// compound («держприкордонслужбі»), if the word is another case of an office.
func nominativeOf(written string) (form, bool) {
	const long = 10 // in bytes: shorter ends are too often something else
	w := strings.ToLower(written)
	if f, ok := nominatives[w]; ok {
		return f, true
	}
	for i := range w {
		if f, ok := nominatives[w[i:]]; ok && len(w)-i >= long {
			return form{w[:i] + f.word, f.gender}, true
		}
	}
	return form{}, false
}

// said returns the words from to before to as the text has them.
func (s *sentence) said(from, to int) string {
	name := strings.Trim(s.all[s.words[from].start:s.words[to-1].end], " \t\n“”«»\"'’‘„.,:;()")
	if strings.Contains(name, "«") && !strings.Contains(name, "»") {
		name += "»"
	}
	return name
}

// recase returns the word with the capital of the form that stands in the text.
func recase(written, word string) string {
	if r, n := utf8.DecodeRuneInString(written); n > 0 && strings.ToLower(string(r)) != string(r) {
		first, n := utf8.DecodeRuneInString(word)
		return strings.ToUpper(string(first)) + word[n:]
	}
	return word
}

// agree returns the Russian or Ukrainian adjective in the nominative of that
// gender, or the word as it is if it is none.
func agree(w, gender, language string) string {
	to := map[string]string{"m": "ый", "f": "ая", "n": "ое", "p": "ые"}
	if language == "uk" {
		to = map[string]string{"m": "ий", "f": "а", "n": "е", "p": "і"}
	}
	for _, end := range []string{"ого", "ому", "ыми", "ими", "ою", "ої", "ой", "ую", "ым", "им", "ом", "ых", "их", "ій", "у"} {
		stem, ok := strings.CutSuffix(w, end)
		if !ok || utf8.RuneCountInString(stem) < 4 {
			continue
		}
		if last, _ := utf8.DecodeLastRuneInString(stem); language == "ru" && strings.ContainsRune("кгхжшщч", last) && (gender == "m" || gender == "p") {
			return stem + map[string]string{"m": "ий", "p": "ие"}[gender]
		}
		return stem + to[gender]
	}
	return w
}
