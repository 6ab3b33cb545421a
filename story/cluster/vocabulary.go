package cluster

import (
	"math"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
)

// A vocabulary gives texts numbers, and knows how common they are.
type vocabulary struct {
	terms  map[string]int32 // words, and names, places, links and items with a sign before them
	term   []term
	unused []int32
}

// A term is something that stories have in common.
type term struct {
	text     string
	dfPrior  float64 // how many stories more are supposed to have it
	postings []int32 // the slots of the stories that have it
	count    int     // how many of them have it in a report that was worth an alert
	logDF    float64 // logarithm of its document frequency: count, dfPrior and one; the greater the commoner
}

// learn returns what is known of a report by its gist.
func (ix *Index) learn(g news.Gist) *member {
	ix.learnt++
	m := &member{print: gist.Unprint(g.Print)}
	m.kinds, _ = gist.Events(g, ix.weights.Words)
	if g.Rule != "" {
		m.kinds = append(m.kinds, g.Rule)
	}
	for _, x := range g.Words {
		id := ix.intern(x.Text, ix.wordPrior(x.Text))
		m.words = append(m.words, weighted{id, x.Weight})
		m.terms = append(m.terms, id)
	}
	for _, n := range g.Names {
		m.names = append(m.names, ix.intern("@"+n, ix.weights.Rarity.Word))
	}
	m.terms = append(m.terms, m.names...)
	for _, p := range g.Places {
		m.terms = append(m.terms, ix.intern("+"+p.Text, ix.countryPrior(p.Text)))
	}
	for _, h := range m.print.Sentences {
		m.terms = append(m.terms, ix.intern(sentenceKey(h), 0))
	}
	m.terms = append(m.terms, ix.intern("#"+g.Item, 0))
	if g.Link != "" {
		m.terms = append(m.terms, ix.intern("/"+g.Link, 0))
	}
	return m
}

func (ix *Index) wordPrior(word string) float64 {
	if usual()[word] {
		return ix.weights.Rarity.CommonWord
	}
	return ix.weights.Rarity.Word
}

func (ix *Index) countryPrior(country string) float64 {
	if busy()[country] {
		return ix.weights.Rarity.BusyCountry
	}
	return ix.weights.Rarity.Country
}

// intern returns the term of a text.
func (ix *Index) intern(text string, prior float64) int32 {
	if id, ok := ix.terms[text]; ok {
		return id
	}
	t := term{text: text, dfPrior: prior, logDF: math.Log(prior + 1)}
	var id int32
	if n := len(ix.unused); n > 0 {
		id, ix.unused = ix.unused[n-1], ix.unused[:n-1]
		ix.term[id] = t
	} else {
		id = int32(len(ix.term))
		ix.term = append(ix.term, t)
		ix.queryWeights = append(ix.queryWeights, 0)
	}
	ix.terms[text] = id
	return id
}

// count adds n to the stories that have the term.
func (ix *Index) count(id int32, n int) {
	t := &ix.term[id]
	t.count += n
	t.logDF = math.Log(t.dfPrior + 1 + float64(t.count))
}

// idf returns how rare the term is: the logarithm of its inverse document
// frequency.
func (ix *Index) idf(id int32) float64 {
	return ix.logN() - ix.term[id].logDF
}

// countRules adds n to the stories that have a report of each of rules.
func (ix *Index) countRules(rules []string, n float64) {
	for _, id := range rules {
		if ix.rules[id] += n; ix.rules[id] == 0 {
			delete(ix.rules, id)
		}
	}
}

// special returns how special the rule is: 1 if few stories are of it, 0 if
// every other is, as of one for "police or government".
func (ix *Index) special(rule string) float64 {
	return clamp((ix.logN() - math.Log(ix.rules[rule]+ix.weights.Rarity.Rule) - ix.weights.Rarity.RuleFloor) / ix.weights.Rarity.RuleRange)
}

// postingsOf returns the slots of the stories that have the term.
func (ix *Index) postingsOf(text string) []int32 {
	if id, ok := ix.terms[text]; ok {
		return ix.term[id].postings
	}
	return nil
}

// logN returns the logarithm of how many stories there are, those included
// that are supposed beside the ones that are known.
func (ix *Index) logN() float64 {
	return math.Log(float64(len(ix.clusters)) + ix.weights.Rarity.Stories)
}
