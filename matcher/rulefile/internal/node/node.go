// Package node reads YAML in which everything has its place: nodes as text,
// lists and mappings, and each mistake with its file, line and column, in the
// words of people who do not know how YAML is read. Of what the keys of
// rules.yaml mean it knows nothing. A [Reader] and its [Notebook] serve one
// goroutine.
package node

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
)

// A Reader reads the nodes of one file. Its methods return what is written, or
// note why it cannot be and return something harmless: a file with a problem is
// thrown away, but read to its end so that all of them are told.
type Reader struct {
	book *Notebook
	src  *source
}

// NewReader returns a reader of text that notes problems in book. The name is
// that of the file, as problems tell it.
func NewReader(book *Notebook, name, text string) *Reader {
	return &Reader{book: book, src: newSource(name, text)}
}

// Name returns the name of the file, as problems tell it.
func (r *Reader) Name() string { return r.src.name }

// At returns where n stands.
func (r *Reader) At(n *yaml.Node) Spot { return r.src.at(n) }

// Within returns where the byte offset of the value of the scalar n stands.
func (r *Reader) Within(n *yaml.Node, offset int) Spot { return r.src.within(n, offset) }

// Full reports whether no more problems are taken.
func (r *Reader) Full() bool { return r.book.Full() }

// Add notes a problem at n.
func (r *Reader) Add(n *yaml.Node, code code.Code, msg, hint string) {
	r.book.AddAt(r.src.at(n), code, msg, hint)
}

// Deref returns what n stands for, if it is an alias.
func Deref(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// Empty reports whether nothing is written for n.
func Empty(n *yaml.Node) bool {
	n = Deref(n)
	return n.Kind == yaml.ScalarNode && n.Tag == "!!null"
}

// Shape returns what n is, in plain words.
func Shape(n *yaml.Node) string {
	switch {
	case Empty(n):
		return "nothing"
	case Deref(n).Kind == yaml.MappingNode:
		return "a mapping"
	case Deref(n).Kind == yaml.SequenceNode:
		return "a list"
	default:
		return say.Quote(Deref(n).Value)
	}
}

// A Pair is a key of a mapping and its value.
type Pair struct{ Key, Value *yaml.Node }

// Pairs returns the pairs of the mapping n, those that are merged into it by
// "<<" last, and notes keys that stand twice. What says whose keys they are.
func (r *Reader) Pairs(n *yaml.Node, what string) []Pair {
	n = Deref(n)
	if Empty(n) {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		r.Add(n, code.NotMapping, what+" should be a mapping, not "+Shape(n), "write a key, a colon and a value on each line")
		return nil
	}
	var own, merged []Pair
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Tag == "!!merge" && Deref(value).Kind == yaml.MappingNode {
			merged = append(merged, r.Pairs(value, what)...)
			continue
		}
		key = Deref(key)
		if key.Kind != yaml.ScalarNode {
			r.Add(key, code.OddKey, what+": a key should be a word, not "+Shape(key), "")
			continue
		}
		if first := seen[key.Value]; first != nil {
			hint := "the first is at " + r.src.at(first).String()
			if len(own) > 1 && first == own[0].Key && n.Style&yaml.FlowStyle == 0 {
				r.Add(key, code.RepeatedKey, what+": the key "+say.Quote(key.Value)+" stands twice", hint+`; is a "- " missing before it, which begins another entry?`)
				break // what follows is of the other entry, and nothing is wrong with it
			}
			r.Add(key, code.RepeatedKey, what+": the key "+say.Quote(key.Value)+" stands twice", hint)
			continue
		}
		seen[key.Value] = key
		own = append(own, Pair{key, value})
	}
	for _, m := range merged {
		if seen[m.Key.Value] == nil {
			seen[m.Key.Value] = m.Key
			own = append(own, m)
		}
	}
	return own
}

// Fields calls set for each key of the mapping n and notes keys that are not
// in want.
func (r *Reader) Fields(n *yaml.Node, what string, want []string, set func(key string, value *yaml.Node)) {
	for _, p := range r.Pairs(n, what) {
		if r.Full() {
			return
		}
		if !slices.Contains(want, p.Key.Value) {
			r.Add(p.Key, code.UnknownKey, what+": unknown key "+say.Quote(p.Key.Value), say.Suggest(p.Key.Value, want))
			continue
		}
		set(p.Key.Value, p.Value)
	}
}

// Items returns the entries of the list n. What is not a list counts as the
// only entry of one.
func (r *Reader) Items(n *yaml.Node) []*yaml.Node {
	n = Deref(n)
	switch {
	case Empty(n):
		return nil
	case n.Kind == yaml.SequenceNode:
		return n.Content
	default:
		return []*yaml.Node{n}
	}
}

// List is as items, but notes it as a problem if n is not a list.
func (r *Reader) List(n *yaml.Node, what string) []*yaml.Node {
	if Deref(n).Kind != yaml.SequenceNode && !Empty(n) {
		r.Add(Deref(n), code.NotList, what+" should be a list, not "+Shape(n), `write each entry on a line of its own, after "- "`)
		return nil
	}
	return r.Items(n)
}

// Text returns the text of n, without spaces around it. It may have been
// written as a number or a date.
func (r *Reader) Text(n *yaml.Node, what string) string {
	n = Deref(n)
	if Empty(n) || n.Kind == yaml.ScalarNode && strings.TrimSpace(n.Value) == "" {
		r.Add(n, code.EmptyValue, what+" is empty", "")
		return ""
	}
	if n.Kind != yaml.ScalarNode {
		hint := ""
		if n.Style&yaml.FlowStyle != 0 {
			hint = "if [ or { is part of the text, put the text in quotes"
		}
		r.Add(n, code.NotText, what+" should be text, not "+Shape(n), hint)
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// Texts returns the texts of a list, or a single text as a list.
func (r *Reader) Texts(n *yaml.Node, what string) []string {
	var out []string
	for _, item := range r.Items(n) {
		if Empty(item) {
			r.NoEntry(item, what)
		} else if s := r.Text(item, what); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// NoEntry notes an entry of a list that YAML reads as nothing, which it does of
// null and ~ too.
func (r *Reader) NoEntry(n *yaml.Node, what string) {
	n = Deref(n)
	if n.Value == "" {
		r.Add(n, code.EmptyValue, what+": an entry is empty", "take it away")
		return
	}
	r.Add(n, code.NullEntry, what+": YAML reads "+n.Value+" as nothing", "for the word itself write '"+n.Value+"' in quotes")
}

// Flag returns whether n says true.
func (r *Reader) Flag(n *yaml.Node, what string) bool {
	n = Deref(n)
	if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
		r.Add(n, code.NotFlag, what+" should be true or false, not "+Shape(n), "")
		return false
	}
	on, _ := strconv.ParseBool(strings.ToLower(n.Value))
	return on
}

// Value returns what stands under key in the mapping n, or nil.
func Value(n *yaml.Node, key string) *yaml.Node {
	n = Deref(n)
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return Deref(n.Content[i+1])
		}
	}
	return nil
}

// FirstOf returns what stands under the first of keys that the mapping n has, or
// n if it has none.
func FirstOf(n *yaml.Node, keys ...string) *yaml.Node {
	for _, key := range keys {
		if v := Value(n, key); v != nil {
			return v
		}
	}
	return Deref(n)
}

// Title returns how problems name an entry of a list: by its id or name if it
// has one, else by its number.
func Title(kind string, i int, n *yaml.Node, keys ...string) string {
	for _, key := range keys {
		if v := Value(n, key); v != nil && v.Kind == yaml.ScalarNode && v.Value != "" {
			return kind + " " + say.Quote(v.Value)
		}
	}
	return fmt.Sprintf("%s %d", kind, i+1)
}
