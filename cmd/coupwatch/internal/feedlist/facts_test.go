package feedlist

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/discover"
)

var now = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

// every returns n whole items, one after each span before the first.
func every(n int, span time.Duration, first time.Time) (items []news.Item) {
	for i := range n {
		items = append(items, news.Item{Title: "Rain", Link: "https://a.example/", Summary: "It rains.", Published: first.Add(-time.Duration(i) * span)})
	}
	return items
}

func TestFacts(t *testing.T) {
	change := func(items []news.Item, to func(*news.Item)) []news.Item {
		to(&items[1])
		return items
	}
	hour := func() []news.Item { return every(3, 8*time.Hour, now.Add(-time.Hour)) }
	tests := []struct {
		name string
		doc  watcher.Document
		pace string
		want []string // the beginnings of its problems
	}{
		{"a good one", watcher.Document{Items: hour()}, "about 3 a day", nil},
		{"one a day", watcher.Document{Items: every(4, 24*time.Hour, now)}, "about one a day", nil},
		{"slow", watcher.Document{Items: every(4, 72*time.Hour, now)}, "about 2 a week", nil},
		{"slower", watcher.Document{Items: every(4, 15*24*time.Hour, now)}, "about 2 a month", nil},
		{"slowest", watcher.Document{Items: every(4, 300*24*time.Hour, now)}, "about 1 a month", nil},
		{"of one moment", watcher.Document{Items: every(3, 0, now)}, "", nil},
		{"empty", watcher.Document{}, "", []string{"it has no items now"}},
		{"empty for a reason", watcher.Document{Problem: "the feed has 3 entries, but without titles"}, "", []string{"the feed has 3 entries"}},
		{"foreign", watcher.Document{Items: hour(), Foreign: "its texts are English, not Russian"}, "about 3 a day", []string{"its texts are English"}},
		{"a date is missing", watcher.Document{Items: change(hour(), func(it *news.Item) { it.Published = time.Time{} })}, "about 2 a day", []string{"one item has no date"}},
		{"a link is missing", watcher.Document{Items: change(hour(), func(it *news.Item) { it.Link = "" })}, "about 3 a day", []string{"one item has no link"}},
		{"no dates", watcher.Document{Items: []news.Item{{Title: "Rain", Link: "l", Summary: "s"}}}, "", []string{"no item has a date"}},
		{"titles only", watcher.Document{Items: []news.Item{{Title: "Rain", Link: "l", Published: now}}}, "", []string{"it has titles only"}},
		{"asleep", watcher.Document{Items: every(20, time.Second, now.Add(-31*24*time.Hour))}, "", []string{"its newest item is of 28 October 2026"}},
		{"fleeting", watcher.Document{Items: every(20, time.Minute, now)}, "about 1,440 a day", []string{`its 20 items reach back 19m only: read it more often than that, with schedule: "@every 6m"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := factsOf(discover.Candidate{Document: tt.doc}, now)
			if got := f.pace(); got != tt.pace {
				t.Errorf("pace is %q, want %q", got, tt.pace)
			}
			if !slices.EqualFunc(f.problems, tt.want, strings.HasPrefix) {
				t.Errorf("problems are %q, want %q", f.problems, tt.want)
			}
		})
	}
}
