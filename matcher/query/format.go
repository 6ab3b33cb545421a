package query

import (
	"fmt"
	"iter"
	"strings"
	"time"
)

// How tightly things bind, from the loosest up.
const (
	bindsOr = iota
	bindsAnd
	bindsNear
	bindsAll
)

// Format returns the text of n, which [Parse] reads as the same tree. Spaces,
// parentheses that change nothing and the order of what is taken away may
// differ from the text that n was made of.
func Format(n Node) string {
	var b strings.Builder
	format(&b, n, bindsOr)
	return b.String()
}

// format writes n as it stands beside something that binds as tightly as
// around.
func format(b *strings.Builder, n Node, around int) {
	if binds := binding(n); binds < around {
		b.WriteByte('(')
		defer b.WriteByte(')')
	}
	switch n := n.(type) {
	case *And:
		formatAll(b, n.Parts, " AND ", bindsNear)
		for _, part := range n.Not {
			b.WriteString(" AND NOT ")
			format(b, part, bindsAll)
		}
	case *Or:
		formatAll(b, n.Parts, " OR ", bindsNear)
	case *Near:
		op := "NEAR"
		if n.Ordered {
			op = "ONEAR"
		}
		format(b, n.Left, bindsNear)
		fmt.Fprintf(b, " %s/%d ", op, n.N)
		format(b, n.Right, bindsAll)
	case *Within:
		fmt.Fprintf(b, "WITHIN/%d(", n.N)
		formatAll(b, n.Parts, ", ", bindsOr)
		b.WriteByte(')')
	case *Sentence:
		b.WriteString("SENTENCE(")
		format(b, n.Of, bindsOr)
		b.WriteByte(')')
	case *First:
		b.WriteString("FIRST(")
		format(b, n.Of, bindsOr)
		b.WriteByte(')')
	case *Lead:
		b.WriteString("LEAD(")
		format(b, n.Of, bindsOr)
		b.WriteByte(')')
	case *Told:
		b.WriteString("TOLD(")
		format(b, n.Of, bindsOr)
		b.WriteByte(')')
	case *Warm:
		b.WriteString("WARM(@" + n.Of.Name + ", " + formatSpan(n.Within) + ")")
	case *In:
		b.WriteString(n.Field.String() + ":")
		format(b, n.Of, bindsAll)
	default:
		b.WriteString(formatLeaf(n))
	}
}

func formatAll(b *strings.Builder, nodes []Node, between string, around int) {
	for i, n := range nodes {
		if i > 0 {
			b.WriteString(between)
		}
		format(b, n, around)
	}
}

func binding(n Node) int {
	switch n.(type) {
	case *Or:
		return bindsOr
	case *And:
		return bindsAnd
	case *Near:
		return bindsNear
	default:
		return bindsAll
	}
}

// formatLeaf returns the text of a node without parts.
func formatLeaf(n Node) string {
	switch n := n.(type) {
	case *Term:
		return formatTerm(n)
	case *Entity:
		return "@" + n.Name
	case *List:
		return "$" + n.Name
	case *Count:
		return fmt.Sprintf("COUNT($%s) >= %d", n.Name, n.Min)
	case *Points:
		sign := ">="
		if n.Below {
			sign = "<"
		}
		return fmt.Sprintf("POINTS($%s) %s %d", n.Name, sign, n.Than)
	case *Meta:
		return n.Key + ":" + formatValue(n.Value)
	case *Question:
		return "QUESTION"
	case *PastYear:
		return "PAST_YEAR"
	default:
		return ""
	}
}

// formatSpan returns a length of time in days, or in hours if it is no number of
// days.
func formatSpan(d time.Duration) string {
	if hours := int(d.Hours()); hours%24 != 0 {
		return fmt.Sprintf("%dh", hours)
	}
	return fmt.Sprintf("%dd", int(d.Hours())/24)
}

// formatValue returns the value of a [Meta], in quotes if it needs them.
func formatValue(v string) string {
	switch {
	case (&lexer{src: v}).run() == v:
		return v
	case strings.ContainsAny(v, commas):
		return "«" + v + "»"
	default:
		return `"` + v + `"`
	}
}

// formatTerm returns the text of t: with hyphens or in quotes where a query
// can have it so, and else as an entry of a list has it.
func formatTerm(t *Term) string {
	count := [Gap + 1]int{}
	bare := true
	for _, w := range t.Words {
		count[w.Form]++
		bare = bare && w.bare()
	}
	hyphened := joinWords(t.Words, "-", marked)
	if count[Exact] == len(t.Words) {
		hyphened = "=" + joinWords(t.Words, "-", plain)
		count[Exact] = 0
	}
	switch {
	case bare && count[Exact] == 0 && len(hyphened) <= longestWord:
		return hyphened
	case count[Inflected] == 0 && !endsInQuestion(t.Words):
		return `"` + joinWords(t.Words, " ", marked) + `"`
	default:
		return formatEntry(t.Words)
	}
}

// formatEntry returns words as only an entry of a list can have them: some in
// quotes and some not.
func formatEntry(words []Word) string {
	var b strings.Builder
	for i, w := range words {
		switch {
		case i > 0 && words[i-1].joins() && w.joins():
			b.WriteByte('-')
		case i > 0:
			b.WriteByte(' ')
		}
		if w.bare() {
			b.WriteString(marked(w))
		} else {
			b.WriteString(`"` + marked(w) + `"`)
		}
	}
	return b.String()
}

// joins reports whether a hyphen may stand beside w: what is marked with "="
// before it would all be marked so.
func (w Word) joins() bool { return w.bare() && w.Form != Exact }

// bare reports whether w can stand without quotes.
func (w Word) bare() bool {
	return w.Form != Folded && !strings.Contains(w.Text, "=") && strings.IndexFunc(w.Text, meaningless) < 0
}

func joinWords(words []Word, between string, write func(Word) string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = write(w)
	}
	return strings.Join(out, between)
}

func plain(w Word) string { return w.Text }

// marked returns w with the marks of its form.
func marked(w Word) string {
	switch w.Form {
	case Exact:
		return "=" + w.Text
	case Prefix:
		return w.Text + "*"
	default:
		return w.Text
	}
}

func endsInQuestion(words []Word) bool {
	for _, w := range words {
		if w.Form == Wild && strings.HasSuffix(w.Text, "?") {
			return true
		}
	}
	return false
}

// All returns n and all nodes within it, those around others first.
func All(n Node) iter.Seq[Node] {
	return func(yield func(Node) bool) { walk(n, yield) }
}

func walk(n Node, yield func(Node) bool) bool {
	if !yield(n) {
		return false
	}
	for _, part := range Parts(n) {
		if !walk(part, yield) {
			return false
		}
	}
	return true
}

// Parts returns the nodes that n directly consists of, those of And.Not last.
func Parts(n Node) []Node {
	switch n := n.(type) {
	case *And:
		return append(n.Parts[:len(n.Parts):len(n.Parts)], n.Not...)
	case *Or:
		return n.Parts
	case *Near:
		return []Node{n.Left, n.Right}
	case *Within:
		return n.Parts
	case *Sentence:
		return []Node{n.Of}
	case *In:
		return []Node{n.Of}
	case *First:
		return []Node{n.Of}
	case *Lead:
		return []Node{n.Of}
	case *Told:
		return []Node{n.Of}
	case *Warm:
		return []Node{n.Of}
	default:
		return nil
	}
}
