package spec

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/news"
)

// RuleIDs returns the ids of the rules in the order of rules.yaml.
func (s *Spec) RuleIDs() []string {
	ids := make([]string, len(s.Rules))
	for i, rule := range s.Rules {
		ids[i] = rule.ID
	}
	return ids
}

// EntityIDs returns the ids of the entities in the order of rules.yaml.
func (s *Spec) EntityIDs() []string {
	ids := make([]string, len(s.Entities))
	for i := range s.Entities {
		ids[i] = s.Entities[i].ID
	}
	return ids
}

// Resolve returns the mutes that m stands for, if its rule, entity or feed is
// written as people know it: an entity or group by its id, with or without
// "@", a country by its name, a feed by its URL, name or publisher. The error
// names what there is instead. A story is left as it is.
func (s *Spec) Resolve(m news.Mute) ([]news.Mute, error) {
	switch {
	case m.Rule != "":
		if ids := s.RuleIDs(); !slices.Contains(ids, m.Rule) {
			return nil, unknown("rule", m.Rule, ids)
		}
	case m.Entity != "":
		return s.resolveEntity(m)
	case m.Feed != "":
		return s.resolveFeed(m)
	}
	return []news.Mute{m}, nil
}

func (s *Spec) resolveEntity(m news.Mute) ([]news.Mute, error) {
	id := strings.TrimPrefix(m.Entity, "@")
	known := slices.Sorted(maps.Keys(s.Groups))
	var ids []string
	for _, m := range s.Groups[id] {
		ids = append(ids, m.ID)
	}
	for _, e := range s.Entities {
		if e.ID == id || slices.Contains(e.Groups, id) && !slices.Contains(ids, e.ID) {
			ids = append(ids, e.ID)
		}
		known = append(known, e.ID)
	}
	if code, ok := strings.CutPrefix(id, AsCountry); ok && places.Name(code) != "" {
		ids = []string{id}
	} else if code, ok := places.Code(id); ok && len(ids) == 0 {
		ids = []string{AsCountry + code}
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

func (s *Spec) resolveFeed(m news.Mute) ([]news.Mute, error) {
	m.Feed, _ = news.SplitSecrets(m.Feed)
	urls := s.Called[m.Feed]
	for _, f := range s.Feeds {
		if f.URL == m.Feed {
			urls = []string{f.URL}
		}
	}
	if len(urls) == 0 {
		return nil, unknown("feed", m.Feed, slices.Sorted(maps.Keys(s.Called)))
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
	text := fmt.Sprintf("there is no %s %s", kind, say.Quote(name))
	if hint := say.Suggest(name, known); hint != "" {
		text += "; " + hint
	}
	return errors.New(text)
}
