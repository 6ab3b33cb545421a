// Package engine compiles what rules.yaml says and matches items with it. It is
// the hot path, and nothing else: [Compile] makes a [Program] of a [spec.Spec],
// once; [Program.Match] asks it of each item. What a query means, and what
// asking costs, stands in package matcher.
package engine

import (
	"cmp"
	"slices"

	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

// A Program is what rules.yaml says, ready for matching. It is immutable and
// safe for concurrent use.
type Program struct {
	Spec      *spec.Spec
	voc       vocabulary
	trie      trie
	Parts     []Part // of queries; what a part is made of stands before it
	Names     []Name // the entities, then the countries
	Hows      []string
	Rules     []Rule            // by the ids of their rules
	signs     [][]string        // that terms ask for, by number less one
	feedNames map[string]string // names and publishers, folded, by URL

	byLeaf             [][]int32 // the rules to ask where a leaf is hit, by part
	always             []int32   // the rules to ask of every item
	Uses               []int32   // how many rules ask for each part
	question, pastYear int32     // the parts for these, -1 for none
	longestName        int32     // words

	idle chan *Evaluator // as many as processors; in a sync.Pool they would forget all words when garbage is collected
}

// Read finds all hits of all leaves in an item. Release the evaluator when it is
// not needed any more.
func (r *Program) Read(it news.Item) *Evaluator {
	var s *Evaluator
	select {
	case s = <-r.idle:
	default:
		s = newEvaluator(r)
	}
	s.read(it)
	return s
}

// Match returns the item as a report and whether any rule matches it; if none
// does, the report has no matches, but still what the item mentions. The same
// item gives the same report, whatever the order of the rules in rules.yaml.
func (r *Program) Match(it news.Item) (news.Report, bool) {
	s := r.Read(it)
	defer s.Release()
	if !s.SelectRules() {
		return news.Report{Item: it, Mentions: s.mentions()}, false
	}
	s.BuildRuns()
	var matches []news.Match
	for _, i := range s.Selected {
		if m, ok := s.Apply(&r.Rules[i]); ok {
			matches = append(matches, m)
		}
	}
	if len(matches) == 0 {
		return news.Report{Item: it, Mentions: s.mentions()}, false
	}
	slices.SortFunc(matches, func(a, b news.Match) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Rule, b.Rule))
	})
	return news.Report{Item: it, Matches: matches, Mentions: s.mentions()}, true
}
