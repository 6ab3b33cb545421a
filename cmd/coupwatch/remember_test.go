package main

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// A memory is a story and what was decided about its reports, as a script
// writes it down.
type memory struct {
	Feed    news.Feed
	Story   news.Story
	Reports []struct {
		news.Item
		Matches []news.Match
		Kind    news.Kind
		Reason  string
		Update  string
		Status  news.Status
		Says    []news.Attribution
		Alerts  []news.Alert
		Sent    time.Time // of the alerts; zero if they are owed
	}
	Mutes []news.Mute
}

// remember FILE… stores memories in coupwatch.db.
func remember(ts *testscript.TestScript, _ bool, args []string) {
	db, err := store.Open(context.Background(), "sqlite:"+filepath.Join(ts.MkAbs("."), "coupwatch.db"))
	ts.Check(err)
	defer db.Close()
	for _, name := range args {
		var m memory
		ts.Check(json.Unmarshal([]byte(ts.ReadFile(name)), &m))
		ts.Check(m.store(context.Background(), db))
	}
}

func (m memory) store(ctx context.Context, db *store.DB) error {
	if err := db.SetFeeds(ctx, []news.Feed{m.Feed}); err != nil {
		return err
	}
	for _, r := range m.Reports {
		r.Feed = m.Feed.URL
		var made news.Decision
		if r.Kind != "" {
			made = news.Decision{Story: m.Story, Update: r.Update, Kind: r.Kind, Reason: r.Reason, Status: r.Status, Says: r.Says, Alerts: r.Alerts}
		}
		reading := news.Reading{Feed: m.Feed, At: r.Fetched, Items: []news.Item{r.Item}, NextAt: r.Fetched.Add(time.Hour)}
		if _, err := db.Ingest(ctx, reading, []news.Report{{Item: r.Item, Matches: r.Matches}}, decided{made}); err != nil {
			return err
		}
		for _, a := range r.Alerts {
			if r.Sent.IsZero() {
				continue
			}
			if err := db.Sent(ctx, a.ID, "receipt", r.Sent); err != nil {
				return err
			}
		}
	}
	for _, mute := range m.Mutes {
		if err := db.Mute(ctx, mute, time.Now()); err != nil {
			return err
		}
	}
	return nil
}

// A decided decider has decided already.
type decided struct{ made news.Decision }

func (decided) Version() int64                                    { return 0 }
func (decided) Sync(int64, []news.Story)                          {}
func (decided) Reset()                                            {}
func (decided) Warmth() news.Warmth                               { return nil }
func (d decided) Decide(news.Report, ...news.Story) news.Decision { return d.made }

// isJSON N checks that standard output is so many lines, each a JSON object.
func isJSON(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	lines := strings.Split(strings.TrimSuffix(ts.ReadFile("stdout"), "\n"), "\n")
	if len(lines) != want {
		ts.Fatalf("%d lines, want %d", len(lines), want)
	}
	for _, line := range lines {
		var object map[string]any
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			ts.Fatalf("%v in %s", err, line)
		}
	}
}
