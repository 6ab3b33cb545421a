// Package search looks for items of the past by queries in the language of
// rules.yaml, and by plain words. A [Query] finds what an item has of it as rules
// do ([Query.Find]), and says which keys items must be filed under to be worth a
// look ([Query.Sieve]); [File] says under which an item is.
package search

import (
	"errors"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text/keys"
)

// A Query is what somebody looks for. It is immutable and safe for concurrent use;
// make one with [New].
type Query struct {
	text    string
	asks    query.Node
	sieve   keys.Sieve
	program *engine.Program
}

// longest is how many bytes a query has at most: nobody types more, and rules that
// have more have lists.
const longest = 4000

// New returns the query that a text is, with the lists, entities and feeds of s.
// Words side by side, which are a mistake in a rule, are all looked for. The error
// is of type [query.Errors], with the place of each mistake.
func New(s *spec.Spec, text string) (*Query, error) {
	if len(text) > longest {
		return nil, query.Errors{{Pos: longest, End: len(text), Code: code.LongWord, Msg: "the query is too long", Hint: "put what belongs together into a list of rules.yaml, and ask for $list"}}
	}
	if strings.TrimSpace(text) == "" {
		return nil, query.Errors{{Code: code.NoWord, Msg: "nothing is asked for", Hint: `write words, "a phrase", or a query such as $coup NEAR/12 @countries`}}
	}
	asks, err := query.Parse(text)
	if plain, ok := plainWords(text); err != nil && ok {
		if all, worse := query.Parse(plain); worse == nil {
			text, asks, err = plain, all, nil
		}
	}
	if err != nil {
		return nil, err
	}
	if mistakes := check(s, asks); len(mistakes) > 0 {
		return nil, mistakes
	}
	q := &Query{text: text, asks: asks, sieve: siever{spec: s}.of(asks, "")}
	few, countries := needed(s, asks)
	few.Rules = []spec.Rule{{ID: ruleID, Severity: news.High, Match: asks}}
	if countries {
		q.program = engine.Compile(few)
	} else {
		q.program = engine.CompileNameless(few)
	}
	return q, nil
}

// ruleID is the id of the one rule of a query.
const ruleID = "search"

// String returns the query as it was understood: plain words have AND between them.
func (q *Query) String() string { return q.text }

// Sieve returns under which keys an item must be filed to be worth a look.
func (q *Query) Sieve() keys.Sieve { return q.sieve }

// Find returns where in an item the query is found, in the order of the text, and
// whether it is. What holds of the item as a whole is found without a place.
func (q *Query) Find(it news.Item) ([]news.Span, bool) {
	rep, found := q.program.Match(it)
	if !found {
		return nil, false
	}
	return rep.Matches[0].Spans, true
}

// Mistakes returns the mistakes that an error of [New] tells, nil for another error.
func Mistakes(err error) query.Errors {
	var mistakes query.Errors
	errors.As(err, &mistakes)
	return mistakes
}
