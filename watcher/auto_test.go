package watcher_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// feedUntil returns a feed that was silent for days but for two items, published
// something every four minutes from the third hour to the fifth, and is silent
// again, as it stands at a moment.
func feedUntil(began, now time.Time) string {
	times := []time.Time{began.Add(-50 * time.Hour), began.Add(-30 * time.Hour)}
	for at := began.Add(3 * time.Hour); at.Before(began.Add(5 * time.Hour)); at = at.Add(4 * time.Minute) {
		times = append(times, at)
	}
	var items strings.Builder
	for i, at := range times {
		if !at.After(now) {
			fmt.Fprintf(&items, `<item><guid>%d</guid><title>rain %d</title><pubDate>%s</pubDate></item>`, i, i, at.Format(time.RFC1123Z))
		}
	}
	return rss(items.String())
}

// TestAutoFindsThePace: a quiet feed is read seldom, one that begins to publish
// often, and one that falls silent less and less again; whichever of two daemons
// on one database reads it, and be they new.
func TestAutoFindsThePace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file := "sqlite:" + filepath.Join(t.TempDir(), "x.db")
		began := time.Now().UTC()
		rule := &rules{feeds: []news.Feed{{URL: "https://example.org/feed", Name: "Quiet", Schedule: "auto 2m..1h"}}}
		var read []time.Duration
		fetcher := fetcher(func(_ context.Context, f news.FeedState) (fetch.Answer, error) {
			now := time.Now().UTC()
			read = append(read, now.Sub(began))
			return fetch.Answer{Data: []byte(feedUntil(began, now)), Address: f.URL}, nil
		})
		for time.Since(began) < 9*time.Hour {
			db, err := store.Open(t.Context(), file)
			if err != nil {
				t.Fatal(err)
			}
			w := watcher.New(watcher.Options{
				Rules: func() watcher.Rules { return rule }, Store: db, Health: db, Fetch: fetcher,
				Decide: func(news.Policy, time.Time) news.Decider { return nil }, Log: slog.New(slog.DiscardHandler),
			})
			poll(t, w)
			w.Wait()
			feeds, err := db.Feeds(t.Context())
			if err != nil || len(feeds) != 1 || !feeds[0].NextAt.After(time.Now()) {
				t.Fatalf("got %+v, %v, want a feed that is read again", feeds, err)
			}
			db.Close()
			<-time.After(time.Until(feeds[0].NextAt))
		}
		readings := func(from, to time.Duration) (n int) {
			for _, at := range read {
				if at >= from && at < to {
					n++
				}
			}
			return n
		}
		for _, tt := range []struct {
			what        string
			from, to    time.Duration
			least, most int
		}{
			{"quiet", 0, 3 * time.Hour, 3, 4},
			{"busy", 4 * time.Hour, 5 * time.Hour, 24, 31},
			{"just silent", 5 * time.Hour, 6 * time.Hour, 14, 22},
			{"silent", 7 * time.Hour, 9 * time.Hour, 4, 8},
		} {
			if n := readings(tt.from, tt.to); n < tt.least || n > tt.most {
				t.Errorf("%s: read %d times from %v to %v, want %d to %d: %v", tt.what, n, tt.from, tt.to, tt.least, tt.most, read)
			}
		}
	})
}

// Who publishes says how often it makes sense to ask, in the document or beside
// it, and is heard within the bounds of rules.yaml; a schedule without bounds is
// the law.
func TestAutoHearsThePublisher(t *testing.T) {
	const sy = `<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>x</title>%s%s</channel></rss>`
	item := `<item><guid>1</guid><title>rain</title></item>` // has no date, and so is of now
	for _, tt := range []struct {
		name, schedule, says string
		lifetime             time.Duration
		want                 time.Duration
	}{
		{"nothing", "auto 2m..1h", "", 0, 2 * time.Minute},
		{"ttl", "auto 2m..1h", "<ttl>15</ttl>", 0, 15 * time.Minute},
		{"sy", "auto 2m..1h", "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 0, 15 * time.Minute},
		{"sy, of a day", "auto 2m..1h", "<sy:updatePeriod>daily</sy:updatePeriod>", 0, time.Hour},
		{"sy, as WordPress always has it", "auto 2m..1h", "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>", 0, 2 * time.Minute},
		{"headers", "auto 2m..1h", "<ttl>5</ttl>", 10 * time.Minute, 10 * time.Minute},
		{"nonsense", "auto 2m..1h", "<ttl>-5</ttl><sy:updatePeriod>always</sy:updatePeriod>", 0, 2 * time.Minute},
		{"for ever", "auto 2m..1h", "<ttl>1e300</ttl>", 0, time.Hour},
		{"the law", "@every 5m", "<ttl>60</ttl>", time.Hour, 5 * time.Minute},
	} {
		synctest.Test(t, func(t *testing.T) {
			w, r, store, _ := newWatcher(1, func(_ context.Context, f news.FeedState) (fetch.Answer, error) {
				return fetch.Answer{Data: fmt.Appendf(nil, sy, tt.says, item), Address: f.URL, Lifetime: tt.lifetime}, nil
			})
			r.feeds[0].Schedule = tt.schedule
			poll(t, w)
			w.Wait()
			if got := time.Until(store.readings[0].NextAt); got < tt.want || got > tt.want+30*time.Second {
				t.Errorf("%s: read again after %v, want %v", tt.name, got, tt.want)
			}
		})
	}
}
