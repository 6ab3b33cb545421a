package dates

import (
	"regexp"
	"strings"
	"time"
	"unicode"
)

// zone returns the zone that is named after the clock of a date, or nil if
// none is. after is in lower case, original the date as it was written. The
// names are read here since the time package takes those it does not know for
// UTC, and so puts each item from Moscow three hours into the future.
func zone(after, original string) *time.Location {
	if m := offset.FindStringSubmatch(after); m != nil {
		seconds := number(m[2])*3600 + number(m[3])*60
		if m[1] == "-" {
			seconds = -seconds
		}
		if seconds < -14*3600 || seconds > 14*3600 {
			return nil
		}
		return time.FixedZone("", seconds)
	}
	for _, word := range strings.FieldsFunc(after, func(r rune) bool { return unicode.IsSpace(r) || r == '[' || r == ']' }) {
		if strings.Contains(word, "/") {
			return place(word, original)
		}
		if minutes, ok := zoneMinutes(strings.Trim(word, ".,;")); ok {
			return time.FixedZone("", minutes*60)
		}
	}
	return nil
}

var capitals = regexp.MustCompile(`\d:\d\d(?::\d\d)?\s+([A-Z]{2,5})\b`)

// isUnknownZone tells whether a word in capitals stands after the clock of a
// date, as only zones do: since zone knows it not, the hour is not known.
func isUnknownZone(original, language string) bool {
	m := capitals.FindStringSubmatch(original)
	if m == nil {
		return false
	}
	word := strings.ToLower(m[1])
	switch word {
	case "am", "pm", "uhr", "hrs", "mon", "tue", "wed", "thu", "fri", "sat", "sun":
		return false
	}
	_, known := zoneMinutes(word)
	return !known && month(word, language) == 0
}

// place returns the zone of a place such as "europe/moscow", whose capitals
// are to be found in original; nil if there is none.
func place(name, original string) *time.Location {
	i := strings.Index(strings.ToLower(original), name)
	if i < 0 || i+len(name) > len(original) {
		return nil
	}
	l, err := time.LoadLocation(original[i : i+len(name)])
	if err != nil {
		return nil
	}
	return l
}

// zoneMinutes returns how far a zone is ahead of UTC. Of names with several
// meanings it takes the one that feeds of news use most.
func zoneMinutes(name string) (minutes int, ok bool) {
	if minutes, ok = americanMinutes(name); ok {
		return minutes, ok
	}
	switch name {
	case "z", "ut", "utc", "gmt", "wet":
		return 0, true
	case "bst", "west", "cet", "met", "mez", "wat":
		return 60, true
	case "eet", "cest", "mest", "mesz", "cat", "sast":
		return 120, true
	case "eest", "msk", "eat", "trt", "idt":
		return 180, true
	case "irst":
		return 210, true
	case "msd", "gst", "samt", "azt", "get":
		return 240, true
	case "aft":
		return 270, true
	case "yekt", "pkt", "uzt", "tjt", "tmt", "almt", "orat", "qyzt", "mvt":
		return 300, true
	case "ist":
		return 330, true
	case "npt":
		return 345, true
	case "omst", "bdt", "kgt", "btt":
		return 360, true
	case "mmt":
		return 390, true
	case "novt", "krat", "ict", "wib", "hovt":
		return 420, true
	case "irkt", "hkt", "sgt", "myt", "pht", "phst", "awst", "ulat", "wita", "bnt":
		return 480, true
	case "jst", "kst", "yakt", "wit", "tlt":
		return 540, true
	case "acst":
		return 570, true
	case "vlat", "aest":
		return 600, true
	case "acdt":
		return 630, true
	case "magt", "aedt":
		return 660, true
	case "nzst", "pett":
		return 720, true
	case "nzdt":
		return 780, true
	}
	return 0, false
}

// americanMinutes does the same for the zones west of Greenwich.
func americanMinutes(name string) (minutes int, ok bool) {
	switch name {
	case "ndt":
		return -150, true
	case "brt", "art", "adt", "clst", "uyt", "gft", "srt", "pyt":
		return -180, true
	case "nst":
		return -210, true
	case "edt", "ast", "clt", "vet", "bot", "gyt":
		return -240, true
	case "est", "cdt", "cot", "pet", "etc":
		return -300, true
	case "cst", "mdt":
		return -360, true
	case "mst", "pdt":
		return -420, true
	case "pst", "akdt":
		return -480, true
	case "akst":
		return -540, true
	case "hst":
		return -600, true
	}
	return 0, false
}

// month returns the month that a word of a dozen languages, in lower case,
// names in full or in short; 0 if it names none. It goes by the first letters,
// three where they will do. Croatian calls October what Polish and Czech call
// November, so its months are not read here.
func month(word, language string) int {
	letters := []rune(word)
	if len(letters) < 3 || language == "hr" {
		return 0
	}
	if len(letters) > 3 {
		switch string(letters[:4]) {
		case "juin":
			return 6
		case "juil":
			return 7
		}
	}
	switch string(letters[:3]) {
	case "jan", "jän", "gen", "ene", "янв", "січ", "sty", "oca":
		return 1
	case "feb", "fév", "fev", "фев", "лют", "lut", "şub":
		return 2
	case "mar", "mär", "mrz", "mrt", "maa", "мар", "бер":
		return 3
	case "apr", "avr", "abr", "апр", "кві", "kwi", "nis":
		return 4
	case "may", "mai", "mag", "mei", "maj", "май", "мая", "тра":
		return 5
	case "jun", "giu", "июн", "чер", "cze", "haz":
		return 6
	case "jul", "lug", "июл", "лип", "lip", "tem":
		return 7
	case "aug", "aoû", "aou", "ago", "авг", "сер", "sie", "ağu":
		return 8
	case "sep", "set", "сен", "вер", "wrz", "eyl":
		return 9
	case "oct", "okt", "ott", "out", "окт", "жов", "paź", "eki":
		return 10
	case "nov", "ноя", "лис", "lis", "kas":
		return 11
	case "dec", "déc", "dez", "dic", "дек", "гру", "gru", "ara":
		return 12
	}
	return 0
}
