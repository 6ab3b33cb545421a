package rulefile

import (
	"fmt"
	"strconv"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/rulefile/internal/node"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

var (
	ruleKeys      = []string{"id", "title", "why", "severity", "match", "unless", "lower", "raise", "languages", "tags", "feeds", "routes", "examples", "disabled"}
	conditionKeys = []string{"when", "near"}
	changeKeys    = []string{"to", "when", "near"}
)

// rule reads an entry of rules.
func (r *reader) rule(i int, n *yaml.Node) {
	what := node.Title("rule", i, n, "id", "title")
	out := spec.Rule{Severity: defaultSeverity}
	disabled := false
	var examples []placedExample
	var channels []string
	r.Fields(n, what, ruleKeys, func(key string, v *yaml.Node) {
		at := what + ": " + key
		switch key {
		case "id":
			out.ID = r.name(v, at)
			if out.ID != "" {
				r.define(r.rules, "rule", out.ID, v)
			}
		case "title":
			out.Title = r.Text(v, at)
		case "why":
			out.Why = say.OneLine(r.Text(v, at))
		case "severity":
			out.Severity = r.severity(v, what)
		case "match":
			out.Match = r.query(v, at, query.Parse)
		case "unless":
			out.Unless = r.conditions(v, at)
		case "lower":
			out.Lower = r.changes(v, at)
		case "raise":
			out.Raise = r.changes(v, at)
		case "languages":
			for _, item := range r.Items(v) {
				out.Languages = append(out.Languages, r.language(item, at))
			}
		case "tags":
			out.Tags = r.Texts(v, at)
		case "feeds":
			out.Feeds = r.feedNames(v, at)
		case "routes":
			channels = r.channels(v, at)
		case "examples":
			examples = r.examples(v, what)
		case "disabled":
			disabled = r.Flag(v, at)
		}
	})
	r.needs(n, what, "id", "match")
	r.reaches(n, what, &out)
	if out.Title == "" {
		out.Title = out.ID
	}
	if !disabled {
		r.spec.Rules = append(r.spec.Rules, out)
		r.promise(&out, examples)
		if len(channels) > 0 {
			r.wires = append(r.wires, news.Route{To: channels, Severity: defaultSeverity, Rules: []string{out.ID}, Limit: defaultLimit})
		}
	}
}

// feedNames returns the names and publishers of feeds that n lists.
func (r *reader) feedNames(n *yaml.Node, what string) []string {
	var out []string
	for _, item := range r.Items(n) {
		name := r.Text(item, what)
		r.mentions = append(r.mentions, mention{"publisher", name, what, func() node.Spot { return r.At(node.Deref(item)) }})
		out = append(out, name)
	}
	return out
}

// severity returns the severity of what, which n names.
func (r *reader) severity(n *yaml.Node, what string) news.Severity {
	s, _ := news.ParseSeverity(r.choice(n, what, "severity", news.SeverityNames[:], code.UnknownSeverity))
	return s
}

// conditions returns the conditions of unless: queries, or mappings with when
// and near.
func (r *reader) conditions(n *yaml.Node, what string) []spec.Condition {
	var out []spec.Condition
	for _, item := range r.Items(n) {
		item = node.Deref(item)
		if item.Kind != yaml.MappingNode {
			q := r.query(item, what, query.Parse)
			out = append(out, spec.Condition{When: q, Text: say.OneLine(item.Value), Near: spec.NearDefault})
			continue
		}
		c := spec.Condition{Near: spec.NearDefault}
		r.Fields(item, what, conditionKeys, func(key string, v *yaml.Node) { r.condition(&c, what, key, v) })
		r.needs(item, what, "when")
		out = append(out, c)
	}
	return out
}

// condition reads a key of a condition or change.
func (r *reader) condition(c *spec.Condition, what, key string, v *yaml.Node) {
	switch key {
	case "when":
		c.When = r.query(v, what, query.Parse)
		c.Text = say.OneLine(node.Deref(v).Value)
	case "near":
		c.Near = r.near(v, what+": near")
	}
}

// changes returns the entries of lower or raise.
func (r *reader) changes(n *yaml.Node, what string) []spec.Change {
	var out []spec.Change
	for _, item := range r.Items(n) {
		c := spec.Change{Condition: spec.Condition{Near: spec.NearDefault}}
		r.Fields(item, what, changeKeys, func(key string, v *yaml.Node) {
			if key == "to" {
				c.To = r.target(v, what)
				return
			}
			r.condition(&c.Condition, what, key, v)
		})
		r.needs(item, what, "to", "when")
		out = append(out, c)
	}
	return out
}

// target returns the severity to which a rule is lowered or raised.
func (r *reader) target(n *yaml.Node, what string) news.Severity {
	if node.Deref(n).Value == "none" {
		r.Add(node.Deref(n), code.LowerToNone, what+" to none is not possible", "unless takes a hit away")
		return 0
	}
	return r.severity(n, what)
}

// near returns how near a condition must be.
func (r *reader) near(n *yaml.Node, what string) spec.Near {
	const most = 1000
	text := r.Text(n, what)
	switch text {
	case "":
		return spec.NearDefault
	case "sentence":
		return spec.SameSentence
	case "item":
		return spec.Anywhere
	}
	words, err := strconv.Atoi(text)
	if err != nil || words < 0 || words > most {
		r.Add(node.Deref(n), code.BadNumber, what+" should be a number of words, not "+say.Quote(text),
			fmt.Sprintf("write a number up to %d, sentence for the same sentence, or item for anywhere in the item", most))
	}
	return spec.Near(words)
}

// reaches notes changes of severity that change nothing.
func (r *reader) reaches(n *yaml.Node, what string, out *spec.Rule) {
	if out.Severity == 0 {
		return // it is unknown, and told
	}
	check := func(key string, changes []spec.Change, wrong func(to news.Severity) bool, hint string) {
		for i, item := range r.Items(orEmpty(node.Value(n, key))) {
			if i >= len(changes) || changes[i].To == 0 || !wrong(changes[i].To) {
				continue
			}
			r.Add(orEmpty(node.Value(item, "to")), code.SameSeverity, fmt.Sprintf("%s: %s to %s, but its severity is %s", what, key, changes[i].To, out.Severity), hint)
		}
	}
	greatest := out.Severity
	for _, up := range out.Raise {
		greatest = max(greatest, up.To)
	}
	check("lower", out.Lower, func(to news.Severity) bool { return to >= greatest }, "lower leads to less")
	check("raise", out.Raise, func(to news.Severity) bool { return to <= out.Severity }, "raise leads to more")
}

// orEmpty returns n, or a node that says nothing if there is none.
func orEmpty(n *yaml.Node) *yaml.Node {
	if n == nil {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null"}
	}
	return n
}
