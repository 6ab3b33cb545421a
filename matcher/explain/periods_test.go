package explain

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/news"
)

// periodOf returns a period of items with these titles. One that begins with A:,
// R: or N: is judged; small letters are for an item that stands for three.
func periodOf(r *engine.Program, name string, titles ...string) Period {
	s := NewStats(r)
	for i, title := range titles {
		it := news.Item{ID: fmt.Sprint(name, i), Title: title, Language: "en", Published: time.Date(2023, 1, 2, i, 0, 0, 0, time.UTC)}
		var l Label
		if judged, title, ok := strings.Cut(title, ":"); ok {
			it.Title = title
			l = Label{map[string]Judgement{"A": Right, "R": Related, "N": Wrong}[strings.ToUpper(judged)], 1, true}
			if judged != strings.ToUpper(judged) {
				l.Weight, l.Core = 3, false
			}
		}
		s.AddLabelled(it, l)
	}
	return Period{name, s}
}

// threePeriods are of rules that know some words from one of them only.
func threePeriods(t *testing.T) Comparison {
	r := compiledOf(t, draft.Draft{
		Lists: map[string]string{
			"coup":   "coup, putsch, golpe, переворот",
			"sport":  "cup, regatta",
			"unsaid": "volcano",
		},
		Rules: []draft.Rule{
			{ID: "coup", Match: "$coup OR mutiny", Unless: []draft.Change{{When: "$sport OR $unsaid"}}, Lower: []draft.Change{{When: "history", To: news.Low}}},
			{ID: "army", Match: "army"},
		},
	})
	return Compare([]Period{
		// Without putsch, which is found here only: one of two right items, no wrong one.
		periodOf(r, "spring", "A:A coup", "A:A putsch", "N:Coup at the regatta", "Mutiny in the barracks"),
		// Without golpe, history and army: two coups of three right items that stand for five, and the history of one.
		periodOf(r, "summer", "A:A coup", "A:Another coup by the army", "a:The golpe", "R:A history of the coup", "N:An army of ants", "Rain at the cup"),
		periodOf(r, "autumn", "A:A coup", "N:A mutiny", "A:Переворот", "R:Regatta", "Cup"),
	})
}

func TestLeaveOnePeriodOut(t *testing.T) {
	c := threePeriods(t)
	type row struct {
		name               string
		precision, recall  float64
		lenient, core, f1  float64
		without, withoutOf float64 // F1 and recall without own terms
		own                int
	}
	want := []row{
		{"spring", 1, 1, 1, 1, 1, 2. / 3, 1. / 2, 1},
		{"summer", 5. / 6, 1, 5. / 6, 1, 10. / 11, 4. / 8, 2. / 5, 3},
		{"autumn", 2. / 3, 1, 2. / 3, 1, 4. / 5, 4. / 5, 1, 0},
	}
	for i, w := range want {
		p := c.Periods[i]
		got := row{p.Name, p.Score.Precision, p.Score.Recall, p.Score.Lenient, p.Score.Core, p.Score.F1, p.Without.F1, p.Without.Recall, p.Own}
		near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })
		if diff := cmp.Diff(w, got, cmp.AllowUnexported(row{}), near); diff != "" {
			t.Errorf("the figures of %s are not as wanted (-want +got):\n%s", w.name, diff)
		}
	}
	if c.Least != "summer" {
		t.Errorf("the least is in %s, want summer", c.Least)
	}
	if diff := cmp.Diff(map[string]string{"Cyrillic": "autumn"}, c.Alone); diff != "" {
		t.Errorf("the scripts of one period are not as wanted (-want +got):\n%s", diff)
	}
}

// A term is told with its items and labels in each period, and what the score
// would lose without it.
func TestTermsByPeriod(t *testing.T) {
	want := map[string]TermLosses{
		"putsch":    {Own: "spring", Periods: []TermPeriod{{1, TermScore{1, 0, 0, 1. / 3}}, {}, {}}},
		"golpe":     {Own: "summer", Periods: []TermPeriod{{}, {1, TermScore{1, 0, 0, 10./11 - 4./8}}, {}}},
		"history":   {Own: "summer", Periods: []TermPeriod{{}, {1, TermScore{0, 1, 0, 10./11 - 10./12}}, {}}},
		"mutiny":    {Periods: []TermPeriod{{1, TermScore{}}, {}, {1, TermScore{0, 0, 1, 4./5 - 1}}}},
		"переворот": {Periods: []TermPeriod{{}, {}, {1, TermScore{1, 0, 0, 4./5 - 2./4}}}},
		"regatta":   {Periods: []TermPeriod{{1, TermScore{0, 0, 1, 1 - 4./5}}, {}, {1, TermScore{0, 1, 0, 0}}}},
	}
	c, seen := threePeriods(t), 0
	for i, x := range c.Terms {
		if i > 0 && x.Mean() < c.Terms[i-1].Mean() {
			t.Errorf("%s harms more than %s, which stands before it", x.Term, c.Terms[i-1].Term)
		}
		w, asked := want[x.Term]
		if !asked {
			continue
		}
		seen++
		if x.Own != w.Own {
			t.Errorf("%s is of %q only, want %q", x.Term, x.Own, w.Own)
		}
		for j, p := range x.Periods {
			if o := w.Periods[j]; p.Items != o.Items || p.Right != o.Right || p.Related != o.Related || p.Wrong != o.Wrong || math.Abs(p.Loss-o.Loss) > 1e-9 {
				t.Errorf("%s has %+v in %s, want %+v", x.Term, p, c.Periods[j].Name, o)
			}
		}
		if x.Term == "volcano" {
			t.Error("a term is told that is found nowhere")
		}
	}
	if seen != len(want) {
		t.Errorf("%d terms are told, want %d", seen, len(want))
	}
}

// Alternatives are conditions of their own, and the harmful come first.
func TestConditionsByPeriod(t *testing.T) {
	c := threePeriods(t)
	var got []string
	for _, x := range c.Conditions {
		var losses []string
		for _, loss := range x.Losses {
			losses = append(losses, fmt.Sprintf("%.3f", loss))
		}
		got = append(got, strings.Join([]string{x.Kind, x.When, x.Near, x.To.String(), strings.Join(x.Rules, "+"), strings.Join(losses, " ")}, "|"))
	}
	want := []string{
		"match|mutiny||none|coup|0.000 0.000 -0.200",
		"lower|history|12|low|coup|0.000 0.076 0.000",
		"unless|$sport|12|none|coup|0.200 0.000 0.000",
		"match|$coup||none|coup|1.000 0.623 0.800",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the conditions are not as wanted (-want +got):\n%s", diff)
	}
	if first := c.Rules[0]; first.Rule != "army" || len(first.Losses) != 3 || math.Abs(first.Losses[1]-(10./11-1)) > 1e-9 {
		t.Errorf("the first rule is %+v, want army, which costs summer %.3f", first, 1-10./11)
	}
}

// What is lost without a condition is what rules score that do not have it.
func TestLossIsThatOfRulesWithoutTheCondition(t *testing.T) {
	longtest.Alone(t)
	d := draft.Draft{
		Lists: map[string]string{"past": "history, memoir"},
		Rules: []draft.Rule{
			{ID: "coup", Match: "coup OR putsch", Unless: []draft.Change{{When: "cup OR film"}}, Lower: []draft.Change{{When: "$past OR year", To: news.Low}}},
			{ID: "mutiny", Match: "mutiny", Severity: news.Low, Raise: []draft.Change{{When: "army OR fleet", To: news.High}}, Lower: []draft.Change{{When: "$past", To: news.Low}}},
		},
	}
	titles := []string{
		"A:A coup", "A:A putsch", "N:A coup at the cup", "N:Film of a coup", "A:A film of the putsch", "R:A history of the coup", "A:A coup this year",
		"A:Mutiny in the army", "N:Mutiny in the fleet", "A:Memoir of a mutiny in the army", "N:A mutiny", "R:Mutiny and coup, a memoir",
	}
	all := counted(compiledOf(t, d), titles...)
	without := map[string]func(*draft.Draft){
		"match putsch": func(d *draft.Draft) { d.Rules[0].Match = "coup" },
		"unless cup":   func(d *draft.Draft) { d.Rules[0].Unless[0].When = "film" },
		"unless film":  func(d *draft.Draft) { d.Rules[0].Unless[0].When = "cup" },
		"lower year":   func(d *draft.Draft) { d.Rules[0].Lower[0].When = "$past" },
		"raise fleet":  func(d *draft.Draft) { d.Rules[1].Raise[0].When = "army" },
		"raise army":   func(d *draft.Draft) { d.Rules[1].Raise[0].When = "fleet" },
		"lower $past":  func(d *draft.Draft) { d.Rules[0].Lower[0].When, d.Rules[1].Lower = "year", nil },
		"match coup":   func(d *draft.Draft) { d.Rules[0].Match = "putsch" },
	}
	if len(all.Conditions) != len(without) {
		t.Errorf("%d conditions matter, want %d: %+v", len(all.Conditions), len(without), all.Conditions)
	}
	for _, x := range all.Conditions {
		take, ok := without[x.Kind+" "+x.When]
		if !ok {
			t.Errorf("an unexpected condition: %+v", x)
			continue
		}
		fewer := d
		fewer.Rules = nil
		for _, r := range d.Rules {
			r.Unless, r.Lower, r.Raise = append([]draft.Change(nil), r.Unless...), append([]draft.Change(nil), r.Lower...), append([]draft.Change(nil), r.Raise...)
			fewer.Rules = append(fewer.Rules, r)
		}
		take(&fewer)
		if want := all.Score.F1 - counted(compiledOf(t, fewer), titles...).Score.F1; math.Abs(x.Loss-want) > 1e-9 {
			t.Errorf("without %s %s the score loses %v, want %v", x.Kind, x.When, x.Loss, want)
		}
	}
}

// An item that stands several times is judged once: as the last of those that a
// rule matches.
func TestJudgedOnce(t *testing.T) {
	r := compiledOf(t, draft.Draft{Rules: []draft.Rule{{ID: "coup", Match: "coup", Lower: []draft.Change{{When: "history", To: news.Low}}}}})
	at := time.Date(2023, 1, 2, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name   string
		titles []string
		recall float64
	}{
		{"the same", []string{"A coup", "A coup"}, 1},
		{"matched later", []string{"Rain", "A coup"}, 1},
		{"matched earlier", []string{"A coup", "Rain"}, 1},
		{"lowered later", []string{"A coup", "A history of the coup"}, 0},
		{"lowered earlier", []string{"A history of the coup", "A coup"}, 1},
	} {
		parts := []*Stats{NewStats(r), NewStats(r)}
		for i, title := range tt.titles {
			parts[i].AddLabelled(news.Item{ID: "a", Title: title, Language: "en", Published: at.Add(time.Duration(i) * time.Hour)}, Label{Judgement: Right, Weight: 1})
		}
		parts[1].Merge(parts[0])
		if got := parts[1].Sum(); got.Score.Labelled != 1 || got.Score.Recall != tt.recall || got.Items != 2 {
			t.Errorf("%s: %d items, %+v, want 2 items, 1 labelled, recall %v", tt.name, got.Items, got.Score, tt.recall)
		}
	}
}
