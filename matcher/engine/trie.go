package engine

import (
	"slices"

	"github.com/coupwatch/coupwatch/matcher/engine/internal/vocabulary"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/text"
)

// A trie holds all terms, names and places of all rules. Its letters are
// atoms: one word of a text may satisfy several, and all ways are walked.
type trie struct {
	starts []start // where the walk begins, by atom
	ways   ways
	nodes  []trieNode
	leaves chains[leafAt]
	names  chains[nameAt]

	languages []string // of leaves, by number; the first is "", for all
}

// A step leads from a node by an atom to another. The zero atom stands for
// any word.
type step struct {
	from int32
	by   vocabulary.Atom
}

// A start is the node to which an atom leads from the root, 0 for none, with
// what tells whether going there is worth while: most words with which a term
// begins are followed by another, and nodes are many and far apart in memory.
type start struct {
	onward uint64 // of the node
	node   int32
	marks  text.Flag // of the atom
	ends   bool      // something ends at the node
}

// A trieNode is small, since there are many, and has no pointers, since they stay:
// whoever looks for garbage need not look at them.
type trieNode struct {
	onward uint64 // a bit for each atom that leads on from here, and perhaps for others
	gap    int32  // where any word leads, or 0
	leaves chain  // the parts of queries for which this is a hit
	names  chain  // the entities and countries that are named here
	middle bool   // a given name ends here: a patronymic or middle names may follow, which lead nowhere
}

// Chains are many short lists in one slice.
type chains[E comparable] struct {
	links []link[E] // the first is of no list
}

// A chain is where a list begins; 0 is the empty one.
type chain int32

// A link is an entry of a list, and where the next is, 0 after the last.
type link[E comparable] struct {
	at   E
	next chain
}

// add adds e at the end of a chain, unless it is there.
func (c *chains[E]) add(to *chain, e E) {
	i := *to
	if i == 0 {
		*to = chain(len(c.links))
	}
	for ; i != 0; i = c.links[i].next {
		if c.links[i].at == e {
			return
		}
		if c.links[i].next == 0 {
			c.links[i].next = chain(len(c.links))
			break
		}
	}
	c.links = append(c.links, link[E]{at: e})
}

// A leafAt is a part of a query, and the entry of it that ends here.
type leafAt struct {
	leaf, entry int32
	signs       int32  // that must stand between its words, see compiler.signsOf
	language    uint16 // of the texts in which it counts, in trie.languages
}

// A nameAt is someone or something that is named here.
type nameAt struct {
	Name   int32 // in Program.Names
	sense  sense // what of it
	alone  bool  // a surname without a first name
	shared bool  // people are called like the place
	weak   bool  // counts only where something tells who is meant
	only   bool  // counts only in a text in the language that it is of
	How    int32 // how the spelling was made, or of what language it is, in Program.Hows
}

// A sense says what of an entity or a country a form names, as [news.Sense] does.
type sense uint8

const (
	itself      sense = iota // an entity, or a country by its name
	nationality              // the people of a country, or what is theirs
	capital                  // its capital
)

// newTrie returns an empty trie with room for so many nodes.
func newTrie(room int) trie {
	return trie{
		nodes:  make([]trieNode, 1, room+1),
		leaves: chains[leafAt]{make([]link[leafAt], 1)},
		names:  chains[nameAt]{make([]link[nameAt], 1, room+1)},

		languages: []string{""},
	}
}

// language returns the number of a language in t.languages.
func (t *trie) language(code string) uint16 {
	i := slices.Index(t.languages, code)
	if i < 0 {
		i = len(t.languages)
		t.languages = append(t.languages, code)
	}
	return uint16(i)
}

// node returns the node at which a term of these atoms ends. Zero atoms are
// gaps; the first is none.
func (t *trie) node(atoms []vocabulary.Atom) int32 {
	at := t.start(atoms[0])
	for _, a := range atoms[1:] {
		t.nodes[at].onward |= bit(a)
		to := t.ways.to(step{at, a})
		if to == 0 {
			to = t.newNode()
			t.ways.add(step{at, a}, to)
			if a == 0 {
				t.nodes[at].gap = to
			}
		}
		at = to
	}
	return at
}

// openMiddle makes the node to which these atoms lead one after which middle
// names may stand. Any word may, so all bits lead on from it.
func (t *trie) openMiddle(atoms []vocabulary.Atom) {
	n := &t.nodes[t.node(atoms)]
	n.middle, n.onward = true, ^uint64(0)
}

// bit returns the one of 64 bits that stands for an atom, and for others.
func bit(a vocabulary.Atom) uint64 { return 1 << (a % 64) }

func (t *trie) start(a vocabulary.Atom) int32 {
	t.room(int(a) + 1)
	if t.starts[a].node == 0 {
		t.starts[a].node = t.newNode()
	}
	return t.starts[a].node
}

// room makes starts of so many atoms.
func (t *trie) room(atoms int) {
	if grow := atoms - len(t.starts); grow > 0 {
		t.starts = append(t.starts, make([]start, grow)...)
	}
}

// seal fills in the starts when all terms are there. The atoms are those of voc.
func (t *trie) seal(voc *vocabulary.Vocabulary) {
	t.room(voc.Size())
	t.starts, t.nodes = slices.Clone(t.starts), slices.Clone(t.nodes) // there was room for many more
	t.names.links, t.leaves.links = slices.Clone(t.names.links), slices.Clone(t.leaves.links)
	for a := range t.starts {
		at := &t.starts[a]
		n := &t.nodes[at.node]
		at.onward, at.marks, at.ends = n.onward, voc.Marks(vocabulary.Atom(a)), n.leaves != 0 || n.names != 0
	}
}

func (t *trie) newNode() int32 {
	t.nodes = append(t.nodes, trieNode{})
	return int32(len(t.nodes) - 1)
}

// Ways hold where steps lead: a table in which the place of a step follows from
// the step, or is the next free one.
type ways struct {
	slots []lead // as many as a power of two, at most three in four of them taken
	taken int
}

// A lead is a step and the node to which it leads.
type lead struct {
	step
	to int32 // 0 if the slot is free
}

// slot returns the slot of a step, or the free one where it would be.
func (w *ways) slot(s step) *lead {
	mask := uint64(len(w.slots) - 1)
	for i := (uint64(uint32(s.from))<<32 | uint64(s.by)) * 0x9e3779b97f4a7c15 >> 32; ; i++ {
		if at := &w.slots[i&mask]; at.to == 0 || at.step == s {
			return at
		}
	}
}

// to returns where a step leads, 0 for nowhere.
func (w *ways) to(s step) int32 {
	if w.taken == 0 {
		return 0
	}
	return w.slot(s).to
}

// add makes a step lead to a node. It must lead nowhere yet.
func (w *ways) add(s step, to int32) {
	if 4*w.taken >= 3*len(w.slots) {
		old := w.slots
		w.slots = make([]lead, max(16, 2*len(old)))
		for _, at := range old {
			if at.to != 0 {
				*w.slot(at.step) = at
			}
		}
	}
	w.taken++
	*w.slot(s) = lead{s, to}
}

// Finder returns a function that finds where a term of the rules ends in the
// trie. It reads the term as a compiler does, with a vocabulary of its own,
// since the rules are in use and must not change.
func (r *Program) Finder() func(words []query.Word, language string) int32 {
	c := &compiler{Program: &Program{lexicon: lexicon{voc: r.voc.Reopened()}}}
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
func (t *trie) find(atoms []vocabulary.Atom) int32 {
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
