package outbox_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/outbox"
	"github.com/coupwatch/coupwatch/store/storetest"
)

// alert returns an alert due some minutes after noon.
func alert(channel, id string, minutes int) news.Alert {
	return news.Alert{
		ID: id, Channel: channel, Kind: news.Daily, Reason: "because",
		Item:    news.Item{Title: "Coup"},
		Matches: []news.Match{{Rule: "coup", Severity: news.Critical}},
		Quote:   news.Quote{Text: "a coup", Marks: []news.Mark{{Start: 2, End: 6}}},
		Digest:  &news.Digest{Date: "2026-08-22", Items: 7, Sick: []news.FeedState{{Problem: "timeout"}}},
		DueAt:   noon.Add(time.Duration(minutes) * time.Minute),
	}
}

func queue(t *testing.T, db *store.DB, alerts ...news.Alert) {
	t.Helper()
	for _, a := range alerts {
		if queued, err := db.Queue(t.Context(), a); err != nil || !queued {
			t.Fatalf("queue %s: %v, %v, want true", a.ID, queued, err)
		}
	}
}

func ids(alerts []news.Alert) []string {
	all := []string{}
	for _, a := range alerts {
		all = append(all, a.ID)
	}
	return all
}

func TestAlertsKeepWhatTheySay(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db, want := storetest.Open(t, location), alert("slack", "digest", 0)
		queue(t, db, want)
		want.Attempts = 1
		if diff := cmp.Diff([]news.Alert{want}, due(t, db, noon, "slack"), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("alert (-queued +due):\n%s", diff)
		}
	})
}

func TestAnAlertIsOwedOnce(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db, again := storetest.Open(t, location), alert("slack", "a", 0)
		queue(t, db, again)
		for _, then := range []func(){
			func() {},
			func() { due(t, db, noon, "slack") },
			func() { db.Sent(t.Context(), "a", "", noon) },
		} {
			then()
			if queued, err := db.Queue(t.Context(), again); err != nil || queued {
				t.Errorf("queue again: %v, %v, want false", queued, err)
			}
		}
		if got := due(t, db, noon.Add(time.Hour), "slack"); len(got) != 0 {
			t.Errorf("due %v, want none", ids(got))
		}
	})
}

// Each channel has its own queue, so that one that waits holds up no other.
func TestDueByChannel(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		queue(t, db, alert("slack", "c", 3), alert("slack", "b", 2), alert("slack", "a", 1), alert("slack", "a2", 1),
			alert("email:desk@example.org", "d", 2), alert("console", "e", 9))
		now := noon.Add(3 * time.Minute)
		channels, err := db.ChannelsDue(t.Context(), now)
		if want := []string{"email:desk@example.org", "slack"}; err != nil || !cmp.Equal(channels, want) {
			t.Errorf("channels %q, %v, want %q", channels, err, want)
		}
		got, err := db.ClaimDue(t.Context(), now, "slack", 3)
		if want := []string{"a", "a2", "b"}; err != nil || !cmp.Equal(ids(got), want) {
			t.Errorf("due %q, %v, want the oldest %q", ids(got), err, want)
		}
		if got, want := ids(due(t, db, now, "slack")), []string{"c"}; !cmp.Equal(got, want) {
			t.Errorf("then due %q, want %q", got, want)
		}
		if got := ids(due(t, db, now, "console")); len(got) != 0 {
			t.Errorf("due %q, want none yet", got)
		}
	})
}

func TestLifeOfAnAlert(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
		expect := func(minutes int, want ...string) {
			t.Helper()
			got := []string{}
			for _, a := range due(t, db, at(minutes), "slack") {
				got = append(got, fmt.Sprint(a.ID, " ", a.Attempts, a.Problem))
			}
			if !slices.Equal(got, want) {
				t.Errorf("due after %d minutes: %q, want %q", minutes, got, want)
			}
		}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		queue(t, db, alert("slack", "a", 0))
		expect(0, "a 1")
		expect(1)        // it is being sent
		expect(2, "a 2") // who sent it has died
		must(db.Retry(t.Context(), "a", at(10), "busy"))
		must(db.Retry(t.Context(), "a", at(10), "busy"))
		expect(9)
		expect(10, "a 3busy")
		must(db.Sent(t.Context(), "a", "", at(10)))
		must(db.Retry(t.Context(), "a", at(11), "late"))
		must(db.Failed(t.Context(), "a", "late", at(11)))
		expect(60)

		queue(t, db, alert("slack", "b", 20), alert("slack", "c", 20))
		expect(20, "b 1", "c 1")
		must(db.Failed(t.Context(), "b", "no such channel", at(21)))
		must(db.Retry(t.Context(), "b", at(22), "late"))
		must(db.Failed(t.Context(), "c", "timeout", at(21)))
		must(db.Sent(t.Context(), "c", "", at(23))) // it had gone out after all
		expect(60)
		must(db.Sent(t.Context(), "unknown", "", at(0)))
		queue(t, db, alert("slack", "d", 30))

		got, err := db.Outbox(t.Context(), 10)
		must(err)
		want := []outbox.Delivery{
			{Alert: news.Alert{ID: "d", DueAt: at(30)}, Owed: at(30)},
			{Alert: news.Alert{ID: "b", DueAt: at(22), Attempts: 1, Problem: "no such channel"}, Owed: at(20), Failed: at(21)},
			{Alert: news.Alert{ID: "c", DueAt: at(22), Attempts: 1}, Owed: at(20), Sent: at(23)},
			{Alert: news.Alert{ID: "a", DueAt: at(12), Attempts: 3}, Owed: at(0), Sent: at(10)},
		}
		said := cmpopts.IgnoreFields(news.Alert{}, "Channel", "Kind", "Reason", "Item", "Matches", "Quote", "Digest")
		if diff := cmp.Diff(want, got, said); diff != "" {
			t.Errorf("outbox (-want +got):\n%s", diff)
		}
		if got, err = db.Outbox(t.Context(), 3); err != nil || len(got) != 3 || got[2].ID != "c" {
			t.Errorf("first three of the outbox: %+v, %v", got, err)
		}
	})
}

func TestReplicasSendEachAlertOnce(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		const alerts = 60
		db := storetest.Open(t, location)
		for i := range alerts {
			queue(t, db, alert("slack", fmt.Sprint(i), 0))
		}
		var mu sync.Mutex
		sent := map[string]int{}
		var group sync.WaitGroup
		for range 4 {
			db := storetest.Open(t, location)
			group.Go(func() {
				for {
					mine, err := db.ClaimDue(t.Context(), noon, "slack", 7)
					if err != nil {
						t.Error(err)
					}
					if len(mine) == 0 {
						return
					}
					mu.Lock()
					for _, a := range mine {
						sent[a.ID]++
					}
					mu.Unlock()
				}
			})
		}
		group.Wait()
		for id, n := range sent {
			if n != 1 {
				t.Errorf("alert %s was claimed %d times, want once", id, n)
			}
		}
		if len(sent) != alerts {
			t.Errorf("%d alerts were claimed, want %d", len(sent), alerts)
		}
	})
}

// An alert that was being sent when the daemon died is due again as soon as
// the next one owns the database; one that waits after a failure still waits.
func TestOwnFreesAlerts(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "t.db")
	db, err := store.Open(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	now := time.Now()
	for _, id := range []string{"cut off", "refused"} {
		if _, err := db.Queue(ctx, news.Alert{ID: id, Channel: "slack", DueAt: now}); err != nil {
			t.Fatal(err)
		}
	}
	if due, err := db.ClaimDue(ctx, now, "slack", 10); err != nil || len(due) != 2 {
		t.Fatalf("%d alerts due (%v), want 2", len(due), err)
	}
	if err := db.Retry(ctx, "refused", now.Add(time.Hour), "no"); err != nil {
		t.Fatal(err)
	}
	release, err := db.Own(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	due, err := db.ClaimDue(ctx, now, "slack", 10)
	if err != nil || len(due) != 1 || due[0].ID != "cut off" {
		t.Errorf("due after a crash: %v (%v), want the one that was cut off", due, err)
	}
}
