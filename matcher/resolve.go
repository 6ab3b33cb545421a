package matcher

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/news"
)

// RuleIDs returns the ids of the rules in the order of rules.yaml.
func (r *Rules) RuleIDs() []string {
	ids := make([]string, len(r.spec.rules))
	for i, rule := range r.spec.rules {
		ids[i] = rule.id
	}
	return ids
}

// EntityIDs returns the ids of the entities in the order of rules.yaml.
func (r *Rules) EntityIDs() []string {
	ids := make([]string, len(r.spec.entities))
	for i := range r.spec.entities {
		ids[i] = r.spec.entities[i].id
	}
	return ids
}

// Resolve returns the mutes that m stands for, if its rule, entity or feed is
// written as people know it: an entity or group by its id, with or without
// "@", a country by its name, a feed by its URL, name or publisher. The error names what there is
// instead. A story is left as it is.
func (r *Rules) Resolve(m news.Mute) ([]news.Mute, error) {
	switch {
	case m.Rule != "":
		if ids := r.RuleIDs(); !slices.Contains(ids, m.Rule) {
			return nil, unknown("rule", m.Rule, ids)
		}
	case m.Entity != "":
		return r.resolveEntity(m)
	case m.Feed != "":
		return r.resolveFeed(m)
	}
	return []news.Mute{m}, nil
}

func (r *Rules) resolveEntity(m news.Mute) ([]news.Mute, error) {
	id := strings.TrimPrefix(m.Entity, "@")
	known := slices.Sorted(maps.Keys(r.spec.groups))
	ids := slices.Clone(r.spec.groups[id])
	for _, e := range r.spec.entities {
		if e.id == id || slices.Contains(e.groups, id) {
			ids = append(ids, e.id)
		}
		known = append(known, e.id)
	}
	if code, ok := strings.CutPrefix(id, asCountry); ok && places.Name(code) != "" {
		ids = []string{id}
	} else if code, ok := places.Code(id); ok && len(ids) == 0 {
		ids = []string{asCountry + code}
	}
	if len(ids) == 0 {
		return nil, unknown("entity, group or country", id, known)
	}
	var out []news.Mute
	for _, id := range ids {
		m.Entity = id
		out = append(out, m)
	}
	return out, nil
}

func (r *Rules) resolveFeed(m news.Mute) ([]news.Mute, error) {
	m.Feed, _ = news.SplitSecrets(m.Feed)
	urls := r.spec.called[m.Feed]
	for _, f := range r.spec.feeds {
		if f.URL == m.Feed {
			urls = []string{f.URL}
		}
	}
	if len(urls) == 0 {
		return nil, unknown("feed", m.Feed, slices.Sorted(maps.Keys(r.spec.called)))
	}
	var out []news.Mute
	for _, url := range urls {
		m.Feed = url
		out = append(out, m)
	}
	return out, nil
}

// unknown is the error for a name that is none of known.
func unknown(kind, name string, known []string) error {
	text := fmt.Sprintf("there is no %s %s", kind, quote(name))
	if hint := suggest(name, known); hint != "" {
		text += "; " + hint
	}
	return errors.New(text)
}
