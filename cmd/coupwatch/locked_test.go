package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/news"
)

// The long run is:
//
//	COUPWATCH_TEST_LONG=1 go test ./cmd/coupwatch -run TestDaemonWithLockedDatabase -v -locked 60s
var lockedFor = flag.Duration("locked", 0, "how long another process locks the database in TestDaemonWithLockedDatabase; 0 until the daemon has said so")

// A lockingHook is a webhook. When the first alert comes, and is not yet known to have
// arrived, it locks the database.
type lockingHook struct {
	lock  func()
	first sync.Once

	mu   sync.Mutex
	came map[string]int // by the id of the alert
}

func (h *lockingHook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var event struct{ ID string }
	if err := json.NewDecoder(r.Body).Decode(&event); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	h.first.Do(h.lock)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.came[event.ID]++
}

// A daemon whose database another process locks, while an alert has just been sent and
// others are published, says so to its operators at once and once, and to machines; the
// page answers meanwhile. When the lock is gone it goes on by itself: nothing is missing,
// and nothing was told twice.
func TestDaemonWithLockedDatabase(t *testing.T) {
	t.Parallel()
	longtest.Only(t, "waits for ten seconds and more")
	dir, feed := t.TempDir(), newFeed(t)
	locked, free := make(chan struct{}), func() {}
	hook := &lockingHook{came: map[string]int{}}
	hook.lock = func() { free = lockDatabase(t, dir); close(locked) }
	web := httptest.NewServer(hook)
	t.Cleanup(web.Close)
	write(t, filepath.Join(dir, "rules.yaml"), feed.rules("coup")+"stories: {gather: off}\nroutes: [{to: webhook, severity: medium, limit: off}]\noperators: console\n")
	d := start(t, dir, []string{"COUPWATCH_LISTEN=127.0.0.1:0", "WEBHOOK_URL=" + web.URL})
	page := regexp.MustCompile(`http://[^ ]+/`).FindString(d.await(`page +http`))
	d.await(`msg="feed read"`)
	feed.add("Coup in Mali")
	<-locked
	began := time.Now()
	feed.add("Coup in Chad")
	d.await(`^Nothing can be recorded since .*coupwatch.db is locked by another program`)
	countries := []string{"Mali", "Chad", "Niger", "Peru", "Nepal", "Ghana", "Kenya", "Laos", "Haiti", "Fiji", "Togo", "Benin", "Sudan", "Iraq", "Yemen"}
	for n := 2; n == 2 || n < len(countries) && time.Since(began) < *lockedFor; n++ {
		asked := time.Now()
		if h := healthOf(t, page); h.Status != "down" || !strings.Contains(fmt.Sprint(h.Problems), "is locked") {
			t.Errorf("/healthz says %+v", h)
		}
		if text := get(t, page); !strings.Contains(text, "Nothing can be recorded since") {
			t.Errorf("the page does not say so:\n%s", text)
		}
		if took := time.Since(asked); took > 5*time.Second {
			t.Errorf("the page and /healthz took %s", took)
		}
		feed.add("Coup in " + countries[n])
		if *lockedFor > 0 {
			<-time.After(*lockedFor / 12)
		}
	}
	held := time.Since(began)
	free()
	began = time.Now()
	d.await(`^The database takes what is recorded again`)
	awaitAllTold(t, dir, feed, hook)
	t.Logf("locked for %s; %s later all was stored and told", held.Round(time.Second), time.Since(began).Round(time.Second/10))
	if h := healthOf(t, page); h.Status != "ok" {
		t.Errorf("/healthz says %+v when all is well again", h)
	}
	if n := strings.Count(d.seen.String(), "Nothing can be recorded since"); n != 1 {
		t.Errorf("it was told %d times:\n%s", n, d.seen.String())
	}
}

// lockDatabase locks the database in dir as a sqlite3 shell would, until free is called.
func lockDatabase(t *testing.T, dir string) (free func()) {
	conn, err := rawDatabase(t, dir).Conn(context.Background())
	if err != nil {
		t.Error(err)
		return func() {}
	}
	must := func(_ sql.Result, err error) {
		if err != nil {
			t.Error(err)
		}
	}
	must(conn.ExecContext(context.Background(), `BEGIN IMMEDIATE`))
	return func() {
		must(conn.ExecContext(context.Background(), `ROLLBACK`))
		conn.Close()
	}
}

// awaitAllTold waits until all of the feed is stored and told of, and checks that
// nothing came twice.
func awaitAllTold(t *testing.T, dir string, feed *newsfeed, hook *lockingHook) {
	t.Helper()
	db, coups := openStore(t, dir), len(feed.titles)-1
	for limit := time.Now().Add(time.Minute); ; <-time.After(100 * time.Millisecond) {
		stored := map[string]int{}
		if err := db.Items(t.Context(), time.Time{}, func(it news.Item) error { stored[it.Title]++; return nil }); err != nil {
			t.Fatal(err)
		}
		owed, err := db.Outbox(t.Context(), 1000)
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		hook.mu.Lock()
		for _, a := range owed {
			if n := hook.came[a.ID]; a.Kind == news.New && !a.Sent.IsZero() && n > 0 {
				told++
			}
		}
		hook.mu.Unlock()
		if len(stored) == len(feed.titles) && told == coups {
			break
		}
		if time.Now().After(limit) {
			t.Fatalf("%d of %d items are stored, %d of %d are told", len(stored), len(feed.titles), told, coups)
		}
	}
	hook.mu.Lock()
	defer hook.mu.Unlock()
	for id, n := range hook.came {
		if n != 1 {
			t.Errorf("%s came %d times", id, n)
		}
	}
}
