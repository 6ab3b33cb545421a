package names

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// particles belong to the name that they stand before.
const particles = " al el de del della di da dos du la le van von der den ter bin ibn ben ould bint abu abou st mac ul dit bent bin. ibn. بن ابن ولد آل أبو ابو "

// sameNames are given names that are spelled in many ways in Latin letters.
var sameNames = []string{
	"Mohamed Mohammed Muhammad Mohammad Mohamad Muhammed Muhamad Mahamat",
	"Ahmed Ahmad Akhmed", "Abdullah Abdallah Abdulla", "Omar Umar Oumar", "Osama Usama",
	"Hussein Hussain Husayn Hossein Hosein", "Hassan Hasan", "Ibrahim Ebrahim Ibrahima", "Ismail Esmail Ismael",
	"Khalifa Khalifah", "Ali Aly", "Said Saeed Sayed Saïd", "Yousef Yusuf Youssef Yusef Yousuf",
	"Mahmoud Mahmud Mahmood", "Moammar Muammar Mouammar", "Bashar Bachar Baschar", "Qasem Qassem Kassem Ghasem",
	"Gholam Ghulam", "Jafar Jaafar Ja'far", "Khaled Khalid", "Mustafa Mostafa Moustapha", "Nasser Nasir Naser",
	"Suleiman Sulaiman Soleiman Souleymane Sulayman", "Moussa Musa Mousa", "Moktar Mokhtar Mukhtar",
}

// servants are what stands before a name of God in a name that means his
// servant, with the mark of how it is joined to it.
var servants = []string{"Abdel ", "Abdul ", "Abd al-", "Abd el-", "Abdoul ", "Abdel", "Abdul", "Abdal"}

// sons are the ways to write "son of".
var sons = []string{"bin", "ibn", "ben", "b."}

// variants returns the other spellings of a given name, and itself first.
func variants(name string) []string { return sameAs(sameNames, name) }

// isArabic reports whether a word, or the first of several, is an Arabic given
// name.
func isArabic(word string) bool {
	first, _, _ := strings.Cut(word, " ")
	return len(variants(first)) > 1 || servantOf(word) != "" || first == "عبد"
}

// maxWhole is in how many ways a whole name is spelled at most.
const maxWhole = 64

// wholes returns the ways to spell a name, as written first, each as its
// parts: a particle, and what says of whom somebody is the servant, is of one
// part with the word after it.
func wholes(words []string) [][]string {
	all := [][]string{nil}
	for _, part := range parted(words) {
		ways := waysOf(part)
		var next [][]string
		for _, way := range ways {
			for _, head := range all {
				next = append(next, append(head[:len(head):len(head)], way))
			}
		}
		all = next[:min(len(next), maxWhole)]
	}
	return all
}

// parted puts the words that belong together into one part.
func parted(words []string) []string {
	var parts []string
	open := false // the last part wants another word
	for i, w := range words {
		if open {
			parts[len(parts)-1] += " " + w
		} else {
			parts = append(parts, w)
		}
		open = i+1 < len(words) && (i > 0 && isParticle(w) || i+2 < len(words) && isServant(w))
	}
	return parts
}

func isParticle(word string) bool { return strings.Contains(particles, " "+strings.ToLower(word)+" ") }

func isServant(word string) bool {
	switch strings.ToLower(word) {
	case "abdel", "abdul", "abd", "abdoul", "abdal", "عبد":
		return true
	}
	return false
}

// waysOf returns the ways to write a part of a name, as written first.
func waysOf(part string) []string {
	ways := []string{part}
	before, rest, ok := strings.Cut(part, " ")
	switch god := servantOf(part); {
	case god != "":
		for _, s := range servants {
			for _, g := range variants(god) {
				ways = append(ways, s+joined(s, g))
			}
		}
	case !ok:
		return variants(part)
	case before == "عبد":
		ways = append(ways, before+rest)
	case slices.Contains(sons, strings.ToLower(before)):
		for _, s := range sons {
			for _, name := range waysOf(rest) {
				ways = append(ways, s+" "+name)
			}
		}
	case before == "بن", before == "ابن":
		ways = append(ways, "بن "+rest, "ابن "+rest)
	case strings.EqualFold(before, "ould"):
		for _, name := range waysOf(rest) {
			ways = append(ways, "ould "+name, "uld "+name)
		}
	}
	return ways
}

// joined returns a name of God as it stands after one of servants.
func joined(servant, god string) string {
	if strings.HasSuffix(servant, " ") || strings.HasSuffix(servant, "-") {
		return god
	}
	return strings.ToLower(god)
}

// servantOf returns the name of God in a Latin name that means his servant, ""
// if it is none.
func servantOf(part string) string {
	before, rest, ok := strings.Cut(part, " ")
	if ok && isServant(before) && before != "عبد" {
		for _, article := range []string{"al-", "el-", "Al-", "El-"} {
			rest = strings.TrimPrefix(rest, article)
		}
		return rest
	}
	if ok {
		return ""
	}
	for _, s := range []string{"Abdel", "Abdul", "Abdal", "Abdoul"} {
		if god, found := strings.CutPrefix(part, s); found && utf8.RuneCountInString(god) > 2 && god != "lah" {
			return strings.ToUpper(god[:1]) + god[1:]
		}
	}
	return ""
}
