package watchdog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/watchdog"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// is returns a feed in a state at now.
func is(state news.State, url string, now time.Time) news.FeedState {
	f := news.FeedState{Feed: news.Feed{URL: url, Name: "Feed " + url[strings.LastIndex(url, "/")+1:]}, LastRead: now, LastGood: now, Items: 3}
	f.Signs.Silence = news.Silence{Since: now, Quiet: now.Add(time.Hour), Late: now.Add(3 * time.Hour)}
	switch state {
	case news.FeedLate:
		f.Signs.Silence = news.Silence{Since: noon.Add(-9 * time.Hour), Known: true, Usual: noon.Add(-450 * time.Minute), Late: noon.Add(-4 * time.Hour)}
	case news.FeedQuiet:
		f.Signs.Silence = news.Silence{Since: now.Add(-2 * time.Hour), Quiet: now.Add(-time.Hour), Late: now.Add(time.Hour)}
	case news.FeedBlocked:
		f.Failures, f.Problem, f.LastGood, f.Signs.Fails = 1, "HTTP 403: the server refuses us", noon.Add(-time.Hour), state
	case news.FeedDead:
		f.Failures, f.Problem, f.LastGood = 9, "HTTP 500: a fault", noon.Add(-25*time.Hour)
	case "never":
		f.Problem, f.Signs.Ails = "it never had dates", news.FeedUndated
	case news.FeedForeign, news.FeedUndated, news.FeedPartial, news.FeedEmpty:
		f.Problem, f.Signs.Ails, f.Signs.Content.WasDated = "it is "+string(state), state, true
	}
	return f
}

// A desk is what operators hear of feeds.
type desk struct {
	told map[string]news.Told
	open []watchdog.Notice
	said []string
}

// look looks at feeds at now, and says what operators hear.
func (d *desk) look(feeds []news.FeedState, now time.Time) {
	for i, f := range feeds {
		feeds[i].Told = d.told[f.URL]
	}
	for url, t := range watchdog.Judge(feeds, now) {
		d.told[url] = t
	}
	for i, f := range feeds {
		feeds[i].Told = d.told[f.URL]
	}
	open := watchdog.Notices(feeds, func(f news.Feed) string { return f.Name })
	for _, n := range open {
		if !slices.Contains(d.open, n) {
			d.said = append(d.said, n.Text)
		}
	}
	for _, was := range d.open {
		if !slices.ContainsFunc(open, func(n watchdog.Notice) bool { return n.ID == was.ID }) {
			d.said = append(d.said, "mended: "+was.Text)
		}
	}
	d.open = open
}

// A feed is told once when something is wrong with it and once when it is not any
// more, but not what passes by itself.
func TestToldOnce(t *testing.T) {
	const url = "https://a.example/1"
	for _, tt := range []struct {
		name   string
		states string // one each half hour
		want   []string
	}{
		{"fresh and quiet", "fresh quiet fresh quiet", nil},
		{"late", "fresh late late late fresh fresh", []string{
			"The feed Feed 1 is late: nothing new since 22 August 03:00 UTC, where something usually comes within 1.5 h; look whether it has moved.", "mended: The feed Feed 1 is late",
		}},
		{"blocked for half an hour", "fresh blocked fresh blocked fresh fresh fresh fresh fresh fresh", nil},
		{"blocked for long", "fresh blocked blocked blocked blocked fresh blocked fresh fresh fresh fresh fresh fresh", []string{
			"The feed Feed 1 is blocked: it has not been read since 22 August 2026, 11:00 UTC: HTTP 403: the server refuses us.", "mended: ",
		}},
		{"late, and then dead", "fresh late dead dead fresh", []string{"is late", "The feed Feed 1 is dead: it has not been read since 21 August 2026, 11:00 UTC: HTTP 500: a fault.", "mended: The feed Feed 1 is dead"}},
		{"undated for an hour", "undated undated fresh fresh fresh", nil},
		{"never dated", "never never never never never never never never never never never never never never never", nil},
		{"undated of late", "fresh undated undated undated undated undated undated undated undated undated undated undated undated undated undated", []string{"is undated: it is undated."}},
		{"foreign", "foreign foreign foreign fresh fresh fresh fresh fresh", []string{"is foreign: it is foreign", "mended: "}},
		{"empty", "fresh empty fresh empty empty empty", []string{"is empty"}},
		{"late a second time", "fresh late fresh fresh late fresh", []string{"is late", "mended", "is late", "mended"}},
	} {
		d, now := desk{told: map[string]news.Told{}}, noon
		for state := range strings.FieldsSeq(tt.states) {
			d.look([]news.FeedState{is(news.State(state), url, now)}, now)
			now = now.Add(30 * time.Minute)
		}
		check(t, tt.name, d.said, tt.want)
		for _, known := range d.told {
			if over := len(d.open) == 0; over != (known.Trouble == "") {
				t.Errorf("%s: in the end it is kept that %+v", tt.name, known)
			}
		}
	}
}

func check(t *testing.T, name string, said, want []string) {
	t.Helper()
	if len(said) != len(want) {
		t.Errorf("%s: told %q, want %d notices", name, said, len(want))
		return
	}
	for i, text := range said {
		if !strings.Contains(text, want[i]) {
			t.Errorf("%s: told %q, want %q", name, text, want[i])
		}
	}
}

// Feeds that turn at one moment, or of one host, are told together, and are mended
// when all of them are.
func TestToldTogether(t *testing.T) {
	d := desk{told: map[string]news.Told{}}
	at := func(minutes int, states ...news.State) {
		now := noon.Add(time.Duration(minutes) * time.Minute)
		var feeds []news.FeedState
		for i, s := range states {
			feeds = append(feeds, is(s, fmt.Sprintf("https://%s.example/%d", []string{"a", "a", "a", "b"}[i%4], i), now))
		}
		d.look(feeds, now)
	}
	fresh, late, blocked, dead := news.FeedFresh, news.FeedLate, news.FeedBlocked, news.FeedDead
	at(0, fresh, fresh, fresh, fresh)
	at(5, late, late, fresh, dead)
	at(10, fresh, late, fresh, dead)
	at(15, late, late, fresh, fresh) // one is late again, which is no news
	at(20, fresh, fresh, fresh, fresh)
	check(t, "at one moment", d.said, []string{
		"One feed is dead: Feed 3 (it has not been read since 21 August 2026, 11:00 UTC: HTTP 500: a fault). 2 feeds of a.example are late: Feed 0 and Feed 1. Nothing new since 22 August 03:00 UTC, where", "mended: One feed is dead",
	})

	d = desk{told: map[string]news.Told{}}
	at(0, blocked, fresh, fresh, fresh)
	at(30, blocked, blocked, fresh, fresh)
	at(60, blocked, blocked, blocked, blocked)
	at(90, blocked, blocked, blocked, blocked)
	check(t, "of one host", d.said, []string{"3 feeds of a.example are blocked: Feed 0, Feed 1 and Feed 2. It has not been read since 22 August 2026, 11:00 UTC: HTTP 403"})
	at(120, blocked, blocked, blocked, blocked)
	check(t, "of another host", d.said[1:], []string{"The feed Feed 3 is blocked"})

	d = desk{told: map[string]news.Told{}}
	at(0, slices.Repeat([]news.State{late}, 60)...)
	check(t, "many", d.said, []string{"60 feeds are late: Feed 0, Feed 1, Feed 10, Feed 11, Feed 12, Feed 13, Feed 14, Feed 15, Feed 16, Feed 17 and 50 others. Nothing new"})
}

// What a feed usually carries tells when it carries less.
func TestContent(t *testing.T) {
	document := func(n, length int, dated bool) (all []news.Item) {
		for range n {
			it := news.Item{Summary: strings.Repeat("x", length)}
			if dated {
				it.Published = noon
			}
			all = append(all, it)
		}
		return all
	}
	for _, tt := range []struct {
		name  string
		usual func(hour int) []news.Item // for three weeks, each hour
		now   []news.Item                // then
		want  news.State
	}{
		{"as usual", func(int) []news.Item { return document(30, 900, true) }, document(28, 700, true), ""},
		{"fewer items", func(int) []news.Item { return document(30, 900, true) }, document(9, 900, true), news.FeedPartial},
		{"fewer, as each night", func(h int) []news.Item { return document(2+h%24, 900, true) }, document(2, 900, true), ""},
		{"cut texts", func(int) []news.Item { return document(30, 900, true) }, document(30, 90, true), news.FeedPartial},
		{"no texts ever", func(int) []news.Item { return document(30, 0, true) }, document(30, 0, true), ""},
		{"no dates any more", func(int) []news.Item { return document(30, 900, true) }, document(30, 900, false), news.FeedUndated},
		{"empty", func(int) []news.Item { return document(30, 900, true) }, nil, news.FeedEmpty},
		{"empty now and then", func(h int) []news.Item { return document((h+1)%3, 900, true) }, nil, ""},
	} {
		var before, c news.Content
		now := noon
		for h := range 21 * 24 {
			now = now.Add(time.Hour)
			before, c = c, watchdog.Measure(c, len(tt.usual(h)), tt.usual(h), now)
			if got, says := watchdog.Ails(before, c, len(tt.usual(h)), 1); got != "" && h > 9*24 {
				t.Fatalf("%s: %s after %d hours: %s", tt.name, got, h, says)
			}
		}
		now = now.Add(time.Hour)
		after := watchdog.Measure(c, len(tt.now), tt.now, now)
		got, says := watchdog.Ails(c, after, len(tt.now), 1)
		if got != tt.want || (says == "") != (got == "") {
			t.Errorf("%s: %q (%s), want %q", tt.name, got, says, tt.want)
		}
		for range 60 * 24 { // two months later that is how it is
			now = now.Add(time.Hour)
			c, after = after, watchdog.Measure(after, len(tt.now), tt.now, now)
		}
		if got, says := watchdog.Ails(c, after, len(tt.now), 1); got == news.FeedPartial {
			t.Errorf("%s: two months later it is still %s: %s", tt.name, got, says)
		}
	}
	if got, _ := watchdog.Ails(news.Content{}, news.Content{}, 0, 0); got != news.FeedEmpty {
		t.Errorf("a feed that never carried anything is %q", got)
	}
}
