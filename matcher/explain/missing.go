package explain

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text/numbers"
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
func (s reading) missing(p int32, in engine.Scope, out *[]Missing) float64 {
	if !s.Eval(p, in).Empty() {
		return 1
	}
	lacks := func(why string, found float64) float64 {
		*out = append(*out, Missing{s.written(p), why})
		return found
	}
	q := &s.Parts[p]
	switch q.Kind {
	case engine.Question:
		return lacks("the title does not end with a question mark", 0)
	case engine.Meta:
		return lacks("the feed is another", 0)
	case engine.Count:
		n := s.Different(s.Eval(q.Of[0], engine.Whole()), int(q.N))
		return lacks(fmt.Sprintf("only %d of at least %d different entries are there", n, q.N), nearly*float64(n)/float64(q.N))
	case engine.Points:
		return s.missingPoints(p, lacks)
	case engine.Or:
		return s.missingAll(q, in, out, lacks)
	case engine.And, engine.Nearby, engine.Within:
		return s.missingSome(p, in, out, lacks)
	case engine.Sentence:
		if !s.Eval(q.Of[0], in).Empty() {
			return lacks("not within one sentence", nearly)
		}
		return s.missing(q.Of[0], in, out)
	case engine.Lead:
		if !s.Eval(q.Of[0], in).Empty() {
			return lacks("not within the title or the first sentence", nearly)
		}
		return s.missing(q.Of[0], in, out)
	case engine.Told:
		if !s.Eval(q.Of[0], in).Empty() {
			return lacks("not told as a fact of now", nearly)
		}
		return s.missing(q.Of[0], in, out)
	case engine.Warm:
		if found := s.Eval(q.Of[0], in); !found.Empty() {
			return lacks(s.notWarm(found), nearly)
		}
		return s.missing(q.Of[0], in, out)
	case engine.First:
		if !s.Eval(q.Of[0], s.Extent(news.Title)).Empty() {
			return lacks("not at the beginning of the title", nearly)
		}
		return s.missing(q.Of[0], in, out)
	case engine.Inside:
		if !s.Eval(q.Of[0], in).Empty() {
			return lacks("not in the "+q.Field.String(), nearly)
		}
		return s.missing(q.Of[0], in, out)
	}
	return lacks(cmp.Or(s.untimely(p), "does not occur"), 0)
}

// notWarm says that people were told of nobody that a run names, or not lately.
func (s reading) notWarm(r engine.Run) string {
	if s.Warmth == nil {
		return "nothing is known to be warm"
	}
	var names, told []string
	for i := r.From; i < r.To; i++ {
		name := s.Named(s.Hits[i])
		names = addNew(names, s.Names[name].Title)
		if t, ok := s.LastTold(name); ok {
			told = addNew(told, s.Names[name].Title+" was told "+s.ago(t.At))
		}
	}
	if len(told) > 0 {
		return say.Enumerate(told)
	}
	return "people were told of no story of " + strings.ReplaceAll(say.Enumerate(names), " and ", " or ")
}

// warmth says that a name is warm, for a rule that asks: "Niger is warm: told 3
// days ago, story s-4a1610a1"; "" if it is not, or none asks.
func (s reading) warmth(name int32) string {
	most := s.Heeds(name)
	if most == 0 {
		return ""
	}
	t, ok := s.LastTold(name)
	if !ok || s.Item.When().Sub(t.At) > most {
		return ""
	}
	return s.Names[name].Title + " is warm: told " + s.ago(t.At) + ", story " + t.Story
}

// ago says how long before the item a moment was: "3 days ago".
func (s reading) ago(t time.Time) string {
	const day = 24 * time.Hour
	d := s.Item.When().Sub(t)
	n, unit := int(d/time.Minute), "minute"
	switch {
	case d >= 2*day:
		n, unit = int(d/day), "day"
	case d >= 2*time.Hour:
		n, unit = int(d/time.Hour), "hour"
	}
	return fmt.Sprintf("%d %s ago", n, numbers.Plural(n, unit))
}

// untimely says who would be a hit for a leaf at another time, and when; "" if
// nobody would.
func (s reading) untimely(leaf int32) string {
	for i := range s.Sightings {
		g := &s.Sightings[i]
		if g.Doubt != engine.NoDoubt {
			continue
		}
		for l, times := range s.OutOfTime(g) {
			if l == leaf {
				return s.counts(g, times)
			}
		}
	}
	return ""
}

// missingPoints explains what is too little, or too much.
func (s reading) missingPoints(p int32, lacks func(string, float64) float64) float64 {
	sum, than := s.Tally(p).Sum, int(s.Parts[p].N)
	if sum >= than {
		return lacks(fmt.Sprintf("%d points are there", sum), nearly)
	}
	return lacks(fmt.Sprintf("only %d of at least %d points are there", sum, than), nearly*float64(max(0, sum))/float64(than))
}

// missingAll explains an OR: by what its best part lacks, if that is anything
// near.
func (s reading) missingAll(q *engine.Part, in engine.Scope, out *[]Missing, lacks func(string, float64) float64) float64 {
	best := 0.0
	var least []Missing
	for _, of := range q.Of {
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
func (s reading) missingSome(p int32, in engine.Scope, out *[]Missing, lacks func(string, float64) float64) float64 {
	q := &s.Parts[p]
	sum := 0.0
	for _, of := range q.Of {
		sum += s.missing(of, in, out)
	}
	if sum < float64(len(q.Of)) {
		return sum / float64(len(q.Of)+1)
	}
	switch q.Kind {
	case engine.Nearby:
		return lacks(s.apart(q, in), nearly)
	case engine.Within:
		return lacks(fmt.Sprintf("all are there, but not within %d words", q.N), nearly)
	}
	for _, not := range q.Not {
		if r := s.Eval(not, in); !r.Empty() {
			why := "must not be there"
			if found := s.passages(r.From); len(found) > 0 {
				why = fmt.Sprintf("must not be there, but %q is, in the %s", found[0].Words, found[0].Field)
			}
			*out = append(*out, Missing{"NOT " + s.written(not), why})
		}
	}
	return nearly
}

// apart says why two things that are both there are not near.
func (s reading) apart(q *engine.Part, in engine.Scope) string {
	_, _, least := s.closest(s.Eval(q.Of[0], in), s.Eval(q.Of[1], in))
	switch {
	case least < 0:
		return "both are there, but only as the same words"
	case least >= engine.FieldGap-1:
		return "both are there, but in different fields"
	case least <= q.N:
		return "both are there, but in the other order"
	}
	return fmt.Sprintf("both are there, but %d words apart", least)
}
