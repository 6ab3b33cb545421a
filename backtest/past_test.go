package backtest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
)

// Reports come in order of time, each item once; one without a time stands with
// the one before it.
func TestInTime(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 3, 1, hour, 0, 0, 0, time.UTC) }
	report := func(id string, published time.Time) *news.Report {
		return &news.Report{Item: news.Item{ID: id, Published: published}}
	}
	r := NewReader(nil, nil)
	r.past.Reports = make([][]*news.Report, 1)
	for _, s := range []scene{
		{items: 3, undated: 1, from: at(9), to: at(12), reports: [][]*news.Report{{report("late", at(12)), report("with late", time.Time{}), report("early", at(9))}}},
		{items: 2, from: at(10), to: at(10), reports: [][]*news.Report{{report("middle", at(10)), report("early", at(10))}}},
	} {
		if err := r.add(s); err != nil {
			t.Fatal(err)
		}
	}
	p, err := r.Past()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range p.Reports[0] {
		got = append(got, r.ID)
	}
	if diff := cmp.Diff([]string{"early", "middle", "late", "with late"}, got); diff != "" {
		t.Errorf("the order of reports (-want +got):\n%s", diff)
	}
	if p.Items != 5 || p.Undated != 1 || !p.From.Equal(at(9)) || !p.To.Equal(at(12)) || p.Days() != 1 {
		t.Errorf("the past has %d items, %d undated, from %v to %v, %d days", p.Items, p.Undated, p.From, p.To, p.Days())
	}
}

// A past that cannot be put in order is refused.
func TestNoTime(t *testing.T) {
	if _, err := NewReader(nil, nil).Past(); err == nil {
		t.Error("a past without items is taken")
	}
	r := NewReader(nil, nil)
	if err := r.add(scene{items: 2, undated: 2}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Past(); err == nil {
		t.Error("a past without times is taken")
	}
}

// An item has the publisher and the tags of its feed, and without a feed of the
// rules the host for a publisher.
func TestAsFed(t *testing.T) {
	feeds := map[string]news.Feed{"https://wire.example/rss": {URL: "https://wire.example/rss", Publisher: "Wire", Language: "fr", Tags: []string{"agency"}}}
	for _, tt := range []struct{ item, want news.Item }{
		{
			news.Item{Feed: "https://wire.example/rss", Publisher: "https://wire.example/rss", Title: "<b>Mutiny</b>", Language: "en"},
			news.Item{Feed: "https://wire.example/rss", Publisher: "Wire", Title: "Mutiny", Language: "fr", Tags: []string{"agency"}},
		},
		{
			news.Item{Feed: "https://www.Other.example/feed", Title: "Calm", Language: "en"},
			news.Item{Feed: "https://www.Other.example/feed", Publisher: "other.example", Title: "Calm", Language: "en"},
		},
		{
			news.Item{Feed: "an archive", Publisher: "Gazette"},
			news.Item{Feed: "an archive", Publisher: "Gazette"},
		},
	} {
		if diff := cmp.Diff(tt.want, AsFed(tt.item, feeds)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.item.Feed, diff)
		}
	}
}
