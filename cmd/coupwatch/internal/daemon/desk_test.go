package daemon

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/story"
)

// deskRules are those of a small desk.
const deskRules = `
feeds:
  - {url: "https://wire.example/rss", name: Wire, schedule: "@every 5m"}
  - {url: "https://courier.example/rss", name: Courier, schedule: "@every 5m"}
entities: [{id: voskan, kind: person, name: Andrei Voskan, groups: [officers]}]
rules:
  - {id: mutiny, title: Mutiny, severity: high, match: mutin*}
  - {id: both, title: Palace, severity: high, match: soldiers NEAR/8 palace, unless: {when: film, near: 8}}
routes: [{to: [slack, email], severity: medium}]
operators: [slack]
digest: {at: "07:00", timezone: Europe/Kyiv, to: [email]}
`

// A desk is all that run puts together, on a database of its own, with ways to
// people that keep what they get.
type desk struct {
	use *InUse
	db  *store.DB
	ops *Operators

	slack, console *way
	logged         *syncBuffer
	rules          string // the file
}

// newDesk returns the small desk. Operators hear at once of a channel in trouble.
func newDesk(t *testing.T) *desk {
	t.Helper()
	return newDeskOf(t, deskRules)
}

// newDeskOf returns a desk with those rules.
func newDeskOf(t *testing.T, rules string) *desk {
	t.Helper()
	d := &desk{slack: &way{}, console: &way{}, logged: &syncBuffer{}, rules: filepath.Join(t.TempDir(), "rules.yaml")}
	d.write(t, rules)
	log := slog.New(slog.NewTextHandler(d.logged, nil))
	file, err := matcher.Open(d.rules, log)
	if err != nil {
		t.Fatal(err)
	}
	d.db, err = store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.db.Close() })
	d.use = &InUse{File: file, MailTo: []string{"a@desk.example", "b@desk.example"}, Channels: notify.Channels{Slack: d.slack, Console: d.console}}
	d.ops = NewOperators(log, d.use, d.db, 0)
	return d
}

func (d *desk) write(t *testing.T, rules string) {
	t.Helper()
	if err := os.WriteFile(d.rules, []byte(rules), 0o600); err != nil {
		t.Fatal(err)
	}
}

// ingest records items of a feed as read at a moment, by the rules in use.
func (d *desk) ingest(t *testing.T, feed string, at time.Time, items ...news.Item) {
	t.Helper()
	rules := d.use.File.Current()
	var reports []news.Report
	for i := range items {
		items[i].ID, items[i].Feed, items[i].GUID = news.ItemID(feed, items[i].Link), feed, items[i].Link
		items[i].Published, items[i].Fetched = at, at
		if r, ok := rules.Match(items[i]); ok || r.Almost != nil {
			reports = append(reports, r)
		}
	}
	if err := d.db.SetFeeds(t.Context(), rules.Feeds()); err != nil {
		t.Fatal(err)
	}
	reading := news.Reading{Feed: news.Feed{URL: feed}, At: at, Items: items, NextAt: at.Add(time.Hour)}
	if _, err := d.db.Ingest(t.Context(), reading, reports, new(story.Stories).At(d.use.Policy(), at)); err != nil {
		t.Fatal(err)
	}
}

// owed returns the texts of the notices that are owed, each after its channel.
func (d *desk) owed(t *testing.T) []string {
	t.Helper()
	var all []string
	alerts, err := d.db.Outbox(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range slices.Backward(alerts) {
		if a.Kind == news.Notice {
			all = append(all, a.Channel+": "+a.Notice)
		}
	}
	return all
}

// send sends all that is owed.
func (d *desk) send(t *testing.T) {
	t.Helper()
	alerts, err := d.db.Outbox(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range alerts {
		if err := d.db.Sent(t.Context(), a.ID, "", time.Now()); err != nil {
			t.Fatal(err)
		}
	}
}

// A way to people keeps the alerts that it gets, fails, and finds whatever it is
// told to find.
type way struct {
	mu    sync.Mutex
	got   []news.Alert
	fails error
	finds []notify.Finding
	looks int
}

func (w *way) Notify(_ context.Context, a news.Alert) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.got = append(w.got, a)
	return "receipt", w.fails
}

func (w *way) Takes(news.Kind) bool { return true }

func (w *way) Check(context.Context, string) []notify.Finding {
	w.looks++
	return w.finds
}

// A syncBuffer is a bytes.Buffer that several goroutines may write to.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

// says reports whether the log has a line with all of the parts.
func (s *syncBuffer) says(parts ...string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for line := range strings.Lines(s.b.String()) {
		if !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(line, p) }) {
			return true
		}
	}
	return false
}

// same fails unless got is want.
func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}
