package cluster

import (
	"math"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/story/gist"
)

// Two stories turn out to be one if a report is of both, they came up together,
// or one broke off while much was told of the other, they are told together, and
// most of their main names are the same, of one kind of event in one country.
// Two coups are never one: what is of both must be most of what either is about.
const (
	together   = 3 * 24 * time.Hour // between their first reports at the most
	uniteTells = 3                  // main reports that each has at least
	uniteNames = 0.5                // the share of the main names of either that both must have more than
)

// Twin returns the story that turns out to be one with cl now that f is a report
// of cl; nil if there is none.
func (ix *Index) Twin(f gist.Features, cl *Cluster) *Cluster {
	if f.Gist.BelowAlert || len(cl.main) < uniteTells || cl.Told.IsZero() {
		return nil
	}
	r := ix.vectorOf(f)
	var best *Cluster
	most := 0.0
	for _, other := range ix.candidates(&r) {
		if other == cl || cl.IsApart(other.Story) || !ix.mayUnite(cl, other, f.Gist.At) {
			continue
		}
		if x := math.Min(ix.alike(cl, other), ix.alike(other, cl)); x >= ix.weights.Thresholds.Unite && x > most {
			best, most = other, x
		}
	}
	return best
}

// mayUnite reports whether a and b are told together at the moment at, of the
// same people and kind in the same place.
func (ix *Index) mayUnite(a, b *Cluster, at time.Time) bool {
	if b.Told.IsZero() || len(b.main) < uniteTells || !cameTogether(a, b) || at.Sub(b.at).Abs() > hubSpan {
		return false
	}
	names := float64(len(Both(a.leads, b.leads)))
	if names < 1 || names <= uniteNames*float64(min(len(a.leads), len(b.leads))) || len(Both(a.kinds, b.kinds)) == 0 {
		return false
	}
	return slices.ContainsFunc(a.places, func(p place) bool {
		return p.share >= ix.weights.Main.Country && slices.ContainsFunc(b.places, func(q place) bool { return q.country == p.country && q.share >= ix.weights.Main.Country })
	})
}

// alike returns how like the reports of a are to b, on average, and how much b
// draws them.
func (ix *Index) alike(a, b *Cluster) float64 {
	sum := 0.0
	for _, m := range a.main {
		l := ix.like(gist.Features{Gist: m.gist, Rules: []string{m.gist.Rule}}, b)
		sum += l.timeless + l.hub
	}
	return sum / float64(len(a.main))
}

// cameTogether reports whether a and b came up together, or the younger of them
// while much was told of the other. If it is graver it is no piece of that, but
// what came of it.
func cameTogether(a, b *Cluster) bool {
	if a.FirstSeen.Sub(b.FirstSeen).Abs() <= together {
		return true
	}
	if a.FirstSeen.After(b.FirstSeen) {
		a, b = b, a
	}
	if b.Severity > a.Severity {
		return false
	}
	told := 0
	for _, u := range a.Updates {
		if b.FirstSeen.Sub(u.At).Abs() < hubSpan {
			told += u.Reports
		}
	}
	return told >= greatEvent
}
