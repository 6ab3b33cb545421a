package vocabulary

import "github.com/coupwatch/coupwatch/text"

// A Cache remembers which atoms the words of texts satisfy. News says the same
// words over and over: nearly every word costs one look-up here and nothing
// else. It belongs to one goroutine at a time; make one with [NewCache].
type Cache struct {
	voc   *Vocabulary
	slots []slot // as many as a power of two, at most half of them taken
	taken int
	lists []Atom // lists of atoms, end to end, each after its length
}

// A slot is a word in a language and what is known of it, in 16 bytes: most time
// is lost with waiting for slots.
type slot struct {
	head     uint64 // of the key of the word
	size     uint8  // of the word; 0 if the slot is free
	language uint8
	list     List
}

// A List is where a list of atoms stands in a cache. The zero List is empty.
type List uint32

const (
	cachedWords = 1 << 17 // when to forget all: about 6 MB
	longestWord = 255     // bytes; longer ones are not remembered, nor is none
)

// NewCache returns a cache that remembers nothing yet.
func NewCache(voc *Vocabulary) Cache {
	return Cache{voc: voc, slots: make([]slot, 1<<10), lists: make([]Atom, 1, 256)}
}

// Tidy forgets all words if there are too many. Lists got before are void.
func (c *Cache) Tidy() {
	if c.taken < cachedWords {
		return
	}
	clear(c.slots)
	if len(c.slots) > 4*cachedWords {
		c.slots = make([]slot, 4*cachedWords)
	}
	c.taken, c.lists = 0, c.lists[:1]
}

// Atoms returns the atoms of a list, which stay as they are until [Cache.Tidy].
func (c *Cache) Atoms(l List) []Atom {
	n := List(c.lists[l])
	return c.lists[l+1 : l+1+n]
}

// Find returns the atoms that a folded word, which has the key, satisfies, marks
// aside.
func (c *Cache) Find(key text.Key, word []byte, s *Stems) List {
	if key.Size-1 >= longestWord {
		return c.resolve(string(word), s)
	}
	language := uint8(0)
	if s != nil {
		language = s.number
	}
	mask := uint64(len(c.slots) - 1)
	for i := key.Place(); ; i++ {
		at := &c.slots[i&mask]
		if at.head == key.Head && at.size == uint8(key.Size) && at.language == language {
			return at.list
		}
		if at.size == 0 {
			l := c.resolve(string(word), s)
			*at = slot{key.Head, uint8(key.Size), language, l}
			if c.taken++; 2*c.taken > len(c.slots) {
				c.grow()
			}
			return l
		}
	}
}

// resolve asks the vocabulary and stores the answer.
func (c *Cache) resolve(word string, s *Stems) List {
	at := len(c.lists)
	c.lists = c.voc.appendAtoms(append(c.lists, 0), word, s)
	n := len(c.lists) - at - 1
	if n == 0 {
		c.lists = c.lists[:at]
		return 0
	}
	c.lists[at] = Atom(n)
	return List(at)
}

// grow doubles the slots.
func (c *Cache) grow() {
	old := c.slots
	c.slots = make([]slot, 2*len(old))
	mask := uint64(len(c.slots) - 1)
	for _, s := range old {
		if s.size == 0 {
			continue
		}
		i := text.Key{Head: s.head, Size: uint32(s.size)}.Place()
		for c.slots[i&mask].size != 0 {
			i++
		}
		c.slots[i&mask] = s
	}
}
