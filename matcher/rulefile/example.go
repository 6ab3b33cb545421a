package rulefile

import (
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/rulefile/internal/node"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

var (
	exampleKinds = []string{"match", "ignore"}
	exampleKeys  = []string{"title", "summary", "body", "published", "language", "feed", "severity", "warm"}
)

// A placed example stands somewhere, and may name a feed.
type placedExample struct {
	spec.Example
	feed string // the name of its feed, "" for none
	warm []member
	at   node.Spot
}

// exampleDay is when an example was published that does not say so: after all
// years that it may name. It is no day of today's, or an example that names
// this year would fail next year, and the program not start.
var exampleDay = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

// examples reads the examples of a rule.
func (r *reader) examples(n *yaml.Node, what string) []placedExample {
	var out []placedExample
	r.Fields(n, what+": examples", exampleKinds, func(key string, v *yaml.Node) {
		for _, item := range r.Items(v) {
			e := r.example(node.Deref(item), what+": example")
			e.Match = key == "match"
			if e.Severity != 0 && !e.Match {
				r.Add(node.Deref(item), code.IgnoredSeverity, what+": an example to ignore has a severity", "leave it out")
			}
			out = append(out, e)
		}
	})
	return out
}

// example reads an example: a title, or a mapping.
func (r *reader) example(n *yaml.Node, what string) placedExample {
	e := placedExample{Example: spec.Example{Item: news.Item{Published: exampleDay}}, at: r.At(n)}
	if n.Kind != yaml.MappingNode {
		e.Item.Title = r.Text(n, what)
		return e
	}
	r.Fields(n, what, exampleKeys, func(key string, v *yaml.Node) {
		at := what + ": " + key
		switch key {
		case "title":
			e.Item.Title = r.Text(v, at)
		case "summary":
			e.Item.Summary = r.Text(v, at)
		case "body":
			e.Item.Body = r.Text(v, at)
		case "published":
			e.Item.Published = r.day(v, at)
		case "language":
			e.Item.Language = r.language(v, at)
		case "feed":
			e.feed = r.Text(v, at)
			r.mentions = append(r.mentions, mention{"feed", e.feed, what, func() node.Spot { return r.At(node.Deref(v)) }})
		case "severity":
			e.Severity = r.severity(v, what)
		case "warm":
			for _, item := range r.Items(v) {
				if text := r.Text(item, at); text != "" {
					e.warm = append(e.warm, member{name: strings.TrimPrefix(text, "@"), what: at, at: r.At(node.Deref(item))})
				}
			}
		}
	})
	if e.Item.Title == "" && e.Item.Summary == "" && e.Item.Body == "" {
		r.Add(n, code.EmptyExample, what+" has no text", "write a title:")
	}
	return e
}

// day returns a moment that is written as a date, perhaps with a time.
func (r *reader) day(n *yaml.Node, what string) time.Time {
	text := r.Text(n, what)
	for _, layout := range []string{time.DateOnly, "2006-01-02 15:04", time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC()
		}
	}
	if text != "" {
		r.Add(node.Deref(n), code.BadDate, what+": "+say.Quote(text)+" is no date", "write 2026-08-22, or 2026-08-22T15:04:00Z")
	}
	return exampleDay
}

// promise keeps the examples of a rule for when there are rules to try them.
func (p *parser) promise(of *spec.Rule, examples []placedExample) {
	for _, e := range examples {
		e.Rule = of
		p.examples = append(p.examples, e)
	}
}

// warmExamples finds out who is warm in the examples that say so.
func (p *parser) warmExamples() {
	for i := range p.examples {
		e := &p.examples[i]
		for _, m := range e.warm {
			e.Warm = append(e.Warm, p.ids(m)...)
		}
	}
}

// lay fills in what an example does not say: what is so of its feed, or what
// the rule asks of all items.
func (p *parser) lay(e *placedExample) {
	for _, f := range p.spec.Feeds {
		if e.feed == f.Name {
			e.Item.Feed, e.Item.Publisher, e.Item.Tags = f.URL, f.Publisher, f.Tags
			if e.Item.Language == "" {
				e.Item.Language = f.Language
			}
			return
		}
	}
	e.Item.Tags = e.Rule.Tags
	if len(e.Rule.Feeds) > 0 {
		e.Item.Feed = p.spec.Called[e.Rule.Feeds[0]][0]
	}
	if e.Item.Language == "" && len(e.Rule.Languages) == 1 {
		e.Item.Language = e.Rule.Languages[0]
	}
}
