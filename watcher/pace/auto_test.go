package pace_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/schedule"
	"github.com/coupwatch/coupwatch/watcher/pace"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// agoes returns times so many minutes before noon, which are in order.
func agoes(minutes ...int) (times []time.Time) {
	for _, m := range minutes {
		times = append(times, noon.Add(-time.Duration(m)*time.Minute))
	}
	return times
}

func TestBetween(t *testing.T) {
	bounds := schedule.Auto{Least: 2 * time.Minute, Most: time.Hour}
	for _, tt := range []struct {
		name   string
		recent []time.Time
		wish   time.Duration
		want   time.Duration
	}{
		{"nothing is known", nil, 0, time.Hour},
		{"an item an hour ago", agoes(60), 0, 450 * time.Second},
		{"one every twenty minutes", agoes(80, 60, 40, 20, 0), 0, 5 * time.Minute},
		{"and forty minutes of silence", agoes(120, 100, 80, 60, 40), 0, 5 * time.Minute},
		{"and hours of silence", agoes(240, 220, 200, 180, 160), 0, 20 * time.Minute},
		{"busy", agoes(4, 3, 2, 1, 0), 0, 2 * time.Minute},
		{"silent for a day", agoes(1504, 1503, 1502, 1501, 1500), 0, time.Hour},
		{"the first after a night", agoes(540, 520, 500, 480, 460, 0), 0, 5 * time.Minute},
		{"the publisher wants less", agoes(4, 3, 2, 1, 0), 15 * time.Minute, 15 * time.Minute},
		{"the publisher wants far less", agoes(4, 3, 2, 1, 0), 24 * time.Hour, time.Hour},
		{"the publisher does not mind", agoes(80, 60, 40, 20, 0), time.Minute, 5 * time.Minute},
		{"a date in the future", agoes(20, 10, -30), 0, 150 * time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := news.FeedState{Recent: tt.recent, Wish: tt.wish, LastGood: noon}
			if got := pace.Between(f, bounds, noon); got != tt.want {
				t.Errorf("read again after %v, want %v", got, tt.want)
			}
		})
	}
}

// A feed that could never be read is tried as often as any, and then less and less.
func TestAutoThatFailsAtFirst(t *testing.T) {
	f := news.FeedState{Feed: news.Feed{URL: "https://example.org/", Schedule: "auto 2m..1h"}}
	for failures, want := range map[int]time.Duration{1: 2 * time.Minute, 2: 4 * time.Minute, 5: 32 * time.Minute} {
		got := pace.Next(f, noon, pace.Failure{InARow: failures}).Sub(noon)
		if got < want || got > want+10*time.Second {
			t.Errorf("after %d failures: %v, want %v", failures, got, want)
		}
	}
}

func TestRecent(t *testing.T) {
	dated := func(minutes ...int) (items []news.Item) {
		for _, at := range agoes(minutes...) {
			items = append(items, news.Item{Published: at})
		}
		return items
	}
	for _, tt := range []struct {
		name  string
		known []time.Time
		items []news.Item
		want  []time.Time
	}{
		{"nothing", nil, nil, nil},
		{"the first reading", nil, dated(5, 30, 10), agoes(30, 10, 5)},
		{"what is known comes again", agoes(30, 10), dated(10, 30), agoes(30, 10)},
		{"what came at once", nil, dated(7, 7, 7), agoes(7)},
		{"no dates", agoes(30), []news.Item{{}, {}}, agoes(30, 0)},
		{"a date in the future", agoes(30), dated(-1, 3), agoes(30, 3)},
		{"many", agoes(99), dated(12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1), agoes(12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := pace.Recent(tt.known, tt.items, noon)
			if len(got) != len(tt.want) {
				t.Fatalf("got %v, want %v", got, tt.want)
			}
			for i := range got {
				if !got[i].Equal(tt.want[i]) {
					t.Fatalf("got %v, want %v", got, tt.want)
				}
			}
		})
	}
}

// Auto keeps within its bounds, whatever is known of a feed.
func FuzzBetween(f *testing.F) {
	f.Add(int64(0), int64(60), int64(3600), int64(5))
	f.Fuzz(func(t *testing.T, a, b, c, wish int64) {
		day := int64(86400 * 1000)
		times := pace.Recent(nil, []news.Item{{Published: time.Unix(a%day, 0)}, {Published: time.Unix(b%day, 0)}, {Published: time.Unix(c%day, 0)}}, noon)
		bounds := schedule.Auto{Least: 2 * time.Minute, Most: time.Hour}
		got := pace.Between(news.FeedState{Recent: times, Wish: time.Duration(wish)}, bounds, noon)
		if got < bounds.Least || got > bounds.Most {
			t.Errorf("read again after %v", got)
		}
	})
}
