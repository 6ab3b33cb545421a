package story

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
)

// What makes a report one of a story: words, entities, countries and kind of
// event, each with its share, faded by the time since the story was last told.
// Shares, fading and threshold are those that folded labelled news best; see
// TestFolding.
const (
	wordShare    = 0.65
	entityShare  = 0.30
	countryShare = 0.35
	ruleShare    = 0.10
	strangers    = 0.20 // taken off where both name countries and share none
	otherKind    = 0.05 // taken off where no rule matched both
	enough       = 0.28

	// Between scripts no word can be shared, and names must tell alone.
	foreignEntityShare  = 0.60
	foreignCountryShare = 0.20
	foreignRuleShare    = 0.20

	lifetime = 5.0 // days in which likeness fades to a third; longer for big stories
	ageless  = 0.2 // what never fades
	unseen   = 20  // stories supposed beside the open ones: few say little about what is rare
)

// find returns the open story that t is most like, if it is like enough, and
// why; otherwise a zero story and "".
func find(t telling, open []news.Story) (news.Story, string) {
	var best news.Story
	var bestScore float64
	known := survey(open)
	for _, s := range open {
		if s.ID == t.report.Story && s.ID != "" {
			return s, "an edited text of one of its reports"
		}
		if t.report.When().Sub(s.LastSeen) > news.Window {
			continue
		}
		if score := known.likeness(t, s); score > bestScore {
			best, bestScore = s, score
		}
	}
	if bestScore < enough {
		return news.Story{}, ""
	}
	return best, fmt.Sprintf("like %q (%s, likeness %.2f)", best.Headline, shared(t, best), bestScore)
}

// A rarity knows in how many open stories a word, an entity or a country is:
// what is in many says little about any.
type rarity struct {
	stories                    int
	words, entities, countries map[string]int
}

func survey(open []news.Story) rarity {
	r := rarity{len(open), map[string]int{}, map[string]int{}, map[string]int{}}
	for _, s := range open {
		for _, w := range s.Words {
			r.words[w.Text]++
		}
		for _, e := range s.Entities {
			r.entities[e]++
		}
		for _, c := range s.Countries {
			r.countries[c]++
		}
	}
	return r
}

// of returns how rare something is that n of the stories have, from 0 for what
// all have to 1 for what none has.
func (r rarity) of(n int) float64 {
	total := float64(r.stories + unseen)
	return math.Log(total/(float64(n)+1)) / math.Log(total)
}

// likeness returns how like t is to s: about 1 for the same text told again on
// the same day, about 0 for something else.
func (r rarity) likeness(t telling, s news.Story) float64 {
	score := r.match(t, s)
	gap := t.report.When().Sub(s.LastSeen).Abs().Hours() / 24
	life := lifetime * (1 + 0.35*math.Log2(float64(max(1, s.Reports))))
	return score * ((1-ageless)*math.Exp(-gap/life) + ageless)
}

// match is likeness whatever the time.
func (r rarity) match(t telling, s news.Story) float64 {
	entities := r.covered(t.entities, s.Entities, r.entities)
	countries := r.covered(t.countries, s.Countries, r.countries)
	sameRule := overlap(rules(t.report), s.Rules) > 0
	if foreign(t.words, s.Words) {
		if !sameRule {
			return 0
		}
		return foreignEntityShare*entities + foreignCountryShare*countries + foreignRuleShare
	}
	score := wordShare*r.cosine(t.words, s.Words) + entityShare*entities
	switch {
	case countries > 0:
		score += countryShare * countries
	case len(t.countries) > 0 && len(s.Countries) > 0:
		score -= strangers
	}
	if sameRule {
		return score + ruleShare
	}
	return score - otherKind
}

// foreign reports whether no word of a is in a script of b.
func foreign(a, b news.Words) bool {
	latin := func(w news.Word) bool { return w.Text[0] < 0x80 }
	return len(a) > 0 && len(b) > 0 &&
		(!slices.ContainsFunc(a, latin) && !slices.ContainsFunc(b, func(w news.Word) bool { return !latin(w) }) ||
			!slices.ContainsFunc(b, latin) && !slices.ContainsFunc(a, func(w news.Word) bool { return !latin(w) }))
}

// covered returns how much of what a report names the story has, by rarity.
func (r rarity) covered(report, story []string, in map[string]int) float64 {
	var have, all float64
	for _, name := range report {
		w := r.of(in[name])
		all += w
		if slices.Contains(story, name) {
			have += w * w
		}
	}
	if all == 0 {
		return 0
	}
	return have / all
}

// cosine returns the cosine of the angle between two texts, their words
// weighed by rarity.
func (r rarity) cosine(a, b news.Words) float64 {
	var dot, na, nb float64
	for x, y := range pairs(a, b) {
		w := r.of(r.words[x.Text])
		dot += x.Weight * y.Weight * w * w
	}
	if dot == 0 {
		return 0
	}
	for _, x := range a {
		w := x.Weight * r.of(r.words[x.Text])
		na += w * w
	}
	for _, y := range b {
		w := y.Weight * r.of(r.words[y.Text])
		nb += w * w
	}
	return dot / math.Sqrt(na*nb)
}

// shared says what t and s have in common.
func shared(t telling, s news.Story) string {
	common := with(both(t.entities, s.Entities), both(t.countries, s.Countries)...)
	var words news.Words
	for x, y := range pairs(t.words, s.Words) {
		words = append(words, news.Word{Text: x.Text, Weight: x.Weight * y.Weight})
	}
	slices.SortStableFunc(words, func(a, b news.Word) int { return cmp.Compare(b.Weight, a.Weight) })
	for _, w := range words[:min(3, len(words))] {
		common = with(common, w.Text)
	}
	return "both tell of " + strings.Join(common, ", ")
}

// pairs yields the words that stand in both a and b.
func pairs(a, b news.Words) iter.Seq2[news.Word, news.Word] {
	return func(yield func(news.Word, news.Word) bool) {
		for i, j := 0, 0; i < len(a) && j < len(b); {
			switch c := strings.Compare(a[i].Text, b[j].Text); {
			case c < 0:
				i++
			case c > 0:
				j++
			default:
				if !yield(a[i], b[j]) {
					return
				}
				i, j = i+1, j+1
			}
		}
	}
}

func rules(r news.Report) []string {
	var ids []string
	for _, m := range r.Matches {
		ids = append(ids, m.Rule)
	}
	return ids
}

// overlap returns how much of the shorter of two lists is in the other.
func overlap(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	return float64(len(both(a, b))) / float64(min(len(a), len(b)))
}

// both returns what a and b have in common, in the order of a.
func both(a, b []string) []string {
	var out []string
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// maxWords is how many words of a story are kept, the weightiest.
const maxWords = 200

// blend returns the words of a story with those of one more report. Older
// reports weigh a little less with each new one, so that a story follows its
// event.
func blend(story, report news.Words) news.Words {
	out := make(news.Words, 0, len(story)+len(report))
	for _, w := range story {
		out = append(out, news.Word{Text: w.Text, Weight: 0.9 * w.Weight})
	}
	out = append(out, report...)
	slices.SortStableFunc(out, func(a, b news.Word) int { return strings.Compare(a.Text, b.Text) })
	n := 0
	for _, w := range out {
		if n > 0 && out[n-1].Text == w.Text {
			out[n-1].Weight += w.Weight
			continue
		}
		out[n] = w
		n++
	}
	return weightiest(out[:n], maxWords)
}

// weightiest returns the n words of w that weigh most, in their order.
func weightiest(w news.Words, n int) news.Words {
	if len(w) <= n {
		return w
	}
	byWeight := slices.Clone(w)
	slices.SortStableFunc(byWeight, func(a, b news.Word) int { return cmp.Compare(b.Weight, a.Weight) })
	out := byWeight[:n]
	slices.SortFunc(out, func(a, b news.Word) int { return strings.Compare(a.Text, b.Text) })
	return out
}
