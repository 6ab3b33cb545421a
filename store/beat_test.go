package store_test

import (
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

// holding returns two replicas of which the first has claimed a feed and an alert,
// and how many of both the second can claim at that time.
func holding(t *testing.T) (first, second *store.DB, free func(at time.Time) int) {
	t.Helper()
	return holdingAt(t, newPostgres(t))
}

func holdingAt(t *testing.T, location string) (first, second *store.DB, free func(at time.Time) int) {
	t.Helper()
	first, second = open(t, location), open(t, location)
	setFeeds(t, first, feed(1))
	queue(t, first, news.Alert{ID: "story/s-1/slack/new", Channel: "slack", Kind: news.New, DueAt: noon})
	if claimed, _, err := first.Claim(t.Context(), noon, 1); err != nil || len(claimed) != 1 {
		t.Fatalf("claimed %d feeds, %v, want 1", len(claimed), err)
	}
	if got := due(t, first, noon, "slack"); len(got) != 1 {
		t.Fatalf("claimed %d alerts, want 1", len(got))
	}
	return first, second, func(at time.Time) int {
		feeds, _, err := second.Claim(t.Context(), at, 1)
		if err != nil {
			t.Fatal(err)
		}
		alerts := due(t, second, at, "slack")
		for _, a := range alerts {
			if !a.OutcomeUnknown {
				t.Errorf("%s is not in doubt, though the dead one may have sent it", a.ID)
			}
		}
		return len(feeds) + len(alerts)
	}
}

func beat(t *testing.T, db *store.DB) {
	t.Helper()
	if _, err := db.Beat(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// pass makes so much time have passed, or jumped, on the clock of the server since the
// last beat.
func pass(t *testing.T, db *store.DB, by time.Duration) {
	t.Helper()
	if _, err := db.SQL().ExecContext(t.Context(), `UPDATE fleet_time SET server = CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) - $1`, by.Milliseconds()); err != nil {
		t.Fatal(err)
	}
}

// What a replica had claimed is free eleven seconds after its last beat, and not
// before, though each of those who look lives for a moment only.
func TestDeadReplicaIsMissed(t *testing.T) {
	location := newPostgres(t)
	first, second, free := holdingAt(t, location)
	beat(t, first)
	look := func(after time.Duration) {
		passerBy := open(t, location)
		pass(t, second, after)
		beat(t, passerBy)
		if err := passerBy.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for after := range 11 {
		look(time.Second * time.Duration(min(after, 1)))
		if n := free(noon.Add(time.Second)); n != 0 {
			t.Fatalf("after %d s: %d of what the other has claimed is free", after, n)
		}
	}
	look(time.Second)
	if n := free(noon.Add(time.Second)); n != 2 {
		t.Errorf("after 11 s: %d is free, want the feed and the alert", n)
	}
}

// One that beats keeps what it has claimed, a feed until the lease ends; and so does one
// that could not beat, because the database was away, or the clock of its server jumped.
func TestLivingReplicaKeepsWhatItClaimed(t *testing.T) {
	first, second, free := holding(t)
	for range 20 {
		beat(t, first)
		beat(t, second)
		pass(t, first, 2*time.Second)
	}
	for _, jump := range []time.Duration{time.Minute, 6 * time.Hour, -6 * time.Hour} {
		beat(t, first)
		pass(t, first, jump)
		for range 5 { // the first has not come back yet
			beat(t, second)
			pass(t, first, time.Second)
		}
		if n := free(noon.Add(time.Minute)); n != 0 {
			t.Errorf("%d of what a living replica has claimed is free after a jump of %s", n, jump)
		}
	}
	if n := free(noon.Add(3 * time.Minute)); n != 1 {
		t.Errorf("%d is free after the end of the leases, want the feed: it may be sending the alert, whatever our clock says", n)
	}
}

// One of an older coupwatch, which does not date its beats, is missed when they end,
// and not before.
func TestReplicaOfAnOlderCoupwatch(t *testing.T) {
	first, second, free := holding(t)
	beat(t, second)
	old := func(beats int) {
		if _, err := first.SQL().ExecContext(t.Context(), `
			INSERT INTO replicas (id, machine, process, beat) VALUES ($1, '', 1, 1)
			ON CONFLICT (id) DO UPDATE SET beat = replicas.beat + $2`, first.Holder(), beats); err != nil {
			t.Fatal(err)
		}
	}
	for range 10 {
		old(1)
		for range 3 {
			pass(t, second, time.Second)
			beat(t, second)
		}
	}
	if n := free(noon.Add(time.Second)); n != 0 {
		t.Errorf("%d is free, though the older one beats", n)
	}
	for range 2 * 11 { // its last beat may have come when it had just been looked at
		pass(t, second, time.Second)
		beat(t, second)
	}
	if n := free(noon.Add(time.Second)); n != 2 {
		t.Errorf("%d is free after the end of the older one, want 2", n)
	}
}

// What one was reading when the database broke off is read again once that is back, and
// not only after the end of the lease, though its beats were missed by nobody. What it
// was sending it keeps.
func TestCutOffReadingIsFree(t *testing.T) {
	t.Parallel()
	location, restart := enginetest.OwnPostgres(t)
	first, second := open(t, location), open(t, location)
	setFeeds(t, first, feed(1))
	beat(t, first)
	queue(t, first, news.Alert{ID: "story/s-1/slack/new", Channel: "slack", Kind: news.New, DueAt: noon})
	due(t, first, noon, "slack")
	claim(t, first, noon)
	it := item(feed(1), "a", "Soldiers seize the palace")
	crash := func(r news.Report, open []news.Story) news.Decision { restart(); return decide(r, open) }
	if _, err := first.Ingest(t.Context(), reading(feed(1), noon, it), reports("coup", it), asking(crash)); err == nil {
		t.Fatal("it was recorded: the database did not break off")
	}
	if name := claim(t, second, noon); name != "" {
		t.Fatalf("%s is free at once", name)
	}
	if freed, err := first.Beat(t.Context()); err != nil || !freed {
		t.Fatalf("the next beat frees: %v, %v", freed, err)
	}
	if freed, err := first.Beat(t.Context()); err != nil || freed {
		t.Errorf("the beat after it frees: %v, %v", freed, err)
	}
	if name := claim(t, second, noon.Add(6*time.Second)); name != "Feed 1" {
		t.Errorf("claimed %q, want the feed", name)
	}
	if got := due(t, second, noon.Add(6*time.Second), "slack"); len(got) != 0 {
		t.Errorf("%d alerts are free that the first is sending", len(got))
	}
}

// A process that this machine no longer has is missed at once.
func TestGoneProcessIsMissedAtOnce(t *testing.T) {
	if _, err := os.Stat("/proc/self/ns/pid"); err != nil {
		t.Skip("this system does not tell which processes are those of this machine")
	}
	gone := exec.Command("true")
	if err := gone.Run(); err != nil {
		t.Fatal(err)
	}
	first, second, free := holding(t)
	beat(t, first)
	if _, err := first.SQL().ExecContext(t.Context(), `UPDATE replicas SET process = $1`, gone.Process.Pid); err != nil {
		t.Fatal(err)
	}
	beat(t, second)
	if n := free(noon.Add(time.Second)); n != 2 {
		t.Errorf("%d is free, want the feed and the alert", n)
	}
}

// One that ends in peace leaves nothing claimed.
func TestReplicaLeaves(t *testing.T) {
	first, _, free := holding(t)
	leave, err := first.Own(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	beat(t, first)
	leave()
	if n := free(noon.Add(time.Second)); n != 2 {
		t.Errorf("%d is free, want the feed and the alert", n)
	}
}

// A replica that was thought dead and lives begins anew.
func TestReplicaComesBack(t *testing.T) {
	first, second, _ := holding(t)
	beat(t, first)
	for range 12 {
		beat(t, second)
		pass(t, second, time.Second)
	}
	if n := replicasKnown(t, first); n != 1 {
		t.Errorf("%d replicas are known, want the second", n)
	}
	beat(t, first)
	if n := replicasKnown(t, first); n != 2 {
		t.Errorf("%d replicas are known, want both", n)
	}
}

func replicasKnown(t *testing.T, db *store.DB) (n int) {
	t.Helper()
	if err := db.SQL().QueryRowContext(t.Context(), `SELECT COUNT(*) FROM replicas`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
