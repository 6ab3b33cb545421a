package story

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A story is the only one of its country if no other is told around the time
// of the report, be that long before what is told now.
func TestAlone(t *testing.T) {
	then := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	mali := []place{{"ml", 1}}
	day := 24 * time.Hour
	for _, tt := range []struct {
		name  string
		other cluster
		want  bool
	}{
		{"another of the week", cluster{at: then.Add(5 * day), places: mali}, false},
		{"one of months before", cluster{at: then.Add(-90 * day), places: mali}, true},
		{"one of months after", cluster{at: then.Add(90 * day), places: mali}, true},
		{"another country's", cluster{at: then, places: []place{{"ne", 1}}}, true},
		{"one that is hardly about it", cluster{at: then, places: []place{{"ml", 0.2}}}, true},
	} {
		cl := &cluster{at: then, places: mali}
		r := &queryVector{reportFeatures: reportFeatures{gist: news.Gist{At: then}}}
		if got := alone("ml", cl, []*cluster{cl, &tt.other}, r); got != tt.want {
			t.Errorf("beside %s: alone %v, want %v", tt.name, got, tt.want)
		}
	}
}
