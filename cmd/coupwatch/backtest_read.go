package main

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

// A past is what some rules make of the items of some time: the reports that
// can matter to people, in order of time.
type past struct {
	items    int       // all that were read
	undated  int       // of them without a time: they stand with the item before them
	from, to time.Time // of the first and the last item
	reports  [][]*news.Report
}

// days returns how many days, in UTC, the items are of.
func (p *past) days() int { return int(day(p.to).Sub(day(p.from))/(24*time.Hour)) + 1 }

// day returns the beginning of the day of t, in UTC.
func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// A pastReader matches the items of the past with several rules at once.
type pastReader struct {
	rules    []*matcher.Rules
	feeds    []map[string]news.Feed // of each of the rules, by URL
	progress *archive.Meter
	past     past
}

func newPastReader(rules []*matcher.Rules, m *archive.Meter) *pastReader {
	r := &pastReader{rules: rules, progress: m, past: past{reports: make([][]*news.Report, len(rules))}}
	for _, some := range rules {
		r.feeds = append(r.feeds, feedsOf(some))
	}
	return r
}

// files reads items from files, which need not be in order.
func (r *pastReader) files(ctx context.Context, names []string) error {
	for _, name := range names {
		err := archive.Each(ctx, name, r.progress, func(some []archive.Line) (scene, error) {
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

// An itemStore keeps items; *store.DB is one.
type itemStore interface {
	// Items calls do with each item that was read at from or later. It stops
	// at the first error of do.
	Items(ctx context.Context, from time.Time, do func(news.Item) error) error
}

// stored reads the items that a database keeps.
func (r *pastReader) stored(ctx context.Context, db itemStore, from time.Time) error {
	return archive.InOrder(ctx,
		func(ctx context.Context, give func([]news.Item) error) error {
			some := make([]news.Item, 0, archive.Chunk)
			err := db.Items(ctx, from, func(it news.Item) error {
				some = append(some, it)
				if r.progress.AddRead(1); len(some) < archive.Chunk {
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
		func(some []news.Item) (scene, error) { return r.match(some), nil }, r.add)
}

// A scene is what the rules make of some items that stand together.
type scene struct {
	items, undated int
	from, to       time.Time // of the first and the last of them by time; zero if none has one
	latest         time.Time // of the last that has one, as they stand
	reports        [][]*news.Report
}

// match matches some items with each of the rules.
func (r *pastReader) match(items []news.Item) scene {
	s := scene{items: len(items), reports: make([][]*news.Report, len(r.rules))}
	for _, it := range items {
		s.note(&it)
		for i, rules := range r.rules {
			report, ok := rules.Match(asFed(it, r.feeds[i]))
			if ok || len(report.Mentions) > 0 {
				s.reports[i] = append(s.reports[i], &report)
			}
		}
	}
	r.progress.AddHandled(len(items))
	return s
}

// note takes in the time of an item; one without has that of the item before.
func (s *scene) note(it *news.Item) {
	when := it.When()
	if when.IsZero() {
		s.undated++
		it.Fetched = s.latest
		return
	}
	s.latest = when
	if s.from.IsZero() || when.Before(s.from) {
		s.from = when
	}
	if when.After(s.to) {
		s.to = when
	}
}

// asFed returns an item as the watcher makes it of a feed of the rules: without
// markup, and with the publisher, language and tags that rules.yaml names. A feed that is not
// among feeds, which are by URL, has its host for a publisher.
func asFed(it news.Item, feeds map[string]news.Feed) news.Item {
	it.Title, it.Summary, it.Body = text.Plain(it.Title), text.Plain(it.Summary), text.Plain(it.Body)
	feed, named := feeds[it.Feed]
	if it.Publisher == "" || it.Publisher == it.Feed {
		it.Publisher = feed.Publisher
		if !named {
			it.Publisher = hostOf(it.Feed)
		}
	}
	if named {
		it.Tags = feed.Tags
		if feed.Language != "" {
			it.Language = feed.Language
		}
	}
	return it
}

// feedsOf returns the feeds of the rules by URL.
func feedsOf(rules *matcher.Rules) map[string]news.Feed {
	feeds := map[string]news.Feed{}
	for _, f := range rules.Feeds() {
		feeds[f.URL] = f
	}
	return feeds
}

// hostOf returns the host of a link without "www.", or link if it has none.
func hostOf(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Hostname() == "" {
		return link
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// add takes in one scene after the other.
func (r *pastReader) add(s scene) error {
	p := &r.past
	p.items += s.items
	p.undated += s.undated
	if p.from.IsZero() || !s.from.IsZero() && s.from.Before(p.from) {
		p.from = s.from
	}
	for i, reports := range s.reports {
		p.reports[i] = append(p.reports[i], reports...)
	}
	if s.to.After(p.to) {
		p.to = s.to
	}
	return nil
}

// inTime returns the past with its reports in order of time, those of the same
// time as they stood, each item once.
func (r *pastReader) inTime() (*past, error) {
	p := &r.past
	switch {
	case p.items == 0:
		return nil, errors.New("there are no items")
	case p.from.IsZero():
		return nil, errors.New(`no item says when it was published; a backtest needs "published"`)
	}
	for i, reports := range p.reports {
		date(reports, p.from)
		slices.SortStableFunc(reports, func(a, b *news.Report) int { return a.When().Compare(b.When()) })
		seen := make(map[string]bool, len(reports))
		p.reports[i] = slices.DeleteFunc(reports, func(r *news.Report) bool {
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
