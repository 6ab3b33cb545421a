package query

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/news"
)

// examples show how each function is written.
var examples = map[string]string{
	"SENTENCE": "SENTENCE(a AND b)",
	"WITHIN":   "WITHIN/9(a, b, c)",
	"COUNT":    "COUNT($list) >= 3",
	"POINTS":   "POINTS($table) >= 50",
	"FIRST":    "FIRST(word)",
	"LEAD":     "LEAD(a AND b)",
	"TOLD":     "TOLD(word)",
	"WARM":     "WARM(@countries, 5d)",
}

// call reads a function with what stands in its parentheses.
func (p *parser) call() Node {
	t := p.next()
	paren := p.peek()
	if paren.kind != open {
		p.add(t.start, t.end, code.BadArguments, p.text(t)+" needs parentheses after it", p.example(t))
		return nil
	}
	p.next()
	args := p.arguments()
	p.closing(paren, p.text(t)+"(")
	if t.name == "WITHIN" {
		return p.within(t, args)
	}
	if t.name == "WARM" {
		return p.warm(t, args)
	}
	if len(args) > 1 && t.name != "" {
		p.add(t.start, p.before(), code.BadArguments, p.text(t)+" takes one thing, not several with commas between them", p.example(t))
	}
	at, of := between(t.start, p.before()), args[0]
	switch t.name {
	case "SENTENCE":
		return &Sentence{at, of}
	case "FIRST":
		return &First{at, of}
	case "LEAD":
		return &Lead{at, of}
	case "TOLD":
		return &Told{at, of}
	case "COUNT":
		return p.count(t, of)
	case "POINTS":
		return p.points(t, of)
	default: // an unknown function, of which the lexer told
		return nil
	}
}

// arguments reads what stands between parentheses, with commas between them.
func (p *parser) arguments() []Node {
	args := []Node{p.expression()}
	for p.peek().kind == comma {
		p.next()
		args = append(args, p.expression())
	}
	return args
}

func (p *parser) example(t *token) string {
	if example := examples[t.name]; example != "" {
		return "write " + example
	}
	return ""
}

// within returns the node of WITHIN/n(args), which ends here.
func (p *parser) within(t *token, args []Node) Node {
	switch {
	case !strings.Contains(p.text(t), "/"):
		// The lexer told that the number is missing.
	case len(args) < 2:
		p.add(t.start, p.before(), code.BadArguments, "WITHIN needs two things at least", p.example(t))
	case t.n < len(args):
		p.add(t.start, p.before(), code.BadArguments, fmt.Sprintf("%d things do not fit in %d words", len(args), t.n), "write a greater number")
	}
	return &Within{Pos: between(t.start, p.before()), N: t.n, Parts: args}
}

// warm returns the node of WARM(args), which ends here.
func (p *parser) warm(t *token, args []Node) Node {
	n := &Warm{Pos: between(t.start, p.before()), Of: &Entity{}}
	of, ok := args[0].(*Entity)
	if len(args) != 2 || args[0] != nil && !ok {
		p.add(t.start, p.before(), code.BadArguments, "WARM takes an entity or a group, and how long ago people were told of it at most", p.example(t))
		return n
	}
	if ok {
		n.Of = of
	}
	if span, ok := args[1].(*Term); ok {
		n.Within = p.span(span)
	} else if args[1] != nil {
		start, end := args[1].Range()
		p.add(start, end, code.BadDuration, quoted(p.src[start:end])+" is no length of time", "write 5d or 36h")
	}
	return n
}

// span returns the length of time that a word means.
func (p *parser) span(t *Term) time.Duration {
	text := p.src[t.Start:t.End]
	unit := map[string]time.Duration{"h": time.Hour, "d": 24 * time.Hour}[text[len(text)-1:]]
	count, err := strconv.Atoi(text[:len(text)-1])
	switch {
	case unit == 0 || err != nil || count < 1:
		p.add(int(t.Start), int(t.End), code.BadDuration, quoted(text)+" is no length of time", "write 5d or 36h")
	case count > int(news.Window/unit):
		p.add(int(t.Start), int(t.End), code.BadDuration, quoted(text)+" is longer than stories are remembered", fmt.Sprintf("the most is %dd", news.Window/(24*time.Hour)))
	default:
		return time.Duration(count) * unit
	}
	return 0
}

// count reads what stands after COUNT(of).
func (p *parser) count(t *token, of Node) Node {
	list, ok := of.(*List)
	if !ok {
		if of != nil {
			p.add(t.start, p.before(), code.BadArguments, "COUNT counts the entries of one list", p.example(t))
		}
		list = &List{}
	}
	least := p.peek()
	if least.kind != compare {
		p.add(t.start, p.before(), code.BadArguments, "COUNT needs a number to reach", "write "+shown(p.src[t.start:p.before()])+" >= 3")
		return nil
	}
	p.next()
	if least.below {
		p.add(least.start, least.end, code.ForeignSign, quoted("<")+" means nothing after COUNT", "write >= and a number: so many or more")
	}
	if least.n < 1 && least.number {
		p.add(least.start, least.end, code.BadNumber, "COUNT counts from 1", "write >= 3")
	}
	return &Count{Pos: between(t.start, least.end), Name: list.Name, Min: least.n}
}

// points reads what stands after POINTS(of).
func (p *parser) points(t *token, of Node) Node {
	table, ok := of.(*List)
	if !ok {
		if of != nil {
			p.add(t.start, p.before(), code.BadArguments, "POINTS adds up the rows of one table", p.example(t))
		}
		table = &List{}
	}
	than := p.peek()
	if than.kind != compare {
		p.add(t.start, p.before(), code.BadArguments, "POINTS needs a number to compare with", "write "+shown(p.src[t.start:p.before()])+" >= 50, or < 50")
		return nil
	}
	p.next()
	return &Points{Pos: between(t.start, than.end), Name: table.Name, Than: than.n, Below: than.below}
}
