package daemon

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/schedule"
	"github.com/coupwatch/coupwatch/watcher"
)

func wrong(problem string) []notify.Finding {
	return []notify.Finding{notify.Right("server", "it takes us"), notify.Wrong("token", errors.New(problem))}
}

// A round does each job once, says what matched and what it made of it, and
// fails if something stays owed.
func TestOneRound(t *testing.T) {
	d := newDesk(t)
	now := time.Now().UTC()
	ledger := &Ledger{DB: d.db}
	if err := d.db.SetFeeds(t.Context(), d.use.File.Current().Feeds()); err != nil {
		t.Fatal(err)
	}
	watch := watcher.New(watcher.Options{Rules: d.use.Rules, Store: ledger, Health: d.db, Decide: ledger.At, Log: d.ops.log})
	send := notify.NewSender(d.db, d.use.Channels, d.ops.log)
	read := func(items ...news.Item) func(context.Context) error {
		return func(ctx context.Context) error {
			for i := range items {
				items[i].ID, items[i].Feed, items[i].Published, items[i].Fetched = news.ItemID("f", items[i].Link), "https://wire.example/rss", now, now
			}
			_, err := watch.Ingest(ctx, news.Reading{Feed: news.Feed{URL: "https://wire.example/rss"}, At: now, Items: items, NextAt: now.Add(time.Hour)})
			return err
		}
	}
	var out bytes.Buffer
	jobs := []schedule.Job{
		{Name: "read", Do: read(news.Item{Link: "https://wire.example/1", Title: "Mutiny in Tolmin", Publisher: "Wire"}, news.Item{Link: "https://wire.example/2", Title: "Harvest is good"})},
		{Name: "send", Do: send.Flush},
	}
	if err := ledger.Once(t.Context(), &out, jobs, watch, send); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"SEVERITY  TOLD  RULE    PUBLISHER  TITLE", "high      new   mutiny  Wire       Mutiny in Tolmin", "1 feed read in ", "2 new items stored, 0 edited, 1 matched, 3 alerts owed\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("got\n%s\nwant it to say %q", out.String(), want)
		}
	}
	if len(d.slack.got) != 1 || len(d.console.got) != 2 {
		t.Errorf("%d alerts in Slack and %d printed, want one and one for each who gets mail", len(d.slack.got), len(d.console.got))
	}

	d.slack.fails = errors.New("no route to slack")
	jobs[0].Do = read(news.Item{Link: "https://wire.example/3", Title: "Mutineers of the Fourth Brigade in Ostrana take the armoury", Publisher: "Wire"})
	err := ledger.Once(t.Context(), &out, jobs, watch, send)
	if err == nil || !strings.Contains(err.Error(), "1 alert could not be sent and stay owed: no route to slack") {
		t.Errorf("got %v, want that an alert stays owed", err)
	}

	jobs[0].Do = func(context.Context) error { return errors.New("no disk") }
	if err := ledger.Once(t.Context(), &out, jobs, watch, send); err == nil || err.Error() != "read: no disk" {
		t.Errorf("got %v, want the job and its error", err)
	}
}

// What was lost and what was given up are errors of the round.
func TestUndone(t *testing.T) {
	d := newDesk(t)
	l := &Ledger{DB: d.db, lost: 2}
	l.GivenUp.Store(1)
	err := l.undone(t.Context(), time.Now())
	if err == nil || !strings.Contains(err.Error(), "2 feeds could not be recorded: see the log") || !strings.Contains(err.Error(), "1 alert given up") {
		t.Errorf("got %v", err)
	}
	if err := (&Ledger{DB: d.db}).undone(t.Context(), time.Now()); err != nil {
		t.Errorf("nothing was lost, and it says %v", err)
	}
}

// Near misses are those of the time asked for, the nearest first, each once.
func TestAlmost(t *testing.T) {
	d := newDesk(t)
	now := time.Now().UTC()
	d.ingest(t, "https://wire.example/rss", now.Add(-3*time.Hour), news.Item{Link: "https://wire.example/0", Title: "Old film: soldiers near the palace"})
	d.ingest(t, "https://wire.example/rss", now.Add(-time.Hour),
		news.Item{Link: "https://wire.example/1", Title: "Soldiers surround the palace in a film"},
		news.Item{Link: "https://wire.example/2", Title: "A day at the market"})
	d.ingest(t, "https://courier.example/rss", now.Add(-30*time.Minute), news.Item{Link: "https://courier.example/1", Title: "Soldiers surround the palace in a film"})
	found := Almost(d.use, d.db, d.ops.log)(t.Context(), now.Add(-2*time.Hour), now)
	if len(found) != 1 || found[0].Title != "Soldiers surround the palace in a film" {
		t.Errorf("got %+v, want the one title once", found)
	}
	if got := Almost(d.use, d.db, d.ops.log)(t.Context(), now.Add(-2*time.Hour), now.Add(-90*time.Minute)); len(got) != 0 {
		t.Errorf("got %+v of a time that ends before", got)
	}
}

// That nothing can be recorded is told at once, on the console and by what
// works, and that it is over.
func TestDatabaseTroubleIsToldWithoutIt(t *testing.T) {
	d := newDesk(t)
	now := time.Now().UTC()
	d.ops.database = &databaseTrouble{since: now.Add(-time.Hour), receipts: map[string]string{}}
	d.ops.sayAtOnce(t.Context(), "Nothing can be recorded", false, now)
	if len(d.console.got) != 1 || len(d.slack.got) != 1 || d.slack.got[0].Notice != "Nothing can be recorded" || d.slack.got[0].Thread != "" {
		t.Fatalf("console %+v, Slack %+v", d.console.got, d.slack.got)
	}
	d.slack.fails = errors.New("no route to slack")
	d.ops.tellOfDatabase(t.Context()) // it is well: the first look ends the trouble
	if len(d.slack.got) != 2 || !d.slack.got[1].Mended || d.slack.got[1].Thread != "receipt" || !strings.HasSuffix(d.slack.got[1].ID, "/mended") || !strings.Contains(d.slack.got[1].Notice, "(It lasted 60m.)") {
		t.Errorf("Slack got %+v, want the end below the beginning", d.slack.got[1:])
	}
	if !d.logged.says("operators not told of the database", "no route to slack") {
		t.Error("that Slack did not take it is not in the log")
	}
	d.ops.tellOfDatabase(t.Context())
	if len(d.console.got) != 2 {
		t.Errorf("it was told %d times on the console, want the beginning and the end", len(d.console.got))
	}
}
