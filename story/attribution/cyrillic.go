package attribution

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/text"
)

func isCyrillic(folded string) bool { return folded != "" && folded[0] >= 0xd0 && folded[0] <= 0xd2 }

// isOblique reports whether a Russian or Ukrainian name whose last word is the
// given one is, by its ending, in a case in which it is no subject.
func isOblique(last string) bool {
	if !isCyrillic(last) {
		return false
	}
	for _, ending := range [...]string{
		"ам", "ям", "ами", "ями", "ыми", "ими", "ским", "цким", "ським", "цьким", "ах", "ях", "ому", "ему", "ого", "его", "ой", "ою", "ым", "ом", "ем", "ові", "еві", "єві", "ії", "ій",
		"ну", "ву", "лу", "ку", "ру", "ду", "ту", "сю", "лю",
	} {
		if strings.HasSuffix(last, ending) {
			return true
		}
	}
	if !strings.HasSuffix(last, "а") {
		return false
	}
	for _, feminine := range [...]string{"ова", "ева", "єва", "ина", "іна", "їна", "ка", "ха", "за", "та", "ра", "ла", "ша", "ца", "га", "ча"} {
		if strings.HasSuffix(last, feminine) {
			return false
		}
	}
	return true
}

// isGenitive reports whether a word may be the genitive of a place or an
// institution.
func isGenitive(word string) bool {
	return isCyrillic(word) && (strings.HasSuffix(word, "и") || strings.HasSuffix(word, "ы") || strings.HasSuffix(word, "ії"))
}

// isPluralVerb reports whether a Russian or Ukrainian verb has a subject in the
// plural.
func isPluralVerb(word string) bool {
	return slices.ContainsFunc([]string{"ли", "ут", "ют", "ат", "ят", "уть", "ють", "ать", "ять"}, func(e string) bool {
		return strings.HasSuffix(word, e)
	})
}

// isPlural reports whether a noun may be in the plural, as subject.
func isPlural(word string) bool {
	return strings.HasSuffix(word, "и") || strings.HasSuffix(word, "ы") || strings.HasSuffix(word, "і")
}

// isAdjective reports whether a word may be an adjective as subject.
func isAdjective(word string) bool {
	return slices.ContainsFunc([]string{"ий", "ый", "ой", "ое", "ее", "ая", "яя", "ые", "ие", "ій", "а", "е", "і"}, func(e string) bool {
		return strings.HasSuffix(word, e)
	})
}

// owned returns the noun of which the name n says whose it is, as in «власти
// Москвы» or «источник РБК», if that is what stands before it.
func (f *finder) owned(n noun) (owner noun, found bool) {
	own := f.names[n.name]
	before := own.from - 1
	if !f.joined(own.from) || !isCyrillic(f.words[before].text) {
		return n, false
	}
	switch {
	case own.outlet != "":
		found = f.is(before, role|group)
	case f.is(before, body), f.is(before, group) && isPlural(f.words[before].text):
		found = f.isOwner(own)
	case f.is(before, office):
		found = isGenitive(f.words[own.to-1].text) && own.to-own.from == 1
	}
	if !found {
		return n, false
	}
	owner, _ = f.nounEnding(before)
	owner.after, owner.to = own.to, own.to
	if own.outlet != "" {
		owner.to = before + 1
	}
	return owner, true
}

// isOwner reports whether a name may be in the genitive, of a place or an
// institution, after a noun that belongs to it.
func (f *finder) isOwner(own name) bool {
	last := &f.words[own.to-1]
	return isGenitive(last.text) || strings.HasSuffix(last.text, "а") && own.to-own.from == 1 ||
		last.kind&land != 0 || last.flags&text.AllCaps != 0 || f.endsName(own.to-1)
}

// headFirst makes the first noun of n its head if the others are in the
// genitive, as in «собеседник агентства».
func (f *finder) headFirst(n *noun) {
	if !isCyrillic(f.words[n.head].text) || n.name >= 0 && !f.is(n.head, land|body) {
		return
	}
	for k := n.from; k < n.head; k++ {
		if f.is(k, role|group|body) {
			n.head, n.name = k, -1
			return
		}
	}
}

// isObject reports whether the name n is, by its case or by the noun before it,
// no subject: «документы ФСБ».
func (f *finder) isObject(n noun) bool {
	own := f.names[n.name]
	if own.outlet == "" && isOblique(f.words[own.to-1].text) {
		return true
	}
	before := own.from - 1
	if !f.joined(own.from) || n.from < own.from || own.outlet != "" {
		return false
	}
	w := &f.words[before]
	if isPlaceNoun(w.text) {
		return true
	}
	return isCyrillic(w.text) && w.kind == 0 && w.name < 0 && !w.capital() && f.isInstitution(own) && !isAdjective(w.text)
}

// isPlaceNoun reports whether a word is the genitive of a kind of place, after
// which its name stands: «суд штата Нью-Йорк».
func isPlaceNoun(word string) bool {
	switch word {
	case "штата", "города", "округа", "района", "области", "провинции", "края", "деревни", "поселка", "міста", "округу", "району", "провінції", "села":
		return true
	}
	return false
}

// partPlaces parts what is in the genitive from the name of a person after it,
// as in «глава Чечни Рамзан Кадыров» or «пресс-секретарь Владимира Путина
// Дмитрий Песков».
func (f *finder) partPlaces() {
	for i, n := range f.names {
		size := n.to - n.from
		if n.outlet != "" || size != 3 && size != 4 || !f.joined(n.from) || !isCyrillic(f.words[n.to-1].text) || isOblique(f.words[n.to-1].text) {
			continue
		}
		cut := n.to - 2
		if before := f.words[cut-1].text; !isGenitive(before) && !strings.HasSuffix(before, "а") && !strings.HasSuffix(before, "я") && !strings.HasSuffix(before, "го") ||
			isPatronymic(f.words[cut].text) || isPatronymic(before) {
			continue
		}
		f.names[i].to = cut
		f.names = append(f.names, name{from: cut, to: n.to})
		f.words[cut].name, f.words[cut+1].name = len(f.names)-1, len(f.names)-1
	}
}

func isPatronymic(word string) bool {
	return strings.HasSuffix(word, "вич") || strings.HasSuffix(word, "вна") || strings.HasSuffix(word, "вича")
}

// personKey returns what all cases of a last name have in common, but for the
// Ukrainian locative of those in -ов: «при Буданові» reads as if he were Будан.
func personKey(last string) string {
	if !isCyrillic(last) {
		return last
	}
	const shortest = 6 // in bytes: three letters
	for _, ending := range [...]string{
		"ого", "его", "ому", "ему", "ыми", "ими", "ові", "еві", "єві", "аем", "аєм", "ай", "аю",
		"ым", "им", "ом", "ем", "ой", "ей", "ої", "ою", "ею", "ий", "ый", "ій", "ая", "яя", "ую", "юю",
		"а", "я", "у", "ю", "е", "і", "ы", "и", "ь", "й", "о",
	} {
		if key, found := strings.CutSuffix(last, ending); found && len(key) >= shortest {
			return strings.TrimSuffix(key, "ь") // Соловей, Соловья
		}
	}
	return last
}
