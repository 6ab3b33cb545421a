// Package query reads the query language of rules.yaml: what analysts know
// from news archives, made strict.
//
//	$coup NEAR/12 (@leaders OR @security OR @countries)
//
// [Parse] turns a query into a tree of [Node]s; package matcher gives the tree
// its meaning. Nodes are immutable and safe for concurrent use.
//
// # Grammar
//
// From the loosest to the tightest binding:
//
//	a OR b            either
//	a AND b, a b      both, anywhere in the item; a -b and a NOT b take away
//	a NEAR/5 b        both, at most 5 words between them, in either order
//	a ONEAR/5 b       the same, a before b
//	NOT a, -a         a does not occur; only beside something that does
//	title: summary: body:   the field in which what follows must lie
//
// A mixture of AND and OR without parentheses is a mistake, and so are two
// bare words side by side: they are either "a phrase" or a AND b.
//
// What can be looked for:
//
//	word              the word in all its inflected forms
//	=word             this form only; written with capitals, only with them
//	word*  wo?d       any ending, any one letter (at least two letters must stand)
//	"two words"       these forms, side by side; _ stands for any one word;
//	                  signs count: "C++", "AT&T", "$5"
//	@id @group @kind:person @countries   an entity of rules.yaml, or any of a group or kind
//	$list             any entry of a list of rules.yaml
//	SENTENCE(q)       q within one sentence
//	WITHIN/9(a, b, c) all of them within 9 words
//	COUNT($list) >= 3 at least so many different entries of the list
//	POINTS($table) >= 50   what of the table stands in the lead adds up to so much;
//	POINTS($table) < 20    or to less
//	FIRST(q)          q at the very beginning of the title
//	LEAD(q)           q within the title, or within the first sentence below it
//	TOLD(q)           q where it is told as a fact of now: not asked for, feared,
//	                  denied, remembered, played, or what may be
//	WARM(@id, 5d)     the entity, or any of the group, where people were told of
//	                  it in the five days before the item
//	QUESTION          the title ends with a question mark
//	PAST_YEAR         the number of a year before the item's own
//	feed:word lang:ru tag:africa   what the feed is, not what the text says
package query

import (
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A Node is a part of a query: a pointer to one of the types below.
type Node interface {
	// Range returns where the node stands in the query's text, in bytes.
	Range() (start, end int)
}

// Pos is where a node stands in the query's text, in bytes. Every node has one.
type Pos struct{ Start, End int32 }

// Range returns p's offsets.
func (p Pos) Range() (start, end int) { return int(p.Start), int(p.End) }

// between returns the Pos of what stands from start to end; a query has 5 MB at most.
func between(start, end int) Pos { return Pos{int32(start), int32(end)} }

// The nodes that have parts.
type (
	// And is found where all of Parts are found and none of Not is, anywhere
	// in the item. It has at least one part.
	And struct {
		Pos
		Parts []Node
		Not   []Node
	}
	// Or is found where any of Parts is.
	Or struct {
		Pos
		Parts []Node
	}
	// Near is found where Left and Right stand in one field with at most N
	// words between them; if Ordered, Left comes first.
	Near struct {
		Pos
		Left, Right Node
		N           int
		Ordered     bool
	}
	// Within is found where all of Parts stand within N words of one field.
	Within struct {
		Pos
		N     int
		Parts []Node
	}
	// Sentence is found where Of is found within one sentence.
	Sentence struct {
		Pos
		Of Node
	}
	// In is found where Of is found in the field.
	In struct {
		Pos
		Field news.Field
		Of    Node
	}
	// First is found where Of stands at the very beginning of the title.
	First struct {
		Pos
		Of Node
	}
	// Lead is found where Of is found within the title, or within the first
	// sentence of the summary, or of the body if there is no summary.
	Lead struct {
		Pos
		Of Node
	}
	// Told is found where Of is found and told as a fact of now.
	Told struct {
		Pos
		Of Node
	}
	// Warm is found where Of, an entity or a group, is named and people were
	// told of a story of the one who is named less than Within before the item.
	Warm struct {
		Pos
		Of     *Entity
		Within time.Duration // whole hours, at most [news.Window]
	}
)

// The nodes that are looked for.
type (
	// Term is found where its words stand side by side.
	Term struct {
		Pos
		Words []Word
	}
	// Entity is found where the entity, or any entity of the group or kind
	// that is called Name, is named. Name has no "@".
	Entity struct {
		Pos
		Name string
	}
	// List is found where any entry of the list is. Name has no "$".
	List struct {
		Pos
		Name string
	}
	// Count is found where at least Min different entries of the list are, in
	// the whole item.
	Count struct {
		Pos
		Name string
		Min  int
	}
	// Points is found where the points of those rows of the table Name that
	// stand in the title or in the first sentence below it add up to Than or
	// more; if Below, to less.
	Points struct {
		Pos
		Name  string
		Than  int
		Below bool
	}
	// Question is found where the title ends with a question mark.
	Question struct{ Pos }
	// PastYear is found at the number of a year before that of the item.
	PastYear struct{ Pos }
	// Meta is found in items of feeds whose Key ("feed", "lang" or "tag") is
	// Value: for "feed" a part of its name or publisher, else the whole.
	Meta struct {
		Pos
		Key, Value string
	}
)

// A Word is one word of a [Term].
type Word struct {
	Text string // as written, without marks; in quotes with the signs around it, see [IsSign]
	Form Form
}

// A Form says which words of a text are meant by a [Word].
type Form uint8

// The forms.
const (
	Inflected Form = iota // all inflected forms
	Exact                 // this form; if it has capitals, with just these
	Folded                // this form, however it is capitalised: words in quotes
	Prefix                // whatever begins so
	Wild                  // "?" stands for one letter, "*" for any number
	Gap                   // any word: "_"
)
