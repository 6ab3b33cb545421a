package explain

import "github.com/coupwatch/coupwatch/matcher/engine"

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

// hopeless is the balance of what asks for another feed or language, or for
// somebody of whom people were told, which no text is near to.
var hopeless = balance{want: wordWeight, lacks: 100}

// weigh says how near a part is to being found in a scope.
func (s reading) weigh(p int32, in engine.Scope) balance {
	q := &s.Parts[p]
	found := !s.Eval(p, in).Empty()
	switch q.Kind {
	case engine.Leaf, engine.Question, engine.Count, engine.Points:
		w := wordWeight
		if s.IsName(p) {
			w = nameWeight
		}
		if found {
			return balance{w, w, 0}
		}
		return balance{0, w, 1}
	case engine.Meta, engine.Warm:
		if found {
			return balance{}
		}
		return hopeless
	case engine.Or:
		return s.weighAny(q, found, in)
	}
	var sum balance
	for _, of := range q.Of {
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
func (s reading) weighAny(q *engine.Part, found bool, in engine.Scope) balance {
	best := balance{want: -1}
	for _, of := range q.Of {
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
func (s reading) trace(p int32, in engine.Scope, l *lack) {
	q := &s.Parts[p]
	if r := s.Eval(p, in); !r.Empty() {
		l.found = append(l.found, r.From)
		if !s.IsName(p) {
			l.words++
			l.uses = min(l.uses, s.Uses[p])
		}
		return
	}
	switch q.Kind {
	case engine.Leaf, engine.Question, engine.Count, engine.Points, engine.Meta:
		l.part = p
		return
	case engine.Or:
		best, of := balance{}, p
		for _, each := range q.Of {
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
	for _, of := range q.Of {
		s.trace(of, in, l)
	}
	if l.part < 0 {
		l.part, l.there = p, true
	}
}
