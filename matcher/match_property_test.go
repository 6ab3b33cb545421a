package matcher

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
)

// mixed returns items of several languages and shapes, some of which newsroom
// rules match.
func mixed() []news.Item {
	rnd := rand.New(rand.NewPCG(7, 8))
	pieces := []string{
		"Army officers stage a coup in Mali", "The president was ousted by soldiers.", "It was a coup for the club",
		"Sergei Shoigu dismissed a general", "years ago, in 1991", "Prigozhin's mutiny", "Putin fired the minister of defence?",
		"Попытка переворота в Мали", "Генерал арестован", "Un putsch au Niger", "a junta &amp; its men", "soldiers revolt against orders",
		"the colonel defected to the opposition", "Power struggle in the palace", "x", "", "—", "\u00ad", "coup coup coup",
	}
	items := make([]news.Item, 300)
	for i := range items {
		draw := func() string {
			var parts []string
			for range rnd.IntN(6) {
				parts = append(parts, pieces[rnd.IntN(len(pieces))])
			}
			return strings.Join(parts, " ")
		}
		items[i] = news.Item{Title: draw(), Summary: draw(), Body: draw(), Published: time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC)}
		if rnd.IntN(2) == 0 {
			items[i].Language = "en"
		}
	}
	return items
}

func TestRuleOrderDoesNotMatter(t *testing.T) {
	d := newsroom()
	r := d.rulesOf(t)
	rnd := rand.New(rand.NewPCG(9, 10))
	rnd.Shuffle(len(d.rules), func(i, j int) { d.rules[i], d.rules[j] = d.rules[j], d.rules[i] })
	shuffled := d.rulesOf(t)
	matched := 0
	for _, it := range mixed() {
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

func TestConcurrentUse(t *testing.T) {
	r := newsroom().rulesOf(t)
	items := mixed()
	want := make([]news.Report, len(items))
	fresh := newsroom().rulesOf(t)
	for i, it := range items {
		want[i], _ = fresh.Match(it)
	}
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			for i := range items {
				i = (i + g*37) % len(items)
				if got, _ := r.Match(items[i]); !reflect.DeepEqual(got, want[i]) {
					t.Errorf("goroutine %d: another report for %q:\n%s", g, items[i].Title, cmp.Diff(want[i], got))
					return
				}
				if g == 0 {
					r.Explain(items[i])
				}
			}
		})
	}
	group.Wait()
}

// The explanation of an item must tell the same as its report.
func TestExplainAgreesWithMatch(t *testing.T) {
	r := newsroom().rulesOf(t)
	for _, it := range mixed() {
		rep, _ := r.Match(it)
		x := r.Explain(it)
		if len(x.Verdicts) != len(r.checks) {
			t.Fatalf("%d verdicts, want one for each of %d rules", len(x.Verdicts), len(r.checks))
		}
		matched := map[string]news.Severity{}
		for _, m := range rep.Matches {
			matched[m.Rule] = m.Severity
		}
		for _, v := range x.Verdicts {
			if v.Severity != matched[v.Rule] {
				t.Errorf("%q: rule %s is explained as %s, %v, but its match is %v", it.Title, v.Rule, v.Outcome, v.Severity, matched[v.Rule])
			}
			if v.Outcome == Missed && len(v.Missing) == 0 {
				t.Errorf("%q: rule %s missed and nothing is said to be missing", it.Title, v.Rule)
			}
		}
	}
}

// The work may grow no faster than the text, whatever that repeats: the hits
// that are made on the way are its measure.
func TestEndlessRepetition(t *testing.T) {
	r := draft{
		lists: map[string]string{"coup": "coup, putsch"},
		rules: []draftRule{
			{id: "near", match: "(coup NEAR/1000 coup) NEAR/1000 (coup NEAR/5 coup)", unless: []draftChange{{when: "film", near: sameSentence}}},
			{id: "within", match: "WITHIN/9(coup, coup, coup, putsch)"},
			{id: "sentence", match: "SENTENCE(coup AND NOT putsch)"},
			{id: "count", match: "COUNT($coup) >= 1", lower: []draftChange{{when: "coup AND coup", to: news.Low}}},
			{id: "phrase", match: `"coup coup coup coup putsch"`},
		},
	}.rulesOf(t)
	const times, most = 10_000, 40
	for _, piece := range []string{"coup ", "A coup. ", "coup putsch "} {
		s := newScratch(r)
		s.read(news.Item{Body: strings.Repeat(piece, times), Language: "en"})
		s.lay()
		for i := range r.checks {
			m, ok := s.match(&r.checks[i])
			if len(m.Spans) > mostSpans {
				t.Errorf("%q: rule %s has %d spans", piece, m.Rule, len(m.Spans))
			}
			if !ok && m.Rule == "near" {
				t.Errorf("%q: rule %s does not match", piece, m.Rule)
			}
		}
		if len(s.hits) > most*times {
			t.Errorf("%q, %d times, makes %d hits", piece, times, len(s.hits))
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
	r := draft{rules: []draftRule{{id: "r", match: src}}}.rulesOf(t)
	rep, _ := r.Match(news.Item{Title: strings.Repeat("coup ", 20), Language: "en"})
	if got := matchOf(rep, "r"); got == nil || len(got.Spans) != 20 {
		t.Errorf("the match is %+v, want one with 20 spans", got)
	}
}

func TestSpansAreOfTheTextAsGiven(t *testing.T) {
	r := draft{rules: []draftRule{{id: "r", match: `"coup d'etat" OR mali OR переворот`}}}.rulesOf(t)
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
