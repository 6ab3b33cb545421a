// Package origins tells on whom a story rests: how many roots, independent of
// one another as far as can be told, stand behind all that its publishers
// write. It does no I/O.
//
// Ten outlets that quote one exile are one origin. So is a wire report and all
// its copies, and all that one publisher's feeds say. Who says where they have
// it from rests on that, through as many outlets as it takes:
//
//   - a report that names a speaker rests on the speaker, through whatever
//     outlet it says they told it to;
//   - a report that only names an outlet rests on what that outlet rests on,
//     and on the outlet itself until somebody says who told it;
//   - a report that another outlet printed first rests, with all its speakers,
//     on that outlet;
//   - a report that names nobody rests on its own publisher, unless another
//     report of that publisher named somebody: who names a source once has it
//     from there;
//   - unnamed officials and sources are their outlet's: of the one they told
//     it to if that is said, else of the publisher;
//   - what a publisher says of its own knowledge ("independently verified by
//     the BBC") makes it a root beside all that it quotes;
//   - outlets that only name one another are one root.
//
// What somebody says in a report about something else does not count: the
// sentence must hold, or stand next to, what a rule found in the report. A
// speaker is the same in any script, and with or without a first name.
//
// The number of origins is an upper bound. Two speakers may both have it from
// a third whom neither names, and a publisher that names nobody may have it
// from anybody. It does not depend on the order in which the reports came.
package origins

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
)

// Outlets knows the outlets of the press.
type Outlets interface {
	// Family returns the family of publishers to which one belongs: the same
	// for two that are one voice, its own name if it stands alone.
	Family(publisher string) string
	// Named returns the outlet that people know by a name.
	Named(name string) (news.Outlet, bool)
}

// Add folds what the report r says of its origins into s, which has r among
// its Sources already: into s.Origins, and into Origins and Via of the
// publisher's Source. A copy of another publisher's text is told by an
// attribution that has that publisher as its Via. Adding a report twice counts
// it twice in Reports and changes nothing else. The slices of s are replaced
// and never written to, so that older versions of the story stay as they are.
func Add(s *news.Story, r news.Report, says []news.Attribution, t Outlets) {
	g := read(*s, t)
	said := g.hear(r, matter(*s, r, resolved(r, says)))
	g.resolveFamilies()
	g.count(r, said)
	s.Origins = g.origins()
	s.Sources = g.resting(s.Sources, r.Publisher, said)
}

// Refine is Add for a report that s has already, of which the whole text is known
// now: it is not counted again. What the only report of a publisher rests on is what
// it says now, and on what nobody else rests either is gone.
func Refine(s *news.Story, r news.Report, says []news.Attribution, t Outlets) {
	s.Sources = slices.Clone(s.Sources)
	i := slices.IndexFunc(s.Sources, func(x news.Source) bool { return x.Publisher == r.Publisher })
	if i < 0 {
		return
	}
	before := s.Sources[i].Origins
	switch {
	case s.Reports == 1:
		s.Origins, s.Sources[i].Origins, s.Sources[i].Via = nil, nil, nil
		before = nil
	case s.Sources[i].Reports > 1: // some of what it rests on is of its other reports
		before = nil
	default:
		s.Sources[i].Origins, s.Sources[i].Via = nil, nil
	}
	s.Origins = slices.Clone(s.Origins)
	for k := range s.Origins {
		if slices.Contains(before, s.Origins[k].Name) {
			s.Origins[k].Reports--
		}
	}
	s.Origins = slices.DeleteFunc(s.Origins, func(o news.Origin) bool { return o.Reports <= 0 && slices.Contains(before, o.Name) })
	Add(s, r, says, t)
}

// A sourcing is what a report says of where it has it from.
type sourcing struct {
	on  []int    // nodes on which it rests, as far as it says
	via []string // the outlets that it names, as they are shown
}

// hear takes in what r says.
func (g *graph) hear(r news.Report, says []news.Attribution) sourcing {
	var out sourcing
	var speakers []int
	self := g.outlet(g.shown(r.Publisher))
	g.nodes[self].tells = true
	g.nodes[self].arrive(r, "")
	teller, unnamed, own, elsewhere := self, false, false, false
	byName := slices.ContainsFunc(says, named)
	for _, a := range says {
		via := self
		if a.Via != "" {
			if via = g.channel(a.Via); via != self && !g.nodes[via].speaker {
				out.via = with(out.via, g.nodes[via].name)
			}
		}
		switch named(a) {
		case true:
			speakers = append(speakers, g.speech(r, a, self, via))
		default:
			own = own || a.Own && via == self
			// "Exile tells of plot" is whom the text then names.
			introduced := byName && a.Span.Field == news.Title
			unnamed = unnamed || via == self && a.Hearsay && people(a.Speaker) && !introduced
			if via == self {
				continue
			}
			elsewhere = true
			g.nodes[via].arrive(r, sentence(r, a))
			g.link(self, via)
			out.on = with(out.on, via)
			if isReprint(a) {
				teller = via
			}
		}
	}
	if teller != self {
		g.reprint(teller, speakers)
	}
	for _, who := range speakers {
		out.on = with(out.on, who)
	}
	if own || unnamed && !elsewhere {
		g.nodes[self].own = true
		out.on = with(out.on, self)
	}
	return out
}

// speech takes in what somebody with a name says in r, a report of the family
// self, through the outlet via. It returns the speaker.
func (g *graph) speech(r news.Report, a news.Attribution, self, via int) int {
	who := g.speaker(identity{a.Speaker, a.Entity})
	g.nodes[who].arrive(r, sentence(r, a))
	g.link(self, who)
	if a.Via != "" && !g.nodes[via].speaker {
		g.nodes[who].via = with(g.nodes[who].via, g.nodes[via].name)
		g.link(via, who)
	}
	return who
}

// reprint makes the speakers of a report those of teller, who printed it first.
func (g *graph) reprint(teller int, speakers []int) {
	for _, who := range speakers {
		if !g.nodes[teller].speaker {
			g.nodes[who].via = with(g.nodes[who].via, g.nodes[teller].name)
			g.link(teller, who)
		}
	}
}

// isReprint reports whether a says that the whole text is another outlet's, and
// not only that the outlet tells something.
func isReprint(a news.Attribution) bool {
	switch a.Span.Term {
	case "author", "source", "dateline", "originally published", "originally appeared", "first published", "first appeared", "appeared first on",
		"read the original", "original article", "this story was originally", "this article was originally",
		"источник", "перепечатано", "джерело", "оригінал", "quelle", "fuente":
		return a.Speaker == ""
	}
	return false
}

// longest is how many bytes of a sentence are kept.
const longest = 400

// sentence returns the sentence in which r says a, or "".
func sentence(r news.Report, a news.Attribution) string {
	all := r.Text(a.Span.Field)
	if a.Span.Start < 0 || a.Span.End > len(all) || a.Span.Start >= a.Span.End {
		return ""
	}
	quote := strings.TrimSpace(all[a.Span.Start:a.Span.End])
	if len(quote) <= longest {
		return quote
	}
	end := strings.LastIndexByte(quote[:longest], ' ')
	if end < 0 {
		return ""
	}
	return quote[:end] + " …"
}

// matter returns those of says that are about what the story tells.
func matter(s news.Story, r news.Report, says []news.Attribution) []news.Attribution {
	var spans []news.Span
	for _, m := range r.Matches {
		spans = append(spans, m.Spans...)
	}
	if len(spans) == 0 {
		return says
	}
	return slices.DeleteFunc(slices.Clone(says), func(a news.Attribution) bool {
		return a.Span.End > a.Span.Start && !near(r, a, spans) && !isKnown(s, a)
	})
}

// near reports whether a is said beside one of spans, or in the title; or, if
// it names only an outlet, where a text says where it is from.
func near(r news.Report, a news.Attribution, spans []news.Span) bool {
	const (
		beside = 200 // bytes: about a sentence
		edge   = 300
	)
	if a.Span.Field == news.Title {
		return true
	}
	length := len(r.Text(a.Span.Field))
	if a.Speaker == "" && (a.Span.Start < edge || a.Span.End > length-edge) {
		return true
	}
	return slices.ContainsFunc(spans, func(x news.Span) bool {
		return x.Field == a.Span.Field && x.Start < a.Span.End+beside && a.Span.Start < x.End+beside
	})
}

// isKnown reports whether the speaker of a is an origin of s already.
func isKnown(s news.Story, a news.Attribution) bool {
	if !named(a) {
		return false
	}
	spelled := spell(a.Speaker)
	return slices.ContainsFunc(s.Origins, func(o news.Origin) bool {
		return o.Name == a.Speaker || o.Key != "" && o.Key == a.Entity || same(spell(o.Name), spelled)
	})
}

// with returns list with x, if it lacks that; list stays as it was.
func with[T comparable](list []T, x T) []T {
	if slices.Contains(list, x) {
		return list
	}
	return append(slices.Clip(list), x)
}

// Unite adds the sources and origins of the story other to s, which turns out
// to be one with it.
func Unite(s *news.Story, other news.Story, t Outlets) {
	for _, x := range other.Sources {
		i := slices.IndexFunc(s.Sources, func(y news.Source) bool { return y.Publisher == x.Publisher })
		if i < 0 {
			s.Sources = append(slices.Clip(s.Sources), x)
			continue
		}
		s.Sources = slices.Clone(s.Sources)
		y := &s.Sources[i]
		if x.At.Before(y.At) {
			y.At, y.Link, y.Title = x.At, x.Link, x.Title
		}
		y.Reports += x.Reports
		for _, via := range x.Via {
			y.Via = with(y.Via, via)
		}
		for _, name := range x.Origins {
			y.Origins = with(y.Origins, name)
		}
	}
	g := read(*s, t)
	for _, o := range other.Origins {
		g.adopt(o)
	}
	g.resolveFamilies()
	s.Origins = g.origins()
	s.Sources = g.resting(s.Sources, "", sourcing{})
}
