package cluster

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
)

// A story is the only one of its country if no other is told around the time
// of the report, be that long before what is told now.
func TestAlone(t *testing.T) {
	then := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	mali := []place{{"ml", 1}}
	day := 24 * time.Hour
	for _, tt := range []struct {
		name  string
		other Cluster
		want  bool
	}{
		{"another of the week", Cluster{summary: summary{at: then.Add(5 * day), places: mali}}, false},
		{"one of months before", Cluster{summary: summary{at: then.Add(-90 * day), places: mali}}, true},
		{"one of months after", Cluster{summary: summary{at: then.Add(90 * day), places: mali}}, true},
		{"another country's", Cluster{summary: summary{at: then, places: []place{{"ne", 1}}}}, true},
		{"one that is hardly about it", Cluster{summary: summary{at: then, places: []place{{"ml", 0.2}}}}, true},
	} {
		cl := &Cluster{summary: summary{at: then, places: mali}}
		r := &queryVector{Features: gist.Features{Gist: news.Gist{At: then}}}
		if got := NewIndex(Default()).alone("ml", cl, []*Cluster{cl, &tt.other}, r); got != tt.want {
			t.Errorf("beside %s: alone %v, want %v", tt.name, got, tt.want)
		}
	}
}
