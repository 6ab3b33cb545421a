package rulefile

import (
	"cmp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/rulefile/internal/node"
	"github.com/coupwatch/coupwatch/matcher/spec"
)

var (
	entityKeys  = []string{"id", "kind", "name", "native", "aliases", "exclude", "groups", "since", "until", "country", "helper"}
	entityKinds = []string{"person", "agency", "office", "organisation", "country", "city", "outlet"}
)

// entity reads an entry of entities.
func (r *reader) entity(i int, n *yaml.Node) {
	what := node.Title("entity", i, n, "id", "name")
	e := spec.Entity{Kind: "person"}
	r.Fields(n, what, entityKeys, func(key string, v *yaml.Node) {
		at := what + ": " + key
		switch key {
		case "id":
			e.ID = r.name(v, what+": id")
			if e.ID != "" && r.reserved(what, e.ID, v) {
				r.define(r.entities, "entity", e.ID, v)
			}
		case "kind":
			e.Kind = r.choice(v, what, key, entityKinds, code.UnknownKind)
		case "name":
			e.Name = r.Text(v, at)
		case "native":
			e.Native = r.Text(v, at)
		case "aliases":
			e.Aliases = r.Texts(v, at)
		case "exclude":
			e.Exclude = r.Texts(v, at)
		case "groups":
			e.Groups = r.groupsOf(v, what)
		case "since":
			e.In.Since = r.day(v, at)
		case "until":
			e.In.Until = r.day(v, at)
		case "country":
			e.Country = r.country(v, at)
		case "helper":
			e.Helper = r.query(v, at, query.Parse)
		}
	})
	r.needs(n, what, "id", "name")
	times := r.times(n, what, e.In)
	if times != nil && len(e.Groups) == 0 {
		r.Add(node.FirstOf(n, "since", "until"), code.TimeOfNothing, what+" is in no group of which its time could tell", "write groups:, or the time beside the member in groups")
	}
	for _, group := range e.Groups {
		r.joiners[group] = append(r.joiners[group], spec.Member{ID: e.ID, Times: times})
	}
	r.spec.Entities = append(r.spec.Entities, e)
}

// choice returns the text of n, which is the key of what and must be one of
// words.
func (r *reader) choice(n *yaml.Node, what, key string, words []string, unknown code.Code) string {
	text := r.Text(n, what+": "+key)
	if text != "" && !slices.Contains(words, text) {
		r.Add(node.Deref(n), unknown, what+": unknown "+key+" "+say.Quote(text), say.Suggest(text, words))
	}
	return text
}

// groupsOf returns the groups that an entity says it is in.
func (r *reader) groupsOf(n *yaml.Node, what string) []string {
	var out []string
	for _, item := range r.Items(n) {
		text := strings.TrimPrefix(r.Text(item, what+": groups"), "@")
		if text == "" || !r.reserved(what, text, node.Deref(item)) {
			continue
		}
		if _, known := r.joined[text]; !known {
			r.joined[text] = r.At(node.Deref(item))
		}
		out = append(out, text)
	}
	return out
}

// country returns the code of a country that is written as its name or code.
func (r *reader) country(n *yaml.Node, what string) string {
	text := r.Text(n, what)
	if text == "" {
		return ""
	}
	known, ok := places.Code(text)
	if !ok {
		r.Add(node.Deref(n), code.UnknownCountry, what+": unknown country "+say.Quote(text), cmp.Or(say.Suggest(text, places.Names()), "write its English name, or its two letters as in ml"))
	}
	return known
}
