package matcher

// A trie holds all terms, names and places of all rules. Its letters are
// atoms: one word of a text may satisfy several, and all ways are walked.
type trie struct {
	starts []int32 // where the walk begins, by atom; 0 for nowhere
	ways   map[step]int32
	nodes  []trieNode
}

// A step leads from a node by an atom to another. The zero atom stands for
// any word.
type step struct {
	from int32
	by   atom
}

type trieNode struct {
	onward uint64   // a bit for each atom that leads on from here, and perhaps for others
	gap    int32    // where any word leads, or 0
	leaves []leafAt // the parts of queries for which this is a hit
	names  []nameAt // the entities and countries that are named here
}

// A leafAt is a part of a query, and the entry of it that ends here.
type leafAt struct {
	leaf, entry int32
}

// A nameAt is someone or something that is named here.
type nameAt struct {
	name  int32 // in Rules.names
	sense sense // what of it
	weak  bool  // counts only where something tells who is meant
	only  bool  // counts only in a text in the language that it is of
	how   int32 // how the spelling was made, or of what language it is, in Rules.hows
}

// A sense says what of an entity or a country a form names.
type sense uint8

const (
	itself      sense = iota // an entity, or a country by its name
	nationality              // the people of a country, or what is theirs
	capital                  // its capital
)

func newTrie() trie { return trie{ways: map[step]int32{}, nodes: make([]trieNode, 1)} }

// node returns the node at which a term of these atoms ends. Zero atoms are
// gaps; the first is none.
func (t *trie) node(atoms []atom) int32 {
	at := t.start(atoms[0])
	for _, a := range atoms[1:] {
		t.nodes[at].onward |= a.bit()
		to, ok := t.ways[step{at, a}]
		if !ok {
			to = t.newNode()
			t.ways[step{at, a}] = to
			if a == 0 {
				t.nodes[at].gap = to
			}
		}
		at = to
	}
	return at
}

// bit returns one of 64 bits.
func (a atom) bit() uint64 { return 1 << (a % 64) }

func (t *trie) start(a atom) int32 {
	if grow := int(a) + 1 - len(t.starts); grow > 0 {
		t.starts = append(t.starts, make([]int32, grow)...)
	}
	if t.starts[a] == 0 {
		t.starts[a] = t.newNode()
	}
	return t.starts[a]
}

func (t *trie) newNode() int32 {
	t.nodes = append(t.nodes, trieNode{})
	return int32(len(t.nodes) - 1)
}
