package story

import (
	"fmt"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/cluster"
)

// Of more reports than are remembered the first stays and the latest do, of
// those worth an alert and of the others each by itself; of developments the
// latest stay; and all are counted.
func TestFoldForgets(t *testing.T) {
	w := cluster.Default()
	var s news.Story
	for i := range 3 * maxUpdates {
		r := news.Report{Item: news.Item{ID: fmt.Sprintf("r%03d", i), Publisher: "p", Title: "Coup", Published: time.Unix(int64(i), 0)}}
		severity := news.High
		if i%3 == 0 {
			severity = news.Low
		}
		r.Matches = []news.Match{{Rule: "coup", Severity: severity}}
		if got := fold(&s, extract(r, w.Words), "", w.Warm); got != r.ID {
			t.Fatalf("report %s brings the development %q", r.ID, got)
		}
	}
	var strong, weak []string
	for _, g := range s.Gists {
		if g.BelowAlert {
			weak = append(weak, g.Item)
		} else {
			strong = append(strong, g.Item)
		}
	}
	for _, tt := range []struct {
		name        string
		kept        []string
		first, next string
	}{{"worth an alert", strong, "r001", "r133"}, {"below", weak, "r000", "r114"}} {
		if len(tt.kept) != 1+maxGists || tt.kept[0] != tt.first || tt.kept[1] != tt.next {
			t.Errorf("%s: %q are remembered, want %s and the %d from %s on", tt.name, tt.kept, tt.first, maxGists, tt.next)
		}
	}
	if len(s.Updates) != maxUpdates || s.Updates[0].ID != "r100" || s.Updates[maxUpdates-1].ID != "r149" {
		t.Errorf("%d developments are kept, from %s to %s", len(s.Updates), s.Updates[0].ID, s.Updates[len(s.Updates)-1].ID)
	}
	if s.Reports != 3*maxUpdates || s.Sources[0].Reports != 3*maxUpdates || !s.FirstSeen.Equal(time.Unix(0, 0)) {
		t.Errorf("%d reports, %d of the source, since %s", s.Reports, s.Sources[0].Reports, s.FirstSeen)
	}
	if got := updateOf(s, "r050"); got != "" {
		t.Errorf("a report that is forgotten brought %q", got)
	}
	fold(&s, extract(news.Report{Item: news.Item{ID: "copy", Publisher: "q", Title: "Coup"}}, w.Words), "r120", w.Warm)
	if i := len(s.Updates) - 30; s.Updates[i].ID != "r120" || s.Updates[i].Reports != 2 {
		t.Errorf("a copy is counted for %v, want for r120", s.Updates[i])
	}
}
