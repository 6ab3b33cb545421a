package edit

import (
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A Block is an entry of a rules file that has a name, with the lines on which it
// stands.
type Block struct {
	Section string // the key of the file under which it stands: one of [Sections]
	Name    string // its id or its name
	Line    int    // its first, from 1: of the comment right above it, if it has one
	Last    int
	Text    string // these lines, each ended by "\n"
	ByHand  string // why its text cannot be put in the place of another; "" if it can
}

// Sections are the keys of a file under which blocks stand.
var Sections = []string{"rules", "lists", "groups", "entities", "points"}

// Blocks returns the blocks of a rules file in the order in which they stand; none
// if it is no YAML.
func Blocks(text string) (all []Block) {
	d, err := parse(text)
	if err != nil {
		return nil
	}
	for i := 0; i+1 < len(d.root.Content); i += 2 {
		if key := d.root.Content[i]; slices.Contains(Sections, key.Value) {
			all = append(all, d.blocks(key.Value, d.root.Content[i+1], d.after(i))...)
		}
	}
	return all
}

// after returns the line behind the value of the i-th node of the file, which is a
// key.
func (d *document) after(i int) int {
	if i+2 < len(d.root.Content) {
		return d.root.Content[i+2].Line
	}
	return len(d.lines) + 1
}

// blocks returns the blocks of a section, which ends before a line.
func (d *document) blocks(section string, list *yaml.Node, before int) (all []Block) {
	switch list.Kind {
	case yaml.SequenceNode:
		for _, n := range list.Content {
			line := n.Line
			if dash, err := d.dash(n); err == nil && list.Style&yaml.FlowStyle == 0 {
				line = d.lineOf(dash)
			}
			all = append(all, Block{Section: section, Name: scalar(n, "id"), Line: line})
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(list.Content); i += 2 {
			all = append(all, Block{Section: section, Name: list.Content[i].Value, Line: list.Content[i].Line})
		}
	}
	for i := range all {
		d.bound(&all[i], list.Style&yaml.FlowStyle != 0)
	}
	for i := range all {
		next := before
		if i+1 < len(all) {
			next = all[i+1].Line
		}
		d.finish(&all[i], next)
	}
	return all
}

// bound gives a block the comment right above it, and notes what stands before it
// on its line.
func (d *document) bound(b *Block, inBrackets bool) {
	if inBrackets {
		b.ByHand = "it stands in brackets or braces among others"
		return
	}
	for b.Line > 1 && strings.HasPrefix(d.lineAt(b.Line-1), d.indent(b.Line)+"#") {
		b.Line--
	}
}

// finish gives a block its last line and its text: comments and blank lines before
// the next are of that.
func (d *document) finish(b *Block, next int) {
	if b.ByHand != "" {
		next = max(next, b.Line+1)
	}
	for next > b.Line+1 && d.isApart(next-1) {
		next--
	}
	b.Last = next - 1
	text := d.text[d.lineStart(b.Line):d.lineStart(next)]
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if end := len(strings.TrimRight(text, "\n")); end < len(text) {
		b.Text = text[:end+1] // of that of the file: no copy
	} else {
		b.Text = text + "\n"
	}
}

// lineAt returns a line.
func (d *document) lineAt(line int) string { return d.text[d.lineStart(line):d.lineStart(line+1)] }

// indent returns the blanks with which a line begins.
func (d *document) indent(line int) string {
	text := d.lineAt(line)
	return text[:len(text)-len(strings.TrimLeft(text, " "))]
}

// Splice returns the text of a file with other lines in the place of those of b,
// which is one of its [Blocks]. All other bytes are as they were.
func Splice(text string, b Block, lines string) string {
	bare := strings.TrimPrefix(text, "\ufeff")
	d := &document{text: bare, lines: lineStarts(bare)}
	lines = strings.TrimRight(strings.ReplaceAll(lines, "\r\n", "\n"), " \t\n")
	if lines != "" {
		lines = strings.ReplaceAll(lines+"\n", "\n", d.newline())
	}
	return text[:len(text)-len(bare)] + bare[:d.lineStart(b.Line)] + lines + bare[d.lineStart(b.Last+1):]
}

// Within fails unless the text after means what before did in all but a section: a
// change of a rule must not be one of who hears of it, or of what a feed is asked.
// Both must be YAML.
func Within(before, after, section string) error {
	var was, is map[string]any
	if err := yaml.Load([]byte(strings.TrimPrefix(before, "\ufeff")), &was); err != nil {
		return byHand("its keys are no words")
	}
	if err := yaml.Load([]byte(strings.TrimPrefix(after, "\ufeff")), &is); err != nil {
		return byHand("something else depends on how this is written")
	}
	delete(was, section)
	delete(is, section)
	if !reflect.DeepEqual(was, is) {
		return byHand("this would change what stands outside of its " + section)
	}
	return nil
}
