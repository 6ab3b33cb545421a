package ladder_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/ladder"
)

// found returns a report of which a rule found the words of the title that stand
// in brackets.
func found(language, title string) news.Report {
	var spans []news.Span
	plain := ""
	for i, part := range strings.FieldsFunc(title, func(r rune) bool { return r == '[' || r == ']' }) {
		if i%2 == 1 != strings.HasPrefix(title, "[") {
			spans = append(spans, news.Span{Field: news.Title, Start: len(plain), End: len(plain + part), Term: "$" + part})
		}
		plain += part
	}
	return news.Report{
		Item:    news.Item{ID: "x", Title: plain, Language: language},
		Matches: []news.Match{{Rule: "x", Severity: news.High, Spans: spans}},
	}
}

// A titled is a headline with what a rule found in it in brackets, and how firmly
// it tells that.
type titled struct {
	language, title string
	want            news.Status
}

func haveStatuses(t *testing.T, all []titled) {
	t.Helper()
	for _, tt := range all {
		if got := ladder.Read(found(tt.language, tt.title)); got.Status != tt.want {
			t.Errorf("%s: %s by %q, want %s", tt.title, got.Status, got.Speaker, tt.want)
		}
	}
}

// Who is in an event is not the event, though a rule found both: that no
// soldiers were hurt says nothing against what they did.
func TestWhoIsNoEvent(t *testing.T) {
	haveStatuses(t, []titled{
		{"en", "Army says no [soldiers] hurt in [pay protest]", news.Official},
		{"en", "No [officers] hurt in [barracks revolt], ministry says", news.Official},
		{"en", "Army says no [barracks revolt] took place", news.Denied},
		{"de", "Ministerium: keine [Soldaten] verletzt bei [Kasernenaufstand]", news.Official},
	})
}

// Whom a ruler dismisses an outlet tells as a fact; it is the office's word if a
// decree is named, or what the dismissal is the penalty for, or if a body has no
// other way to do it.
func TestDismissal(t *testing.T) {
	haveStatuses(t, []titled{
		{"en", "President [sacks] [army chief]", news.Reported},
		{"ru", "Президент [уволил] [главу охраны]", news.Reported},
		{"ru", "Президент указом [уволил] [главу охраны]", news.Official},
		{"uk", "Президент [звільнив] [командувача]", news.Reported},
		{"uk", "Президент [звільнив] [командувача] за заколот", news.Official},
		{"de", "Präsident [entlässt] [Armeechef]", news.Reported},
		{"de", "Präsident [entlässt] [Armeechef] per Dekret", news.Official},
		{"de", "Armee [entlässt] [drei Generäle]", news.Official},
		{"fr", "Le président [limoge] [le chef de la garde]", news.Reported},
		{"fr", "La présidence annonce qu'elle [limoge] [le chef de la garde]", news.Official},
		{"es", "El presidente [destituye] al [jefe de la guardia]", news.Reported},
		{"es", "El presidente [destituye] por decreto al [jefe de la guardia]", news.Official},
	})
}

// What a rule found by points is any sign of its lists, of which one word may be
// in several: what other rules found says what the report is of.
func TestSignsAreNoEvent(t *testing.T) {
	r := found("en", "[Putsch] in Burundi? “The president plays football”, the army says")
	signs := news.Match{Rule: "signs", Severity: news.Medium}
	for _, word := range []string{"Putsch", "Putsch", "president", "football", "football"} {
		at := strings.Index(r.Title, word)
		signs.Spans = append(signs.Spans, news.Span{Field: news.Title, Start: at, End: at + len(word), Term: "$any"})
	}
	alone := ladder.Read(r)
	r.Matches = append(r.Matches, signs)
	if both := ladder.Read(r); both.Status != alone.Status || both.Status == news.Official {
		t.Errorf("%s by one rule, %s by points besides", alone.Status, both.Status)
	}
}
