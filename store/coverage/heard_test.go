package coverage_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/storetest"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// How often a country is heard of is learned from the items that name it and a tag
// from all of its feeds; once, however many replicas look; not from a first
// reading, and not over a time in which nobody looked or hardly any feed could be
// read.
func TestLearnHeard(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		f := news.Feed{URL: "https://wire.example/rss", Name: "Wire", Tags: []string{"sahel"}}
		if err := db.SetFeeds(t.Context(), []news.Feed{f}); err != nil {
			t.Fatal(err)
		}
		now, first, watching := noon, true, true
		bring := func(countries ...string) {
			t.Helper()
			it := news.Item{ID: now.String(), Feed: f.URL, Title: "News", Published: now, Fetched: now}
			var mentions []news.Mention
			for _, c := range countries {
				mentions = append(mentions, news.Mention{Entity: "country:" + c, Country: c})
			}
			r := news.Reading{Feed: f, At: now, First: first, Items: []news.Item{it}, NextAt: now.Add(time.Hour)}
			if _, err := db.Ingest(t.Context(), r, []news.Report{{Item: it, Mentions: mentions}}, nobody{}); err != nil {
				t.Fatal(err)
			}
			first = false
		}
		look := func() (all []news.Heard) {
			t.Helper()
			for range 2 { // replicas
				var err error
				if all, err = db.LearnHeard(t.Context(), now, watching, func([]news.Heard) map[string]news.Told { return nil }); err != nil {
					t.Fatal(err)
				}
			}
			return all
		}
		bring("td")
		if all := look(); len(all) != 0 {
			t.Errorf("of a first reading %+v was heard", all)
		}
		for i := range 24 * 10 * 3 {
			if now = now.Add(20 * time.Minute); i%3 == 2 {
				bring("ne")
			}
			look()
		}
		all := look()
		if len(all) != 2 || all[0].Name != "country ne" || all[1].Name != "tag sahel" {
			t.Fatalf("heard %+v, want Niger and the tag", all)
		}
		for _, h := range all {
			if s := h.Silence; !s.Known || s.Rate < 23 || s.Rate > 25 || s.Late.Sub(now) < time.Hour || s.Late.Sub(now) > 9*time.Hour {
				t.Errorf("%s: %+v, want 24 a day", h.Name, s)
			}
		}
		week, known, err := db.WeekOf(t.Context(), f.URL)
		if err != nil || !known || week[0][12] < 0.5 || week[6][3] < 0.5 {
			t.Errorf("the week of the feed is %v, known %v, %v; want one an hour", week, known, err)
		}
		if _, known, err := db.WeekOf(t.Context(), "https://none.example/"); known || err != nil {
			t.Errorf("the week of no feed is known %v, %v", known, err)
		}
		watching = false
		for range 24 {
			now = now.Add(time.Hour)
			look()
		}
		watching = true
		if s := look()[0].Silence; !s.Since.Equal(now) {
			t.Errorf("after a day without a network it is silent since %v, want %v", s.Since, now)
		}
		told := news.Told{State: news.FeedLate, Trouble: "coverage/1", Since: now}
		now = now.Add(20 * time.Minute)
		if all, err = db.LearnHeard(t.Context(), now, true, func([]news.Heard) map[string]news.Told { return map[string]news.Told{"country ne": told} }); err != nil || all[0].Told != told {
			t.Errorf("told %+v, %v", all, err)
		}
		if again := look(); again[0].Told != told {
			t.Errorf("told %+v later, want %+v", again[0].Told, told)
		}
		now = now.AddDate(0, 0, 31)
		if all := look(); len(all) != 0 {
			t.Errorf("after a month %+v is still waited for", all)
		}
	})
}

// nobody is told of anything.
type nobody struct{}

func (nobody) Version() int64                                  { return 0 }
func (nobody) Sync(int64, []news.Story)                        {}
func (nobody) Reset()                                          {}
func (nobody) Warmth() news.Warmth                             { return nil }
func (nobody) Decide(news.Report, ...news.Story) news.Decision { return news.Decision{} }

// What operators know of a feed is changed by one who knows what they knew.
func TestSetTold(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		var all []news.Feed
		for _, url := range []string{"https://a.example/", "https://b.example/"} {
			all = append(all, news.Feed{URL: url})
		}
		if err := db.SetFeeds(t.Context(), all); err != nil {
			t.Fatal(err)
		}
		before, err := db.Feeds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		one := news.Told{State: news.FeedLate, Trouble: "feed/1", Since: noon, As: news.FeedLate, Text: "nothing new"}
		for _, tt := range []struct {
			told map[string]news.Told
			want bool
		}{
			{map[string]news.Told{all[0].URL: one}, true},
			{map[string]news.Told{all[1].URL: one, all[0].URL: {State: news.FeedFresh}}, false}, // by who saw them before
		} {
			if stored, err := db.SetTold(t.Context(), before, tt.told); err != nil || stored != tt.want {
				t.Errorf("%v: stored %v, %v", tt.told, stored, err)
			}
		}
		after, err := db.Feeds(t.Context())
		if err != nil || after[0].Told != one || after[1].Told != (news.Told{}) {
			t.Errorf("known %+v, %v, want what was stored first", after, err)
		}
	})
}
