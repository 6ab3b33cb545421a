// Package spec is what rules.yaml says, as plain values: feeds, lists, groups,
// entities, rules and who is told of what. It knows neither how that is written
// nor how it is looked for.
package spec

import (
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/news"
)

// A Spec is what rules.yaml says, read and found to be without mistakes, but
// not yet made ready for matching.
type Spec struct {
	Feeds     []news.Feed
	Called    map[string][]string     // URLs of feeds by their names and publishers, those disabled too
	Lists     map[string][]query.Node // by name; entries are terms, lists and entities
	Languages map[string]string       // of the lists whose entries count in one language only
	Points    map[string][]Row        // tables that POINTS adds up, by name
	Groups    map[string][]Member     // by name
	Entities  []Entity
	Rules     []Rule
	Policy    news.Policy
}

// A Row of a table says how many points something is worth where it stands in
// the title of an item or in the first sentence below it.
type Row struct {
	When   query.Node // a term, list, entity, question or past year
	Points int        // negative if it speaks against
}

// An Entity is someone or something that rules ask for by "@id".
type Entity struct {
	ID      string
	Kind    string // person, agency, office, organisation, country, city or outlet
	Name    string // as people know it, in Latin letters
	Native  string // in its own script, or ""
	Aliases []string
	Exclude []string   // spellings that are not to be recognised
	Groups  []string   // that it says it is in
	In      Span       // when it is in these
	Country string     // two-letter code, or ""
	Helper  query.Node // what must stand near a surname on its own; nil if nothing need
}

// Times returns when the entity is in the groups that it says it is in.
func (e *Entity) Times() Times {
	if e.In == (Span{}) {
		return nil
	}
	return Times{e.In}
}

// A Rule is one thing to look for.
type Rule struct {
	ID, Title, Why string
	Severity       news.Severity
	Match          query.Node
	Unless         []Condition
	Lower, Raise   []Change

	// The items it is for. Those left empty are met by all items.
	Languages, Tags []string
	Feeds           []string // names or publishers
}

// A Condition is something that stands near a hit.
type Condition struct {
	When query.Node
	Text string // as written in rules.yaml, to tell people
	Near Near
}

// A Change sets another severity where a condition is met.
type Change struct {
	Condition
	To news.Severity
}

// Near says how close to a hit a condition must be met: within so many words
// of the same field, or one of the special distances.
type Near int

// The distance of a condition that does not say its own, and the special ones.
const (
	NearDefault  Near = 12
	SameSentence Near = -1
	Anywhere     Near = -2
)

// An Example is an item of which rules.yaml says whether a rule matches it.
type Example struct {
	Item     news.Item
	Rule     *Rule         // whose example it is
	Match    bool          // it should match
	Severity news.Severity // that it should match with; 0 for anything above low
	Warm     []string      // ids of those of whom people were told right before it
}

// Names with a colon, by which queries and groups call what is not in
// rules.yaml.
const (
	AsCountry = "country:"
	AsRegion  = "region:"
	AsKind    = "kind:"
)

// CountryID returns the id of a country, "" if the code is "".
func CountryID(code string) string {
	if code == "" {
		return ""
	}
	return AsCountry + code
}
