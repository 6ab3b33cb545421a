package board

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/web/filter"
)

// ahead is by how much clocks of publishers may be wrong.
const ahead = time.Hour

// Find returns the stories that are asked for at now, what matters most first; those
// of so long back if the filter does not say.
func (b *Board) Find(ctx context.Context, f filter.Filter, back time.Duration, now time.Time) ([]*Card, error) {
	all, _, err := b.Cards(ctx)
	if err != nil {
		return nil, err
	}
	spoken, err := b.Spoken(ctx, f, now)
	if err != nil {
		return nil, err
	}
	from := now.Add(-cmp.Or(f.Since, back))
	var found []*Card
	for _, c := range all {
		if c.LastSeen.Before(from) {
			break // the list is in order
		}
		if c.LastSeen.Before(now.Add(ahead)) && f.Matches(c.Story) && (spoken == nil || spoken[c.ID]) {
			found = append(found, c)
		}
	}
	slices.SortFunc(found, Weigh)
	return found, nil
}

// Spoken returns the ids of the stories that are asked for by language and tag, nil
// if that is not asked.
func (b *Board) Spoken(ctx context.Context, f filter.Filter, now time.Time) (map[string]bool, error) {
	if len(f.Languages)+len(f.Tags) == 0 {
		return nil, nil
	}
	return b.source.StoriesIn(ctx, now.Add(-Kept), f.Languages, f.Tags)
}
