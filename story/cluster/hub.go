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
// therefore of it more likely than words can tell.

// hubSpan is the time in which the reports of a hub are counted.
const hubSpan = 24 * time.Hour

// greatEvent is how many reports within hubSpan make an event so great that
// whoever is named beside its main people is named for its sake.
const greatEvent = 8

// hub returns how much cl draws r.
func (ix *Index) hub(r *queryVector, cl *Cluster) float64 {
	lately := 0.0
	for _, m := range cl.main {
		if r.Gist.At.Sub(m.gist.At).Abs() < hubSpan {
			lately++
		}
	}
	if lately < 2 {
		return 0
	}
	pull := ix.weights.Hub.Pull * min(1, math.Log2(lately)/ix.weights.Hub.Full)
	named := len(Both(cl.leads, r.names)) > 0
	if lately < greatEvent {
		named = len(Both(cl.leads, r.names)) > ix.strangers(r, cl)
	}
	kind := slices.ContainsFunc(r.Rules, func(id string) bool { return slices.Contains(cl.kinds, id) })
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

// strangers returns how many entities r names that no report of cl does: who
// brings as many of them as main names tells of somebody else, as of another
// minister of the same president.
func (ix *Index) strangers(r *queryVector, cl *Cluster) int {
	n := 0
	for _, name := range r.Gist.Names {
		if !strings.HasPrefix(name, "@") {
			continue
		}
		id, known := ix.terms["@"+name]
		if _, has := slices.BinarySearch(cl.terms, id); !known || !has {
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

// kindsOf returns the rules of many of the reports main.
func (ix *Index) kindsOf(main []*member) []string {
	count := map[string]int{}
	var kinds []string
	for _, m := range main {
		if count[m.gist.Rule]++; m.gist.Rule != "" && float64(count[m.gist.Rule]) >= ix.weights.Main.Rule*float64(len(main)) {
			kinds = gist.With(kinds, m.gist.Rule)
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
