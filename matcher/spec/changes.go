package spec

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/news"
)

// Changes says in a line what is otherwise in b than in a: which rules, lists,
// entities and feeds came (+), went (−) or changed (~); "nothing that counts" if
// only comments did.
func Changes(a, b *Spec) string {
	parts := []string{
		changed("rules", byKey(a.Rules, func(r Rule) string { return r.ID }), byKey(b.Rules, func(r Rule) string { return r.ID }), nil),
		changed("lists", a.Lists, b.Lists, entries),
		changed("points", a.Points, b.Points, nil),
		changed("entities", byKey(a.Entities, func(e Entity) string { return e.ID }), byKey(b.Entities, func(e Entity) string { return e.ID }), nil),
		changed("groups", a.Groups, b.Groups, nil),
		changed("feeds", byKey(a.Feeds, feedKey), byKey(b.Feeds, feedKey), nil),
	}
	if !reflect.DeepEqual(a.Policy, b.Policy) {
		parts = append(parts, "routes, digest, mutes and the like ~")
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return cmp.Or(strings.Join(parts, "; "), "nothing that counts")
}

func feedKey(f news.Feed) string { return cmp.Or(f.Name, f.URL) }

func byKey[T any](all []T, key func(T) string) map[string]T {
	m := make(map[string]T, len(all))
	for _, x := range all {
		m[key(x)] = x
	}
	return m
}

// mostChanged is how many names of a kind a line has.
const mostChanged = 8

// changed names the things of a kind that differ; how, if not nil, says more of
// one that changed.
func changed[T any](kind string, old, now map[string]T, how func(old, now T) string) string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(now)) {
		switch was, had := old[name]; {
		case !had:
			names = append(names, "+"+name)
		case !reflect.DeepEqual(was, now[name]):
			if names = append(names, "~"+name); how != nil {
				names[len(names)-1] += how(was, now[name])
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(old)) {
		if _, has := now[name]; !has {
			names = append(names, "−"+name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	if more := len(names) - mostChanged; more > 0 {
		names = append(names[:mostChanged], fmt.Sprintf("and %d more", more))
	}
	return kind + " " + strings.Join(names, " ")
}

// entries says which entries a list gained and lost.
func entries(old, now []query.Node) string {
	texts := func(list []query.Node) map[string]bool {
		m := map[string]bool{}
		for _, n := range list {
			m[query.Format(n)] = true
		}
		return m
	}
	was, is := texts(old), texts(now)
	var names []string
	for _, text := range slices.Sorted(maps.Keys(is)) {
		if !was[text] {
			names = append(names, "+"+text)
		}
	}
	for _, text := range slices.Sorted(maps.Keys(was)) {
		if !is[text] {
			names = append(names, "−"+text)
		}
	}
	if len(names) == 0 {
		return ""
	}
	if more := len(names) - mostChanged; more > 0 {
		names = append(names[:mostChanged], fmt.Sprintf("and %d more", more))
	}
	return " (" + strings.Join(names, " ") + ")"
}
