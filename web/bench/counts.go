package bench

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/matcher/census"
	"github.com/coupwatch/coupwatch/news"
)

// A Count is in how many items something was found, day by day.
type Count = census.Count

// counts are what the rules in use found in the items of the last days. They are
// made in the background by [Room.Count]; pages only look.
type counts struct {
	mu     sync.Mutex
	census *census.Census // nil if none is complete
	part   *census.Census // one that is being made, of other rules or at first
	of     string         // the version of the rules of census
	days   int            // of part, that were counted
	next   time.Time      // from when items are still to be counted by census
}

// late is by how much counting is behind: what is being stored now may bear a time
// that has passed.
const late = time.Minute

// errOther is that the rules are others than those by which is counted.
var errOther = errors.New("other rules are in use")

// Count counts what came since it was last called. When the rules are others it
// counts anew, day by day from today back, and so gently that it takes a quarter of
// a processor at most; until that is done pages show what was counted before.
func (b *Room) Count(ctx context.Context) error {
	if s, err := b.files(); err == nil {
		s.Entries() // nobody who looks is to wait for that
	}
	rules, now := b.o.Rules(), time.Now()
	b.counts.mu.Lock()
	c, from, same := b.counts.census, b.counts.next, b.counts.of == rules.Version()
	b.counts.mu.Unlock()
	if c == nil || !same {
		err := b.countAnew(ctx, now)
		if errors.Is(err, errOther) {
			return nil // the next call begins with them
		}
		return err
	}
	c.Turn(now)
	if err := b.countDay(ctx, c, rules.Version(), from, now.Add(-late)); err != nil {
		if errors.Is(err, errOther) {
			return nil
		}
		return err
	}
	b.counts.mu.Lock()
	defer b.counts.mu.Unlock()
	b.counts.next = now.Add(-late)
	return nil
}

// countAnew counts all days by the rules in use.
func (b *Room) countAnew(ctx context.Context, now time.Time) error {
	rules := b.o.Rules()
	c, to := rules.NewCensus(now), now.Add(-late)
	b.counts.mu.Lock()
	b.counts.part, b.counts.days = c, 0
	b.counts.mu.Unlock()
	for day := range census.Days {
		from := now.UTC().Truncate(24*time.Hour).AddDate(0, 0, -day)
		if err := b.countDay(ctx, c, rules.Version(), from, to); err != nil {
			return err
		}
		to = from
		b.counts.mu.Lock()
		b.counts.days = day + 1
		b.counts.mu.Unlock()
	}
	b.counts.mu.Lock()
	defer b.counts.mu.Unlock()
	b.counts.census, b.counts.part, b.counts.of, b.counts.next = c, nil, rules.Version(), now.Add(-late)
	return nil
}

// some is how many items are counted before others have the processor.
const some = 64

// countDay counts the items of a time by rules of a version.
func (b *Room) countDay(ctx context.Context, c *census.Census, version string, from, to time.Time) error {
	n, began := 0, time.Now()
	return b.o.Archive.ItemsRead(ctx, from, to, func(it news.Item) error {
		c.Add(it)
		if n++; n%some != 0 {
			return nil
		}
		if b.o.Rules().Version() != version {
			return errOther
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(3 * time.Since(began)):
		}
		began = time.Now()
		return nil
	})
}

// look returns what was counted, and how many days of the last thirty that is of;
// nil if nothing was yet.
func (b *Room) look() (c *census.Census, days int) {
	b.counts.mu.Lock()
	defer b.counts.mu.Unlock()
	if b.counts.census != nil {
		return b.counts.census, census.Days
	}
	return b.counts.part, b.counts.days
}
