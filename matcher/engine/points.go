package engine

import (
	"cmp"
	"slices"

	"github.com/coupwatch/coupwatch/matcher/query"
)

// A Tally is what of a table of points stands in the lead of an item.
type Tally struct {
	Table string
	Sum   int
	Rows  []Worth // in the order of the table
}

// A Worth is a row of a table that stands in the lead.
type Worth struct {
	Term   string // as rules.yaml has it
	Points int
}

// points finds the part if its rows that stand in the lead add up to enough, or
// to less if that is asked. What speaks for it is shown.
func (s *Evaluator) points(p *Part, number int32) Run {
	sum, also := int32(0), int32(-1)
	s.inLead(p, func(row int, r Run) {
		sum += p.weights[row]
		if p.weights[row] > 0 && !p.below {
			also = s.gather(Run{r.From, r.From + 1}, also)
		}
	})
	if sum >= p.N == p.below {
		return Run{}
	}
	return s.everywhere(number, also)
}

// inLead calls do with each row of a table that stands in the title or in the
// first sentence below it, and with where. Rows are leaves, so that hundreds of
// them cost next to nothing where few are hit.
func (s *Evaluator) inLead(p *Part, do func(row int, r Run)) {
	leads := s.leads()
	for i, leaf := range p.Of {
		m := s.memo[leaf]
		if m.epoch != s.epoch {
			continue
		}
		r := s.narrow(m.Run, leads[0])
		if r.Empty() {
			r = s.narrow(m.Run, leads[1])
		}
		if !r.Empty() {
			do(i, r)
		}
	}
}

// Tally adds up the rows of a part that is [Points].
func (s *Evaluator) Tally(part int32) Tally {
	p := &s.Parts[part]
	t := Tally{Table: p.value}
	s.inLead(p, func(row int, _ Run) {
		t.Sum += int(p.weights[row])
		t.Rows = append(t.Rows, Worth{query.Format(s.Parts[p.Of[row]].Node), int(p.weights[row])})
	})
	return t
}

// byPoints reports whether a part is found only where points add up to enough.
func (c *compiler) byPoints(part int32) bool {
	switch p := &c.Parts[part]; p.Kind {
	case Points:
		return !p.below
	case And:
		return slices.ContainsFunc(p.Of, c.byPoints)
	case Or:
		return !slices.ContainsFunc(p.Of, func(of int32) bool { return !c.byPoints(of) })
	}
	return false
}

// pointsNeed returns the one need of a table: rows without which the others do
// not add up to enough. The commonest are left out as long as that holds.
func (c *compiler) pointsNeed(p *Part) []need {
	if p.below || p.N <= 0 { // few rows are enough, or none
		return nil
	}
	var rows []int
	for i, w := range p.weights {
		if w > 0 {
			rows = append(rows, i)
		}
	}
	weigh := func(row int) int { return c.Parts[p.Of[row]].weight(c) }
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(weigh(b), weigh(a)) })
	var n need
	left := p.N
	for _, row := range rows {
		if w := p.weights[row]; w < left {
			left -= w
			continue
		}
		n.leaves = append(n.leaves, p.Of[row])
		n.weight += weigh(row)
	}
	slices.Sort(n.leaves)
	n.leaves = slices.Compact(n.leaves)
	return []need{n}
}
