package matcher

import (
	"cmp"
	"slices"
	"sync"

	"github.com/coupwatch/coupwatch/news"
)

// Rules are what rules.yaml says, ready for matching. They are immutable and
// safe for concurrent use.
type Rules struct {
	spec      *spec
	version   string
	voc       vocabulary
	trie      trie
	parts     []part // of queries; what a part is made of stands before it
	names     []name // the entities, then the countries
	hows      []string
	checks    []check           // by the ids of their rules
	signs     [][]string        // that terms ask for, by number less one
	feedNames map[string]string // names and publishers, folded, by URL

	rouses             [][]int32 // the checks to do where a leaf is hit, by part
	awake              []int32   // the checks to do for every item
	uses               []int32   // how many rules ask for each part
	question, pastYear int32     // the parts for these, -1 for none
	longestName        int32     // words

	pool sync.Pool // of *scratch
}

// Feeds returns the feeds to read. The caller must not change them.
func (r *Rules) Feeds() []news.Feed { return r.spec.feeds }

// Version returns a short name of the text of all files that the rules were
// read from, to tell later by which rules something was decided.
func (r *Rules) Version() string { return r.version }

// Policy returns who is told of what. The caller must not change it.
func (r *Rules) Policy() news.Policy { return r.spec.policy }

// Match returns the item as a report and whether any rule matches it; if none
// does, the report has no matches, but still what the item mentions. The same
// item gives the same report, whatever the order of the rules in rules.yaml.
func (r *Rules) Match(it news.Item) (news.Report, bool) {
	s := r.pool.Get().(*scratch)
	defer s.release()
	s.read(it)
	if !s.rouse() {
		return news.Report{Item: it, Mentions: s.mentions()}, false
	}
	s.lay()
	var matches []news.Match
	for _, i := range s.roused {
		if m, ok := s.match(&r.checks[i]); ok {
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
