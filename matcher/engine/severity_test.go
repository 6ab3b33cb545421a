package engine

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

func TestUnlessLowerRaise(t *testing.T) {
	filler := strings.Repeat("word ", 20)
	d := draft.Draft{Lists: map[string]string{
		"figurative": "coup for, coup de théâtre",
		"history":    "anniversary, years ago",
		"unfolding":  "gunfire, borders closed",
	}}
	base := draft.Rule{
		ID: "r", Match: "coup", Severity: news.High,
		Unless: []draft.Change{{When: "$figurative"}},
		Lower:  []draft.Change{{When: "$history OR PAST_YEAR", To: news.Low}, {When: "QUESTION", To: news.Medium}},
		Raise:  []draft.Change{{When: "$unfolding", To: news.Critical}},
	}
	with := func(change func(*draft.Rule)) draft.Rule {
		r := base
		change(&r)
		return r
	}
	tests := []struct {
		name  string
		rule  draft.Rule
		title string
		want  string // severity and reasons, or "-"
	}{
		{"as it is", base, "A coup", "high"},
		{"unless overlaps", base, "A coup for the club", "-"},
		{"unless stands near", base, "A coup for the club, a coup of taste", "-"},
		{"unless far away", base, "A coup for the club " + filler + " a coup of the army", "high"},
		{"lowered", base, "Anniversary of a coup", "low -$history OR PAST_YEAR"},
		{"lowered by a past year", base, "The coup of 1991", "low -$history OR PAST_YEAR"},
		{"not by this year", base, "The coup of 2023", "high"},
		{"not by a number", base, "The coup killed 1800 or 19910", "high"},
		{"lowered far away only", base, "A coup " + filler + " anniversary", "high"},
		{"one hit lowered, one not", base, "A coup " + filler + " anniversary of a coup", "high"},
		{"both hits lowered", base, "A coup years ago " + filler + " anniversary of a coup", "low -$history OR PAST_YEAR"},
		{"what holds of the item is near everything", base, "A coup " + filler + "?", "medium -QUESTION"},
		{"lowered twice", base, "Coup anniversary?", "low -$history OR PAST_YEAR -QUESTION"},
		{"raised", base, "Gunfire: a coup", "critical +$unfolding"},
		{"raised and lowered", base, "Gunfire: a coup years ago", "low -$history OR PAST_YEAR"},
		{"raised, the other hit lowered", base, "A coup years ago " + filler + " gunfire: coup", "critical +$unfolding"},
		{"near is as given", with(func(r *draft.Rule) { r.Unless = []draft.Change{{When: "film", Near: 2}} }), "film a b c coup", "high"},
		{"near is as given, and met", with(func(r *draft.Rule) { r.Unless = []draft.Change{{When: "film", Near: 2}} }), "film a b coup", "-"},
		{"same sentence", with(func(r *draft.Rule) { r.Unless = []draft.Change{{When: "film", Near: spec.SameSentence}} }), "A film. A coup", "high"},
		{"same sentence, and met", with(func(r *draft.Rule) { r.Unless = []draft.Change{{When: "film", Near: spec.SameSentence}} }), "A film " + filler + " on a coup", "-"},
		{"anywhere", with(func(r *draft.Rule) { r.Unless = []draft.Change{{When: "film", Near: spec.Anywhere}} }), "A film. " + filler + ". A coup", "-"},
		{"by the title's beginning", with(func(r *draft.Rule) { r.Lower = []draft.Change{{When: "FIRST(how)", Near: spec.Anywhere, To: news.Low}} }), "How a coup", "low -FIRST(how)"},
	}
	for _, tt := range tests {
		tt.rule.ID = tt.name
		d.Rules = append(d.Rules, tt.rule)
	}
	r := programOf(t, d)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rep, _ := r.Match(news.Item{Title: tt.title, Language: "en", Published: time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC)})
			got := "-"
			if m := draft.MatchOf(rep, tt.name); m != nil {
				got = m.Severity.String()
				for _, l := range m.Lowered {
					got += " -" + l
				}
				for _, r := range m.Raised {
					got += " +" + r
				}
			}
			if got != tt.want {
				t.Errorf("%q is %s, want %s", tt.title, got, tt.want)
			}
		})
	}
}

func TestNearDoesNotCrossFields(t *testing.T) {
	d := draft.Draft{Rules: []draft.Rule{{ID: "r", Match: "coup", Unless: []draft.Change{{When: "film"}}}}}
	if _, ok := programOf(t, d).Match(news.Item{Title: "A coup", Summary: "The film"}); !ok {
		t.Error("an unless in the summary takes away a hit in the title")
	}
}

func TestOnlyForSomeItems(t *testing.T) {
	tests := []struct {
		name            string
		languages, tags []string
		item            news.Item
		want            bool
	}{
		{"for all", nil, nil, news.Item{}, true},
		{"for its language", []string{"fr", "en"}, nil, news.Item{Language: "en-GB"}, true},
		{"for another language", []string{"ru"}, nil, news.Item{Language: "en"}, false},
		{"for its tag", nil, []string{"africa"}, news.Item{Tags: []string{"wire", "africa"}}, true},
		{"for another tag", nil, []string{"africa"}, news.Item{Tags: []string{"wire"}}, false},
		{"for its language, not its tag", []string{"en"}, []string{"africa"}, news.Item{Language: "en"}, false},
	}
	var d draft.Draft
	for _, tt := range tests {
		d.Rules = append(d.Rules, draft.Rule{ID: tt.name, Match: "coup", Languages: tt.languages, Tags: tt.tags})
	}
	r := programOf(t, d)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.item.Title = "There is a coup in the country"
			rep, _ := r.Match(tt.item)
			if got := draft.MatchOf(rep, tt.name) != nil; got != tt.want {
				t.Errorf("that the rule matches is %v, want %v", got, tt.want)
			}
		})
	}
}

// The spans of a match are those of the hits that gave it its severity.
func TestSpansAreOfTheGravestHits(t *testing.T) {
	d := draft.Draft{Rules: []draft.Rule{{ID: "r", Match: "coup", Lower: []draft.Change{{When: "film", Near: 1, To: news.Low}}}}}
	rep, _ := programOf(t, d).Match(news.Item{Title: "coup film x x coup x x film coup", Language: "en"})
	m := draft.MatchOf(rep, "r")
	if m == nil || m.Severity != news.High || len(m.Spans) != 1 || m.Spans[0].Start != 14 {
		t.Errorf("the match is %+v, want a high one about the second coup", m)
	}
}

func TestMatchesAreMostSevereFirst(t *testing.T) {
	d := draft.Draft{Rules: []draft.Rule{
		{ID: "c", Match: "coup", Severity: news.Low},
		{ID: "b", Match: "coup", Severity: news.Critical},
		{ID: "d", Match: "putsch", Severity: news.Critical},
		{ID: "a", Match: "coup", Severity: news.Low},
	}}
	rep, _ := programOf(t, d).Match(news.Item{Title: "A coup"})
	var got []string
	for _, m := range rep.Matches {
		got = append(got, m.Rule)
	}
	if want := []string{"b", "a", "c"}; !slices.Equal(got, want) {
		t.Errorf("the rules that match are %v, want %v", got, want)
	}
}

func TestCount(t *testing.T) {
	d := draft.Draft{
		Lists: map[string]string{"signs": "coup, gunfire, tank, $more", "more": "curfew"},
		Rules: []draft.Rule{{ID: "r", Match: "COUNT($signs) >= 3"}},
	}
	r := programOf(t, d)
	tests := []struct {
		item news.Item
		want string
	}{
		{news.Item{Title: "Coup, gunfire, tanks", Language: "en"}, "Coup | gunfire | tanks"},
		{news.Item{Title: "Coup, gunfire", Body: "A curfew", Language: "en"}, "Coup | gunfire | curfew"},
		{news.Item{Title: "Coup, coup, coups, tank", Language: "en"}, "-"},
	}
	for _, tt := range tests {
		rep, _ := r.Match(tt.item)
		if got := draft.Found(rep, "r"); got != tt.want {
			t.Errorf("three signs in %q, %q: %s, want %s", tt.item.Title, tt.item.Body, got, tt.want)
		}
	}
}

// What an unless asks must not disturb which hits are kept.
func TestConditionWithCount(t *testing.T) {
	d := draft.Draft{
		Lists: map[string]string{"signs": "film, album, novel"},
		Rules: []draft.Rule{{
			ID: "r", Match: "coup",
			Unless: []draft.Change{{When: "poll", Near: 1}, {When: "COUNT($signs) >= 3"}},
			Raise:  []draft.Change{{When: "gunfire", Near: 1, To: news.Critical}, {When: "COUNT($signs) >= 2", To: news.Critical}},
		}},
	}
	rep, _ := programOf(t, d).Match(news.Item{Title: "poll coup a b c coup gunfire a b coup: a film, an album", Language: "en"})
	if got, want := draft.Found(rep, "r"), "coup | coup"; got != want {
		t.Errorf("the match is about %s, want %s", got, want)
	}
}
