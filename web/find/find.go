// Package find is the page that searches the whole archive: /search, in the
// language of the rules and by plain words, with what was found marked, numbers a
// day and by country, rule, language and feed. What is asked stands in the address.
package find

import (
	"context"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// An Archive is what is searched.
type Archive interface {
	// Search returns what is found, the latest first. What is wrong with the text of
	// the query is told by an error of type [Mistakes].
	Search(ctx context.Context, a Ask) (Result, error)
	// Examples returns queries that make sense with the rules in use.
	Examples() []Example
}

// An Example is a query and what it finds.
type Example struct{ Query, Finds string }

// An Ask is what is looked for. Zero values ask for nothing.
type Ask struct {
	Text     string
	From, To time.Time // of when items were published; To is not included
	Language string    // code of two letters
	Country  string    // code of two letters
	Feed     string    // URL
	Rule     string    // id of one that items match
	Told     string    // "yes" for items of stories that people were told of, "no" for others

	Before int64 // where to go on: [Result.Next] of the page before; 0 to begin
	Most   int   // items to return; 0 for twenty
}

// A Result is what was found.
type Result struct {
	Query  string  `json:"query"` // as it was understood
	Items  []Item  `json:"items"`
	Total  int     `json:"total"` // of all pages
	About  bool    `json:"about"` // Total is what may be found by the index, or what was counted in time
	More   bool    `json:"more"`  // there are more than Total: time ran out
	Days   []Day   `json:"days"`  // those that have some, the latest first
	Facets []Facet `json:"facets"`
	Latest int     `json:"facets_of_latest,omitempty"` // the facets are of so many of the latest; 0 if they are of all

	Next     int64     `json:"next,omitempty"`    // where more is; 0 if that was all
	Searched time.Time `json:"searched,omitzero"` // time ran out: it was looked so far back, and there may be more

	Behind bool      `json:"behind"`         // items that came or changed a moment ago are not in the index yet
	Since  time.Time `json:"since,omitzero"` // of items older than that none is in the index yet; zero if all are
	Took   int64     `json:"milliseconds"`   // to search
}

// An Item is one that was found.
type Item struct {
	ID        string        `json:"id"`
	Title     Marked        `json:"title"`   // with what was found in it
	Passage   Marked        `json:"passage"` // of the text below it, around what was found first
	Link      string        `json:"link,omitempty"`
	Publisher string        `json:"publisher"`
	Language  string        `json:"language,omitempty"`
	Published time.Time     `json:"published"`
	Countries []string      `json:"countries,omitempty"`
	Rules     []string      `json:"rules,omitempty"` // ids
	Severity  news.Severity `json:"severity,omitzero"`
	Story     string        `json:"story,omitempty"`    // id
	Headline  string        `json:"headline,omitempty"` // of that story
	Told      bool          `json:"told"`               // people were told of that story
}

// A Marked is a text with what was found in it.
type Marked struct {
	Text  string `json:"text"`
	Marks []Mark `json:"marks,omitempty"` // in order
}

// A Mark is a place in a text, in bytes.
type Mark struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Quote returns m as the page writes it.
func (m Marked) Quote() news.Quote {
	q := news.Quote{Text: m.Text}
	for _, x := range m.Marks {
		q.Marks = append(q.Marks, news.Mark{Start: x.Start, End: x.End})
	}
	return q
}

// A Day is how many items of a day were found.
type Day struct {
	Date time.Time `json:"date"`
	N    int       `json:"items"`
}

// A Facet is how what was found is distributed.
type Facet struct {
	Key    string  `json:"key"` // as the address has it: "country"
	Values []Value `json:"values"`
}

// A Value is one of a facet, those with most items first.
type Value struct {
	Value string `json:"value"` // as the address has it
	Text  string `json:"text"`  // as people call it
	N     int    `json:"items"`
}

// Mistakes are what is wrong with the text of a query.
type Mistakes []Mistake

// A Mistake is one place in the text of a query.
type Mistake struct {
	From int    `json:"from"` // bytes
	To   int    `json:"to"`
	Says string `json:"says"` // what is wrong
	Hint string `json:"hint,omitempty"`
}

// Error returns the mistakes one per line.
func (m Mistakes) Error() string {
	lines := make([]string, len(m))
	for i, x := range m {
		lines[i] = x.String()
	}
	return strings.Join(lines, "\n")
}

// String returns "what is wrong; what to do".
func (m Mistake) String() string {
	if m.Hint == "" {
		return m.Says
	}
	return m.Says + "; " + m.Hint
}
