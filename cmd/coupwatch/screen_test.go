package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

func TestFit(t *testing.T) {
	for _, tt := range []struct {
		text    string
		columns int
		want    string
	}{
		{"Mutiny in Tolmin", 16, "Mutiny in Tolmin"},
		{"Mutiny in Tolmin", 15, "Mutiny in Tolm…"},
		{"Mutiny in Tolmin", 11, "Mutiny in…"},
		{"Мятеж в Тольмине", 8, "Мятеж в…"},
		{"军方发动政变", 12, "军方发动政变"},
		{"军方发动政变", 11, "军方发动政…"},
		{"军方发动政变", 10, "军方发动…"},
		{"zal\u0301\u0302go", 5, "zal\u0301\u0302go"},
		{"red \x1b[31malarm\x07\u202e", 40, "red [31malarm"},
		{"two\nlines", 40, "two lines"},
	} {
		if got := fit(tt.text, tt.columns); got != tt.want || columnsOf(got) > tt.columns {
			t.Errorf("fit(%q, %d) = %q, want %q", tt.text, tt.columns, got, tt.want)
		}
	}
}

func TestWrapped(t *testing.T) {
	s := &screen{columns: 20, terminal: true}
	s.wrapped(4, "Colonel Arden told us that his men will not march.")
	want := "    Colonel Arden\n    told us that his\n    men will not\n    march.\n"
	if got := s.String(); got != want {
		t.Errorf("wrapped:\n%s\nwant:\n%s", got, want)
	}
}

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
		s := &screen{columns: columns, terminal: true}
		s.showStories(stories, nil, at)
		for line := range strings.Lines(s.String()) {
			if n := columnsOf(strings.TrimSuffix(line, "\n")); n > columns {
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
