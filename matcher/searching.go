package matcher

import "github.com/coupwatch/coupwatch/matcher/search"

// Search returns the query that a text is: one in the language of rules, with the
// lists, entities and feeds of these, or plain words, of which all are looked for.
// The error tells each mistake with its place; see [search.Mistakes].
func (r *Rules) Search(text string) (*search.Query, error) { return search.New(r.spec, text) }

// NewClerk returns a clerk who files items for searches.
func (r *Rules) NewClerk() *search.Clerk { return search.NewClerk(r.program()) }
