package backtest

import (
	"net/url"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

// A scene is what the rules make of some items that stand together.
type scene struct {
	items, undated int
	from, to       time.Time // of the first and the last of them by time; zero if none has one
	latest         time.Time // of the last that has one, as they stand
	reports        [][]*news.Report
	times          map[string]time.Time // of those that are noted, by id
}

// match matches some items with each of the rules.
func (r *Reader) match(items []news.Item) scene {
	s := scene{items: len(items), reports: make([][]*news.Report, len(r.rules)), times: map[string]time.Time{}}
	for _, it := range items {
		s.note(&it)
		if r.noted[it.ID] != "" {
			s.times[it.ID] = it.When()
		}
		for i, rules := range r.rules {
			report, ok := rules.Match(AsFed(it, r.feeds[i]))
			if ok || len(report.Mentions) > 0 {
				s.reports[i] = append(s.reports[i], &report)
			}
		}
	}
	r.meter.AddHandled(len(items))
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

// AsFed returns an item as the watcher makes it of a feed of the rules: without
// markup, and with the publisher, language and tags that rules.yaml names. A feed that is not
// among feeds, which are by URL, has its host for a publisher.
func AsFed(it news.Item, feeds map[string]news.Feed) news.Item {
	it.Title, it.Summary, it.Body = text.Plain(it.Title), text.Plain(it.Summary), text.Plain(it.Body)
	feed, named := feeds[it.Feed]
	if it.Publisher == "" || it.Publisher == it.Feed {
		it.Publisher = feed.Publisher
		if !named {
			it.Publisher = HostOf(it.Feed)
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

// FeedsByURL returns the feeds of the rules by URL.
func FeedsByURL(rules *matcher.Rules) map[string]news.Feed {
	feeds := map[string]news.Feed{}
	for _, f := range rules.Feeds() {
		feeds[f.URL] = f
	}
	return feeds
}

// HostOf returns the host of a link without "www.", or link if it has none.
func HostOf(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Hostname() == "" {
		return link
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
