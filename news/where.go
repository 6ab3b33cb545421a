package news

import (
	"cmp"
	"slices"
)

// passing is the share of the country that a story is about most, below which
// another one is named in passing.
const passing = 1.0 / 3

// Where returns the codes of the countries that the story is about, the one
// that it is about most first: those that its titles and openings name about as
// much as that one. A story of which that is not known is about all that are
// named.
func (s Story) Where() []string {
	if len(s.About) == 0 {
		return s.Countries
	}
	about := slices.Clone(s.About)
	slices.SortStableFunc(about, func(a, b Word) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), slices.Index(s.Countries, a.Text)-slices.Index(s.Countries, b.Text))
	})
	var codes []string
	for _, w := range about {
		if w.Weight >= passing*about[0].Weight {
			codes = append(codes, w.Text)
		}
	}
	return codes
}

// Plus returns the words with the weights of more added to theirs.
func (w Words) Plus(more Words) Words {
	out := slices.Clone(w)
	for _, m := range more {
		i, found := slices.BinarySearchFunc(out, m.Text, func(x Word, text string) int { return cmp.Compare(x.Text, text) })
		if found {
			out[i].Weight += m.Weight
		} else {
			out = slices.Insert(out, i, m)
		}
	}
	return out
}
