package dates_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/watcher/dates"
)

func TestParseDate(t *testing.T) {
	instant := time.Date(2024, 3, 5, 14, 30, 0, 0, time.UTC)
	tests := []struct {
		in   string
		want time.Time // zero if it is none
	}{
		{"Tue, 05 Mar 2024 14:30:00 GMT", instant},
		{"Tue, 05 Mar 2024 17:30:00 MSK", instant},
		{"Tue, 05 Mar 2024 17:30:00 GMT+3", instant},
		{"Tue, 05 Mar 2024 17:30:00 UTC+03:00", instant},
		{"2024-03-05T17:30:00+03", instant},
		{"2024-03-05T14:30Z", instant},
		{"20240305T143000Z", instant},
		{"1709649000", instant},
		{"вторник, 5 марта 2024 17:30:00 +0300", instant},
		{"вт, 5 березня 2024 16:30:00 EET", instant},
		{"mar. 5 mars 2024 15:30:00 +0100", instant},
		{"Di, 5 März 2024 15:30:00 MEZ", instant},
		{"martes, 5 de marzo de 2024 15:30 CET", instant},
		{"martedì 5 marzo 2024 15:30 CET", instant},
		{"Tue Mar  5 17:30:00 MSK 2024", instant},
		{"Tue, Mar 5 2024 02:30:00 PM", instant},
		{"5.3.2024 14:30", instant},
		{"03/25/2024 14:30", instant.AddDate(0, 0, 20)},
		{"2024-03-05", instant.Truncate(24 * time.Hour)},
		{"Mon, 04 Mar 2024 24:00:00 GMT", instant.Truncate(24 * time.Hour)},
		{"Tue, 05 Mar 2024 14:29:60 GMT", instant},
		{"Sat, 31 Feb 2024 10:00:00 GMT", time.Time{}},
		{"Thu, 01 Jan 1970 00:00:00 GMT", time.Time{}},
		{"0001-01-01T00:00:00Z", time.Time{}},
		{"9999-12-31T23:59:59Z", time.Time{}},
		{"yesterday", time.Time{}},
		{"14:30", time.Time{}},
		{"", time.Time{}},
	}
	for _, tt := range tests {
		got, ok := dates.ParseDate(tt.in)
		if !got.Equal(tt.want) || ok != !tt.want.IsZero() {
			t.Errorf("ParseDate(%q) = %v, %v, want %v", tt.in, got, ok, tt.want)
		}
	}
}

// TestDatesOfTheWild reads dates that were found in feeds.
func TestDatesOfTheWild(t *testing.T) {
	data, err := os.ReadFile("../../../shared/feeds/dates-qa.jsonl")
	if err != nil {
		t.Skipf("the shared dates are not there: %v", err)
	}
	good, all := 0, 0
	for l := range strings.Lines(string(data)) {
		var c struct {
			In    string
			Unix  *int64
			Valid bool
		}
		if err := json.Unmarshal([]byte(l), &c); err != nil {
			t.Fatal(err)
		}
		all++
		got, ok := dates.ParseDate(c.In)
		if ok != c.Valid || ok && c.Unix != nil && got.Unix() != *c.Unix {
			t.Logf("ParseDate(%q) = %v, %v, want %v", c.In, got, ok, c.Valid)
			continue
		}
		good++
	}
	t.Logf("%d of %d dates are read as they are meant", good, all)
	if all == 0 || good < all {
		t.Errorf("%d of %d dates, want all", good, all)
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"Tue, 05 Mar 2024 14:30:00 GMT", "2024-03-05T17:30:00+03", "5.3.2024 14:30", "1709649000", "вт, 5 березня 2024", "10:00 Europe/Kyiv"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := dates.ParseDate(s)
		if ok && (got.Year() < 1995 || got.Year() > 2100 || got.Location() != time.UTC) {
			t.Errorf("ParseDate(%q) = %v, want a believable time in UTC", s, got)
		}
	})
}

// A date in a standard form is read at once to the moment to which it is read in
// the ways of all others.
func FuzzStandard(f *testing.F) {
	for _, s := range []string{
		"Tue, 21 Nov 2023 10:11:12 +0300", "Tue, 21 Nov 2023 10:11:12 GMT", "Wed, 31 Dec 2025 23:59:60 UTC", "2023-11-21T10:11:12Z", "2023-11-21T10:11:12.5+02:00",
		"2023-11-21t24:00:00z", "Mon, 21 Nov 2023 10:11:12 -1500", "Tue, 21 Nov 0023 10:11:12 GMT", "Thu, 29 Feb 2024 00:00:00 +0000", "Sun, 29 Feb 2023 00:00:00 +0000", "9999-12-31T00:00:00Z",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		quick, ok := dates.Standard(s)
		if !ok {
			return
		}
		if slow, read := dates.Typed(s); !read || !slow.Equal(quick) {
			t.Errorf("%q is %v, else %v, %v", s, quick, slow, read)
		}
	})
}

func TestStandard(t *testing.T) {
	want := time.Date(2023, 11, 21, 10, 11, 12, 0, time.UTC)
	for _, s := range []string{"Tue, 21 Nov 2023 13:11:12 +0300", " Tue, 21 Nov 2023 10:11:12 GMT\n", "Tue, 21 Nov 2023 10:11:12 UTC", "2023-11-21T10:11:12Z", "2023-11-21T11:11:12+01:00"} {
		if got, ok := dates.Standard(s); !ok || !got.Equal(want) {
			t.Errorf("%q: %v, %v, want %v", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "Tue, 21 Nov 2023 10:11:12 MSK", "21 Nov 2023", "2023-11-21 10:11:12", "1970-01-01T00:00:00Z"} {
		if got, ok := dates.Standard(s); ok {
			t.Errorf("%q: %v, want none", s, got)
		}
	}
}
