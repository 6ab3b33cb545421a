package rulefile

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/rulefile/internal/node"
	"github.com/coupwatch/coupwatch/matcher/spec"
)

// name returns the name that n gives to something, or "" if it is none. What
// says of what.
func (r *reader) name(n *yaml.Node, what string) string {
	name := r.Text(n, what)
	for i, c := range name {
		inner := i > 0 && i < len(name)-1 && (c == '-' || c == '_')
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c) && !inner {
			r.Add(node.Deref(n), code.BadName, what+" "+say.Quote(name)+" is no name", "write letters and digits, and - or _ between them")
			return ""
		}
	}
	return name
}

// termList reads an entry of lists.
func (r *reader) termList(key, n *yaml.Node) {
	name := r.name(key, "list")
	if name == "" || !r.define(r.lists, "list", name, key) {
		return
	}
	what := "list " + say.Quote(name)
	if node.Deref(n).Kind == yaml.MappingNode {
		r.termsByLanguage(name, what, n)
	} else {
		r.spec.Lists[name] = r.terms(name, what, n)
	}
	if n := node.Deref(n); node.Empty(n) || n.Kind != yaml.ScalarNode && len(n.Content) == 0 {
		r.Add(key, code.EmptyValue, what+" has no entries", "")
	}
}

// termsByLanguage reads a list that is a mapping of languages to terms. The
// terms of each are a list within it.
func (r *reader) termsByLanguage(name, what string, n *yaml.Node) {
	for _, p := range r.Pairs(n, what) {
		language := r.language(p.Key, what)
		within := name + ":" + language
		r.spec.Lists[within] = r.terms(name, what+": "+language, p.Value)
		r.spec.Languages[within] = language
		r.spec.Lists[name] = append(r.spec.Lists[name], &query.List{Name: within})
	}
}

// terms returns the entries of the list with the name.
func (r *reader) terms(name, what string, n *yaml.Node) []query.Node {
	terms := []query.Node{}
	for _, item := range r.Items(n) {
		if r.Full() {
			break
		}
		if node.Empty(item) {
			r.NoEntry(item, what)
			continue
		}
		term := r.query(item, what, query.ParseTerm)
		if term == nil {
			continue
		}
		if inner, ok := term.(*query.List); ok {
			r.inner[name] = append(r.inner[name], inner.Name)
		}
		terms = append(terms, term)
	}
	return slices.Clone(terms) // they stay, and lists are many
}

// A member is what is written as an entry of a group: an entity, another
// group, a country, a region or a kind.
type member struct {
	name  string // without "@"
	what  string // where it is written, as problems tell it
	at    node.Spot
	times spec.Times
}

// group reads an entry of groups.
func (r *reader) group(key, n *yaml.Node) {
	name := r.name(key, "group")
	if name == "" || !r.reserved("group", name, key) || !r.define(r.groups, "group", name, key) {
		return
	}
	what := "group " + say.Quote(name)
	if len(r.Items(n)) == 0 {
		r.Add(key, code.EmptyValue, what+" has no members", "")
	}
	r.members[name] = []member{}
	for _, item := range r.Items(n) {
		if m := r.member(node.Deref(item), what); m.name != "" {
			r.members[name] = append(r.members[name], m)
		}
	}
}

var memberKeys = []string{"member", "since", "until"}

// member reads a member of a group: a name, or a mapping that says when it
// counts.
func (r *reader) member(n *yaml.Node, what string) member {
	m := member{what: what, at: r.At(n)}
	if n.Kind != yaml.MappingNode {
		m.name = strings.TrimPrefix(r.Text(n, what), "@")
		return m
	}
	what += ": member"
	var in spec.Span
	r.Fields(n, what, memberKeys, func(key string, v *yaml.Node) {
		switch key {
		case "member":
			m.name, m.at = strings.TrimPrefix(r.Text(v, what), "@"), r.At(node.Deref(v))
		case "since":
			in.Since = r.day(v, what+": since")
		case "until":
			in.Until = r.day(v, what+": until")
		}
	})
	r.needs(n, what, "member")
	m.times = r.times(n, what, in)
	return m
}

// times returns when something counts of which the mapping n says since and
// until; nil if that is always.
func (r *reader) times(n *yaml.Node, what string, in spec.Span) spec.Times {
	if in == (spec.Span{}) {
		return nil
	}
	if !in.Until.IsZero() && !in.Since.Before(in.Until) && in.Since != exampleDay {
		r.Add(node.FirstOf(n, "until"), code.EmptyTime, what+" counts until a day that is not after since, and so never", "since is its first day, until the day after its last")
	}
	return spec.Times{in}
}

// reservedNames are what queries call by "@" without rules.yaml saying so.
var reservedNames = []string{"countries", "capitals", "nationalities"}

// reserved notes it and returns false if name is reserved.
func (r *reader) reserved(what, name string, n *yaml.Node) bool {
	if slices.Contains(reservedNames, name) {
		r.Add(n, code.ReservedName, what+": @"+name+" already means all "+name, "choose another name")
		return false
	}
	return true
}

// pointTable reads an entry of points: what is worth how much in the lead of an
// item.
func (r *reader) pointTable(key, n *yaml.Node) {
	name := r.name(key, "table")
	if name == "" || !r.define(r.points, "table", name, key) {
		return
	}
	what := "points of " + say.Quote(name)
	r.spec.Points[name] = []spec.Row{}
	for _, p := range r.Pairs(n, what) {
		if r.Full() {
			return
		}
		r.pointRow(name, what, p)
	}
	if len(node.Deref(n).Content) == 0 {
		r.Add(key, code.EmptyValue, what+" has no rows", "")
	}
}

// pointRow reads one row of the table with the name.
func (r *reader) pointRow(name, what string, p node.Pair) {
	when := r.query(p.Key, what, query.Parse)
	points, err := strconv.Atoi(r.Text(p.Value, what))
	if err != nil || points == 0 || points < -mostPoints || points > mostPoints {
		r.Add(node.Deref(p.Value), code.BadNumber, what+": "+say.Quote(node.Deref(p.Value).Value)+" is no number of points", "write a whole number from -1000 to 1000, and not 0")
	}
	switch when.(type) {
	case nil:
	case *query.List, *query.Entity, *query.Term, *query.Question, *query.PastYear:
		r.spec.Points[name] = append(r.spec.Points[name], spec.Row{When: when, Points: points})
	default:
		r.Add(p.Key, code.BadRow, what+": a row is one thing to look for", "write a $list, an @entity, a word, QUESTION or PAST_YEAR")
	}
}

// mostPoints is the greatest number of points of a row.
const mostPoints = 1000
