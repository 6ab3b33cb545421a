package explain

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

// counted returns the figures of items with these titles, the first published
// on 2 January and each other a day after the one before it. A title that
// begins with A:, R: or N: is of an item that was judged right, related or
// wrong.
func counted(r *engine.Program, titles ...string) Figures {
	judged := map[string]Judgement{"A:": Right, "R:": Related, "N:": Wrong}
	s := NewStats(r)
	for i, title := range titles {
		it := news.Item{ID: fmt.Sprint(i), Title: title, Language: "en", Published: time.Date(2023, 1, 2+i, 12, 0, 0, 0, time.UTC)}
		j, ok := judged[title[:2]]
		if !ok {
			s.Add(it)
			continue
		}
		it.Title = title[2:]
		s.AddLabelled(it, Label{Judgement: j, Weight: 1})
	}
	return s.Figures()
}

func TestStatsOfRules(t *testing.T) {
	r := compiledOf(t, draft.Draft{Rules: []draft.Rule{{
		ID: "coup", Match: "coup OR putsch", Unless: []draft.Change{{When: "diplomatic"}},
		Lower: []draft.Change{{When: "history", To: news.Low}, {When: "rumour", To: news.Medium}},
	}, {
		ID: "rain", Match: "rain", Severity: news.Low,
	}, {
		ID: "never", Match: "volcano AND coup",
	}}})
	tests := []struct {
		title string
		want  RuleFigures // of the rule coup
	}{
		{"A coup", RuleFigures{Matched: 1, Alerted: 1, ADay: 1}},
		{"A coup, and a putsch after the coup", RuleFigures{Matched: 1, Alerted: 1, ADay: 1}},
		{"A history of the coup", RuleFigures{Matched: 1, Lowered: 1}},
		{"Rumour of a coup", RuleFigures{Matched: 1, Alerted: 1, ADay: 1}},
		{"A diplomatic coup", RuleFigures{TakenAway: 1}},
		{"Rain", RuleFigures{}},
	}
	var titles []string
	var sum RuleFigures
	for _, tt := range tests {
		tt.want.Rule, tt.want.Severity = "coup", news.High
		if got := ruleNamed(t, counted(r, tt.title), "coup"); got != tt.want {
			t.Errorf("%q: the rule has %+v, want %+v", tt.title, got, tt.want)
		}
		titles = append(titles, tt.title)
		sum.Matched += tt.want.Matched
		sum.TakenAway += tt.want.TakenAway
		sum.Alerted += tt.want.Alerted
	}
	all := counted(r, titles...)
	got := ruleNamed(t, all, "coup")
	if got.Matched != sum.Matched || got.TakenAway != sum.TakenAway || got.ADay != float64(sum.Alerted)/float64(len(titles)) {
		t.Errorf("all together the rule has %+v, want the sum %+v", got, sum)
	}
	if all.Items != 6 || all.Days != 6 || all.Matched != 5 || all.Alerted != 3 || all.Score != nil {
		t.Errorf("the figures begin with %d items, %d days, %d matched, %d alerted, score %v, want 6, 6, 5, 3 and none",
			all.Items, all.Days, all.Matched, all.Alerted, all.Score)
	}
	if n := ruleNamed(t, all, "rain"); n.Matched != 1 || n.Alerted != 0 || n.Lowered != 0 {
		t.Errorf("a rule of severity low has %+v, want 1 matched, none lowered", n)
	}
	if n := ruleNamed(t, all, "never"); n.Matched != 0 {
		t.Errorf("a rule that never matches has %+v", n)
	}
	if all.Rules[0].Rule != "coup" {
		t.Errorf("the first rule is %s, want the loudest", all.Rules[0].Rule)
	}
}

func ruleNamed(t *testing.T, f Figures, id string) RuleFigures {
	t.Helper()
	i := slices.IndexFunc(f.Rules, func(r RuleFigures) bool { return r.Rule == id })
	if i < 0 {
		t.Fatalf("no figures of the rule %s", id)
	}
	return f.Rules[i]
}

func TestLossOfARule(t *testing.T) {
	r := compiledOf(t, draft.Draft{Rules: []draft.Rule{
		{ID: "coup", Match: "coup"},
		{ID: "army", Match: "army"},
		{ID: "sport", Match: "cup"},
		{ID: "quiet", Match: "history", Severity: news.Low},
	}})
	tests := []struct {
		name   string
		titles []string
		f1     float64
		losses map[string]float64
		scores map[string]string // right, related, wrong
	}{
		{
			"each finds its own",
			[]string{"A:A coup", "A:An army", "A:Silence", "N:Rain"},
			4. / 5,
			map[string]float64{"coup": 4./5 - 1./2, "army": 4./5 - 1./2, "sport": 0, "quiet": 0},
			map[string]string{"coup": "1 0 0", "army": "1 0 0", "sport": "0 0 0"},
		},
		{
			"two find the same",
			[]string{"A:A coup by the army", "N:A cup"},
			2. / 3,
			map[string]float64{"coup": 0, "army": 0, "sport": 2./3 - 1},
			map[string]string{"coup": "1 0 0", "sport": "0 0 1"},
		},
		{
			"related is no alert",
			[]string{"A:A coup", "R:An army"},
			2. / 3,
			map[string]float64{"coup": 2. / 3, "army": 2./3 - 1},
			map[string]string{"army": "0 1 0"},
		},
		{
			"what only the digest tells is not alerted",
			[]string{"A:A history", "A:A coup"},
			2. / 3,
			map[string]float64{"quiet": 0, "coup": 2. / 3},
			map[string]string{"quiet": "0 0 0"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := counted(r, tt.titles...)
			if f.Score == nil || math.Abs(f.Score.F1-tt.f1) > 1e-9 || f.Score.Labelled != len(tt.titles) {
				t.Errorf("the score is %+v, want F1 %v of %d items", f.Score, tt.f1, len(tt.titles))
			}
			for id, want := range tt.losses {
				if got := ruleNamed(t, f, id).Labelled.Loss; math.Abs(got-want) > 1e-9 {
					t.Errorf("without %s the score loses %v, want %v", id, got, want)
				}
			}
			for id, want := range tt.scores {
				l := ruleNamed(t, f, id).Labelled
				if got := fmt.Sprint(l.Right, l.Related, l.Wrong); got != want {
					t.Errorf("%s alerts %s right, related and wrong items, want %s", id, got, want)
				}
			}
			if !slices.IsSortedFunc(f.Rules, func(a, b RuleFigures) int { return cmpFloat(a.Labelled.Loss, b.Labelled.Loss) }) {
				t.Errorf("the rules are not in the order of what is lost without them: %+v", f.Rules)
			}
		})
	}
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// The loss is what the score is less if the rule is taken out of the file.
func TestLossIsThatOfTheRulesWithout(t *testing.T) {
	longtest.Alone(t)
	d := draft.Newsroom()
	judged := func(d draft.Draft) Figures {
		s := NewStats(compiledOf(t, d))
		for i, it := range draft.Mixed() {
			it.ID = fmt.Sprint(i)
			s.AddLabelled(it, Label{Judgement: Judgement(1 + i%3), Weight: 1 + float64(i%2)*7.2})
		}
		return s.Figures()
	}
	all := judged(d)
	compared := 0
	for i, rule := range d.Rules {
		before := ruleNamed(t, all, rule.ID)
		if before.Alerted == 0 || compared == 4 { // a few will do
			continue
		}
		compared++
		without := d
		without.Rules = slices.Delete(slices.Clone(d.Rules), i, i+1)
		if want := all.Score.F1 - judged(without).Score.F1; math.Abs(before.Labelled.Loss-want) > 1e-9 {
			t.Errorf("without %s the score loses %v, want %v", rule.ID, before.Labelled.Loss, want)
		}
	}
	if compared < 3 {
		t.Fatalf("only %d rules alert", compared)
	}
}

func TestWeights(t *testing.T) {
	r := compiledOf(t, draft.Draft{Rules: []draft.Rule{{ID: "coup", Match: "coup"}}})
	s := NewStats(r)
	s.AddLabelled(news.Item{ID: "a", Title: "A coup", Language: "en"}, Label{Judgement: Right, Weight: 1})
	s.AddLabelled(news.Item{ID: "b3", Title: "A coup", Language: "en"}, Label{Judgement: Wrong, Weight: 3})
	s.AddLabelled(news.Item{ID: "b0", Title: "A coup", Language: "en"}, Label{Judgement: Wrong, Weight: 0})
	s.AddLabelled(news.Item{ID: "c", Title: "Rain", Language: "en"}, Label{Judgement: Right, Weight: 4})
	f := s.Figures()
	want := Score{Labelled: 4, Precision: 0.25, Lenient: 0.25, Recall: 0.2, F1: 2. / 9}
	if diff := cmp.Diff(&want, f.Score); diff != "" {
		t.Errorf("the score is not as wanted (-want +got):\n%s", diff)
	}
	if got := f.Rules[0].Labelled; got.Precision != 0.25 || got.Wrong != 2 {
		t.Errorf("the rule has %+v, want a precision of 0.25 and 2 wrong", got)
	}
}

func TestStatsOfTerms(t *testing.T) {
	d := draft.Draft{
		Lists: map[string]string{
			"coup":   `coup, "palace revolution", putsch, $more, =Gen`,
			"more":   "overthrow, coup",
			"unused": "volcano, coup",
			"wild":   "mutin*, organi?e",
		},
		Entities: []spec.Entity{{ID: "ivanov", Kind: "person", Name: "Sergei Ivanov", Helper: draft.Parsed(t, "kremlin")}},
		Rules: []draft.Rule{
			{ID: "a", Match: "$coup AND NOT diplomatic", Unless: []draft.Change{{When: "sport"}}},
			{ID: "b", Match: "COUNT($wild) >= 1", Lower: []draft.Change{{When: "history OR coup", To: news.Low}}, Raise: []draft.Change{{When: "tanks", To: news.Critical}}},
		},
	}
	f := counted(compiledOf(t, d), "Coups and a coup", "Palace revolution: history of a mutiny", "The general organises; gen", "Gen X in the kremlin")
	want := []string{
		"coup 2/1 $coup $more rule b",
		`"palace revolution" 1/1 $coup`, "putsch 0/0 $coup", "=Gen 1/1 $coup", "overthrow 0/0 $more",
		"mutin* 1/1 $wild", "organi?e 0/0 $wild", "diplomatic 0/0 rule a", "sport 0/0 rule a", "history 1/1 rule b", "tanks 0/0 rule b",
		"kremlin 1/1 @ivanov",
	}
	var got []string
	for _, x := range f.Terms {
		got = append(got, fmt.Sprintf("%s %d/%d %s", x.Term, x.Hits, x.Items, strings.Join(x.In, " ")))
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the terms are not as wanted (-want +got):\n%s", diff)
	}
	if !slices.Equal(f.Unused, []string{"unused"}) {
		t.Errorf("the unused lists are %v, want [unused]", f.Unused)
	}
	if f.Terms[0].Items < f.Terms[1].Items || f.Terms[0].Share != 0.25 {
		t.Errorf("the first terms are %+v, want the most frequent first, in a share of 0.25", f.Terms[:2])
	}
}

func TestStatsOfNames(t *testing.T) {
	d := draft.Draft{
		Entities: []spec.Entity{
			{ID: "ivanov", Kind: "person", Name: "Sergei Ivanov", Native: "Сергей Иванов", Helper: draft.Parsed(t, "kremlin")},
			{ID: "nobody", Kind: "person", Name: "Ann Nobody"},
			{ID: "times", Kind: "outlet", Name: "The Moscow Times"},
		},
		Rules: []draft.Rule{{ID: "a", Match: "@ivanov OR @nobody OR @countries OR @times"}},
	}
	f := counted(compiledOf(t, d), "Ivanov sings", "Sergey Ivanov and Ivanov", "Ivanov in the Kremlin", "The Moscow Times of Mali, Mali", "New Mexico")
	got := map[string]NameFigures{}
	for _, n := range f.Entities {
		got[n.Entity] = n
	}
	ivanov := got["ivanov"]
	if ivanov.Hits != 3 || ivanov.Items != 2 || ivanov.Doubted != 1 || ivanov.Spellings < 50 {
		t.Errorf("Ivanov has %+v, want 3 hits in 2 items, 1 doubted, and dozens of spellings", ivanov)
	}
	forms := []FormFigures{{"ivanov", 2, 2, 1}, {"sergey ivanov", 1, 1, 0}}
	if diff := cmp.Diff(forms, ivanov.Forms); diff != "" {
		t.Errorf("Ivanov's forms are not as wanted (-want +got):\n%s", diff)
	}
	if n, ok := got["nobody"]; !ok || n.Hits != 0 || n.Spellings == 0 {
		t.Errorf("who is never named has %+v, %v, want no hits", n, ok)
	}
	if mali := got["country:ml"]; mali.Hits != 2 || mali.Items != 1 || mali.Spellings != 0 {
		t.Errorf("Mali has %+v, want 2 hits in 1 item", mali)
	}
	if _, ok := got[""]; ok {
		t.Error("New Mexico is counted, which is no country")
	}
	if _, ok := got["country:ru"]; ok {
		t.Error("Russia is counted, though Moscow stands only in the name of an outlet")
	}
}

// Items counted by several goroutines give the same figures as if they were
// counted by one, and what Match says.
func TestStatsMerge(t *testing.T) {
	d := draft.Newsroom()
	for i := range d.Entities { // so that there are doubts
		d.Entities[i].Helper = draft.Parsed(t, "volcano")
	}
	r := compiledOf(t, d)
	items := draft.Mixed()
	for i := range items {
		items[i].ID = fmt.Sprint(i)
	}
	one, matched := NewStats(r), 0
	for i, it := range items {
		one.AddLabelled(it, Label{Judgement: Judgement(i % 4), Weight: 1})
		if _, ok := r.Match(it); ok {
			matched++
		}
	}
	parts := make([]*Stats, 4)
	var group sync.WaitGroup
	for p := range parts {
		parts[p] = NewStats(r)
		group.Go(func() {
			for i := p; i < len(items); i += len(parts) {
				parts[p].AddLabelled(items[i], Label{Judgement: Judgement(i % 4), Weight: 1})
			}
		})
	}
	group.Wait()
	all := NewStats(r)
	for _, p := range parts {
		all.Merge(p)
	}
	if diff := cmp.Diff(one.Figures(), all.Figures()); diff != "" {
		t.Errorf("merged stats differ (-one +merged):\n%s", diff)
	}
	if got := one.Figures().Matched; got != matched || matched == 0 {
		t.Errorf("%d items matched by the stats, %d by Match", got, matched)
	}
}

// A term is counted in those items in which a rule that asks for nothing else
// matches.
func TestTermsAreCountedWhereTheyMatch(t *testing.T) {
	longtest.Alone(t)
	d := draft.Newsroom()
	s := NewStats(compiledOf(t, d))
	items := draft.Mixed()[:100]
	for _, it := range items {
		s.Add(it)
	}
	terms := s.Figures().Terms
	if len(terms) < 40 || terms[20].Items == 0 || terms[len(terms)-1].Items > 0 {
		t.Fatalf("of %d terms too few are found, or all", len(terms))
	}
	for _, x := range slices.Concat(terms[:25], terms[len(terms)-5:]) {
		term := x.Term
		if !strings.HasPrefix(term, `"`) {
			term = strings.ReplaceAll(term, " ", "-")
		}
		only, matched := compiledOf(t, draft.Draft{Rules: []draft.Rule{{ID: "only", Match: term}}}), 0
		for _, it := range items {
			if _, ok := only.Match(it); ok {
				matched++
			}
		}
		if x.Items != matched {
			t.Errorf("%s is counted in %d items, but a rule for it matches %d", x.Term, x.Items, matched)
		}
	}
}

// A term that lists have for several languages is counted in texts of each.
func TestTermsOfSeveralLanguages(t *testing.T) {
	d := draft.Draft{
		Lists: map[string]string{"ranks": "$fr, $en", "fr": "general", "en": "general, colonel"},
		Rules: []draft.Rule{{ID: "a", Match: "$ranks"}},
	}
	r := compiledOf(t, d)
	r.Spec.Languages = map[string]string{"fr": "fr", "en": "en"}
	f := counted(engine.Compile(r.Spec), "A general and a colonel")
	for _, x := range f.Terms {
		if x.Items != 1 {
			t.Errorf("%s of %v is counted in %d items, want 1", x.Term, x.In, x.Items)
		}
	}
}
