package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
	"github.com/coupwatch/coupwatch/store/transfer"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// A teller makes a story of each report.
type teller struct{}

func (teller) Version() int64           { return 0 }
func (teller) Sync(int64, []news.Story) {}
func (teller) Warmth() (w news.Warmth)  { return w }
func (teller) Reset()                   {}
func (teller) Decide(r news.Report, _ ...news.Story) news.Decision {
	s := news.Story{ID: "s-" + r.ID, Headline: r.Title, Severity: news.High, FirstSeen: r.Published, LastSeen: r.Published, Told: r.Fetched, Reports: 1}
	return news.Decision{Story: s, Kind: news.New, Alerts: []news.Alert{{ID: "story/" + s.ID, Channel: "slack", Kind: news.New, Story: s, DueAt: r.Fetched}}}
}

// tell reads n items of a feed into a database, every tenth of which is a story.
func tell(t *testing.T, location, url string, n int) {
	t.Helper()
	db := open(t, location)
	defer db.Close()
	f := news.Feed{URL: url, Name: "Wire", Publisher: "Wire", Language: "en", Schedule: "@every 5m", Tags: []string{"wire"}}
	if err := db.SetFeeds(t.Context(), []news.Feed{f}); err != nil {
		t.Fatal(err)
	}
	var items []news.Item
	var reports []news.Report
	for i := range n {
		key := fmt.Sprint(i)
		it := news.Item{ID: news.ItemID(url, key), Feed: url, GUID: key, Link: url + "/" + key, Title: "Переворот " + key, Published: noon, Fetched: noon}
		items = append(items, it)
		if i%10 == 0 {
			reports = append(reports, news.Report{Item: it, Matches: []news.Match{{Rule: "coup", Severity: news.High}}})
		}
	}
	r := news.Reading{Feed: f, At: noon, Items: items, NextAt: noon.Add(time.Hour)}
	if _, err := db.Ingest(t.Context(), r, reports, teller{}); err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, location string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// exec runs statements on a database.
func exec(t *testing.T, location string, statements ...string) {
	t.Helper()
	db, err := engine.Connect(location)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Writes.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
}

func makeSchema(ctx context.Context, location string) error {
	db, err := store.Open(ctx, location)
	if err != nil {
		return err
	}
	return db.Close()
}

func move(ctx context.Context, from, to string) (transfer.Outcome, error) {
	m := transfer.Move{From: from, To: to, Make: makeSchema}
	return m.Run(ctx)
}

func mustMove(t *testing.T, from, to string) transfer.Outcome {
	t.Helper()
	o, err := move(t.Context(), from, to)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func rowsOf(o transfer.Outcome, table string) int64 {
	for _, s := range o.Tables {
		if s.Table == table {
			return s.Rows
		}
	}
	return -1
}

// What was brought from SQLite to PostgreSQL and back is what it was, and goes on
// where it was: what is told next is another version of the stories.
func TestThereAndBack(t *testing.T) {
	t.Parallel()
	first, there, back := enginetest.NewSQLite(t), enginetest.NewPostgres(t), enginetest.NewSQLite(t)
	tell(t, first, "https://a.example/feed", 1234)
	exec(t, first,
		`UPDATE items SET title = CAST(x'41ff42' AS TEXT) WHERE id = (SELECT MIN(id) FROM items)`, // as no coupwatch writes it
		`INSERT INTO mutes SELECT id, '', '', '', 0, 'a long "why"', 'K.', 1 FROM stories`,
		`INSERT INTO revisions SELECT id, 1, title, 9223372036854775807 FROM items`,
		`INSERT INTO cadences (name, body) VALUES ('x', '{}')`)
	before := contents(t, first)
	over := mustMove(t, first, there)
	if over.Resumed || rowsOf(over, "items") != 1234 || rowsOf(over, "revisions") != 1234 || rowsOf(over, "stories") != 124 || rowsOf(over, "alerts") != 124 || rowsOf(over, "mutes") != 124 {
		t.Errorf("brought %+v", over)
	}
	if contents(t, first) != before {
		t.Error("the source was changed")
	}
	if home := mustMove(t, there, back); !slices.Equal(home.Tables, over.Tables) {
		t.Errorf("on the way back\n%v, want\n%v", home.Tables, over.Tables)
	}
	for _, location := range []string{there, back} {
		db := open(t, location)
		stories, err := db.Stories(t.Context(), noon.Add(-time.Hour), noon.Add(time.Hour))
		if err != nil || len(stories) != 124 {
			t.Errorf("%d stories, %v", len(stories), err)
		}
		tell(t, location, "https://b.example/feed", 10)
		if v := settingOf(t, location); v != "3" { // 1 when it was new, and one a reading
			t.Errorf("the stories are of version %s, want 3", v)
		}
	}
}

func settingOf(t *testing.T, location string) (value string) {
	t.Helper()
	db, err := engine.Connect(location)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Reads.QueryRowContext(t.Context(), `SELECT value FROM settings WHERE name = 'stories'`).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func contents(t *testing.T, location string) string {
	t.Helper()
	data, err := os.ReadFile(strings.TrimPrefix(location, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// interrupt brings until so many rows are there.
func interrupt(t *testing.T, from, to string, rows int64) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := int64(0)
	m := transfer.Move{From: from, To: to, Make: makeSchema, Watch: func(string, int64) (func(int64), func()) {
		return func(n int64) {
			if done += n; done >= rows {
				cancel()
			}
		}, func() {}
	}}
	if _, err := m.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("interrupted: %v", err)
	}
}

// A transfer that ended half-way goes on where it was, whatever became of the source
// meanwhile, and until then nobody takes the target for whole.
func TestGoesOn(t *testing.T) {
	enginetest.ForEach(t, func(t *testing.T, to string) {
		from := enginetest.NewSQLite(t)
		tell(t, from, "https://a.example/feed", 2500)
		exec(t, from, `INSERT INTO revisions SELECT id, 1, title, 0 FROM items`)
		interrupt(t, from, to, 1500)
		if _, err := store.Open(t.Context(), to); err == nil || !strings.Contains(err.Error(), "holds a part of another database that coupwatch migrate brings there") {
			t.Errorf("opened: %v", err)
		}
		other := enginetest.NewSQLite(t)
		tell(t, other, "https://b.example/feed", 1)
		if _, err := move(t.Context(), other, to); err == nil || !strings.Contains(err.Error(), "it holds a part of "+strings.TrimPrefix(from, "sqlite:")) {
			t.Errorf("from another one: %v", err)
		}
		// Of another one that has changed below what was brought all is brought anew.
		exec(t, from, `DELETE FROM items WHERE id IN (SELECT id FROM items ORDER BY id LIMIT 3)`,
			`UPDATE items SET title = 'changed' WHERE id = (SELECT MIN(id) FROM items)`)
		o := mustMove(t, from, to)
		if !o.Resumed || rowsOf(o, "items") != 2497 || rowsOf(o, "revisions") != 2497 {
			t.Errorf("brought %+v", o)
		}
		if _, err := move(t.Context(), from, to); err == nil || !strings.Contains(err.Error(), `it is not empty: its table "alerts" has 250 rows; name a new database`) {
			t.Errorf("again: %v", err)
		}
	})
}

// What was brought is not brought again.
func TestDoesNotRepeat(t *testing.T) {
	t.Parallel()
	from, to := enginetest.NewSQLite(t), enginetest.NewPostgres(t)
	tell(t, from, "https://a.example/feed", 2500)
	interrupt(t, from, to, 2000)
	exec(t, to, `ALTER TABLE items ADD COLUMN brought BIGINT NOT NULL DEFAULT 0`)
	exec(t, to, `UPDATE items SET brought = 1`)
	mustMove(t, from, to)
	exec(t, to, `DELETE FROM items WHERE brought = 0`)
	db := open(t, to)
	n := 0
	if err := db.Items(t.Context(), time.Time{}, func(news.Item) error { n++; return nil }); err != nil || n < 1000 || n >= 2500 {
		t.Errorf("%d items were left as they had been brought, %v", n, err)
	}
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	from := enginetest.NewSQLite(t)
	tell(t, from, "https://a.example/feed", 1)
	foreign := enginetest.NewPostgres(t)
	exec(t, foreign, `CREATE TABLE orders (id TEXT PRIMARY KEY)`)
	inUse := enginetest.NewSQLite(t)
	release, err := open(t, inUse).Own(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	unfinished := enginetest.NewPostgres(t)
	interrupt(t, from, unfinished, 1)
	older := enginetest.NewSQLite(t)
	tell(t, older, "https://a.example/feed", 1)
	exec(t, older, `DELETE FROM migrations WHERE name = '0017_pages.sql'`)
	missing := "sqlite:" + filepath.Join(t.TempDir(), "none.db")
	for name, tt := range map[string]struct{ from, to, want string }{
		"no source":           {missing, enginetest.NewSQLite(t), "there is no database"},
		"an empty source":     {enginetest.NewPostgres(t), enginetest.NewSQLite(t), "holds nothing of coupwatch's"},
		"a source in use":     {inUse, enginetest.NewSQLite(t), "is in use by process"},
		"a target in use":     {from, inUse, "is in use by process"},
		"a foreign target":    {from, foreign, `it has a table "orders" and none of coupwatch's`},
		"a part as a source":  {unfinished, enginetest.NewSQLite(t), "is itself only a part of another database"},
		"an older source":     {older, enginetest.NewSQLite(t), "is of an older coupwatch"},
		"one database":        {from, from, "is in use by process"},
		"a secret in the URL": {from, "postgres://u:hush@127.0.0.1:1/x", "no answer"},
	} {
		if _, err := move(t.Context(), tt.from, tt.to); err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

// No database is brought from under a daemon that lives on it, on another machine
// maybe; one that died holds nothing up for longer than it takes to see that.
func TestRefusesLivingReplicas(t *testing.T) {
	t.Parallel()
	from := enginetest.NewPostgres(t)
	tell(t, from, "https://a.example/feed", 1)
	exec(t, from, `INSERT INTO replicas (id, machine, process, beat) VALUES ('a', 'elsewhere', 4711, 1)`)
	beats, stop := context.WithCancel(t.Context())
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		db, err := engine.Connect(from)
		if err != nil {
			return // nothing beats, and the test fails
		}
		defer db.Close()
		for beats.Err() == nil {
			_, _ = db.Writes.ExecContext(beats, `UPDATE replicas SET beat = beat + 1`)
		}
	}()
	if _, err := move(t.Context(), from, enginetest.NewSQLite(t)); err == nil || !strings.Contains(err.Error(), "is in use by coupwatch (process 4711 of another machine); stop that first") {
		t.Errorf("from under a daemon: %v", err)
	}
	stop()
	<-gone
	longtest.Only(t, "waits for eleven seconds until one is dead")
	if o := mustMove(t, from, enginetest.NewSQLite(t)); rowsOf(o, "items") != 1 {
		t.Errorf("brought %+v", o)
	}
}
