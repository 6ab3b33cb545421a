package matcher

import (
	"cmp"
	"slices"

	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/news"
)

// An Explanation says what every rule makes of an item, and why.
type Explanation struct {
	Title    string    `json:"title"`
	Summary  string    `json:"summary,omitempty"`
	Body     string    `json:"body,omitempty"`
	Language string    `json:"language"` // in which it was read, such as "en"; "" if not known
	Verdicts []Verdict `json:"verdicts"` // one for each rule: those that match first, the gravest of them before the others, then those that nearly do
	Names    []Naming  `json:"names,omitempty"`
}

// A Verdict is what one rule makes of an item.
type Verdict struct {
	Rule     string        `json:"rule"`
	Title    string        `json:"title,omitempty"`
	Outcome  Outcome       `json:"outcome"`
	Severity news.Severity `json:"severity"`          // "none" unless the rule matches
	Hits     []Hit         `json:"hits,omitempty"`    // where its query is found, at most 20
	Missing  []Missing     `json:"missing,omitempty"` // what its query lacks, if it is not found
	nearness float64       // how much of its query is found, from 0 to 1
}

// Near reports whether at least half of what the rule asks for is in the item.
func (v Verdict) Near() bool { return v.nearness >= 0.5 }

// An Outcome says how a rule came to its verdict.
type Outcome string

// The outcomes, in the order in which verdicts are given.
const (
	Matched   Outcome = "matched"
	Raised    Outcome = "raised"     // matched, with more than the rule's severity
	Lowered   Outcome = "lowered"    // matched, with less
	TakenAway Outcome = "taken away" // found, but each hit is taken away by an unless
	Missed    Outcome = "missed"     // not found
	NotMeant  Outcome = "not meant"  // the rule is not for items of this language, feed or tags
)

var outcomes = [...]Outcome{Matched, Raised, Lowered, TakenAway, Missed, NotMeant}

// A Hit is one place at which a rule's query is found: what stands together and
// is judged alike is one, in however many ways it meets the query.
type Hit struct {
	Severity news.Severity `json:"severity"` // "none" if it is taken away
	Found    []Passage     `json:"found,omitempty"`
	Reasons  []Reason      `json:"reasons,omitempty"` // what took it away, lowered or raised it
}

// A Reason is a condition that is met near a hit.
type Reason struct {
	Effect    string    `json:"effect"`    // "taken away", "lowered" or "raised"
	Condition string    `json:"condition"` // as rules.yaml has it
	Met       []Passage `json:"met,omitempty"`
}

// A Passage is words of the item.
type Passage struct {
	Field string `json:"field"` // "title", "summary" or "body"
	Start int    `json:"start"` // of the first byte in the field
	End   int    `json:"end"`   // after the last byte
	Words string `json:"words"` // as they stand there
	Term  string `json:"term"`  // what of rules.yaml they are: a word, "@entity" or "$list"
}

// A Naming is where an entity or country seems to be named.
type Naming struct {
	Passage
	Name    string `json:"name"`
	Country string `json:"country,omitempty"`
	How     string `json:"how,omitempty"` // how the spelling came to be known
	Doubt   string `json:"doubt,omitempty"`
}

// How many hits of a rule are explained, and in how many ways they may meet its
// query.
const (
	mostHits = 20
	mostWays = 1000
)

// Explain returns what every rule makes of the item. It agrees with
// [Rules.Match], but takes longer.
func (r *Rules) Explain(it news.Item) Explanation {
	s := r.pool.Get().(*scratch)
	defer s.release()
	s.read(it)
	s.lay()
	x := Explanation{Title: it.Title, Summary: it.Summary, Body: it.Body, Language: s.language}
	for i := range r.checks {
		x.Verdicts = append(x.Verdicts, s.verdict(&r.checks[i]))
	}
	slices.SortFunc(x.Verdicts, func(a, b Verdict) int {
		return cmp.Or(
			cmp.Compare(b.Severity, a.Severity), // those that do not match have none
			cmp.Compare(slices.Index(outcomes[:], a.Outcome), slices.Index(outcomes[:], b.Outcome)),
			cmp.Compare(b.nearness, a.nearness), cmp.Compare(a.Rule, b.Rule))
	})
	for i := range s.sighted {
		if g := &s.sighted[i]; !s.names[g.name].isShield() {
			x.Names = append(x.Names, s.naming(g))
		}
	}
	return x
}

// verdict does a check in full.
func (s *scratch) verdict(k *check) Verdict {
	v := Verdict{Rule: k.id, Title: k.title, nearness: 1}
	if !s.concerns(k) {
		v.Outcome = NotMeant
		return v
	}
	found := s.eval(k.match, whole())
	if found.empty() {
		v.Outcome = Missed
		v.nearness = s.missing(k.match, whole(), &v.Missing)
		return v
	}
	for i := found.from; i < min(found.to, found.from+mostWays); i++ {
		v.Hits = join(v.Hits, s.explain(k, i))
	}
	v.Hits = v.Hits[:min(len(v.Hits), mostHits)]
	m, ok := s.match(k)
	v.Severity = m.Severity
	switch {
	case !ok:
		v.Outcome = TakenAway
	case m.Severity > k.severity:
		v.Outcome = Raised
	case m.Severity < k.severity:
		v.Outcome = Lowered
	default:
		v.Outcome = Matched
	}
	return v
}

// explain says what becomes of a hit.
func (s *scratch) explain(k *check, i int32) Hit {
	h := s.hits[i]
	x := Hit{Severity: s.judge(k, h), Found: s.passages(i)}
	add := func(effect string, clauses []clause, counts func(to news.Severity) bool) {
		for j := range clauses {
			if c := &clauses[j]; counts(c.to) && s.met(c, h) {
				met := s.passages(s.nearest(s.eval(c.part, whole()), h))
				x.Reasons = append(x.Reasons, Reason{effect, c.text, met})
			}
		}
	}
	add("taken away", k.unless, func(news.Severity) bool { return true })
	add("raised", k.raise, func(to news.Severity) bool { return to > k.severity })
	add("lowered", k.lower, func(to news.Severity) bool { return to < k.severity })
	return x
}

// join adds h to hits, or to the one of them of which it is another reading:
// they share words and are judged alike.
func join(hits []Hit, h Hit) []Hit {
	for i := range hits {
		if hits[i].Severity == h.Severity && slices.EqualFunc(hits[i].Reasons, h.Reasons, sameCondition) && sharesWords(hits[i].Found, h.Found) {
			hits[i].Found = union(hits[i].Found, h.Found)
			return hits
		}
	}
	return append(hits, h)
}

func sameCondition(a, b Reason) bool { return a.Effect == b.Effect && a.Condition == b.Condition }

func sharesWords(a, b []Passage) bool {
	return slices.ContainsFunc(a, func(p Passage) bool { return slices.ContainsFunc(b, p.overlaps) })
}

// overlaps reports whether p and q have words in common.
func (p Passage) overlaps(q Passage) bool {
	return p.Field == q.Field && p.Start < q.End && q.Start < p.End
}

// union returns the passages of both, in the order of the text; of two of one
// term that overlap, the longer one.
func union(a, b []Passage) []Passage {
	out := slices.Clone(a)
	for _, p := range b {
		i := slices.IndexFunc(out, func(q Passage) bool { return q.Term == p.Term && q.overlaps(p) })
		switch {
		case i < 0:
			out = append(out, p)
		case p.End-p.Start > out[i].End-out[i].Start:
			out[i] = p
		}
	}
	place := func(p Passage) int { return slices.Index([]string{"title", "summary", "body"}, p.Field) }
	slices.SortStableFunc(out, func(p, q Passage) int { return cmp.Or(place(p)-place(q), p.Start-q.Start) })
	return out
}

// nearest returns the hit of a run that is nearest to h.
func (s *scratch) nearest(r run, h hit) int32 {
	best, least := r.from, int32(0)
	for i := r.from; i < r.to; i++ {
		o := s.hits[i]
		away := max(o.first-h.last, h.first-o.last, 0)
		if o.first == nowhere || h.first == nowhere {
			away = 0
		}
		if i == r.from || away < least {
			best, least = i, away
		}
	}
	return best
}

// passages returns what a hit consists of.
func (s *scratch) passages(i int32) []Passage {
	var out []Passage
	for _, span := range s.spans([]int32{i}) {
		out = append(out, s.passage(span))
	}
	return out
}

func (s *scratch) passage(span news.Span) Passage {
	return Passage{span.Field.String(), span.Start, span.End, s.item.Text(span.Field)[span.Start:span.End], span.Term}
}

// naming says what is known of a sighting.
func (s *scratch) naming(g *sighting) Naming {
	n := &s.names[g.name]
	x := Naming{Passage: s.passage(s.span(g.first, g.last, n.term)), Name: n.title, Country: n.country, How: s.hows[g.how]}
	switch {
	case g.doubt == swallowed:
		x.Doubt = "part of a longer name"
	case g.doubt == another:
		x.Doubt = "somebody else's first name stands before it"
	case g.doubt == unhelped && n.helper < 0:
		x.Doubt = "too common alone, and the full name is not in the item"
	case g.doubt == unhelped:
		x.Doubt = "too common alone: the full name is not in the item, and not near it: " + s.written(n.helper)
	}
	return x
}

// written returns a part as rules.yaml would have it.
func (s *scratch) written(p int32) string { return query.Format(s.parts[p].node) }
