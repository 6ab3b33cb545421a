package store_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

// What a coupwatch of each time wrote, by the migration with which its tables came;
// of the story and its alert the JSON of that time.
var written = map[string][]string{
	"0001_start.sql": {
		`INSERT INTO feeds (url, host, listed, name, publisher, language, schedule, tags, next_at, last_read, items)
			VALUES ('https://a.example/feed', 'a.example:443', 1, 'Wire', 'Wire', 'en', '@every 5m', '["wire"]', 0, 1, 1)`,
		`INSERT INTO hosts (host, due_at) VALUES ('a.example:443', 0)`,
		`INSERT INTO items (id, hash, seen_at, fetched_at, published_at, kind, story, feed, guid, link, author, publisher, language, tags, reason, matches, title, summary, body)
			VALUES ('i-1', 7, 1787400000000, 1787400000000, 1787400000000, 'new', 's-1', 'https://a.example/feed', 'g', 'https://a.example/1?utm_source=x', '', 'Wire', 'en', '[]', 'first heard of', '[{"Rule":"coup","Severity":"high"}]', 'Soldiers seize the palace', '', '')`,
		`INSERT INTO revisions (item, revision, title, at) VALUES ('i-1', 1, 'Soldiers near the palace', 1787400000000)`,
		`INSERT INTO alerts (id, channel, kind, story, owed_at, due_at, sent_at, body)
			VALUES ('story/s-1/slack/new', 'slack', 'new', 's-1', 1787400000000, 1787400000000, 1787400001000, '{"ID":"story/s-1/slack/new","Channel":"slack","Kind":"new"}'),
			('story/s-1/slack/denied', 'slack', 'escalation', 's-1', 1787400002000, 1787400002000, 0, '{"ID":"story/s-1/slack/denied","Channel":"slack","Kind":"escalation","Story":{"ID":"s-1","Headline":"Soldiers seize the palace"}}')`,
	},
	"0002_threads.sql":     {`INSERT INTO channels (channel, until) VALUES ('email', 1787400000000)`},
	"0005_mutes.sql":       {`INSERT INTO mutes VALUES ('s-1', '', '', '', 0, 'known', 'K.', 1)`, `INSERT INTO labels VALUES ('i-1', 'coup', 'K.', 's-1', 'v', 1, 1)`},
	"0006_delivery.sql":    {`INSERT INTO digests VALUES (1787400000000, 1787313600000, 1)`, `INSERT INTO troubles VALUES ('channel/slack', 1, 1, 0, 'x')`},
	"0008_story_keys.sql":  {`INSERT INTO story_keys VALUES ('s-1', '+ml', 1787400000000)`},
	"0010_near_misses.sql": {`INSERT INTO near_misses VALUES ('i-1', 1787400000000, 900000, 'coup', 'a ruler')`},
	"0014_replicas.sql":    {`INSERT INTO replicas (id, machine, process, beat) VALUES ('A', '', 1, 1)`},
	"0015_hubs.sql":        {`INSERT INTO subscriptions (id, feed, hub, topic, secret) VALUES ('x', 'https://a.example/feed', 'https://hub.example/', 't', 's')`},
	"0016_signs.sql":       {`INSERT INTO cadences (name, body) VALUES ('feed https://a.example/feed', '{}')`, `INSERT INTO heard VALUES ('ml', 1)`},
	"0017_pages.sql":       {`INSERT INTO pages (link, host, feed, asked_at, due_at) VALUES ('https://a.example/1', 'a.example:443', 'https://a.example/feed', 1, 1)`},
	"0018_views.sql":       {`INSERT INTO views VALUES ('Africa', 'tag=africa', 'K.', 1)`},
}

// storyAsOf is the story as the program stored it with so many migrations.
func storyAsOf(migrations int) string {
	heard := `[{"Key":"new","Channels":["slack"],"At":"2026-08-22T12:00:01Z"}]`
	columns, hash := "id, first_seen, last_seen, told_at, severity, body", ""
	if migrations < 3 {
		columns, hash = "id, hash, first_seen, last_seen, told_at, severity, body", "7, "
	}
	if migrations < 2 {
		heard = `["new"]`
	}
	return `INSERT INTO stories (` + columns + `) VALUES ('s-1', ` + hash + `1787400000000, 1787400000000, 1787400001000, 3,
		'{"ID":"s-1","Headline":"Soldiers seize the palace","Link":"https://a.example/1","Severity":"high","Status":"reported","FirstSeen":"2026-08-22T12:00:00Z","LastSeen":"2026-08-22T12:00:00Z","Told":"2026-08-22T12:00:01Z","Heard":` + heard + `,"Reports":1,"Tellings":[0,0,0,1,0],"Sources":[{"Publisher":"Wire","Link":"https://a.example/1","Title":"Soldiers seize the palace","At":"2026-08-22T12:00:00Z","Reports":1}],"Rules":["coup"],"Entities":null,"Countries":["ml"],"Words":[{"w":"palace","x":1.5}]}')`
}

// A database of each earlier coupwatch opens, keeps what it has and goes on: it is as
// one that was made today.
func TestUpgrades(t *testing.T) {
	files, err := fs.Glob(os.DirFS("."), "migrations/*.sql")
	if err != nil || len(files) < 18 {
		t.Fatalf("%d migrations, %v", len(files), err)
	}
	for n := 1; n <= len(files); n++ {
		t.Run(strings.TrimSuffix(path.Base(files[n-1]), ".sql"), func(t *testing.T) {
			t.Parallel()
			enginetest.ForEach(t, func(t *testing.T, location string) {
				fresh := newSQLite
				if strings.HasPrefix(location, "postgres") {
					fresh = newPostgres
				}
				before := writeAs(t, location, files[:n])
				db := open(t, location)
				after := countRows(t, location)
				for table, rows := range before {
					if after[table] < rows {
						t.Errorf("table %s has %d rows of %d", table, after[table], rows)
					}
				}
				if got, want := describe(t, location), describe(t, fresh(t)); got != want {
					t.Errorf("the schema is\n%s\nwant\n%s", got, want)
				}
				checkKept(t, db)
			})
		})
	}
}

// writeAs makes a database as a coupwatch with these migrations did, and returns how
// many rows its tables have.
func writeAs(t *testing.T, location string, files []string) map[string]int {
	t.Helper()
	known := fstest.MapFS{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		known[name] = &fstest.MapFile{Data: text}
	}
	db := connectTo(t, location)
	if err := db.Migrate(t.Context(), known); err != nil {
		t.Fatal(err)
	}
	statements := []string{storyAsOf(len(files))}
	for _, name := range files {
		statements = append(statements, written[path.Base(name)]...)
	}
	for _, s := range statements {
		if _, err := db.Writes.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%v: %s", err, s)
		}
	}
	return countRows(t, location)
}

func connectTo(t *testing.T, location string) *engine.DB {
	t.Helper()
	db, err := engine.Connect(location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// checkKept checks that the story, its item and what was owed are there and go on.
func checkKept(t *testing.T, db *store.DB) {
	t.Helper()
	noon := time.UnixMilli(1787400000000).UTC()
	stories, err := db.Stories(t.Context(), noon.Add(-time.Hour), noon.Add(time.Hour))
	if err != nil || len(stories) != 1 || stories[0].Headline != "Soldiers seize the palace" || len(stories[0].Notified) != 1 || stories[0].Notified[0].Key != "new" {
		t.Fatalf("stories %+v, %v, want the one that people were told of", stories, err)
	}
	if found, err := db.ItemsByLink(t.Context(), "https://a.example/1"); err != nil || len(found) != 1 || found[0].Title != "Soldiers seize the palace" {
		t.Errorf("the item by its link: %+v, %v", found, err)
	}
	if got := due(t, db, noon.Add(time.Hour), "slack"); len(got) != 1 || got[0].Story.ID != "s-1" {
		t.Errorf("owed: %+v, want what was not sent", got)
	}
	if name := claim(t, db, noon.Add(time.Hour)); name != "Wire" {
		t.Errorf("claimed %q, want the feed", name)
	}
	f := feed(1)
	setFeeds(t, db, f)
	record(t, db, reading(f, noon, item(f, "b", "Officers plot")), reports("plot", item(f, "b", "Officers plot")))
}

// countRows returns how many rows each table has.
func countRows(t *testing.T, location string) map[string]int {
	t.Helper()
	db, rows := connectTo(t, location), map[string]int{}
	tables, err := db.Tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		var n int
		if err := db.Reads.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM `+table.Name).Scan(&n); err != nil {
			t.Fatal(err)
		}
		rows[table.Name] = n
	}
	return rows
}

// describe says which tables, columns, keys and indexes a database has.
func describe(t *testing.T, location string) string {
	t.Helper()
	db := connectTo(t, location)
	tables, err := db.Tables(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	indexes := `SELECT name FROM sqlite_master WHERE type = 'index'`
	if db.Path == "" {
		indexes = `SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()`
	}
	rows, err := db.Reads.QueryContext(t.Context(), indexes)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return fmt.Sprint(tables, names)
}
