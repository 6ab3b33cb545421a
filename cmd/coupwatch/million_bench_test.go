//go:build linux

package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/story"
)

// How a million items lie: 40,000 in the last day, which is a heavy one, and the
// others over thirteen months. One in twenty tells a story of its own, and of
// these one in thirty was told.
const (
	millionItems = 1_000_000
	lastDayItems = 40_000
	monthsOfOld  = 389 * 24 * time.Hour
	itemsAStory  = 20
	storiesATold = 30
)

// readAgo returns how long before the end item n, from 1 on, was read.
func readAgo(n int) time.Duration {
	if n <= lastDayItems {
		return time.Duration(n) * 24 * time.Hour / (lastDayItems + 1)
	}
	return 24*time.Hour + time.Duration(n-lastDayItems)*(monthsOfOld/(millionItems-lastDayItems))
}

// A million is a folder with a database of 1,000,000 items and rules for them.
type million struct {
	dir string
	end time.Time // when the last item was read; a digest is due then
	db  *sql.DB
}

// newMillion makes one. No feed is due for a day.
func newMillion(b *testing.B) million {
	b.Helper()
	m := million{dir: b.TempDir(), end: time.Now().UTC().Truncate(time.Minute)}
	file := filepath.Join(m.dir, "coupwatch.db")
	feeds := m.writeRules(b)
	db, err := store.Open(b.Context(), file)
	if err != nil {
		b.Fatal(err)
	}
	if err := db.SetFeeds(b.Context(), feeds); err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	if m.db, err = sql.Open("sqlite3", "file:"+file+"?_synchronous=OFF&_cache_size=-64000&_busy_timeout=10000"); err != nil {
		b.Fatal(err)
	}
	m.db.SetMaxOpenConns(1)
	b.Cleanup(func() { m.db.Close() })
	began := time.Now()
	m.fill(b, feeds)
	if info, err := os.Stat(file); err == nil {
		b.Logf("made %d MB in %v", info.Size()>>20, time.Since(began).Round(time.Second))
	}
	return m
}

// writeRules writes the rules that coupwatch comes with, for many feeds and
// with a digest that is due at the end.
func (m million) writeRules(b *testing.B) []news.Feed {
	b.Helper()
	text, err := os.ReadFile("../../rules.yaml")
	if err != nil {
		b.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(m.dir, "rules"), os.DirFS("../../rules")); err != nil {
		b.Fatal(err)
	}
	var list strings.Builder
	list.WriteString("feeds:\n")
	var feeds []news.Feed
	for n := range manyFeeds {
		f := news.Feed{URL: fmt.Sprintf("https://host%d.example/%d", n%manyHosts, n), Name: fmt.Sprintf("Wire %d", n), Schedule: "@every 24h"}
		fmt.Fprintf(&list, "  - {url: %q, name: %s, schedule: \"@every 24h\"}\n", f.URL, f.Name)
		feeds = append(feeds, f)
	}
	text = regexp.MustCompile(`(?s)\nfeeds:\n.*\nrules:\n`).ReplaceAll(text, []byte("\n"+list.String()+"rules:\n"))
	text = regexp.MustCompile(`(?m)^digest: .*`).ReplaceAll(text, fmt.Appendf(nil, `digest: {at: "%s", timezone: UTC, to: console}`, m.end.Format("15:04")))
	if err := os.WriteFile(filepath.Join(m.dir, "rules.yaml"), text, 0o644); err != nil {
		b.Fatal(err)
	}
	return feeds
}

// exec runs statements.
func (m million) exec(b *testing.B, query string, args ...any) {
	b.Helper()
	if _, err := m.db.ExecContext(b.Context(), query, args...); err != nil {
		b.Fatalf("%s: %v", query, err)
	}
}

// fill fills the database: each item of the last day stands for 24 others of
// before. Indexes are made last, which is many times faster.
func (m million) fill(b *testing.B, feeds []news.Feed) {
	b.Helper()
	indexes := m.dropIndexes(b)
	m.exec(b, `BEGIN`)
	m.addItems(b, feeds)
	m.exec(b, `
		WITH RECURSIVE copy (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < $1)
		INSERT INTO items (id, hash, seen_at, fetched_at, published_at, feed, guid, link, canonical, author, publisher, language, tags, title, summary, body)
		SELECT lower(hex(randomblob(8))), hash, seen_at, fetched_at, published_at, feed, guid || '-' || n, link || '-' || n, canonical || '-' || n, author, publisher, language, tags, title, summary, body
		FROM copy, items`, millionItems/lastDayItems-1)
	end := m.end.UnixMilli()
	m.exec(b, `UPDATE items SET fetched_at = $1 - (rowid - $2) * $3, published_at = $1 - (rowid - $2) * $3, seen_at = $1 - (rowid - $2) * $3 WHERE rowid > $2`,
		end-(24*time.Hour).Milliseconds(), lastDayItems, (monthsOfOld / (millionItems - lastDayItems)).Milliseconds())
	m.exec(b, `UPDATE items SET kind = 'digest', reason = 'not grave enough', matches = '[{"Rule":"coup"}]', story = printf('s-%016x', rowid / $1) WHERE rowid % $1 = 0`, itemsAStory)
	m.addStories(b)
	m.exec(b, `UPDATE feeds SET next_at = $1, last_read = $2, last_good = $2, last_new = $2, full_at = $2, items = $3`,
		end+(24*time.Hour).Milliseconds(), end, millionItems/manyFeeds)
	m.exec(b, `UPDATE hosts SET due_at = $1`, end+(24*time.Hour).Milliseconds())
	m.exec(b, `COMMIT`)
	for _, create := range indexes {
		m.exec(b, create)
	}
	m.exec(b, `PRAGMA wal_checkpoint(TRUNCATE)`)
}

// dropIndexes drops the indexes and returns what makes them again.
func (m million) dropIndexes(b *testing.B) (create []string) {
	b.Helper()
	rows, err := m.db.QueryContext(b.Context(), `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL`)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			b.Fatal(err)
		}
		names, create = append(names, name), append(create, text)
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	for _, name := range names {
		m.exec(b, `DROP INDEX `+name)
	}
	return create
}

// addItems adds the items of the last day.
func (m million) addItems(b *testing.B, feeds []news.Feed) {
	b.Helper()
	insert, err := m.db.PrepareContext(b.Context(), `
		INSERT INTO items (id, hash, seen_at, fetched_at, published_at, feed, guid, link, canonical, author, publisher, language, tags, title, summary, body)
		VALUES ($1, $2, $3, $3, $3, $4, $5, $6, $6, '', $7, 'en', 'null', $8, $9, $10)`)
	if err != nil {
		b.Fatal(err)
	}
	defer insert.Close()
	rnd := rand.New(rand.NewPCG(3, 4))
	for n := 1; n <= lastDayItems; n++ {
		f, key := feeds[n%len(feeds)], strconv.Itoa(n)
		title, summary := dispatch(rnd)
		_, body := dispatch(rnd)
		_, more := dispatch(rnd)
		_, err := insert.Exec(news.ItemID(f.URL, key), n, m.end.Add(-readAgo(n)).UnixMilli(), f.URL, key, f.URL+"/"+key, f.Name, title, summary, body+". "+more)
		if err != nil {
			b.Fatal(err)
		}
	}
}

// addStories adds a story for each item that has one.
func (m million) addStories(b *testing.B) {
	b.Helper()
	insert, err := m.db.PrepareContext(b.Context(), `
		INSERT INTO stories (id, version, first_seen, last_seen, told_at, severity, rank, body) VALUES ($1, $2, $3, $3, $4, $5, $6, $7)`)
	if err != nil {
		b.Fatal(err)
	}
	defer insert.Close()
	samples := sampleStories(b)
	stories := millionItems / itemsAStory
	for n := stories; n > 0; n-- { // the latest have the highest versions
		s := samples[n%len(samples)]
		s.ID = fmt.Sprintf("s-%016x", n)
		s.FirstSeen, s.LastSeen = m.end.Add(-readAgo(n*itemsAStory)), m.end.Add(-readAgo(n*itemsAStory))
		s.Told, s.Notified = time.Time{}, nil
		told := int64(0)
		if n%storiesATold == 0 {
			s.Told, told = s.LastSeen, s.LastSeen.UnixMilli()
			s.Notified = []news.Notification{{Key: string(news.New), Channels: []string{"slack"}, At: s.Told}}
		}
		body, err := json.Marshal(s)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := insert.Exec(s.ID, stories+2-n, s.LastSeen.UnixMilli(), told, int(s.Severity), s.Rank(), string(body)); err != nil {
			b.Fatal(err)
		}
	}
	m.exec(b, `UPDATE settings SET value = $1 WHERE name = 'stories'`, strconv.Itoa(stories+1))
}

// sampleStories returns stories of one to eight reports.
func sampleStories(b *testing.B) (samples []news.Story) {
	b.Helper()
	rules := openShipped(b).Current()
	rnd := rand.New(rand.NewPCG(5, 6))
	for len(samples) < 200 {
		now := time.Now().UTC()
		decider := new(story.Stories).At(rules.Policy(), now)
		title, text := dispatch(rnd)
		for i := range 1 + len(samples)%8 {
			it := news.Item{ID: news.ItemID(title, strconv.Itoa(i)), Link: fmt.Sprintf("https://example.org/%d", i), Publisher: fmt.Sprintf("Paper %d", i), Language: "en", Title: title, Summary: text, Published: now, Fetched: now}
			rep, matched := rules.Match(it)
			if !matched {
				break
			}
			d := decider.Decide(rep)
			if i == len(samples)%8 {
				samples = append(samples, d.Story)
				break
			}
		}
	}
	return samples
}

// lastDigest makes the last digest one that ended a day before the end, or if
// not since then that there was none.
func (m million) lastDigest(b *testing.B, yesterday bool) {
	b.Helper()
	m.exec(b, `DELETE FROM digests`)
	m.exec(b, `DELETE FROM alerts`)
	if yesterday {
		m.exec(b, `INSERT INTO digests (to_at, from_at, version) VALUES ($1, $2, $3)`,
			m.end.Add(-24*time.Hour).UnixMilli(), m.end.Add(-48*time.Hour).UnixMilli(), (millionItems-lastDayItems)/itemsAStory+1)
	}
}

// askAll has the items of the last day asked for near misses, as they are when
// they are read, and writes rules by which they were not.
func (m million) askAll(b *testing.B) {
	b.Helper()
	m.lastDigest(b, true)
	file := filepath.Join(m.dir, "rules.yaml")
	text, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(filepath.Join(m.dir, "edited.yaml"), append(text, "\n# edited\n"...), 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
	rules, err := matcher.Read(file)
	if err != nil {
		b.Fatal(err)
	}
	db, err := store.Open(b.Context(), filepath.Join(m.dir, "coupwatch.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	near := daemon.NearMisses{Use: &daemon.InUse{File: matcher.Hold(rules)}, DB: db, Log: slog.New(slog.DiscardHandler)}
	began, rounds, since := time.Now(), 0, m.end
	for from := m.end.Add(-24 * time.Hour); since.After(from); rounds++ {
		if err := near.AskAgain(b.Context()); err != nil {
			b.Fatal(err)
		}
		if _, since, err = db.NearMisses(b.Context(), rules.Version(), from, m.end); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("asked %d items again in %d rounds of %v", lastDayItems, rounds, (time.Since(began) / time.Duration(rounds)).Round(time.Millisecond))
}

// command runs coupwatch and returns what it printed and what it took.
func (m million) command(b *testing.B, args ...string) (out string, took *os.ProcessState) {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), "coupwatch", args...)
	cmd.Dir = m.dir
	cmd.Env = append(os.Environ(), "NO_COLOR=1", "COUPWATCH_LISTEN=off", "COUPWATCH_RETENTION=1000d")
	var both bytes.Buffer
	cmd.Stdout, cmd.Stderr = &both, &both
	if err := cmd.Run(); err != nil {
		b.Fatalf("%v: %v\n%s", args, err, both.String())
	}
	return both.String(), cmd.ProcessState
}

// BenchmarkMillion measures what people wait for where 1,000,000 items are
// stored: pages, commands and the daily round, each in a process of its own.
func BenchmarkMillion(b *testing.B) {
	if testing.Short() {
		b.Skip("makes a database of 1,000,000 items")
	}
	m := newMillion(b)
	m.askAll(b)
	for _, test := range []struct {
		name      string
		args      []string
		yesterday bool // there was a digest then
		want      string
	}{
		{"once", []string{"run", "--once"}, true, "2,000 stories"},
		{"once first digest", []string{"run", "--once"}, false, "50,000 stories"},
		{"preview", []string{"digest", "--preview"}, true, "2,000 stories"},
		{"preview of edited rules", []string{"digest", "--preview", "--rules", "edited.yaml"}, true, "2,000 stories"},
		{"stories", []string{"stories"}, true, "s-0000000"},
		{"story", []string{"story", "s-0000000000000007"}, true, "coup"},
		{"why", []string{"why", "https://host140.example/140/140"}, true, "Matched"},
	} {
		b.Run(test.name, func(b *testing.B) {
			var busy time.Duration
			for b.Loop() {
				b.StopTimer()
				m.lastDigest(b, test.yesterday)
				b.StartTimer()
				out, took := m.command(b, test.args...)
				if !strings.Contains(out, test.want) {
					b.Fatalf("want %q in %s", test.want, out[:min(len(out), 2000)])
				}
				busy += took.UserTime() + took.SystemTime()
			}
			b.ReportMetric(float64(busy.Milliseconds())/float64(b.N), "cpu-ms/op")
		})
	}
	m.lastDigest(b, true)
	b.Run("daemon", m.daemon)
}
