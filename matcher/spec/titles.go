package spec

import (
	"cmp"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/news"
)

// Title returns the title of the rule with the given id, or the id itself if
// there is no such rule: a story may have been told under rules since changed.
func (s *Spec) Title(id string) string {
	for _, rule := range s.Rules {
		if rule.ID == id && rule.Title != "" {
			return rule.Title
		}
	}
	return id
}

// Severity returns the severity of the rule with the given id, 0 if there is none.
func (s *Spec) Severity(id string) news.Severity {
	for _, rule := range s.Rules {
		if rule.ID == id {
			return rule.Severity
		}
	}
	return 0
}

// Looks returns what the rule with the given id looks for, as its why says; ""
// if it says nothing.
func (s *Spec) Looks(id string) string {
	for _, rule := range s.Rules {
		if rule.ID == id {
			return rule.Why
		}
	}
	return ""
}

// Land returns the name of the entity with the given id if it is a country that
// has no code, such as one that few recognise; "" otherwise.
func (s *Spec) Land(id string) string {
	for i := range s.Entities {
		if e := &s.Entities[i]; e.ID == id && e.Kind == "country" && e.Country == "" {
			return cmp.Or(e.Name, e.Native, id)
		}
	}
	return ""
}

// EntityName returns the name of the entity with the given id, of a country
// such as "country:ml" too, or the id itself if there is none.
func (s *Spec) EntityName(id string) string {
	for i := range s.Entities {
		if e := &s.Entities[i]; e.ID == id {
			return cmp.Or(e.Name, e.Native, id)
		}
	}
	if code, ok := strings.CutPrefix(id, AsCountry); ok {
		return cmp.Or(places.Name(code), id)
	}
	return id
}

// A Summary counts what is in rules.yaml and the files that it includes.
type Summary struct {
	Feeds    int // without those that are disabled
	Rules    int // likewise
	Lists    int
	Terms    int // entries of all lists
	Entities int
}

// Summary returns how much the rules are.
func (s *Spec) Summary() Summary {
	sum := Summary{
		Feeds:    len(s.Feeds),
		Rules:    len(s.Rules),
		Lists:    len(s.Lists) - len(s.Languages),
		Entities: len(s.Entities),
	}
	for _, terms := range s.Lists {
		sum.Terms += len(terms)
	}
	sum.Terms -= len(s.Languages) // each is an entry of the list that it is in
	return sum
}
