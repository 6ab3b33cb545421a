// Package board keeps the stories of the last weeks as lists show them, for those
// who look at them again and again: what changed since is all that is asked of
// the database. It finds those that a filter asks for.
package board

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

const (
	// Kept is for how long back stories are kept.
	Kept = 30 * 24 * time.Hour

	most  = 10_000        // so many stories are kept, the latest
	fresh = time.Second   // for so long it is taken that nothing changed
	whole = 6 * time.Hour // after so long all are read again: some were pruned
	shown = 12            // so many sources and origins of a story are kept
)

// A Source knows stories; *store.DB is one.
type Source interface {
	// ChangedStories returns the stories that changed after a version, 0 for all,
	// whose latest report was published at from or later, n at the most, and
	// the version up to which that is; one below after if the stories are all
	// of an older database.
	ChangedStories(ctx context.Context, after int64, from time.Time, n int) (stories []news.Story, version int64, err error)
	// StoriesIn returns the ids of the stories that have a report, read at from or
	// later, in one of languages, or any if there are none, of a feed with one of
	// tags, or any if there are none.
	StoriesIn(ctx context.Context, from time.Time, languages, tags []string) (map[string]bool, error)
}

// A Card is a story as lists show it: without its updates, of its sources and
// origins only the first few, and of its countries those that it is about.
type Card struct {
	news.Story
	Publishers int   // how many sources it has
	Roots      int   // how many origins
	Weight     int64 // the greater, the sooner people should see it; see [weight]
}

// weight says how early people should see a story among others: a step in severity
// counts as much as a day and a half of freshness.
func weight(s news.Story) int64 {
	const step = 36 * time.Hour
	return s.LastSeen.Add(time.Duration(s.Severity) * step).UnixMilli()
}

// Weigh compares cards for a list in which what matters most stands first.
func Weigh(a, b *Card) int {
	if a.Weight != b.Weight {
		return cmp.Compare(b.Weight, a.Weight)
	}
	return cmp.Or(cmp.Compare(b.Rank(), a.Rank()), strings.Compare(a.ID, b.ID))
}

// Independent returns how many independent origins the story has at most.
func (c Card) Independent() int { return min(c.Roots, max(1, c.Reports)) }

// A Board keeps cards. It is safe for concurrent use; make it with [New].
type Board struct {
	source Source

	mu      sync.Mutex
	asked   time.Time // when the source was asked last
	all     time.Time // when it was asked for all
	version int64
	byID    map[string]*Card
	listed  []*Card // the latest first; never changed
}

// New returns a board of the stories of a source, which it asks when it is asked.
func New(source Source) *Board { return &Board{source: source, byID: map[string]*Card{}} }

// Cards returns the stories, the latest first, and the version of the stories up
// to which that is. They are for reading only.
func (b *Board) Cards(ctx context.Context) (cards []*Card, version int64, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if now.Sub(b.asked) < fresh {
		return b.listed, b.version, nil
	}
	after := b.version
	if now.Sub(b.all) > whole {
		after = 0
	}
	changed, version, err := b.source.ChangedStories(ctx, after, now.Add(-Kept), most)
	if err != nil {
		return nil, 0, err
	}
	b.asked = now
	if after == 0 || version < after {
		b.all, b.byID = now, map[string]*Card{}
	}
	if version != after {
		b.take(changed, now)
	}
	b.version = version
	return b.listed, version, nil
}

// take puts stories on the board, and takes off it what is old.
func (b *Board) take(changed []news.Story, now time.Time) {
	for _, s := range changed {
		if s.Into.ID != "" { // it goes on as another
			delete(b.byID, s.ID)
			continue
		}
		b.byID[s.ID] = card(s)
	}
	oldest := now.Add(-Kept)
	maps.DeleteFunc(b.byID, func(_ string, c *Card) bool { return c.LastSeen.Before(oldest) })
	b.listed = slices.SortedFunc(maps.Values(b.byID), func(x, y *Card) int {
		if byTime := y.LastSeen.Compare(x.LastSeen); byTime != 0 {
			return byTime
		}
		return strings.Compare(x.ID, y.ID)
	})
	for _, c := range b.listed[min(most, len(b.listed)):] {
		delete(b.byID, c.ID)
	}
	b.listed = b.listed[:min(most, len(b.listed))]
}

// card makes a card of a story.
func card(s news.Story) *Card {
	c := &Card{s, len(s.Sources), len(s.Origins), weight(s)}
	c.Countries, c.About = s.Where(), nil
	c.Gists, c.Updates = nil, nil
	c.Sources = slices.Clone(s.Sources[:min(shown, len(s.Sources))])
	c.Origins = slices.Clone(s.Origins[:min(shown, len(s.Origins))])
	for i := range c.Sources {
		c.Sources[i].Title, c.Sources[i].Origins, c.Sources[i].Via = "", nil, nil
	}
	for i := range c.Origins {
		c.Origins[i].Quote = ""
	}
	c.Ladder = slices.Clone(s.Ladder)
	for i := range c.Ladder {
		c.Ladder[i].Sentence = ""
	}
	return c
}
