package pace_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/pace"
)

// A feed that turned over between two readings is read faster, within what the
// analyst and the publisher want, until it has not for a day.
func TestAfterGap(t *testing.T) {
	now := time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	const m = time.Minute
	for _, tt := range []struct {
		schedule string
		span     time.Duration // how far its items go back, 0 for no dates
		wish     time.Duration
		times    int // gaps before
		want     time.Duration
	}{
		{"@every 1h", 50 * m, 0, 0, 25 * m},
		{"@every 1h", 4 * m, 0, 0, 15 * m},
		{"@every 1h", 0, 0, 0, 30 * m},
		{"@every 1h", 50 * m, 0, 1, 15 * m},
		{"@every 1h", 50 * m, 40 * m, 0, 40 * m},
		{"@every 1h", 50 * m, 9 * time.Hour, 0, 60 * m},
		{"@every 2m", m, 0, 3, m},
		{"@every 10s", m, 0, 3, 10 * time.Second},
		{"auto 5m..2h", 60 * m, 0, 0, 30 * m},
		{"auto 5m..2h", 60 * m, 0, 9, 5 * m},
		{"0 18 * * *", 50 * m, 0, 0, 6 * time.Hour},
	} {
		f := news.FeedState{Feed: news.Feed{URL: "x", Schedule: tt.schedule}, Wish: tt.wish, LastGood: now.Add(-2 * time.Hour)}
		f.Signs.Gap = news.Gap{At: now.Add(-time.Hour), Times: tt.times}
		if tt.times == 0 {
			f.Signs.Gap = news.Gap{}
		}
		f.Recent = []time.Time{now.Add(-48 * time.Hour), now.Add(-24 * time.Hour)} // an adaptive schedule would wait long
		items := []news.Item{{Published: now.Add(-tt.span)}, {Published: now.Add(-tt.span / 2)}}
		if tt.span == 0 {
			items[1].Published = time.Time{}
		}
		got := pace.AfterGap(f, items, now).Sub(now)
		if spread := got - tt.want; spread < 0 || spread > m {
			t.Errorf("%s, items of %v, wish %v, %d gaps: read again after %v, want %v", tt.schedule, tt.span, tt.wish, tt.times, got, tt.want)
		}
		f.Signs.Gap.At = now.Add(-25 * time.Hour)
		calm := pace.Next(f, now, pace.Failure{}).Sub(now)
		f.Signs.Gap = news.Gap{}
		if usual := pace.Next(f, now, pace.Failure{}).Sub(now); calm != usual {
			t.Errorf("%s: a day after a gap it is read after %v, want %v", tt.schedule, calm, usual)
		}
	}
}
