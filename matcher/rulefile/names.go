package rulefile

import (
	"maps"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/internal/spell"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/matcher/rulefile/internal/node"
	"github.com/coupwatch/coupwatch/matcher/spec"
)

// A mention is a name that must be known when all files are read.
type mention struct {
	sign string // what it is: "@", "$", "lang:", "rule", "feed", "points", or "publisher" for a feed or a publisher
	name string
	what string           // where it is written, as problems tell it
	at   func() node.Spot // costs something, and is seldom asked
}

// lookUp notes names that nothing is called.
func (p *parser) lookUp() {
	for _, m := range p.mentions {
		if p.Full() {
			return
		}
		switch m.sign {
		case "@":
			if !p.called(m.name) {
				p.AddInQuery(m.at(), code.UnknownEntity, m.what+": unknown entity or group "+say.Quote("@"+m.name), p.suggestEntity("@", m.name))
			}
		case "$":
			if _, ok := p.lists[m.name]; !ok {
				p.AddInQuery(m.at(), code.UnknownList, m.what+": unknown list "+say.Quote("$"+m.name), say.Suggest("$"+m.name, say.Marked("$", keys(p.lists))))
			}
		case "points":
			if _, ok := p.points[m.name]; !ok {
				p.AddInQuery(m.at(), code.UnknownTable, m.what+": unknown table of points "+say.Quote("$"+m.name), say.Suggest("$"+m.name, say.Marked("$", keys(p.points))))
			}
		case "lang:":
			if hint, ok := knownLanguage(m.name); !ok {
				p.AddInQuery(m.at(), code.UnknownLanguage, m.what+": "+say.Quote(m.name)+" is no code of a language", hint)
			}
		case "rule":
			if _, ok := p.rules[m.name]; !ok && m.name != "" {
				p.AddAt(m.at(), code.UnknownRule, m.what+": unknown rule "+say.Quote(m.name), say.Suggest(m.name, keys(p.rules)))
			}
		case "feed":
			if !p.feeds[m.name] && m.name != "" {
				p.AddAt(m.at(), code.UnknownFeed, m.what+": unknown feed "+say.Quote(m.name), say.Suggest(m.name, slices.Sorted(maps.Keys(p.feeds))))
			}
		case "publisher":
			if p.spec.Called[m.name] == nil && m.name != "" {
				p.AddAt(m.at(), code.UnknownFeed, m.what+": no feed or publisher is called "+say.Quote(m.name), say.Suggest(m.name, slices.Sorted(maps.Keys(p.spec.Called))))
			}
		}
	}
}

// called reports whether there is something that queries call @name.
func (p *parser) called(name string) bool {
	if p.isGroup(name) || slices.Contains(reservedNames, name) {
		return true
	}
	if _, ok := p.entities[name]; ok {
		return true
	}
	_, ok := qualified(name)
	return ok
}

// isGroup reports whether name is that of a group.
func (p *parser) isGroup(name string) bool {
	_, listed := p.groups[name]
	_, joined := p.joined[name]
	return listed || joined
}

// qualified reports whether name is one of country:ml, region:sahel and
// kind:person, and returns the codes of the countries that it means.
func qualified(name string) (codes []string, ok bool) {
	if code, is := strings.CutPrefix(name, spec.AsCountry); is {
		known, ok := places.Code(code)
		return []string{known}, ok && known == code
	}
	if region, is := strings.CutPrefix(name, spec.AsRegion); is {
		codes = places.Region(region)
		return codes, codes != nil
	}
	kind, is := strings.CutPrefix(name, spec.AsKind)
	return nil, is && slices.Contains(entityKinds, kind)
}

// suggestEntity returns a hint for name, which nothing is called.
func (p *parser) suggestEntity(sign, name string) string {
	if code, ok := places.Code(name); ok && sign != "" {
		return "did you mean " + say.Quote(sign+spec.AsCountry+code) + "?"
	}
	known := slices.Concat(keys(p.entities), keys(p.groups), keys(p.joined))
	if sign != "" {
		known = append(known, reservedNames...)
	}
	switch {
	case strings.HasPrefix(name, spec.AsRegion):
		known = say.Marked(spec.AsRegion, places.Regions())
	case strings.HasPrefix(name, spec.AsKind):
		known = say.Marked(spec.AsKind, entityKinds)
	case strings.HasPrefix(name, spec.AsCountry):
		return "write the two letters of a country, as in " + sign + spec.AsCountry + "ml"
	}
	slices.Sort(known)
	if near := spell.Nearest(name, places.Names()); sign == "" && near != "" && spell.Nearest(name, known) == "" {
		return "did you mean " + say.Quote(near) + "?"
	}
	return say.Suggest(sign+name, say.Marked(sign, slices.Compact(known)))
}

// keys returns the names of d, sorted.
func keys(d definitions) []string { return slices.Sorted(maps.Keys(d)) }

// gather fills the groups of the spec with the ids of their members, and notes
// names that are both an entity and a group.
func (p *parser) gather() {
	for _, names := range []definitions{p.groups, p.joined} {
		for _, name := range keys(names) {
			if at, ok := p.entities[name]; ok {
				p.AddAt(names[name], code.RepeatedName, "group "+say.Quote(name)+" has the name of an entity", "the entity is at "+at.String())
			}
		}
	}
	for _, name := range keys(p.groups) {
		p.spec.Groups[name] = []spec.Member{}
		who := p.whoIsIn(name)
		for _, id := range slices.Sorted(maps.Keys(who)) {
			p.spec.Groups[name] = append(p.spec.Groups[name], spec.Member{ID: id, Times: who[id]})
		}
	}
}

// whoIsIn returns the ids of all that is in a group, and in the groups in it, and
// when each of them counts. Of a group that is within itself, which is a problem,
// it returns what it can.
func (p *parser) whoIsIn(group string) map[string]spec.Times {
	if who, ok := p.within[group]; ok {
		return who
	}
	who := map[string]spec.Times{}
	p.within[group] = who
	add := func(id string, times spec.Times) {
		if known, ok := who[id]; ok {
			times = known.Or(times)
		}
		who[id] = times
	}
	for _, m := range p.joiners[group] {
		add(m.ID, m.Times)
	}
	for _, m := range p.members[group] {
		if !p.isGroup(m.name) {
			for _, id := range p.ids(m) {
				add(id, m.times)
			}
			continue
		}
		for id, times := range maps.Clone(p.whoIsIn(m.name)) {
			if both, ok := times.And(m.times); ok {
				add(id, both)
			}
		}
	}
	return who
}

// ids returns the ids of what m stands for, at any time, and notes it if that is
// nothing.
func (p *parser) ids(m member) []string {
	if p.isGroup(m.name) {
		return slices.Sorted(maps.Keys(p.whoIsIn(m.name)))
	}
	if _, ok := p.entities[m.name]; ok {
		return []string{m.name}
	}
	if codes, ok := qualified(m.name); ok {
		if kind, ok := strings.CutPrefix(m.name, spec.AsKind); ok {
			return p.ofKind(kind)
		}
		return say.Marked(spec.AsCountry, codes)
	}
	if code, ok := places.Code(m.name); ok {
		return []string{spec.AsCountry + code}
	}
	p.AddAt(m.at, code.UnknownEntity, m.what+": "+say.Quote(m.name)+" is no entity, group or country", p.suggestEntity("", m.name))
	return nil
}

// ofKind returns the ids of the entities of a kind.
func (p *parser) ofKind(kind string) []string {
	var ids []string
	for _, e := range p.spec.Entities {
		if e.Kind == kind {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// noLoops notes lists and groups that contain themselves.
func (p *parser) noLoops() {
	p.loops("list", p.lists, p.inner)
	within := map[string][]string{}
	for group, members := range p.members {
		for _, m := range members {
			within[group] = append(within[group], m.name)
		}
	}
	p.loops("group", p.groups, within)
}

// loops notes each loop of names once. The names that a name contains are in
// within.
func (p *parser) loops(what string, names definitions, within map[string][]string) {
	done := map[string]bool{}
	var path []string
	var follow func(name string)
	follow = func(name string) {
		if i := slices.Index(path, name); i >= 0 {
			loop := append(path[i:len(path):len(path)], name)
			p.AddAt(names[name], code.ContainsItself, what+" "+say.Quote(name)+" contains itself: "+strings.Join(loop, " → "), "take one of them out of the next")
			return
		}
		if done[name] {
			return
		}
		path = append(path, name)
		for _, inner := range within[name] {
			if _, ok := names[inner]; ok {
				follow(inner)
			}
		}
		path = path[:len(path)-1]
		done[name] = true
	}
	for _, name := range keys(names) {
		follow(name)
	}
}
