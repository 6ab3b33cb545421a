package matcher

import (
	"cmp"
	"math"

	"github.com/coupwatch/coupwatch/news"
)

// Almost returns what kept a rule from matching the item and waking somebody,
// if that was one thing only: a partner that is missing or stands too far
// away, an unless that took the hit away, or a lower that made it low. Of
// several rules it is the one that came nearest. An item for which a rule does
// wake somebody is no near miss, and rules that never wake anybody have none.
//
// Nearness ranks the near misses of different items; see [Ranks].
func (r *Rules) Almost(it news.Item) (news.NearMiss, bool) {
	s := r.pool.Get().(*scratch)
	defer s.release()
	s.read(it)
	s.lay()
	var best miss
	for i := range r.checks {
		k := &r.checks[i]
		if k.severity <= news.Low || !s.concerns(k) {
			continue
		}
		m, told := s.miss(k)
		if told {
			return news.NearMiss{}, false
		}
		if m.nearness >= leastNear && m.nearness > best.nearness {
			best = m
		}
	}
	if best.nearness == 0 {
		return news.NearMiss{}, false
	}
	return news.NearMiss{
		Title: it.Title, Link: it.Link, Publisher: it.Publisher, At: it.When(),
		Rule: best.check.id, Missing: s.tell(&best), Nearness: best.nearness,
	}, true
}

// Ranks returns how a orders before b where the nearest come first; misses
// that are as near stand by time, the latest first.
func Ranks(a, b news.NearMiss) int {
	return cmp.Or(cmp.Compare(b.Nearness, a.Nearness), b.At.Compare(a.At), cmp.Compare(a.Link, b.Link))
}

// A miss is why a rule does not match an item, or not so that anybody is
// woken.
type miss struct {
	check    *check
	nearness float64 // from 0, which is not near, to 1
	hit      int32   // what was lowered or taken away, if clause is not nil
	clause   *clause // what did it
	lack     lack    // what is lacking, if clause is nil
}

// How near the kinds of misses are. Over seven months of news and with the
// rules that are shipped, what was lowered was of use to a desk two times in
// three; what stood in another field than the rule asks, two in five; what was
// taken away, one in eight; what stood too far apart, one in eleven; what lacked
// a word, one in fifty.
const (
	nearLowered   = 1.0
	nearElsewhere = 0.9
	nearTakenAway = 0.8
	nearMisplaced = 0.7
	nearForbidden = 0.6
	nearLacking   = 0.4
	leastNear     = 0.15 // what is less near is not told
)

// weightOf says how much a rule's near miss matters.
func weightOf(s news.Severity) float64 {
	return [...]float64{0, 0, 0.6, 0.9, 1}[s]
}

// miss returns how near a rule came to matching the item, and whether it does
// match so that people are told.
func (s *scratch) miss(k *check) (m miss, told bool) {
	m.check = k
	found := s.eval(k.match, whole())
	if found.empty() {
		m.nearness = weightOf(k.severity) * s.lacking(k, &m.lack)
		return m, false
	}
	for i := found.from; i < found.to; i++ {
		near, clause := s.stopped(k, s.hits[i])
		if near == 1 && clause == nil {
			return m, true
		}
		if near *= weightOf(k.severity); near > m.nearness {
			m.nearness, m.hit, m.clause = near, i, clause
		}
	}
	return m, false
}

// stopped returns what keeps a hit from waking anybody, and how near it is to
// doing so: 1 and no clause if nothing does, 0 if several things do.
func (s *scratch) stopped(k *check, h hit) (float64, *clause) {
	var by *clause
	near := 1.0
	for i := range k.unless {
		if !s.met(&k.unless[i], h) {
			continue
		}
		if by != nil {
			return 0, nil
		}
		by, near = &k.unless[i], nearTakenAway
	}
	for i := range k.lower {
		c := &k.lower[i]
		if c.to != news.Low || !s.met(c, h) {
			continue
		}
		if by != nil {
			return 0, nil
		}
		return nearLowered, c
	}
	return near, by
}

// enoughWords is how many words a rule asks for must be there, names apart, for
// one that is lacking to count.
const enoughWords = 2

// lacking returns how near a rule is of which no hit is there, and what it
// lacks; 0 if it lacks more than one thing.
func (s *scratch) lacking(k *check, l *lack) float64 {
	b := s.weigh(k.match, whole())
	if b.lacks != 1 || b.have == 0 {
		return 0
	}
	l.part, l.uses = -1, math.MaxInt32
	s.trace(k.match, whole(), l)
	switch q := &s.parts[l.part]; {
	case !l.there && (l.words == 0 || l.words < enoughWords && k.severity < news.High):
		return 0
	case !l.there:
		return nearLacking * b.share() * s.prominence(l) * s.coreness(l)
	case q.kind == and:
		return nearForbidden * b.share()
	case q.kind == inside:
		return nearElsewhere * b.share()
	case q.kind == nearby && s.isFar(q):
		return nearLacking * b.share()
	default:
		return nearMisplaced * b.share()
	}
}

// aClause is about how many words a clause has: what may stand so far apart is
// near in two fields as well.
const aClause = 8

// isFar reports whether the two sides of a NEAR stand more than twice as far
// apart as they may, or in two fields though they should stand side by side.
func (s *scratch) isFar(q *part) bool {
	_, _, words := s.closest(s.eval(q.of[0], whole()), s.eval(q.of[1], whole()))
	if words >= fieldGap-1 {
		return q.n < aClause
	}
	return words > 2*q.n+2
}

// coreness returns less than 1 if what is lacking may be what the rule is
// about, and 0 if it is, by the number of rules that ask for it and for what is
// there: few rules ask for a putsch, and many for a country beside it.
func (s *scratch) coreness(l *lack) float64 {
	switch lacking := s.uses[l.part]; {
	case lacking > l.uses:
		return 1
	case lacking == l.uses:
		return 0.4
	}
	return 0
}

// prominence returns less than 1 for what is not in the title, and for an item
// that names nobody and no country.
func (s *scratch) prominence(l *lack) float64 {
	p := 0.5
	for _, i := range l.found {
		if first := s.hits[i].first; first != nowhere {
			if f, _ := s.locate(first); f == news.Title {
				p = 1
			}
		}
	}
	if !hasNames(s.sighted) {
		p *= 0.75
	}
	return p
}

func hasNames(sighted []sighting) bool {
	for i := range sighted {
		if sighted[i].doubt == none {
			return true
		}
	}
	return false
}
