package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

// The run is:
//
//	go test ./cmd/coupwatch -run TestClockOfARunningDaemonJumps -v -timeout 30m -jump 6h
var clockJump = flag.Duration("jump", 0, "how far the clock jumps in TestClockOfARunningDaemonJumps, which takes ten minutes, and a minute or two to build; 0 for not at all")

// A moodyHook is a webhook that refuses all for a while, and counts what it takes.
type moodyHook struct {
	mu      sync.Mutex
	refuses bool
	refused int
	came    map[string]int // by the id of the alert
}

func (h *moodyHook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var event struct{ ID string }
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := json.NewDecoder(r.Body).Decode(&event); err != nil || h.refuses {
		h.refused++
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	h.came[event.ID]++
}

// refuse makes it refuse all, or no longer.
func (h *moodyHook) refuse(refuses bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.refuses, h.refused = refuses, 0
}

func (h *moodyHook) hasRefused() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.refused > 0
}

// The clock of a daemon jumps hours ahead, back, behind and back while it works, each
// time when an alert is owed and feeds are due: what is published is read and told
// within two minutes, and nothing twice. The digest that became due by it comes once, and
// the next one goes on where it ended.
func TestClockOfARunningDaemonJumps(t *testing.T) {
	if *clockJump == 0 {
		t.Skip("-jump=6h asks for it")
	}
	program := buildWithClock(t)
	enginetest.ForEach(t, func(t *testing.T, location string) { testJumps(t, program, location) })
}

func testJumps(t *testing.T, program, location string) {
	dir, feed, hook := t.TempDir(), newFeed(t), &moodyHook{came: map[string]int{}}
	web := httptest.NewServer(hook)
	t.Cleanup(web.Close)
	clock := filepath.Join(dir, "clock")
	setClock(t, clock, 0)
	at := time.Now().UTC().Add(*clockJump / 3)
	write(t, filepath.Join(dir, "rules.yaml"), strings.Replace(feed.rules("coup"), "@every 1s", "@every 10s", 1)+fmt.Sprintf(
		"stories: {gather: off}\nroutes: [{to: webhook, severity: medium, limit: off}]\noperators: console\ndigest: {at: %q, timezone: UTC, to: console}\n", at.Format("15:04")))
	db, err := store.Open(t.Context(), location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	d := startProgram(t, program, dir, []string{"DATABASE_URL=" + location, "WEBHOOK_URL=" + web.URL, clockSetting + clock})
	d.await(`msg="feed read"`)
	const mostWait = 2 * time.Minute
	countries := []string{"Mali", "Chad", "Niger", "Peru", "Nepal", "Ghana", "Kenya", "Laos", "Haiti", "Fiji", "Togo", "Benin"}
	published := func() string {
		title := "Coup in " + countries[len(feed.titles)-1]
		feed.add(title)
		return title
	}
	until := func(what string, is func() bool) {
		t.Helper()
		began := time.Now()
		for ; !is(); <-time.After(100 * time.Millisecond) {
			if time.Since(began) > mostWait {
				_ = d.cmd.Process.Kill()
				d.exit()
				t.Fatalf("%s: not within two minutes:\n%s", what, d.seen.String())
			}
		}
		t.Logf("%s: after %s", what, time.Since(began).Round(time.Second/10))
	}
	for i, to := range []time.Duration{*clockJump, 0, -*clockJump, 0, *clockJump + 24*time.Hour, 0} {
		if to < 24*time.Hour { // what is owed for a day is told otherwise
			hook.refuse(true)
			published()
			until("an alert is owed", hook.hasRefused)
		}
		setClock(t, clock, to)
		hook.refuse(false)
		published()
		until(fmt.Sprintf("%s ahead all is told", to), func() bool { return told(t, db, hook) == len(feed.titles)-1 })
		if i%4 == 0 {
			d.await(`DAILY DIGEST`)
		}
	}
	for id, n := range hook.came {
		if n != 1 {
			t.Errorf("%s came %d times", id, n)
		}
	}
	_ = d.cmd.Process.Kill()
	d.exit()
	checkDigests(t, d.seen.String(), feed.titles[1:])
}

// told returns how many stories are known to be told, each by the hook too.
func told(t *testing.T, db *store.DB, hook *moodyHook) (n int) {
	owed, err := db.Outbox(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	hook.mu.Lock()
	defer hook.mu.Unlock()
	for _, a := range owed {
		if a.Channel == "webhook" && a.Kind == news.New && !a.Sent.IsZero() && hook.came[a.ID] > 0 {
			n++
		}
	}
	return n
}

// checkDigests checks that there were two, and that no coup is in both.
func checkDigests(t *testing.T, log string, titles []string) {
	t.Helper()
	digests := strings.Split(log, "DAILY DIGEST")[1:]
	if len(digests) != 2 {
		t.Errorf("%d digests, want 2:\n%s", len(digests), log)
	}
	for _, title := range titles {
		n := 0
		for _, text := range digests {
			if strings.Contains(text, title) {
				n++
			}
		}
		if n > 1 {
			t.Errorf("%q is in %d digests:\n%s", title, n, log)
		}
	}
	if len(digests) == 2 && !strings.Contains(digests[1], titles[3]) {
		t.Errorf("the second digest does not have %q:\n%s", titles[3], log)
	}
}
