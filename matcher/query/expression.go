package query

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
)

// An operator stands between two operands; a mere space means AND.
type operator struct {
	kind       kind // and, or
	start, end int
}

// expression reads operands with AND and OR between them, up to a closing
// parenthesis, a comma or the end.
func (p *parser) expression() Node {
	var parts []operand
	var ops []operator
	for {
		if !p.peek().kind.begins() {
			p.missing(len(parts) > 0)
			if !p.peek().kind.begins() {
				break
			}
		}
		parts = append(parts, p.chain())
		op, ok := p.operator()
		if !ok {
			break
		}
		ops = append(ops, op)
	}
	if len(parts) == 0 || p.mixed(parts, ops) {
		return nil
	}
	if len(ops) > 0 && ops[0].kind == or {
		return p.either(parts)
	}
	return p.both(parts)
}

// operator reads AND, OR or nothing, which is AND. It returns false if no
// operand follows.
func (p *parser) operator() (operator, bool) {
	t := p.peek()
	switch {
	case t.kind == and || t.kind == or:
		p.next()
		if !p.peek().kind.begins() {
			p.add(t.start, t.end, code.MissingOperand, p.text(t)+" needs something after it", "write a "+p.text(t)+" b")
			p.skipOperators()
		}
		return operator{t.kind, t.start, t.end}, p.peek().kind.begins()
	case t.kind.begins():
		return operator{and, t.start, t.start}, true
	default:
		return operator{}, false
	}
}

// missing notes that something to look for should be where it is not, and
// steps over the operators that are there instead.
func (p *parser) missing(within bool) {
	t := p.peek()
	p.skipOperators()
	switch {
	case t.kind == and || t.kind == or || t.kind == near:
		p.add(t.start, t.end, code.MissingOperand, p.text(t)+" needs something before it", "write a "+p.text(t)+" b")
	case !within && t.kind == closing && p.i > 0 && p.toks[p.i-1].kind == open:
		p.add(p.toks[p.i-1].start, t.end, code.MissingOperand, "there is nothing between the parentheses", "")
	case !within && t.kind == closing && p.i == 0:
		// The caller tells that it closes nothing.
	case !within:
		p.add(t.start, t.end, code.MissingKey, "something to look for is missing here", "write a word, a $list or an @entity")
	}
}

// mixed notes it as a mistake if there are both AND and OR among ops.
func (p *parser) mixed(parts []operand, ops []operator) bool {
	i := slices.IndexFunc(ops, func(o operator) bool { return o.kind != ops[0].kind })
	if i < 0 {
		return false
	}
	at := ops[i]
	if at.start == at.end { // a mere space
		at.start, at.end = parts[i].start, parts[i+1].end
	}
	p.add(at.start, at.end, code.AndBesideOr, "AND and OR stand side by side without parentheses",
		"write "+p.grouped(parts, ops, and)+", or "+p.grouped(parts, ops, or))
	return true
}

// grouped returns the expression with parentheses around what tight joins.
func (p *parser) grouped(parts []operand, ops []operator, tight kind) string {
	const most = 8 // operands that a hint can show
	rest := ""
	if len(parts) > most {
		parts, ops, rest = parts[:most], ops[:most-1], " …"
	}
	var b strings.Builder
	for i := 0; i < len(parts); {
		j := i
		for j < len(ops) && ops[j].kind == tight {
			j++
		}
		p.group(&b, parts[i:j+1], ops[i:j])
		if j < len(ops) {
			b.WriteString(p.between(ops[j]))
		}
		i = j + 1
	}
	return b.String() + rest
}

// group writes parts with ops between them, in parentheses if there are several.
func (p *parser) group(b *strings.Builder, parts []operand, ops []operator) {
	if len(parts) == 1 {
		b.WriteString(shown(p.src[parts[0].start:parts[0].end]))
		return
	}
	start := parts[0].start
	if parts[0].negative && parts[0].node != nil && ops[0].kind == or { // -a OR b can only mean -(a OR b)
		b.WriteString("-")
		start, _ = parts[0].node.Range()
	}
	b.WriteString("(" + shown(p.src[start:parts[0].end]))
	for i, op := range ops {
		b.WriteString(p.between(op) + shown(p.src[parts[i+1].start:parts[i+1].end]))
	}
	b.WriteString(")")
}

// between returns op as it is written between two operands.
func (p *parser) between(op operator) string {
	if op.start == op.end {
		return " "
	}
	return " " + p.src[op.start:op.end] + " "
}

// either returns the Or of parts.
func (p *parser) either(parts []operand) Node {
	n := &Or{Pos: between(parts[0].start, parts[len(parts)-1].end)}
	for _, o := range parts {
		if o.negative {
			p.add(o.start, o.end, code.NotAlone, "NOT stands beside OR, so that nearly every item would match", "write (a OR b) AND NOT c")
			continue
		}
		n.Parts = append(n.Parts, o.node)
	}
	return n
}

// both returns the And of parts, or the only one of them.
func (p *parser) both(parts []operand) Node {
	if len(parts) == 1 && !parts[0].negative {
		return parts[0].node
	}
	n := &And{Pos: between(parts[0].start, parts[len(parts)-1].end)}
	for _, o := range parts {
		if o.negative {
			n.Not = append(n.Not, o.node)
		} else {
			n.Parts = append(n.Parts, o.node)
		}
	}
	if len(n.Parts) == 0 {
		p.add(int(n.Start), int(n.End), code.NotAlone, "NOT alone would match nearly every item", "write what must occur beside it: a AND NOT b")
	}
	return n
}

// sideBySide notes it as a mistake where two bare words stand side by side,
// and where AND, OR or NOT is written small.
func (p *parser) sideBySide() {
	for i := 0; i < len(p.toks); i++ {
		j := i
		for p.toks[j].kind == word {
			j++
		}
		if j > i {
			p.words(i, j)
			i = j - 1
		}
	}
}

// words looks at the bare words toks[i:j], which stand side by side.
func (p *parser) words(i, j int) {
	texts := make([]string, 0, j-i)
	for k := range p.toks[i:j] {
		t := &p.toks[i+k]
		text := p.text(t)
		texts = append(texts, text)
		upper, ok := smallOperator(text)
		between := k > 0 || i > 0 && p.toks[i-1].kind.finishes() || upper == "NOT"
		if ok && between && p.toks[i+k+1].kind.begins() {
			p.add(t.start, t.end, code.NoOperator, quoted(text)+" is no operator", "write "+upper+` in capitals; for the word itself write "`+text+`" in quotes`)
			return
		}
	}
	if len(texts) > 1 {
		hint := `write "` + shown(strings.Join(texts, " ")) + `" for a phrase, or ` + shown(strings.Join(texts, " AND ")) + " for all of them anywhere"
		p.add(p.toks[i].start, p.toks[j-1].end, code.SideBySide, "two words stand side by side", hint)
	}
}

// smallOperator returns the operator that text is in small letters.
func smallOperator(text string) (string, bool) {
	upper := strings.ToUpper(text)
	switch upper {
	case "AND", "OR", "NOT":
		return upper, true
	case "NEAR", "ONEAR":
		return upper + "/5", true
	}
	return "", false
}
