package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// A sheet is a feed in memory as a [watcher.Fetcher].
type sheet struct{ doc []byte }

func (s *sheet) Fetch(context.Context, news.FeedState) (fetch.Answer, error) {
	return fetch.Answer{Data: slices.Clone(s.doc), Address: "https://wire.example/rss"}, nil
}

// A subscriber reads one feed into a database of its own.
type subscriber struct {
	db    *store.DB
	rules watcher.Rules
	fetch *sheet
	log   strings.Builder
	watch *watcher.Watcher
	times int
}

func newSubscriber(t testing.TB, rules watcher.Rules) *subscriber {
	s := &subscriber{db: openStore(t, t.TempDir()), rules: rules, fetch: &sheet{}}
	s.forget()
	return s
}

// forget makes the subscriber know nothing of what it read but what is stored.
func (s *subscriber) forget() {
	s.watch = watcher.New(watcher.Options{
		Rules: func() watcher.Rules { return s.rules }, Fetch: s.fetch, Store: s.db, Health: s.db,
		Decide: new(story.Stories).At, Log: slog.New(slog.NewTextHandler(&s.log, nil)),
	})
}

// read reads the feed once, whether it is due or not.
func (s *subscriber) read(t testing.TB, doc string) {
	t.Helper()
	s.fetch.doc = []byte(doc)
	if err := s.watch.Poll(t.Context()); err != nil { // which may set the feeds
		t.Fatal(err)
	}
	s.watch.Wait()
	s.times++
	feeds := slices.Clone(s.rules.Feeds())
	for i := range feeds {
		feeds[i].Schedule = fmt.Sprintf("@every %dh", s.times+1)
	}
	if err := s.db.SetFeeds(t.Context(), feeds); err != nil {
		t.Fatal(err)
	}
}

// stored returns what the subscriber has: each item with its texts, and what is owed.
func (s *subscriber) stored(t testing.TB) (all []string) {
	t.Helper()
	err := s.db.Items(t.Context(), time.Time{}, func(it news.Item) error {
		all = append(all, strings.Join([]string{it.ID, it.GUID, it.Link, it.Title, it.Summary, it.Language}, " | "))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// oneFeed are rules with one feed that match whatever says "coup".
type oneFeed struct{ asked int }

func (*oneFeed) Feeds() []news.Feed {
	return []news.Feed{{URL: "https://wire.example/rss", Name: "Wire", Schedule: "@every 1h"}}
}
func (*oneFeed) Policy() news.Policy { return news.Policy{} }
func (o *oneFeed) Match(it news.Item) (news.Report, bool) {
	o.asked++
	return news.Report{Item: it, Matches: []news.Match{{Rule: "coup", Severity: news.High}}}, strings.Contains(it.Title, "coup")
}

// An entry is an item of a feed that changes.
type entry struct{ guid, link, title, text, date string }

func (e entry) String() string {
	s := "<item>"
	if e.guid != "" {
		s += "<guid>" + e.guid + "</guid>"
	}
	if e.link != "" {
		s += "<link>" + e.link + "</link>"
	}
	return s + "<title>" + e.title + "</title><description>" + e.text + "</description><pubDate>" + e.date + "</pubDate></item>"
}

// A subscriber that passes over what it read before stores what one does that reads all
// each time, however a feed treats its guids, links and titles.
func TestPassingOverChangesNothing(t *testing.T) {
	t.Parallel()
	var few, all oneFeed
	seeds := uint64(3)
	if longtest.Wanted() {
		seeds = 12
	}
	for seed := range seeds {
		rnd := rand.New(rand.NewPCG(seed, 5))
		quick, thorough := newSubscriber(t, &few), newSubscriber(t, &all)
		var entries []entry
		made := 0
		for step := range 40 {
			entries = evolve(rnd, entries, &made)
			doc := fmt.Sprintf(`<rss version="2.0"><channel><title>Wire</title><lastBuildDate>%d</lastBuildDate>`, step)
			for _, e := range entries {
				doc += e.String()
			}
			doc += "</channel></rss>"
			thorough.forget()
			quick.read(t, doc)
			thorough.read(t, doc)
			if diff := cmp.Diff(thorough.stored(t), quick.stored(t)); diff != "" {
				t.Fatalf("seed %d, step %d: items (-all read +passed over):\n%s\nof %s", seed, step, diff, doc)
			}
		}
	}
	if few.asked == 0 || few.asked > all.asked*9/10 {
		t.Errorf("%d items were read where all are %d: too few were passed over to see anything", few.asked, all.asked)
	}
}

// evolve makes of the entries of a feed those of its next edition.
func evolve(rnd *rand.Rand, entries []entry, made *int) []entry {
	next := slices.Clone(entries)
	one := func() int { return rnd.IntN(len(next)) }
	for range 1 + rnd.IntN(2) {
		if *made++; len(next) < 4 {
			next = slices.Insert(next, 0, invented(rnd, *made))
			continue
		}
		switch rnd.IntN(30) {
		case 3:
			next[one()].title += " again"
		case 4:
			next[one()].text += " More."
		case 5: // another article under an old guid
			e := invented(rnd, *made)
			e.guid = next[one()].guid
			next[one()] = e
		case 6: // one article twice
			e := next[one()]
			e.guid += "-copy"
			next = slices.Insert(next, one(), e)
		case 7:
			a, b := one(), one()
			next[a].guid, next[b].guid = next[b].guid, next[a].guid
		case 8: // two articles at one address
			next[one()].link = next[one()].link
		case 9:
			next = slices.Delete(next, len(next)-1, len(next))
		case 10:
			next[one()].guid = next[one()].guid
		case 11:
			next = slices.Insert(next, one(), next[one()])
		default:
			next = slices.Insert(next, 0, invented(rnd, *made))
		}
	}
	return next[:min(len(next), 9)]
}

func invented(rnd *rand.Rand, n int) entry {
	word := func() string { return fmt.Sprintf("word%d", rnd.IntN(40)) }
	e := entry{
		guid: fmt.Sprintf("g%d", n), link: fmt.Sprintf("https://wire.example/story-%d", 10000+n),
		title: fmt.Sprintf("%s %s %s coup %d", word(), word(), word(), n), text: word() + " " + word() + ".",
		date: time.Now().UTC().Add(-time.Duration(rnd.IntN(90)) * time.Minute).Format(time.RFC1123),
	}
	switch rnd.IntN(8) {
	case 0:
		e.guid = ""
	case 1:
		e.link = ""
	case 2:
		e.guid = e.link
	}
	return e
}

// BenchmarkOneNewOf50 reads a feed of 50 items of which one is new each time, in
// turn by who passes over the others and by who reads all.
func BenchmarkOneNewOf50(b *testing.B) {
	rules := &watching{(&daemon.InUse{File: openShipped(b)}).Rules().(*daemon.Completed), (&oneFeed{}).Feeds()}
	rnd := rand.New(rand.NewPCG(7, 8))
	var items []string
	add := func() {
		title, _ := dispatch(rnd)
		var text []string
		for range 6 {
			_, more := dispatch(rnd)
			text = append(text, "<p>"+more+"</p>")
		}
		at := time.Now().UTC().Format(time.RFC1123)
		items = append([]string{fmt.Sprintf("<item><title>%s</title><link>https://wire.example/%d</link><guid>g%d</guid><pubDate>%s</pubDate><description>%s</description><content:encoded><![CDATA[%s]]></content:encoded></item>",
			title, len(items)+10000, len(items), at, strings.Join(text[:1], ""), strings.Join(text, ""))}, items...)
	}
	for range 50 {
		add()
	}
	doc := func() string {
		return `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Wire</title><language>en</language>` + strings.Join(items[:50], "") + "</channel></rss>"
	}
	quick, thorough := newSubscriber(b, rules), newSubscriber(b, rules)
	quick.read(b, doc())
	thorough.read(b, doc())
	var passing, all stopwatch
	for b.Loop() {
		add()
		thorough.forget()
		all.time(b, func() { thorough.read(b, doc()) })
		passing.time(b, func() { quick.read(b, doc()) })
	}
	if a, z := len(thorough.stored(b)), len(quick.stored(b)); a != z {
		b.Fatalf("%d items and %d", a, z)
	}
	b.ReportMetric(float64(passing.wall)/float64(all.wall), "passing/all")
	b.ReportMetric(float64(passing.cpu)/float64(all.cpu), "passing/all-cpu")
}
