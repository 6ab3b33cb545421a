package matcher

import (
	"cmp"
	"slices"

	"github.com/coupwatch/coupwatch/matcher/names"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

// A sighting is where an entity or a country seems to be named.
type sighting struct {
	nameAt
	first, last int32
	doubt       doubt
}

// A doubt is why a sighting does not count.
type doubt uint8

const (
	none      doubt = iota
	swallowed       // it is part of a longer name
	unhelped        // nothing tells who is meant
	another         // somebody else is called so: a first name before it, or a surname after it, says who
)

// settle decides which sightings count, and makes raw hits of them.
//
// A weak form, such as a common surname on its own, counts if the name stands
// in full in the same item, or if what the entity's helper asks for is near
// one of its forms.
func (s *scratch) settle() {
	if len(s.sighted) == 0 {
		return
	}
	s.sortSightings()
	s.swallow()
	asked := false
	for i := range s.sighted {
		switch g := &s.sighted[i]; {
		case g.doubt != none:
		case !g.weak || s.sure[g.name] == s.round:
			s.hitName(g)
		default:
			g.doubt = unhelped
			asked = asked || s.names[g.name].helper >= 0
		}
	}
	if asked {
		s.askHelpers()
	}
}

func (s *scratch) sortSightings() {
	slices.SortFunc(s.sighted, func(a, b sighting) int {
		return cmp.Or(
			cmp.Compare(a.first, b.first), cmp.Compare(b.last, a.last),
			cmp.Compare(a.name, b.name), cmp.Compare(a.sense, b.sense),
			strengthFirst(a, b), cmp.Compare(a.how, b.how))
	})
	s.sighted = slices.CompactFunc(s.sighted, func(a, b sighting) bool {
		return a.first == b.first && a.last == b.last && a.name == b.name && a.sense == b.sense
	})
}

func strengthFirst(a, b sighting) int {
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
func (s *scratch) swallow() {
	for i := range s.sighted {
		g := &s.sighted[i]
		for j := i - 1; j >= 0 && s.sighted[j].first > g.last-s.longestName; j-- {
			around := &s.sighted[j]
			longer := around.last-around.first > g.last-g.first && around.last >= g.last
			if longer && !around.weak && around.doubt == none && s.swallows(around.name, g.name) {
				g.doubt = swallowed
				break
			}
		}
		if g.doubt == none && (g.alone || g.shared) && s.isAnothers(g) || g.doubt == none && g.shared && s.isGiven(g) {
			g.doubt = another
		}
		if !g.weak && g.doubt == none {
			s.sure[g.name] = s.round
		}
	}
}

// isAnothers reports whether a first name stands right before a surname, with
// a space between them. That of the one who is meant makes a longer form with
// it, and would have swallowed it.
func (s *scratch) isAnothers(g *sighting) bool {
	f, word := s.locate(g.first)
	t := &s.fields[f].text
	if word == 0 || t.Flags(word-1)&text.Capital == 0 || !names.IsGiven(string(t.Word(word-1))) {
		return false
	}
	return s.isSpaced(f, word-1)
}

// isSpaced reports whether a blank is all that stands between a word and the
// next.
func (s *scratch) isSpaced(f news.Field, word int) bool {
	_, end := s.fields[f].text.Span(word)
	start, _ := s.fields[f].text.Span(word + 1)
	return s.item.Text(f)[end:start] == " "
}

// isGiven reports whether a place is somebody's first name: right after it
// stands, with a capital, what no rule and no name knows, as in "Chad McArdle".
// An office or a body of the country is known ("Chad President"), and where most
// words have capitals they tell nothing.
func (s *scratch) isGiven(g *sighting) bool {
	f, word := s.locate(g.last)
	t := &s.fields[f].text
	if word+1 >= t.Len() || t.Flags(word+1)&(text.Capital|text.AllCaps|text.Furniture) != text.Capital {
		return false
	}
	return s.isSpaced(f, word) && !s.isKnown(g.last+1) && !s.isStyled(g.first)
}

// isKnown reports whether a term of a rule or another name begins at pos.
func (s *scratch) isKnown(pos int32) bool {
	return slices.ContainsFunc(s.raw, func(r rawHit) bool { return r.first == pos }) ||
		slices.ContainsFunc(s.sighted, func(g sighting) bool { return g.first == pos })
}

// isStyled reports whether nearly all words of the sentence at pos have a
// capital, as in the headlines of some outlets.
func (s *scratch) isStyled(pos int32) bool {
	const few = 4
	of := s.sentenceAt(pos)
	f, first := s.locate(of.first)
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
func (s *scratch) swallows(around, within int32) bool {
	a, w := &s.names[around], &s.names[within]
	switch {
	case around == within, a.isShield(), a.kind == "outlet":
		return true
	case a.kind == "person" && w.kind == "person":
		return true
	case a.country == "":
		return a.kind == "person" || a.kind == "city"
	}
	return a.country != w.country
}

// hitName makes raw hits of a sighting.
func (s *scratch) hitName(g *sighting) {
	for _, leaf := range s.names[g.name].leaves[g.sense] {
		s.raw = append(s.raw, rawHit{leaf, g.first, g.last, nameEntry - g.name})
	}
}

// askHelpers looks for what tells who is meant by the doubtful sightings. They
// do not vouch for one another; but once a name is known to be meant, it is
// meant in the whole item.
func (s *scratch) askHelpers() {
	s.lay()
	s.chosen = s.chosen[:0]
	for i := range s.sighted {
		g := &s.sighted[i]
		h := s.names[g.name].helper
		if g.doubt == unhelped && h >= 0 && !slices.Contains(s.chosen, g.name) && s.isNear(s.eval(h, whole()), hit{first: g.first, last: g.last}, nearDefault) {
			s.chosen = append(s.chosen, g.name)
		}
	}
	s.forget()
	for i := range s.sighted {
		if g := &s.sighted[i]; g.doubt == unhelped && slices.Contains(s.chosen, g.name) {
			g.doubt = none
			s.hitName(g)
		}
	}
}

// mostMentions is how many mentions of one name a report has at most.
const mostMentions = 20

// mentions returns the entities and countries in the item, in its order.
func (s *scratch) mentions() []news.Mention {
	s.chosen = s.chosen[:0]
	for i := range s.sighted {
		if s.isMention(i) {
			s.chosen = append(s.chosen, int32(i))
		}
	}
	if len(s.chosen) == 0 {
		return nil
	}
	out := make([]news.Mention, len(s.chosen))
	for i, at := range s.chosen {
		g := &s.sighted[at]
		n := &s.names[g.name]
		out[i] = news.Mention{Entity: n.id, Name: n.title, Country: n.country, Sense: news.Sense(g.sense), Official: n.firm, Span: s.span(g.first, g.last, n.term)}
	}
	return out
}

// isMention reports whether a sighting is to be told, and counts it.
func (s *scratch) isMention(i int) bool {
	g := &s.sighted[i]
	if g.doubt != none || s.names[g.name].isShield() {
		return false
	}
	if i > 0 && s.sighted[i-1].first == g.first && s.sighted[i-1].last == g.last && s.sighted[i-1].name == g.name {
		return false
	}
	told := &s.told[g.name]
	if told.round != s.round {
		*told = telling{round: s.round}
	}
	told.times++
	return told.times <= mostMentions
}

// span returns where the words from first to last stand.
func (s *scratch) span(first, last int32, term string) news.Span {
	f, i := s.locate(first)
	start, _ := s.fields[f].text.Span(i)
	_, end := s.fields[f].text.Span(i + int(last-first))
	return news.Span{Field: f, Start: start, End: end, Term: term}
}
