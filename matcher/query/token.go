package query

import "github.com/coupwatch/coupwatch/news"

// A kind says what a token is.
type kind int

const (
	end     kind = iota
	open         // (
	closing      // )
	comma        // ,
	and          // AND
	or           // OR
	not          // NOT, or "-" before a word
	near         // NEAR/n and ONEAR/n
	field        // title:
	compare      // >= n and < n
	call         // SENTENCE, WITHIN/n, COUNT, POINTS, FIRST, LEAD, TOLD
	leaf         // whatever can be looked for
	word         // such a leaf: a bare word
)

// A token is the smallest part of a query that means something.
type token struct {
	kind       kind
	start, end int
	n          int        // of NEAR/n, WITHIN/n, >= n and < n
	ordered    bool       // of ONEAR
	number     bool       // of a comparison: n is one
	below      bool       // of < n
	field      news.Field // of field
	name       string     // of call
	node       Node       // of leaf and word
}

// begins reports whether a token of kind k can begin something to look for.
func (k kind) begins() bool {
	switch k {
	case open, not, field, call, leaf, word:
		return true
	}
	return false
}

// finishes reports whether a token of kind k can end something to look for.
func (k kind) finishes() bool {
	switch k {
	case closing, compare, leaf, word:
		return true
	}
	return false
}
