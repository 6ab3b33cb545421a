package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/coupwatch/coupwatch/story/cluster"
)

// report writes how good the weights in use are, what each figure does, and what a
// fit makes of them.
func report(w io.Writer, all periods, s search) {
	felt := cluster.Default()
	start := s.loss(felt)
	fmt.Fprintln(w, "The weights in use:")
	all.table(w, felt)
	fmt.Fprintf(w, "\nLoss, the mean of that at the weights and around them:%s\n", columns(start))
	moves := s.single(felt)
	fmt.Fprintf(w, "\nWhat each figure does by itself: the loss that a fifth more or less of it adds, in %s.\n", all.names())
	for _, m := range moves {
		fmt.Fprintf(w, "  %-24s x %.1f%s\n", m.name, m.factor, columns(minus(m.loss, start)))
	}
	for i, p := range all {
		fitted, kept := s.fit(felt, start, moves, func(k int) bool { return k != i })
		fmt.Fprintf(w, "\nFitted without %s: %s\n", p.name, told(felt, fitted, kept))
		fmt.Fprintf(w, "  loss in %s, which it did not see: %.4f, of the weights in use %.4f\n", p.name, s.loss(fitted)[i], start[i])
		all[i:i+1].table(w, fitted)
	}
	fitted, kept := s.fit(felt, start, moves, func(int) bool { return true })
	fmt.Fprintf(w, "\nFitted on all: %s\n  loss where it was fitted:%s\n", told(felt, fitted, kept), columns(s.loss(fitted)))
	all.table(w, fitted)
}

// told says which figures the moves change, and to what.
func told(before, after cluster.Weights, moves []move) string {
	if len(moves) == 0 {
		return "nothing is changed"
	}
	var all []string
	for _, m := range moves {
		all = append(all, fmt.Sprintf("%s %.3g to %.3g", m.name, figure(before, m.name), figure(after, m.name)))
	}
	return strings.Join(all, ", ")
}

// table writes how well stories are events by the weights x, in each period.
func (all periods) table(w io.Writer, x cluster.Weights) {
	for _, p := range all {
		told := p.fold(x)
		largest := p.largest(told)
		whole, others, alone := p.score(told, "", ""), p.score(told, "", largest), p.score(told, largest, "")
		fmt.Fprintf(w, "  %-8s story %.3f thread %.3f alert %.3f silent %d of %d; without %s, story %.3f thread %.3f alert %.3f; it alone, story %.3f thread %.3f\n",
			p.name, whole.story(), whole.thread(), whole.alert(), whole.silent, whole.events, largest, others.story(), others.thread(), others.alert(), alone.story(), alone.thread())
	}
}

// names returns the names of the periods.
func (all periods) names() string {
	var names []string
	for _, p := range all {
		names = append(names, p.name)
	}
	return strings.Join(names, ", ")
}

func columns(xs []float64) string {
	text := ""
	for _, x := range xs {
		text += fmt.Sprintf(" %8.4f", x)
	}
	return text
}

func minus(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] - b[i]
	}
	return out
}
