package engine

// near finds pairs of hits of its two parts. A hit of one part is paired with
// the nearest of the other before it and after it, and with one that it
// overlaps, so that there are few pairs however often the words are repeated.
func (s *Evaluator) near(p *Part, in Scope) Run {
	left := s.Eval(p.Of[0], in)
	if left.Empty() {
		return Run{}
	}
	right := s.Eval(p.Of[1], in)
	if right.Empty() {
		return Run{}
	}
	from := int32(len(s.Hits))
	if p.ordered {
		s.pair(left, right, p.N, after)
		s.pair(right, left, p.N, before)
	} else {
		s.pair(left, right, p.N, before|after|over)
		s.pair(right, left, p.N, before|after)
	}
	return s.finish(from)
}

// join appends the hit that covers two.
func (s *Evaluator) join(i, j int32) {
	a, b := s.Hits[i], s.Hits[j]
	s.Hits = append(s.Hits, Hit{First: min(a.First, b.First), Last: max(a.Last, b.Last), leaf: -1, a: i, b: j, also: -1})
}

// A side is where a hit is looked for beside another.
type side uint8

const (
	before side = 1 << iota
	after
	over
)

// pair appends the pairs of hits of r with the nearest hits of q at the sides
// of it, at most n words away.
func (s *Evaluator) pair(r, q Run, n int32, sides side) {
	others := s.at(q)
	for i := r.From; i < r.To; i++ {
		h := s.Hits[i]
		next := firstFrom(others, h.Last+1)
		if sides&after != 0 && next < len(others) && others[next].First-h.Last-1 <= n {
			s.join(i, q.From+int32(next))
		}
		if sides&(before|over) == 0 {
			continue
		}
		behind, across := s.behind(h, others[:next], n)
		if sides&before != 0 && behind >= 0 {
			s.join(i, q.From+behind)
		}
		if sides&over != 0 && across >= 0 {
			s.join(i, q.From+across)
		}
	}
}

// farthestBack is how many hits are looked at to find the nearest before
// another. More than a few come only of many hits within one another.
const farthestBack = 64

// behind returns the index in hits, none of which begins after h, of the
// nearest before h and of one that overlaps h; -1 for none.
func (s *Evaluator) behind(h Hit, hits []Hit, n int32) (nearest, across int32) {
	nearest, across = -1, -1
	least := h.First - n - 1
	for j := len(hits) - 1; j >= max(0, len(hits)-farthestBack) && hits[j].reach >= least; j-- {
		switch o := hits[j]; {
		case o.Last >= h.First:
			if across < 0 && !s.share(h, o) {
				across = int32(j)
			}
		case o.Last >= least:
			nearest, least = int32(j), o.Last+1
		}
	}
	return nearest, across
}

// share reports whether two hits consist in part of the same words: one word
// of a text cannot serve both sides.
func (s *Evaluator) share(g, h Hit) bool {
	if g.Last < h.First || h.Last < g.First {
		return false
	}
	if g.leaf < 0 {
		return s.share(s.Hits[g.a], h) || g.b >= 0 && s.share(s.Hits[g.b], h)
	}
	if h.leaf < 0 {
		return s.share(h, g)
	}
	return g.First == h.First && g.Last == h.Last
}

// within finds, for each hit of any part, a stretch that begins with it and has
// all the others.
func (s *Evaluator) within(p *Part, in Scope) Run {
	var room [8]Run
	runs := room[:0]
	for _, of := range p.Of {
		r := s.Eval(of, in)
		if r.Empty() {
			return Run{}
		}
		runs = append(runs, r)
	}
	s.covers = s.covers[:0]
	for i, r := range runs {
		for j := r.From; j < r.To; j++ {
			begin := s.Hits[j].First
			s.picked = append(s.picked[:0], j)
			tries := maxTries
			if s.Hits[j].Last < begin+p.N && s.complete(runs, i, 0, Scope{begin, begin + p.N - 1}, &tries) {
				s.cover()
			}
		}
	}
	from := int32(len(s.Hits))
	s.Hits = append(s.Hits, s.covers...)
	return s.finish(from)
}

// maxTries is how many hits are tried to complete one stretch. It is enough
// for all but texts that say little else than what is looked for.
const maxTries = 256

// complete picks a hit of each of the runs from the next on, other than the
// given one, such that all lie in the stretch and no word serves twice.
func (s *Evaluator) complete(runs []Run, given, next int, stretch Scope, tries *int) bool {
	if next == given {
		next++
	}
	if next >= len(runs) {
		return true
	}
	hits := s.at(runs[next])
	for i := firstFrom(hits, stretch.first); i < len(hits) && hits[i].First <= stretch.last && *tries > 0; i++ {
		*tries--
		if hits[i].Last > stretch.last || s.picks(hits[i]) {
			continue
		}
		s.picked = append(s.picked, runs[next].From+int32(i))
		if s.complete(runs, given, next+1, stretch, tries) {
			return true
		}
		s.picked = s.picked[:len(s.picked)-1]
	}
	return false
}

// picks reports whether a word of h serves a hit that is picked.
func (s *Evaluator) picks(h Hit) bool {
	for _, i := range s.picked {
		if s.share(s.Hits[i], h) {
			return true
		}
	}
	return false
}

// cover notes the hit that covers those picked.
func (s *Evaluator) cover() {
	at := s.picked[0]
	for _, i := range s.picked[1:] {
		s.join(at, i)
		at = int32(len(s.Hits)) - 1
	}
	s.covers = append(s.covers, s.Hits[at])
}
