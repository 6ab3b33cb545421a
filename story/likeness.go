package story

import (
	"container/heap"
	"math"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

const (
	widest     = 400 // what more stories than this have in common brings none of them up
	candidates = 48  // stories that are looked at closely
)

// A likeness says how like a report is to a story, and what makes it so.
type likeness struct {
	story     *open
	score     float64
	timeless  float64 // the score if the report had come at once
	strangers bool    // both are about countries, and not one is the same
	why       string
}

// A reading is a telling as the stories known see it.
type reading struct {
	telling
	words  []weighted // those known
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

func (k *known) reading(t telling) reading {
	r := reading{telling: t, kind: k.kind(t.rules)}
	total := k.logN()
	for _, x := range t.gist.Words {
		rare := total - math.Log(priorWord(x.Text)+1)
		if id, ok := k.terms[x.Text]; ok {
			rare = k.idf(id)
			r.words = append(r.words, weighted{id, x.Weight * rare})
		}
		r.norm += x.Weight * x.Weight * rare * rare
	}
	r.norm = math.Sqrt(r.norm)
	for _, n := range t.gist.Names {
		if id, ok := k.terms["@"+n]; ok {
			r.names = append(r.names, id)
		}
	}
	for _, p := range t.gist.Places {
		rare := total - math.Log(priorPlace(p.Text)+1)
		if id, ok := k.terms["+"+p.Text]; ok {
			rare = k.idf(id)
		}
		r.places = append(r.places, placed{p.Text, p.Weight, clamp((rare - placeFloor) / placeRange)})
	}
	return r
}

// kind returns how special the most special of rules is, 1 for none.
func (k *known) kind(rules []string) float64 {
	if len(rules) == 0 {
		return 1
	}
	most := 0.0
	for _, id := range rules {
		most = max(most, k.special(id))
	}
	return most
}

// days returns how many days lie between two moments.
func days(a, b time.Time) float64 { return a.Sub(b).Abs().Hours() / 24 }

func clamp(x float64) float64 { return max(0, min(1, x)) }

// near returns the stories that have something rare in common with r.
func (k *known) near(r *reading) []*open {
	var touched []int32
	touch := func(id int32, weight float64) {
		if len(k.term[id].stories) > widest {
			return
		}
		for _, slot := range k.term[id].stories {
			if k.hits[slot] == 0 {
				touched = append(touched, slot)
			}
			k.hits[slot] += weight
		}
	}
	for _, x := range r.words {
		touch(x.term, x.weight*k.idf(x.term))
	}
	for _, id := range r.names {
		touch(id, k.idf(id)*k.idf(id))
	}
	for _, p := range r.places {
		if id, ok := k.terms["+"+p.country]; ok {
			touch(id, 4*p.specific*p.specific*p.share+0.1)
		}
	}
	out := make([]*open, 0, candidates)
	for _, slot := range k.nearest(touched) {
		out = append(out, k.slots[slot])
	}
	for _, slot := range touched {
		k.hits[slot] = 0
	}
	return out
}

// nearest returns the candidates among the slots, those with the most hits
// first. Most slots are compared with the last candidate only: a wide term
// touches thousands.
func (k *known) nearest(slots []int32) []int32 {
	top := &farthestFirst{known: k}
	for _, slot := range slots {
		switch {
		case len(top.slots) < candidates:
			heap.Push(top, slot)
		case k.nearer(slot, top.slots[0]):
			top.slots[0] = slot
			heap.Fix(top, 0)
		}
	}
	slices.SortFunc(top.slots, func(a, b int32) int {
		if k.nearer(a, b) {
			return -1
		}
		return 1
	})
	return top.slots
}

// nearer reports whether slot a has more hits than slot b; of equals the one
// with the lower id is nearer, so that the order is always the same.
func (k *known) nearer(a, b int32) bool {
	if k.hits[a] != k.hits[b] {
		return k.hits[a] > k.hits[b]
	}
	return k.slots[a].ID < k.slots[b].ID
}

// farthestFirst is a heap of slots with the farthest on top.
type farthestFirst struct {
	known *known
	slots []int32
}

func (h *farthestFirst) Len() int           { return len(h.slots) }
func (h *farthestFirst) Less(i, j int) bool { return h.known.nearer(h.slots[j], h.slots[i]) }
func (h *farthestFirst) Swap(i, j int)      { h.slots[i], h.slots[j] = h.slots[j], h.slots[i] }
func (h *farthestFirst) Push(x any)         { h.slots = append(h.slots, x.(int32)) }
func (h *farthestFirst) Pop() any {
	last := h.slots[len(h.slots)-1]
	h.slots = h.slots[:len(h.slots)-1]
	return last
}

// find returns the story that t is most like, and the one that it would be most
// like whatever the time.
func (k *known) find(t telling) (best, kin likeness) {
	r := k.reading(t)
	for _, x := range r.words {
		k.weights[x.term] = x.weight
	}
	near := k.near(&r)
	for _, o := range near {
		l := k.likeness(&r, o, near)
		if best.story == nil || l.score > best.score {
			best = l
		}
		if o.Severity > news.Low && (kin.story == nil || l.timeless > kin.timeless) {
			kin = l
		}
	}
	for _, x := range r.words {
		k.weights[x.term] = 0
	}
	if best.story != nil && best.score >= joins {
		best.why = k.shared(&r, best.story)
	}
	return best, kin
}

// like returns how like t is to o.
func (k *known) like(t telling, o *open) likeness {
	r := k.reading(t)
	for _, x := range r.words {
		k.weights[x.term] = x.weight
	}
	l := k.likeness(&r, o, k.near(&r))
	for _, x := range r.words {
		k.weights[x.term] = 0
	}
	return l
}

// likeness returns how like r is to o: about 1 for the same text told again on
// the same day, about 0 for something else.
func (k *known) likeness(r *reading, o *open, near []*open) likeness {
	gap := days(r.gist.At, o.at)
	life := lifetime * (1 + growth*math.Log2(float64(len(o.main))))
	fade := (1-ageless)*math.Exp(-gap/life) + ageless
	c := k.common(r, o, near)
	sure := max(c.country, min(1, c.name*nameSureness))
	if sure < nothingRare && !c.foreign && !k.more(r, o) {
		c.rule, c.highest, c.mean = 0, 0, 0 // every report of the kind has these words
	}
	l := likeness{story: o, timeless: c.score(), strangers: c.strangers}
	if c.otherVoices && r.status <= news.Claim && o.Status <= news.Claim {
		l.timeless -= otherVoices * (1 - sure) // who claims it is half of what a claim is
	}
	if gap > closes || o.erupts(r.report.Severity(), r.gist.At) {
		return l
	}
	l.score = l.timeless*fade - unsure*(1-sure) + k.hub(r, o)
	if r.report.Severity() > o.Severity {
		l.score -= graver * (1 - sure)
	}
	if o.Severity <= news.Low && r.report.Severity() > news.Low {
		l.score -= awakening
	}
	return l
}

// common is what a report and a story have in common, and what sets them apart.
type common struct {
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
func (c common) score() float64 {
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

// common returns what r and o have in common. The stories near r tell whether
// another is about the same country.
func (k *known) common(r *reading, o *open, near []*open) common {
	var c common
	compared := 0.0
	for _, m := range o.main {
		c.name = max(c.name, k.sharedNames(r, m))
		for _, v := range m.gist.Voices {
			c.sameVoice = c.sameVoice || slices.Contains(r.gist.Voices, v)
			c.otherVoices = len(r.gist.Voices) > 0
		}
		if r.gist.Language != m.gist.Language && r.gist.Language != "" && m.gist.Language != "" {
			continue
		}
		compared++
		x := k.cosine(r, m)
		c.highest = max(c.highest, x)
		c.mean += x
	}
	c.otherVoices = c.otherVoices && !c.sameVoice
	c.mean /= max(1, compared)
	c.foreign = compared == 0
	shared := false
	for _, p := range r.places {
		for _, q := range o.places {
			if p.country != q.country {
				continue
			}
			shared = true
			both := math.Sqrt(p.share*q.share) * p.specific
			c.country = max(c.country, both)
			if both > c.only && alone(p.country, o, near, r) {
				c.only = both
			}
		}
	}
	c.country *= anyKind + (1-anyKind)*r.kind // two events of any kind in one country are common
	c.only *= anyKind + (1-anyKind)*r.kind
	for _, id := range r.rules {
		if slices.Contains(o.Rules, id) {
			c.rule = max(c.rule, k.special(id))
		}
	}
	c.strangers = len(r.places) > 0 && len(o.places) > 0 && !shared
	if !c.strangers {
		c.apart = math.Min(k.own(r, o))
	}
	return c
}

// sharedNames returns how rare the names are that r and m have in common: the
// rarest counts whole and the next half.
func (k *known) sharedNames(r *reading, m *member) float64 {
	var first, second float64
	for _, id := range m.names {
		if !slices.Contains(r.names, id) {
			continue
		}
		rare := clamp((k.idf(id) - nameFloor) / nameRange)
		if rare > first {
			first, second = rare, first
		} else {
			second = max(second, rare)
		}
	}
	return (2*first + second) / 3
}

// own returns how much each of r and o is about a country, and one that says
// something, of which the other is silent.
func (k *known) own(r *reading, o *open) (ofReport, ofStory float64) {
	for _, p := range r.places {
		if !slices.ContainsFunc(o.places, func(q place) bool { return q.country == p.country && q.share > 0.1 }) {
			ofReport = max(ofReport, p.share*p.specific)
		}
	}
	total := k.logN()
	for _, q := range o.places {
		if !slices.ContainsFunc(r.places, func(p placed) bool { return q.country == p.country }) {
			specific := clamp((total - k.term[k.terms["+"+q.country]].logDF - placeFloor) / placeRange)
			ofStory = max(ofStory, q.share*specific)
		}
	}
	return ofReport, ofStory
}

// alone reports whether o is the only story of a country that is told around
// the time of r, which may come late.
func alone(country string, o *open, near []*open, r *reading) bool {
	for _, other := range near {
		if other == o || days(r.gist.At, other.at) > closes {
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

// more reports whether r and o have any word in common beside those that rules
// look for.
func (k *known) more(r *reading, o *open) bool {
	return slices.ContainsFunc(o.terms, func(id int32) bool { return k.weights[id] > 0 && !r.watched[k.term[id].text] })
}

// cosine returns the cosine of the angle between the words of r, which
// k.weights holds, and those of m, weighed by rarity.
func (k *known) cosine(r *reading, m *member) float64 {
	var dot, norm float64
	total := k.logN()
	for _, x := range m.words {
		v := x.weight * (total - k.term[x.term].logDF)
		norm += v * v
		dot += v * k.weights[x.term]
	}
	if dot == 0 {
		return 0
	}
	return dot / (math.Sqrt(norm) * r.norm)
}
