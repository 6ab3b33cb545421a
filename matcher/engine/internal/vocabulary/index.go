package vocabulary

import (
	"hash/maphash"
	"maps"
	"slices"
)

// An index finds atoms by a key. Atoms with the same key form a chain. It holds no
// key: what the key of an atom is follows from what is asked by it, and many
// thousands of them would be most of what a vocabulary takes. The zero index is empty.
type index struct {
	slots []slotOf // as many as a power of two, at most three in four of them taken
	taken int
	next  map[Atom]Atom // within chains; most atoms are alone
}

// A slotOf is the first atom of a chain, and what of its key tells it from most others.
type slotOf struct {
	hash uint32
	at   Atom // 0 if the slot is free
}

// keyed is how an index learns the key of an atom.
type keyed func(Atom) string

var seed = maphash.MakeSeed()

// slot returns the slot of a key, or the free one where it would be.
func (x *index) slot(key string, of keyed) (at *slotOf, hash uint32) {
	full := maphash.String(seed, key)
	hash = uint32(full >> 32)
	mask := uint64(len(x.slots) - 1)
	for i := full; ; i++ {
		at = &x.slots[i&mask]
		if at.at == 0 || at.hash == hash && of(at.at) == key {
			return at, hash
		}
	}
}

// add puts an atom before those with the same key.
func (x *index) add(key string, a Atom, of keyed) {
	if 4*(x.taken+1) > 3*len(x.slots) {
		x.grow(max(16, 2*len(x.slots)), of)
	}
	at, hash := x.slot(key, of)
	if at.at == 0 {
		x.taken++
	} else {
		if x.next == nil {
			x.next = map[Atom]Atom{}
		}
		x.next[a] = at.at
	}
	*at = slotOf{hash, a}
}

// grow makes room for so many slots, a power of two.
func (x *index) grow(slots int, of keyed) {
	old := x.slots
	x.slots = make([]slotOf, slots)
	for _, s := range old {
		if s.at != 0 {
			at, _ := x.slot(of(s.at), of)
			*at = s
		}
	}
}

// first returns the first atom with the key, 0 if there is none.
func (x *index) first(key string, of keyed) Atom {
	if x.taken == 0 {
		return 0
	}
	at, _ := x.slot(key, of)
	return at.at
}

// after returns the next atom with the same key, 0 after the last.
func (x *index) after(a Atom) Atom { return x.next[a] }

// appendTo appends the atoms with the key to atoms.
func (x *index) appendTo(atoms []Atom, key string, of keyed) []Atom {
	for a := x.first(key, of); a != 0; a = x.after(a) {
		atoms = append(atoms, a)
	}
	return atoms
}

// clone returns a copy that can be added to while x stays as it is.
func (x *index) clone() index {
	return index{slots: slices.Clone(x.slots), taken: x.taken, next: maps.Clone(x.next)}
}
