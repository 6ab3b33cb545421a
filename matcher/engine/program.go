// Package engine compiles what rules.yaml says and matches items with it. It is
// the hot path, and nothing else: [Compile] makes a [Program] of a [spec.Spec],
// once; [Program.Match] asks it of each item, and match.go shows the way of an
// item on one screen. What a query means, and what asking costs, stands in
// package matcher.
package engine

import (
	"github.com/coupwatch/coupwatch/matcher/engine/internal/vocabulary"
	"github.com/coupwatch/coupwatch/matcher/spec"
)

// A Program is what rules.yaml says, ready for matching. It is immutable and
// safe for concurrent use.
type Program struct {
	Spec  *spec.Spec
	Parts []Part // of queries; what a part is made of stands before it
	Names []Name // the entities, then the countries
	Hows  []string
	Rules []Rule // by the ids of their rules
	lexicon
	ruleIndex
	feedNames map[string]string // names and publishers, folded, by URL

	question, pastYear int32 // the parts for these, -1 for none

	idle chan *Evaluator // as many as processors; in a sync.Pool they would forget all words when garbage is collected
}

// A lexicon is all that is looked for in texts: the words, and what rows of them
// mean.
type lexicon struct {
	voc         vocabulary.Vocabulary
	trie        trie
	signs       [][]string // that terms ask for, by number less one
	longestName int32      // words
}

// A ruleIndex says which rules a hit concerns.
type ruleIndex struct {
	byLeaf [][]int32 // the rules to ask where a leaf is hit, by part
	always []int32   // the rules to ask of every item
	Uses   []int32   // how many rules ask for each part
}
