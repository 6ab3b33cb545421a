package matcher

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

func TestUnlessLowerRaise(t *testing.T) {
	filler := strings.Repeat("word ", 20)
	d := draft{lists: map[string]string{
		"figurative": "coup for, coup de théâtre",
		"history":    "anniversary, years ago",
		"unfolding":  "gunfire, borders closed",
	}}
	base := draftRule{
		id: "r", match: "coup", severity: news.High,
		unless: []draftChange{{when: "$figurative"}},
		lower:  []draftChange{{when: "$history OR PAST_YEAR", to: news.Low}, {when: "QUESTION", to: news.Medium}},
		raise:  []draftChange{{when: "$unfolding", to: news.Critical}},
	}
	with := func(change func(*draftRule)) draftRule {
		r := base
		change(&r)
		return r
	}
	tests := []struct {
		name  string
		rule  draftRule
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
		{"near is as given", with(func(r *draftRule) { r.unless = []draftChange{{when: "film", near: 2}} }), "film a b c coup", "high"},
		{"near is as given, and met", with(func(r *draftRule) { r.unless = []draftChange{{when: "film", near: 2}} }), "film a b coup", "-"},
		{"same sentence", with(func(r *draftRule) { r.unless = []draftChange{{when: "film", near: sameSentence}} }), "A film. A coup", "high"},
		{"same sentence, and met", with(func(r *draftRule) { r.unless = []draftChange{{when: "film", near: sameSentence}} }), "A film " + filler + " on a coup", "-"},
		{"anywhere", with(func(r *draftRule) { r.unless = []draftChange{{when: "film", near: anywhere}} }), "A film. " + filler + ". A coup", "-"},
		{"by the title's beginning", with(func(r *draftRule) { r.lower = []draftChange{{when: "FIRST(how)", near: anywhere, to: news.Low}} }), "How a coup", "low -FIRST(how)"},
	}
	for _, tt := range tests {
		tt.rule.id = tt.name
		d.rules = append(d.rules, tt.rule)
	}
	r := d.rulesOf(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rep, _ := r.Match(news.Item{Title: tt.title, Language: "en", Published: time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC)})
			got := "-"
			if m := matchOf(rep, tt.name); m != nil {
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
	d := draft{rules: []draftRule{{id: "r", match: "coup", unless: []draftChange{{when: "film"}}}}}
	if _, ok := d.rulesOf(t).Match(news.Item{Title: "A coup", Summary: "The film"}); !ok {
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
	var d draft
	for _, tt := range tests {
		d.rules = append(d.rules, draftRule{id: tt.name, match: "coup", languages: tt.languages, tags: tt.tags})
	}
	r := d.rulesOf(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.item.Title = "There is a coup in the country"
			rep, _ := r.Match(tt.item)
			if got := matchOf(rep, tt.name) != nil; got != tt.want {
				t.Errorf("that the rule matches is %v, want %v", got, tt.want)
			}
		})
	}
}

// The spans of a match are those of the hits that gave it its severity.
func TestSpansAreOfTheGravestHits(t *testing.T) {
	d := draft{rules: []draftRule{{id: "r", match: "coup", lower: []draftChange{{when: "film", near: 1, to: news.Low}}}}}
	rep, _ := d.rulesOf(t).Match(news.Item{Title: "coup film x x coup x x film coup", Language: "en"})
	m := matchOf(rep, "r")
	if m == nil || m.Severity != news.High || len(m.Spans) != 1 || m.Spans[0].Start != 14 {
		t.Errorf("the match is %+v, want a high one about the second coup", m)
	}
}

func TestMatchesAreMostSevereFirst(t *testing.T) {
	d := draft{rules: []draftRule{
		{id: "c", match: "coup", severity: news.Low},
		{id: "b", match: "coup", severity: news.Critical},
		{id: "d", match: "putsch", severity: news.Critical},
		{id: "a", match: "coup", severity: news.Low},
	}}
	rep, _ := d.rulesOf(t).Match(news.Item{Title: "A coup"})
	var got []string
	for _, m := range rep.Matches {
		got = append(got, m.Rule)
	}
	if want := []string{"b", "a", "c"}; !slices.Equal(got, want) {
		t.Errorf("the rules that match are %v, want %v", got, want)
	}
}

func TestCount(t *testing.T) {
	d := draft{
		lists: map[string]string{"signs": "coup, gunfire, tank, $more", "more": "curfew"},
		rules: []draftRule{{id: "r", match: "COUNT($signs) >= 3"}},
	}
	r := d.rulesOf(t)
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
		if got := found(rep, "r"); got != tt.want {
			t.Errorf("three signs in %q, %q: %s, want %s", tt.item.Title, tt.item.Body, got, tt.want)
		}
	}
}

// What an unless asks must not disturb which hits are kept.
func TestConditionWithCount(t *testing.T) {
	d := draft{
		lists: map[string]string{"signs": "film, album, novel"},
		rules: []draftRule{{
			id: "r", match: "coup",
			unless: []draftChange{{when: "poll", near: 1}, {when: "COUNT($signs) >= 3"}},
			raise:  []draftChange{{when: "gunfire", near: 1, to: news.Critical}, {when: "COUNT($signs) >= 2", to: news.Critical}},
		}},
	}
	rep, _ := d.rulesOf(t).Match(news.Item{Title: "poll coup a b c coup gunfire a b coup: a film, an album", Language: "en"})
	if got, want := found(rep, "r"), "coup | coup"; got != want {
		t.Errorf("the match is about %s, want %s", got, want)
	}
}
