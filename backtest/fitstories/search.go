package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/coupwatch/coupwatch/story/cluster"
)

// more and less are by what a figure is multiplied, and least what a move is to
// gain.
const (
	more  = 1.2
	less  = 0.8
	least = 0.001
)

// A search looks for weights with less loss.
type search struct {
	names    []string                          // of the figures that may be moved
	loss     func(w cluster.Weights) []float64 // by period
	progress io.Writer                         // gets a line for each figure
}

// A tried move is one with the loss that it leads to, in each period.
type tried struct {
	move
	loss []float64
}

// single tries each move by itself from w.
func (s search) single(w cluster.Weights) (all []tried) {
	for _, name := range s.names {
		fmt.Fprintln(s.progress, "fitstories: trying", name)
		for _, factor := range []float64{more, less} {
			m := move{name, factor}
			all = append(all, tried{m, s.loss(m.on(w))})
		}
	}
	return all
}

// fit returns the weights that fit the periods for which fitted holds, from w with
// the loss start, and the moves that lead to them.
func (s search) fit(w cluster.Weights, start []float64, moves []tried, fitted func(period int) bool) (cluster.Weights, []move) {
	better := slices.Clone(moves)
	slices.SortStableFunc(better, func(a, b tried) int { return cmp.Compare(sum(a.loss, fitted), sum(b.loss, fitted)) })
	best, kept := start, []move(nil)
	for _, m := range better {
		moved := slices.ContainsFunc(kept, func(k move) bool { return k.name == m.name })
		if moved || !gains(start, m.loss, fitted) {
			continue
		}
		if next := s.loss(m.on(w)); gains(best, next, fitted) {
			w, best = m.on(w), next
			kept = append(kept, m.move)
		}
	}
	return w, kept
}

// gains reports whether the loss falls from before to after by least at least in
// the mean of the periods, and rises by as much in none.
func gains(before, after []float64, fitted func(period int) bool) bool {
	n := 0.0
	for i := range before {
		if !fitted(i) {
			continue
		}
		if n++; after[i] > before[i]+least {
			return false
		}
	}
	return sum(before, fitted)-sum(after, fitted) >= least*n
}

// sum adds up the losses of the periods that are fitted.
func sum(losses []float64, fitted func(period int) bool) (total float64) {
	for i, x := range losses {
		if fitted(i) {
			total += x
		}
	}
	return total
}
