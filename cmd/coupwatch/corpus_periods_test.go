package main

import (
	"slices"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/explain"
)

// corpusPeriods is in how many periods the corpus is cut, where an event begins.
const corpusPeriods = 3

// TestCorpusPeriods holds the figure of the rules that ship: the least F1 of a
// period without the terms that only this one bears out. In so few items most
// terms are found once, so that a third or more of what finds an event goes; on
// archives of many months it is far nearer to the plain figure (docs/rules.md).
func TestCorpusPeriods(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	rules, corpus := rulesOfCorpus(t), readCorpus(t)
	labels := map[string]explain.Judgement{"A": explain.Right, "R": explain.Related, "N": explain.Wrong}
	var events []string // in the order in which they begin
	for _, it := range corpus {
		if it.event != "-" && !slices.Contains(events, it.event) {
			events = append(events, it.event)
		}
	}
	periods := make([]explain.Period, corpusPeriods)
	for i := range periods {
		periods[i] = explain.Period{Name: events[i*len(events)/corpusPeriods], Stats: rules.NewStats()}
	}
	now := 0
	for _, it := range corpus {
		in := now // what is of no event is of the days in which it stands
		if it.event != "-" {
			in = slices.Index(events, it.event) * corpusPeriods / len(events)
			now = max(now, in)
		}
		periods[in].AddLabelled(it.Item, explain.Label{Judgement: labels[it.label], Weight: 1, Core: true})
	}
	c := explain.Compare(periods)
	for _, p := range c.Periods {
		t.Logf("from %s on: %d items, F1 %.3f, without %d own terms %.3f", p.Name, p.Items, p.Score.F1, p.Own, p.Without.F1)
		if p.Own == 0 || p.Score.F1 == 0 {
			t.Errorf("the period from %s on has %d own terms and F1 %.3f: nothing is tested", p.Name, p.Own, p.Score.F1)
		}
		if least := 0.46; p.Without.F1 < least { // 0.483
			t.Errorf("from %s on F1 without own terms is %.3f, want at least %.2f", p.Name, p.Without.F1, least)
		}
	}
}
