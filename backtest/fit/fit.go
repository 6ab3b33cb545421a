// Package fit finds how many points the rows of a table are worth: by logistic
// regression on items of which people said whether they are wanted.
package fit

import (
	"math"
	"math/rand/v2"
)

// A Sample is an item with what of the table stands in its lead.
type Sample struct {
	Rows   []int   // their numbers, each once
	Wanted bool    // people are to hear of it
	Weight float64 // how many items it stands for
}

// A Model says how much speaks for an item: its log-odds are Base and the
// weights of the rows that it has. It is immutable.
type Model struct {
	Weights []float64 // by row
	Base    float64
}

// Score returns the log-odds of an item with these rows.
func (m Model) Score(rows []int) float64 {
	sum := m.Base
	for _, r := range rows {
		sum += m.Weights[r]
	}
	return sum
}

// The search: steps of AdaGrad (Duchi, Hazan, Singer, 2011, section 1) over the
// logistic loss, an item at a time, in an order that the seed fixes. The loss has
// a ridge, which keeps rows that few items have near 0. The base moves slower: it
// is in every item.
const (
	rounds   = 15
	rate     = 0.15
	baseRate = 0.001
	ridge    = 0.0003
	seed     = 1
)

// A Table is what the weights of are looked for.
type Table struct {
	Rows   int   // how many
	Events []int // rows that are words for the event itself, and cannot speak against it: their weights are 0 or more
}

// Fit returns the model of a table that fits samples. The same samples in the same
// order give the same model.
func Fit(samples []Sample, of Table) Model {
	m := Model{Weights: make([]float64, of.Rows)}
	squares := make([]float64, of.Rows) // of the gradients so far
	least := make([]float64, of.Rows)   // of the weights
	for i := range least {
		least[i] = math.Inf(-1)
	}
	for _, row := range of.Events {
		least[row] = 0
	}
	order := make([]int, len(samples))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(seed, seed))
	for range rounds {
		random.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
		for _, i := range order {
			m.step(&samples[i], squares, least)
		}
	}
	return m
}

// step moves the model towards a sample, and no weight below its least.
func (m *Model) step(s *Sample, squares, least []float64) {
	wanted := 0.0
	if s.Wanted {
		wanted = 1
	}
	off := (1/(1+math.Exp(-m.Score(s.Rows))) - wanted) * s.Weight
	m.Base -= baseRate * off
	for _, r := range s.Rows {
		gradient := off + ridge*m.Weights[r]*s.Weight
		squares[r] += gradient * gradient
		m.Weights[r] = max(least[r], m.Weights[r]-rate/math.Sqrt(squares[r]+1e-2)*gradient)
	}
}

// Even is how many points an item has that is as likely wanted as not.
const Even = 50

// Points returns the weights as whole numbers, so that an item whose rows add up
// to [Even] is as likely wanted as not. Rows that are worth next to nothing have
// none. A model that takes an item without rows for wanted has no such numbers,
// and gets zeros.
func (m Model) Points() []int {
	points := make([]int, len(m.Weights))
	if m.Base >= 0 {
		return points
	}
	for i, w := range m.Weights {
		points[i] = int(math.Round(w * Even / -m.Base))
	}
	return points
}
