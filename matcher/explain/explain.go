// Package explain says why: what each rule makes of an item, what nearly matched
// and what it lacked, why an example does not hold, in which spellings a name is
// recognised, and how often each rule, term and name is found.
package explain

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

// An Explanation says what every rule makes of an item, and why.
type Explanation struct {
	Title    string         `json:"title"`
	Summary  string         `json:"summary,omitempty"`
	Body     string         `json:"body,omitempty"`
	Language string         `json:"language"`         // in which it was read, such as "en"; "" if not known
	Verdicts []Verdict      `json:"verdicts"`         // one for each rule: those that match first, the gravest of them before the others, then those that nearly do
	Points   []engine.Tally `json:"points,omitempty"` // what the tables that rules ask for add up to
	Names    []Naming       `json:"names,omitempty"`
	AsksWarm bool           `json:"-"` // it depends on what is warm
}

// A Verdict is what one rule makes of an item.
type Verdict struct {
	Rule     string         `json:"rule"`
	Title    string         `json:"title,omitempty"`
	Outcome  Outcome        `json:"outcome"`
	Severity news.Severity  `json:"severity"`          // "none" unless the rule matches
	Hits     []Hit          `json:"hits,omitempty"`    // where its query is found, at most 20
	Missing  []Missing      `json:"missing,omitempty"` // what its query lacks, if it is not found
	Points   []engine.Tally `json:"points,omitempty"`  // of the tables that it asks for
	nearness float64        // how much of its query is found, from 0 to 1
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

	// That people were told of it lately, if a rule asks for that: "Niger is warm:
	// told 3 days ago, story s-4a1610a1".
	Warm string `json:"warm,omitempty"`
	// For what it counts at another time, as in "@juntas: Mali counts since 18 August 2020".
	OutOfTime []string `json:"out_of_time,omitempty"`
}

// A reading is an item as the rules read it, for those who ask why.
type reading struct{ *engine.Evaluator }

// How many hits of a rule are explained, and in how many ways they may meet its
// query.
const (
	mostHits = 20
	mostWays = 1000
)

// Explain returns what every rule makes of the item, if w says what is warm. It
// agrees with
// [engine.Program.Match], but takes longer.
func Explain(r *engine.Program, it news.Item, w news.Warmth) Explanation {
	s := reading{r.ReadWarm(it, w)}
	defer s.Release()
	s.BuildRuns()
	x := Explanation{Title: it.Title, Summary: it.Summary, Body: it.Body, Language: s.Language}
	for i := range r.Rules {
		x.Verdicts = append(x.Verdicts, s.verdict(&r.Rules[i]))
	}
	x.Points = s.tallies()
	slices.SortFunc(x.Verdicts, func(a, b Verdict) int {
		return cmp.Or(
			cmp.Compare(b.Severity, a.Severity), // those that do not match have none
			cmp.Compare(slices.Index(outcomes[:], a.Outcome), slices.Index(outcomes[:], b.Outcome)),
			cmp.Compare(b.nearness, a.nearness), cmp.Compare(a.Rule, b.Rule))
	})
	for i := range s.Sightings {
		if g := &s.Sightings[i]; !s.Names[g.Name].IsShield() {
			x.Names = append(x.Names, s.naming(g))
		}
	}
	x.AsksWarm = s.Asked
	return x
}

// verdict asks a rule in full.
func (s reading) verdict(k *engine.Rule) Verdict {
	v := Verdict{Rule: k.ID, Title: k.Title, nearness: 1}
	if !s.Concerns(k) {
		v.Outcome = NotMeant
		return v
	}
	found := s.Eval(k.Match, engine.Whole())
	if found.Empty() {
		v.Outcome = Missed
		v.nearness = s.missing(k.Match, engine.Whole(), &v.Missing)
		return v
	}
	for i := found.From; i < min(found.To, found.From+mostWays); i++ {
		v.Hits = join(v.Hits, s.hit(k, i))
	}
	v.Hits = v.Hits[:min(len(v.Hits), mostHits)]
	m, ok := s.Apply(k)
	v.Severity = m.Severity
	switch {
	case !ok:
		v.Outcome = TakenAway
	case m.Severity > k.Severity:
		v.Outcome = Raised
	case m.Severity < k.Severity:
		v.Outcome = Lowered
	default:
		v.Outcome = Matched
	}
	return v
}

// hit says what becomes of a hit.
func (s reading) hit(k *engine.Rule, i int32) Hit {
	h := s.Hits[i]
	x := Hit{Severity: s.Judge(k, h), Found: s.passages(i)}
	add := func(effect string, clauses []engine.Clause, counts func(to news.Severity) bool) {
		for j := range clauses {
			if c := &clauses[j]; counts(c.To) && s.Met(c, h) {
				met := s.passages(s.nearest(s.Eval(c.Part, engine.Whole()), h))
				x.Reasons = append(x.Reasons, Reason{effect, c.Text, met})
			}
		}
	}
	add("taken away", k.Unless, func(news.Severity) bool { return true })
	add("raised", k.Raise, func(to news.Severity) bool { return to > k.Severity })
	add("lowered", k.Lower, func(to news.Severity) bool { return to < k.Severity })
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
func (s reading) nearest(r engine.Run, h engine.Hit) int32 {
	best, least := r.From, int32(0)
	for i := r.From; i < r.To; i++ {
		o := s.Hits[i]
		away := max(o.First-h.Last, h.First-o.Last, 0)
		if o.First == engine.Nowhere || h.First == engine.Nowhere {
			away = 0
		}
		if i == r.From || away < least {
			best, least = i, away
		}
	}
	return best
}

// passages returns what a hit consists of.
func (s reading) passages(i int32) []Passage {
	var out []Passage
	for _, span := range s.Spans([]int32{i}) {
		out = append(out, s.passage(span))
	}
	return out
}

func (s reading) passage(span news.Span) Passage {
	return Passage{span.Field.String(), span.Start, span.End, s.Item.Text(span.Field)[span.Start:span.End], span.Term}
}

// naming says what is known of a sighting.
func (s reading) naming(g *engine.Sighting) Naming {
	n := &s.Names[g.Name]
	x := Naming{Passage: s.passage(s.Span(g.First, g.Last, n.Term)), Name: n.Title, Country: n.Country, How: s.Hows[g.How]}
	if g.Doubt == engine.NoDoubt {
		x.OutOfTime, x.Warm = s.outOfTime(g), s.warmth(g.Name)
	}
	switch {
	case g.Doubt == engine.Swallowed:
		x.Doubt = "part of a longer name"
	case g.Doubt == engine.Another:
		x.Doubt = "somebody else's first name stands before it"
	case g.Doubt == engine.Unhelped && n.Helper < 0:
		x.Doubt = "too common alone, and the full name is not in the item"
	case g.Doubt == engine.Unhelped:
		x.Doubt = "too common alone: the full name is not in the item, and not near it: " + s.written(n.Helper)
	}
	return x
}

// outOfTime says for what a sighting counts at another time, and when. What asks
// for it in several ways stands in one line.
func (s reading) outOfTime(g *engine.Sighting) []string {
	var whens []string
	labels := map[string][]string{}
	for leaf, times := range s.OutOfTime(g) {
		when := s.counts(g, times)
		whens, labels[when] = addNew(whens, when), addNew(labels[when], s.written(leaf))
	}
	for i, when := range whens {
		slices.Sort(labels[when])
		whens[i] = strings.Join(labels[when], ", ") + ": " + when
	}
	return whens
}

// counts says when a name counts: "Mali counts since 18 August 2020".
func (s reading) counts(g *engine.Sighting, times spec.Times) string {
	return s.Names[g.Name].Title + " counts " + times.Tell(s.Item.When())
}

// written returns a part as rules.yaml would have it.
func (s reading) written(p int32) string { return query.Format(s.Parts[p].Node) }

// addNew appends s to list unless it is there.
func addNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
