package cluster

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
)

// warmest is for how long a story that people were told keeps warm.
const warmest = news.Window

// AddHeat counts a report that is worth an alert towards how hot s is.
func (w Warm) AddHeat(s *news.Story, at time.Time) {
	if at.After(s.HeatAt) {
		s.Heat = w.Cooled(*s, at)
		s.HeatAt = at
	}
	s.Heat++
}

// Cooled returns how hot s is at the moment at.
func (w Warm) Cooled(s news.Story, at time.Time) float64 {
	days := max(0, at.Sub(s.HeatAt).Hours()/24)
	return s.Heat * math.Exp(-days/w.CoolingDays)
}

// Warm returns the story that keeps r warm: one of which people heard lately
// again and again, of whose people or country r tells in words of the same
// kind. It returns nil if there is none.
func (ix *Index) Warm(r news.Report) (cl *Cluster, f gist.Features, why string) {
	candidates := ix.hotCandidates(r)
	if len(candidates) == 0 {
		return nil, f, ""
	}
	f = gist.Of(r, ix.weights.Words)
	rd := ix.vectorOf(f)
	var best likeness
	ix.withQuery(rd.words, func() {
		for _, cl := range candidates {
			if !ix.concerns(&rd, cl) {
				continue
			}
			c := ix.similarity(&rd, cl, candidates)
			score := ix.weights.Warm.Best*c.highest + ix.weights.Warm.Mean*c.mean + ix.weights.Warm.Names*c.name + ix.weights.Warm.Country*c.country - ix.weights.Apart.OtherCountry*c.apart
			score *= math.Sqrt(min(1, ix.weights.Warm.Cooled(cl.Story, f.Gist.At)/ix.weights.Warm.FullHeat))
			if score > best.score {
				best = likeness{story: cl, score: score}
			}
		}
	})
	if best.score < ix.weights.Thresholds.Warm {
		return nil, f, ""
	}
	why = fmt.Sprintf("%q has had many reports of late, and this tells of its %s",
		best.story.Headline, ix.shared(&rd, best.story))
	return best.story, f, why
}

// hotCandidates returns the hot stories of an entity or country that r names.
func (ix *Index) hotCandidates(r news.Report) []*Cluster {
	var candidates []*Cluster
	for _, m := range r.Mentions {
		keys := [2]string{"@" + m.Entity, "+" + m.Country}
		if strings.HasPrefix(m.Entity, "country:") {
			keys[0] = ""
		}
		for _, key := range keys {
			for _, cl := range ix.hot[key] {
				if slices.Contains(candidates, cl) || cl.Told.IsZero() || !cl.Holds(r.ID, r.Link) {
					continue
				}
				if at := r.When(); at.Sub(cl.HeatAt) < warmest && ix.weights.Warm.Cooled(cl.Story, at) >= ix.weights.Warm.MinHeat {
					candidates = append(candidates, cl)
				}
			}
		}
	}
	slices.SortFunc(candidates, func(a, b *Cluster) int { return strings.Compare(a.ID, b.ID) })
	return candidates
}

// concerns reports whether r names what cl is ix.weights.Main.Country about.
func (ix *Index) concerns(r *queryVector, cl *Cluster) bool {
	for _, p := range r.places {
		for _, q := range cl.places {
			if p.country == q.country && p.share >= ix.weights.Main.Country && q.share >= ix.weights.Main.Country {
				return true
			}
		}
	}
	return len(Both(cl.people, r.Entities)) > 0
}

// warmUp makes cl known as hot for what it is ix.weights.Main.Country about, if it is hot.
func (ix *Index) warmUp(cl *Cluster) {
	ix.coolDown(cl)
	if cl.Heat < ix.weights.Warm.MinHeat {
		return
	}
	for _, p := range cl.places {
		if p.share >= ix.weights.Main.Country {
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
func (ix *Index) coolDown(cl *Cluster) {
	for _, key := range cl.hotKeys {
		ix.hot[key] = slices.DeleteFunc(ix.hot[key], func(other *Cluster) bool { return other == cl })
		if len(ix.hot[key]) == 0 {
			delete(ix.hot, key)
		}
	}
	cl.hotKeys = nil
}

// Both returns what a and b have in common, in the order of a.
func Both[T comparable](a, b []T) []T {
	var out []T
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}
