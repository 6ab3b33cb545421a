package matcher

import (
	"fmt"

	"github.com/coupwatch/coupwatch/news"
)

// Missing is a part of a query that an item lacks.
type Missing struct {
	Part string `json:"part"` // as rules.yaml has it
	Why  string `json:"why"`
}

// nearly is how much of a part is found if all that it asks for is there, but
// not where it should be.
const nearly = 0.9

// missing appends what keeps a part from being found, and returns how much of
// it is found, from 0 to 1.
func (s *scratch) missing(p int32, in scope, out *[]Missing) float64 {
	if !s.eval(p, in).empty() {
		return 1
	}
	lacks := func(why string, found float64) float64 {
		*out = append(*out, Missing{s.written(p), why})
		return found
	}
	q := &s.parts[p]
	switch q.kind {
	case question:
		return lacks("the title does not end with a question mark", 0)
	case meta:
		return lacks("the feed is another", 0)
	case count:
		n := s.different(s.eval(q.of[0], whole()), int(q.n))
		return lacks(fmt.Sprintf("only %d of at least %d different entries are there", n, q.n), nearly*float64(n)/float64(q.n))
	case or:
		return s.missingAll(q, in, out, lacks)
	case and, nearby, within:
		return s.missingSome(p, in, out, lacks)
	case sentence:
		if !s.eval(q.of[0], in).empty() {
			return lacks("not within one sentence", nearly)
		}
		return s.missing(q.of[0], in, out)
	case lead:
		if !s.eval(q.of[0], in).empty() {
			return lacks("not within the title or the first sentence", nearly)
		}
		return s.missing(q.of[0], in, out)
	case told:
		if !s.eval(q.of[0], in).empty() {
			return lacks("not told as a fact of now", nearly)
		}
		return s.missing(q.of[0], in, out)
	case first:
		if !s.eval(q.of[0], s.extent(news.Title)).empty() {
			return lacks("not at the beginning of the title", nearly)
		}
		return s.missing(q.of[0], in, out)
	case inside:
		if !s.eval(q.of[0], in).empty() {
			return lacks("not in the "+q.field.String(), nearly)
		}
		return s.missing(q.of[0], in, out)
	}
	return lacks("does not occur", 0)
}

// missingAll explains an OR: by what its best part lacks, if that is anything
// near.
func (s *scratch) missingAll(q *part, in scope, out *[]Missing, lacks func(string, float64) float64) float64 {
	best := 0.0
	var least []Missing
	for _, of := range q.of {
		var these []Missing
		if found := s.missing(of, in, &these); found > best {
			best, least = found, these
		}
	}
	if best == 0 {
		return lacks("does not occur", 0)
	}
	*out = append(*out, least...)
	return best
}

// missingSome explains what asks for all of its parts.
func (s *scratch) missingSome(p int32, in scope, out *[]Missing, lacks func(string, float64) float64) float64 {
	q := &s.parts[p]
	sum := 0.0
	for _, of := range q.of {
		sum += s.missing(of, in, out)
	}
	if sum < float64(len(q.of)) {
		return sum / float64(len(q.of)+1)
	}
	switch q.kind {
	case nearby:
		return lacks(s.apart(q, in), nearly)
	case within:
		return lacks(fmt.Sprintf("all are there, but not within %d words", q.n), nearly)
	}
	for _, not := range q.not {
		if r := s.eval(not, in); !r.empty() {
			why := "must not be there"
			if found := s.passages(r.from); len(found) > 0 {
				why = fmt.Sprintf("must not be there, but %q is, in the %s", found[0].Words, found[0].Field)
			}
			*out = append(*out, Missing{"NOT " + s.written(not), why})
		}
	}
	return nearly
}

// apart says why two things that are both there are not near.
func (s *scratch) apart(q *part, in scope) string {
	_, _, least := s.closest(s.eval(q.of[0], in), s.eval(q.of[1], in))
	switch {
	case least < 0:
		return "both are there, but only as the same words"
	case least >= fieldGap-1:
		return "both are there, but in different fields"
	case least <= q.n:
		return "both are there, but in the other order"
	}
	return fmt.Sprintf("both are there, but %d words apart", least)
}
