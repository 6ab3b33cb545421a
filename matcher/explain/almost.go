package explain

import (
	"cmp"
	"iter"
	"math"
	"slices"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/news"
)

// Match is [engine.Program.Match], and says besides in Almost which rule a report
// that wakes nobody all but matched; only of those that come as near as leastTold.
// It asks no more rules than matching does, and goes into those alone of which all
// is there, and so costs next to nothing.
func Match(r *engine.Program, it news.Item) (news.Report, bool) {
	report, matched, asked := match(r, it, nil)
	if asked {
		report.Ask = func(it news.Item, w news.Warmth) ([]news.Match, *news.NearMiss) {
			report, _, _ := match(r, it, w)
			return report.Matches, report.Almost
		}
	}
	return report, matched
}

// match is Match where it is known what is warm. Asked says whether that makes a
// difference.
func match(r *engine.Program, it news.Item, w news.Warmth) (report news.Report, matched, asked bool) {
	s := reading{r.ReadWarm(it, w)}
	defer s.Release()
	report, matched = s.Report()
	asked = s.Asked
	if len(s.Selected) == 0 || report.Severity() > news.Low {
		return report, matched, asked
	}
	slices.Sort(s.Selected)
	m, found := s.almost(func(yield func(int32) bool) {
		for _, i := range s.Selected {
			if s.isThere(s.Rules[i].Match) && !yield(i) {
				return
			}
		}
	})
	if found && m.Nearness >= leastTold {
		report.Almost = &m
	}
	return report, matched, asked
}

// isThere reports whether all that a part asks for is there, though perhaps not
// as it should be: without that no rule comes as near as leastTold.
func (s reading) isThere(p int32) bool {
	if !s.Eval(p, engine.Whole()).Empty() {
		return true
	}
	q := &s.Parts[p]
	switch q.Kind {
	case engine.Leaf, engine.Question, engine.Count, engine.Meta, engine.Warm:
		return false
	case engine.Or:
		return slices.ContainsFunc(q.Of, s.isThere)
	}
	return !slices.ContainsFunc(q.Of, func(of int32) bool { return !s.isThere(of) })
}

// Almost returns what kept a rule from matching the item and waking somebody,
// if that was one thing only: a partner that is missing or stands too far
// away, an unless that took the hit away, or a lower that made it low. Of
// several rules it is the one that came nearest. An item for which a rule does
// wake somebody is no near miss, and rules that never wake anybody have none.
//
// Nearness ranks the near misses of different items; see [Ranks].
func Almost(r *engine.Program, it news.Item, w news.Warmth) (news.NearMiss, bool) {
	s := reading{r.ReadWarm(it, w)}
	defer s.Release()
	s.BuildRuns()
	return s.almost(func(yield func(int32) bool) {
		for i := range r.Rules {
			if s.Concerns(&r.Rules[i]) && !yield(int32(i)) {
				return
			}
		}
	})
}

// almost is Almost of some of the rules, by number.
func (s reading) almost(rules iter.Seq[int32]) (news.NearMiss, bool) {
	var best miss
	for i := range rules {
		k := &s.Rules[i]
		if k.Severity <= news.Low {
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
		Title: s.Item.Title, Link: s.Item.Link, Publisher: s.Item.Publisher, At: s.Item.When(),
		Rule: best.check.ID, Missing: s.tell(&best), Nearness: best.nearness,
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
	check    *engine.Rule
	nearness float64        // from 0, which is not near, to 1
	hit      int32          // what was lowered or taken away, if clause is not nil
	clause   *engine.Clause // what did it
	lack     lack           // what is lacking, if clause is nil
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

// leastTold is how near a miss must be for a digest: those that are further away
// are mostly noise. It is more than nearLacking, so that all that the rule asks
// for is there, though not as it should be: such rules are selected for matching.
const leastTold = 0.5

// weightOf says how much a rule's near miss matters.
func weightOf(s news.Severity) float64 {
	return [...]float64{0, 0, 0.6, 0.9, 1}[s]
}

// miss returns how near a rule came to matching the item, and whether it does
// match so that people are told.
func (s reading) miss(k *engine.Rule) (m miss, told bool) {
	m.check = k
	found := s.Eval(k.Match, engine.Whole())
	if found.Empty() {
		m.nearness = weightOf(k.Severity) * s.lacking(k, &m.lack)
		return m, false
	}
	for i := found.From; i < found.To; i++ {
		near, clause := s.stopped(k, s.Hits[i])
		if near == 1 && clause == nil {
			return m, true
		}
		if near *= weightOf(k.Severity); near > m.nearness {
			m.nearness, m.hit, m.clause = near, i, clause
		}
	}
	return m, false
}

// stopped returns what keeps a hit from waking anybody, and how near it is to
// doing so: 1 and no clause if nothing does, 0 if several things do.
func (s reading) stopped(k *engine.Rule, h engine.Hit) (float64, *engine.Clause) {
	var by *engine.Clause
	near := 1.0
	for i := range k.Unless {
		if !s.Met(&k.Unless[i], h) {
			continue
		}
		if by != nil {
			return 0, nil
		}
		by, near = &k.Unless[i], nearTakenAway
	}
	for i := range k.Lower {
		c := &k.Lower[i]
		if c.To != news.Low || !s.Met(c, h) {
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
func (s reading) lacking(k *engine.Rule, l *lack) float64 {
	b := s.weigh(k.Match, engine.Whole())
	if b.lacks != 1 || b.have == 0 {
		return 0
	}
	l.part, l.uses = -1, math.MaxInt32
	s.trace(k.Match, engine.Whole(), l)
	switch q := &s.Parts[l.part]; {
	case !l.there && (l.words == 0 || l.words < enoughWords && k.Severity < news.High):
		return 0
	case !l.there:
		return nearLacking * b.share() * s.prominence(l) * s.coreness(l)
	case q.Kind == engine.And:
		return nearForbidden * b.share()
	case q.Kind == engine.Inside:
		return nearElsewhere * b.share()
	case q.Kind == engine.Nearby && s.isFar(q):
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
func (s reading) isFar(q *engine.Part) bool {
	_, _, words := s.closest(s.Eval(q.Of[0], engine.Whole()), s.Eval(q.Of[1], engine.Whole()))
	if words >= engine.FieldGap-1 {
		return q.N < aClause
	}
	return words > 2*q.N+2
}

// coreness returns less than 1 if what is lacking may be what the rule is
// about, and 0 if it is, by the number of rules that ask for it and for what is
// there: few rules ask for a putsch, and many for a country beside it.
func (s reading) coreness(l *lack) float64 {
	switch lacking := s.Uses[l.part]; {
	case lacking > l.uses:
		return 1
	case lacking == l.uses:
		return 0.4
	}
	return 0
}

// prominence returns less than 1 for what is not in the title, and for an item
// that names nobody and no country.
func (s reading) prominence(l *lack) float64 {
	p := 0.5
	for _, i := range l.found {
		if first := s.Hits[i].First; first != engine.Nowhere {
			if f, _ := s.Locate(first); f == news.Title {
				p = 1
			}
		}
	}
	if !hasNames(s.Sightings) {
		p *= 0.75
	}
	return p
}

func hasNames(sighted []engine.Sighting) bool {
	for i := range sighted {
		if sighted[i].Doubt == engine.NoDoubt {
			return true
		}
	}
	return false
}
