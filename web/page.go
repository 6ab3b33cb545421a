package web

import (
	"context"
	"embed"
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

// An overview is how the feeds are in all.
type overview struct {
	Feeds, Sick     int       // how many there are, and with something wrong
	LastNew         time.Time // when an item was last read
	Failing         []string  // what keeps the first feeds from being read, the worst first
	languages, tags map[string]int
}

// readFeeds looks over the feeds.
func (s site) readFeeds(ctx context.Context) (o overview, err error) {
	feeds, err := s.archive.Feeds(ctx)
	if err != nil {
		return o, err
	}
	now := time.Now()
	o = overview{Feeds: len(feeds), languages: map[string]int{}, tags: map[string]int{}}
	var failing []*news.FeedState
	for i := range feeds {
		f := &feeds[i]
		if f.Failures > 0 {
			failing = append(failing, f)
		}
		o.Sick += min(1, f.Sickness(now))
		o.LastNew = later(o.LastNew, f.LastNew)
		tally(o.languages, []string{f.Language})
		tally(o.tags, f.Tags)
	}
	news.WorstFirst(failing, now)
	o.Failing = ofFeeds(failing)
	return o, nil
}
