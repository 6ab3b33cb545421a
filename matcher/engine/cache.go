package engine

import "hash/maphash"

// A cache remembers which atoms the words of texts satisfy. News says the same
// words over and over: nearly every word costs one look-up here and nothing
// else. A cache belongs to one goroutine at a time.
type cache struct {
	voc   *vocabulary
	seed  maphash.Seed
	slots []slot // as many as a power of two, at most half of them taken
	taken int
	words []byte // of all slots, end to end
	lists []atom // lists of atoms, end to end, each after its length
}

// A slot is a word in a language and what is known of it.
type slot struct {
	hash     uint32
	start    uint32 // of the word in cache.words
	list     list
	size     uint8 // of the word; 0 if the slot is free
	language uint8
}

// A list is where a list of atoms stands in a cache. The zero list is empty.
type list uint32

const (
	cachedWords = 1 << 17 // when to forget all: about 6 MB
	longestWord = 255     // bytes; longer ones are not remembered
)

func newCache(voc *vocabulary) cache {
	return cache{voc: voc, seed: maphash.MakeSeed(), slots: make([]slot, 1<<10), lists: make([]atom, 1, 256)}
}

// tidy forgets all words if there are too many. Lists got before are void.
func (c *cache) tidy() {
	if c.taken < cachedWords {
		return
	}
	clear(c.slots)
	if len(c.slots) > 4*cachedWords {
		c.slots = make([]slot, 4*cachedWords)
	}
	c.taken, c.words, c.lists = 0, c.words[:0], c.lists[:1]
}

// atoms returns the atoms of a list.
func (c *cache) atoms(l list) []atom {
	n := list(c.lists[l])
	return c.lists[l+1 : l+1+n]
}

// find returns the atoms that a folded word satisfies, marks aside.
func (c *cache) find(word []byte, s *stems) list {
	if len(word) == 0 || len(word) > longestWord {
		return c.resolve(string(word), s)
	}
	var language uint8
	if s != nil {
		language = s.number
	}
	hash := uint32(maphash.Bytes(c.seed, word)) ^ uint32(language)
	mask := uint32(len(c.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		at := &c.slots[i]
		if at.size == 0 {
			l := c.resolve(string(word), s)
			*at = slot{hash, uint32(len(c.words)), l, uint8(len(word)), language}
			c.words = append(c.words, word...)
			if c.taken++; 2*c.taken > len(c.slots) {
				c.grow()
			}
			return l
		}
		if at.hash == hash && at.language == language && string(c.words[at.start:at.start+uint32(at.size)]) == string(word) {
			return at.list
		}
	}
}

// resolve asks the vocabulary and stores the answer.
func (c *cache) resolve(word string, s *stems) list {
	at := len(c.lists)
	c.lists = c.voc.appendAtoms(append(c.lists, 0), word, s)
	n := len(c.lists) - at - 1
	if n == 0 {
		c.lists = c.lists[:at]
		return 0
	}
	c.lists[at] = atom(n)
	return list(at)
}

// grow doubles the slots.
func (c *cache) grow() {
	old := c.slots
	c.slots = make([]slot, 2*len(old))
	mask := uint32(len(c.slots) - 1)
	for _, s := range old {
		if s.size == 0 {
			continue
		}
		i := s.hash & mask
		for c.slots[i].size != 0 {
			i = (i + 1) & mask
		}
		c.slots[i] = s
	}
}
