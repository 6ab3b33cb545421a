package vocabulary

import "slices"

// globs finds which of many patterns a word fits. In a pattern "?" stands for
// one letter and "*" for any number. The patterns form one trie, and a word
// walks it on all ways at once, so that the cost is that of the word and of
// the patterns that begin like it.
type globs struct {
	ways  map[way]int32
	nodes []globNode
}

// A way leads from a node by a letter, "?" or "*" to another.
type way struct {
	from   int32
	letter rune
}

type globNode struct {
	any   bool   // stands after "*": any letter leads back to it
	atoms []Atom // of the patterns that end here
}

// add adds a pattern.
func (g *globs) add(pattern string, a Atom) {
	if g.ways == nil {
		g.ways = map[way]int32{}
		g.nodes = make([]globNode, 1)
	}
	at := int32(0)
	for _, letter := range pattern {
		if letter == '*' && g.nodes[at].any {
			continue
		}
		to, ok := g.ways[way{at, letter}]
		if !ok {
			to = int32(len(g.nodes))
			g.nodes = append(g.nodes, globNode{any: letter == '*'})
			g.ways[way{at, letter}] = to
		}
		at = to
	}
	g.nodes[at].atoms = append(g.nodes[at].atoms, a)
}

// appendTo appends the atoms of the patterns that word fits to atoms.
func (g *globs) appendTo(atoms []Atom, word string) []Atom {
	if len(g.nodes) == 0 {
		return atoms
	}
	var room [2][16]int32
	here, next := g.reach(room[0][:0], 0), room[1][:0]
	for _, letter := range word {
		next = next[:0]
		for _, at := range here {
			if g.nodes[at].any {
				next = g.reach(next, at)
			}
			for _, by := range [...]rune{letter, '?'} {
				if to, ok := g.ways[way{at, by}]; ok {
					next = g.reach(next, to)
				}
			}
		}
		if len(next) == 0 {
			return atoms
		}
		here, next = next, here
	}
	for _, at := range here {
		atoms = append(atoms, g.nodes[at].atoms...)
	}
	return atoms
}

// reach appends a node, and the one that an empty "*" leads to, if they are
// not among nodes yet.
func (g *globs) reach(nodes []int32, at int32) []int32 {
	if slices.Contains(nodes, at) {
		return nodes
	}
	nodes = append(nodes, at)
	if to, ok := g.ways[way{at, '*'}]; ok {
		nodes = g.reach(nodes, to)
	}
	return nodes
}
