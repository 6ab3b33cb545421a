package cluster

import (
	"math"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
)

// A likeness says how like a report is to a story, and what makes it so.
type likeness struct {
	story     *Cluster
	score     float64
	timeless  float64 // the score if the report had come at once
	hub       float64 // how much the story draws it, as one of which much is told
	strangers bool    // both are about countries, and not one is the same
	why       string
}

// A queryVector is a report as the stories that are remembered see it.
type queryVector struct {
	gist.Features
	words    []weighted // those that some story has
	norm     float64    // of all its words, by rarity
	names    []int32
	newNames bool // it has some that no story has
	places   []placed
	kinds    []string // of event: its rules, and events
	events   []string // kinds that its words tell
	titled   bool     // they stand in its title
	kind     float64  // how special the most special of its rules is; 1 if no rule found it
}

type placed struct {
	country  string
	share    float64
	specific float64
}

func (ix *Index) vectorOf(f gist.Features) queryVector {
	r := queryVector{Features: f, kind: ix.kind(f.Rules)}
	r.events, r.titled = gist.Events(f.Gist, ix.weights.Words)
	r.kinds = slices.Concat(f.Rules, r.events)
	total := ix.logN()
	for _, x := range f.Gist.Words {
		rare := total - math.Log(ix.wordPrior(x.Text)+1)
		if id, ok := ix.terms[x.Text]; ok {
			rare = ix.idf(id)
			r.words = append(r.words, weighted{id, x.Weight * rare})
		}
		r.norm += x.Weight * x.Weight * rare * rare
	}
	r.norm = math.Sqrt(r.norm)
	for _, n := range f.Gist.Names {
		if id, ok := ix.terms["@"+n]; ok {
			r.names = append(r.names, id)
		} else {
			r.newNames = true
		}
	}
	for _, p := range f.Gist.Places {
		rare := total - math.Log(ix.countryPrior(p.Text)+1)
		if id, ok := ix.terms["+"+p.Text]; ok {
			rare = ix.idf(id)
		}
		r.places = append(r.places, placed{p.Text, p.Weight, clamp((rare - ix.weights.Rarity.PlaceFloor) / ix.weights.Rarity.PlaceRange)})
	}
	return r
}

// kind returns how special the most special of rules is, 1 for none.
func (ix *Index) kind(rules []string) float64 {
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

// nearest returns the story that f is most like, and the one that it would be most
// like whatever the time.
func (ix *Index) nearest(f gist.Features) (best, linked likeness) {
	r := ix.vectorOf(f)
	ix.withQuery(r.words, func() {
		candidates := ix.candidates(&r)
		for _, cl := range candidates {
			if !cl.Holds(f.Gist.Item, f.Gist.Link) {
				continue
			}
			l := ix.likeness(&r, cl, candidates)
			if best.story == nil || l.score > best.score {
				best = l
			}
			if cl.Severity.IsWorthAlert() && (linked.story == nil || l.timeless > linked.timeless) {
				linked = l
			}
		}
	})
	if best.story != nil && best.score >= ix.weights.Thresholds.Join {
		best.why = ix.shared(&r, best.story)
	}
	return best, linked
}

// like returns how like f is to cl.
func (ix *Index) like(f gist.Features, cl *Cluster) (l likeness) {
	r := ix.vectorOf(f)
	ix.withQuery(r.words, func() { l = ix.likeness(&r, cl, ix.candidates(&r)) })
	return l
}

// withQuery runs search, for which queryWeights holds the weights of words and
// no others. Only what search calls may compare words.
func (ix *Index) withQuery(words []weighted, search func()) {
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
func (ix *Index) likeness(r *queryVector, cl *Cluster, candidates []*Cluster) likeness {
	gap := days(r.Gist.At, cl.at)
	life := ix.weights.Fade.Days * (1 + ix.weights.Fade.Growth*math.Log2(float64(len(cl.main))))
	fade := (1-ix.weights.Fade.Floor)*math.Exp(-gap/life) + ix.weights.Fade.Floor
	c := ix.similarity(r, cl, candidates)
	sure := max(c.country, min(1, c.name*ix.weights.Apart.NameSureness))
	if sure < ix.weights.Apart.NothingRare && !c.foreign && !ix.more(r, cl) {
		c.rule, c.highest, c.mean = 0, 0, 0 // every report of the kind has these words
	}
	l := likeness{story: cl, timeless: c.score(ix.weights.Shared, ix.weights.Apart), strangers: c.strangers}
	if c.otherVoices && r.Status <= news.Claim && cl.Status <= news.Claim {
		l.timeless -= ix.weights.Apart.Voices * (1 - sure) // who claims it is half of what a claim is
	}
	if gap > ix.weights.Fade.MaxGapDays || cl.erupts(r.Report.Severity(), r.Gist.At) {
		return l
	}
	l.hub = ix.hub(r, cl)
	l.score = l.timeless*fade - ix.weights.Apart.Unsure*(1-sure) + l.hub
	if ix.anotherEvent(r, cl) {
		l.timeless -= ix.weights.Apart.OtherEvent
		l.score -= ix.weights.Apart.OtherEvent
	}
	if r.Report.Severity() > cl.Severity {
		l.score -= ix.weights.Apart.Graver * (1 - sure)
	}
	if !cl.Severity.IsWorthAlert() && r.Report.Severity().IsWorthAlert() {
		l.score -= ix.weights.Apart.Awakening
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
func (c similarityFeatures) score(shared Shared, apart Apart) float64 {
	score := shared.Names*c.name + shared.Country*c.country + shared.OnlyCountry*c.only - apart.OtherCountry*c.apart
	if c.strangers {
		score -= apart.NoCountry
	}
	if c.sameVoice {
		score += shared.Voice
	}
	score += shared.Rule * c.rule
	if c.foreign {
		return score + shared.NamesAbroad*c.name
	}
	return score + shared.BestCosine*c.highest + shared.MeanCosine*c.mean
}

// similarity returns what r and cl have in common. The candidates tell whether
// another is about the same country.
func (ix *Index) similarity(r *queryVector, cl *Cluster, candidates []*Cluster) similarityFeatures {
	var c similarityFeatures
	compared := 0.0
	for _, m := range cl.main {
		c.name = max(c.name, ix.sharedNames(r, m))
		for _, v := range m.gist.Voices {
			c.sameVoice = c.sameVoice || slices.Contains(r.Gist.Voices, v)
			c.otherVoices = len(r.Gist.Voices) > 0
		}
		if r.Gist.Language != m.gist.Language && r.Gist.Language != "" && m.gist.Language != "" {
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
			if both > c.only && ix.alone(p.country, cl, candidates, r) {
				c.only = both
			}
		}
	}
	c.country *= ix.weights.Shared.AnyKind + (1-ix.weights.Shared.AnyKind)*r.kind // two events of any kind in one country are common
	c.only *= ix.weights.Shared.AnyKind + (1-ix.weights.Shared.AnyKind)*r.kind
	for _, id := range r.Rules {
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
func (ix *Index) sharedNames(r *queryVector, m *member) float64 {
	var first, second float64
	for _, id := range m.names {
		if !slices.Contains(r.names, id) {
			continue
		}
		rare := clamp((ix.idf(id) - ix.weights.Rarity.NameFloor) / ix.weights.Rarity.NameRange)
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
func (ix *Index) own(r *queryVector, cl *Cluster) (ofReport, ofStory float64) {
	for _, p := range r.places {
		if !slices.ContainsFunc(cl.places, func(q place) bool { return q.country == p.country && q.share > ix.weights.Apart.Hardly }) {
			ofReport = max(ofReport, p.share*p.specific)
		}
	}
	total := ix.logN()
	for _, q := range cl.places {
		if !slices.ContainsFunc(r.places, func(p placed) bool { return q.country == p.country }) {
			specific := clamp((total - ix.term[ix.terms["+"+q.country]].logDF - ix.weights.Rarity.PlaceFloor) / ix.weights.Rarity.PlaceRange)
			ofStory = max(ofStory, q.share*specific)
		}
	}
	return ofReport, ofStory
}

// alone reports whether cl is the only story of a country that is told around
// the time of r, which may come late.
func (ix *Index) alone(country string, cl *Cluster, candidates []*Cluster, r *queryVector) bool {
	for _, other := range candidates {
		if other == cl || days(r.Gist.At, other.at) > ix.weights.Fade.MaxGapDays {
			continue
		}
		for _, p := range other.places {
			if p.country == country && p.share >= ix.weights.Main.Country {
				return false
			}
		}
	}
	return true
}

// more reports whether r and cl have any word in common beside those that rules
// look for.
func (ix *Index) more(r *queryVector, cl *Cluster) bool {
	return slices.ContainsFunc(cl.terms, func(id int32) bool { return ix.queryWeights[id] > 0 && !r.Watched[ix.term[id].text] })
}

// cosine returns the cosine of the angle between the words of r, which
// ix.queryWeights holds, and those of m, weighed by rarity.
func (ix *Index) cosine(r *queryVector, m *member) float64 {
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
