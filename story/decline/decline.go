// Package decline knows the Russian and Ukrainian words for offices and those who
// hold them in all their cases, and gives them back in the nominative, as
// people are told of them. It is for these words only: names decline in too many
// ways.
package decline

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Form is a word as a dictionary has it, by its gender: "m", "f" or "n", or
// "p" for one that is found in the plural.
type Form struct{ Word, Gender string }

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
var nominatives = sync.OnceValue(func() map[string]Form {
	all := map[string]Form{}
	for how, e := range endings {
		for word := range strings.FieldsSeq(offices[how]) {
			stem := strings.TrimSuffix(word, e.nominative)
			if strings.HasSuffix(stem, "і") && how == "я" {
				e.oblique = append(slices.Clone(e.oblique), "ї")
			}
			for _, ending := range e.oblique {
				if known, taken := all[stem+ending]; !taken || known.Word == word {
					all[stem+ending] = Form{word, e.gender}
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
		all[oblique] = Form{plural, "p"}
	}
	return all
})

// Nominative returns the nominative of a word, or of the last part of a
// compound («держприкордонслужбі»), if the word is another case of an office.
func Nominative(written string) (Form, bool) {
	const long = 10 // in bytes: shorter ends are too often something else
	w := strings.ToLower(written)
	if f, ok := nominatives()[w]; ok {
		return f, true
	}
	for i := range w {
		if f, ok := nominatives()[w[i:]]; ok && len(w)-i >= long {
			return Form{w[:i] + f.Word, f.Gender}, true
		}
	}
	return Form{}, false
}

// Recase returns the word with the capital of the form that stands in the text.
func Recase(written, word string) string {
	if r, n := utf8.DecodeRuneInString(written); n > 0 && strings.ToLower(string(r)) != string(r) {
		first, n := utf8.DecodeRuneInString(word)
		return strings.ToUpper(string(first)) + word[n:]
	}
	return word
}

// Agree returns the Russian or Ukrainian adjective in the nominative of that
// gender, or the word as it is if it is none.
func Agree(w, gender, language string) string {
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

// EndsObliquely reports whether a Russian or Ukrainian word for a person ends as
// in another case than the nominative.
func EndsObliquely(w string) bool {
	return slices.ContainsFunc([]string{"а", "у", "ом", "ого", "ему", "ому", "ові", "е", "ем", "ым", "им", "ов", "ів", "ам", "ами", "ах"}, func(ending string) bool {
		return strings.HasSuffix(w, ending) && w != "песков"
	})
}

// IsPlural reports whether a Russian or Ukrainian noun may be a nominative
// plural: «прокуроры», «люди».
func IsPlural(w string) bool {
	return slices.ContainsFunc([]string{"и", "ы", "і", "ї", "ане", "яне", "ые", "ие"}, func(ending string) bool { return strings.HasSuffix(w, ending) })
}

// EndsInDative reports whether a Russian or Ukrainian noun for a man is in the
// dative: «президенту», «міністрові».
func EndsInDative(w string) bool {
	return slices.ContainsFunc([]string{"у", "ю", "ові", "еві"}, func(ending string) bool { return strings.HasSuffix(w, ending) })
}

// IsSurname reports whether a Russian or Ukrainian word is a surname by its
// ending, and no town with the same.
func IsSurname(w string) bool {
	switch w {
	case "ростов", "харьков", "харків", "псков", "тамбов", "саратов", "азов", "кишинев", "могилев", "киев", "київ", "львов", "львів", "чернигов", "чернігів", "миколаїв", "берлин", "пекин", "украина":
		return false
	}
	for _, end := range []string{"ович", "евич", "енко", "швили", "швілі", "ский", "ська", "ський", "ская", "ова", "ева", "ов", "ев", "чук", "цький", "цкий"} {
		if len(w) > len(end)+4 && w[len(w)-len(end):] == end {
			return true
		}
	}
	return false
}
