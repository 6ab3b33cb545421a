package engine

import (
	"slices"

	"github.com/coupwatch/coupwatch/matcher/query"
)

// Finder returns a function that finds where a term of the rules ends in the
// trie. It reads the term as a compiler does, with a vocabulary of its own,
// since the rules are in use and must not change.
func (r *Program) Finder() func(words []query.Word, language string) int32 {
	voc := newVocabulary(len(r.voc.asks))
	voc.asks, voc.marks = slices.Clip(r.voc.asks), slices.Clip(r.voc.marks)
	for a, what := range r.voc.asks {
		voc.atoms[what] = atom(a)
	}
	c := &compiler{Program: &Program{lexicon: lexicon{voc: voc}}}
	return func(words []query.Word, language string) int32 {
		c.listed = ""
		if language != "" {
			c.listed = c.language(language)
		}
		c.read(words)
		return r.trie.find(c.atoms)
	}
}

// find returns the node at which a term of these atoms ends, 0 if there is
// none.
func (t *trie) find(atoms []atom) int32 {
	if len(atoms) == 0 || int(atoms[0]) >= len(t.starts) {
		return 0
	}
	at := t.starts[atoms[0]].node
	for _, a := range atoms[1:] {
		at = t.ways.to(step{at, a})
	}
	return at
}

// SameTerm reports whether two hits are of one term at one place, for several
// leaves that ask for it.
func (r RawHit) SameTerm(o RawHit) bool {
	return r.Entry == o.Entry && r.first == o.first && r.last == o.last
}

// CountSpellings returns in how many spellings each name is looked for.
func (r *Program) CountSpellings() map[int32]int {
	spellings := map[int32]int{}
	for _, l := range r.trie.names.links[1:] {
		spellings[l.at.Name]++
	}
	return spellings
}
