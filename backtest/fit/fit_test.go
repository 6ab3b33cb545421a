package fit

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// made returns samples of a world in which rows 0 and 1 together tell, row 2
// speaks against, and row 3 means nothing.
func made(n int) []Sample {
	r := rand.New(rand.NewPCG(3, 3))
	var out []Sample
	for range n {
		var rows []int
		sum := -3.0
		for row, worth := range []float64{3, 2, -4, 0} {
			if r.Float64() < .4 {
				rows = append(rows, row)
				sum += worth
			}
		}
		out = append(out, Sample{rows, sum+r.NormFloat64()*.3 > 0, 1})
	}
	return out
}

// What tells gets points by how much it tells; the same samples give the same.
func TestFit(t *testing.T) {
	m := Fit(made(40000), Table{Rows: 4})
	p := m.Points()
	if !(p[0] > p[1] && p[1] > 10 && p[2] < -10 && p[3] > -6 && p[3] < 6) {
		t.Errorf("points %v", p)
	}
	if both, one := p[0]+p[1], p[0]; both < Even || one > both {
		t.Errorf("points %v: both rows together are worth %d, want %d or more", p, both, Even)
	}
	if again := Fit(made(40000), Table{Rows: 4}).Points(); !slices.Equal(again, p) {
		t.Errorf("points %v, and then %v", p, again)
	}
	right := 0
	for _, s := range made(500) {
		if (m.Score(s.Rows) > 0) == s.Wanted {
			right++
		}
	}
	if right < 450 {
		t.Errorf("%d of 500 are told right", right)
	}
}

// A sample that stands for many counts as so many.
func TestWeight(t *testing.T) {
	samples := []Sample{{[]int{0}, true, 1}, {[]int{0}, false, 1}, {nil, false, 1}}
	even := Fit(samples, Table{Rows: 1}).Score([]int{0})
	samples[0].Weight = 5
	if more := Fit(samples, Table{Rows: 1}).Score([]int{0}); more <= even {
		t.Errorf("%g with weight 5, %g with weight 1", more, even)
	}
}

// Without samples nothing is worth anything.
func TestNothing(t *testing.T) {
	if p := Fit(nil, Table{Rows: 2}).Points(); !slices.Equal(p, []int{0, 0}) {
		t.Errorf("points %v", p)
	}
}

// A word for the event itself never speaks against it, whatever the samples say,
// and the other rows are fitted around that.
func TestEventsNeverSpeakAgainst(t *testing.T) {
	free := Fit(made(40000), Table{Rows: 4})
	held := Fit(made(40000), Table{Rows: 4, Events: []int{2}})
	if free.Weights[2] >= 0 || held.Weights[2] != 0 {
		t.Errorf("weight %g, and %g where it may not be below 0", free.Weights[2], held.Weights[2])
	}
	if p := held.Points(); p[0] <= 0 || p[1] <= 0 {
		t.Errorf("points %v", p)
	}
}
