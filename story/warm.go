package story

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// warmest is for how long a story that people were told keeps warm.
const warmest = news.Window

// heat counts a report that is worth an alert towards how hot s is.
func heat(s *news.Story, at time.Time) {
	if at.After(s.HeatAt) {
		s.Heat = cooled(*s, at)
		s.HeatAt = at
	}
	s.Heat++
}

// cooled returns how hot s is at the moment at.
func cooled(s news.Story, at time.Time) float64 {
	days := max(0, at.Sub(s.HeatAt).Hours()/24)
	return s.Heat * math.Exp(-days/coolingDays)
}

// warm returns the story that keeps r warm: one of which people heard lately
// again and again, of whose people or country r tells in words of the same
// kind. It returns nil if there is none.
func (ix *clusterIndex) warm(r news.Report) (cl *cluster, f reportFeatures, why string) {
	candidates := ix.hotCandidates(r)
	if len(candidates) == 0 {
		return nil, f, ""
	}
	f = extractTopic(r)
	rd := ix.vectorOf(f)
	var best likeness
	ix.withQuery(rd.words, func() {
		for _, cl := range candidates {
			if !concerns(&rd, cl) {
				continue
			}
			c := ix.similarity(&rd, cl, candidates)
			score := warmBest*c.highest + warmMean*c.mean + warmNames*c.name + warmCountry*c.country - otherCountry*c.apart
			score *= math.Sqrt(min(1, cooled(cl.Story, f.gist.At)/fullHeat))
			if score > best.score {
				best = likeness{story: cl, score: score}
			}
		}
	})
	if best.score < warmThreshold {
		return nil, f, ""
	}
	why = fmt.Sprintf("%q has had many reports of late, and this tells of its %s",
		best.story.Headline, ix.shared(&rd, best.story))
	f.extractRest()
	return best.story, f, why
}

// hotCandidates returns the hot stories of an entity or country that r names.
func (ix *clusterIndex) hotCandidates(r news.Report) []*cluster {
	var candidates []*cluster
	for _, m := range r.Mentions {
		keys := [2]string{"@" + m.Entity, "+" + m.Country}
		if strings.HasPrefix(m.Entity, "country:") {
			keys[0] = ""
		}
		for _, key := range keys {
			for _, cl := range ix.hot[key] {
				if slices.Contains(candidates, cl) || cl.Told.IsZero() {
					continue
				}
				if at := r.When(); at.Sub(cl.HeatAt) < warmest && cooled(cl.Story, at) >= minHeat {
					candidates = append(candidates, cl)
				}
			}
		}
	}
	slices.SortFunc(candidates, func(a, b *cluster) int { return strings.Compare(a.ID, b.ID) })
	return candidates
}

// concerns reports whether r names what cl is mainly about.
func concerns(r *queryVector, cl *cluster) bool {
	for _, p := range r.places {
		for _, q := range cl.places {
			if p.country == q.country && p.share >= mainly && q.share >= mainly {
				return true
			}
		}
	}
	return len(both(cl.people, r.entities)) > 0
}

// warmUp makes cl known as hot for what it is mainly about, if it is hot.
func (ix *clusterIndex) warmUp(cl *cluster) {
	ix.coolDown(cl)
	if cl.Heat < minHeat {
		return
	}
	for _, p := range cl.places {
		if p.share >= mainly {
			cl.hotKeys = append(cl.hotKeys, "+"+p.country)
		}
	}
	for _, id := range cl.people {
		cl.hotKeys = append(cl.hotKeys, "@"+id)
	}
	for _, key := range cl.hotKeys {
		ix.hot[key] = append(ix.hot[key], cl)
	}
}

// coolDown makes cl known as hot for nothing.
func (ix *clusterIndex) coolDown(cl *cluster) {
	for _, key := range cl.hotKeys {
		ix.hot[key] = slices.DeleteFunc(ix.hot[key], func(other *cluster) bool { return other == cl })
		if len(ix.hot[key]) == 0 {
			delete(ix.hot, key)
		}
	}
	cl.hotKeys = nil
}

// both returns what a and b have in common, in the order of a.
func both[T comparable](a, b []T) []T {
	var out []T
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}
