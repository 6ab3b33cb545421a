package text

import (
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
)

// An eight is what a word has in up to eight bytes of a text: so many the
// processor looks at together.
type eight struct {
	folded       uint64 // in lower case, the first byte lowest; 0 after the word
	upper, lower uint64 // the top bit of each byte that is such a letter
	size         int    // how many bytes are of the word
}

const (
	each = 0x0101010101010101 // times a byte is that byte eight times
	top  = 0x80 * each
)

// read8 reads the ASCII letters and digits that stand in in[i:i+8], up to the
// first that is neither.
func read8(in []byte, i int) eight {
	x := load8(in, i)
	folded := x | 0x20*each // which digits are already
	seven := folded &^ top
	letters := (seven + (0x80-'a')*each) &^ (seven + (0x7f-'z')*each)
	seven = x &^ top
	digits := (seven + (0x80-'0')*each) &^ (seven + (0x7f-'9')*each)
	size := bits.TrailingZeros64(^(letters|digits)&top|x&top) / 8
	word := below(size)
	letters &= word & top
	small := x << 2 // the bit that tells lower case from upper, at the top
	return eight{folded & word, letters &^ small, letters & small, size}
}

// below returns the number in which all bits of the first size bytes are set.
func below(size int) uint64 { return uint64(1)<<(8*size) - 1 }

// load8 returns in[i:i+8] as a number, the first byte lowest; 0 stands for what
// is beyond the end.
func load8(in []byte, i int) uint64 {
	if i+8 <= len(in) {
		return binary.LittleEndian.Uint64(in[i:])
	}
	return loadRest(in[i:])
}

func loadRest(rest []byte) (x uint64) {
	for i, c := range rest {
		x |= uint64(c) << (8 * i)
	}
	return x
}

// A Key tells folded words apart without a look at them: the same words have the
// same key and others have others. Of words of more than eight bytes that is so
// but for one chance in 2⁶⁴, which no publisher can bring about, for the keys of
// these are others in each process.
type Key struct {
	Head uint64 // the bytes, the first lowest; of more than eight their hash
	Size uint32 // how many bytes the word has
}

// KeyOf returns the key of a folded word.
func KeyOf(word []byte) Key { return Key{head(word), uint32(len(word))} }

// Place returns a number of which each bit is for about half of all keys 1.
func (k Key) Place() uint64 { return mix(uint64(k.Size), k.Head) }

// head returns what tells a folded word from others of as many bytes.
func head(word []byte) uint64 {
	if len(word) <= 8 {
		return load8(word, 0)
	}
	hash := uint64(0)
	for i := 0; i < len(word); i += 8 {
		hash = mix(hash, load8(word, i))
	}
	return hash
}

// seeds are those of all hashes.
var seeds = [2]uint64{rand.Uint64(), rand.Uint64()}

// mix returns the hash of what has the hash before, with eight bytes more.
func mix(hash, more uint64) uint64 {
	high, low := bits.Mul64(more^seeds[0], hash^seeds[1])
	return high ^ low
}
