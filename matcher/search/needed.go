package search

import (
	"maps"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/spec"
)

// check returns what of a query is not in the rules, or cannot be asked of items of
// the past.
func check(s *spec.Spec, asks query.Node) (mistakes query.Errors) {
	add := func(n query.Node, c code.Code, msg, hint string) {
		start, end := n.Range()
		mistakes = append(mistakes, &query.Error{Pos: start, End: end, Code: c, Msg: msg, Hint: hint})
	}
	list := func(n query.Node, name string) {
		if _, ok := s.Lists[name]; !ok {
			add(n, code.UnknownList, "unknown list "+say.Quote("$"+name), say.Suggest("$"+name, say.Marked("$", slices.Collect(maps.Keys(s.Lists)))))
		}
	}
	for n := range query.All(asks) {
		switch n := n.(type) {
		case *query.List:
			list(n, n.Name)
		case *query.Count:
			list(n, n.Name)
		case *query.Points:
			if _, ok := s.Points[n.Name]; !ok {
				add(n, code.UnknownTable, "unknown table of points "+say.Quote("$"+n.Name), say.Suggest("$"+n.Name, say.Marked("$", slices.Collect(maps.Keys(s.Points)))))
			}
		case *query.Entity:
			if !called(s, n.Name) {
				add(n, code.UnknownEntity, "unknown entity or group "+say.Quote("@"+n.Name), suggest(s, n.Name))
			}
		case *query.Warm:
			add(n, code.NoPlace, "WARM asks what people were told of by now, which is not known of items of the past", "ask for the entity or group itself")
		}
	}
	return mistakes
}

// reserved are names of what is in no rules.yaml.
var reserved = []string{"countries", "nationalities", "capitals"}

// called reports whether queries call something @name.
func called(s *spec.Spec, name string) bool {
	if slices.Contains(reserved, name) || s.Groups[name] != nil {
		return true
	}
	if is, rest, qualified := strings.Cut(name, ":"); qualified {
		switch is + ":" {
		case spec.AsCountry:
			known, ok := places.Code(rest)
			return ok && known == rest
		case spec.AsRegion:
			return places.Region(rest) != nil
		case spec.AsKind:
			return rest == "country" || slices.ContainsFunc(s.Entities, func(e spec.Entity) bool { return e.Kind == rest })
		}
	}
	return slices.ContainsFunc(s.Entities, func(e spec.Entity) bool { return e.ID == name || slices.Contains(e.Groups, name) })
}

// suggest returns a hint for a name that nothing is called.
func suggest(s *spec.Spec, name string) string {
	if c, ok := places.Code(name); ok {
		return "did you mean " + say.Quote("@"+spec.AsCountry+c) + "?"
	}
	if strings.HasPrefix(name, spec.AsCountry) {
		return "write the two letters of a country, as in @country:ml"
	}
	known := append(slices.Collect(maps.Keys(s.Groups)), reserved...)
	for i := range s.Entities {
		known = append(append(known, s.Entities[i].ID), s.Entities[i].Groups...)
	}
	slices.Sort(known)
	return say.Suggest("@"+name, say.Marked("@", slices.Compact(known)))
}

// A need collects what of a spec a query asks for.
type need struct {
	spec      *spec.Spec
	lists     map[string][]query.Node
	entities  map[string]bool
	countries bool
}

// needed returns what of s is needed to ask a query, and whether countries are: to
// make all of it ready would take a thousand times as long.
func needed(s *spec.Spec, asks query.Node) (few *spec.Spec, countries bool) {
	n := &need{spec: s, lists: map[string][]query.Node{}, entities: map[string]bool{}}
	n.of(asks)
	some := *s
	some.Lists, some.Entities, some.Rules = n.lists, nil, nil
	for _, e := range s.Entities {
		if n.entities[e.ID] {
			some.Entities = append(some.Entities, e)
		}
	}
	return &some, n.countries
}

func (n *need) of(asks query.Node) {
	for part := range query.All(asks) {
		switch part := part.(type) {
		case *query.List:
			n.list(part.Name)
		case *query.Count:
			n.list(part.Name)
		case *query.Points:
			for _, row := range n.spec.Points[part.Name] {
				n.of(row.When)
			}
		case *query.Entity:
			n.entity(part.Name)
		}
	}
}

func (n *need) list(name string) {
	if _, known := n.lists[name]; known {
		return
	}
	n.lists[name] = n.spec.Lists[name]
	for _, e := range n.spec.Lists[name] {
		n.of(e)
	}
}

func (n *need) entity(name string) {
	ids, countries := meant(n.spec, name)
	n.countries = n.countries || len(countries) > 0
	for _, e := range ids {
		if n.entities[e.ID] {
			continue
		}
		n.entities[e.ID] = true
		if e.Helper != nil {
			n.of(e.Helper)
		}
	}
}

// anyCountry stands for all of them.
const anyCountry = ""

// meant returns the entities that @name means, and the codes of the countries.
func meant(s *spec.Spec, name string) (entities []*spec.Entity, countries []string) {
	is, rest, _ := strings.Cut(name, ":")
	members := map[string]bool{name: true}
	for _, m := range s.Groups[name] {
		members[m.ID] = true
	}
	switch {
	case slices.Contains(reserved, name), name == spec.AsKind+"country":
		countries = append(countries, anyCountry)
	case is+":" == spec.AsRegion:
		countries = append(countries, places.Region(rest)...)
	}
	for id := range members {
		if c, ok := strings.CutPrefix(id, spec.AsCountry); ok {
			countries = append(countries, c)
		}
	}
	for i := range s.Entities {
		e := &s.Entities[i]
		ofKind := is+":" == spec.AsKind && e.Kind == rest || name == "countries" && e.Kind == "country"
		if members[e.ID] || ofKind || slices.Contains(e.Groups, name) {
			entities = append(entities, e)
		}
	}
	slices.Sort(countries)
	return entities, countries
}
