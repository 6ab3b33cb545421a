package cluster

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
)

// A story of which much is told at once is a hub. The more reports there are
// of one event, the commoner become its own words and names, and the less they
// say; so the greatest events would fall into the most stories. What names a
// main name of a hub, or tells of the same kind of event in its country, is
// therefore of it more likely than words can tell. What kind that is, rules and
// words tell: which rule won says little where many found the report.

// hubSpan is the time in which the reports of a hub are counted.
const hubSpan = 24 * time.Hour

// greatEvent is how many reports within hubSpan make an event so great that
// whoever is named beside its main people is named for its sake.
const greatEvent = 8

// hub returns how much cl draws r. What brings a kind of event into its title
// that cl never told, or tells of it below a title about another country, is drawn
// little: a general who is dismissed while a mutiny goes on is news of his own.
func (ix *Index) hub(r *queryVector, cl *Cluster) float64 {
	pull, great := ix.pull(r, cl)
	if pull == 0 {
		return 0
	}
	named := len(Both(cl.leads, r.names)) > 0
	if !great {
		named = len(Both(cl.leads, r.names)) > ix.strangers(r, cl)
	}
	kind := ix.sameKind(r, cl)
	switch {
	case named && kind:
		return pull
	case named:
		return pull * ix.weights.Hub.OtherKind
	case kind && ix.concerns(r, cl):
		return pull * ix.weights.Hub.Nameless
	}
	return 0
}

// pull returns how much cl draws what is of it, around the time of r, and whether
// it is a great event then.
func (ix *Index) pull(r *queryVector, cl *Cluster) (pull float64, great bool) {
	lately := 0.0
	for _, m := range cl.main {
		if r.Gist.At.Sub(m.gist.At).Abs() < hubSpan {
			lately++
		}
	}
	w := ix.weights.Hub
	pull = w.Pull * min(1, math.Log2(max(1, lately))/w.Full)
	if heat := ix.weights.Warm.Cooled(cl.Story, r.Gist.At); heat > w.GreatFrom {
		pull += w.Great * min(1, math.Log2(heat/w.GreatFrom)/w.GreatFull)
	}
	return pull, lately >= greatEvent
}

// sameKind reports whether r tells of a kind of event of which cl tells, and of no
// other: what its title tells is all told by cl, or its title tells none, and is
// not about another country.
func (ix *Index) sameKind(r *queryVector, cl *Cluster) bool {
	other := func(kind string) bool { return !slices.Contains(cl.kinds, kind) }
	if len(Both(r.kinds, cl.kinds)) == 0 || slices.ContainsFunc(r.events, other) {
		return false
	}
	return r.titled || !ix.elsewhere(r, cl)
}

// silent is for how long nothing is told of an event that is over, mostly.
const silent = 3 * 24 * time.Hour

// anotherEvent reports whether r tells of a kind of event of which cl hardly tells, by
// words and by rules, and does so in its title after days in which nothing was told
// of cl, or names somebody, no country, of whom cl never told: an officer who flees
// while an exile tells of a coming coup is news of his own, and so is a coup a week
// after a mutiny.
func (ix *Index) anotherEvent(r *queryVector, cl *Cluster) bool {
	if len(r.events) == 0 || len(Both(r.kinds, cl.kinds)) > 0 {
		return false
	}
	if r.titled && r.Gist.At.Sub(cl.at) > silent {
		return true
	}
	return slices.ContainsFunc(r.Gist.Names, func(name string) bool {
		return !strings.HasPrefix(name, "@country:") && ix.isStranger(name, cl)
	})
}

// isStranger reports whether name is an entity that no report of cl names.
func (ix *Index) isStranger(name string, cl *Cluster) bool {
	if !strings.HasPrefix(name, "@") {
		return false
	}
	id, known := ix.terms["@"+name]
	_, has := slices.BinarySearch(cl.terms, id)
	return !known || !has
}

// elsewhere reports whether the title of r names countries, and none that cl is
// mainly about.
func (ix *Index) elsewhere(r *queryVector, cl *Cluster) bool {
	other := false
	for _, p := range r.places {
		if p.share < 1 {
			continue
		}
		main := func(q place) bool { return q.country == p.country && q.share >= ix.weights.Main.Country }
		if slices.ContainsFunc(cl.places, main) {
			return false
		}
		other = true
	}
	return other
}

// strangers returns how many entities r names that no report of cl does: who
// brings as many of them as main names tells of somebody else, as of another
// minister of the same president.
func (ix *Index) strangers(r *queryVector, cl *Cluster) (n int) {
	for _, name := range r.Gist.Names {
		if ix.isStranger(name, cl) {
			n++
		}
	}
	return n
}

// leadsOf returns the main names of the reports main: learned, for an event
// makes names that nobody listed.
func (ix *Index) leadsOf(main []*member) []int32 {
	count := map[int32]int{}
	var leads []int32
	for _, m := range main {
		for _, id := range m.names {
			if count[id]++; float64(count[id]) >= ix.weights.Main.Name*float64(len(main)) && !slices.Contains(leads, id) {
				leads = append(leads, id)
			}
		}
	}
	return leads
}

// kindsOf returns the kinds of event that many of the reports main tell.
func (ix *Index) kindsOf(main []*member) []string {
	count := map[string]int{}
	var kinds []string
	for _, m := range main {
		for _, kind := range m.kinds {
			if count[kind]++; float64(count[kind]) >= ix.weights.Main.Rule*float64(len(main)) {
				kinds = gist.With(kinds, kind)
			}
		}
	}
	return kinds
}

// A story smoulders if it was told at least so often in the time before a
// report, and not as grave.
const (
	smoulders     = 5 * 24 * time.Hour
	smoulderTells = 3
)

// erupts reports whether a report of that severity is ix.weights.Apart.Graver than all that cl
// told in the days before it, though much was told of cl then: what smouldered
// breaks out, which is an event of its own. A story that fell silent goes on.
func (cl *Cluster) erupts(severity news.Severity, at time.Time) bool {
	if severity < news.High || at.Sub(cl.FirstSeen) < smoulders || cl.Graves == (news.Graves{}) {
		return false // or it was stored before that was kept
	}
	for grave := severity; grave <= news.Critical; grave++ {
		if at.Sub(cl.Graves[grave]) < smoulders {
			return false
		}
	}
	told := 0
	for _, m := range cl.main {
		if at.Sub(m.gist.At) < smoulders {
			told++
		}
	}
	return told >= smoulderTells
}
