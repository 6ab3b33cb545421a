package watcher_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

func TestSick(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		ago := func(days float64) time.Time { return now.Add(-time.Duration(days * 24 * float64(time.Hour))) }
		tests := []struct {
			name string
			feed news.FeedState
			want string // "" for no notice
		}{
			{"well", news.FeedState{LastRead: now, LastGood: now, LastNew: now, Items: 3}, ""},
			{"new", news.FeedState{}, ""},
			{"failing for an hour", news.FeedState{LastRead: now, Failures: 9, LastGood: ago(0.04), Problem: "HTTP 500: x"}, ""},
			{"failing for two days", news.FeedState{LastRead: now, Failures: 9, LastGood: ago(2), Problem: "HTTP 500: x"}, "is dead: it has not been read since"},
			{"gone", news.FeedState{LastRead: now, Failures: 1, LastGood: ago(0.1), Problem: "HTTP 410: the feed is gone", Signs: news.Signs{Fails: news.FeedDead}}, "there will be no such feed again (HTTP 410)"},
			{"moved for a day", news.FeedState{LastRead: now, LastGood: now, LastNew: now, Items: 3, Moved: news.Move{To: "https://new.example/", Since: ago(1), Last: now, Seen: 3}}, `in place of "https://example.org/", write url: "https://new.example/"`},
			{"moved, told twice", news.FeedState{LastRead: now, LastGood: now, LastNew: now, Items: 3, Moved: news.Move{To: "https://new.example/", Since: ago(2), Last: now, Seen: 2}}, ""},
			{"moved for an hour", news.FeedState{LastRead: now, LastGood: now, LastNew: now, Items: 3, Moved: news.Move{To: "https://new.example/", Since: ago(0.04), Last: now, Seen: 99}}, ""},
			{"failing from the start", news.FeedState{LastRead: now, Failures: 3, Problem: "HTTP 404: x"}, "is dead: it could never be read: HTTP 404: x."},
			{"silent as usual", news.FeedState{LastRead: now, LastGood: now, LastNew: ago(2), Items: 3, Signs: news.Signs{Silence: news.Silence{Since: ago(2), Late: ago(-1)}}}, ""},
			{"silent for too long", news.FeedState{LastRead: now, LastGood: now, LastNew: ago(2), Items: 3, Signs: news.Signs{Silence: news.Silence{Since: ago(2), Late: ago(1)}}}, "is late: nothing new since"},
			{"turned over once", news.FeedState{LastRead: now, LastGood: now, LastNew: now, Items: 3, Signs: news.Signs{Gap: news.Gap{From: ago(0.1), At: now, Times: 1}}}, ""},
			{"turning over", news.FeedState{LastRead: now, LastGood: now, LastNew: now, Items: 3, Signs: news.Signs{Gap: news.Gap{From: ago(0.1), At: now, Times: 3}}}, "turns over between two readings again and again"},
			{"turned over long ago", news.FeedState{LastRead: now, LastGood: now, LastNew: now, Items: 3, Signs: news.Signs{Gap: news.Gap{From: ago(3), At: ago(2), Times: 3}}}, ""},
			{"silent for a week, of which nothing was learned", news.FeedState{LastRead: now, LastGood: now, LastNew: ago(8), Items: 3}, "is late: nothing new since"},
			{"blocked for a moment", news.FeedState{LastRead: now, Failures: 1, LastGood: now, Problem: "HTTP 403: x", Signs: news.Signs{Fails: news.FeedBlocked}}, ""},
		}
		for _, tt := range tests {
			w, _, store, _ := newWatcher(0, nil)
			tt.feed.Feed = news.Feed{URL: "https://user:secret@example.org/", Name: ""}
			store.feeds = map[string]*news.FeedState{"": &tt.feed}
			sick, err := w.Sick(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if tt.want == "" {
				if len(sick) != 0 {
					t.Errorf("%s: %+v, want nothing", tt.name, sick)
				}
				continue
			}
			if len(sick) != 1 || !strings.Contains(sick[0].Text, tt.want) || !strings.HasPrefix(sick[0].ID, "feed/") || strings.Contains(sick[0].Text+sick[0].ID, "secret") {
				t.Errorf("%s: %+v, want %q", tt.name, sick, tt.want)
			}
		}
	})
}

// When much is wrong at once, nobody needs to hear of each feed; without a
// network that is said at once.
func TestSickMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct {
			failing int // of 100
			problem string
			want    string
		}{
			{100, "there is no server called example.org; check the feed's address", "100 of 100 feeds cannot be reached: this network seems to be down."},
			{85, "example.org did not answer within 30s; it may be slow or not reachable from here", "85 of 100 feeds cannot be reached"},
			{79, "the name server gives no answer for example.org; it may pass", "79 feeds of example.org are dead: https://example.org/0, https://example.org/1, "},
			{100, "HTTP 500: x", "and 90 others. It has not been read since"},
			{11, "HTTP 500: x", "11 feeds of example.org are dead: https://example.org/0, "},
		} {
			w, _, store, _ := newWatcher(0, nil)
			store.feeds = map[string]*news.FeedState{}
			for i := range 100 {
				f := &news.FeedState{Feed: news.Feed{URL: fmt.Sprintf("https://example.org/%d", i)}, LastRead: time.Now(), LastGood: time.Now().Add(-25 * time.Hour), LastNew: time.Now()}
				if i < tt.failing {
					f.Failures, f.Problem = 1, tt.problem
				}
				store.feeds[f.URL] = f
			}
			sick, err := w.Sick(t.Context())
			if err != nil || len(sick) != 1 || !strings.Contains(sick[0].Text, tt.want) {
				t.Errorf("%d × %s: %+v, %v, want one that says %q", tt.failing, tt.problem, sick, err, tt.want)
			}
		}
	})
}
