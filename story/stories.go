package story

import (
	"slices"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/cluster"
	"github.com/coupwatch/coupwatch/story/outlets"
)

// Stories are the open stories. The zero value knows none. They are safe for
// concurrent use.
type Stories struct {
	mu      sync.Mutex
	version int64
	weights *cluster.Weights // nil for the default
	index   *cluster.Index
	warmth  warmth
	closed  cluster.Archive
	outlets *outlets.Table // of a policy with the outlets extra; nil if none was asked for yet
	extra   []news.Outlet
}

// Weighing returns stories, of which none is known, that reports join by the
// weights w in place of [cluster.Default]: for whoever fits them.
func Weighing(w cluster.Weights) *Stories { return &Stories{weights: &w} }

// At returns who decides about reports under the policy p at the moment now.
func (s *Stories) At(p news.Policy, now time.Time) news.Decider { return &decider{s, p, now} }

// A decider implements [news.Decider] on stories that others share.
type decider struct {
	stories *Stories
	policy  news.Policy
	now     time.Time
}

func (d *decider) Version() int64 {
	d.stories.mu.Lock()
	defer d.stories.mu.Unlock()
	return d.stories.version
}

func (d *decider) Sync(version int64, stories []news.Story) {
	d.stories.mu.Lock()
	defer d.stories.mu.Unlock()
	d.stories.version = version
	ix := d.stories.memory()
	for _, s := range stories {
		ix.Put(s)
		d.stories.warmth.put(s)
	}
}

func (d *decider) Reset() {
	d.stories.mu.Lock()
	defer d.stories.mu.Unlock()
	d.stories.version, d.stories.index, d.stories.closed = 0, nil, cluster.Archive{}
	d.stories.warmth = warmth{}
}

func (d *decider) Warmth() news.Warmth { return known{d.stories} }

func (d *decider) Decide(r news.Report, closed ...news.Story) news.Decision {
	d.stories.mu.Lock()
	defer d.stories.mu.Unlock()
	ix := d.stories.memory()
	horizon := d.now.Add(-news.Window)
	ix.EvictBefore(horizon)
	d.stories.warmth.sweep(horizon)
	var past *cluster.Index
	if r.When().Before(horizon) || len(closed) > 0 {
		past = d.stories.closed.Open(closed, ix)
	}
	made := d.decide(r, ix, past)
	for _, s := range append(made.Others, made.Story) {
		if s.ID != "" && !s.LastSeen.Before(horizon) {
			ix.Put(s)
			d.stories.warmth.put(s)
		}
	}
	return made
}

func (s *Stories) memory() *cluster.Index {
	if s.index == nil {
		s.index = cluster.NewIndex(s.figures())
	}
	return s.index
}

// figures returns by what reports join stories.
func (s *Stories) figures() cluster.Weights {
	if s.weights != nil {
		return *s.weights
	}
	return cluster.Default()
}

// outletsOf returns the outlets that are known under the policy p. They are
// made once for each, since that takes some milliseconds.
func (s *Stories) outletsOf(p news.Policy) *outlets.Table {
	same := func(a, b news.Outlet) bool {
		return a.Name == b.Name && a.Family == b.Family && slices.Equal(a.Domains, b.Domains) && slices.Equal(a.Aliases, b.Aliases)
	}
	if s.outlets == nil || !slices.EqualFunc(s.extra, p.Outlets, same) {
		s.outlets, s.extra = outlets.New(p.Outlets), p.Outlets
	}
	return s.outlets
}
