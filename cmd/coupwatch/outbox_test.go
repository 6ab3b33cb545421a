package main

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// runIn runs coupwatch in dir and returns what it printed.
func runIn(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "coupwatch", args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("coupwatch %q: %v\n%s", args, err, out)
	}
	return string(out)
}

// An alert is seen in every state it can be in, and moved from one to another
// by hand.
func TestOutbox(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db, now := openStore(t, dir), time.Now().UTC()
	for i, headline := range []string{"Owed", "Sent", "Given up"} {
		_, err := db.Queue(t.Context(), news.Alert{
			ID: fmt.Sprintf("story/s-%d/console/new", i), Channel: "console", Kind: news.New,
			Story: news.Story{ID: fmt.Sprint("s-", i), Headline: headline}, DueAt: now.Add(time.Hour),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Sent(t.Context(), "story/s-1/console/new", "", now); err != nil {
		t.Fatal(err)
	}
	if err := db.Failed(t.Context(), "story/s-2/console/new", "the console is gone", now); err != nil {
		t.Fatal(err)
	}
	shows := func(lines ...string) {
		t.Helper()
		out := strings.Join(strings.Fields(runIn(t, dir, "outbox")), " ")
		for _, line := range lines {
			if !strings.Contains(out, line) {
				t.Errorf("outbox lacks %q:\n%s", line, out)
			}
		}
	}
	shows("owed in 59m console new 0 Owed story/s-0/console/new", "sent", "failed", "Given up – the console is gone")
	if out := runIn(t, dir, "drop", "story/s-0"); !strings.Contains(out, "story/s-0/console/new is dropped") {
		t.Error(out)
	}
	if out := runIn(t, dir, "retry", "story/s-2"); !strings.Contains(out, "story/s-2/console/new is due now") {
		t.Error(out)
	}
	shows("owed due console new 0 Given up", "Owed – dropped by hand")
	if out := runIn(t, dir, "audit"); !strings.Contains(out, "(command line): dropped the alert story/s-0/console/new\n") || !strings.Contains(out, "(command line): made the alert story/s-2/console/new due now\n") {
		t.Errorf("the audit says\n%s", out)
	}
	if out := runIn(t, dir, "outbox", "--json"); strings.Count(out, "\n") != 3 || !strings.Contains(out, `"state":"failed"`) {
		t.Error(out)
	}
}
