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
	location := newPostgres(t)
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

func beat(t *testing.T, db *store.DB, at time.Time) {
	t.Helper()
	if _, err := db.Beat(t.Context(), at); err != nil {
		t.Fatal(err)
	}
}

// What a replica had claimed is free twelve seconds after its last beat, whatever
// the clock of the one who looks says, and not before.
func TestDeadReplicaIsMissed(t *testing.T) {
	for _, ahead := range []time.Duration{0, 90 * time.Second, -90 * time.Second} {
		t.Run(ahead.String(), func(t *testing.T) {
			first, second, free := holding(t)
			beat(t, first, noon)
			at := noon.Add(ahead)
			for range 4 {
				beat(t, second, at)
				if n := free(noon.Add(time.Second)); n != 0 {
					t.Fatalf("after %s: %d of what the other has claimed is free", at.Sub(noon)-ahead, n)
				}
				at = at.Add(3 * time.Second)
			}
			beat(t, second, at)
			if n := free(noon.Add(time.Second)); n != 2 {
				t.Errorf("after %s: %d is free, want the feed and the alert", at.Sub(noon)-ahead, n)
			}
		})
	}
}

// One that beats keeps what it has claimed until the lease ends; and so does one
// that nobody could see beating.
func TestLivingReplicaKeepsWhatItClaimed(t *testing.T) {
	first, second, free := holding(t)
	at := noon
	for range 20 {
		beat(t, first, at)
		beat(t, second, at)
		at = at.Add(3 * time.Second)
	}
	beat(t, second, at.Add(30*time.Second)) // it slept
	if n := free(at); n != 0 {
		t.Errorf("%d of what a living replica has claimed is free", n)
	}
	if n := free(noon.Add(3 * time.Minute)); n != 2 {
		t.Errorf("%d is free after the end of the leases, want 2", n)
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
	beat(t, first, noon)
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
	if freed, err := first.Beat(t.Context(), noon.Add(3*time.Second)); err != nil || !freed {
		t.Fatalf("the next beat frees: %v, %v", freed, err)
	}
	if freed, err := first.Beat(t.Context(), noon.Add(6*time.Second)); err != nil || freed {
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
	beat(t, first, noon)
	if _, err := first.SQL().ExecContext(t.Context(), `UPDATE replicas SET process = $1`, gone.Process.Pid); err != nil {
		t.Fatal(err)
	}
	beat(t, second, noon)
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
	beat(t, first, noon)
	leave()
	if n := free(noon.Add(time.Second)); n != 2 {
		t.Errorf("%d is free, want the feed and the alert", n)
	}
}

// A replica that was thought dead and lives begins anew.
func TestReplicaComesBack(t *testing.T) {
	first, second, _ := holding(t)
	beat(t, first, noon)
	for i := range 5 {
		beat(t, second, noon.Add(time.Duration(i)*3*time.Second))
	}
	beat(t, first, noon.Add(time.Minute))
	var n int
	if err := first.SQL().QueryRowContext(t.Context(), `SELECT COUNT(*) FROM replicas`).Scan(&n); err != nil || n != 2 {
		t.Errorf("%d replicas are known, %v, want both", n, err)
	}
}
