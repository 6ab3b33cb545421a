package engine

import (
	"cmp"
	"iter"
	"slices"

	"github.com/coupwatch/coupwatch/matcher/names"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

// A Sighting is where an entity or a country seems to be named.
type Sighting struct {
	nameAt
	First, Last int32
	Doubt       Doubt
}

// A Doubt is why a sighting does not count.
type Doubt uint8

// Why a sighting does not count.
const (
	NoDoubt   Doubt = iota
	Swallowed       // it is part of a longer name
	Unhelped        // nothing tells who is meant
	Another         // somebody else is called so: a first name before it, or a surname after it, says who
)

// settle decides which sightings count, and makes raw hits of them.
//
// A weak form, such as a common surname on its own, counts if the name stands
// in full in the same item, or if what the entity's helper asks for is near
// one of its forms.
func (s *Evaluator) settle() {
	if len(s.Sightings) == 0 {
		return
	}
	s.sortSightings()
	s.swallow()
	asked := false
	for i := range s.Sightings {
		switch g := &s.Sightings[i]; {
		case g.Doubt != NoDoubt:
		case !g.weak || s.sure[g.Name] == s.epoch:
			s.hitName(g)
		default:
			g.Doubt = Unhelped
			asked = asked || s.Names[g.Name].Helper >= 0
		}
	}
	if asked {
		s.askHelpers()
	}
}

func (s *Evaluator) sortSightings() {
	slices.SortFunc(s.Sightings, func(a, b Sighting) int {
		return cmp.Or(
			cmp.Compare(a.First, b.First), cmp.Compare(b.Last, a.Last),
			cmp.Compare(a.Name, b.Name), cmp.Compare(a.sense, b.sense),
			strengthFirst(a, b), cmp.Compare(a.How, b.How))
	})
	s.Sightings = slices.CompactFunc(s.Sightings, func(a, b Sighting) bool {
		return a.First == b.First && a.Last == b.Last && a.Name == b.Name && a.sense == b.sense
	})
}

func strengthFirst(a, b Sighting) int {
	if a.weak == b.weak {
		return 0
	}
	if b.weak {
		return -1
	}
	return 1
}

// swallow drops the names that are only parts of longer ones, and notes which
// names are there in full.
func (s *Evaluator) swallow() {
	for i := range s.Sightings {
		g := &s.Sightings[i]
		for j := i - 1; j >= 0 && s.Sightings[j].First > g.Last-s.longestName; j-- {
			around := &s.Sightings[j]
			longer := around.Last-around.First > g.Last-g.First && around.Last >= g.Last
			if longer && !around.weak && around.Doubt == NoDoubt && s.swallows(around.Name, g.Name) {
				g.Doubt = Swallowed
				break
			}
		}
		if g.Doubt == NoDoubt && (g.alone || g.shared) && s.isAnothers(g) || g.Doubt == NoDoubt && g.shared && s.isGiven(g) {
			g.Doubt = Another
		}
		if !g.weak && g.Doubt == NoDoubt {
			s.sure[g.Name] = s.epoch
		}
	}
}

// isAnothers reports whether a first name stands right before a surname, with
// a space between them. That of the one who is meant makes a longer form with
// it, and would have swallowed it.
func (s *Evaluator) isAnothers(g *Sighting) bool {
	f, word := s.Locate(g.First)
	t := &s.fields[f].text
	if word == 0 || t.Flags(word-1)&text.Capital == 0 || !names.IsGiven(string(t.Word(word-1))) {
		return false
	}
	return s.isSpaced(f, word-1)
}

// isSpaced reports whether a blank is all that stands between a word and the
// next.
func (s *Evaluator) isSpaced(f news.Field, word int) bool {
	_, end := s.fields[f].text.Span(word)
	start, _ := s.fields[f].text.Span(word + 1)
	return s.Item.Text(f)[end:start] == " "
}

// isGiven reports whether a place is somebody's first name: right after it
// stands, with a capital, what no rule and no name knows, as in "Chad McArdle".
// An office or a body of the country is known ("Chad President"), and where most
// words have capitals they tell nothing.
func (s *Evaluator) isGiven(g *Sighting) bool {
	f, word := s.Locate(g.Last)
	t := &s.fields[f].text
	if word+1 >= t.Len() || t.Flags(word+1)&(text.Capital|text.AllCaps|text.Boilerplate) != text.Capital {
		return false
	}
	return s.isSpaced(f, word) && !s.isKnown(g.Last+1) && !s.isStyled(g.First)
}

// isKnown reports whether a term of a rule or another name begins at pos.
func (s *Evaluator) isKnown(pos int32) bool {
	return slices.ContainsFunc(s.Raw, func(r RawHit) bool { return r.first == pos }) ||
		slices.ContainsFunc(s.Sightings, func(g Sighting) bool { return g.First == pos })
}

// isStyled reports whether nearly all words of the sentence at pos have a
// capital, as in the headlines of some outlets.
func (s *Evaluator) isStyled(pos int32) bool {
	const few = 4
	of := s.sentenceAt(pos)
	f, first := s.Locate(of.first)
	n := int(of.last-of.first) + 1
	capitals := 0
	for i := range n {
		if s.fields[f].text.Flags(first+i)&text.Capital != 0 {
			capitals++
		}
	}
	return n > few && 10*capitals >= 7*n
}

// swallows reports whether the name around is what is meant, and not the name
// within it: no Sudan in South Sudan, no Moscow in The Moscow Times, no Paris
// in the name of a person. What belongs to the country within does not hide
// it, and neither does a body of which the country is not known; but a person
// hides all namesakes.
func (s *Evaluator) swallows(around, within int32) bool {
	a, w := &s.Names[around], &s.Names[within]
	switch {
	case around == within, a.IsShield(), a.Kind == "outlet":
		return true
	case a.Kind == "person" && w.Kind == "person":
		return true
	case a.Country == "":
		return a.Kind == "person" || a.Kind == "city"
	}
	return a.Country != w.Country
}

// hitName makes raw hits of a sighting.
func (s *Evaluator) hitName(g *Sighting) {
	for _, r := range s.Names[g.Name].roles[g.sense] {
		if r.times == nil || r.times.Cover(s.Item.When()) {
			s.Raw = append(s.Raw, RawHit{r.leaf, g.First, g.Last, nameEntry - g.Name})
		}
	}
}

// OutOfTime returns for which leaves a sighting would be a hit at another time,
// and when.
func (s *Evaluator) OutOfTime(g *Sighting) iter.Seq2[int32, spec.Times] {
	return func(yield func(int32, spec.Times) bool) {
		for _, r := range s.Names[g.Name].roles[g.sense] {
			if !r.times.Cover(s.Item.When()) && !yield(r.leaf, r.times) {
				return
			}
		}
	}
}

// askHelpers looks for what tells who is meant by the doubtful sightings. They
// do not vouch for one another; but once a name is known to be meant, it is
// meant in the whole item.
func (s *Evaluator) askHelpers() {
	s.BuildRuns()
	s.chosen = s.chosen[:0]
	for i := range s.Sightings {
		g := &s.Sightings[i]
		h := s.Names[g.Name].Helper
		if g.Doubt == Unhelped && h >= 0 && !slices.Contains(s.chosen, g.Name) && s.isNear(s.Eval(h, Whole()), Hit{First: g.First, Last: g.Last}, spec.NearDefault) {
			s.chosen = append(s.chosen, g.Name)
		}
	}
	s.forget()
	for i := range s.Sightings {
		if g := &s.Sightings[i]; g.Doubt == Unhelped && slices.Contains(s.chosen, g.Name) {
			g.Doubt = NoDoubt
			s.hitName(g)
		}
	}
}

// mostMentions is how many mentions of one name a report has at most.
const mostMentions = 20

// mentions returns the entities and countries in the item, in its order.
func (s *Evaluator) mentions() []news.Mention {
	s.chosen = s.chosen[:0]
	for i := range s.Sightings {
		if s.isMention(i) {
			s.chosen = append(s.chosen, int32(i))
		}
	}
	if len(s.chosen) == 0 {
		return nil
	}
	out := make([]news.Mention, len(s.chosen))
	for i, at := range s.chosen {
		g := &s.Sightings[at]
		n := &s.Names[g.Name]
		out[i] = news.Mention{Entity: n.ID, Name: n.Title, Country: n.Country, Sense: news.Sense(g.sense), Official: n.firm(s.Item.When()), Span: s.Span(g.First, g.Last, n.Term)}
	}
	return out
}

// isMention reports whether a sighting is to be told, and counts it.
func (s *Evaluator) isMention(i int) bool {
	g := &s.Sightings[i]
	if g.Doubt != NoDoubt || s.Names[g.Name].IsShield() {
		return false
	}
	if i > 0 && s.Sightings[i-1].First == g.First && s.Sightings[i-1].Last == g.Last && s.Sightings[i-1].Name == g.Name {
		return false
	}
	told := &s.counts[g.Name]
	if told.epoch != s.epoch {
		*told = nameCount{epoch: s.epoch}
	}
	told.times++
	return told.times <= mostMentions
}

// Span returns where the words from first to last stand.
func (s *Evaluator) Span(first, last int32, term string) news.Span {
	f, i := s.Locate(first)
	start, _ := s.fields[f].text.Span(i)
	_, end := s.fields[f].text.Span(i + int(last-first))
	return news.Span{Field: f, Start: start, End: end, Term: term}
}

// AppendWords appends the words from first to last with blanks between them.
func (s *Evaluator) AppendWords(b []byte, first, last int32) []byte {
	f, at := s.Locate(first)
	for i := range int(last-first) + 1 {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, s.fields[f].text.Word(at+i)...)
	}
	return b
}
