package story_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story"
)

func onDay(n int) time.Time { return time.Date(2026, 8, n, 12, 0, 0, 0, time.UTC) }

// storyOf returns a story about a country, and perhaps an entity, that people were
// told of on some days.
func storyOf(id, country, entity string, days ...int) news.Story {
	s := news.Story{ID: id, Told: onDay(days[0]), About: news.Words{{Text: country, Weight: 3}, {Text: "zz", Weight: 0.5}}, Countries: []string{"zz", country}}
	for _, n := range days {
		s.Notified = append(s.Notified, news.Notification{At: onDay(n)})
	}
	if entity != "" {
		s.Entities = []string{"passer", entity}
		s.Gists = []news.Gist{{Names: []string{"@" + entity, "@passer"}}, {Names: []string{"@" + entity}}, {}, {}}
	}
	return s
}

func TestWarmBy(t *testing.T) {
	untold := storyOf("s-0", "ne", "", 3)
	untold.Told = time.Time{}
	w := story.WarmBy([]news.Story{
		untold,
		storyOf("s-1", "ne", "bazoum", 2, 5),
		storyOf("s-2", "ne", "", 5),
		storyOf("s-3", "ga", "", 9),
	})
	for _, tt := range []struct {
		entity string
		before time.Time
		want   string
		day    int
	}{
		{"country:ne", onDay(2), "", 0}, // not before it
		{"country:ne", onDay(2).Add(1), "s-1", 2},
		{"country:ne", onDay(5), "s-1", 2},
		{"country:ne", onDay(30), "s-1", 5}, // of two that were told at once the first
		{"country:ga", onDay(30), "s-3", 9},
		{"country:zz", onDay(30), "", 0}, // named in passing
		{"bazoum", onDay(30), "s-1", 5},
		{"passer", onDay(30), "", 0},
		{"country:ml", onDay(30), "", 0},
	} {
		got, ok := w.LastTold(tt.entity, tt.before)
		if ok != (tt.want != "") || got.Story != tt.want || ok && !got.At.Equal(onDay(tt.day)) {
			t.Errorf("%s before %s: %+v, %t, want %s on the %dth", tt.entity, tt.before, got, ok, tt.want, tt.day)
		}
	}
}

// What a decider knows to be warm grows as it decides, is what others told when
// it is told of that, and is gone when what it decided was not stored. What was
// told longer ago than stories are remembered is forgotten.
func TestDeciderKnowsWarmth(t *testing.T) {
	var stories story.Stories
	policy := news.Policy{MaxAge: 24 * time.Hour, Routes: []news.Route{{To: []string{"console"}, Severity: news.Medium}}}
	decider := stories.At(policy, onDay(2))
	warm := decider.Warmth()
	knows := func(country string, before time.Time) bool {
		_, ok := warm.LastTold("country:"+country, before)
		return ok
	}
	r := news.Report{
		Item:     news.Item{ID: "a", Title: "Mutiny in Niamey", Published: onDay(2)},
		Matches:  []news.Match{{Rule: "mutiny", Severity: news.High, Spans: []news.Span{{End: 6, Term: "mutiny"}}}},
		Mentions: []news.Mention{{Entity: "country:ne", Name: "Niger", Country: "ne", Sense: news.Capital, Span: news.Span{Start: 10, End: 16}}},
	}
	if d := decider.Decide(r); d.Kind != news.New {
		t.Fatalf("the report is %s: %s", d.Kind, d.Reason)
	}
	if knows("ne", onDay(2)) || !knows("ne", onDay(3)) {
		t.Error("a country should be warm after its story was told, and not before")
	}
	decider.Sync(7, []news.Story{storyOf("s-9", "ga", "", 4)})
	if !knows("ga", onDay(5)) {
		t.Error("what another replica told is not warm")
	}
	later := stories.At(policy, onDay(2).Add(news.Window+48*time.Hour))
	later.Decide(news.Report{Item: news.Item{ID: "b", Title: "Rain", Published: onDay(2).Add(news.Window + 48*time.Hour)}})
	if knows("ne", onDay(3)) || !knows("ga", onDay(5)) {
		t.Error("what was told before the window should be forgotten, and nothing else")
	}
	decider.Reset()
	if knows("ga", onDay(5)) {
		t.Error("what was not stored is warm")
	}
}
