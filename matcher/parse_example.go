package matcher

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/news"
)

var (
	exampleKinds = []string{"match", "ignore"}
	exampleKeys  = []string{"title", "summary", "body", "published", "language", "feed", "severity"}
)

// An example is an item of which rules.yaml says whether a rule matches it.
type example struct {
	item     news.Item
	feed     string        // the name of its feed, "" for none
	rule     *rule         // whose example it is
	match    bool          // it should match
	severity news.Severity // that it should match with; 0 for anything above low
	at       spot
}

// exampleDay is when an example was published that does not say so: after all
// years that it may name. It is no day of today's, or an example that names
// this year would fail next year, and the program not start.
var exampleDay = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

// examples reads the examples of a rule.
func (r *reader) examples(n *yaml.Node, what string) []example {
	var out []example
	r.fields(n, what+": examples", exampleKinds, func(key string, v *yaml.Node) {
		for _, item := range r.items(v) {
			e := r.example(deref(item), what+": example")
			e.match = key == "match"
			if e.severity != 0 && !e.match {
				r.add(deref(item), what+": an example to ignore has a severity", "leave it out")
			}
			out = append(out, e)
		}
	})
	return out
}

// example reads an example: a title, or a mapping.
func (r *reader) example(n *yaml.Node, what string) example {
	e := example{item: news.Item{Published: exampleDay}, at: r.src.at(n)}
	if n.Kind != yaml.MappingNode {
		e.item.Title = r.text(n, what)
		return e
	}
	r.fields(n, what, exampleKeys, func(key string, v *yaml.Node) {
		at := what + ": " + key
		switch key {
		case "title":
			e.item.Title = r.text(v, at)
		case "summary":
			e.item.Summary = r.text(v, at)
		case "body":
			e.item.Body = r.text(v, at)
		case "published":
			e.item.Published = r.day(v, at)
		case "language":
			e.item.Language = r.language(v, at)
		case "feed":
			e.feed = r.text(v, at)
			r.mentions = append(r.mentions, mention{"feed", e.feed, what, func() spot { return r.src.at(deref(v)) }})
		case "severity":
			e.severity = r.severity(v, what)
		}
	})
	if e.item.Title == "" && e.item.Summary == "" && e.item.Body == "" {
		r.add(n, what+" has no text", "write a title:")
	}
	return e
}

// day returns a moment that is written as a date, perhaps with a time.
func (r *reader) day(n *yaml.Node, what string) time.Time {
	text := r.text(n, what)
	for _, layout := range []string{time.DateOnly, "2006-01-02 15:04", time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC()
		}
	}
	if text != "" {
		r.add(deref(n), what+": "+quote(text)+" is no date", "write 2026-08-22, or 2026-08-22T15:04:00Z")
	}
	return exampleDay
}

// promise keeps the examples of a rule for when there are rules to try them.
func (p *parser) promise(of *rule, examples []example) {
	for _, e := range examples {
		e.rule = of
		p.examples = append(p.examples, e)
	}
}

// lay fills in what an example does not say: what is so of its feed, or what
// the rule asks of all items.
func (p *parser) lay(e *example) {
	for _, f := range p.spec.feeds {
		if e.feed == f.Name {
			e.item.Feed, e.item.Publisher, e.item.Tags = f.URL, f.Publisher, f.Tags
			if e.item.Language == "" {
				e.item.Language = f.Language
			}
			return
		}
	}
	e.item.Tags = e.rule.tags
	if len(e.rule.feeds) > 0 {
		e.item.Feed = p.spec.called[e.rule.feeds[0]][0]
	}
	if e.item.Language == "" && len(e.rule.languages) == 1 {
		e.item.Language = e.rule.languages[0]
	}
}

// try notes it as a problem if rules do not match an example as it says.
func (p *parser) try(rules *Rules, e example) {
	p.lay(&e)
	report, _ := rules.Match(e.item)
	var found *news.Match
	for i := range report.Matches {
		if report.Matches[i].Rule == e.rule.id {
			found = &report.Matches[i]
		}
	}
	what := fmt.Sprintf("rule %q: example %s", e.rule.id, quote(oneLine(e.item.Title+" "+e.item.Summary)))
	lowered := found != nil && found.Severity == news.Low && e.rule.severity > news.Low
	switch {
	case e.match && found == nil:
		p.add(e.at, what+" should match but does not", whyNot(rules, e))
	case e.match && e.severity != 0 && found.Severity != e.severity:
		p.add(e.at, fmt.Sprintf("%s should match as %s but matches as %s", what, e.severity, found.Severity), because(found))
	case e.match && e.severity == 0 && lowered:
		p.add(e.at, what+" should match but is lowered to low, so that only the digest would tell", because(found))
	case !e.match && found != nil && !lowered:
		p.add(e.at, what+" should be ignored but matches "+terms(found, e.item), "")
	}
}

// whyNot returns why a rule does not match an example.
func whyNot(rules *Rules, e example) string {
	for _, v := range rules.Explain(e.item).Verdicts {
		if v.Rule != e.rule.id {
			continue
		}
		var reasons []string
		for _, m := range v.Missing {
			reasons = append(reasons, m.Part+": "+m.Why)
		}
		for _, h := range v.Hits {
			for _, r := range h.Reasons {
				reasons = append(reasons, r.Effect+" by "+r.Condition)
			}
		}
		if v.Outcome == NotMeant {
			reasons = []string{"the rule is not for items in its language, of its feed or with its tags"}
		}
		const most = 3
		reasons = slices.Compact(reasons)
		return strings.Join(reasons[:min(len(reasons), most)], "; ")
	}
	return ""
}

// because returns why a match has another severity than its rule.
func because(m *news.Match) string {
	reasons := append(m.Lowered[:len(m.Lowered):len(m.Lowered)], m.Raised...)
	if len(reasons) == 0 {
		return ""
	}
	hint := "the reason is " + strings.Join(reasons, " and ")
	if strings.Contains(hint, "PAST_YEAR") {
		hint += "; every year is past unless the example says when it was published"
	}
	return hint
}

// terms returns the words of an item that a match is made of.
func terms(m *news.Match, it news.Item) string {
	const most = 5
	var out []string
	for _, s := range m.Spans[:min(len(m.Spans), most)] {
		out = append(out, quote(it.Text(s.Field)[s.Start:s.End]))
	}
	return enumerate(out)
}
