package watcher_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// Without a network there is one line in the log and not one for each feed, and
// one when it is back; a few feeds that are out of reach while others are not
// are told one by one.
func TestNetworkDownIsOneLine(t *testing.T) {
	for _, tt := range []struct {
		name  string
		out   func(f news.FeedState) bool
		lines int // about feeds
		down  bool
	}{
		{"nothing can be reached", func(news.FeedState) bool { return true }, 0, true},
		{"a few cannot", func(f news.FeedState) bool { return strings.HasSuffix(f.URL, "/7") || strings.HasSuffix(f.URL, "/8") }, 2, false},
		{"most cannot, but some can", func(f news.FeedState) bool { return !strings.HasSuffix(f.URL, "9") }, 36, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			broken := true
			w, _, _, log := newWatcher(40, func(ctx context.Context, f news.FeedState) (fetch.Answer, error) {
				if broken && tt.out(f) {
					return fetch.Answer{}, &fetch.Trouble{Text: "there is no server called example.org; check the feed's address"}
				}
				return sends(rss(`<item><guid>1</guid><title>rain</title></item>`))(ctx, f)
			})
			for range 6 {
				poll(t, w)
				synctest.Wait()
				<-time.After(5 * time.Second)
			}
			w.Wait()
			lines, down := strings.Count(log.text.String(), `msg="feed has a problem"`), strings.Count(log.text.String(), "this network seems to be down")
			if lines != tt.lines || down != map[bool]int{true: 1}[tt.down] {
				t.Errorf("%s: %d lines about feeds, %d about the network:\n%s", tt.name, lines, down, log.text.String())
			}
			broken = false
			<-time.After(24 * time.Hour)
			poll(t, w)
			w.Wait()
			if back := strings.Contains(log.text.String(), "feeds can be reached again"); back != tt.down {
				t.Errorf("%s: that they can be reached again is told: %v", tt.name, back)
			}
		})
	}
}
