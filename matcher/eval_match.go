package matcher

import (
	"cmp"
	"slices"

	"github.com/coupwatch/coupwatch/news"
)

// rouse collects the checks that may come out true, and reports whether there
// are any: those whose rules are for such items, and of which every need is
// met.
func (s *scratch) rouse() bool {
	s.roused = s.roused[:0]
	for _, r := range s.raw {
		s.struck[r.leaf] = s.round
	}
	for _, i := range s.awake {
		s.wake(i)
	}
	for _, r := range s.raw {
		for _, i := range s.rouses[r.leaf] {
			s.wake(i)
		}
	}
	return len(s.roused) > 0
}

// wake adds a check to the roused, unless it is there or has no hope.
func (s *scratch) wake(i int32) {
	if s.woken[i] == s.round {
		return
	}
	s.woken[i] = s.round
	k := &s.checks[i]
	for _, n := range k.needs {
		if !slices.ContainsFunc(n.leaves, s.isStruck) {
			return
		}
	}
	if s.concerns(k) {
		s.roused = append(s.roused, i)
	}
}

func (s *scratch) isStruck(leaf int32) bool { return s.struck[leaf] == s.round }

// concerns reports whether a rule is for items of such a language, feed and
// tags.
func (s *scratch) concerns(k *check) bool {
	tagged := func(tag string) bool { return slices.Contains(s.item.Tags, tag) }
	return (len(k.languages) == 0 || slices.Contains(k.languages, s.language)) &&
		(len(k.feeds) == 0 || slices.Contains(k.feeds, s.item.Feed)) &&
		(len(k.tags) == 0 || slices.ContainsFunc(k.tags, tagged))
}

// match does a check.
func (s *scratch) match(k *check) (news.Match, bool) {
	found := s.eval(k.match, whole())
	s.chosen = s.chosen[:0]
	var highest news.Severity
	for i := found.from; i < found.to; i++ {
		severity := s.judge(k, s.hits[i])
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
	m := news.Match{Rule: k.id, Title: k.title, Why: k.why, Severity: highest, Spans: s.spans(s.chosen)}
	best := s.hits[s.chosen[0]]
	switch {
	case highest < k.severity:
		m.Lowered = s.reasons(k.lower, best, func(to news.Severity) bool { return to < k.severity })
	case highest > k.severity:
		m.Raised = s.reasons(k.raise, best, func(to news.Severity) bool { return to > k.severity })
	}
	return m, true
}

// judge returns the severity of a hit of a check, 0 if it is taken away.
// Lowering has the last word: an anniversary stays one, whatever else is said.
func (s *scratch) judge(k *check, h hit) news.Severity {
	for i := range k.unless {
		if s.met(&k.unless[i], h) {
			return 0
		}
	}
	severity := k.severity
	for i := range k.raise {
		if c := &k.raise[i]; c.to > severity && s.met(c, h) {
			severity = c.to
		}
	}
	for i := range k.lower {
		if c := &k.lower[i]; c.to < severity && s.met(c, h) {
			severity = c.to
		}
	}
	return severity
}

// met reports whether a clause holds for a hit.
func (s *scratch) met(c *clause, h hit) bool {
	return s.isNear(s.eval(c.part, whole()), h, c.near)
}

// isNear reports whether a run has a hit that is near h. What holds of the
// item as a whole is near everything.
func (s *scratch) isNear(r run, h hit, by near) bool {
	if r.empty() || by == anywhere || h.first == nowhere || s.wide(r) {
		return !r.empty()
	}
	stretch := s.around(h, by)
	hits := s.at(r)
	i := firstFrom(hits, stretch.last+1)
	return i > 0 && hits[i-1].reach >= stretch.first
}

// around returns where something must stand, in part at least, to be near h.
func (s *scratch) around(h hit, by near) scope {
	if by == sameSentence {
		return scope{s.sentenceAt(h.first).first, s.sentenceAt(h.last).last}
	}
	return scope{h.first - int32(by) - 1, h.last + int32(by) + 1}
}

// reasons returns the texts of those clauses that hold for h and count.
func (s *scratch) reasons(clauses []clause, h hit, counts func(to news.Severity) bool) []string {
	var texts []string
	for i := range clauses {
		if c := &clauses[i]; counts(c.to) && s.met(c, h) {
			texts = appendNew(texts, c.text)
		}
	}
	return texts
}

// mostSpans is how many spans a match has at most: the first.
const mostSpans = 64

// spans returns what the hits consist of, in the order of the text.
func (s *scratch) spans(hits []int32) []news.Span {
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
func (s *scratch) appendSpans(out []news.Span, i int32) []news.Span {
	if len(out) >= manySpans {
		return out
	}
	h := s.hits[i]
	switch {
	case h.leaf < 0:
		out = s.appendSpans(out, h.a)
		if h.b >= 0 {
			out = s.appendSpans(out, h.b)
		}
	case h.first != nowhere:
		out = append(out, s.span(h.first, h.last, s.term(h)))
	}
	if h.also >= 0 {
		out = s.appendSpans(out, h.also)
	}
	return out
}

// term returns what of rules.yaml a hit of a leaf is: the leaf as it is
// written, but the very entity for one of a group.
func (s *scratch) term(h hit) string {
	if h.a <= nameEntry {
		return s.names[nameEntry-h.a].term
	}
	return s.parts[h.leaf].label
}

// tidySpans sorts spans by where they begin, the longest first, and drops
// duplicates.
func tidySpans(spans []news.Span) []news.Span {
	slices.SortFunc(spans, func(a, b news.Span) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Term, b.Term))
	})
	return slices.Compact(spans)
}
