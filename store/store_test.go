package store_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

func feed(n int) news.Feed {
	return news.Feed{
		URL: fmt.Sprintf("https://%d.example/feed", n), Name: fmt.Sprintf("Feed %d", n), Publisher: "Example",
		Language: "en", Schedule: "@every 5m", Tags: []string{"wire"},
	}
}

// item returns the item of f with a key, as a reader would make it at noon.
func item(f news.Feed, key, title string) news.Item {
	return news.Item{
		ID: news.ItemID(f.URL, key), Feed: f.URL, GUID: key, Link: "https://example.org/" + key,
		Title: title, Summary: "A summary.", Body: "A body.", Author: "A. Writer", Publisher: f.Publisher,
		Language: f.Language, Tags: f.Tags, Published: noon.Add(-time.Minute), Fetched: noon,
	}
}

// reading returns a good reading of f at a time, with a next one due in five
// minutes.
func reading(f news.Feed, at time.Time, items ...news.Item) news.Reading {
	return news.Reading{Feed: f, At: at, Items: items, ETag: `"1"`, LastModified: "now", Checksum: "c", NextAt: at.Add(5 * time.Minute)}
}

// report returns it as matched by a rule.
func report(it news.Item, rule string) news.Report {
	return news.Report{Item: it, Matches: []news.Match{{
		Rule: rule, Title: "A rule", Severity: news.High,
		Spans: []news.Span{{Field: news.Title, Start: 0, End: 4, Term: "coup"}},
	}}}
}

func reports(rule string, items ...news.Item) (all []news.Report) {
	for _, it := range items {
		all = append(all, report(it, rule))
	}
	return all
}

// decide makes one story of all reports of a rule, and owes one alert when it
// begins.
func decide(r news.Report, open []news.Story) news.Decision {
	rule := r.Matches[0].Rule
	for _, s := range open {
		if slices.Contains(s.Rules, rule) {
			s.Reports++
			s.LastSeen = latest(s.LastSeen, r.When())
			return news.Decision{Story: s, Kind: news.Copy, Reason: "told again"}
		}
	}
	s := news.Story{
		ID: rule + "-" + r.ID, Headline: r.Title, Link: r.Link, Severity: r.Severity(), Status: news.Reported,
		FirstSeen: r.When(), LastSeen: r.When(), Told: r.Fetched, Reports: 1, Rules: []string{rule}, Countries: countriesOf(r),
		Sources: []news.Source{{Publisher: r.Publisher, Title: r.Title, At: r.When(), Reports: 1}},
		Gists:   []news.Gist{{Item: r.ID, At: r.When(), Words: news.Words{{Text: "coup", Weight: 1.5}}}},
	}
	return news.Decision{Story: s, Kind: news.New, Reason: "first heard of", Alerts: []news.Alert{alertOf(s, r)}}
}

func countriesOf(r news.Report) (codes []string) {
	for _, m := range r.Mentions {
		codes = append(codes, m.Country)
	}
	return codes
}

// A fake is a [news.Decider] that asks a function with the stories it knows,
// the latest first.
type fake struct {
	ask     func(news.Report, []news.Story) news.Decision
	version int64
	open    map[string]news.Story
	warm    news.Warmth
	closed  []string // ids of the closed stories that it was given for the latest report
}

func asking(ask func(news.Report, []news.Story) news.Decision) *fake {
	return &fake{ask: ask, open: map[string]news.Story{}}
}

func (f *fake) Version() int64 { return f.version }

func (f *fake) Sync(version int64, stories []news.Story) {
	f.version = version
	for _, s := range stories {
		f.open[s.ID] = s
	}
}

func (f *fake) Warmth() news.Warmth { return f.warm }

func (f *fake) Reset() { f.version = 0; clear(f.open) }

func (f *fake) Decide(r news.Report, closed ...news.Story) news.Decision {
	f.closed = nil
	for _, s := range closed {
		f.open[s.ID] = s
		f.closed = append(f.closed, s.ID)
	}
	var open []news.Story
	for _, s := range f.open {
		if r.When().Sub(s.LastSeen).Abs() <= news.Window {
			open = append(open, s)
		}
	}
	slices.SortFunc(open, func(a, b news.Story) int {
		return cmp.Or(b.LastSeen.Compare(a.LastSeen), strings.Compare(a.ID, b.ID))
	})
	d := f.ask(r, open)
	if d.Story.ID != "" {
		f.open[d.Story.ID] = d.Story
	}
	return d
}

func alertOf(s news.Story, r news.Report) news.Alert {
	return news.Alert{
		ID: "story/" + s.ID + "/slack", Channel: "slack", Kind: news.New, Reason: "first heard of",
		Story: s, Item: news.Item{ID: r.ID, Title: r.Title}, DueAt: r.Fetched,
	}
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func setFeeds(t testing.TB, db *store.DB, feeds ...news.Feed) {
	t.Helper()
	if err := db.SetFeeds(t.Context(), feeds); err != nil {
		t.Fatal(err)
	}
}

func record(t testing.TB, db *store.DB, r news.Reading, reports []news.Report) news.Tally {
	t.Helper()
	tally, err := db.Ingest(t.Context(), r, reports, asking(decide))
	if err != nil {
		t.Fatal(err)
	}
	return tally
}

// claim claims a feed and returns its name, "" for none.
func claim(t testing.TB, db *store.DB, now time.Time) string {
	t.Helper()
	f, _ := claimOne(t, db, now)
	return f.Name
}

// claimOne claims a feed and reports whether one was due.
func claimOne(t testing.TB, db *store.DB, now time.Time) (f news.FeedState, found bool) {
	t.Helper()
	feeds, _, err := db.Claim(t.Context(), now, 1)
	if err != nil || len(feeds) > 1 {
		t.Fatalf("claimed %d feeds, %v", len(feeds), err)
	}
	if len(feeds) == 0 {
		return f, false
	}
	return feeds[0], true
}

func queue(t *testing.T, db *store.DB, a news.Alert) {
	t.Helper()
	if queued, err := db.Queue(t.Context(), a); err != nil || !queued {
		t.Fatalf("queue %s: %v, %v, want true", a.ID, queued, err)
	}
}

func due(t testing.TB, db *store.DB, now time.Time, channel string) []news.Alert {
	t.Helper()
	alerts, err := db.ClaimDue(t.Context(), now, channel, 10)
	if err != nil {
		t.Fatal(err)
	}
	return alerts
}

func storiesAt(t testing.TB, db *store.DB) []news.Story {
	t.Helper()
	stories, err := db.Stories(t.Context(), noon.AddDate(-1, 0, 0), noon.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	return stories
}
