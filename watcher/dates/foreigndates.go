package dates

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/coupwatch/coupwatch/watcher/monthnames"
)

// parseForeign reads a date with the words of any language: first of that of
// the feed, then of all others. It must name a day: what only says how long ago,
// or which day of the week, would be another day at each reading.
func parseForeign(s, language string, home *time.Location) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > 120 || !strings.ContainsFunc(s, unicode.IsDigit) {
		return time.Time{}, false
	}
	s = inDigits(s)
	for _, language := range []string{language, ""} {
		if t, ok := parseDate(inEnglish(s, language), "", unknownOrder, home); ok {
			return t, true
		}
	}
	return time.Time{}, false
}

// inDigits returns s with what it says by numbers, and by the signs and short
// words beside them, as parseDate reads it.
func inDigits(s string) string {
	s = ordinals.ReplaceAllString(levantine.Replace(strings.Map(european, s)), "$1$2")
	for marker, half := range halves {
		if before, after, ok := strings.Cut(s, marker); ok {
			s = before + " " + after + half
		}
	}
	s = eastAsianDay.ReplaceAllString(s, "$1-$2-$3 ")
	s = eastAsianTime.ReplaceAllString(s, "$1:$2 ")
	s = numberedMonth.ReplaceAllString(s, "$1.$2.")
	s = dayWithZone.ReplaceAllString(s, "$1 00:00$2")
	return buddhist.ReplaceAllStringFunc(s, func(year string) string { return strconv.Itoa(number(year) - 543) })
}

var (
	eastAsianDay  = regexp.MustCompile(`(\d{4})[年년.]\s*(\d{1,2})[月월.]\s*(\d{1,2})[日일.]?`)
	eastAsianTime = regexp.MustCompile(`(\d{1,2})[時时点點시]\s*(\d{2})[分분]?`)
	numberedMonth = regexp.MustCompile(`(?i)(\d{1,2}) (?:tháng|thg) (\d{1,2}),?\s*`) // Vietnamese has no names
	dayWithZone   = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)(\+\d\d:\d\d)$`)
	buddhist      = regexp.MustCompile(`\b(?:25[3-9]\d|26[0-4]\d)\b`) // years as in Thailand, 543 ahead
)

// european returns the digit 0 to 9 that r is in another script, or r.
func european(r rune) rune {
	if r < 0x80 || !unicode.IsDigit(r) {
		return r
	}
	n := rune(0) // the digits of a script stand together
	for n < 9 && unicode.IsDigit(r-n-1) {
		n++
	}
	return '0' + n
}

// inEnglish returns s with English names for those of months in language.
func inEnglish(s, language string) string {
	isLetter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }
	words := strings.FieldsFunc(s, func(r rune) bool { return !isLetter(r) })
	for _, word := range words {
		if m := monthnames.Of(word, language); m > 0 {
			s = strings.Replace(s, word, " "+time.Month(m).String()[:3]+" ", 1)
		}
	}
	return s
}

// halves are the words for the halves of the day that stand before the hour.
var halves = map[string]string{"오전": " am", "오후": " pm", "上午": " am", "下午": " pm", "午前": " am", "午後": " pm"}

// ordinals are letters after a number that only say that it is a number: Greek
// ordinals, and the Lithuanian for year and day.
var ordinals = regexp.MustCompile(`(\d)(?:ης?| m\.| d\.?)(\s|$)`)

// levantine gives the months of the Levant and of Iraq the names that they
// have on the Nile.
var levantine = strings.NewReplacer(
	"كانون الثاني", "يناير", "شباط", "فبراير", "آذار", "مارس", "اذار", "مارس", "نيسان", "أبريل", "أيار", "مايو", "ايار", "مايو",
	"حزيران", "يونيو", "تموز", "يوليو", "آب", "أغسطس", "أيلول", "سبتمبر", "ايلول", "سبتمبر",
	"تشرين الأول", "أكتوبر", "تشرين الاول", "أكتوبر", "تشرين الثاني", "نوفمبر", "كانون الأول", "ديسمبر", "كانون الاول", "ديسمبر",
)
