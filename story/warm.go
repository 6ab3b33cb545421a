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
const warmest = 60 * 24 * time.Hour

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
	return s.Heat * math.Exp(-days/cooling)
}

// warm returns the story that keeps r warm: one of which people heard lately
// again and again, of whose people or country r tells in words of the same
// kind. It returns nil if there is none.
func (k *known) warm(r news.Report) (o *open, t telling, why string) {
	near := k.hotNear(r)
	if len(near) == 0 {
		return nil, t, ""
	}
	t = skim(r)
	rd := k.reading(t)
	for _, x := range rd.words {
		k.weights[x.term] = x.weight
	}
	var best likeness
	for _, o := range near {
		if !concerns(&rd, o) {
			continue
		}
		c := k.common(&rd, o, near)
		score := warmBest*c.highest + warmMean*c.mean + warmNames*c.name + warmCountry*c.country - otherCountry*c.apart
		score *= math.Sqrt(min(1, cooled(o.Story, t.gist.At)/hot))
		if score > best.score {
			best = likeness{story: o, score: score}
		}
	}
	for _, x := range rd.words {
		k.weights[x.term] = 0
	}
	if best.score < warms {
		return nil, t, ""
	}
	why = fmt.Sprintf("%q has had many reports of late, and this tells of its %s",
		best.story.Headline, k.shared(&rd, best.story))
	t.finish()
	return best.story, t, why
}

// hotNear returns the hot stories of an entity or country that r names.
func (k *known) hotNear(r news.Report) []*open {
	var near []*open
	for _, m := range r.Mentions {
		keys := [2]string{"@" + m.Entity, "+" + m.Country}
		if strings.HasPrefix(m.Entity, "country:") {
			keys[0] = ""
		}
		for _, key := range keys {
			for _, o := range k.hot[key] {
				if slices.Contains(near, o) || o.Told.IsZero() {
					continue
				}
				if at := r.When(); at.Sub(o.HeatAt) < warmest && cooled(o.Story, at) >= lukewarm {
					near = append(near, o)
				}
			}
		}
	}
	slices.SortFunc(near, func(a, b *open) int { return strings.Compare(a.ID, b.ID) })
	return near
}

// concerns reports whether r names what o is mainly about.
func concerns(r *reading, o *open) bool {
	for _, p := range r.places {
		for _, q := range o.places {
			if p.country == q.country && p.share >= mainly && q.share >= mainly {
				return true
			}
		}
	}
	return len(both(o.people, r.entities)) > 0
}

// warmUp makes o known as hot for what it is mainly about, if it is hot.
func (k *known) warmUp(o *open) {
	k.coolDown(o)
	if o.Heat < lukewarm {
		return
	}
	for _, p := range o.places {
		if p.share >= mainly {
			o.warms = append(o.warms, "+"+p.country)
		}
	}
	for _, id := range o.people {
		o.warms = append(o.warms, "@"+id)
	}
	for _, key := range o.warms {
		k.hot[key] = append(k.hot[key], o)
	}
}

// coolDown makes o known as hot for nothing.
func (k *known) coolDown(o *open) {
	for _, key := range o.warms {
		k.hot[key] = slices.DeleteFunc(k.hot[key], func(other *open) bool { return other == o })
		if len(k.hot[key]) == 0 {
			delete(k.hot, key)
		}
	}
	o.warms = nil
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
