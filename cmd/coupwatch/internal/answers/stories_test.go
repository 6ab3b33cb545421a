package answers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text/fit"
)

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
		Stories(s, stories, nil, at)
		for line := range strings.Lines(s.String()) {
			if n := fit.Width(strings.TrimSuffix(line, "\n")); n > columns {
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
