package news_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

func TestState(t *testing.T) {
	now := time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	ago := func(hours float64) time.Time { return now.Add(-time.Duration(hours * float64(time.Hour))) }
	well := news.FeedState{LastRead: now, LastGood: now, LastNew: ago(1), Items: 9}
	well.Signs.Silence = news.Silence{Since: ago(1), Known: true, Rate: 24, Usual: ago(0.5), Quiet: ago(-1), Late: ago(-5)}
	for _, tt := range []struct {
		name string
		edit func(*news.FeedState)
		want news.State
		why  string
	}{
		{"well", func(*news.FeedState) {}, news.FeedFresh, ""},
		{"never read", func(f *news.FeedState) { *f = news.FeedState{} }, news.FeedNew, ""},
		{"failed once", func(f *news.FeedState) { f.Failures, f.Problem, f.LastGood = 1, "HTTP 500", ago(1) }, news.FeedFresh, "HTTP 500"},
		{"fails for a day", func(f *news.FeedState) { f.Failures, f.Problem, f.LastGood = 9, "HTTP 500", ago(25) }, news.FeedDead, "HTTP 500"},
		{"failed twice from the start", func(f *news.FeedState) { *f = news.FeedState{LastRead: now, Failures: 2, Problem: "HTTP 404"} }, news.FeedNew, "HTTP 404"},
		{"failed three times from the start", func(f *news.FeedState) { *f = news.FeedState{LastRead: now, Failures: 3, Problem: "HTTP 404"} }, news.FeedDead, "HTTP 404"},
		{"refused", func(f *news.FeedState) { f.Failures, f.Problem, f.Signs.Fails = 1, "HTTP 403", news.FeedBlocked }, news.FeedBlocked, "HTTP 403"},
		{"was refused", func(f *news.FeedState) { f.Signs.Fails = news.FeedBlocked }, news.FeedFresh, ""},
		{"silent", func(f *news.FeedState) { f.Signs.Silence.Quiet = ago(0.5) }, news.FeedQuiet, ""},
		{"silent for too long", func(f *news.FeedState) { f.Signs.Silence.Late = ago(0.1) }, news.FeedLate, "nothing new since 22 August 11:00 UTC, where something usually comes within 30 min"},
		{"silent for too long, and cut", func(f *news.FeedState) {
			f.Signs.Silence.Late, f.Signs.Ails, f.Problem = ago(0.1), news.FeedPartial, "cut"
		}, news.FeedLate, "nothing new since 22 August 11:00 UTC, where something usually comes within 30 min"},
		{"silent since it cannot be read", func(f *news.FeedState) {
			f.Signs.Silence.Late, f.LastGood, f.Failures, f.Problem = ago(0.1), ago(0.5), 2, "HTTP 500"
		}, news.FeedFresh, "HTTP 500"},
		{"silent before anything was learned", func(f *news.FeedState) { f.Signs, f.LastNew = news.Signs{}, ago(8*24) }, news.FeedLate, "nothing new since 14 August 12:00 UTC"},
		{"empty and silent", func(f *news.FeedState) {
			f.Signs.Silence.Late, f.Signs.Ails, f.Problem = ago(0.1), news.FeedEmpty, "empty"
		}, news.FeedEmpty, "empty"},
		{"moved", func(f *news.FeedState) {
			f.Moved = news.Move{To: "https://new.example/", Since: ago(30), Last: now, Seen: 9}
		}, news.FeedMoved, "it has moved; write into rules.yaml: url: https://new.example/"},
		{"with a gap", func(f *news.FeedState) { f.Signs.Gap = news.Gap{From: ago(3), At: ago(2), Times: 1} }, news.FeedFresh, "possible gap: nothing that it carried at 22 August 09:00 stood in it any more at 10:00 UTC"},
		{"with a gap of long ago", func(f *news.FeedState) { f.Signs.Gap = news.Gap{From: ago(33), At: ago(32), Times: 1} }, news.FeedFresh, ""},
	} {
		f := well
		tt.edit(&f)
		if got := f.State(now); got != tt.want || f.Why(now) != tt.why {
			t.Errorf("%s: %s, %q, want %s, %q", tt.name, got, f.Why(now), tt.want, tt.why)
		}
	}
}

func TestCountStates(t *testing.T) {
	counts := news.StateCounts{news.FeedLate: 3, news.FeedFresh: 104, news.FeedDead: 1, news.FeedMoved: 2}
	if got := counts.String(); got != "104 fresh, 2 moved, 1 dead, 3 late" {
		t.Errorf("got %q", got)
	}
	if got := news.CountStates(nil, time.Now()).String(); got != "none" {
		t.Errorf("of no feeds %q", got)
	}
	for i, s := range news.States {
		if s.Grave() != i {
			t.Errorf("%s is %d", s, s.Grave())
		}
	}
}

func TestRoughly(t *testing.T) {
	for d, want := range map[time.Duration]string{
		20 * time.Second: "1 min", 40 * time.Minute: "40 min", 58 * time.Minute: "1 h", 95 * time.Minute: "1.5 h", 9 * time.Hour: "9 h",
		30 * time.Hour: "30 h", 60 * time.Hour: "2.5 days", 15 * 24 * time.Hour: "15 days",
	} {
		if got := news.Roughly(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}
