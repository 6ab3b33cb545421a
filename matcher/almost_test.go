package matcher

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
)

func almostDraft(t testing.TB) draft {
	return draft{
		lists: map[string]string{
			"coup": "coup, putsch", "force": "army, soldier, general", "leader": "president, king",
			"figurative": `"coup for", diplomatic`, "history": "anniversary, film", "officers": "colonel, captain",
		},
		entities: []entity{{id: "moran", kind: "person", name: "Alf Moran", groups: []string{"leaders"}}},
		rules: []draftRule{
			{
				id: "coup", match: "$coup NEAR/5 ($force OR $leader OR @leaders OR @countries OR tribe)",
				unless: []draftChange{{when: "$figurative", near: 4}, {when: "sport"}},
				lower:  []draftChange{{when: "$history", to: news.Low}, {when: "QUESTION", to: news.Medium}},
			},
			{id: "plot", match: "SENTENCE(plot AND $leader)", severity: news.Medium},
			{id: "purge", match: "title:(purge NEAR/8 $force)"},
			{id: "veto", match: "mutiny AND $force AND NOT ship"},
			{id: "ring", match: "WITHIN/4(palace, surround, $force)"},
			{id: "flash", match: "FIRST(flash) AND $force"},
			{id: "French", match: "putschiste AND lang:fr"},
			{id: "quiet", match: "rebellion NEAR/5 $officers", severity: news.Low},
			{id: "raid", match: "raid NEAR/5 @countries", lower: []draftChange{{when: "QUESTION OR PAST_YEAR OR title:$history", to: news.Low}}},
			{id: "sack", match: "sack NEAR/3 $officers", severity: news.Medium},
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
	r := almostDraft(t).rulesOf(t)
	for _, tt := range tests {
		it := news.Item{Title: tt.title, Summary: tt.summary, Language: "en", Link: "https://a.example/1", Publisher: "A", Published: time.Unix(1, 0)}
		got, ok := r.Almost(it)
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

// What was there and lowered is nearer than what was taken away, and that than
// what is misplaced or lacking.
func TestNearestRanks(t *testing.T) {
	r := almostDraft(t).rulesOf(t)
	want := []string{
		"Mali marks the anniversary of a coup",
		"A coup for the president",
		"A coup is what we all feared here when the army spoke",
		"Rumours of a coup tonight",
	}
	var misses []news.NearMiss
	for _, title := range want {
		m, ok := r.Almost(news.Item{Title: title, Language: "en"})
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

// No item that wakes somebody is a near miss, and each near miss is explained
// by the same rule.
func TestAlmostAgreesWithMatch(t *testing.T) {
	r := shippedRules(t)
	misses := 0
	for _, it := range archived(t, 400) {
		rep, _ := r.Match(it)
		m, ok := r.Almost(it)
		if !ok {
			continue
		}
		misses++
		if rep.Severity() > news.Low {
			t.Errorf("%q matches with %v and is a near miss of %s: %s", it.Title, rep.Severity(), m.Rule, m.Missing)
		}
		if m.Missing == "" || m.Nearness < leastNear {
			t.Errorf("%q: missing %q, nearness %v", it.Title, m.Missing, m.Nearness)
		}
		for _, v := range r.Explain(it).Verdicts {
			if v.Rule == m.Rule && (v.Outcome == Matched || v.Outcome == Raised || v.Outcome == NotMeant) {
				t.Errorf("%q is a near miss of %s, which is %s", it.Title, m.Rule, v.Outcome)
			}
		}
	}
	if misses < 30 {
		t.Errorf("%d near misses: too few to tell", misses)
	}
}

func BenchmarkAlmost(b *testing.B) {
	r := shippedRules(b)
	items := archived(b, 50_000)
	b.ReportAllocs()
	done := 0
	for b.Loop() {
		r.Almost(items[done%len(items)])
		done++
	}
	b.ReportMetric(float64(done)/b.Elapsed().Seconds(), "items/s")
}
