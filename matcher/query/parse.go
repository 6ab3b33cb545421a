package query

import (
	"fmt"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
)

// maxDepth is how deep parentheses, functions and chains of NEAR may nest. It
// bounds the stack of whatever walks a tree.
const maxDepth = 200

// Parse reads a query. If it has mistakes, the error is of type [Errors] and
// tells all that could be found, with no Node. The time taken is in proportion
// to the length of src.
func Parse(src string) (Node, error) {
	l := lexer{src: src}
	p := parser{src: src, toks: l.lex(), complaint: l.complaint}
	if p.toks[0].kind == end && len(p.errs) == 0 {
		p.add(0, len(src), code.EmptyValue, "the query is empty", "write a word, a $list or an @entity")
		return nil, p.err()
	}
	p.sideBySide()
	tree := p.expression()
	for p.peek().kind != end {
		p.stray()
		if p.peek().kind.begins() {
			p.expression()
		}
	}
	if len(p.errs) == 0 {
		p.check(tree, scope{})
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	return tree, nil
}

// A parser makes a tree of tokens by recursive descent. Where something is
// missing the tree has a nil; such a tree is thrown away.
type parser struct {
	src   string
	toks  []token
	i     int // of the token at hand
	depth int
	complaint
}

func (p *parser) peek() *token { return &p.toks[p.i] }

// next returns the token at hand and steps over it, unless it is the end.
func (p *parser) next() *token {
	t := &p.toks[p.i]
	if t.kind != end {
		p.i++
	}
	return t
}

func (p *parser) text(t *token) string { return p.src[t.start:t.end] }

// enter goes one level deeper, and gives up on the query if that is too deep.
// Leave by p.depth--.
func (p *parser) enter() {
	p.depth++
	if p.depth > maxDepth && !p.closed {
		t := p.peek()
		p.errs = nil // whatever else there is, this is the mistake
		p.add(t.start, t.end, code.TooDeep, fmt.Sprintf("the query is nested deeper than %d levels", maxDepth), "move parts of it into lists")
		p.closed = true
		p.i = len(p.toks) - 1
	}
}

// stray notes a token that nothing began and steps over it, and over the
// operators after it.
func (p *parser) stray() {
	switch t := p.next(); t.kind {
	case closing:
		p.add(t.start, t.end, code.StrayParenthesis, "this ) closes nothing", "take it away, or write the ( that it closes")
	case comma:
		p.add(t.start, t.end, code.OutOfPlace, "a comma stands only in WITHIN/9(a, b)", "write a OR b, or a AND b")
	default:
		p.add(t.start, t.end, code.OutOfPlace, quoted(p.text(t))+" is out of place", "write COUNT($list) >= 3")
	}
	p.skipOperators()
}

// skipOperators steps over operators that stand where something to look for
// should.
func (p *parser) skipOperators() {
	for k := p.peek().kind; k == and || k == or || k == near; k = p.peek().kind {
		p.next()
	}
}

// An operand is what stands between operators.
type operand struct {
	node       Node
	negative   bool // NOT or "-" stands before it
	start, end int  // with the parentheses around it, and the NOT
}

// chain reads a chain of NEAR and ONEAR, or a single operand.
func (p *parser) chain() operand {
	left := p.unary()
	depth := p.depth
	for p.peek().kind == near {
		p.enter() // the tree of a chain leans to the left and grows by a level
		op := p.next()
		if p.peek().kind == near || !p.peek().kind.begins() {
			p.add(op.start, op.end, code.MissingOperand, p.text(op)+" needs something after it", "write a "+p.text(op)+" b")
			break
		}
		right := p.unary()
		for _, side := range []operand{left, right} {
			if side.negative {
				p.add(side.start, side.end, code.MisplacedNot, "NOT stands beside "+p.text(op), "write NOT ("+p.reading(left, op, right)+")")
			}
		}
		n := &Near{Pos: between(left.start, right.end), Left: left.node, Right: right.node, N: op.n, Ordered: op.ordered}
		left = operand{node: n, start: left.start, end: right.end}
	}
	p.depth = depth
	return left
}

// reading returns how a near b is to be read, without the NOT of either.
func (p *parser) reading(a operand, op *token, b operand) string {
	positive := func(o operand) string {
		if o.node == nil {
			return "…"
		}
		start, end := o.node.Range()
		return shown(p.src[start:end])
	}
	return positive(a) + " " + p.text(op) + " " + positive(b)
}

// unary reads an operand with the NOT before it.
func (p *parser) unary() operand {
	t := p.peek()
	if t.kind != not {
		o := operand{start: t.start}
		o.node = p.primary()
		o.end = p.before()
		return o
	}
	p.next()
	o := operand{start: t.start, negative: true}
	if again := p.peek(); again.kind == not {
		p.add(t.start, again.end, code.MisplacedNot, "NOT stands twice", "take both away")
		for p.peek().kind == not {
			p.next()
		}
		o.negative = false
	}
	if !p.peek().kind.begins() {
		p.add(t.start, t.end, code.MissingOperand, p.text(t)+" needs something after it", "write a AND NOT b, or a -b")
	} else {
		o.node = p.primary()
	}
	o.end = p.before()
	return o
}

// before returns where the token before the one at hand ends.
func (p *parser) before() int {
	if p.i == 0 {
		return 0
	}
	return p.toks[p.i-1].end
}

// primary reads the smallest thing that can be looked for.
func (p *parser) primary() Node {
	p.enter()
	defer func() { p.depth-- }()
	switch t := p.peek(); t.kind {
	case leaf, word:
		return p.next().node
	case open:
		p.next()
		n := p.expression()
		p.closing(t, "(")
		return n
	case field:
		return p.field()
	case call:
		return p.call()
	default:
		return nil
	}
}

// field reads what stands after "title:" and the like.
func (p *parser) field() Node {
	t := p.next()
	after := p.peek()
	if after.kind == not {
		p.add(t.start, after.end, code.MisplacedNot, "NOT stands after "+p.text(t), "write NOT "+p.text(t)+"word")
		p.next()
	}
	if !p.peek().kind.begins() {
		p.add(t.start, t.end, code.MissingOperand, p.text(t)+" needs something after it", "write "+p.text(t)+"word or "+p.text(t)+"(a OR b)")
		return nil
	}
	of := p.primary()
	return &In{Pos: between(t.start, p.before()), Field: t.field, Of: of}
}

// closing steps over the parenthesis that closes the one of t.
func (p *parser) closing(t *token, what string) {
	if p.peek().kind == closing {
		p.next()
		return
	}
	p.add(t.start, t.end, code.OpenParenthesis, quoted(what)+" is never closed", "write the ) where it ends")
}
