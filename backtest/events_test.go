package backtest

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// folded returns the figures of items as "day:story:event", each with an id of its
// own.
func folded(items string) FoldingFigures {
	events := map[string]string{"never told": "war"}
	f := NewFolding(events, nil)
	for i, item := range strings.Fields(items) {
		part := strings.Split(item, ":")
		day, err := time.ParseDuration(part[0] + "h")
		if err != nil {
			panic(err)
		}
		id := string(rune('a' + i))
		if part[2] != "" {
			events[id] = part[2]
		}
		f.Add(Step{Time: time.Unix(0, 0).Add(24 * day), Story: part[1], Kind: news.New, Items: []string{id}})
	}
	return f.Figures()
}

func TestFolding(t *testing.T) {
	near := func(got FoldingScore, items int, precision, recall float64) bool {
		f1 := 0.0
		if items > 0 {
			f1 = 2 * precision * recall / (precision + recall)
		}
		return got.Items == items && math.Abs(got.Precision-precision) < 1e-9 && math.Abs(got.Recall-recall) < 1e-9 && math.Abs(got.F1-f1) < 1e-9
	}
	for _, tt := range []struct {
		name, items          string
		whole, others, alone [2]float64 // precision, recall
		nOthers, nAlone      int
		largest              string
	}{
		{"as people saw it", "1:s:coup 1:s:coup 2:t:plot", [2]float64{1, 1}, [2]float64{1, 1}, [2]float64{1, 1}, 1, 2, "coup"},
		{"the large one in two", "1:s:coup 1:s:coup 2:u:coup 2:u:coup 3:t:plot", [2]float64{1, (4*0.5 + 1) / 5}, [2]float64{1, 1}, [2]float64{1, 0.5}, 1, 4, "coup"},
		{"the small one swallowed", "1:s:coup 1:s:coup 1:s:coup 3:s:plot", [2]float64{(3*0.75 + 0.25) / 4, 1}, [2]float64{0.25, 1}, [2]float64{0.75, 1}, 1, 3, "coup"},
		{"begins again as a new story", "1:s:coup 1:s:coup 16:u:coup", [2]float64{1, 1}, [2]float64{}, [2]float64{1, 1}, 0, 3, "coup"},
		{"goes on after a silence", "1:s:coup 1:s:coup 16:s:coup", [2]float64{1, 1}, [2]float64{}, [2]float64{1, 1}, 0, 3, "coup"},
		{"begins again too soon", "1:s:coup 2:s:coup 15:u:coup", [2]float64{1, (2*2./3 + 1./3) / 3}, [2]float64{}, [2]float64{1, (2*2./3 + 1./3) / 3}, 0, 3, "coup"},
		{"of no event", "1:s:coup 1:s: 1:t:", [2]float64{1, 1}, [2]float64{}, [2]float64{1, 1}, 0, 1, "coup"},
		{"of one size", "1:s:plot 1:t:coup", [2]float64{1, 1}, [2]float64{1, 1}, [2]float64{1, 1}, 1, 1, "coup"},
		{"nothing", "", [2]float64{}, [2]float64{}, [2]float64{}, 0, 0, ""},
	} {
		f := folded(tt.items)
		if f.Largest != tt.largest {
			t.Errorf("%s: the largest event is %q, want %q", tt.name, f.Largest, tt.largest)
		}
		for _, x := range []struct {
			of    string
			got   FoldingScore
			items int
			want  [2]float64
		}{{"all", f.Whole, tt.nOthers + tt.nAlone, tt.whole}, {"the others", f.Others, tt.nOthers, tt.others}, {"the largest", f.Alone, tt.nAlone, tt.alone}} {
			if !near(x.got, x.items, x.want[0], x.want[1]) {
				t.Errorf("%s: of %s %+v, want %d items, %v", tt.name, x.of, x.got, x.items, x.want)
			}
		}
	}
}
