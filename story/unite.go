package story

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/cluster"
	"github.com/coupwatch/coupwatch/story/gist"
	"github.com/coupwatch/coupwatch/story/origins"
)

// outgrown is how many times the reports of the story that was told first the
// other must have, for that one to stay: nobody is to leave the thread of a great
// event for that of what came before it.
const outgrown = 3

// united returns the story that stays of two that turn out to be one, which is
// the one that was told first unless it is outgrown, and the other one as it
// ends. People know all that they were told of either.
func united(a, b news.Story, outlets origins.Outlets, w cluster.Warm) (stays, ends news.Story) {
	stays, ends = a, b
	if cmp.Or(b.Told.Compare(a.Told), b.FirstSeen.Compare(a.FirstSeen), cmp.Compare(b.ID, a.ID)) < 0 {
		stays, ends = b, a
	}
	if ends.Reports >= outgrown*stays.Reports {
		stays, ends = ends, stays
	}
	s := stays
	if ends.Told.Before(s.Told) {
		s.Told = ends.Told
	}
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
	s.Rules, s.Entities, s.Countries = gist.With(s.Rules, ends.Rules...), gist.With(s.Entities, ends.Entities...), gist.With(s.Countries, ends.Countries...)
	s.About = s.About.Plus(ends.About)
	s.Strays, s.Apart = gist.With(s.Strays, ends.Strays...), gist.With(s.Apart, ends.Apart...)
	s.Linked = slices.DeleteFunc(gist.With(s.Linked, ends.Linked...), func(id string) bool { return id == s.ID || id == ends.ID })
	s.Parts = gist.With(gist.With(s.Parts, ends.ID), ends.Parts...)
	for _, g := range ends.Gists {
		s.Gists = withGist(s.Gists, g)
	}
	s.Kinds = settled(s, ends)
	s.Heat, s.HeatAt = w.Cooled(s, s.LastSeen)+w.Cooled(ends, s.LastSeen), s.LastSeen
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
func (d *decider) unite(pl planner, made *news.Decision, f reportFeatures, cl *cluster.Cluster) string {
	if cl == nil || pl.index != pl.open {
		return ""
	}
	twin := pl.index.Twin(f.Features, cl)
	if twin == nil {
		return ""
	}
	stays, ends := united(made.Story, twin.Story, d.stories.outletsOf(d.policy), d.weights().Warm)
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
