package story

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/origins"
)

// Two stories turn out to be one if a report is of both, they came up together
// and are told together, and most of their main names are the same, of one kind
// of event in one country. Two coups are never one: what is of both must be
// most of what either is about.
const (
	together       = 3 * 24 * time.Hour // between their first reports at the most
	uniteTells     = 3                  // main reports that each has at least
	uniteNames     = 0.5                // the share of the main names of either that both must have more than
	uniteThreshold = 0.45               // how like the reports of one are to the other on average
)

// twin returns the story that turns out to be one with cl now that f is a report
// of cl; nil if there is none.
func (ix *clusterIndex) twin(f reportFeatures, cl *cluster) *cluster {
	if f.gist.BelowAlert || len(cl.main) < uniteTells || cl.Told.IsZero() {
		return nil
	}
	r := ix.vectorOf(f)
	var best *cluster
	most := 0.0
	for _, other := range ix.candidates(&r) {
		if other == cl || !ix.mayUnite(cl, other, f.gist.At) {
			continue
		}
		if x := math.Min(ix.alike(cl, other), ix.alike(other, cl)); x >= uniteThreshold && x > most {
			best, most = other, x
		}
	}
	return best
}

// mayUnite reports whether a and b are told together at the moment at, of the
// same people and kind in the same place.
func (ix *clusterIndex) mayUnite(a, b *cluster, at time.Time) bool {
	if b.Told.IsZero() || len(b.main) < uniteTells || a.FirstSeen.Sub(b.FirstSeen).Abs() > together || at.Sub(b.at).Abs() > hubSpan {
		return false
	}
	names := float64(len(both(a.leads, b.leads)))
	if names < 1 || names <= uniteNames*float64(min(len(a.leads), len(b.leads))) || len(both(a.kinds, b.kinds)) == 0 {
		return false
	}
	return slices.ContainsFunc(a.places, func(p place) bool {
		return p.share >= mainly && slices.ContainsFunc(b.places, func(q place) bool { return q.country == p.country && q.share >= mainly })
	})
}

// alike returns how like the reports of a are to b, on average.
func (ix *clusterIndex) alike(a, b *cluster) float64 {
	sum := 0.0
	for _, m := range a.main {
		sum += ix.like(reportFeatures{gist: m.gist, rules: []string{m.gist.Rule}}, b).timeless
	}
	return sum / float64(len(a.main))
}

// united returns the story that stays of two that turn out to be one, which is
// the one that was told first, and the other one as it ends. People know all
// that they were told of either.
func united(a, b news.Story, outlets origins.Outlets) (stays, ends news.Story) {
	stays, ends = a, b
	if cmp.Or(b.Told.Compare(a.Told), b.FirstSeen.Compare(a.FirstSeen), cmp.Compare(b.ID, a.ID)) < 0 {
		stays, ends = b, a
	}
	s := stays
	if ends.Severity > s.Severity {
		s.Was = cmp.Or(s.Was, s.Headline)
		s.Headline, s.Link, s.Rule, s.Quote, s.Severity = ends.Headline, ends.Link, ends.Rule, ends.Quote, ends.Severity
	}
	if ends.Status != news.Denied && ends.Status > s.Status || s.Status == news.Denied && ends.Reports > s.Reports {
		s.Status, s.Ladder = ends.Status, ends.Ladder
	}
	if ends.FirstSeen.Before(s.FirstSeen) {
		s.FirstSeen = ends.FirstSeen
	}
	if ends.LastSeen.After(s.LastSeen) {
		s.LastSeen = ends.LastSeen
	}
	for i := range s.Graves {
		if ends.Graves[i].After(s.Graves[i]) {
			s.Graves[i] = ends.Graves[i]
		}
	}
	for i := range s.Tellings {
		s.Tellings[i] += ends.Tellings[i]
	}
	s.Reports += ends.Reports
	s.Notified = inOrder(s.Notified, ends.Notified, func(h news.Notification) time.Time { return h.At })
	s.Updates = inOrder(s.Updates, told(ends.Updates), func(u news.Development) time.Time { return u.At })
	s.Updates = s.Updates[max(0, len(s.Updates)-maxUpdates):]
	s.Rules, s.Entities, s.Countries = with(s.Rules, ends.Rules...), with(s.Entities, ends.Entities...), with(s.Countries, ends.Countries...)
	s.About = s.About.Plus(ends.About)
	s.Linked = slices.DeleteFunc(with(s.Linked, ends.Linked...), func(id string) bool { return id == s.ID || id == ends.ID })
	s.Parts = with(with(s.Parts, ends.ID), ends.Parts...)
	for _, g := range ends.Gists {
		s.Gists = withGist(s.Gists, g)
	}
	s.Kinds = settled(s, ends)
	s.Heat, s.HeatAt = cooled(s, s.LastSeen)+cooled(ends, s.LastSeen), s.LastSeen
	origins.Unite(&s, ends, outlets)
	ends.Into = news.Reference{ID: s.ID, Headline: s.Headline, Link: s.Link}
	ends.Gists, ends.Heat = nil, 0
	return s, ends
}

// told returns updates as they are in another story: who is due to hear of them
// hears of them in the thread of their own.
func told(updates []news.Development) []news.Development {
	out := slices.Clone(updates)
	for i := range out {
		out[i].Due = time.Time{}
	}
	return out
}

// inOrder returns what a and b have, in the order of time.
func inOrder[T any](a, b []T, at func(T) time.Time) []T {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(x, y T) int { return at(x).Compare(at(y)) })
	return all
}

// unite makes one story of made.Story, of which at is the open one, and of its
// twin, if it has one, and lets the thread of the one that ends say where it
// goes on. It returns why, for people.
func (d *decider) unite(pl planner, made *news.Decision, f reportFeatures, cl *cluster) string {
	if cl == nil || pl.index != pl.open {
		return ""
	}
	twin := pl.index.twin(f, cl)
	if twin == nil {
		return ""
	}
	stays, ends := united(made.Story, twin.Story, d.stories.outletsOf(d.policy))
	made.Story, made.Others = stays, []news.Story{ends}
	why := fmt.Sprintf("it and %q turned out to be one story", ends.Headline)
	for _, channel := range pl.policy.Threads {
		if toldOver(ends, channel) {
			made.Alerts = append(made.Alerts, pl.ending(ends, channel, news.Update, pl.held(ends, channel, pl.now)))
		}
	}
	for _, channel := range pl.policy.Edits {
		if toldOver(ends, channel) {
			made.Alerts = append(made.Alerts, pl.ending(ends, channel, news.Refresh, pl.now))
		}
	}
	return why
}

// ending returns the alert that says over channel where a story goes on.
func (pl *planner) ending(ends news.Story, channel string, kind news.Kind, at time.Time) news.Alert {
	return news.Alert{
		ID: alertID(ends, channel, string(kind)+"-united"), Channel: channel, Kind: kind,
		Reason: "It turned out to be one story with another, in which it goes on",
		Story:  shown(ends), Item: headline(pl.report.Item), DueAt: at,
	}
}
