package engine

import (
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/mood"
)

// everywhere returns a run with one hit nowhere, of which also is to be shown.
func (s *Evaluator) everywhere(p, also int32) Run {
	s.Hits = append(s.Hits, Hit{First: Nowhere, Last: Nowhere, reach: Nowhere, leaf: p, a: -1, b: -1, also: also})
	return Run{int32(len(s.Hits)) - 1, int32(len(s.Hits))}
}

// holds reports whether the item's feed is as a part asks.
func (s *Evaluator) holds(p *Part) bool {
	switch p.key {
	case "lang":
		return s.Language == p.value
	case "tag":
		return slices.Contains(s.Item.Tags, p.value)
	default:
		return strings.Contains(s.feedNames[s.Item.Feed], p.value) || strings.Contains(text.Fold(s.Item.Publisher), p.value)
	}
}

// count finds the part if enough different entries of its list are hit.
func (s *Evaluator) count(p *Part, number int32) Run {
	list := s.Eval(p.Of[0], Whole())
	if s.Different(list, int(p.N)) < int(p.N) {
		return Run{}
	}
	return s.everywhere(number, s.gather(list, -1))
}

// Different returns how many different entries there are among the hits of a
// leaf, or most if there are at least so many.
func (s *Evaluator) Different(r Run, most int) int {
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
func (s *Evaluator) gather(r Run, also int32) int32 {
	for i := r.From; i < min(r.To, r.From+shownElsewhere); i++ {
		s.Hits = append(s.Hits, Hit{First: Nowhere, Last: Nowhere, leaf: -1, a: i, b: also, also: -1})
		also = int32(len(s.Hits)) - 1
	}
	return also
}

// and finds its first part that stands somewhere, if all the others are found.
func (s *Evaluator) and(p *Part, in Scope) Run {
	var room [8]Run
	runs := room[:0]
	where := 0
	for i, of := range p.Of {
		r := s.Eval(of, in)
		if r.Empty() {
			return Run{}
		}
		runs = append(runs, r)
		if s.placed(runs[where]).Empty() && !s.placed(r).Empty() {
			where = i
		}
	}
	for _, not := range p.Not {
		if !s.Eval(not, in).Empty() {
			return Run{}
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
	if placed := s.placed(base); !placed.Empty() {
		base = placed
	}
	from := int32(len(s.Hits))
	for i, h := range s.at(base) {
		s.Hits = append(s.Hits, Hit{First: h.First, Last: h.Last, leaf: -1, a: base.From + int32(i), b: -1, also: also})
	}
	return s.linkRun(from)
}

// or finds whatever any of its parts finds.
func (s *Evaluator) or(p *Part, in Scope) Run {
	var room [16]Run
	runs := room[:0]
	for _, of := range p.Of {
		if r := s.Eval(of, in); !r.Empty() {
			runs = append(runs, r)
		}
	}
	return s.merge(runs)
}

// merge makes one run of several.
func (s *Evaluator) merge(runs []Run) Run {
	switch len(runs) {
	case 0:
		return Run{}
	case 1:
		return runs[0]
	}
	from := int32(len(s.Hits))
	for _, r := range runs {
		s.Hits = append(s.Hits, s.at(r)...)
	}
	return s.finish(from)
}

// sentence asks its part in one sentence after another, those in which it
// might be found.
func (s *Evaluator) sentence(p *Part, in Scope) Run {
	signs := s.Parts[p.Of[0]].needs[0].leaves
	var room [16]Run
	runs := room[:0]
	for pos := in.first; ; {
		next := s.nextHit(signs, pos)
		if next < 0 || next > in.last {
			break
		}
		of := s.sentenceAt(next)
		if r := s.Eval(p.Of[0], Scope{max(of.first, in.first), min(of.last, in.last)}); !r.Empty() {
			runs = append(runs, r)
		}
		pos = of.last + 1
	}
	return s.merge(runs)
}

// nextHit returns the position of the next hit of any of the leaves at pos or
// after it, or -1.
func (s *Evaluator) nextHit(leaves []int32, pos int32) int32 {
	next := int32(-1)
	for _, l := range leaves {
		if s.memo[l].epoch != s.epoch {
			continue
		}
		hits := s.at(s.memo[l].Run)
		if i := firstFrom(hits, pos); i < len(hits) && (next < 0 || hits[i].First < next) {
			next = hits[i].First
		}
	}
	return next
}

// lead asks its part in the title and in the first sentence below it, as if
// either were all.
func (s *Evaluator) lead(p *Part, in Scope) Run {
	var room [2]Run
	runs := room[:0]
	for _, of := range s.leads() {
		if r := s.Eval(p.Of[0], Scope{max(of.first, in.first), min(of.last, in.last)}); !r.Empty() {
			runs = append(runs, r)
		}
	}
	return s.merge(runs)
}

// leads returns where the title is, and the first sentence of the report below
// it. Either is empty where there is none.
func (s *Evaluator) leads() [2]Scope {
	first := Scope{0, -1}
	for _, f := range [...]news.Field{news.Summary, news.Body} {
		of := s.Extent(f)
		for of.first <= of.last && s.fields[f].text.Flags(int(of.first-s.fields[f].base))&text.Boilerplate != 0 {
			of.first++
		}
		if of.first <= of.last {
			first = s.sentenceAt(of.first)
			break
		}
	}
	return [2]Scope{s.Extent(news.Title), first}
}

// asFact finds those hits of its part that are told as facts of now.
func (s *Evaluator) asFact(p *Part, in Scope) Run {
	r := s.Eval(p.Of[0], in)
	from := int32(len(s.Hits))
	for i := r.From; i < r.To; i++ {
		if h := s.Hits[i]; h.First == Nowhere || s.isTold(h) {
			s.Hits = append(s.Hits, h)
		}
	}
	return s.linkRun(from)
}

// isTold reports whether a hit is told as a fact of now.
func (s *Evaluator) isTold(h Hit) bool {
	f, word := s.Locate(h.First)
	sentence, begins := mood.Read(&s.fields[f].text, word, f == news.Title)
	return sentence.Told(word-begins, word-begins+int(h.Last-h.First))
}

// warm finds those hits of its part of which people were told lately.
func (s *Evaluator) warm(p *Part, in Scope) Run {
	r := s.Eval(p.Of[0], in)
	from := int32(len(s.Hits))
	for i := r.From; i < r.To; i++ {
		h := s.Hits[i]
		t, ok := s.LastTold(s.Named(h))
		if ok && s.Item.When().Sub(t.At) <= time.Duration(p.N)*time.Hour {
			s.Hits = append(s.Hits, h)
		}
	}
	return s.linkRun(from)
}

// LastTold returns when people were last told of a name before the item. A city
// is as warm as its country.
func (s *Evaluator) LastTold(name int32) (t news.Telling, ok bool) {
	s.Asked = true
	if s.Warmth == nil || s.Item.When().IsZero() {
		return t, false
	}
	n := &s.Names[name]
	t, ok = s.Warmth.LastTold(n.ID, s.Item.When())
	if n.Kind == "city" && n.Country != "" {
		if of, told := s.Warmth.LastTold(spec.CountryID(n.Country), s.Item.When()); told && (!ok || of.At.After(t.At)) {
			return of, true
		}
	}
	return t, ok
}

// Named returns the name at which an entity's part is hit.
func (s *Evaluator) Named(h Hit) int32 { return nameEntry - h.a }

// Heeds returns how long ago people may have been told of a name to make it warm
// for some rule; 0 if none asks.
func (r *Program) Heeds(name int32) (most time.Duration) {
	for i := range r.Parts {
		p := &r.Parts[i]
		if p.Kind == Warm && slices.ContainsFunc(r.Names[name].roles[:], func(of []role) bool {
			return slices.ContainsFunc(of, func(r role) bool { return r.leaf == p.Of[0] })
		}) {
			most = max(most, time.Duration(p.N)*time.Hour)
		}
	}
	return most
}

// opening finds those hits of its part that begin with the title.
func (s *Evaluator) opening(p *Part, in Scope) Run {
	title := s.Extent(news.Title)
	for title.first <= title.last && s.fields[news.Title].text.Flags(int(title.first))&text.Boilerplate != 0 {
		title.first++
	}
	r := s.Eval(p.Of[0], Scope{max(in.first, title.first), min(in.last, title.last)})
	hits := s.at(r)
	from, to := firstFrom(hits, title.first), firstFrom(hits, title.first+1)
	return Run{r.From + int32(from), r.From + int32(to)}
}

// Extent returns the scope that is a field; it is empty for an empty field.
func (s *Evaluator) Extent(f news.Field) Scope {
	base := s.fields[f].base
	return Scope{base, base + int32(s.fields[f].text.Len()) - 1}
}

// Locate returns the field of a position, and the word in it.
func (s *Evaluator) Locate(pos int32) (news.Field, int) {
	f := news.Body
	for f > news.Title && pos < s.fields[f].base {
		f--
	}
	return f, int(pos - s.fields[f].base)
}

// sentenceAt returns the scope that is the sentence of a position.
func (s *Evaluator) sentenceAt(pos int32) Scope {
	f, word := s.Locate(pos)
	t, base := &s.fields[f].text, s.fields[f].base
	number := t.Sentence(word)
	from := sort.Search(t.Len(), func(i int) bool { return t.Sentence(i) >= number })
	to := sort.Search(t.Len(), func(i int) bool { return t.Sentence(i) > number })
	return Scope{base + int32(from), base + int32(to) - 1}
}
