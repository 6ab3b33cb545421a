package rulefile

import (
	"strconv"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/spec"
)

// pointTable reads an entry of points: what is worth how much in the lead of an
// item.
func (r *reader) pointTable(key, n *yaml.Node) {
	name := r.name(key, "table")
	if name == "" || !r.define(r.points, "table", name, key) {
		return
	}
	what := "points of " + say.Quote(name)
	r.spec.Points[name] = []spec.Row{}
	for _, p := range r.pairs(n, what) {
		if r.full() {
			return
		}
		r.pointRow(name, what, p)
	}
	if len(deref(n).Content) == 0 {
		r.add(key, code.EmptyValue, what+" has no rows", "")
	}
}

// pointRow reads one row of the table with the name.
func (r *reader) pointRow(name, what string, p pair) {
	when := r.query(p.key, what, query.Parse)
	points, err := strconv.Atoi(r.text(p.value, what))
	if err != nil || points == 0 || points < -mostPoints || points > mostPoints {
		r.add(deref(p.value), code.BadNumber, what+": "+say.Quote(deref(p.value).Value)+" is no number of points", "write a whole number from -1000 to 1000, and not 0")
	}
	switch when.(type) {
	case nil:
	case *query.List, *query.Entity, *query.Term, *query.Question, *query.PastYear:
		r.spec.Points[name] = append(r.spec.Points[name], spec.Row{When: when, Points: points})
	default:
		r.add(p.key, code.BadRow, what+": a row is one thing to look for", "write a $list, an @entity, a word, QUESTION or PAST_YEAR")
	}
}

// mostPoints is the greatest number of points of a row.
const mostPoints = 1000
