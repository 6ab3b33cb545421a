package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/matcher"
)

// due writes a rules file for feed in which it is due at once: with a schedule
// that it did not have before. What is told goes to channel.
func due(t *testing.T, dir string, feed *newsfeed, hours int, channel string) {
	t.Helper()
	rules := strings.Replace(feed.rules("coup"), "@every 1s", fmt.Sprintf("@every %dh", hours), 1)
	write(t, filepath.Join(dir, "rules.yaml"), rules+fmt.Sprintf("routes: [{to: %q, severity: medium}]\noperators: console\n", channel))
}

// once runs coupwatch run --once, which must end well.
func once(t *testing.T, dir string, settings []string, args ...string) (out, errs string) {
	t.Helper()
	out, errs, code := coupwatch(t, dir, settings, append([]string{"run", "--once"}, args...)...)
	if code != 0 {
		t.Fatalf("run --once exits with %d:\n%s%s", code, out, errs)
	}
	return out, errs
}

// A server that breaks off the connection costs nothing but patience.
func TestConnectionBrokenOff(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	half := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		if r.URL.Path == "/half" {
			fmt.Fprint(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: \"x\"\r\nContent-Length: 9999\r\n\r\n"+
				`<rss version="2.0"><channel><title>Half</title><item><title>Rain</title><guid>a</guid></item><item><title>A coup in th`)
		}
	}))
	defer half.Close()
	write(t, filepath.Join(dir, "rules.yaml"), fmt.Sprintf(`
feeds:
  - {url: "%s/none", name: None}
  - {url: "%s/half", name: Half}
rules: [{id: coup, title: Coup, severity: high, match: coup}]
`, half.URL, half.URL))
	out, _ := once(t, dir, nil)
	if !strings.Contains(out, "2 feeds read") || !strings.Contains(out, "1 new item stored") || !strings.Contains(out, "2 feeds with a problem") {
		t.Errorf("got %s", out)
	}
	want := map[string]string{"None": "broke off the connection; it may pass", "Half": "the feed is cut off; 1 item was kept"}
	feeds, err := openStore(t, dir).Feeds(t.Context())
	if err != nil || len(feeds) != len(want) {
		t.Fatalf("got %d feeds: %v", len(feeds), err)
	}
	for _, f := range feeds {
		if !strings.Contains(f.Problem, want[f.Name]) || f.ETag != "" {
			t.Errorf("%s: problem %q, ETag %q; want %q and no ETag", f.Name, f.Problem, f.ETag, want[f.Name])
		}
	}
}

// rawDatabase opens the file of the database in dir beside the program.
func rawDatabase(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(dir, "coupwatch.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// A database of a newer coupwatch is refused and left alone.
func TestNewerDatabase(t *testing.T) {
	t.Parallel()
	dir, feed := t.TempDir(), newFeed(t)
	due(t, dir, feed, 1, "console")
	once(t, dir, nil)
	raw := rawDatabase(t, dir)
	if _, err := raw.ExecContext(t.Context(), `INSERT INTO migrations (name) VALUES ('9999_later.sql')`); err != nil {
		t.Fatal(err)
	}
	before := contents(t, raw)
	for _, args := range [][]string{{"run", "--once"}, {"run", "--once", "--dry-run"}, {"feeds"}, {"digest", "--preview"}} {
		out, errs, code := coupwatch(t, dir, nil, args...)
		if code != 1 || !strings.Contains(errs, "coupwatch.db was written by a newer coupwatch (migration 9999_later.sql is unknown here); upgrade coupwatch or name another database") {
			t.Errorf("%v exits with %d and says\n%s%s", args, code, out, errs)
		}
	}
	if after := contents(t, raw); after != before {
		t.Errorf("the database was changed from\n%s\nto\n%s", before, after)
	}
}

// A database that another program holds is waited for, and then given up with
// the reason; later nothing is missing.
func TestLockedDatabase(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("waits for ten seconds")
	}
	dir, feed := t.TempDir(), newFeed(t)
	due(t, dir, feed, 1, "console")
	once(t, dir, nil)
	feed.add("Coup in the capital")
	due(t, dir, feed, 2, "console")
	conn, err := rawDatabase(t, dir).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(t.Context(), `BEGIN IMMEDIATE`); err != nil {
		t.Fatal(err)
	}
	out, errs, code := coupwatch(t, dir, nil, "run", "--once")
	if code != 1 || !strings.Contains(errs, "coupwatch.db is locked by another program; stop what else writes to it") {
		t.Errorf("exits with %d and says\n%s%s", code, out, errs)
	}
	if out, errs, code := coupwatch(t, dir, nil, "feeds"); code != 1 || !strings.Contains(out, "Example") || !strings.Contains(errs, "nothing can be recorded: coupwatch.db is locked") {
		t.Errorf("to look at the feeds meanwhile exits with %d and says\n%s%s", code, out, errs)
	}
	if _, err := conn.ExecContext(t.Context(), `ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	if out, _ := once(t, dir, nil); !strings.Contains(out, "1 new item stored, 0 edited, 1 matched, 1 alert owed") {
		t.Errorf("after the lock it says\n%s", out)
	}
}

// contents returns all that is in a database, as text, but for the index by which
// items are found: it comes from them, and keeps nothing that could be read.
func contents(t *testing.T, db *sql.DB) string {
	t.Helper()
	var b strings.Builder
	for _, table := range rowsOf(t, db, `SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`) {
		for _, row := range rowsOf(t, db, `SELECT * FROM `+table[0]+` ORDER BY rowid`) {
			fmt.Fprintf(&b, "%s %q\n", table[0], row)
		}
	}
	return b.String()
}

func rowsOf(t *testing.T, db *sql.DB, query string) (all [][]string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		row, into := make([]string, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// A refusing Slack answers every post with one of Slack's error codes.
type refusingSlack struct {
	*httptest.Server
	mu    sync.Mutex
	code  string // "" to take what comes
	posts int
}

func newRefusingSlack(t *testing.T, code string) *refusingSlack {
	s := &refusingSlack{code: code}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *refusingSlack) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if strings.HasSuffix(r.URL.Path, "chat.postMessage") {
		s.posts++
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"ok":%t,"error":%q,"channel":"C1","ts":"1.1"}`, s.code == "", s.code)
}

func (s *refusingSlack) settings() []string {
	return []string{"SLACK_BOT_TOKEN=xoxb-hush", "SLACK_CHANNEL=C1", "SLACK_API_URL=" + s.URL + "/"}
}

// refuse makes it refuse what comes with a code, "" to take it.
func (s *refusingSlack) refuse(code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.code = code
}

func (s *refusingSlack) posted() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.posts
}

// A dry run prints what would be sent, sends nothing and leaves no trace; the
// run after it sends the same.
func TestDryRun(t *testing.T) {
	t.Parallel()
	dir, feed, slack := t.TempDir(), newFeed(t), newRefusingSlack(t, "")
	due(t, dir, feed, 1, "slack")
	once(t, dir, slack.settings())
	feed.add("Coup in the capital")
	due(t, dir, feed, 2, "slack")
	raw := rawDatabase(t, dir)
	before := contents(t, raw)
	if !strings.Contains(before, "Rain in the capital") {
		t.Fatalf("the database holds\n%s", before)
	}
	for range 2 {
		out, _ := once(t, dir, slack.settings(), "--dry-run")
		if !strings.Contains(out, "Coup in the capital") || !strings.Contains(out, "slack") || !strings.Contains(out, "1 alert owed") {
			t.Errorf("a dry run prints\n%s", out)
		}
	}
	if after := contents(t, raw); after != before {
		t.Errorf("a dry run changes the database from\n%s\nto\n%s", before, after)
	}
	if n := slack.posted(); n > 0 {
		t.Errorf("a dry run posts %d times", n)
	}
	if out, _ := once(t, dir, slack.settings()); slack.posted() != 1 || !strings.Contains(out, "1 alert owed") {
		t.Errorf("the run after it posts %d times, want once:\n%s", slack.posted(), out)
	}
}

// As long as Slack refuses the token alerts stay owed, the operators hear why,
// nothing claims that people were told, and when it is mended all goes out.
func TestSlackRefusesToken(t *testing.T) {
	t.Parallel()
	dir, feed, slack := t.TempDir(), newFeed(t), newRefusingSlack(t, "")
	due(t, dir, feed, 1, "slack")
	once(t, dir, slack.settings())
	slack.refuse("invalid_auth")
	feed.add("Coup in the capital")
	feed.add("Fishermen saw the Farland coup begin at sea")
	due(t, dir, feed, 2, "slack")
	const advice = "Slack does not accept the bot token: copy it anew from the app's page OAuth & Permissions"
	for range 2 {
		out, errs, code := coupwatch(t, dir, slack.settings(), "run", "--once")
		if code != 1 || !strings.Contains(errs, "2 alerts could not be sent and stay owed: slack: invalid_auth") {
			t.Errorf("exits with %d and says\n%s", code, errs)
		}
		if strings.Contains(out+errs, "hush") {
			t.Errorf("the token is shown:\n%s%s", out, errs)
		}
		if told := strings.Contains(strings.Join(strings.Fields(out), " "), advice); told != (slack.posted() == 1) {
			t.Errorf("the operators, who read the console, are told %v at the attempt %d, want at the first alone:\n%s", told, slack.posted(), out)
		}
	}
	if slack.posted() != 2 {
		t.Errorf("%d posts, want one at each start", slack.posted())
	}
	for command, want := range map[string]string{
		"stories":                    "OWED",
		"stories --json":             `"told":null`,
		"why https://news.example/1": "Owed since",
		"outbox":                     "slack is in trouble since",
		"why https://news.example/2": "not delivered: slack: invalid_auth",
	} {
		out, errs, code := coupwatch(t, dir, nil, strings.Fields(command)...)
		if code != 0 || !strings.Contains(out, want) || strings.Contains(out, "People were told at once") {
			t.Errorf("%s exits with %d and lacks %q:\n%s%s", command, code, want, out, errs)
		}
	}
	slack.refuse("")
	if out, _ := once(t, dir, slack.settings()); slack.posted() != 4 || !strings.Contains(out, "MENDED") {
		t.Errorf("%d posts after the token was mended, want the two that were owed:\n%s", slack.posted(), out)
	}
	if out, _, _ := coupwatch(t, dir, nil, "why", "https://news.example/1"); !strings.Contains(out, "People were told at once") {
		t.Errorf("when it is told why says\n%s", out)
	}
}

// That analysts may save rules which cannot be written is said before one does.
func TestEditableRulesCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "rules.yaml")
	write(t, file, "rules: [{id: coup, title: Coup, severity: high, match: coup}]\n")
	rules, err := matcher.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	use := &daemon.InUse{File: matcher.Hold(rules)}
	for path, want := range map[string]bool{file: false, filepath.Join(file, "none"): true} {
		p := &program{Settings: settings.Settings{EditRules: true, Rules: path}}
		said := strings.Join(p.advice(use, mode{}), "\n")
		if got := strings.Contains(said, "COUPWATCH_EDIT_RULES is yes, and what analysts save from the page cannot be written"); got != want {
			t.Errorf("%s: the advice is %q", path, said)
		}
	}
}
