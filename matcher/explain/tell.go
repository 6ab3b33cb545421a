package explain

import (
	"fmt"
	"math"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/query"
)

// tell says what would have to be otherwise for a rule to match, as the end of
// the sentence "It would have matched plot …", or for what is lowered of
// "It matched plot, …".
func (s reading) tell(m *miss) string {
	if m.clause != nil {
		return s.tellClause(m)
	}
	l := &m.lack
	q := &s.Parts[l.part]
	if !l.there {
		return "if " + s.called(q.Node) + " stood near " + s.quoted(l.found)
	}
	var parts []int32
	for _, of := range q.Of {
		parts = append(parts, s.Eval(of, engine.Whole()).From)
	}
	there := s.quoted(parts)
	switch q.Kind {
	case engine.Nearby:
		return s.tellApart(q)
	case engine.Sentence:
		return "if " + there + " stood in one sentence"
	case engine.Within:
		return fmt.Sprintf("if %s stood within %d words", there, q.N)
	case engine.Inside:
		return fmt.Sprintf("if %s stood in the %s", there, q.Field)
	case engine.Lead:
		return "if " + there + " stood in the title or in the first sentence"
	case engine.Told:
		return "if " + there + " were told as a fact of now"
	case engine.First:
		return "if the title began with " + there
	}
	for _, not := range q.Not {
		if r := s.Eval(not, engine.Whole()); !r.Empty() {
			return "but for " + s.quoted([]int32{r.From})
		}
	}
	return "if " + there + " stood as the rule asks"
}

// tellClause says what lowered a hit or took it away.
func (s reading) tellClause(m *miss) string {
	by := s.blamed(m.clause.Part, s.Hits[m.hit])
	found := s.passages(by)
	term, words := "", ""
	if len(found) > 0 {
		term, words = found[0].Term, s.quoted([]int32{by})
	}
	if m.clause.To == 0 {
		return "but for " + culprit(term, words)
	}
	return "lowered to " + m.clause.To.String() + " because " + reason(term, words)
}

// culprit names what of a text took a hit away, with the list that has it.
func culprit(term, words string) string {
	switch {
	case words == "":
		return "the question in its title"
	case strings.HasPrefix(term, "$"):
		return words + " (" + term + ")"
	}
	return words
}

// reason says as a sentence what a text does by which it was lowered.
func reason(term, words string) string {
	switch {
	case words == "":
		return "its title asks a question"
	case term == "PAST_YEAR":
		return "it tells of a past year (" + words + ")"
	case strings.HasPrefix(term, "$"):
		return "it says " + words + " (" + term + ")"
	case strings.HasPrefix(term, "@"):
		return "it names " + words
	}
	return "it says " + words
}

// blamed returns the hit of a condition that stands nearest to h; of several
// alternatives, one with words before one that holds of the whole item.
func (s reading) blamed(p int32, h engine.Hit) int32 {
	if q := &s.Parts[p]; q.Kind == engine.Or {
		for _, of := range q.Of {
			if r := s.Eval(of, engine.Whole()); !r.Empty() {
				if by := s.blamed(of, h); len(s.passages(by)) > 0 {
					return by
				}
			}
		}
	}
	return s.nearest(s.Eval(p, engine.Whole()), h)
}

// tellApart says what the two sides of a NEAR, which are both there, would have
// to be like to be near.
func (s reading) tellApart(q *engine.Part) string {
	left, right := s.Eval(q.Of[0], engine.Whole()), s.Eval(q.Of[1], engine.Whole())
	i, j, words := s.closest(left, right)
	both := s.quoted([]int32{i, j})
	switch {
	case words < 0:
		return "if " + both + " did not overlap"
	case words >= engine.FieldGap-1:
		return "if " + both + " stood together, not one in the title and one in the text"
	case words <= q.N:
		return "if " + s.quoted([]int32{i}) + " stood before " + s.quoted([]int32{j})
	}
	return fmt.Sprintf("if %s stood within %d words; they are %d apart", both, q.N, words)
}

// closest returns the nearest two hits of two runs, and how many words are
// between them: less than 0 if they overlap.
func (s reading) closest(left, right engine.Run) (i, j, words int32) {
	words = math.MaxInt32
	for l := left.From; l < left.To; l++ {
		r := s.nearest(right, s.Hits[l])
		between := max(s.Hits[r].First-s.Hits[l].Last, s.Hits[l].First-s.Hits[r].Last) - 1
		if between < words {
			i, j, words = l, r, between
		}
	}
	return i, j, words
}

// mostQuoted is how many passages a phrase quotes.
const mostQuoted = 4

// quoted returns the words that hits consist of, each once: "coup" and "army".
func (s reading) quoted(hits []int32) string {
	var words []string
	for _, i := range hits {
		for _, p := range s.passages(i) {
			words = addNew(words, say.Quote(say.OneLine(p.Words)))
		}
	}
	return say.Enumerate(words[:min(len(words), mostQuoted)])
}

// mostCalled is how many things that would all do a phrase names.
const mostCalled = 4

// called returns what a query asks for, as people say it: "a country or one of
// @force".
func (s reading) called(n query.Node) string {
	switch n := n.(type) {
	case *query.Or:
		return s.either(n.Parts)
	case *query.And:
		return s.all(n.Parts)
	case *query.Within:
		return s.all(n.Parts)
	case *query.List, *query.Count:
		return "a word of " + query.Format(n)
	case *query.Points:
		return "points of $" + n.Name
	case *query.Entity:
		return s.calledEntity(n)
	case *query.PastYear:
		return "a past year"
	case *query.Question:
		return "a question mark"
	case *query.Sentence:
		return s.called(n.Of)
	case *query.First:
		return s.called(n.Of)
	case *query.Lead:
		return s.called(n.Of)
	case *query.Told:
		return s.called(n.Of)
	case *query.Warm:
		return s.called(n.Of)
	case *query.In:
		return s.called(n.Of)
	case *query.Near:
		return s.called(n.Left) + " beside " + s.called(n.Right)
	case *query.Term:
		return say.Quote(strings.Trim(query.Format(n), `"`))
	}
	return query.Format(n)
}

// either names things any of which would do.
func (s reading) either(parts []query.Node) string {
	var names []string
	for _, p := range parts {
		names = addNew(names, s.called(p))
	}
	if len(names) > mostCalled {
		names = append(names[:mostCalled-1], "the like")
	}
	return strings.ReplaceAll(say.Enumerate(names), " and ", " or ")
}

// all names things all of which must be there.
func (s reading) all(parts []query.Node) string {
	var names []string
	for _, p := range parts {
		names = addNew(names, s.called(p))
	}
	return say.Enumerate(names[:min(len(names), mostCalled)])
}

// calledEntity returns what people call an entity, or any of a group or kind.
func (s reading) calledEntity(n *query.Entity) string {
	switch n.Name {
	case "countries":
		return "a country"
	case "nationalities":
		return "a nationality"
	case "capitals":
		return "a capital"
	}
	if kind, ok := strings.CutPrefix(n.Name, "kind:"); ok {
		return "a known " + kind
	}
	for i := range s.Names {
		if s.Names[i].ID == n.Name {
			return s.Names[i].Title
		}
	}
	return "one of @" + n.Name
}
