package pace_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/pace"
)

// A feed is read at the moments of its schedule, whenever something is
// published, and never before it is.
func TestReadingAt(t *testing.T) {
	from := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		schedule string
		within   time.Duration // of the publication
		readings int           // in an hour
	}{
		{"", 5 * time.Minute, 12},
		{"@every 15m", 15 * time.Minute, 4},
		{"@every 7m", 7 * time.Minute, 9},
		{"*/10 * * * *", 11 * time.Minute, 7},
		{"@hourly", 61 * time.Minute, 2},
	} {
		feed := news.Feed{URL: "https://a.example/feed", Schedule: tt.schedule}
		seen := map[time.Time]bool{}
		for at := from; at.Before(from.Add(time.Hour)); at = at.Add(7 * time.Second) {
			read := pace.ReadingAt(feed, at)
			if read.Before(at) || read.Sub(at) > tt.within {
				t.Errorf("%q: what is published at %v is read at %v", tt.schedule, at, read)
			}
			if again := pace.ReadingAt(feed, read); !again.Equal(read) && tt.schedule != "@hourly" && tt.schedule != "*/10 * * * *" {
				t.Errorf("%q: the feed is read at %v, and what is published then at %v", tt.schedule, read, again)
			}
			seen[read] = true
		}
		if n := len(seen); n > tt.readings+1 || n < tt.readings-1 {
			t.Errorf("%q: %d readings within an hour, want about %d", tt.schedule, n, tt.readings)
		}
	}
}

// A feed that finds its own pace is replayed as if it had found the middle.
func TestReadingAtOfAuto(t *testing.T) {
	f := news.Feed{URL: "https://example.org/", Schedule: "auto 4m..1h40m"}
	first := pace.ReadingAt(f, noon)
	if second := pace.ReadingAt(f, first.Add(time.Second)); second.Sub(first) != 20*time.Minute {
		t.Errorf("read at %v and then at %v, want 20 minutes later", first, second)
	}
}
