package matcher

// near finds pairs of hits of its two parts. A hit of one part is paired with
// the nearest of the other before it and after it, and with one that it
// overlaps, so that there are few pairs however often the words are repeated.
func (s *scratch) near(p *part, in scope) run {
	left := s.eval(p.of[0], in)
	if left.empty() {
		return run{}
	}
	right := s.eval(p.of[1], in)
	if right.empty() {
		return run{}
	}
	from := int32(len(s.hits))
	if p.ordered {
		s.pair(left, right, p.n, after)
		s.pair(right, left, p.n, before)
	} else {
		s.pair(left, right, p.n, before|after|over)
		s.pair(right, left, p.n, before|after)
	}
	return s.finish(from)
}

// join appends the hit that covers two.
func (s *scratch) join(i, j int32) {
	a, b := s.hits[i], s.hits[j]
	s.hits = append(s.hits, hit{first: min(a.first, b.first), last: max(a.last, b.last), leaf: -1, a: i, b: j, also: -1})
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
func (s *scratch) pair(r, q run, n int32, sides side) {
	others := s.at(q)
	for i := r.from; i < r.to; i++ {
		h := s.hits[i]
		next := firstFrom(others, h.last+1)
		if sides&after != 0 && next < len(others) && others[next].first-h.last-1 <= n {
			s.join(i, q.from+int32(next))
		}
		if sides&(before|over) == 0 {
			continue
		}
		behind, across := s.behind(h, others[:next], n)
		if sides&before != 0 && behind >= 0 {
			s.join(i, q.from+behind)
		}
		if sides&over != 0 && across >= 0 {
			s.join(i, q.from+across)
		}
	}
}

// farthestBack is how many hits are looked at to find the nearest before
// another. More than a few come only of many hits within one another.
const farthestBack = 64

// behind returns the index in hits, none of which begins after h, of the
// nearest before h and of one that overlaps h; -1 for none.
func (s *scratch) behind(h hit, hits []hit, n int32) (nearest, across int32) {
	nearest, across = -1, -1
	least := h.first - n - 1
	for j := len(hits) - 1; j >= max(0, len(hits)-farthestBack) && hits[j].reach >= least; j-- {
		switch o := hits[j]; {
		case o.last >= h.first:
			if across < 0 && !s.share(h, o) {
				across = int32(j)
			}
		case o.last >= least:
			nearest, least = int32(j), o.last+1
		}
	}
	return nearest, across
}

// share reports whether two hits consist in part of the same words: one word
// of a text cannot serve both sides.
func (s *scratch) share(g, h hit) bool {
	if g.last < h.first || h.last < g.first {
		return false
	}
	if g.leaf < 0 {
		return s.share(s.hits[g.a], h) || g.b >= 0 && s.share(s.hits[g.b], h)
	}
	if h.leaf < 0 {
		return s.share(h, g)
	}
	return g.first == h.first && g.last == h.last
}

// within finds, for each hit of any part, a stretch that begins with it and has
// all the others.
func (s *scratch) within(p *part, in scope) run {
	var room [8]run
	runs := room[:0]
	for _, of := range p.of {
		r := s.eval(of, in)
		if r.empty() {
			return run{}
		}
		runs = append(runs, r)
	}
	s.covers = s.covers[:0]
	for i, r := range runs {
		for j := r.from; j < r.to; j++ {
			begin := s.hits[j].first
			s.picked = append(s.picked[:0], j)
			tries := maxTries
			if s.hits[j].last < begin+p.n && s.complete(runs, i, 0, scope{begin, begin + p.n - 1}, &tries) {
				s.cover()
			}
		}
	}
	from := int32(len(s.hits))
	s.hits = append(s.hits, s.covers...)
	return s.finish(from)
}

// maxTries is how many hits are tried to complete one stretch. It is enough
// for all but texts that say little else than what is looked for.
const maxTries = 256

// complete picks a hit of each of the runs from the next on, other than the
// given one, such that all lie in the stretch and no word serves twice.
func (s *scratch) complete(runs []run, given, next int, stretch scope, tries *int) bool {
	if next == given {
		next++
	}
	if next >= len(runs) {
		return true
	}
	hits := s.at(runs[next])
	for i := firstFrom(hits, stretch.first); i < len(hits) && hits[i].first <= stretch.last && *tries > 0; i++ {
		*tries--
		if hits[i].last > stretch.last || s.picks(hits[i]) {
			continue
		}
		s.picked = append(s.picked, runs[next].from+int32(i))
		if s.complete(runs, given, next+1, stretch, tries) {
			return true
		}
		s.picked = s.picked[:len(s.picked)-1]
	}
	return false
}

// picks reports whether a word of h serves a hit that is picked.
func (s *scratch) picks(h hit) bool {
	for _, i := range s.picked {
		if s.share(s.hits[i], h) {
			return true
		}
	}
	return false
}

// cover notes the hit that covers those picked.
func (s *scratch) cover() {
	at := s.picked[0]
	for _, i := range s.picked[1:] {
		s.join(at, i)
		at = int32(len(s.hits)) - 1
	}
	s.covers = append(s.covers, s.hits[at])
}
