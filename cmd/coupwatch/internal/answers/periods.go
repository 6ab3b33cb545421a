package answers

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher/explain"
)

const (
	mostRows   = 20 // of a long table, unless all are asked for
	whenWidth  = 70 // letters of a condition
	termWidth  = 40 // letters of a term
	placeWidth = 40 // letters of where rules.yaml has something
)

// Comparison writes for people to read what rules make of several periods; all
// is whether to write every row of long tables.
func Comparison(w io.Writer, c explain.Comparison, all bool) error {
	b := &strings.Builder{}
	t := comparisonTables{b, c, mostRows}
	if all {
		t.rows = len(c.Rules) + len(c.Conditions) + len(c.Terms)
	}
	t.periods()
	t.rules()
	t.conditions()
	t.terms()
	t.least()
	_, err := io.WriteString(w, b.String())
	return err
}

// comparisonTables write a comparison.
type comparisonTables struct {
	*strings.Builder
	explain.Comparison
	rows int // of a long table at most
}

func (t comparisonTables) periods() {
	figure := func(x float64) string { return fmt.Sprintf("%.3f", x) }
	table := terminal.NewTable("lrrrrrrrrrr", "PERIOD", "ITEMS", "ALERTED", "LABELLED", "PRECISION", "LENIENT", "RECALL", "CORE", "F1", "WITHOUT OWN", "OWN TERMS")
	for _, p := range t.Periods {
		s := p.Score
		table.Row(p.Name, terminal.Thousands(p.Items), terminal.Thousands(p.Alerted), terminal.Thousands(s.Labelled),
			figure(s.Precision), figure(s.Lenient), figure(s.Recall), figure(s.Core), figure(s.F1), figure(p.Without.F1), terminal.Thousands(p.Own))
	}
	table.Write(t, "")
	t.WriteString("LENIENT counts related items as right, CORE those of which all were labelled. WITHOUT OWN is F1 without the OWN TERMS: those found in this period only.\n")
	for _, script := range slices.Sorted(maps.Keys(t.Alone)) {
		fmt.Fprintf(t, "Only %s has texts in %s letters: what terms in them owe to it cannot be told.\n", t.Alone[script], script)
	}
}

// lossTable returns a table of what is lost without something, with a column a
// period and further ones.
func (t comparisonTables) lossTable(heading string, further ...string) *terminal.Table {
	table := terminal.NewTable("l"+strings.Repeat("r", len(t.Periods)+1)+strings.Repeat("l", len(further)), heading, "MEAN")
	for _, p := range t.Periods {
		table.Add(strings.ToUpper(p.Name))
	}
	table.Add(further...)
	return table
}

func lossRow(table *terminal.Table, what string, losses explain.Losses, further ...string) {
	loss := func(x float64) string {
		if x == 0 {
			return "0"
		}
		return fmt.Sprintf("%+.4f", x)
	}
	table.Row(what, loss(losses.Mean()))
	for _, x := range losses {
		table.Add(loss(x))
	}
	table.Add(further...)
}

func (t comparisonTables) rules() {
	t.title("Rules", "F1 would lose without each; below zero it would gain", len(t.Rules))
	table := t.lossTable("RULE")
	for _, r := range t.Rules[:min(t.rows, len(t.Rules))] {
		lossRow(table, r.Rule, r.Losses)
	}
	table.Write(t, "")
}

func (t comparisonTables) conditions() {
	t.title("Conditions that make a difference", "F1 would lose without each, in all rules that have it", len(t.Conditions))
	table := t.lossTable("CONDITION", "RULES")
	for _, c := range t.Conditions[:min(t.rows, len(t.Conditions))] {
		lossRow(table, conditionAsWritten(c.Condition), c.Losses, terminal.Listed(c.Rules, placeWidth))
	}
	table.Write(t, "")
}

// conditionAsWritten returns a condition nearly as rules.yaml has it.
func conditionAsWritten(c explain.Condition) string {
	s := c.Kind + " "
	if c.To != 0 {
		s += "to " + c.To.String() + " "
	}
	s += terminal.Cut(c.When, whenWidth)
	if c.Near != "" {
		s += ", near " + c.Near
	}
	return s
}

// terms writes the terms that harm, and those of one period only that it would
// miss most.
func (t comparisonTables) terms() {
	harmful := slices.DeleteFunc(slices.Clone(t.Terms), func(x explain.TermLosses) bool { return x.Mean() >= 0 })
	t.title("Terms without which F1 would gain", "found in labelled items that are right, related, wrong", len(harmful))
	t.termTable(harmful)
	own := slices.DeleteFunc(slices.Clone(t.Terms), func(x explain.TermLosses) bool { return x.Own == "" })
	slices.Reverse(own)
	t.title("Terms that one period alone bears out", "found in labelled items that are right, related, wrong", len(own))
	t.termTable(own)
}

func (t comparisonTables) termTable(terms []explain.TermLosses) {
	if len(terms) == 0 {
		return
	}
	table := terminal.NewTable("lr"+strings.Repeat("r", len(t.Periods))+"l", "TERM", "MEAN")
	for _, p := range t.Periods {
		table.Add(strings.ToUpper(p.Name))
	}
	table.Add("IN")
	for _, x := range terms[:min(t.rows, len(terms))] {
		table.Row(terminal.Cut(x.Term, termWidth), fmt.Sprintf("%+.4f", x.Mean()))
		for _, p := range x.Periods {
			table.Add(foundIn(p))
		}
		table.Add(terminal.Listed(x.In, placeWidth))
	}
	table.Write(t, "")
}

// foundIn returns in how many items a term is found, and how many of these are
// right, related and wrong.
func foundIn(p explain.TermPeriod) string {
	if p.Items == 0 {
		return "–"
	}
	return fmt.Sprintf("%s: %d %d %d", terminal.Thousands(p.Items), p.Right, p.Related, p.Wrong)
}

func (t comparisonTables) title(what, meaning string, rows int) {
	fmt.Fprintf(t, "\n%s: %s (%s)", what, terminal.Thousands(rows), meaning)
	if rows > t.rows {
		fmt.Fprintf(t, "; the first %d, --all has them all", t.rows)
	}
	t.WriteString("\n")
}

// least writes the figure of the rules.
func (t comparisonTables) least() {
	i := slices.IndexFunc(t.Periods, func(p explain.PeriodFigures) bool { return p.Name == t.Least })
	fmt.Fprintf(t, "\nThe figure of these rules is the least F1 without own terms: %.3f, in %s.\n", t.Periods[i].Without.F1, t.Least)
}
