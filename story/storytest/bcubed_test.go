package storytest

import (
	"math"
	"strings"
	"testing"
)

func TestBCubed(t *testing.T) {
	for _, tt := range []struct {
		name              string
		items             string // item:story:event
		precision, recall float64
	}{
		{"nothing", "", 0, 0},
		{"as people did", "1:a:x 2:a:x 3:b:y", 1, 1},
		{"all in one story", "1:a:x 2:a:x 3:a:y 4:a:y", 0.5, 1},
		{"each a story", "1:a:x 2:b:x 3:c:y 4:d:y", 1, 0.5},
		{"a stranger in a story", "1:a:x 2:a:x 3:a:y", 5. / 9, 1},
		{"a straggler", "1:a:x 2:a:x 3:b:x", 1, 5. / 9},
		{"an item without an event is of its own kind", "1:a:x 2:a:", 0.5, 1},
	} {
		stories, events := map[string]string{}, map[string]string{"never told": "x"}
		for f := range strings.FieldsSeq(tt.items) {
			part := strings.Split(f, ":")
			stories[part[0]], events[part[0]] = part[1], part[2]
		}
		p, r := BCubed(stories, events)
		if math.Abs(p-tt.precision) > 1e-9 || math.Abs(r-tt.recall) > 1e-9 {
			t.Errorf("%s: precision %.3f, recall %.3f, want %.3f, %.3f", tt.name, p, r, tt.precision, tt.recall)
		}
	}
}
