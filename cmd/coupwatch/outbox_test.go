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
	if out := runIn(t, dir, "outbox", "--json"); strings.Count(out, "\n") != 3 || !strings.Contains(out, `"state":"failed"`) {
		t.Error(out)
	}
}

func TestWilson(t *testing.T) {
	tests := []struct {
		yes, n    int
		low, high float64 // as published tables have them
	}{
		{0, 10, 0, 0.2775}, {5, 10, 0.2366, 0.7634}, {10, 10, 0.7225, 1}, {81, 263, 0.2553, 0.3662},
	}
	for _, tt := range tests {
		low, high := wilson(tt.yes, tt.n)
		if d := max(low-tt.low, tt.low-low, high-tt.high, tt.high-high); d > 0.0001 {
			t.Errorf("wilson(%d, %d) = %.4f, %.4f, want %.4f, %.4f", tt.yes, tt.n, low, high, tt.low, tt.high)
		}
	}
}

func TestGrades(t *testing.T) {
	at := func(n int) time.Time { return time.Date(2026, 8, 22, 12, n, 0, 0, time.UTC) }
	var labels []news.Label
	for i := range 12 {
		labels = append(labels, news.Label{Item: fmt.Sprint(i), Story: fmt.Sprint("s", i), Rule: "coup", Relevant: i < 9, By: "anna", At: at(i)})
	}
	labels = append(labels,
		news.Label{Item: "again", Story: "s0", Rule: "coup", Relevant: false, By: "boris", At: at(20)}, // the last word on s0
		news.Label{Item: "x", Story: "s1", Rule: "gone", Relevant: true, By: "anna", At: at(21)})
	got := gradeRules([]string{"mutiny", "coup"}, labels)
	var lines []string
	for _, g := range got {
		lines = append(lines, fmt.Sprintf("%s %d %d %s", g.rule, g.relevant, g.noise, g.precision()))
	}
	want := "mutiny 0 0 –; coup 8 4 67 % (39–86); gone 1 0 too few"
	if s := strings.Join(lines, "; "); s != want {
		t.Errorf("grades %q, want %q", s, want)
	}
}
