package backtest

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
)

// heardOf returns the figures of items as "story:event" or "story:event:kind", one
// an hour. One without a story matched no rule.
func heardOf(items string) FoldingFigures {
	events, times, start := map[string]string{}, map[string]time.Time{}, time.Unix(0, 0)
	var steps []Step
	for i, item := range strings.Fields(items) {
		part := append(strings.Split(item, ":"), "digest")
		id, at := strconv.Itoa(i), start.Add(time.Duration(i)*time.Hour)
		if part[1] != "" {
			events[id], times[id] = part[1], at
		}
		if part[0] != "" {
			steps = append(steps, Step{Time: at, Story: part[0], Kind: news.Kind(part[2]), Items: []string{id}})
		}
	}
	f := NewFolding(events, times)
	for _, s := range steps {
		f.Add(s)
	}
	return f.Figures()
}

// A large event is to have a post of its own by its third item.
func TestFoldingHeard(t *testing.T) {
	for _, tt := range []struct {
		name, items string
		large, soon int
		late        []LateEvent
	}{
		{"by the first", "s:coup:new s:coup:copy s:coup:copy", 1, 1, nil},
		{"by the third", ":coup s:coup s:coup:new s:coup", 1, 1, nil},
		{"by what is of no event, before", "s::new s:coup s:coup s:coup", 1, 1, nil},
		{"when it became graver", "s:coup s:coup:escalation s:coup", 1, 1, nil},
		{"by the fourth", ":coup s:coup s:coup s:coup:new", 1, 0, []LateEvent{{"coup", 4, 4}}},
		{"never", ":coup s:coup s:coup:update", 1, 0, []LateEvent{{"coup", 3, 0}}},
		{"small", "s:coup s:coup", 0, 0, nil},
		{"swallowed", "s:war:new s:war s:coup s:coup s:war s:coup s:war", 2, 1, []LateEvent{{"coup", 3, 0}}},
		{"of a story that is both alike, the first has it", "s:war:new s:coup s:war s:coup s:war s:coup", 2, 1, []LateEvent{{"coup", 3, 0}}},
		{"the largest first", "s:coup s:coup s:coup t:plot t:plot t:plot t:plot", 2, 0, []LateEvent{{"plot", 4, 0}, {"coup", 3, 0}}},
	} {
		f := heardOf(tt.items)
		if f.Large != tt.large || f.Soon != tt.soon || !cmp.Equal(f.Late, tt.late) {
			t.Errorf("%s: %d of %d soon, late %v; want %d of %d, %v", tt.name, f.Soon, f.Large, f.Late, tt.soon, tt.large, tt.late)
		}
	}
}
