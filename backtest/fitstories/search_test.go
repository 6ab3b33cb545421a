package main

import (
	"io"
	"math"
	"slices"
	"testing"

	"github.com/coupwatch/coupwatch/story/cluster"
)

// The search moves a figure where that gains in all periods that it may see, and
// leaves alone what gains in one of them at the cost of another.
func TestSearch(t *testing.T) {
	felt := cluster.Default()
	far := func(w cluster.Weights, name string, goal float64) float64 {
		return math.Abs(figure(w, name)/figure(felt, name) - goal)
	}
	s := search{names: []string{"Hub.Pull", "Fade.Days", "Shared.Names", "Main.Rule"}, progress: io.Discard, loss: func(w cluster.Weights) []float64 {
		both, torn, third := far(w, "Hub.Pull", 1.2)+0.5*far(w, "Shared.Names", 0.8), figure(w, "Fade.Days")/figure(felt, "Fade.Days"), far(w, "Main.Rule", 0.8)
		return []float64{both - torn, both + 0.9*torn, third}
	}}
	start, moves := s.loss(felt), s.single(felt)
	if len(moves) != 8 {
		t.Fatalf("%d moves, want two of each figure", len(moves))
	}
	for _, tt := range []struct {
		name   string
		fitted func(int) bool
		want   []move
	}{
		{"two periods", func(i int) bool { return i < 2 }, []move{{"Hub.Pull", more}, {"Shared.Names", less}}},
		{"one that is torn from the other", func(i int) bool { return i == 0 }, []move{{"Fade.Days", more}, {"Hub.Pull", more}, {"Shared.Names", less}}},
		{"the third", func(i int) bool { return i == 2 }, []move{{"Main.Rule", less}}},
	} {
		w, kept := s.fit(felt, start, moves, tt.fitted)
		slices.SortFunc(kept, func(a, b move) int { return slices.Index(s.names, a.name) - slices.Index(s.names, b.name) })
		slices.SortFunc(tt.want, func(a, b move) int { return slices.Index(s.names, a.name) - slices.Index(s.names, b.name) })
		if !slices.Equal(kept, tt.want) {
			t.Errorf("%s: moves %v, want %v", tt.name, kept, tt.want)
		}
		for _, m := range tt.want {
			if got := figure(w, m.name) / figure(felt, m.name); math.Abs(got-m.factor) > 1e-9 {
				t.Errorf("%s: %s is %.3f times what it was, want %.3f", tt.name, m.name, got, m.factor)
			}
		}
	}
}

// The points around weights are near them, others for other seeds, and the same
// for the same.
func TestNear(t *testing.T) {
	w := cluster.Default()
	a, b := near(w, 1), near(w, 2)
	if a != near(w, 1) || a == b || a == w {
		t.Error("the points around do not follow from their seeds")
	}
	for _, name := range figureNames("") {
		if off := figure(a, name)/figure(w, name) - 1; math.Abs(off) > nearby {
			t.Errorf("%s is off by %.3f", name, off)
		}
	}
	if got := figureNames("Hub.Pull,Fade"); len(got) != 5 || got[0] != "Hub.Pull" {
		t.Errorf("figures %q", got)
	}
}
