package explain

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

func explainDraft(t *testing.T) draft.Draft {
	return draft.Draft{
		Lists: map[string]string{"coup": "coup, putsch", "force": "army, soldier"},
		Entities: []spec.Entity{
			{ID: "shoigu", Kind: "person", Name: "Sergei Shoigu", Country: "ru"},
			{ID: "ivanov", Kind: "person", Name: "Sergei Ivanov", Helper: draft.Parsed(t, "kremlin")},
		},
		Rules: []draft.Rule{
			{ID: "coup", Match: "$coup NEAR/5 $force", Lower: []draft.Change{{When: "PAST_YEAR", To: news.Low}}},
			{ID: "plain", Match: "$coup", Unless: []draft.Change{{When: `"coup for"`}}},
			{ID: "shoigu", Match: "@shoigu AND $coup"},
			{ID: "taken", Match: "film", Unless: []draft.Change{{When: "coup", Near: spec.Anywhere}}},
			{ID: "far", Match: "$coup NEAR/2 film"},
			{ID: "almost", Match: "film AND tank"},
			{ID: "absent", Match: "tank AND curfew"},
			{ID: "french", Match: "coup", Languages: []string{"fr"}},
			{ID: "vetoed", Match: "coup AND NOT army"},
		},
	}
}

func TestExplain(t *testing.T) {
	it := news.Item{
		Title:     "Soldiers recall the coup of 1991",
		Summary:   "The army watches a film. Shoigu and Ivanov do not.",
		Language:  "en",
		Published: time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC),
	}
	var b strings.Builder
	if err := Explain(compiledOf(t, explainDraft(t)), it, nil).Render(&b, false); err != nil {
		t.Fatal(err)
	}
	const want = `language: en

plain: matched, high
  title: Soldiers recall the [coup] of 1991
    by $coup

shoigu: matched, high
  title: Soldiers recall the [coup] of 1991
  summary: The army watches a film. [Shoigu] and Ivanov do not.
    by $coup, @shoigu

coup: lowered, low
  title: [Soldiers] recall the [coup] of 1991
    by $force, $coup
    lowered by PAST_YEAR
      title: Soldiers recall the coup of [1991]

taken: taken away
  summary: The army watches a [film]. Shoigu and Ivanov do not.
    by film
    taken away by coup
      title: Soldiers recall the [coup] of 1991

far: missed
  $coup NEAR/2 film: both are there, but in different fields

vetoed: missed
  NOT army: must not be there, but "army" is, in the summary

almost: missed
  tank: does not occur

nothing of: absent, french

names:
  Sergei Shoigu (@shoigu): [Shoigu] as written
  Sergei Ivanov (@ivanov): [Ivanov] as written; not counted: too common alone: the full name is not in the item, and not near it: kremlin
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("the explanation differs (-want +got):\n%s", diff)
	}
}

func TestMissing(t *testing.T) {
	tests := []struct{ query, title, want string }{
		{"tank", "A coup", "tank: does not occur"},
		{"tank AND coup", "A coup", "tank: does not occur"},
		{"tank OR curfew", "A coup", "tank OR curfew: does not occur"},
		{"(tank AND coup) OR curfew", "A coup", "tank: does not occur"},
		{"tank NEAR/2 coup", "A coup of two or three tanks", "tank NEAR/2 coup: both are there, but 4 words apart"},
		{"tank ONEAR/2 coup", "A coup of tanks", "tank ONEAR/2 coup: both are there, but in the other order"},
		{"coup NEAR/2 coup", "A coup", "coup NEAR/2 coup: both are there, but only as the same words"},
		{"WITHIN/3(a1, b1, c1)", "a1 x b1 x c1", "WITHIN/3(a1, b1, c1): all are there, but not within 3 words"},
		{"SENTENCE(coup AND tank)", "A coup. Tanks", "SENTENCE(coup AND tank): not within one sentence"},
		{"summary:coup", "A coup", "summary:coup: not in the summary"},
		{"FIRST(coup)", "A coup", "FIRST(coup): not at the beginning of the title"},
		{"coup AND QUESTION", "A coup", "QUESTION: the title does not end with a question mark"},
		{"coup AND lang:fr", "A coup", "lang:fr: the feed is another"},
		{"POINTS($signs) >= 7", "A coup?", "POINTS($signs) >= 7: only 3 of at least 7 points are there"},
		{"COUNT($coup) >= 2", "A coup, a coup", "COUNT($coup) >= 2: only 1 of at least 2 different entries are there"},
	}
	d := draft.Draft{Lists: map[string]string{"coup": "coup, putsch"}, Points: map[string]string{"signs": "$coup 5, tank 4, QUESTION -2"}}
	for _, tt := range tests {
		d.Rules = append(d.Rules, draft.Rule{ID: tt.query, Match: tt.query})
	}
	r := compiledOf(t, d)
	for _, tt := range tests {
		var got []string
		for _, v := range Explain(r, news.Item{Title: tt.title, Language: "en"}, nil).Verdicts {
			if v.Rule != tt.query {
				continue
			}
			for _, m := range v.Missing {
				got = append(got, m.Part+": "+m.Why)
			}
		}
		if strings.Join(got, "; ") != tt.want {
			t.Errorf("%q lacks %q, want %q", tt.title, got, tt.want)
		}
	}
}

func TestExplanationAsJSON(t *testing.T) {
	x := Explain(compiledOf(t, explainDraft(t)), news.Item{Title: "A coup", Language: "en"}, nil)
	x.Verdicts = x.Verdicts[:1]
	got, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"title":"A coup","language":"en","verdicts":[{"rule":"plain","title":"Rule plain","outcome":"matched","severity":"high",` +
		`"hits":[{"severity":"high","found":[{"field":"title","start":2,"end":6,"words":"coup","term":"$coup"}]}]}]}`
	if string(got) != want {
		t.Errorf("the JSON is\n%s, want\n%s", got, want)
	}
}

// However often something is said, it is shown a few times and counted.
func TestRenderRepetition(t *testing.T) {
	it := news.Item{
		Title:    "Russia and the Russians",
		Summary:  strings.Repeat("Russia fears a coup. Ivanov does not. ", 18),
		Language: "en",
	}
	d := explainDraft(t)
	d.Rules = []draft.Rule{{ID: "coup", Match: "$coup"}}
	x := Explain(compiledOf(t, d), it, nil)
	var b strings.Builder
	if err := x.Render(&b, false); err != nil {
		t.Fatal(err)
	}
	for want, times := range map[string]int{
		"  Russia (@country:ru) ×20: [Russia] en, [Russians] en\n": 1,
		"  Sergei Ivanov (@ivanov) ×18: [Ivanov] as written; not":  1,
		"    by $coup\n":    6,
		"  and 12 more\n\n": 1,
	} {
		if got := strings.Count(b.String(), want); got != times {
			t.Errorf("%q stands %d times, want %d, in\n%s", want, got, times, b.String())
		}
	}
	if len(x.Names) != 20+18 {
		t.Errorf("%d names are explained, want each of them", len(x.Names))
	}
}

func TestRenderOverlap(t *testing.T) {
	r := compiledOf(t, draft.Draft{Rules: []draft.Rule{{ID: "r", Match: `mali NEAR/0 "mali coup"`}}})
	var b strings.Builder
	body := strings.Repeat("é", 200) + " Mali coup " + strings.Repeat("é", 200)
	if err := Explain(r, news.Item{Title: "Mali coup", Body: body}, nil).Render(&b, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"title: [Mali coup]\n", "body: … éé", "éé [Mali coup] éé", "éé …\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
}

func TestRenderKeepsTerminalSafe(t *testing.T) {
	x := Explain(compiledOf(t, explainDraft(t)), news.Item{Title: "A \x1b[2J coup \u009b2J", Language: "en"}, nil)
	var b strings.Builder
	if err := x.Render(&b, true); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "\x1b[2J") || strings.Contains(b.String(), "\u009b") {
		t.Errorf("control characters of the feed get through: %q", b.String())
	}
	if !strings.Contains(b.String(), "\x1b[1;33mcoup\x1b[0m") {
		t.Errorf("the coup is not marked in %q", b.String())
	}
}

// What tables add up to is told once, the weightiest rows first, though several
// rules ask for it.
func TestPointsAreShown(t *testing.T) {
	r := compiledOf(t, draft.Draft{
		Points: map[string]string{"signs": "coup 5, tank 14, QUESTION -2", "others": "opera 3"},
		Rules:  []draft.Rule{{ID: "a", Match: "POINTS($signs) >= 9"}, {ID: "b", Match: "coup AND POINTS($signs) < 9"}, {ID: "c", Match: "POINTS($others) >= 1"}},
	})
	var b strings.Builder
	if err := Explain(r, news.Item{Title: "A coup by tank?", Language: "en"}, nil).Render(&b, false); err != nil {
		t.Fatal(err)
	}
	if want := "\npoints in title and first sentence:\n  $signs: 17 = tank +14, coup +5, QUESTION -2\n"; strings.Count(b.String(), want) != 1 || strings.Contains(b.String(), "$others: ") {
		t.Errorf("no %q in\n%s", want, b.String())
	}
}

// Of many terms of a hit and many rules that missed the first are told; of the
// others it is said whether anything of them was there.
func TestRenderIsShort(t *testing.T) {
	terms := strings.Fields("alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo")
	rules := []draft.Rule{{ID: "all", Match: strings.Join(terms, " AND ")}, {ID: "none", Match: "whisky"}, {ID: "nine", Match: strings.Join(terms[:9], " AND ")}}
	for _, id := range []string{"m1", "m2", "m3", "m4", "m5", "m6", "m7"} {
		rules = append(rules, draft.Rule{ID: id, Match: "alpha AND tango"})
	}
	var b strings.Builder
	if err := Explain(compiledOf(t, draft.Draft{Rules: rules}), news.Item{Title: strings.Join(terms, " "), Language: "en"}, nil).Render(&b, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"by alpha, bravo, charlie, delta, echo, foxtrot, golf, hotel and 3 more\n", "by alpha, bravo, charlie, delta, echo, foxtrot, golf, hotel, india\n",
		"\nm5: missed\n", "\na part of: m6, m7\n", "\nnothing of: none\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}
