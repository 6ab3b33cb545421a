package explain

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

func almostDraft(t testing.TB) draft.Draft {
	return draft.Draft{
		Lists: map[string]string{
			"coup": "coup, putsch", "force": "army, soldier, general", "leader": "president, king",
			"figurative": `"coup for", diplomatic`, "history": "anniversary, film", "officers": "colonel, captain",
		},
		Entities: []spec.Entity{{ID: "moran", Kind: "person", Name: "Alf Moran", Groups: []string{"leaders"}}},
		Rules: []draft.Rule{
			{
				ID: "coup", Match: "$coup NEAR/5 ($force OR $leader OR @leaders OR @countries OR tribe)",
				Unless: []draft.Change{{When: "$figurative", Near: 4}, {When: "sport"}},
				Lower:  []draft.Change{{When: "$history", To: news.Low}, {When: "QUESTION", To: news.Medium}},
			},
			{ID: "plot", Match: "SENTENCE(plot AND $leader)", Severity: news.Medium},
			{ID: "purge", Match: "title:(purge NEAR/8 $force)"},
			{ID: "veto", Match: "mutiny AND $force AND NOT ship"},
			{ID: "ring", Match: "WITHIN/4(palace, surround, $force)"},
			{ID: "flash", Match: "FIRST(flash) AND $force"},
			{ID: "French", Match: "putschiste AND lang:fr"},
			{ID: "quiet", Match: "rebellion NEAR/5 $officers", Severity: news.Low},
			{ID: "raid", Match: "raid NEAR/5 @countries", Lower: []draft.Change{{When: "QUESTION OR PAST_YEAR OR title:$history", To: news.Low}}},
			{ID: "sack", Match: "sack NEAR/3 $officers", Severity: news.Medium},
		},
	}
}

func TestAlmost(t *testing.T) {
	tests := []struct {
		title, summary string
		rule, missing  string // "" for no near miss
	}{
		// It matches, or nothing is near.
		{"A coup, says the army", "", "", ""},
		{"The weather in Mali", "", "", ""},
		{"The army of Mali", "", "", ""},
		{"A coup by the army?", "", "", ""}, // lowered, but people are told
		// One thing is missing.
		{"Rumours of a coup tonight", "", "coup", `if a word of $force, a word of $leader, one of @leaders or the like stood near "coup"`},
		{"A putsch was foiled, we hear", "Nobody knows where.", "coup", `if a word of $force, a word of $leader, one of @leaders or the like stood near "putsch"`},
		{"The mutiny goes on in Mali", "", "veto", `if a word of $force stood near "mutiny"`},
		{"They sacked him", "", "", ""}, // one word is little for a rule of medium severity
		{"A rebellion", "", "", ""},     // the rule would wake nobody anyway
		{"Putschiste", "", "", ""},      // the rule is for texts in French
		// All is there, but not as it should be.
		{"A coup is what we all feared here when the army spoke", "", "coup", `if "coup" and "army" stood within 5 words; they are 8 apart`},
		{"A coup is feared", "The army is silent.", "coup", `if "coup" and "army" stood together, not one in the title and one in the text`},
		{"The plot thickens. The king sleeps", "", "plot", `if "plot" and "king" stood in one sentence`},
		{"Quiet night", "The purge of the army goes on.", "purge", `if "purge" and "army" stood in the title`},
		{"The army says: flash floods", "", "flash", `if the title began with "flash"`},
		{"The palace of old times is surrounded by soldiers", "", "ring", `if "palace", "surrounded" and "soldiers" stood within 4 words`},
		{"Mutiny of soldiers on a ship", "", "veto", `but for "ship"`},
		{"A raid in the night", "", "raid", `if a country stood near "raid"`},
		// Taken away or lowered.
		{"A raid in Mali in 1961", "", "raid", `lowered to low because it tells of a past year ("1961")`},
		{"What came of the raid in Mali?", "", "raid", "lowered to low because its title asks a question"},
		{"A coup for the president", "", "coup", `but for "coup for" ($figurative)`},
		{"A diplomatic coup for the sport president", "", "", ""}, // two things are in the way
		{"A film of a coup for the president", "", "", ""},
		{"Mali marks the anniversary of a coup", "", "coup", `lowered to low because it says "anniversary" ($history)`},
	}
	r := compiledOf(t, almostDraft(t))
	for _, tt := range tests {
		it := news.Item{Title: tt.title, Summary: tt.summary, Language: "en", Link: "https://a.example/1", Publisher: "A", Published: time.Unix(1, 0)}
		got, ok := Almost(r, it, nil)
		if !ok {
			if tt.missing != "" {
				t.Errorf("%q is no near miss, want of %s: %s", tt.title, tt.rule, tt.missing)
			}
			continue
		}
		if got.Nearness <= 0 || got.Nearness > 1 {
			t.Errorf("%q: nearness %v, want one between 0 and 1", tt.title, got.Nearness)
		}
		got.Nearness = 0
		want := news.NearMiss{Title: tt.title, Link: it.Link, Publisher: "A", At: it.Published, Rule: tt.rule, Missing: tt.missing}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.title, diff)
		}
	}
}

// A report has the near miss of its item if that is near enough to be told, and
// only then: the rules that are asked for it are those selected for matching.
func TestReportHasItsNearMiss(t *testing.T) {
	r := compiledOf(t, almostDraft(t))
	for title, told := range map[string]bool{
		"Mali marks the anniversary of a coup":                  true,  // lowered
		"A coup for the president":                              true,  // taken away
		"Mutiny of soldiers on a ship":                          false, // forbidden, which is less near
		"A coup is what we all feared here when the army spoke": true,  // too far apart
		"Rumours of a coup tonight":                             false, // a word lacks
		"A coup, says the army":                                 false, // it matches
		"The weather in Mali":                                   false,
	} {
		it := news.Item{Title: title, Language: "en", Link: "https://a.example/1", Publisher: "A", Published: time.Unix(1, 0)}
		report, _ := Match(r, it)
		switch m, ok := Almost(r, it, nil); {
		case report.Almost == nil && told:
			t.Errorf("%q has no near miss in its report, want one", title)
		case report.Almost != nil && (!told || !ok || *report.Almost != m):
			t.Errorf("%q has %+v in its report, want told %v, and as Almost says: %+v", title, report.Almost, told, m)
		}
	}
}

// What was there and lowered is nearer than what was taken away, and that than
// what is misplaced or lacking.
func TestNearestRanks(t *testing.T) {
	r := compiledOf(t, almostDraft(t))
	want := []string{
		"Mali marks the anniversary of a coup",
		"A coup for the president",
		"A coup is what we all feared here when the army spoke",
		"Rumours of a coup tonight",
	}
	var misses []news.NearMiss
	for _, title := range want {
		m, ok := Almost(r, news.Item{Title: title, Language: "en"}, nil)
		if !ok {
			t.Fatalf("%q is no near miss", title)
		}
		misses = append(misses, m)
	}
	slices.Reverse(misses)
	slices.SortFunc(misses, Ranks)
	for i, m := range misses {
		if m.Title != want[i] {
			t.Errorf("place %d is %q (%.2f), want %q", i+1, m.Title, m.Nearness, want[i])
		}
	}
}
