package engine

import (
	"cmp"
	"math"
	"slices"
)

// A RawHit is a hit of a leaf as it is found.
type RawHit struct {
	Leaf        int32
	first, last int32
	Entry       int32 // the node of the trie; nameEntry-n for the name n; noEntry
}

const (
	noEntry   = -1
	nameEntry = -2
)

// A Hit is where a part of a query is found.
type Hit struct {
	First, Last int32 // positions of words; [Nowhere] for what holds of the item as a whole
	reach       int32 // the greatest last of this hit and those before it in its run
	leaf        int32 // the part, if it is a leaf; else -1
	a, b        int32 // of a leaf: its entry; else the hits it consists of, -1 for none
	also        int32 // a hit elsewhere that goes with it, -1 for none
}

// Nowhere is the position of what holds of the item as a whole.
const Nowhere = -1

// A Run is a stretch of Evaluator.Hits: the hits of one part, sorted by first
// and last, without duplicates unless it is a leaf.
type Run struct{ From, To int32 }

// Empty reports whether there are no hits.
func (r Run) Empty() bool { return r.From == r.To }

// A Scope is the part of the item in which a query is asked.
type Scope struct{ first, last int32 }

// Whole returns the scope that is the whole item.
func Whole() Scope { return Scope{0, math.MaxInt32} }

// BuildRuns makes runs of the raw hits.
func (s *Evaluator) BuildRuns() {
	slices.SortFunc(s.Raw, func(a, b RawHit) int {
		if a.Leaf != b.Leaf {
			return cmp.Compare(a.Leaf, b.Leaf)
		}
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last), cmp.Compare(a.Entry, b.Entry))
	})
	for i := 0; i < len(s.Raw); {
		from, leaf := int32(len(s.Hits)), s.Raw[i].Leaf
		for ; i < len(s.Raw) && s.Raw[i].Leaf == leaf; i++ {
			if r := s.Raw[i]; i == 0 || r != s.Raw[i-1] {
				s.Hits = append(s.Hits, Hit{First: r.first, Last: r.last, leaf: leaf, a: r.Entry, b: -1, also: -1})
			}
		}
		s.memo[leaf] = memo{s.linkRun(from), s.epoch}
	}
}

// linkRun makes a run of the hits from there on, which must be sorted.
func (s *Evaluator) linkRun(from int32) Run {
	var most int32 = Nowhere
	for i := from; i < int32(len(s.Hits)); i++ {
		most = max(most, s.Hits[i].Last)
		s.Hits[i].reach = most
	}
	return Run{from, int32(len(s.Hits))}
}

// finish makes a run of the hits from there on: it sorts them and drops
// duplicates, of which the first stays.
func (s *Evaluator) finish(from int32) Run {
	hits := s.Hits[from:]
	for i := range hits {
		hits[i].reach = int32(i)
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		if a.First != b.First {
			return cmp.Compare(a.First, b.First)
		}
		return cmp.Or(cmp.Compare(a.Last, b.Last), cmp.Compare(a.reach, b.reach))
	})
	hits = slices.CompactFunc(hits, func(a, b Hit) bool { return a.First == b.First && a.Last == b.Last })
	s.Hits = s.Hits[:int(from)+len(hits)]
	return s.linkRun(from)
}

// at returns the hits of r. They stay as they are while others are appended.
func (s *Evaluator) at(r Run) []Hit { return s.Hits[r.From:r.To:r.To] }

// wide reports whether a run begins with a hit nowhere, which holds of the
// item as a whole.
func (s *Evaluator) wide(r Run) bool { return !r.Empty() && s.Hits[r.From].First == Nowhere }

// placed returns r without a hit nowhere.
func (s *Evaluator) placed(r Run) Run {
	if s.wide(r) {
		r.From++
	}
	return r
}

// Eval returns the hits of a part in a scope.
func (s *Evaluator) Eval(p int32, in Scope) Run {
	if in.first > in.last {
		return Run{}
	}
	m := s.memo[p]
	if m.epoch == s.epoch && in == Whole() {
		return m.Run
	}
	if k := s.Parts[p].Kind; k == Leaf || k == Question {
		if m.epoch != s.epoch {
			return Run{}
		}
		return s.narrow(m.Run, in)
	}
	r := s.ask(&s.Parts[p], p, in)
	if in == Whole() {
		s.memo[p] = memo{r, s.epoch}
	}
	return r
}

// narrow returns those hits of a leaf that are in the scope. They do not reach
// over its ends, since no term goes beyond a sentence.
func (s *Evaluator) narrow(r Run, in Scope) Run {
	if s.wide(r) {
		return r
	}
	hits := s.at(r)
	from, to := firstFrom(hits, in.first), firstFrom(hits, in.last+1)
	return Run{r.From + int32(from), r.From + int32(to)}
}

// firstFrom returns the index of the first hit that begins at pos or after it.
func firstFrom(hits []Hit, pos int32) int {
	i, _ := slices.BinarySearchFunc(hits, pos, func(h Hit, pos int32) int { return cmp.Compare(h.First, pos) })
	return i
}

// ask finds the hits of the part p that is no leaf.
func (s *Evaluator) ask(p *Part, number int32, in Scope) Run {
	switch p.Kind {
	case Meta:
		if s.holds(p) {
			return s.everywhere(number, -1)
		}
	case Count:
		return s.count(p, number)
	case Points:
		return s.points(p, number)
	case And:
		return s.and(p, in)
	case Or:
		return s.or(p, in)
	case Nearby:
		return s.near(p, in)
	case Within:
		return s.within(p, in)
	case Sentence:
		return s.sentence(p, in)
	case First:
		return s.opening(p, in)
	case Lead:
		return s.lead(p, in)
	case Told:
		return s.asFact(p, in)
	case Warm:
		return s.warm(p, in)
	case Inside:
		f := s.Extent(p.Field)
		return s.Eval(p.Of[0], Scope{max(in.first, f.first), min(in.last, f.last)})
	}
	return Run{}
}
