package sheet

import (
	"cmp"
	"strings"

	"github.com/coupwatch/coupwatch/news"
)

// Names know how things are called.
type Names interface {
	CountryName(code string) string // of "ml"; "" if it has none
	RuleTitle(id string) string     // "" if it has none
	EntityName(id string) string    // "" if it has none
	Land(id string) string          // the name of an entity that is a country without a code; "" for others
}

// Countries writes two-letter codes as people know them.
func (s *Sheet) Countries(codes []string) string {
	var names []string
	for _, code := range codes {
		names = append(names, s.Country(code))
	}
	return strings.Join(names, ", ")
}

// Places writes which countries a story is about: those with a code or, if there
// are none, those of its entities that are one.
func (s *Sheet) Places(st news.Story) string {
	if codes := st.Where(); len(codes) > 0 || s.names == nil {
		return s.Countries(codes)
	}
	var lands []string
	for _, id := range st.Entities {
		if land := s.names.Land(id); land != "" {
			lands = append(lands, Plain(land))
		}
	}
	return strings.Join(lands, ", ")
}

// Country writes a two-letter code as people know it.
func (s *Sheet) Country(code string) string {
	name := strings.ToUpper(code)
	if s.names != nil {
		name = cmp.Or(s.names.CountryName(code), name)
	}
	return name
}

// Rule returns the title of a rule.
func (s *Sheet) Rule(id string) string {
	if s.names != nil {
		return cmp.Or(s.names.RuleTitle(id), id)
	}
	return id
}

// Entity returns the name of an entity.
func (s *Sheet) Entity(id string) string {
	if s.names != nil {
		return cmp.Or(s.names.EntityName(id), id)
	}
	return id
}
