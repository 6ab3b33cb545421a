package web

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/filter"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// A chip is one thing that is asked for, to be taken away.
type chip struct {
	filter.Part
	Label string
	Text  string
	Away  string // the address without it
}

// A choice is one field of the form by which stories are asked for.
type choice struct {
	Key, Label string
	Single     bool // it has one value, and not several of which any will do
	Options    []option
}

type option struct {
	Value, Text string
	Chosen      bool
}

// labels are the fields of the form as people know them.
var labels = map[string]string{
	filter.Severity: "Severity", filter.Status: "How firmly", filter.Rule: "Rule", filter.Country: "Country", filter.Entity: "About",
	filter.Language: "Language", filter.Tag: "Tag of a feed", filter.ToldKey: "Told", filter.Since: "Time", filter.Words: "Words",
}

// named writes a value as people know it.
func (s site) named(p filter.Part) string {
	switch p.Key {
	case filter.Severity:
		if p.Value != news.Critical.String() {
			return p.Value + " or graver"
		}
	case filter.Rule:
		return s.sheet.Rule(p.Value)
	case filter.Country:
		return s.sheet.Country(p.Value)
	case filter.Entity:
		return s.sheet.Entity(p.Value)
	case filter.ToldKey:
		return map[string]string{"yes": "people were told", "no": "digest only"}[p.Value]
	}
	return p.Value
}

// chips returns what is asked for.
func (s site) chips(f filter.Filter) (all []chip) {
	for _, p := range f.Parts() {
		all = append(all, chip{p, labels[p.Key], s.named(p), "/" + f.Without(p)})
	}
	return all
}

// choices returns the form: what the stories that are kept, and the feeds, give to
// ask for.
func (s site) choices(ctx context.Context, f filter.Filter, feeds overview, now time.Time) ([]choice, error) {
	all, err := s.board.Find(ctx, filter.Filter{Since: f.Since}, shown, now)
	if err != nil {
		return nil, err
	}
	rules, countries, entities := map[string]int{}, map[string]int{}, map[string]int{}
	for _, c := range all {
		tally(rules, c.Rules)
		tally(countries, c.Where())
		tally(entities, c.Entities)
	}
	form := []choice{
		s.single(filter.Severity, f, "low", "medium", "high", "critical"),
		s.single(filter.ToldKey, f, "yes", "no"),
		s.single(filter.Since, f, "1h", "6h", "24h", "3d", "7d", "30d"),
		s.several(filter.Status, news.Rumour.String(), news.Claim.String(), news.Reported.String(), news.Official.String(), news.Denied.String()),
	}
	for _, x := range []struct {
		key    string
		counts map[string]int
		most   int
	}{{filter.Rule, rules, 60}, {filter.Country, countries, 80}, {filter.Entity, entities, 60}, {filter.Language, feeds.languages, 60}, {filter.Tag, feeds.tags, 60}} {
		form = append(form, s.counted(x.key, x.counts, x.most))
	}
	return slices.DeleteFunc(form, func(c choice) bool { return len(c.Options) == 0 }), nil
}

func tally(counts map[string]int, values []string) {
	for _, v := range values {
		if v != "" {
			counts[v]++
		}
	}
}

// single is a field of one value. What is asked for is among them, such as five
// hours.
func (s site) single(key string, f filter.Filter, values ...string) choice {
	c := s.several(key, values...)
	c.Single = true
	for _, p := range f.Parts() {
		if p.Key != key {
			continue
		}
		i := slices.Index(values, p.Value)
		if i < 0 {
			i = len(c.Options)
			c.Options = append(c.Options, option{p.Value, s.named(p), false})
		}
		c.Options[i].Chosen = true
	}
	return c
}

// several is a field that adds a value to those that are asked for.
func (s site) several(key string, values ...string) choice {
	c := choice{Key: key, Label: labels[key]}
	for _, v := range values {
		c.Options = append(c.Options, option{v, s.named(filter.Part{Key: key, Value: v}), false})
	}
	return c
}

// counted is a field of the commonest values, in the order of the alphabet.
func (s site) counted(key string, counts map[string]int, most int) choice {
	values := slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	c := s.several(key, values[:min(most, len(values))]...)
	for i, o := range c.Options {
		c.Options[i].Text = fmt.Sprintf("%s (%d)", sheet.Plain(o.Text), counts[o.Value])
	}
	slices.SortFunc(c.Options, func(a, b option) int { return strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)) })
	return c
}
