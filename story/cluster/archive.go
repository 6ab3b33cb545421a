package cluster

import "github.com/coupwatch/coupwatch/news"

// mostArchived is how many reports of closed stories are kept as they were
// learnt: some megabytes.
const mostArchived = 4096

// An Archive holds closed stories as they were learnt, so that what is asked for
// again by the next late report costs little. What it holds says nothing by
// itself: the stories among which a report is decided are those that are given
// with it, each as it is now. The zero value is empty.
type Archive struct{ index *Index }

// Open returns the stories closed, and no others, as an index among which a
// report is decided if it is late, or edited though its story is closed. Those
// of which open knows more are as they are there. It is good until the next is
// opened: however many old reports there are, what is known does not grow by
// them.
func (a *Archive) Open(closed []news.Story, open *Index) *Index {
	a.empty(open.weights)
	for _, s := range closed {
		if cl := open.clusters[s.ID]; cl != nil {
			s = cl.Story // as it is by now
		}
		a.index.Put(s)
	}
	return a.index
}

// empty parks all stories, and forgets them if they are too many.
func (a *Archive) empty(w Weights) {
	if a.index != nil {
		for len(a.index.expiry) > 0 {
			a.index.evict(a.index.expiry[0])
		}
	}
	if a.index == nil || a.index.learnt > mostArchived {
		a.index = NewIndex(w)
		a.index.parked = map[string]*Cluster{}
	}
}
