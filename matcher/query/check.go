package query

import (
	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/news"
)

// A scope says where in a query a node stands.
type scope struct {
	inside string      // the operator or function that asks where things stand, or ""
	field  *news.Field // in which things must lie, nil for any
}

// check notes what is written well but can never be found, or not where it
// stands.
func (p *parser) check(n Node, s scope) {
	start, end := n.Range()
	switch n := n.(type) {
	case *And:
		p.checkAll(n.Parts, s)
		p.checkAll(n.Not, s)
	case *Or:
		p.checkAll(n.Parts, s)
	case *Near:
		s.inside = "NEAR"
		p.checkAll([]Node{n.Left, n.Right}, s)
	case *Within:
		s.inside = "WITHIN"
		p.checkAll(n.Parts, s)
	case *Sentence:
		s.inside = "SENTENCE"
		p.check(n.Of, s)
	case *Lead:
		s.inside = "LEAD"
		p.check(n.Of, s)
	case *Told:
		s.inside = "TOLD"
		p.check(n.Of, s)
	case *In:
		p.checkField(n.Field, start, end, s)
		p.check(n.Of, scope{n.Field.String() + ":", &n.Field})
	case *First:
		title := news.Title
		p.checkField(title, start, end, s)
		p.check(n.Of, scope{"FIRST", &title})
	case *Question, *Count, *Points, *Meta:
		if s.inside != "" {
			p.add(start, end, code.NoPlace, shown(p.src[start:end])+" has no place in the text and cannot stand within "+s.inside, "write it beside, with AND")
		}
	}
}

func (p *parser) checkAll(nodes []Node, s scope) {
	for _, n := range nodes {
		p.check(n, s)
	}
}

// checkField notes it if f is not the field in which s already lies.
func (p *parser) checkField(f news.Field, start, end int, s scope) {
	if s.field != nil && *s.field != f {
		p.add(start, end, code.TwoFields, "nothing lies in the "+f.String()+" and in the "+s.field.String()+" at once", "write one of them")
	}
}
