package matcher

import (
	"slices"
	"sort"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/mood"
)

// everywhere returns a run with one hit nowhere, of which also is to be shown.
func (s *scratch) everywhere(p, also int32) run {
	s.hits = append(s.hits, hit{first: nowhere, last: nowhere, reach: nowhere, leaf: p, a: -1, b: -1, also: also})
	return run{int32(len(s.hits)) - 1, int32(len(s.hits))}
}

// holds reports whether the item's feed is as a part asks.
func (s *scratch) holds(p *part) bool {
	switch p.key {
	case "lang":
		return s.language == p.value
	case "tag":
		return slices.Contains(s.item.Tags, p.value)
	default:
		return strings.Contains(s.feedNames[s.item.Feed], p.value) || strings.Contains(text.Fold(s.item.Publisher), p.value)
	}
}

// count finds the part if enough different entries of its list are hit.
func (s *scratch) count(p *part, number int32) run {
	list := s.eval(p.of[0], whole())
	if s.different(list, int(p.n)) < int(p.n) {
		return run{}
	}
	return s.everywhere(number, s.gather(list, -1))
}

// different returns how many different entries there are among the hits of a
// leaf, or most if there are at least so many.
func (s *scratch) different(r run, most int) int {
	s.entries = s.entries[:0]
	for _, h := range s.at(r) {
		if len(s.entries) == most {
			break
		}
		s.entries = appendNew(s.entries, h.a)
	}
	return len(s.entries)
}

// shownElsewhere is how many hits of each further part of an AND go with a hit
// of the first.
const shownElsewhere = 8

// gather returns a hit that stands for the first hits of r, and for also.
func (s *scratch) gather(r run, also int32) int32 {
	for i := r.from; i < min(r.to, r.from+shownElsewhere); i++ {
		s.hits = append(s.hits, hit{first: nowhere, last: nowhere, leaf: -1, a: i, b: also, also: -1})
		also = int32(len(s.hits)) - 1
	}
	return also
}

// and finds its first part that stands somewhere, if all the others are found.
func (s *scratch) and(p *part, in scope) run {
	var room [8]run
	runs := room[:0]
	where := 0
	for i, of := range p.of {
		r := s.eval(of, in)
		if r.empty() {
			return run{}
		}
		runs = append(runs, r)
		if s.placed(runs[where]).empty() && !s.placed(r).empty() {
			where = i
		}
	}
	for _, not := range p.not {
		if !s.eval(not, in).empty() {
			return run{}
		}
	}
	if len(runs) == 1 {
		return runs[0]
	}
	also := int32(-1)
	for i, r := range runs {
		if i != where {
			also = s.gather(r, also)
		}
	}
	base := runs[where]
	if placed := s.placed(base); !placed.empty() {
		base = placed
	}
	from := int32(len(s.hits))
	for i, h := range s.at(base) {
		s.hits = append(s.hits, hit{first: h.first, last: h.last, leaf: -1, a: base.from + int32(i), b: -1, also: also})
	}
	return s.reach(from)
}

// or finds whatever any of its parts finds.
func (s *scratch) or(p *part, in scope) run {
	var room [16]run
	runs := room[:0]
	for _, of := range p.of {
		if r := s.eval(of, in); !r.empty() {
			runs = append(runs, r)
		}
	}
	return s.merge(runs)
}

// merge makes one run of several.
func (s *scratch) merge(runs []run) run {
	switch len(runs) {
	case 0:
		return run{}
	case 1:
		return runs[0]
	}
	from := int32(len(s.hits))
	for _, r := range runs {
		s.hits = append(s.hits, s.at(r)...)
	}
	return s.finish(from)
}

// sentence asks its part in one sentence after another, those in which it
// might be found.
func (s *scratch) sentence(p *part, in scope) run {
	signs := s.parts[p.of[0]].needs[0].leaves
	var room [16]run
	runs := room[:0]
	for pos := in.first; ; {
		next := s.nextHit(signs, pos)
		if next < 0 || next > in.last {
			break
		}
		of := s.sentenceAt(next)
		if r := s.eval(p.of[0], scope{max(of.first, in.first), min(of.last, in.last)}); !r.empty() {
			runs = append(runs, r)
		}
		pos = of.last + 1
	}
	return s.merge(runs)
}

// nextHit returns the position of the next hit of any of the leaves at pos or
// after it, or -1.
func (s *scratch) nextHit(leaves []int32, pos int32) int32 {
	next := int32(-1)
	for _, l := range leaves {
		if s.memo[l].round != s.round {
			continue
		}
		hits := s.at(s.memo[l].run)
		if i := firstFrom(hits, pos); i < len(hits) && (next < 0 || hits[i].first < next) {
			next = hits[i].first
		}
	}
	return next
}

// lead asks its part in the title and in the first sentence below it, as if
// either were all.
func (s *scratch) lead(p *part, in scope) run {
	var room [2]run
	runs := room[:0]
	for _, of := range s.leads() {
		if r := s.eval(p.of[0], scope{max(of.first, in.first), min(of.last, in.last)}); !r.empty() {
			runs = append(runs, r)
		}
	}
	return s.merge(runs)
}

// leads returns where the title is, and the first sentence of the report below
// it. Either is empty where there is none.
func (s *scratch) leads() [2]scope {
	first := scope{0, -1}
	for _, f := range [...]news.Field{news.Summary, news.Body} {
		of := s.extent(f)
		for of.first <= of.last && s.fields[f].text.Flags(int(of.first-s.fields[f].base))&text.Furniture != 0 {
			of.first++
		}
		if of.first <= of.last {
			first = s.sentenceAt(of.first)
			break
		}
	}
	return [2]scope{s.extent(news.Title), first}
}

// asFact finds those hits of its part that are told as facts of now.
func (s *scratch) asFact(p *part, in scope) run {
	r := s.eval(p.of[0], in)
	from := int32(len(s.hits))
	for i := r.from; i < r.to; i++ {
		if h := s.hits[i]; h.first == nowhere || s.isTold(h) {
			s.hits = append(s.hits, h)
		}
	}
	return s.reach(from)
}

// isTold reports whether a hit is told as a fact of now.
func (s *scratch) isTold(h hit) bool {
	f, word := s.locate(h.first)
	sentence, begins := mood.Read(&s.fields[f].text, word, f == news.Title)
	return sentence.Told(word-begins, word-begins+int(h.last-h.first))
}

// opening finds those hits of its part that begin with the title.
func (s *scratch) opening(p *part, in scope) run {
	title := s.extent(news.Title)
	for title.first <= title.last && s.fields[news.Title].text.Flags(int(title.first))&text.Furniture != 0 {
		title.first++
	}
	r := s.eval(p.of[0], scope{max(in.first, title.first), min(in.last, title.last)})
	hits := s.at(r)
	from, to := firstFrom(hits, title.first), firstFrom(hits, title.first+1)
	return run{r.from + int32(from), r.from + int32(to)}
}

// extent returns the scope that is a field; it is empty for an empty field.
func (s *scratch) extent(f news.Field) scope {
	base := s.fields[f].base
	return scope{base, base + int32(s.fields[f].text.Len()) - 1}
}

// locate returns the field of a position, and the word in it.
func (s *scratch) locate(pos int32) (news.Field, int) {
	f := news.Body
	for f > news.Title && pos < s.fields[f].base {
		f--
	}
	return f, int(pos - s.fields[f].base)
}

// sentenceAt returns the scope that is the sentence of a position.
func (s *scratch) sentenceAt(pos int32) scope {
	f, word := s.locate(pos)
	t, base := &s.fields[f].text, s.fields[f].base
	number := t.Sentence(word)
	from := sort.Search(t.Len(), func(i int) bool { return t.Sentence(i) >= number })
	to := sort.Search(t.Len(), func(i int) bool { return t.Sentence(i) > number })
	return scope{base + int32(from), base + int32(to) - 1}
}
