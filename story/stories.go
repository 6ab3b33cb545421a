package story

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// Stories are the open stories. The zero value knows none. They are safe for
// concurrent use.
type Stories struct {
	mu    sync.Mutex
	known int64
	open  []news.Story // the latest first
}

// At returns who decides about reports under the policy p at the moment now.
func (s *Stories) At(p news.Policy, now time.Time) news.Decider { return &decider{s, p, now} }

// A decider implements [news.Decider] on stories that others share.
type decider struct {
	stories *Stories
	policy  news.Policy
	now     time.Time
}

func (d *decider) Known() int64 {
	d.stories.mu.Lock()
	defer d.stories.mu.Unlock()
	return d.stories.known
}

func (d *decider) Put(version int64, stories []news.Story) {
	d.stories.mu.Lock()
	defer d.stories.mu.Unlock()
	d.stories.known = version
	for _, s := range stories {
		d.stories.put(s)
	}
}

func (d *decider) Forget() {
	d.stories.mu.Lock()
	defer d.stories.mu.Unlock()
	d.stories.known, d.stories.open = 0, nil
}

func (d *decider) Decide(r news.Report) news.Decision {
	if len(r.Matches) == 0 {
		return news.Decision{}
	}
	d.stories.mu.Lock()
	defer d.stories.mu.Unlock()
	made := decide(d.policy, d.now, r, d.stories.open)
	d.stories.put(made.Story)
	return made
}

// put adds s or puts it in the place of the story with its id.
func (s *Stories) put(story news.Story) {
	s.open = slices.DeleteFunc(s.open, func(other news.Story) bool { return other.ID == story.ID })
	i, _ := slices.BinarySearchFunc(s.open, story, func(a, b news.Story) int {
		return cmp.Or(b.LastSeen.Compare(a.LastSeen), strings.Compare(a.ID, b.ID))
	})
	s.open = slices.Insert(s.open, i, story)
}
