// Package backtest takes items of the past through the rules and the stories,
// as the daemon does, and says what a desk would have heard of them: each step,
// the stories, the alerts a day, what another rules file makes of the same
// items, and how often each rule and term is found. Nothing is stored or sent.
package backtest

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// A Past is what some rules make of the items of some time: the reports that
// can matter to people, in order of time.
type Past struct {
	Items    int       // all that were read
	Undated  int       // of them without a time: they stand with the item before them
	From, To time.Time // of the first and the last item
	Reports  [][]*news.Report
	Times    map[string]time.Time // when the items that Note names were published, by id
}

// Days returns how many days, in UTC, the items are of.
func (p *Past) Days() int { return int(day(p.To).Sub(day(p.From))/(24*time.Hour)) + 1 }

// day returns the beginning of the day of t, in UTC.
func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// A Reader matches the items of the past with several rules at once.
type Reader struct {
	rules []*matcher.Rules
	feeds []map[string]news.Feed // of each of the rules, by URL
	meter *archive.Meter
	noted map[string]string // see Note
	past  Past
}

// NewReader returns a reader that matches with each of the rules. m, which may
// be nil, counts the items.
func NewReader(rules []*matcher.Rules, m *archive.Meter) *Reader {
	r := &Reader{rules: rules, meter: m, past: Past{Reports: make([][]*news.Report, len(rules))}}
	for _, some := range rules {
		r.feeds = append(r.feeds, FeedsByURL(some))
	}
	return r
}

// Note has the past say when the items of these ids were published, whether the
// rules match them or not. It is called before anything is read.
func (r *Reader) Note(events map[string]string) {
	r.noted, r.past.Times = events, make(map[string]time.Time, len(events))
}

// Files reads items from files, which need not be in order.
func (r *Reader) Files(ctx context.Context, names []string) error {
	for _, name := range names {
		err := archive.Each(ctx, name, r.meter, func(some []archive.Line) (scene, error) {
			items, err := archive.Items(some, name)
			if err != nil {
				return scene{}, err
			}
			return r.match(items), nil
		}, r.add)
		if err != nil {
			return err
		}
	}
	return nil
}

// An ItemStore keeps items; *store.DB is one.
type ItemStore interface {
	// Items calls do with each item that was read at from or later. It stops
	// at the first error of do.
	Items(ctx context.Context, from time.Time, do func(news.Item) error) error
}

// Stored reads the items that a database keeps.
func (r *Reader) Stored(ctx context.Context, db ItemStore, from time.Time) error {
	return r.stored(ctx, db, from, r.add)
}

// Stream reads the items that a database keeps, which gives them in order of time,
// and hands to each the reports of some of them, by each of the rules, which can
// matter to people. It keeps none: of any number of items only some are in memory.
// What it returns has no reports; it is right for what was read when it fails.
func (r *Reader) Stream(ctx context.Context, db ItemStore, from time.Time, each func(reports [][]*news.Report) error) (*Past, error) {
	err := r.stored(ctx, db, from, func(s scene) error {
		reports := s.reports
		s.reports = nil
		if err := r.add(s); err != nil {
			return err
		}
		return each(reports)
	})
	return &r.past, err
}

func (r *Reader) stored(ctx context.Context, db ItemStore, from time.Time, take func(scene) error) error {
	return archive.InOrder(ctx,
		func(ctx context.Context, give func([]news.Item) error) error {
			some := make([]news.Item, 0, archive.Chunk)
			err := db.Items(ctx, from, func(it news.Item) error {
				some = append(some, it)
				if r.meter.AddRead(1); len(some) < archive.Chunk {
					return nil
				}
				full := some
				some = make([]news.Item, 0, archive.Chunk)
				return give(full)
			})
			if err != nil || len(some) == 0 {
				return err
			}
			return give(some)
		},
		func(some []news.Item) (scene, error) { return r.match(some), nil }, take)
}

// Reached returns how many items were read, and when the last of them was
// published. It is called by who is handed reports, or after that.
func (r *Reader) Reached() (items int, upTo time.Time) { return r.past.Items, r.past.To }

// add takes in one scene after the other.
func (r *Reader) add(s scene) error {
	p := &r.past
	p.Items += s.items
	p.Undated += s.undated
	if p.From.IsZero() || !s.from.IsZero() && s.from.Before(p.From) {
		p.From = s.from
	}
	maps.Copy(p.Times, s.times)
	for i, reports := range s.reports {
		p.Reports[i] = append(p.Reports[i], reports...)
	}
	if s.to.After(p.To) {
		p.To = s.to
	}
	return nil
}

// Past returns the past with its reports in order of time, those of the same
// time as they stood, each item once.
func (r *Reader) Past() (*Past, error) {
	p := &r.past
	switch {
	case p.Items == 0:
		return nil, errors.New("there are no items")
	case p.From.IsZero():
		return nil, errors.New(`no item says when it was published; a backtest needs "published"`)
	}
	for i, reports := range p.Reports {
		date(reports, p.From)
		slices.SortStableFunc(reports, func(a, b *news.Report) int { return a.When().Compare(b.When()) })
		seen := make(map[string]bool, len(reports))
		p.Reports[i] = slices.DeleteFunc(reports, func(r *news.Report) bool {
			twice := seen[r.ID]
			seen[r.ID] = true
			return twice
		})
	}
	return p, nil
}

// date gives to reports without a time that of the one before, the first ones
// the time from.
func date(reports []*news.Report, from time.Time) {
	for i := range reports {
		if reports[i].When().IsZero() {
			reports[i].Fetched = from
		}
		from = reports[i].When()
	}
}
