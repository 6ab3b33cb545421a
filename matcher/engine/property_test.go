package engine

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

func TestRuleOrderDoesNotMatter(t *testing.T) {
	d := draft.Newsroom()
	r := programOf(t, d)
	rnd := rand.New(rand.NewPCG(9, 10))
	rnd.Shuffle(len(d.Rules), func(i, j int) { d.Rules[i], d.Rules[j] = d.Rules[j], d.Rules[i] })
	shuffled := programOf(t, d)
	matched := 0
	for _, it := range draft.Mixed() {
		want, ok := r.Match(it)
		got, _ := shuffled.Match(it)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("another order of rules gives another report for %q:\n%s", it.Title, diff)
		}
		if ok {
			matched++
		}
	}
	if matched < 10 {
		t.Fatalf("only %d items match", matched)
	}
}

// The work may grow no faster than the text, whatever that repeats: the hits
// that are made on the way are its measure.
func TestEndlessRepetition(t *testing.T) {
	r := programOf(t, draft.Draft{
		Lists: map[string]string{"coup": "coup, putsch"},
		Rules: []draft.Rule{
			{ID: "near", Match: "(coup NEAR/1000 coup) NEAR/1000 (coup NEAR/5 coup)", Unless: []draft.Change{{When: "film", Near: spec.SameSentence}}},
			{ID: "within", Match: "WITHIN/9(coup, coup, coup, putsch)"},
			{ID: "sentence", Match: "SENTENCE(coup AND NOT putsch)"},
			{ID: "count", Match: "COUNT($coup) >= 1", Lower: []draft.Change{{When: "coup AND coup", To: news.Low}}},
			{ID: "phrase", Match: `"coup coup coup coup putsch"`},
		},
	})
	const times, most = 10_000, 40
	for _, piece := range []string{"coup ", "A coup. ", "coup putsch "} {
		s := newEvaluator(r)
		s.read(news.Item{Body: strings.Repeat(piece, times), Language: "en"}, nil)
		s.BuildRuns()
		for i := range r.Rules {
			m, ok := s.Apply(&r.Rules[i])
			if len(m.Spans) > mostSpans {
				t.Errorf("%q: rule %s has %d spans", piece, m.Rule, len(m.Spans))
			}
			if !ok && m.Rule == "near" {
				t.Errorf("%q: rule %s does not match", piece, m.Rule)
			}
		}
		if len(s.Hits) > most*times {
			t.Errorf("%q, %d times, makes %d hits", piece, times, len(s.Hits))
		}
	}
}

// Hits that go with hits that go with hits could be shown in more ways than
// there is time for.
func TestDeepQuery(t *testing.T) {
	src := "coup"
	for range 30 {
		src = "coup AND (army OR (" + src + "))"
	}
	r := programOf(t, draft.Draft{Rules: []draft.Rule{{ID: "r", Match: src}}})
	rep, _ := r.Match(news.Item{Title: strings.Repeat("coup ", 20), Language: "en"})
	if got := draft.MatchOf(rep, "r"); got == nil || len(got.Spans) != 20 {
		t.Errorf("the match is %+v, want one with 20 spans", got)
	}
}

func TestSpansAreOfTheTextAsGiven(t *testing.T) {
	r := programOf(t, draft.Draft{Rules: []draft.Rule{{ID: "r", Match: `"coup d'etat" OR mali OR переворот`}}})
	tests := []struct {
		title string
		want  []string
	}{
		{"«Coup d’État» à Bamako", []string{"Coup d’État"}},
		{"A c\u00adoup d&#8217;&eacute;tat &amp; more in <b>Mali</b>", []string{"c\u00adoup d&#8217;&eacute;tat", "Mali"}},
		{"В Москве говорят о перевороте…", []string{"перевороте"}},
		{"MALI’S COUP D'ETAT", []string{"MALI", "COUP D'ETAT"}},
	}
	for _, tt := range tests {
		rep, _ := r.Match(news.Item{Title: tt.title})
		var got []string
		if len(rep.Matches) > 0 {
			for _, s := range rep.Matches[0].Spans {
				got = append(got, tt.title[s.Start:s.End])
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("spans in %q are %q, want %q", tt.title, got, tt.want)
		}
	}
}
