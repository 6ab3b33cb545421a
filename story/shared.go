package story

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

// mostShared is how much is named of what two reports have in common.
const mostShared = 6

// shared says for people what r and cl have in common: whom and which countries
// both name, and then the words that both have, the rarest first, all as r
// writes them.
func (ix *clusterIndex) shared(r *queryVector, cl *cluster) string {
	var common []string
	for _, m := range r.report.Mentions {
		isCountry := strings.HasPrefix(m.Entity, "country:")
		if m.Name == "" {
			continue
		}
		if isCountry && slices.Contains(cl.Countries, m.Country) || !isCountry && slices.Contains(cl.Entities, m.Entity) {
			common = with(common, m.Name)
		}
	}
	common = common[:min(len(common), mostShared)]
	slices.SortStableFunc(r.words, func(a, b weighted) int { return cmp.Compare(b.weight, a.weight) })
	written := spelled(r.report)
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

// spelled returns how a report writes the words of its gist: in lower case,
// unless one has a capital within a sentence.
func spelled(r news.Report) map[string]string {
	written := map[string]string{}
	for _, f := range opens(r) {
		var doc text.Text
		doc.Set(r.Text(f), r.Language)
		n := min(doc.Len(), opening)
		shouting := titleCase(&doc, n)
		for i := range n {
			stem := text.Stem(doc.Lang(), string(doc.Word(i)))
			start, end := doc.Span(i)
			word, name := r.Text(f)[start:end], !shouting && isName(&doc, i)
			switch _, known := written[stem]; {
			case name:
				written[stem] = word
			case !known:
				written[stem] = strings.ToLower(word)
			}
		}
	}
	return written
}
