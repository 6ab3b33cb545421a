// Package names makes every spelling of a name: its cases, its counterparts in
// Russian, Ukrainian and Belarusian, and its romanisations by official systems
// and by the habits of the press of many countries. One entry in rules.yaml,
//
//	{id: beseda, kind: person, name: Sergei Beseda, native: Сергей Беседа}
//
// finds Sergey Beseda, Serguei Besseda, Сергея Беседы and Сергій Беседа, so
// that nobody lists variants by hand.
//
// Everything here is a pure function of its arguments and safe for concurrent
// use.
package names

import (
	"maps"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/text"
)

// A Name is someone or something as rules.yaml lists it.
type Name struct {
	Latin   string   // as people know it, in Latin letters; "" if only Native is known
	Native  string   // in its own script, or ""
	Kind    string   // person, agency, office, organisation, outlet or city; "" means organisation
	Aliases []string // other names, taken as they are; capitals of short ones, as in FSB, are wanted
	Exclude []string // spellings that are not to be found
}

// A Form is one spelling of a name: words that stand side by side in a text.
type Form struct {
	Words   []string // folded by [text.Fold]
	Written string   // the same before folding, as people write it
	Given   int      // how many words are given names before a surname, so that middle names may follow; 0 for none
	Exact   bool     // what is a capital in Written must be one in the text
	Alone   bool     // a surname without a first name or an initial
	Common  bool     // many people bear it or it is also a word: something nearby must tell who is meant
	How     string   // how it was made, for people: "as written", "alias", "German press", "Russian genitive"
}

// Forms returns every spelling of n, sorted by their words, each once. It
// returns none for a name without letters.
func Forms(n Name) []Form {
	c := newCollector()
	switch n.Kind {
	case "person":
		addPerson(c, n)
	case "city":
		addCity(c, n)
	default:
		addBody(c, n)
	}
	for _, alias := range n.Aliases {
		addAlias(c, n.Kind, alias)
	}
	c.markAlone()
	for _, spelling := range n.Exclude {
		delete(c.byWords, key(text.Words(spelling)))
	}
	return c.sorted()
}

// A collector gathers forms. Of two with the same words the first stays, with
// the lesser demands of both.
type collector struct {
	byWords map[string]Form
	folded  map[string][]string // words that were folded before: forms share most of theirs
}

// newCollector returns a collector without forms.
func newCollector() *collector {
	return &collector{byWords: map[string]Form{}, folded: map[string][]string{}}
}

// fold returns the folded words of a spelling.
func (c *collector) fold(written string) []string {
	if strings.Contains(written, ".") { // initials may be one word
		return text.Words(written)
	}
	var words []string
	for part := range strings.FieldsSeq(written) {
		folded, ok := c.folded[part]
		if !ok {
			folded = text.Words(part)
			c.folded[part] = folded
		}
		words = append(words, folded...)
	}
	return words
}

// add adds a form; Words is made from Written.
func (c *collector) add(f Form) {
	f.Words = c.fold(f.Written)
	if len(f.Words) == 0 {
		return
	}
	k := key(f.Words)
	if old, ok := c.byWords[k]; ok {
		old.Exact = old.Exact && f.Exact
		old.Alone = old.Alone && f.Alone
		old.Common = old.Common && f.Common
		old.Given = max(old.Given, f.Given)
		f = old
	}
	c.byWords[k] = f
}

// addFull adds a form of a given name, or its initial, and a surname.
func (c *collector) addFull(given, surname string, f Form) {
	f.Written = given + " " + surname
	f.Given = len(c.fold(given))
	c.add(f)
}

// sorted returns the forms in the order of their words.
func (c *collector) sorted() []Form {
	forms := make([]Form, 0, len(c.byWords))
	for _, k := range slices.Sorted(maps.Keys(c.byWords)) {
		forms = append(forms, c.byWords[k])
	}
	return forms
}

// key joins words into one map key.
func key(words []string) string { return strings.Join(words, " ") }
