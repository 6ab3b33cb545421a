package dates_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/watcher/dates"
)

// TestDatesOfManyLanguages reads dates as they are typed around the world: all
// of 21 October 2026, in the morning at ten where they name an hour.
func TestDatesOfManyLanguages(t *testing.T) {
	day := time.Date(2026, 10, 21, 0, 0, 0, 0, time.UTC)
	ten, evening := day.Add(10*time.Hour), day.Add(22*time.Hour)
	tests := []struct {
		language, in string
		want         time.Time
	}{
		{"zh", "2026年10月21日 10:00", ten},
		{"zh", "2026年10月21日", day},
		{"zh", "2026-10-21 上午10:00", ten},
		{"ja", "2026年10月21日 10時00分", ten},
		{"ja", "2026年10月21日(水) 10:00", ten},
		{"ko", "2026년 10월 21일 오전 10:00", ten},
		{"ko", "2026년 10월 21일 오후 10:00", evening},
		{"ko", "2026. 10. 21. 10:00", ten},
		{"ar", "21 أكتوبر 2026 10:00", ten},
		{"ar", "٢١ أكتوبر ٢٠٢٦ ١٠:٠٠", ten},
		{"ar", "الأربعاء 21 تشرين الأول 2026", day},
		{"", "21 تشرين الاول 2026", day},
		{"fa", "21 اکتبر 2026", day},
		{"ur", "21 اکتوبر 2026", day},
		{"hi", "21 अक्टूबर 2026", day},
		{"bn", "২১ অক্টোবর ২০২৬", day},
		{"th", "21 ตุลาคม 2569", day},
		{"th", "21 ตุลาคม 2026", day},
		{"vi", "21 tháng 10 2026 10:00", ten},
		{"vi", "21 tháng 10, 2026", day},
		{"id", "21 Oktober 2026 10:00", ten},
		{"ms", "21 Oktober 2026", day},
		{"el", "21 Οκτωβρίου 2026, 10:00", ten},
		{"el", "21η Οκτωβρίου 2026", day},
		{"bg", "21 октомври 2026 г., 10:00 ч.", ten},
		{"bg", "21 октомври 2026", day},
		{"sr", "21. октобар 2026. 10:00", ten},
		{"sr", "21. oktobar 2026.", day},
		{"mk", "21 октомври 2026", day},
		{"hr", "21. listopada 2026. 10:00", ten},
		{"hr", "21. listopad 2026.", day},
		{"sl", "21. oktober 2026", day},
		{"be", "21 кастрычніка 2026", day},
		{"kk", "21 қазан 2026", day},
		{"az", "21 Oktyabr 2026 10:00", ten},
		{"uz", "21 oktabr 2026", day},
		{"hu", "2026. október 21. 10:00", ten},
		{"hu", "2026. október 21., szerda", day},
		{"ro", "21 octombrie 2026, 10:00", ten},
		{"sq", "21 tetor 2026", day},
		{"fi", "21. lokakuuta 2026", day},
		{"et", "21. oktoober 2026", day},
		{"lv", "2026. gada 21. oktobris", day},
		{"lt", "2026 m. spalio 21 d.", day},
		{"sv", "21 oktober 2026 kl. 10:00", ten},
		{"da", "21. oktober 2026 kl. 10:00", ten},
		{"is", "21. október 2026", day},
		{"cs", "21. října 2026 10:00", ten},
		{"sk", "21. októbra 2026", day},
		{"pl", "21 października 2026, 10:00", ten},
		{"tr", "21 Ekim 2026 Çarşamba 10:00", ten},
		{"he", "21 באוקטובר 2026", day},
		{"ka", "21 ოქტომბერი 2026", day},
		{"hy", "21 հոկտեմբերի 2026", day},
		{"sw", "21 Oktoba 2026", day},
		{"fr", "21 octobre 2026 à 10h00", ten},
		{"fr", "le 21 octobre 2026", day},
		{"fr", "mercredi 21 octobre 2026 - 10:00", ten},
		{"es", "10:00 p. m. 21 de octubre de 2026", evening},
		{"es", "21 de octubre de 2026, 10:00 p. m.", evening},
		{"es", "21 oct. 2026", day},
		{"pt", "21 de outubro de 2026 às 10h00", ten},
		{"it", "21 ottobre 2026, ore 10:00", ten},
		{"de", "Mittwoch, 21. Oktober 2026, 10:00 Uhr", ten},
		{"nl", "woensdag 21 oktober 2026 10:00", ten},
		{"en", "October 21st, 2026", day},
		{"en", "October 21st, 2026 at 10:00 AM", ten},
		{"en", "Wednesday 21st of October 2026", day},
		{"en", "10/21/2026 10:00:00 PM", evening},
		{"en", "Oct 21, 2026 10:00am", ten},
		{"ru", "21 октября 2026 г. 13:00 MSK", ten},
		{"ru", "21.10.2026 10:00", ten},
		{"uk", "21 жовтня 2026р. 10:00", ten},
		{"", "20261021T130000+0300", ten},
		{"", "20261021T100000Z", ten},
		{"", "20261021", day},
		{"", "2026-10-21T13:00:00[Europe/Moscow]", ten},
		{"", "2026-10-21T13:00:00+03:00[Europe/Moscow]", ten},
		{"", "Wed, 21 Oct 2026 07:00:00 −0300", ten},
		{"", "Wed, 21 Oct 2026 15:00:00 ALMT", ten},
		{"", "Wed, 21 Oct 2026 16:30:00 MMT", ten},
		{"", "Wed, 21 Oct 2026 18:00:00 ULAT", ten},
	}
	for _, tt := range tests {
		got, ok := dates.ParseDates(tt.language, tt.in)
		if !ok || !got.Equal(tt.want) {
			t.Errorf("%s: %q is read as %v, %v, want %v", tt.language, tt.in, got, ok, tt.want)
		}
	}
}

// TestDatesThatAreNone are refused: each would be another day when read again,
// or names none.
func TestDatesThatAreNone(t *testing.T) {
	for _, s := range []string{
		"yesterday", "3 hours ago", "vor 3 Stunden", "вчера в 10:00", "il y a 2 jours", "10:00", "Monday", "21 October", "October 2026", "2026",
		"soon", "n/a", "-", "00/00/0000", "31 February 2026", "32.10.2026", "21 Smarch 2026",
	} {
		if got, ok := dates.ParseDate(s); ok {
			t.Errorf("%q is read as %v, want none", s, got)
		}
	}
}

// TestOrderOfDayAndMonth is learned from the other dates of the feed.
func TestOrderOfDayAndMonth(t *testing.T) {
	fifth := time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC) // the reading is of 29 November 2026
	eleventh := time.Date(2026, 5, 11, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		why   string
		dates []string
		want  time.Time
	}{
		{"a number above twelve shows that the month is first", []string{"11/05/2026", "11/23/2026"}, fifth},
		{"a number above twelve shows that the day is first", []string{"11/05/2026", "23/05/2026"}, eleventh},
		{"whoever says PM names the month first", []string{"11/5/2026 12:00:00 AM"}, fifth},
		{"but not where the day is above twelve elsewhere", []string{"11/5/2026 12:00 AM", "23/5/2026 3:15 PM"}, eleventh},
		{"no item is of tomorrow", []string{"05/11/2026", "04/12/2026"}, fifth.AddDate(0, -6, 6)},
		{"news are of today", []string{"11/05/2026", "11/04/2026"}, fifth},
		{"with dots the day is first", []string{"05.11.2026", "04.11.2026"}, fifth},
		{"nothing tells: the day is first", []string{"11/11/2026"}, fifth.AddDate(0, 0, 6)},
	}
	for _, tt := range tests {
		got, ok := dates.ParseDates("", tt.dates...)
		if !ok || !got.Equal(tt.want) {
			t.Errorf("%s: %q is read as %v, %v, want %v", tt.why, tt.dates[0], got, ok, tt.want)
		}
	}
}

// What tells the hour in a way that is not understood makes a date unknown, not
// one of midnight or of Greenwich.
func TestHourIsReadOrTheDateIsNot(t *testing.T) {
	at := time.Date(2026, 11, 21, 10, 30, 0, 0, time.UTC)
	for date, want := range map[string]time.Time{
		"21.11.2026 klo 10.30":        at,
		"21. november 2026 kl. 10.30": at,
		"21.11.2026 10.30.00":         at,
		"21.11.2026, 10.30 Uhr":       at,
		"Sat, 21 Nov 2026 10:30 GMT":  at,
		"SAT, 21 NOV 2026 10:30 UHR":  at,
		"21 Nov 2026 10:30 SAT":       at,
		"21.11.2026":                  at.Truncate(24 * time.Hour),
		"Sat, 21 Nov 2026 10:30 QXZT": {},
		"2026-21-11T10:30:00Z":        {},
		"2026-11-21+03:00":            at.Truncate(24 * time.Hour).Add(-3 * time.Hour),
	} {
		if got, _ := dates.ParseDate(date); !got.Equal(want) {
			t.Errorf("%q is read as %v, want %v", date, got, want)
		}
	}
	for _, date := range []string{"21.11.2026 10 Uhr", "21 novembre 2026 10 heures", "2026-11-21 half past 10"} {
		if got, ok := dates.ParseDate(date); ok && got.Hour() != 10 && got.Hour() != 22 {
			t.Errorf("%q is read as %v, a midnight that it does not name", date, got)
		}
	}
}
