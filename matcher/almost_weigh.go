package matcher

import "github.com/coupwatch/coupwatch/matcher/query"

// A balance says how near a part of a query is to being found.
type balance struct {
	have  float64 // the weight of what of it is found
	want  float64 // the weight of all of it
	lacks int     // how many things keep it from being found
}

// share returns how much of a part is found, from 0 to 1.
func (b balance) share() float64 {
	if b.want == 0 {
		return 0
	}
	return b.have / b.want
}

// beats reports whether b is nearer than c.
func (b balance) beats(c balance) bool {
	if b.share() != c.share() {
		return b.share() > c.share()
	}
	return b.have > c.have || b.have == c.have && b.lacks < c.lacks
}

// Names tell less than words do: most items have some.
const (
	wordWeight = 1.0
	nameWeight = 0.5
)

// hopeless is the balance of what asks for another feed or language, which no
// text is near to.
var hopeless = balance{want: wordWeight, lacks: 100}

// weigh says how near a part is to being found in a scope.
func (s *scratch) weigh(p int32, in scope) balance {
	q := &s.parts[p]
	found := !s.eval(p, in).empty()
	switch q.kind {
	case leaf, question, count:
		w := wordWeight
		if s.isName(p) {
			w = nameWeight
		}
		if found {
			return balance{w, w, 0}
		}
		return balance{0, w, 1}
	case meta:
		if found {
			return balance{}
		}
		return hopeless
	case or:
		return s.weighAny(q, found, in)
	}
	var sum balance
	for _, of := range q.of {
		b := s.weigh(of, in)
		sum = balance{sum.have + b.have, sum.want + b.want, sum.lacks + b.lacks}
	}
	if sum.lacks == 0 && !found {
		sum.have, sum.lacks = nearly*sum.have, 1
	}
	return sum
}

// weighAny weighs an OR: by its best part, or by its lightest if nothing of any
// is there.
func (s *scratch) weighAny(q *part, found bool, in scope) balance {
	best := balance{want: -1}
	for _, of := range q.of {
		b := s.weigh(of, in)
		switch {
		case found && b.lacks > 0:
		case best.want < 0, b.beats(best):
			best = b
		case best.have == 0 && b.have == 0 && b.want < best.want:
			best = b
		}
	}
	if best.have == 0 && !found {
		best.lacks = min(best.lacks, 1)
	}
	return best
}

// nameUses is how much commoner a name is than its uses by rules would tell:
// most items name some country.
const nameUses = 4

// use counts for each part how many rules ask for it. What asks for several
// things is as rare as the rarest, what asks for any of several as common as
// the commonest.
func (c *compiler) use() {
	c.uses = make([]int32, len(c.parts))
	for i := range c.checks {
		for _, p := range c.leavesOf(c.checks[i].match, nil) {
			c.uses[p]++
			if c.isName(p) {
				c.uses[p] += nameUses - 1
			}
		}
	}
	for p := range c.parts { // what a part is made of stands before it
		q := &c.parts[p]
		for i, of := range q.of {
			switch {
			case i == 0, q.kind == or && c.uses[of] > c.uses[p], q.kind != or && c.uses[of] < c.uses[p]:
				c.uses[p] = c.uses[of]
			}
		}
	}
}

// leavesOf appends the leaves of which a part is made, each once.
func (c *compiler) leavesOf(p int32, known []int32) []int32 {
	if len(c.parts[p].of) == 0 {
		return appendNew(known, p)
	}
	for _, of := range c.parts[p].of {
		known = c.leavesOf(of, known)
	}
	return known
}

// isName reports whether a part is found at names only.
func (r *Rules) isName(p int32) bool {
	_, ok := r.parts[p].node.(*query.Entity)
	return ok
}

// A lack is the one thing that keeps a part from being found, and what of the
// part is there.
type lack struct {
	part  int32   // -1 as long as it is not known
	there bool    // all of its parts are there, but not as they should be
	words int     // how many parts are found that are no names
	uses  int32   // the fewest uses of such a part
	found []int32 // one hit of each part that is found
}

// trace follows a part, which lacks one thing, to that thing.
func (s *scratch) trace(p int32, in scope, l *lack) {
	q := &s.parts[p]
	if r := s.eval(p, in); !r.empty() {
		l.found = append(l.found, r.from)
		if !s.isName(p) {
			l.words++
			l.uses = min(l.uses, s.uses[p])
		}
		return
	}
	switch q.kind {
	case leaf, question, count, meta:
		l.part = p
		return
	case or:
		best, of := balance{}, p
		for _, each := range q.of {
			if b := s.weigh(each, in); b.beats(best) {
				best, of = b, each
			}
		}
		if of == p {
			l.part = p
			return
		}
		s.trace(of, in, l)
		return
	}
	for _, of := range q.of {
		s.trace(of, in, l)
	}
	if l.part < 0 {
		l.part, l.there = p, true
	}
}
