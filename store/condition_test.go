package store_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// A database that takes nothing says so, and that it is well again when it has
// taken something of size; nothing is lost meanwhile.
func TestCondition(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	other := open(t, "sqlite:"+path)
	db, err := store.OpenImpatient(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	expect := func(want string) {
		t.Helper()
		problem, since := db.Condition()
		if (problem == "") != (want == "") || !strings.Contains(problem, want) || want != "" && since.IsZero() {
			t.Errorf("condition %q since %v, want %q", problem, since, want)
		}
	}
	f := feed(1)
	setFeeds(t, db, f)
	expect("")
	lock, err := other.SQL().Begin()
	if err != nil {
		t.Fatal(err)
	}
	r := reading(f, noon, item(f, "a", "Coup"))
	if _, err := db.Ingest(t.Context(), r, nil, asking(decide)); err == nil {
		t.Fatal("a locked database takes a reading")
	}
	expect("is locked by another program")
	if got := other.Probe(t.Context()); !strings.Contains(got, "is locked") {
		t.Errorf("a probe says %q", got)
	}
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := db.Awaken(t.Context()); err != nil { // a little may fit where much does not
		t.Fatal(err)
	}
	expect("is locked")
	if got := other.Probe(t.Context()); got != "" {
		t.Errorf("a probe says %q of a database that is well", got)
	}
	if tally, err := db.Ingest(t.Context(), r, nil, asking(decide)); err != nil || tally.New != 1 {
		t.Errorf("got %+v, %v: the reading was lost", tally, err)
	}
	expect("")
}

// A PostgreSQL that takes no writes says so, in the probe too.
func TestConditionOfReadOnlyPostgres(t *testing.T) {
	location := newPostgres(t)
	open(t, location)
	db := open(t, location+"&default_transaction_read_only=on")
	if _, err := db.Queue(t.Context(), news.Alert{ID: "a", Channel: "slack", Kind: news.New, Story: news.Story{ID: "a"}, DueAt: noon}); err == nil {
		t.Fatal("a read-only database takes an alert")
	}
	problem, _ := db.Condition()
	if probe := db.Probe(t.Context()); !strings.Contains(problem, "takes no writes") || probe != problem {
		t.Errorf("condition %q, probe %q", problem, probe)
	}
}
