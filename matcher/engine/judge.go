package engine

import (
	"cmp"
	"slices"

	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

// SelectRules collects the rules that may match, and reports whether there are
// any: those that are for such items, and of which every need is met.
func (s *Evaluator) SelectRules() bool {
	s.Selected = s.Selected[:0]
	for _, r := range s.Raw {
		s.leafHit[r.Leaf] = s.epoch
	}
	for _, i := range s.always {
		s.selectRule(i)
	}
	for _, r := range s.Raw {
		for _, i := range s.byLeaf[r.Leaf] {
			s.selectRule(i)
		}
	}
	return len(s.Selected) > 0
}

// selectRule adds a rule to the selected, unless it is there or has no hope.
func (s *Evaluator) selectRule(i int32) {
	if s.looked[i] == s.epoch {
		return
	}
	s.looked[i] = s.epoch
	k := &s.Rules[i]
	for _, n := range k.needs {
		if !slices.ContainsFunc(n.leaves, s.isHit) {
			return
		}
	}
	if s.Concerns(k) {
		s.Selected = append(s.Selected, i)
	}
}

func (s *Evaluator) isHit(leaf int32) bool { return s.leafHit[leaf] == s.epoch }

// Concerns reports whether a rule is for items of such a language, feed and
// tags.
func (s *Evaluator) Concerns(k *Rule) bool {
	tagged := func(tag string) bool { return slices.Contains(s.Item.Tags, tag) }
	return (len(k.languages) == 0 || slices.Contains(k.languages, s.Language)) &&
		(len(k.feeds) == 0 || slices.Contains(k.feeds, s.Item.Feed)) &&
		(len(k.Tags) == 0 || slices.ContainsFunc(k.Tags, tagged))
}

// Apply asks a rule.
func (s *Evaluator) Apply(k *Rule) (news.Match, bool) {
	found := s.Eval(k.Match, Whole())
	s.chosen = s.chosen[:0]
	var highest news.Severity
	for i := found.From; i < found.To; i++ {
		severity := s.Judge(k, s.Hits[i])
		if severity == 0 || severity < highest {
			continue
		}
		if severity > highest {
			highest, s.chosen = severity, s.chosen[:0]
		}
		s.chosen = append(s.chosen, i)
	}
	if highest == 0 {
		return news.Match{}, false
	}
	m := news.Match{Rule: k.ID, Title: k.Title, Why: k.Why, Severity: highest, ByPoints: k.byPoints, Spans: s.Spans(s.chosen)}
	best := s.Hits[s.chosen[0]]
	switch {
	case highest < k.Severity:
		m.Lowered = s.reasons(k.Lower, best, func(to news.Severity) bool { return to < k.Severity })
	case highest > k.Severity:
		m.Raised = s.reasons(k.Raise, best, func(to news.Severity) bool { return to > k.Severity })
	}
	return m, true
}

// Judge returns the severity of a hit of a rule, 0 if it is taken away.
// Lowering has the last word: an anniversary stays one, whatever else is said.
func (s *Evaluator) Judge(k *Rule, h Hit) news.Severity {
	for i := range k.Unless {
		if s.Met(&k.Unless[i], h) {
			return 0
		}
	}
	severity := k.Severity
	for i := range k.Raise {
		if c := &k.Raise[i]; c.To > severity && s.Met(c, h) {
			severity = c.To
		}
	}
	for i := range k.Lower {
		if c := &k.Lower[i]; c.To < severity && s.Met(c, h) {
			severity = c.To
		}
	}
	return severity
}

// Met reports whether a clause holds for a hit.
func (s *Evaluator) Met(c *Clause, h Hit) bool {
	return s.isNear(s.Eval(c.Part, Whole()), h, c.Near)
}

// isNear reports whether a run has a hit that is near h. What holds of the
// item as a whole is near everything.
func (s *Evaluator) isNear(r Run, h Hit, by spec.Near) bool {
	if r.Empty() || by == spec.Anywhere || h.First == Nowhere || s.wide(r) {
		return !r.Empty()
	}
	stretch := s.around(h, by)
	hits := s.at(r)
	i := firstFrom(hits, stretch.last+1)
	return i > 0 && hits[i-1].reach >= stretch.first
}

// around returns where something must stand, in part at least, to be near h.
func (s *Evaluator) around(h Hit, by spec.Near) Scope {
	if by == spec.SameSentence {
		return Scope{s.sentenceAt(h.First).first, s.sentenceAt(h.Last).last}
	}
	return Scope{h.First - int32(by) - 1, h.Last + int32(by) + 1}
}

// reasons returns the texts of those clauses that hold for h and count.
func (s *Evaluator) reasons(clauses []Clause, h Hit, counts func(to news.Severity) bool) []string {
	var texts []string
	for i := range clauses {
		if c := &clauses[i]; counts(c.To) && s.Met(c, h) {
			texts = appendNew(texts, c.Text)
		}
	}
	return texts
}

// mostSpans is how many spans a match has at most: the first.
const mostSpans = 64

// Spans returns what the hits consist of, in the order of the text.
func (s *Evaluator) Spans(hits []int32) []news.Span {
	var out []news.Span
	for _, i := range hits {
		out = s.appendSpans(out, i)
		if len(out) < manySpans {
			continue
		}
		if out = tidySpans(out); len(out) >= mostSpans {
			break
		}
	}
	out = tidySpans(out)
	return slices.Clip(out[:min(len(out), mostSpans)])
}

// manySpans is how many spans are gathered before duplicates are dropped.
const manySpans = 4 * mostSpans

// appendSpans appends what one hit consists of, up to many spans: hits that go
// with hits that go with others may be found in more ways than can be walked.
func (s *Evaluator) appendSpans(out []news.Span, i int32) []news.Span {
	if len(out) >= manySpans {
		return out
	}
	h := s.Hits[i]
	switch {
	case h.leaf < 0:
		out = s.appendSpans(out, h.a)
		if h.b >= 0 {
			out = s.appendSpans(out, h.b)
		}
	case h.First != Nowhere:
		out = append(out, s.Span(h.First, h.Last, s.term(h)))
	}
	if h.also >= 0 {
		out = s.appendSpans(out, h.also)
	}
	return out
}

// term returns what of rules.yaml a hit of a leaf is: the leaf as it is
// written, but the very entity for one of a group.
func (s *Evaluator) term(h Hit) string {
	if h.a <= nameEntry {
		return s.Names[nameEntry-h.a].Term
	}
	return s.Parts[h.leaf].label
}

// tidySpans sorts spans by where they begin, the longest first, and drops
// duplicates.
func tidySpans(spans []news.Span) []news.Span {
	slices.SortFunc(spans, func(a, b news.Span) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Term, b.Term))
	})
	return slices.Compact(spans)
}
