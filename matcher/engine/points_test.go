package engine

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/news"
)

// signs are rules that ask for points, and what they are asked of.
func signs(match string) draft.Draft {
	return draft.Draft{
		Lists:  map[string]string{"men": "soldier, guard, the", "seat": "palace", "sport": "club, match"},
		Points: map[string]string{"signs": "$men 10, $seat 15, curfew 20, $sport -12, @countries 5, QUESTION -8, PAST_YEAR -9"},
		Rules:  []draft.Rule{{ID: "r", Match: match}},
	}
}

// most is more than anything in these tests is worth, and least is less.
const most, least = 56, -40

// thresholds are rules for every number of points.
func thresholds() draft.Draft {
	d := signs("POINTS($signs) >= 20")
	for than := least; than <= most; than++ {
		d.Rules = append(d.Rules,
			draft.Rule{ID: fmt.Sprintf("enough-%d", than), Match: fmt.Sprintf("POINTS($signs) >= %d", than)},
			draft.Rule{ID: fmt.Sprintf("less-%d", than), Match: fmt.Sprintf("POINTS($signs) < %d", than)})
	}
	return d
}

// What stands in the title or in the first sentence is added up, each row once,
// and nothing else.
func TestPoints(t *testing.T) {
	r := programOf(t, thresholds())
	for _, tt := range []struct {
		title, summary string
		sum            int
	}{
		{"Nothing of the kind", "", 10}, // "the" is of $men
		{"Soldiers, guards and soldiers", "", 10},
		{"Soldiers at a palace", "", 25},
		{"Soldiers at a palace in Mali", "", 30},
		{"Soldiers at a palace", "A curfew begins. A club plays.", 45},
		{"Soldiers at a palace", "It rains. A curfew begins.", 25},
		{"Curfew after a match", "", 8},
		{"Palace?", "", 7},
		{"Palace of 1991", "", 6},
		{"Clubs meet", "", -12},
	} {
		rep, _ := r.Match(news.Item{Title: tt.title, Summary: tt.summary, Language: "en", Published: time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC)})
		for than := least; than <= most; than++ {
			enough := draft.MatchOf(rep, fmt.Sprintf("enough-%d", than)) != nil
			less := draft.MatchOf(rep, fmt.Sprintf("less-%d", than)) != nil
			if want := tt.sum >= than; enough != want || less == want {
				t.Errorf("%q, %q: of %d points at least %d is %t, and less %t", tt.title, tt.summary, tt.sum, than, enough, less)
			}
		}
	}
}

// What speaks for it is shown, and what it is worth told.
func TestPointsAreTold(t *testing.T) {
	r := programOf(t, signs("POINTS($signs) >= 20"))
	it := news.Item{Title: "Soldiers at a palace in Mali?", Language: "en"}
	rep, ok := r.Match(it)
	if got := draft.Found(rep, "r"); !ok || got != "Soldiers | palace | Mali" {
		t.Errorf("found %q", got)
	}
	s := r.Read(it)
	defer s.Release()
	s.BuildRuns()
	tally := s.Tally(s.Rules[0].Match)
	if got, want := fmt.Sprint(tally), "{signs 22 [{$men 10} {$seat 15} {@countries 5} {QUESTION -8}]}"; got != want {
		t.Errorf("tally %s, want %s", got, want)
	}
}

// Beside something else points only decide whether it counts.
func TestPointsBeside(t *testing.T) {
	d := signs("curfew AND POINTS($signs) >= 30")
	d.Rules = append(d.Rules, draft.Rule{ID: "held", Match: "curfew", Lower: []draft.Change{{When: "POINTS($signs) < 30", To: news.Low}}})
	r := programOf(t, d)
	for title, want := range map[string]string{
		"Curfew":                      "- low",
		"Curfew, soldiers at a match": "- low",
		"Curfew, soldiers in Mali":    "Curfew | soldiers | Mali high",
	} {
		rep, _ := r.Match(news.Item{Title: title, Language: "en"})
		if got := draft.Found(rep, "r") + " " + draft.MatchOf(rep, "held").Severity.String(); got != want {
			t.Errorf("%q: %s, want %s", title, got, want)
		}
	}
}

// Rules are not asked of items that cannot have the points, and are of all that
// can: of all subsets of the rows.
func TestPointsNeed(t *testing.T) {
	words := []string{"soldiers", "palace", "curfew", "club", "Mali"}
	worth := []int{10, 15, 20, -12, 5}
	r := programOf(t, thresholds())
	for set := 1; set < 1<<len(words); set++ {
		var title []string
		sum := 0
		for i := range words {
			if set&(1<<i) != 0 {
				title, sum = append(title, words[i]), sum+worth[i]
			}
		}
		rep, _ := r.Match(news.Item{Title: strings.Join(title, " and "), Language: "en"})
		for than := least; than <= most; than++ {
			if got := draft.MatchOf(rep, fmt.Sprintf("enough-%d", than)) != nil; got != (sum >= than) {
				t.Fatalf("%q has %d points, at least %d is %t", strings.Join(title, " "), sum, than, got)
			}
		}
	}
}

// A rule that no item matches without points goes by points.
func TestByPoints(t *testing.T) {
	for match, want := range map[string]bool{
		"POINTS($signs) >= 10":                                                   true,
		"POINTS($signs) < 10":                                                    false,
		"palace AND POINTS($signs) >= 10":                                        true,
		"(palace AND POINTS($signs) >= 10) OR POINTS($signs) >= 20":              true,
		"(palace AND POINTS($signs) >= 10) OR palace":                            false,
		"palace AND NOT POINTS($signs) >= 1000":                                  false,
		"lang:en AND (POINTS($signs) >= 10 OR (palace AND POINTS($signs) >= 5))": true,
	} {
		rep, matched := programOf(t, signs(match)).Match(news.Item{Title: "Soldiers at a palace", Language: "en"})
		if got := matched && rep.Matches[0].ByPoints; got != want {
			t.Errorf("%s: by points %t (matched %t), want %t", match, got, matched, want)
		}
	}
}
