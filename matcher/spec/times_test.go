package spec_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/matcher/spec"
)

// times reads "2020-08-18..2021-05-24, 2022-01-01.."; "always" is nil.
func times(t *testing.T, text string) spec.Times {
	t.Helper()
	if text == "always" {
		return nil
	}
	var out spec.Times
	for _, span := range strings.Split(text, ", ") {
		since, until, _ := strings.Cut(span, "..")
		out = append(out, spec.Span{Since: day(t, since), Until: day(t, until)})
	}
	return out
}

// day returns the zero time for "".
func day(t *testing.T, text string) time.Time {
	t.Helper()
	if text == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestTimesCover(t *testing.T) {
	for _, tt := range []struct {
		times, at string
		want      bool
		tell      string // what is told where they do not
	}{
		{"always", "2020-01-01", true, ""},
		{"always", "", true, ""},
		{"2020-08-18..", "2020-08-17", false, "since 18 August 2020"},
		{"2020-08-18..", "2020-08-18", true, ""},
		{"2020-08-18..", "", true, ""},
		{"..2023-08-31", "2023-08-30", true, ""},
		{"..2023-08-31", "2023-08-31", false, "until 31 August 2023"},
		{"..2023-08-31", "", false, "until 31 August 2023"},
		{"2003-01-01..2011-01-01, 2023-01-01..", "2015-01-01", false, "until 1 January 2011 and since 1 January 2023"},
		{"2003-01-01..2011-01-01, 2023-01-01..", "2002-01-01", false, "since 1 January 2003"},
		{"2003-01-01..2011-01-01, 2023-01-01..2026-01-01", "2027-01-01", false, "until 1 January 2026"},
	} {
		span, at := times(t, tt.times), day(t, tt.at)
		if got := span.Cover(at); got != tt.want {
			t.Errorf("%s covers %q: %t", tt.times, tt.at, got)
		} else if !got && span.Tell(at) != tt.tell {
			t.Errorf("%s at %q: %q, want %q", tt.times, tt.at, span.Tell(at), tt.tell)
		}
	}
}

func TestTimesOrAnd(t *testing.T) {
	for _, tt := range []struct{ a, b, or, and string }{
		{"always", "2020-01-01..", "always", "2020-01-01.."},
		{"2020-01-01..", "2022-01-01..2023-01-01", "2020-01-01..", "2022-01-01..2023-01-01"},
		{"2020-01-01..2021-01-01", "2022-01-01..", "2020-01-01..2021-01-01, 2022-01-01..", ""},
		{"2020-01-01..2021-01-01", "2021-01-01..2022-01-01", "2020-01-01..2022-01-01", ""},
		{"..2021-01-01", "2020-01-01..", "always", "2020-01-01..2021-01-01"},
		{"..2021-01-01, 2023-01-01..", "2020-01-01..2024-01-01", "always", "2020-01-01..2021-01-01, 2023-01-01..2024-01-01"},
	} {
		for _, turned := range []bool{false, true} {
			a, b := times(t, tt.a), times(t, tt.b)
			if turned {
				a, b = b, a
			}
			if got := a.Or(b); !reflect.DeepEqual(got, times(t, tt.or)) {
				t.Errorf("%s or %s: %v, want %s", tt.a, tt.b, got, tt.or)
			}
			got, ok := a.And(b)
			if ok != (tt.and != "") || ok && !reflect.DeepEqual(got, times(t, tt.and)) {
				t.Errorf("%s and %s: %v, want %q", tt.a, tt.b, got, tt.and)
			}
		}
	}
}
