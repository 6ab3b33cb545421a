package matcher

import "testing"

// A plainTrie is the least that finds terms of whole words in ASCII texts of any
// case: a trie of words by their hash, which nobody verifies. It knows of no
// sentences, accents, stems, names, languages or places in the text, and is here
// to be beaten as nearly as what knows of them can.
type plainTrie struct {
	words []plainEdge // from hash to word, open addressing
	edges []plainEdge // from node and word to node, open addressing
	ends  []bool      // by node; node 0 is the root
}

type plainEdge struct {
	key uint64
	to  uint32 // 0 if free
}

// plainBytes holds the lower-case form of letters and digits, 0 for other bytes.
var plainBytes = func() (table [256]byte) {
	for c := byte('a'); c <= 'z'; c++ {
		table[c], table[c-0x20] = c, c
	}
	for c := byte('0'); c <= '9'; c++ {
		table[c] = c
	}
	return table
}()

const plainSeed, plainPrime = 14695981039346656037, 1099511628211 // FNV-1a

func newPlainTrie(terms []string) *plainTrie {
	size := 16
	for size < 6*len(terms) {
		size *= 2
	}
	t := &plainTrie{words: make([]plainEdge, size), edges: make([]plainEdge, size), ends: make([]bool, 1)}
	words := uint32(0)
	for _, term := range terms {
		node := uint32(0)
		plainWords(term, func(hash uint64) {
			word := plainSlot(t.words, hash)
			if word.to == 0 {
				words++
				*word = plainEdge{hash, words}
			}
			edge := plainSlot(t.edges, uint64(node)<<32|uint64(word.to))
			if edge.to == 0 {
				*edge = plainEdge{uint64(node)<<32 | uint64(word.to), uint32(len(t.ends))}
				t.ends = append(t.ends, false)
			}
			node = edge.to
		})
		t.ends[node] = true
	}
	return t
}

// plainSlot returns the edge with the key, or the free one where it would be.
func plainSlot(edges []plainEdge, key uint64) *plainEdge {
	mask := uint64(len(edges) - 1)
	for i := key * 0x9e3779b97f4a7c15 >> 32 & mask; ; i = (i + 1) & mask {
		if e := &edges[i]; e.to == 0 || e.key == key {
			return e
		}
	}
}

// plainWords calls do with the hash of each word.
func plainWords(s string, do func(hash uint64)) {
	for i := 0; i < len(s); i++ {
		hash := uint64(plainSeed)
		from := i
		for ; i < len(s) && plainBytes[s[i]] != 0; i++ {
			hash = (hash ^ uint64(plainBytes[s[i]])) * plainPrime
		}
		if i > from {
			do(hash)
		}
	}
}

// count returns how many terms stand in s.
func (t *plainTrie) count(s string) (found int) {
	const most = 32 // terms that have begun
	var live [most]uint32
	n := 0
	for i := 0; i < len(s); i++ {
		hash := uint64(plainSeed)
		from := i
		for ; i < len(s); i++ {
			c := plainBytes[s[i]]
			if c == 0 {
				break
			}
			hash = (hash ^ uint64(c)) * plainPrime
		}
		if i == from {
			continue
		}
		word := plainSlot(t.words, hash).to
		if word == 0 {
			n = 0
			continue
		}
		kept := 0
		for k := 0; k <= n && k < most; k++ {
			node := uint32(0) // a term may begin at each word
			if k < n {
				node = live[k]
			}
			to := plainSlot(t.edges, uint64(node)<<32|uint64(word)).to
			if to == 0 {
				continue
			}
			if t.ends[to] {
				found++
			}
			live[kept] = to
			kept++
		}
		n = kept
	}
	return found
}

// What the peers of a benchmark are worth depends on their finding what is there.
func TestPeersFindTerms(t *testing.T) {
	terms := []string{"palace coup", "coup", "palace coup plot", "army"}
	trie, automaton := newPlainTrie(terms), ahoCorasickOf(t, terms)
	for text, want := range map[string]int{
		"":                               0,
		"A coup.":                        1,
		"The Palace-COUP plot, the army": 4, // coup, palace coup, palace coup plot, army
		"palace coups, plot army1":       0,
		"palace palace coup":             2,
		"coup palace plot":               1,
	} {
		if got := trie.count(text); got != want {
			t.Errorf("%d terms in %q, want %d", got, text, want)
		}
		if got := automaton(text); (got > 0) != (want > 0) {
			t.Errorf("the automaton finds %d terms in %q, want %d", got, text, want)
		}
	}
}
