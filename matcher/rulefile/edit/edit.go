// Package edit changes the list of feeds, or a rule or list, in the text of rules.yaml or of a file
// that it includes, and leaves every other byte as it was: comments, order, blank
// lines and how things are written. It asks YAML where something stands, cuts and
// inserts lines there, and then has YAML say whether the text means what it
// should. What it cannot change so is left to people, with the reason.
package edit

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/news"
)

// An Entry is a feed as it stands in a text.
type Entry struct {
	URL      string // as it may be shown, without secrets
	Name     string
	Line     int // from 1
	Disabled bool
}

// Feeds returns the entries of the list of feeds, and whether there is such a
// list, be it an empty one. The text must be one that YAML can read.
func Feeds(text string) (entries []Entry, found bool) {
	d, err := parse(text)
	if err != nil || d.key == nil {
		return nil, false
	}
	for _, n := range d.entries() {
		url, _ := news.SplitSecrets(scalar(n, "url"))
		entries = append(entries, Entry{url, scalar(n, "name"), n.Line, strings.EqualFold(scalar(n, "disabled"), "true")})
	}
	return entries, true
}

// Add returns the text with feeds behind those that it has, written as the last
// of these. If it has no list of feeds it gets one, at its end. URLs are written
// with their logins.
func Add(text string, feeds []news.Feed) (string, error) {
	d, err := parse(text)
	if err != nil {
		return "", err
	}
	at, insert, err := d.place(feeds)
	if err != nil {
		return "", err
	}
	edited := d.bom + d.text[:at] + insert + d.text[at:]
	return edited, d.verify(edited, func(before []any) []any {
		for _, f := range feeds {
			before = append(before, meant(f))
		}
		return before
	})
}

// Remove returns the text without the i-th of the [Feeds].
func Remove(text string, i int) (string, error) {
	d, err := parse(text)
	if err != nil {
		return "", err
	}
	start, end, err := d.extent(i)
	if err != nil {
		return "", err
	}
	edited := d.bom + d.text[:start] + d.text[end:]
	return edited, d.verify(edited, func(before []any) []any { return slices.Delete(before, i, i+1) })
}

// A document is a text and what YAML makes of it.
type document struct {
	bom   string
	text  string
	lines []int // where each begins
	root  *yaml.Node
	key   *yaml.Node // feeds; nil if there is none
	list  *yaml.Node // its value
}

func parse(text string) (*document, error) {
	d := &document{text: strings.TrimPrefix(text, "\ufeff")}
	d.bom, d.lines = text[:len(text)-len(d.text)], lineStarts(d.text)
	var doc yaml.Node
	if err := yaml.Load([]byte(d.text), &doc); err != nil || len(doc.Content) == 0 {
		return nil, byHand("it is no YAML")
	}
	d.root = doc.Content[0]
	if d.root.Kind != yaml.MappingNode {
		return nil, byHand("it is no mapping")
	}
	for i := 0; i+1 < len(d.root.Content); i += 2 {
		if d.root.Content[i].Value == "feeds" {
			d.key, d.list = d.root.Content[i], d.root.Content[i+1]
		}
	}
	return d, nil
}

// lineStarts returns where each line of a text begins.
func lineStarts(text string) []int {
	lines := []int{0}
	for i := range len(text) {
		if text[i] == '\n' {
			lines = append(lines, i+1)
		}
	}
	return lines
}

// entries returns the entries of the list.
func (d *document) entries() []*yaml.Node {
	if d.list == nil || d.list.Kind != yaml.SequenceNode {
		return nil
	}
	return d.list.Content
}

// scalar returns the text under a key of the mapping n, "" if there is none.
func scalar(n *yaml.Node, key string) string {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			v := n.Content[i+1]
			for v.Kind == yaml.AliasNode {
				v = v.Alias
			}
			return strings.TrimSpace(v.Value)
		}
	}
	return ""
}

// errByHand is what stands before each reason why a text is not changed.
var errByHand = errors.New("this file has to be changed by hand")

func byHand(reason string) error { return fmt.Errorf("%w: %s", errByHand, reason) }

// verify fails unless the edited text means what the text meant, with another
// list of feeds.
func (d *document) verify(edited string, change func([]any) []any) error {
	var before, after map[string]any
	if err := yaml.Load([]byte(d.text), &before); err != nil {
		return byHand("its keys are no words")
	}
	if err := yaml.Load([]byte(strings.TrimPrefix(edited, "\ufeff")), &after); err != nil {
		return byHand("something else depends on how its feeds are written")
	}
	had, _ := before["feeds"].([]any)
	want, have := change(slices.Clone(had)), []any{}
	if feeds, ok := after["feeds"].([]any); ok {
		have = feeds
	}
	delete(before, "feeds")
	delete(after, "feeds")
	if len(want) != len(have) || len(want) > 0 && !reflect.DeepEqual(want, have) || !reflect.DeepEqual(before, after) {
		return byHand("its feeds are written in an unusual way")
	}
	return nil
}
