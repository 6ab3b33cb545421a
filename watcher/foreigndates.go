package watcher

import (
	"regexp"
	"strings"
	"sync"
	"time"

	dateparser "github.com/markusmobius/go-dateparser"
)

// absoluteDates reads dates that name a day. What only says how long ago, or which
// day of the week, is left unread: it would be another day at each reading.
var absoluteDates = sync.OnceValue(func() *dateparser.Parser {
	return &dateparser.Parser{ParserTypes: []dateparser.ParserType{dateparser.AbsoluteTime}}
})

// parseForeign reads a date with the words of any language: first of that of
// the feed, then of all others.
func parseForeign(s, language string, now time.Time) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > 120 || !strings.ContainsFunc(s, isNumeral) {
		return time.Time{}, false
	}
	s = ordinals.ReplaceAllString(levantine.Replace(s), "$1$2")
	for marker, half := range halves {
		if before, after, ok := strings.Cut(s, marker); ok {
			s = before + " " + after + half
		}
	}
	config := dateparser.Configuration{CurrentTime: now.UTC(), DefaultTimezone: time.UTC, StrictParsing: true}
	if language != "" && dateparser.IsKnownLocale(language) {
		local := config
		local.Languages = []string{language}
		if t, ok := parseWith(&local, s); ok {
			return t, true
		}
	}
	return parseWith(&config, s)
}

func parseWith(config *dateparser.Configuration, s string) (time.Time, bool) {
	d, err := absoluteDates().Parse(config, s)
	if err != nil {
		return time.Time{}, false
	}
	t := d.Time.UTC()
	if isBuddhist(t.Year()) {
		t = t.AddDate(-543, 0, 0)
	}
	return believable(t)
}

// isBuddhist tells whether a year is counted as in Thailand, 543 years ahead.
func isBuddhist(year int) bool { return year >= 1995+543 && year <= 2100+543 }

func isNumeral(r rune) bool {
	return r >= '0' && r <= '9' || r >= '٠' && r <= '٩' || r >= '۰' && r <= '۹' || r >= '०' && r <= '९' || r >= '০' && r <= '৯' || r >= '０' && r <= '９'
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
