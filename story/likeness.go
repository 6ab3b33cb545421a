package story

import (
	"container/heap"
	"math"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

const (
	maxPostings   = 400 // what more stories than this have in common brings none of them up
	maxCandidates = 48  // stories that are looked at closely
)

// A likeness says how like a report is to a story, and what makes it so.
type likeness struct {
	story     *cluster
	score     float64
	timeless  float64 // the score if the report had come at once
	strangers bool    // both are about countries, and not one is the same
	why       string
}

// A queryVector is a report as the stories that are remembered see it.
type queryVector struct {
	reportFeatures
	words  []weighted // those that some story has
	norm   float64    // of all its words, by rarity
	names  []int32
	places []placed
	kind   float64 // how special the most special of its rules is; 1 if no rule found it
}

type placed struct {
	country  string
	share    float64
	specific float64
}

func (ix *clusterIndex) vectorOf(f reportFeatures) queryVector {
	r := queryVector{reportFeatures: f, kind: ix.kind(f.rules)}
	total := ix.logN()
	for _, x := range f.gist.Words {
		rare := total - math.Log(wordPrior(x.Text)+1)
		if id, ok := ix.terms[x.Text]; ok {
			rare = ix.idf(id)
			r.words = append(r.words, weighted{id, x.Weight * rare})
		}
		r.norm += x.Weight * x.Weight * rare * rare
	}
	r.norm = math.Sqrt(r.norm)
	for _, n := range f.gist.Names {
		if id, ok := ix.terms["@"+n]; ok {
			r.names = append(r.names, id)
		}
	}
	for _, p := range f.gist.Places {
		rare := total - math.Log(countryPrior(p.Text)+1)
		if id, ok := ix.terms["+"+p.Text]; ok {
			rare = ix.idf(id)
		}
		r.places = append(r.places, placed{p.Text, p.Weight, clamp((rare - placeFloor) / placeRange)})
	}
	return r
}

// kind returns how special the most special of rules is, 1 for none.
func (ix *clusterIndex) kind(rules []string) float64 {
	if len(rules) == 0 {
		return 1
	}
	most := 0.0
	for _, id := range rules {
		most = max(most, ix.special(id))
	}
	return most
}

// days returns how many days lie between two moments.
func days(a, b time.Time) float64 { return a.Sub(b).Abs().Hours() / 24 }

func clamp(x float64) float64 { return max(0, min(1, x)) }

// candidates returns the stories that have something rare in common with r.
func (ix *clusterIndex) candidates(r *queryVector) []*cluster {
	var touched []int32
	touch := func(id int32, weight float64) {
		if len(ix.term[id].postings) > maxPostings {
			return
		}
		for _, slot := range ix.term[id].postings {
			if ix.candidateScore[slot] == 0 {
				touched = append(touched, slot)
			}
			ix.candidateScore[slot] += weight
		}
	}
	for _, x := range r.words {
		touch(x.term, x.weight*ix.idf(x.term))
	}
	for _, id := range r.names {
		touch(id, ix.idf(id)*ix.idf(id))
	}
	for _, p := range r.places {
		if id, ok := ix.terms["+"+p.country]; ok {
			touch(id, 4*p.specific*p.specific*p.share+0.1)
		}
	}
	out := make([]*cluster, 0, maxCandidates)
	for _, slot := range ix.topScored(touched) {
		out = append(out, ix.slots[slot])
	}
	for _, slot := range touched {
		ix.candidateScore[slot] = 0
	}
	return out
}

// topScored returns the candidates among the slots, those with the highest
// score first. Most slots are compared with the last candidate only: a wide term
// touches thousands.
func (ix *clusterIndex) topScored(slots []int32) []int32 {
	top := &lowestFirst{index: ix}
	for _, slot := range slots {
		switch {
		case len(top.slots) < maxCandidates:
			heap.Push(top, slot)
		case ix.outscores(slot, top.slots[0]):
			top.slots[0] = slot
			heap.Fix(top, 0)
		}
	}
	slices.SortFunc(top.slots, func(a, b int32) int {
		if ix.outscores(a, b) {
			return -1
		}
		return 1
	})
	return top.slots
}

// outscores reports whether slot a has a higher score than slot b; of equals the one
// with the lower id does, so that the order is always the same.
func (ix *clusterIndex) outscores(a, b int32) bool {
	if ix.candidateScore[a] != ix.candidateScore[b] {
		return ix.candidateScore[a] > ix.candidateScore[b]
	}
	return ix.slots[a].ID < ix.slots[b].ID
}

// lowestFirst is a heap of slots with that of the lowest score on top.
type lowestFirst struct {
	index *clusterIndex
	slots []int32
}

func (h *lowestFirst) Len() int           { return len(h.slots) }
func (h *lowestFirst) Less(i, j int) bool { return h.index.outscores(h.slots[j], h.slots[i]) }
func (h *lowestFirst) Swap(i, j int)      { h.slots[i], h.slots[j] = h.slots[j], h.slots[i] }
func (h *lowestFirst) Push(x any)         { h.slots = append(h.slots, x.(int32)) }
func (h *lowestFirst) Pop() any {
	last := h.slots[len(h.slots)-1]
	h.slots = h.slots[:len(h.slots)-1]
	return last
}

// nearest returns the story that f is most like, and the one that it would be most
// like whatever the time.
func (ix *clusterIndex) nearest(f reportFeatures) (best, linked likeness) {
	r := ix.vectorOf(f)
	ix.withQuery(r.words, func() {
		candidates := ix.candidates(&r)
		for _, cl := range candidates {
			l := ix.likeness(&r, cl, candidates)
			if best.story == nil || l.score > best.score {
				best = l
			}
			if cl.Severity.IsWorthAlert() && (linked.story == nil || l.timeless > linked.timeless) {
				linked = l
			}
		}
	})
	if best.story != nil && best.score >= joinThreshold {
		best.why = ix.shared(&r, best.story)
	}
	return best, linked
}

// like returns how like f is to cl.
func (ix *clusterIndex) like(f reportFeatures, cl *cluster) (l likeness) {
	r := ix.vectorOf(f)
	ix.withQuery(r.words, func() { l = ix.likeness(&r, cl, ix.candidates(&r)) })
	return l
}

// withQuery runs search, for which queryWeights holds the weights of words and
// no others. Only what search calls may compare words.
func (ix *clusterIndex) withQuery(words []weighted, search func()) {
	for _, x := range words {
		ix.queryWeights[x.term] = x.weight
	}
	defer func() {
		for _, x := range words {
			ix.queryWeights[x.term] = 0
		}
	}()
	search()
}

// likeness returns how like r is to cl: about 1 for the same text told again on
// the same day, about 0 for something else.
func (ix *clusterIndex) likeness(r *queryVector, cl *cluster, candidates []*cluster) likeness {
	gap := days(r.gist.At, cl.at)
	life := decayDays * (1 + decayGrowth*math.Log2(float64(len(cl.main))))
	fade := (1-decayFloor)*math.Exp(-gap/life) + decayFloor
	c := ix.similarity(r, cl, candidates)
	sure := max(c.country, min(1, c.name*nameSureness))
	if sure < nothingRare && !c.foreign && !ix.more(r, cl) {
		c.rule, c.highest, c.mean = 0, 0, 0 // every report of the kind has these words
	}
	l := likeness{story: cl, timeless: c.score(), strangers: c.strangers}
	if c.otherVoices && r.status <= news.Claim && cl.Status <= news.Claim {
		l.timeless -= otherVoices * (1 - sure) // who claims it is half of what a claim is
	}
	if gap > maxGapDays || cl.erupts(r.report.Severity(), r.gist.At) {
		return l
	}
	l.score = l.timeless*fade - unsure*(1-sure) + ix.hub(r, cl)
	if r.report.Severity() > cl.Severity {
		l.score -= graver * (1 - sure)
	}
	if !cl.Severity.IsWorthAlert() && r.report.Severity().IsWorthAlert() {
		l.score -= awakening
	}
	return l
}

// similarityFeatures are what a report and a story have in common, and what sets them apart.
type similarityFeatures struct {
	highest, mean float64 // cosine with the reports of the story
	name          float64 // how rare the names are that both have, up to 1 for the rarest
	country       float64 // how much both are about one country, and how seldom that is in the news
	only          float64 // the same if no other story is about it these days
	rule          float64 // how special a rule is that matched both
	sameVoice     bool    // both rest on somebody by the same name
	otherVoices   bool    // both rest on people by name, and on nobody who is the same
	foreign       bool    // no report of the story is in its language
	strangers     bool    // both are about countries, and not one is the same
	apart         float64 // how much each is about a country of its own
}

// score returns the likeness, whatever the time.
func (c similarityFeatures) score() float64 {
	score := namesShared*c.name + sameCountry*c.country + onlyCountry*c.only - otherCountry*c.apart
	if c.strangers {
		score -= noCountry
	}
	if c.sameVoice {
		score += sameVoice
	}
	score += sameRule * c.rule
	if c.foreign {
		return score + namesAbroad*c.name
	}
	return score + bestCosine*c.highest + meanCosine*c.mean
}

// similarity returns what r and cl have in common. The candidates tell whether
// another is about the same country.
func (ix *clusterIndex) similarity(r *queryVector, cl *cluster, candidates []*cluster) similarityFeatures {
	var c similarityFeatures
	compared := 0.0
	for _, m := range cl.main {
		c.name = max(c.name, ix.sharedNames(r, m))
		for _, v := range m.gist.Voices {
			c.sameVoice = c.sameVoice || slices.Contains(r.gist.Voices, v)
			c.otherVoices = len(r.gist.Voices) > 0
		}
		if r.gist.Language != m.gist.Language && r.gist.Language != "" && m.gist.Language != "" {
			continue
		}
		compared++
		x := ix.cosine(r, m)
		c.highest = max(c.highest, x)
		c.mean += x
	}
	c.otherVoices = c.otherVoices && !c.sameVoice
	c.mean /= max(1, compared)
	c.foreign = compared == 0
	shared := false
	for _, p := range r.places {
		for _, q := range cl.places {
			if p.country != q.country {
				continue
			}
			shared = true
			both := math.Sqrt(p.share*q.share) * p.specific
			c.country = max(c.country, both)
			if both > c.only && alone(p.country, cl, candidates, r) {
				c.only = both
			}
		}
	}
	c.country *= anyKind + (1-anyKind)*r.kind // two events of any kind in one country are common
	c.only *= anyKind + (1-anyKind)*r.kind
	for _, id := range r.rules {
		if slices.Contains(cl.Rules, id) {
			c.rule = max(c.rule, ix.special(id))
		}
	}
	c.strangers = len(r.places) > 0 && len(cl.places) > 0 && !shared
	if !c.strangers {
		c.apart = math.Min(ix.own(r, cl))
	}
	return c
}

// sharedNames returns how rare the names are that r and m have in common: the
// rarest counts whole and the next half.
func (ix *clusterIndex) sharedNames(r *queryVector, m *member) float64 {
	var first, second float64
	for _, id := range m.names {
		if !slices.Contains(r.names, id) {
			continue
		}
		rare := clamp((ix.idf(id) - nameFloor) / nameRange)
		if rare > first {
			first, second = rare, first
		} else {
			second = max(second, rare)
		}
	}
	return (2*first + second) / 3
}

// own returns how much each of r and cl is about a country, and one that says
// something, of which the other is silent.
func (ix *clusterIndex) own(r *queryVector, cl *cluster) (ofReport, ofStory float64) {
	for _, p := range r.places {
		if !slices.ContainsFunc(cl.places, func(q place) bool { return q.country == p.country && q.share > 0.1 }) {
			ofReport = max(ofReport, p.share*p.specific)
		}
	}
	total := ix.logN()
	for _, q := range cl.places {
		if !slices.ContainsFunc(r.places, func(p placed) bool { return q.country == p.country }) {
			specific := clamp((total - ix.term[ix.terms["+"+q.country]].logDF - placeFloor) / placeRange)
			ofStory = max(ofStory, q.share*specific)
		}
	}
	return ofReport, ofStory
}

// alone reports whether cl is the only story of a country that is told around
// the time of r, which may come late.
func alone(country string, cl *cluster, candidates []*cluster, r *queryVector) bool {
	for _, other := range candidates {
		if other == cl || days(r.gist.At, other.at) > maxGapDays {
			continue
		}
		for _, p := range other.places {
			if p.country == country && p.share >= mainly {
				return false
			}
		}
	}
	return true
}

// more reports whether r and cl have any word in common beside those that rules
// look for.
func (ix *clusterIndex) more(r *queryVector, cl *cluster) bool {
	return slices.ContainsFunc(cl.terms, func(id int32) bool { return ix.queryWeights[id] > 0 && !r.watched[ix.term[id].text] })
}

// cosine returns the cosine of the angle between the words of r, which
// ix.queryWeights holds, and those of m, weighed by rarity.
func (ix *clusterIndex) cosine(r *queryVector, m *member) float64 {
	var dot, norm float64
	total := ix.logN()
	for _, x := range m.words {
		v := x.weight * (total - ix.term[x.term].logDF)
		norm += v * v
		dot += v * ix.queryWeights[x.term]
	}
	if dot == 0 {
		return 0
	}
	return dot / (math.Sqrt(norm) * r.norm)
}
