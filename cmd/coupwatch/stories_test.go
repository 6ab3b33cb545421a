package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
)

func TestParseSince(t *testing.T) {
	now := time.Date(2026, 8, 22, 10, 0, 0, 0, time.UTC)
	for value, want := range map[string]string{
		"30d": "2026-07-23T10:00:00Z", "2w": "2026-08-08T10:00:00Z", "36h": "2026-08-20T22:00:00Z", "2026-08-20": "2026-08-20T00:00:00Z",
	} {
		if got, err := parseSince(value, now); err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("parseSince(%q) = %v, %v, want %s", value, got, err, want)
		}
	}
	for _, value := range []string{"", "30", "d", "-3d", "0d", "3x", "1.5d", "99999999d", "2026-13-01", "yesterday"} {
		if got, err := parseSince(value, now); err == nil {
			t.Errorf("parseSince(%q) = %v, want an error", value, got)
		}
	}
}

// A table of stories is no wider than the terminal, and has every headline.
func TestStoriesFit(t *testing.T) {
	at := time.Date(2026, 8, 20, 6, 0, 0, 0, time.UTC)
	var stories []news.Story
	for i := range 3 {
		stories = append(stories, news.Story{
			ID: fmt.Sprintf("s-%016d", i), Headline: fmt.Sprintf("Story %d ", i) + strings.Repeat("军方 мятеж mutiny ", 20),
			Severity: news.Critical, Status: news.Official, FirstSeen: at, LastSeen: at, Told: at, Reports: 1234,
			Origins: make([]news.Origin, 3), Sources: make([]news.Source, 4),
		})
	}
	for _, columns := range []int{80, 100, 124, 125, 200} {
		s := &terminal.Screen{Columns: columns, Terminal: true}
		showStories(s, stories, nil, at)
		for line := range strings.Lines(s.String()) {
			if n := terminal.Width(strings.TrimSuffix(line, "\n")); n > columns {
				t.Errorf("a line takes %d columns of %d: %q", n, columns, line)
			}
		}
		for i := range stories {
			if !strings.Contains(s.String(), fmt.Sprintf("Story %d 军方", i)) {
				t.Errorf("on %d columns story %d has no headline:\n%s", columns, i, s)
			}
		}
	}
}
