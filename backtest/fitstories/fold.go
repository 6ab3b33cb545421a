package main

import (
	"cmp"
	"sync"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/story/cluster"
)

// A telling is what became of an item.
type telling struct {
	story, update string
	kind          news.Kind
}

// fold folds the reports of p into stories by the weights w. It returns what became
// of each item that people saw in an event, by its id.
func (p *period) fold(w cluster.Weights) map[string]telling {
	stories := story.Weighing(w)
	told := map[string]telling{}
	for _, r := range p.reports {
		decider := stories.At(p.policy, r.When())
		d := decider.Decide(r.Given(decider.Warmth()))
		if _, judged := p.truth[r.ID]; judged && d.Story.ID != "" {
			told[r.ID] = telling{d.Story.ID, d.Update, d.Kind}
		}
	}
	return told
}

// largest returns the event with the most items in stories; of several the first by
// name.
func (p *period) largest(told map[string]telling) (largest string) {
	items := map[string]int{}
	for id := range told {
		items[p.truth[id].event]++
	}
	for event, n := range items {
		if c := cmp.Or(cmp.Compare(n, items[largest]), cmp.Compare(largest, event)); largest == "" || c > 0 {
			largest = event
		}
	}
	return largest
}

// loss returns how bad the weights w are in p, from 0 for perfect to 1.
func (p *period) loss(w cluster.Weights) float64 {
	told := p.fold(w)
	largest := p.largest(told)
	whole := p.score(told, "", "")
	heard := 1 - float64(whole.silent)/float64(max(1, whole.events))
	return 1 - (p.score(told, "", largest).story()+p.score(told, largest, "").story()+whole.thread()+whole.alert()+heard)/5
}

// periods are several.
type periods []*period

// mean returns the loss of each period in the mean of some weights.
func (all periods) mean(points []cluster.Weights) []float64 {
	losses := make([]float64, len(all))
	var wait sync.WaitGroup
	for i, p := range all {
		wait.Go(func() {
			for _, w := range points {
				losses[i] += p.loss(w) / float64(len(points))
			}
		})
	}
	wait.Wait()
	return losses
}
