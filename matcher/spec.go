package matcher

import (
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/news"
)

// A spec is what rules.yaml says, read and found to be without mistakes, but
// not yet made ready for matching.
type spec struct {
	feeds     []news.Feed
	called    map[string][]string     // URLs of feeds by their names and publishers, those disabled too
	lists     map[string][]query.Node // by name; entries are terms, lists and entities
	languages map[string]string       // of the lists whose entries count in one language only
	groups    map[string][]string     // by name; ids of entities, and "country:ml" for countries
	entities  []entity
	rules     []rule
	policy    news.Policy
}

// An entity is someone or something that rules ask for by "@id".
type entity struct {
	id      string
	kind    string // person, agency, office, organisation, country, city or outlet
	name    string // as people know it, in Latin letters
	native  string // in its own script, or ""
	aliases []string
	exclude []string // spellings that are not to be recognised
	groups  []string
	country string     // two-letter code, or ""
	helper  query.Node // what must stand near a surname on its own; nil if nothing need
}

// A rule is one thing to look for.
type rule struct {
	id, title, why string
	severity       news.Severity
	match          query.Node
	unless         []condition
	lower, raise   []change

	// The items it is for. Those left empty are met by all items.
	languages, tags []string
	feeds           []string // names or publishers
}

// A condition is something that stands near a hit.
type condition struct {
	when query.Node
	text string // as written in rules.yaml, to tell people
	near near
}

// A change sets another severity where a condition is met.
type change struct {
	condition
	to news.Severity
}

// near says how close to a hit a condition must be met: within so many words
// of the same field, or one of the special distances.
type near int

const (
	nearDefault  near = 12
	sameSentence near = -1
	anywhere     near = -2
)
