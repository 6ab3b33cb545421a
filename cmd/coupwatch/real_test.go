package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// broadRules match so much that there is something to fold, edit and tell in
// ordinary news. Nothing is too old for them to be told.
const broadRules = `
defaults: {max_age: 720000h}
rules:
  - {id: coup, title: Coup, severity: high, match: coup OR putsch OR mutiny OR переворот OR мятеж}
  - {id: power, title: Power, severity: medium, match: president OR minister OR police OR army OR covid OR Россия OR Путин}
routes: [{to: console, severity: medium}]
`

// unconditional is how many feeds may be asked without validators though they
// were just read: once in a day each feed is, at an hour of its own.
const unconditional = 6

// With the rules that it comes with the program reads every real feed, or each third of
// them where long tests are not wanted, and the second time is told by each that nothing
// changed. Rules that match more of them are those of [TestReplays].
func TestRealFeeds(t *testing.T) {
	if testing.Short() {
		t.Skip("reads much, one after the other; nothing in it races that other tests do not try")
	}
	skipSlow(t)
	t.Parallel()
	o, dir, leastItems := newOutlets(t), t.TempDir(), 4900
	if !longtest.Wanted() {
		o.thin(3)
		leastItems = 1500
	}
	began := time.Now()
	writeShipped(t, dir, o.feeds("/", "@every 1h"))
	out, errs, code := coupwatch(t, dir, nil, "run", "--once")
	if code != 0 {
		t.Fatalf("exits with %d:\n%s%s", code, out, errs)
	}
	t.Logf("first run in %v: %s", time.Since(began).Round(time.Millisecond), lastLine(out))
	full, _, _ := o.turn(0)
	if full != len(o.versions) {
		t.Errorf("the outlets served %d feeds, want each of %d once", full, len(o.versions))
	}
	feeds, stored := readFeeds(t, dir, len(o.versions), leastItems)
	checkOnce(t, out, len(feeds), stored)

	began = time.Now()
	writeShipped(t, dir, o.feeds("/", "@every 2h")) // with a new schedule a feed is due
	out, errs, code = coupwatch(t, dir, nil, "run", "--once")
	if want := fmt.Sprintf("%d feeds read in", len(feeds)); code != 0 || !strings.Contains(out, want) || !strings.Contains(out, ": 0 new items stored, 0 edited, 0 matched, 0 alerts owed") {
		t.Errorf("the second run exits with %d and says\n%s%s", code, out, errs)
	}
	t.Logf("second run in %v: %s", time.Since(began).Round(time.Millisecond), lastLine(out))
	odd := 0 // such a feed is read again in full
	for _, f := range feeds {
		if f.Problem != "" {
			t.Logf("%s: %s", f.Name, f.Problem)
			odd++
		}
	}
	if full, same, bad := o.turn(0); bad > 0 || full > odd+unconditional || full+same != len(feeds) {
		t.Errorf("the second time the outlets answered %d feeds in full (%d in spite of validators) and %d as unchanged, want all %d but %d unchanged",
			full, bad, same, len(feeds), odd)
	}
}

// readFeeds returns the feeds in the database of dir, all of which were read,
// and how many items they have.
func readFeeds(t *testing.T, dir string, want, leastItems int) (feeds []news.FeedState, items int) {
	t.Helper()
	feeds, err := openStore(t, dir).Feeds(t.Context())
	if err != nil || len(feeds) != want {
		t.Fatalf("%d feeds are stored, want %d: %v", len(feeds), want, err)
	}
	for _, f := range feeds {
		if f.LastGood.IsZero() || f.Failures > 0 {
			t.Errorf("%s was not read: %s", f.Name, f.Problem)
		}
		items += f.Items
	}
	if items < leastItems {
		t.Errorf("%d items are stored, want at least %d", items, leastItems)
	}
	return feeds, items
}

var onceLine = regexp.MustCompile(`(?m)^(\d+) feeds read in .*: (\d+) new items stored, \d+ edited, (\d+) matched`)

// checkOnce checks that run --once says what it did, and lists what matched.
func checkOnce(t *testing.T, out string, feeds, items int) {
	t.Helper()
	said := onceLine.FindStringSubmatch(out)
	if said == nil || said[1] != strconv.Itoa(feeds) || said[2] != strconv.Itoa(items) {
		t.Fatalf("it says %q, want %d feeds and %d items", lastLine(out), feeds, items)
	}
	listed := len(regexp.MustCompile(`(?m)^(low|medium|high|critical) +digest `).FindAllString(out, -1))
	if said[3] == "0" || said[3] != strconv.Itoa(listed) {
		t.Errorf("it says that %s matched, and lists %d", said[3], listed)
	}
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}

var feedsPart = regexp.MustCompile(`(?ms)^feeds:\n.*?^rules:\n`)

// writeShipped writes the rules that coupwatch comes with, for other feeds, into dir.
func writeShipped(t *testing.T, dir, feeds string) {
	t.Helper()
	shipped, err := os.ReadFile("../../rules.yaml")
	if err != nil || !feedsPart.Match(shipped) {
		t.Fatalf("rules.yaml has no feeds before its rules: %v", err)
	}
	if err := os.CopyFS(filepath.Join(dir, "rules"), os.DirFS("../../rules")); err != nil && !errors.Is(err, fs.ErrExist) {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "rules.yaml"), feedsPart.ReplaceAllLiteralString(string(shipped), feeds+"rules:\n"))
}

// A diary is a store that checks what is recorded against what was read.
type diary struct {
	*store.DB
	t *testing.T

	mu      sync.Mutex
	items   map[string]news.Item // as they were read last, by id
	edits   map[string]int       // how often a title was seen to change, by id
	decided map[string]int       // how often an item was decided about as new
	total   news.Tally
}

// Ingest implements [watcher.Store].
func (d *diary) Ingest(ctx context.Context, r news.Reading, reports []news.Report, decider news.Decider) (news.Tally, error) {
	tally, err := d.DB.Ingest(ctx, r, reports, &tallying{decider, d.decided})
	d.mu.Lock()
	defer d.mu.Unlock()
	fresh := 0
	here := map[string]bool{} // of items with one id the first counts
	for _, it := range r.Items {
		was, known := d.items[it.ID]
		switch {
		case here[it.ID]:
			continue
		case !known:
			fresh++
		case strings.TrimSpace(was.Title) != strings.TrimSpace(it.Title):
			d.edits[it.ID]++
		}
		d.items[it.ID], here[it.ID] = it, true
	}
	if tally.New != fresh {
		d.t.Errorf("%s: %d items recorded as new, but %d were never read before", r.Feed.Name, tally.New, fresh)
	}
	d.total.New += tally.New
	d.total.Revised += tally.Revised
	d.total.Matched += tally.Matched
	d.total.Alerts += tally.Alerts
	return tally, err
}

// A tallying decider counts how often it is asked about an item as new.
type tallying struct {
	news.Decider
	asked map[string]int
}

func (c *tallying) Decide(r news.Report, closed ...news.Story) news.Decision {
	if !r.Revised && len(r.Matches) > 0 {
		c.asked[r.ID]++
	}
	return c.Decider.Decide(r, closed...)
}

// Feeds that are always due: the same with another schedule.
type rescheduled struct {
	*matcher.Rules
	schedule string
}

func (r *rescheduled) Feeds() []news.Feed {
	feeds := append([]news.Feed(nil), r.Rules.Feeds()...)
	for i := range feeds {
		feeds[i].Schedule = r.schedule
	}
	return feeds
}

// Walked through version by version, no feed brings an item twice, an edited
// title becomes a revision, and nobody is told twice of one item.
func TestReplays(t *testing.T) {
	if testing.Short() {
		t.Skip("reads much, one after the other; nothing in it races that other tests do not try")
	}
	t.Parallel()
	o, dir := newOutlets(t), t.TempDir()
	step := 4
	switch {
	case raceDetector:
		step = 12
	case longtest.Wanted():
		step = 1
	}
	rules, err := matcher.Parse("rules.yaml", []byte(broadRules+o.feeds("/replay/", "@every 1h")))
	if err != nil {
		t.Fatal(err)
	}
	d := &diary{DB: openStore(t, dir), t: t, items: map[string]news.Item{}, edits: map[string]int{}, decided: map[string]int{}}
	var now watcher.Rules
	watch := watcher.New(watcher.Options{
		Rules:  func() watcher.Rules { return now },
		Fetch:  fetch.New(fetch.Options{Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}),
		Store:  d,
		Health: d.DB,
		Decide: new(story.Stories).At,
		Log:    slog.New(slog.DiscardHandler),
	})
	steps := 0
	for version := 0; version < 60; version += step {
		o.turn(version)
		now = &rescheduled{rules, fmt.Sprintf("@every %dh", 1+version)}
		if err := watch.Poll(t.Context()); err != nil {
			t.Fatal(err)
		}
		watch.Wait()
		steps++
	}
	t.Logf("%d versions of %d feeds: %+v, %d titles edited", steps, len(rules.Feeds()), d.total, len(d.edits))
	d.check()
}

// check checks what is stored after a walk.
func (d *diary) check() {
	ctx := d.t.Context()
	if d.total.New != len(d.items) || len(d.edits) == 0 || d.total.Alerts == 0 {
		d.t.Errorf("%d items are new of %d that were read, %d edited, %d alerts owed; want each of them once, and some edits and alerts",
			d.total.New, len(d.items), len(d.edits), d.total.Alerts)
	}
	for id, n := range d.decided {
		if n > 1 {
			d.t.Errorf("%q was decided about as new %d times", d.items[id].Title, n)
		}
	}
	for id, edits := range d.edits {
		verdicts, err := d.ItemsByLink(ctx, d.items[id].Link)
		if err != nil {
			d.t.Fatal(err)
		}
		for _, v := range verdicts {
			if v.ID == id && (v.Revision < edits || v.Title != d.items[id].Title) {
				d.t.Errorf("%q has revision %d and title %q, want at least %d and the latest", d.items[id].Title, v.Revision, v.Title, edits)
			}
		}
	}
	owed, err := d.Outbox(ctx, 1_000_000)
	if err != nil || len(owed) != d.total.Alerts {
		d.t.Fatalf("%d alerts are owed, want %d: %v", len(owed), d.total.Alerts, err)
	}
	told := map[string]bool{}
	for _, a := range owed { // an edit may make a story firmer, which is told, but not the same twice
		key := a.Channel + " " + string(a.Kind) + " " + a.Item.ID
		if a.Kind == news.Escalation {
			key += a.Reason
		}
		if told[key] {
			d.t.Errorf("told twice as %s of %q: %s", a.Kind, a.Item.Title, a.Reason)
		}
		told[key] = true
	}
}
