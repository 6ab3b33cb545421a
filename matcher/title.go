package matcher

import (
	"cmp"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/places"
)

// Title returns the title of the rule with the given id, or the id itself if
// there is no such rule: a story may have been told under rules since changed.
func (r *Rules) Title(id string) string {
	for _, rule := range r.spec.rules {
		if rule.id == id && rule.title != "" {
			return rule.title
		}
	}
	return id
}

// Looks returns what the rule with the given id looks for, as its why says; ""
// if it says nothing.
func (r *Rules) Looks(id string) string {
	for _, rule := range r.spec.rules {
		if rule.id == id {
			return rule.why
		}
	}
	return ""
}

// Land returns the name of the entity with the given id if it is a country that
// has no code, such as one that few recognise; "" otherwise.
func (r *Rules) Land(id string) string {
	for i := range r.spec.entities {
		if e := &r.spec.entities[i]; e.id == id && e.kind == "country" && e.country == "" {
			return cmp.Or(e.name, e.native, id)
		}
	}
	return ""
}

// EntityName returns the name of the entity with the given id, of a country
// such as "country:ml" too, or the id itself if there is none.
func (r *Rules) EntityName(id string) string {
	for i := range r.spec.entities {
		if e := &r.spec.entities[i]; e.id == id {
			return cmp.Or(e.name, e.native, id)
		}
	}
	if code, ok := strings.CutPrefix(id, asCountry); ok {
		return cmp.Or(places.Name(code), id)
	}
	return id
}
