package cluster

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/story/gist"
)

// mostShared is how much is named of what two reports have in common.
const mostShared = 6

// shared says for people what r and cl have in common: whom and which countries
// both name, and then the words that both have, the rarest first, all as r
// writes them.
func (ix *Index) shared(r *queryVector, cl *Cluster) string {
	var common []string
	for _, m := range r.Report.Mentions {
		isCountry := strings.HasPrefix(m.Entity, "country:")
		if m.Name == "" {
			continue
		}
		if isCountry && slices.Contains(cl.Countries, m.Country) || !isCountry && slices.Contains(cl.Entities, m.Entity) {
			common = gist.With(common, m.Name)
		}
	}
	common = common[:min(len(common), mostShared)]
	slices.SortStableFunc(r.words, func(a, b weighted) int { return cmp.Compare(b.weight, a.weight) })
	written := gist.Spelled(r.Report)
	for _, x := range r.words {
		if len(common) >= mostShared {
			break
		}
		word := written[ix.term[x.term].text]
		if _, found := slices.BinarySearch(cl.terms, x.term); found && word != "" && !names(common, word) {
			common = append(common, word)
		}
	}
	return strings.Join(common, ", ")
}

// names reports whether one of the names has the word.
func names(all []string, word string) bool {
	return slices.ContainsFunc(all, func(name string) bool {
		return strings.Contains(" "+strings.ToLower(name)+" ", " "+strings.ToLower(word)+" ")
	})
}
