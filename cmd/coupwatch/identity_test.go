package main

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/watcher"
)

// An onlyFeed is a feed that is read again and again, through all that an item
// goes through.
type onlyFeed struct {
	t     *testing.T
	watch *watcher.Watcher
	feed  news.Feed
	at    time.Time // of the last reading, zero for none
}

func newOnlyFeed(t *testing.T) *onlyFeed {
	t.Helper()
	rules, err := matcher.Parse("rules.yaml", []byte(`
version: 1
feeds: [{url: "https://wire.example/feed", name: Wire, publisher: Wire, language: en, schedule: "@every 5m"}]
rules: [{id: force, title: Force, severity: high, match: mutiny OR mutinies OR coup OR putsch}]
routes: [{to: console, severity: medium}]
`))
	if err != nil {
		t.Fatal(err)
	}
	db := openStore(t, t.TempDir())
	if err := db.SetFeeds(t.Context(), rules.Feeds()); err != nil {
		t.Fatal(err)
	}
	only := &onlyFeed{t: t, feed: rules.Feeds()[0]}
	only.watch = watcher.New(watcher.Options{
		Rules: func() watcher.Rules { return rules }, Store: db, Health: db,
		Decide: new(story.Stories).At, Log: slog.New(slog.DiscardHandler),
	})
	only.read(`<item><guid>old</guid><title>It rains in the hills</title></item>`)
	return only
}

// read reads the feed with items and returns what came of it.
func (o *onlyFeed) read(items string) news.Tally {
	o.t.Helper()
	d, err := watcher.Read([]byte(`<rss version="2.0"><channel>`+items+`</channel></rss>`), "", o.feed.URL)
	if err != nil {
		o.t.Fatal(err)
	}
	for i := range d.Items {
		d.Items[i].Publisher, d.Items[i].Language = o.feed.Publisher, "en"
	}
	first := o.at.IsZero()
	if o.at = o.at.Add(5 * time.Minute); first {
		o.at = time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	}
	tally, err := o.watch.Ingest(o.t.Context(), news.Reading{Feed: o.feed, At: o.at, Items: d.Items, First: first})
	if err != nil {
		o.t.Fatal(err)
	}
	return tally
}

func entryOf(guid, link, title string) string {
	return fmt.Sprintf(`<item><guid isPermaLink="false">%s</guid><link>https://wire.example/%s</link><title>%s</title></item>`, guid, link, title)
}

// An outlet that has one guid for whatever leads its page is heard each time.
func TestOneGuidForAll(t *testing.T) {
	t.Parallel()
	feed := newOnlyFeed(t)
	countries := strings.Fields("Mali Niger Chad Gabon Guinea Sudan Togo Benin Kenya Malawi Zambia Angola Peru Bolivia Ecuador Nepal Thailand")
	for i, country := range countries {
		told := feed.read(entryOf("top", fmt.Sprint("lead/", i), "Garrison mutinies in "+country))
		if told.New != 1 || told.Alerts == 0 {
			t.Errorf("%s: %+v, want a new item that is told", country, told)
		}
		if again := feed.read(entryOf("top", fmt.Sprint("lead/", i), "Garrison mutinies in "+country)); again != (news.Tally{Renamed: again.Renamed}) {
			t.Errorf("%s, read again: %+v", country, again)
		}
	}
}

// Headlines that an outlet tries in turn make one item, and people hear of each
// thing they tell once.
func TestHeadlinesInTurn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, a, b, linkA, linkB string }{
		{"of one article", "Garrison mutinies in Mali", "Soldiers in Mali seize their base in mutiny", "a", "a"},
		{"and a denial", "Mutiny in Mali, say residents", "Government of Mali denies mutiny", "a", "a"},
		{"of two events", "Garrison mutinies in Mali", "Coup attempt in Nepal", "a", "a"},
		{"of two articles", "Garrison mutinies in Mali", "Coup attempt in Nepal", "a", "b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			feed := newOnlyFeed(t)
			var all news.Tally
			for range 2 {
				for _, entry := range []string{entryOf("top", tt.linkA, tt.a), entryOf("top", tt.linkB, tt.b)} {
					told := feed.read(entry)
					all.New, all.Alerts = all.New+told.New, all.Alerts+told.Alerts
				}
			}
			if all.Alerts == 0 || all.New > 2 {
				t.Fatalf("%+v, want two items at most, and alerts", all)
			}
			for range 4 {
				a, b := feed.read(entryOf("top", tt.linkA, tt.a)), feed.read(entryOf("top", tt.linkB, tt.b))
				if a.New+b.New+a.Alerts+b.Alerts > 0 {
					t.Errorf("read again: %+v and %+v, want nothing new and nobody told", a, b)
				}
			}
		})
	}
}
