package main

import (
	"math/rand/v2"
	"reflect"
	"strings"

	"github.com/coupwatch/coupwatch/story/cluster"
)

// nearby is by which share each figure is off at the points around weights.
const nearby = 0.03

// figures calls do with each figure of w, which it may change, in the order of the
// fields: "Hub.Pull".
func figures(w *cluster.Weights, do func(name string, figure *float64)) {
	groups := reflect.ValueOf(w).Elem()
	for i := range groups.NumField() {
		group := groups.Field(i)
		for k := range group.NumField() {
			do(groups.Type().Field(i).Name+"."+group.Type().Field(k).Name, group.Field(k).Addr().Interface().(*float64))
		}
	}
}

// figureNames returns the names of the figures that begin with one of prefixes,
// which have commas between; "" for all.
func figureNames(prefixes string) (names []string) {
	var w cluster.Weights
	figures(&w, func(name string, _ *float64) {
		for prefix := range strings.SplitSeq(prefixes, ",") {
			if strings.HasPrefix(name, prefix) {
				names = append(names, name)
				return
			}
		}
	})
	return names
}

// near returns weights around w, the same for the same seed.
func near(w cluster.Weights, seed uint64) cluster.Weights {
	random := rand.New(rand.NewPCG(seed, seed))
	figures(&w, func(_ string, figure *float64) { *figure *= 1 + nearby*(2*random.Float64()-1) })
	return w
}

// A move is a figure that is made more or less.
type move struct {
	name   string
	factor float64
}

// on returns w with the move.
func (m move) on(w cluster.Weights) cluster.Weights {
	figures(&w, func(name string, figure *float64) {
		if name == m.name {
			*figure *= m.factor
		}
	})
	return w
}

// figure returns the figure of w of that name.
func figure(w cluster.Weights, name string) (x float64) {
	figures(&w, func(other string, figure *float64) {
		if other == name {
			x = *figure
		}
	})
	return x
}
