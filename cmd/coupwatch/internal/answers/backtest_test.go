package answers

import (
	"fmt"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
)

// Items that join a story without a rule are counted by story, the one with
// most of them first.
func TestShowJoined(t *testing.T) {
	o := backtest.NewOutcome(&backtest.Past{})
	for i, id := range []string{"s-1", "s-2", "s-2"} {
		r := news.Report{Item: news.Item{ID: fmt.Sprint(i), Title: fmt.Sprintf("Title %d", i), Published: time.Unix(1, 0)}}
		if err := o.Add(r, news.Decision{Kind: news.Update, Story: news.Story{ID: id, Headline: "Story " + id}}); err != nil {
			t.Fatal(err)
		}
	}
	s := &terminal.Screen{Columns: 80}
	showJoined(s, o)
	want := `
Joined a story though no rule matched: 3 items, 2 stories
  Story s-2
      2 items, such as: Title 2
  Story s-1
      1 item, such as: Title 0
`
	if got := s.String(); got != want {
		t.Errorf("shown is %s\nwant %s", got, want)
	}
}
