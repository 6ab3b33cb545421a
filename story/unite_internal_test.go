package story

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/cluster"
	"github.com/coupwatch/coupwatch/story/outlets"
)

// Of two stories that turn out to be one that stays which was told first, unless
// the other has outgrown it; when people were first told stays as it was.
func TestUnitedStays(t *testing.T) {
	early := time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		first, second int // reports
		want          string
	}{{4, 4, "first"}, {4, 11, "first"}, {4, 12, "second"}, {12, 4, "first"}} {
		a := news.Story{ID: "first", Told: early, FirstSeen: early, Reports: tt.first}
		b := news.Story{ID: "second", Told: early.Add(time.Hour), FirstSeen: early, Reports: tt.second}
		for _, pair := range [][2]news.Story{{a, b}, {b, a}} {
			stays, ends := united(pair[0], pair[1], outlets.New(nil), cluster.Default().Warm)
			if stays.ID != tt.want || ends.Into.ID != stays.ID || !stays.Told.Equal(early) || stays.Reports != tt.first+tt.second {
				t.Errorf("%d and %d reports: %s stays, told at %v, of %d reports; want %s", tt.first, tt.second, stays.ID, stays.Told, stays.Reports, tt.want)
			}
		}
	}
}
