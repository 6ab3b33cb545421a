package matcher

import (
	"fmt"
	"math"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/query"
)

// tell says what kept a rule from matching, as a phrase for people.
func (s *scratch) tell(m *miss) string {
	if m.clause != nil {
		return s.tellClause(m)
	}
	l := &m.lack
	q := &s.parts[l.part]
	if !l.there {
		return "no " + s.called(q.node) + " near " + s.quoted(l.found)
	}
	var parts []int32
	for _, of := range q.of {
		parts = append(parts, s.eval(of, whole()).from)
	}
	there := s.quoted(parts)
	switch q.kind {
	case nearby:
		return s.tellApart(q)
	case sentence:
		return there + " stand in different sentences"
	case within:
		return fmt.Sprintf("%s do not stand within %d words", there, q.n)
	case inside:
		return fmt.Sprintf("%s: not in the %s", there, q.field)
	case first:
		return there + ": not at the beginning of the title"
	}
	for _, not := range q.not {
		if r := s.eval(not, whole()); !r.empty() {
			return there + ", but also " + s.quoted([]int32{r.from})
		}
	}
	return there + ": not as the rule asks"
}

// tellClause says what lowered a hit or took it away.
func (s *scratch) tellClause(m *miss) string {
	h := s.hits[m.hit]
	effect := "taken away by "
	if m.clause.to != 0 {
		effect = "lowered to " + m.clause.to.String() + " by "
	}
	by := s.nearest(s.eval(m.clause.part, whole()), h)
	met := s.passages(by)
	if len(met) == 0 {
		return s.quoted([]int32{m.hit}) + " " + effect + m.clause.text
	}
	return s.quoted([]int32{m.hit}) + " " + effect + met[0].Term + ": " + s.quoted([]int32{by})
}

// tellApart says why the two sides of a NEAR, which are both there, are not
// near.
func (s *scratch) tellApart(q *part) string {
	left, right := s.eval(q.of[0], whole()), s.eval(q.of[1], whole())
	i, j, words := s.closest(left, right)
	both := s.quoted([]int32{i, j})
	switch {
	case words < 0:
		return both + " overlap"
	case words >= fieldGap-1:
		return both + " stand in different fields"
	case words <= q.n:
		return both + " stand in the other order"
	}
	return fmt.Sprintf("%s stand %d words apart, more than %d", both, words, q.n)
}

// closest returns the nearest two hits of two runs, and how many words are
// between them: less than 0 if they overlap.
func (s *scratch) closest(left, right run) (i, j, words int32) {
	words = math.MaxInt32
	for l := left.from; l < left.to; l++ {
		r := s.nearest(right, s.hits[l])
		between := max(s.hits[r].first-s.hits[l].last, s.hits[l].first-s.hits[r].last) - 1
		if between < words {
			i, j, words = l, r, between
		}
	}
	return i, j, words
}

// mostQuoted is how many passages a phrase quotes.
const mostQuoted = 4

// quoted returns the words that hits consist of, each once: "coup" and "army".
func (s *scratch) quoted(hits []int32) string {
	var words []string
	for _, i := range hits {
		for _, p := range s.passages(i) {
			words = appendNew(words, quote(oneLine(p.Words)))
		}
	}
	return enumerate(words[:min(len(words), mostQuoted)])
}

// mostCalled is how many things that would all do a phrase names.
const mostCalled = 4

// called returns what a query asks for, as people say it: "countries, force or
// head".
func (s *scratch) called(n query.Node) string {
	switch n := n.(type) {
	case *query.Or:
		var parts []string
		for _, p := range n.Parts {
			parts = appendNew(parts, s.called(p))
		}
		if len(parts) > mostCalled {
			parts = append(parts[:mostCalled-1], "the like")
		}
		return strings.ReplaceAll(enumerate(parts), " and ", " or ")
	case *query.List:
		return spoken(n.Name)
	case *query.Entity:
		return s.calledEntity(n.Name)
	case *query.Sentence:
		return s.called(n.Of)
	case *query.In:
		return s.called(n.Of)
	case *query.Near:
		return s.called(n.Left) + " beside " + s.called(n.Right)
	}
	return query.Format(n)
}

// calledEntity returns what people call the entity or group @name.
func (s *scratch) calledEntity(name string) string {
	for i := range s.names {
		if s.names[i].id == name {
			return s.names[i].title
		}
	}
	_, after, ok := strings.Cut(name, ":")
	if !ok {
		after = name
	}
	return spoken(after)
}

// spoken returns a name as it is read aloud.
func spoken(name string) string { return strings.NewReplacer("-", " ", "_", " ").Replace(name) }
