package rulefile

import (
	"errors"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/rulefile/internal/node"
)

// query returns the query or term that n is, which parse reads, or nil if it
// has mistakes.
func (r *reader) query(n *yaml.Node, what string, parse func(string) (query.Node, error)) query.Node {
	n = node.Deref(n)
	if r.Text(n, what) == "" {
		return nil
	}
	q, err := parse(n.Value)
	var mistakes query.Errors
	if errors.As(err, &mistakes) {
		for _, m := range mistakes {
			r.AddInQuery(r.Within(n, m.Pos), m.Code, what+": "+m.Msg, m.Hint)
		}
		return nil
	}
	for part := range query.All(q) {
		start, _ := part.Range()
		switch part := part.(type) {
		case *query.Entity:
			r.mention("@", part.Name, what, n, start)
		case *query.List:
			r.mention("$", part.Name, what, n, start)
		case *query.Count:
			r.mention("$", part.Name, what, n, start)
		case *query.Points:
			r.mention("points", part.Name, what, n, start)
		case *query.Meta:
			if part.Key == "lang" {
				r.mention("lang:", part.Value, what, n, start)
			}
		}
	}
	return q
}

// mention notes that name is written at the byte offset of the query n.
func (r *reader) mention(sign, name, what string, n *yaml.Node, offset int) {
	r.mentions = append(r.mentions, mention{sign, name, what, func() node.Spot { return r.Within(n, offset) }})
}
