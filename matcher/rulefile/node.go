package rulefile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
)

// A reader reads one file into a parser. Its methods return what is written,
// or note why it cannot be and return something harmless: a file with a
// problem is thrown away, but read to its end so that all of them are told.
type reader struct {
	*parser
	src *source
}

// add notes a problem at n.
func (r *reader) add(n *yaml.Node, code code.Code, msg, hint string) {
	r.notebook.add(r.src.at(n), code, msg, hint)
}

// deref returns what n stands for, if it is an alias.
func deref(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// empty reports whether nothing is written for n.
func empty(n *yaml.Node) bool {
	n = deref(n)
	return n.Kind == yaml.ScalarNode && n.Tag == "!!null"
}

// shape returns what n is, in plain words.
func shape(n *yaml.Node) string {
	switch {
	case empty(n):
		return "nothing"
	case deref(n).Kind == yaml.MappingNode:
		return "a mapping"
	case deref(n).Kind == yaml.SequenceNode:
		return "a list"
	default:
		return say.Quote(deref(n).Value)
	}
}

// A pair is a key of a mapping and its value.
type pair struct{ key, value *yaml.Node }

// pairs returns the pairs of the mapping n, those that are merged into it by
// "<<" last, and notes keys that stand twice. What says whose keys they are.
func (r *reader) pairs(n *yaml.Node, what string) []pair {
	n = deref(n)
	if empty(n) {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		r.add(n, code.NotMapping, what+" should be a mapping, not "+shape(n), "write a key, a colon and a value on each line")
		return nil
	}
	var own, merged []pair
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Tag == "!!merge" && deref(value).Kind == yaml.MappingNode {
			merged = append(merged, r.pairs(value, what)...)
			continue
		}
		key = deref(key)
		if key.Kind != yaml.ScalarNode {
			r.add(key, code.OddKey, what+": a key should be a word, not "+shape(key), "")
			continue
		}
		if first := seen[key.Value]; first != nil {
			hint := "the first is at " + r.src.at(first).String()
			if len(own) > 1 && first == own[0].key && n.Style&yaml.FlowStyle == 0 {
				r.add(key, code.RepeatedKey, what+": the key "+say.Quote(key.Value)+" stands twice", hint+`; is a "- " missing before it, which begins another entry?`)
				break // what follows is of the other entry, and nothing is wrong with it
			}
			r.add(key, code.RepeatedKey, what+": the key "+say.Quote(key.Value)+" stands twice", hint)
			continue
		}
		seen[key.Value] = key
		own = append(own, pair{key, value})
	}
	for _, m := range merged {
		if seen[m.key.Value] == nil {
			seen[m.key.Value] = m.key
			own = append(own, m)
		}
	}
	return own
}

// fields calls set for each key of the mapping n and notes keys that are not
// in want.
func (r *reader) fields(n *yaml.Node, what string, want []string, set func(key string, value *yaml.Node)) {
	for _, p := range r.pairs(n, what) {
		if r.full() {
			return
		}
		if !slices.Contains(want, p.key.Value) {
			r.add(p.key, code.UnknownKey, what+": unknown key "+say.Quote(p.key.Value), say.Suggest(p.key.Value, want))
			continue
		}
		set(p.key.Value, p.value)
	}
}

// items returns the entries of the list n. What is not a list counts as the
// only entry of one.
func (r *reader) items(n *yaml.Node) []*yaml.Node {
	n = deref(n)
	switch {
	case empty(n):
		return nil
	case n.Kind == yaml.SequenceNode:
		return n.Content
	default:
		return []*yaml.Node{n}
	}
}

// list is as items, but notes it as a problem if n is not a list.
func (r *reader) list(n *yaml.Node, what string) []*yaml.Node {
	if deref(n).Kind != yaml.SequenceNode && !empty(n) {
		r.add(deref(n), code.NotList, what+" should be a list, not "+shape(n), `write each entry on a line of its own, after "- "`)
		return nil
	}
	return r.items(n)
}

// text returns the text of n, without spaces around it. It may have been
// written as a number or a date.
func (r *reader) text(n *yaml.Node, what string) string {
	n = deref(n)
	if empty(n) || n.Kind == yaml.ScalarNode && strings.TrimSpace(n.Value) == "" {
		r.add(n, code.EmptyValue, what+" is empty", "")
		return ""
	}
	if n.Kind != yaml.ScalarNode {
		hint := ""
		if n.Style&yaml.FlowStyle != 0 {
			hint = "if [ or { is part of the text, put the text in quotes"
		}
		r.add(n, code.NotText, what+" should be text, not "+shape(n), hint)
		return ""
	}
	return strings.TrimSpace(n.Value)
}

// texts returns the texts of a list, or a single text as a list.
func (r *reader) texts(n *yaml.Node, what string) []string {
	var out []string
	for _, item := range r.items(n) {
		if empty(item) {
			r.noEntry(item, what)
		} else if s := r.text(item, what); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// flag returns whether n says true.
func (r *reader) flag(n *yaml.Node, what string) bool {
	n = deref(n)
	if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
		r.add(n, code.NotFlag, what+" should be true or false, not "+shape(n), "")
		return false
	}
	on, _ := strconv.ParseBool(strings.ToLower(n.Value))
	return on
}

// value returns what stands under key in the mapping n, or nil.
func value(n *yaml.Node, key string) *yaml.Node {
	n = deref(n)
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return deref(n.Content[i+1])
		}
	}
	return nil
}

// firstOf returns what stands under the first of keys that the mapping n has, or
// n if it has none.
func firstOf(n *yaml.Node, keys ...string) *yaml.Node {
	for _, key := range keys {
		if v := value(n, key); v != nil {
			return v
		}
	}
	return deref(n)
}

// title returns how problems name an entry of a list: by its id or name if it
// has one, else by its number.
func title(kind string, i int, n *yaml.Node, keys ...string) string {
	for _, key := range keys {
		if v := value(n, key); v != nil && v.Kind == yaml.ScalarNode && v.Value != "" {
			return kind + " " + say.Quote(v.Value)
		}
	}
	return fmt.Sprintf("%s %d", kind, i+1)
}
