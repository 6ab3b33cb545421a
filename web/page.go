package web

import (
	"context"
	"embed"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

const (
	shown = 7 * 24 * time.Hour // for how long back the page and the feeds show stories if nothing else is asked
	ahead = time.Hour          // by how much clocks of publishers may be wrong
)

//go:embed templates
var templates embed.FS

// later returns the later of two times.
func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// readFeeds returns the feeds, those with a problem first, and how many these are.
func (s site) readFeeds(ctx context.Context) (feeds []news.FeedState, sick int, err error) {
	if feeds, err = s.archive.Feeds(ctx); err != nil {
		return nil, 0, err
	}
	now := time.Now()
	slices.SortStableFunc(feeds, func(a, b news.FeedState) int { return b.Sickness(now) - a.Sickness(now) })
	for _, f := range feeds {
		sick += min(1, f.Sickness(now))
	}
	return feeds, sick, nil
}
