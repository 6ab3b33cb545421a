package watchdog_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/watchdog"
)

// The silence of a country or tag is told once, those that begin together in one
// notice, and mended when all are heard of again; not of what is rarely heard of.
func TestHeard(t *testing.T) {
	heard := func(name string, rate float64, late bool) news.Heard {
		s := news.Silence{Since: noon.Add(-9 * time.Hour), Known: true, Rate: rate, Usual: noon.Add(-450 * time.Minute), Late: noon.Add(100 * time.Hour)}
		if late {
			s.Late = noon.Add(-time.Hour)
		}
		return news.Heard{Name: name, Silence: s}
	}
	var feeds []news.FeedState
	for range 2 {
		feeds = append(feeds, news.FeedState{Feed: news.Feed{Tags: []string{"sahel"}}})
	}
	feeds = append(feeds, news.FeedState{Feed: news.Feed{Tags: []string{"alone"}}})
	told := map[string]news.Told{}
	look := func(minutes int, all ...news.Heard) (texts []string) {
		for i, h := range all {
			all[i].Told = told[h.Name]
		}
		for name, x := range watchdog.JudgeHeard(all, feeds, noon.Add(time.Duration(minutes)*time.Minute)) {
			told[name] = x
		}
		for i, h := range all {
			all[i].Told = told[h.Name]
		}
		for _, n := range watchdog.Unheard(all, func(name string) string { return "<" + name + ">" }) {
			texts = append(texts, n.Text)
		}
		return texts
	}
	const silence = "nothing new since 22 August 03:00 UTC, where something usually comes within 1.5 h"
	both := []string{"Nothing was heard of <country ne> (" + silence + ") and <tag sahel> (" + silence + ")."}
	check(t, "heard of", look(0, heard("country ne", 16, false), heard("tag sahel", 16, false)), nil)
	check(t, "rarely heard of", look(1, heard("country nr", 3, true), heard("tag alone", 16, true), heard("tag gone", 16, true)), nil)
	check(t, "silent together", look(2, heard("country ne", 16, true), heard("tag sahel", 16, true)), both)
	check(t, "one is heard of", look(3, heard("country ne", 16, false), heard("tag sahel", 16, true)), both)
	check(t, "both are", look(4, heard("country ne", 16, false), heard("tag sahel", 16, false)), nil)
	check(t, "one is silent", look(5, heard("country ne", 16, true), heard("tag sahel", 16, false)), []string{"Nothing was heard of <country ne>: " + silence + ". Look"})
}

// Whether anything can be concluded depends on whether feeds can be read.
func TestWatching(t *testing.T) {
	well, failing := news.FeedState{LastGood: noon}, news.FeedState{LastGood: noon, Failures: 1}
	for _, tt := range []struct {
		feeds []news.FeedState
		want  bool
	}{
		{nil, false},
		{[]news.FeedState{{}}, false},
		{[]news.FeedState{well, failing}, true},
		{[]news.FeedState{well, failing, failing}, false},
	} {
		if got := watchdog.Watching(tt.feeds); got != tt.want {
			t.Errorf("%d feeds: %v", len(tt.feeds), got)
		}
	}
}
