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
