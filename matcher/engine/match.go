package engine

import (
	"cmp"
	"slices"

	"github.com/coupwatch/coupwatch/news"
)

// Match returns the item as a report and whether any rule matches it; if none
// does, the report has no matches, but still what the item mentions. The same
// item gives the same report, whatever the order of the rules in rules.yaml.
func (r *Program) Match(it news.Item) (news.Report, bool) {
	s := r.Read(it)
	defer s.Release()
	return s.Report()
}

// Report is [Program.Match] for the item that was read.
func (s *Evaluator) Report() (news.Report, bool) {
	matches := s.matches()
	return news.Report{Item: s.Item, Matches: matches, Mentions: s.mentions()}, len(matches) > 0
}

// Read finds all hits of all leaves in an item. Release the evaluator when it is
// not needed any more.
func (r *Program) Read(it news.Item) *Evaluator { return r.ReadWarm(it, nil) }

// ReadWarm is as [Program.Read] where it is known what is warm.
func (r *Program) ReadWarm(it news.Item, w news.Warmth) *Evaluator {
	s := r.evaluator()
	s.Warmth = w
	s.read(it, nil)
	return s
}

// ReadWithout is as [Program.Read], but as if rules.yaml had none of the terms
// that without reports, by the nodes at which they end; nil reports none. A term
// for which several lists ask is gone from all of them.
func (r *Program) ReadWithout(it news.Item, without func(entry int32) bool) *Evaluator {
	s := r.evaluator()
	s.read(it, without)
	return s
}

// evaluator returns one that nobody uses.
func (r *Program) evaluator() *Evaluator {
	select {
	case s := <-r.idle:
		return s
	default:
		return newEvaluator(r)
	}
}

// read takes in an item: it cuts the fields into words (segment), finds all terms
// and names in each (scan), but for terms that without reports, and settles which
// of the names are meant (settle).
func (s *Evaluator) read(it news.Item, without func(entry int32) bool) {
	s.Item, s.Asked = it, false
	s.Raw, s.Sightings = s.Raw[:0], s.Sightings[:0]
	s.forget()
	s.cache.Tidy()
	s.segment()
	for f := range s.fields {
		s.scan(&s.fields[f])
	}
	if s.question >= 0 && s.fields[news.Title].text.EndsInQuestion() {
		s.Raw = append(s.Raw, RawHit{s.question, Nowhere, Nowhere, noEntry})
	}
	if without != nil {
		s.Raw = slices.DeleteFunc(s.Raw, func(r RawHit) bool { return r.Entry >= 0 && without(r.Entry) })
	}
	s.settle()
}

// matches returns what the rules make of the hits, the gravest first: those that
// may match (SelectRules) are asked, each (Apply), for the hits of its query
// (Eval) and what becomes of them (Judge).
func (s *Evaluator) matches() []news.Match {
	if !s.SelectRules() {
		return nil
	}
	s.BuildRuns()
	var matches []news.Match
	for _, i := range s.Selected {
		if m, ok := s.Apply(&s.Rules[i]); ok {
			matches = append(matches, m)
		}
	}
	slices.SortFunc(matches, func(a, b news.Match) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Rule, b.Rule))
	})
	return matches
}
