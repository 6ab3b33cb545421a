package terminal

import (
	"fmt"
	"io"
	"strings"

	"github.com/coupwatch/coupwatch/text/fit"
)

// A Table is rows of columns.
type Table struct {
	align string // a letter for each column: l for one that stands at the left, r at the right
	rows  [][]string
}

// NewTable returns a table with a row of headings, or without rows.
func NewTable(align string, headings ...string) *Table {
	t := &Table{align: align}
	if len(headings) > 0 {
		t.Row(headings...)
	}
	return t
}

// Row adds a row.
func (t *Table) Row(cells ...string) { t.rows = append(t.rows, cells) }

// Add adds cells to the last row.
func (t *Table) Add(cells ...string) {
	last := len(t.rows) - 1
	t.rows[last] = append(t.rows[last], cells...)
}

// DropLast drops the last column.
func (t *Table) DropLast() {
	t.align = t.align[:len(t.align)-1]
	for i, row := range t.rows {
		t.rows[i] = row[:len(t.align)]
	}
}

// Write writes the rows, each after indent.
func (t *Table) Write(w io.Writer, indent string) {
	for _, line := range t.Lines() {
		fmt.Fprintln(w, indent+line)
	}
}

// Lines returns the rows as they are written.
func (t *Table) Lines() []string {
	widths := make([]int, len(t.align))
	for _, row := range t.rows {
		for i, cell := range row {
			widths[i] = max(widths[i], fit.Width(cell))
		}
	}
	var lines []string
	for _, row := range t.rows {
		var b strings.Builder
		for i, cell := range row {
			if i > 0 {
				b.WriteString("  ")
			}
			blank := strings.Repeat(" ", widths[i]-fit.Width(cell))
			if t.align[i] == 'l' {
				b.WriteString(cell + blank)
			} else {
				b.WriteString(blank + cell)
			}
		}
		lines = append(lines, strings.TrimRight(b.String(), " "))
	}
	return lines
}
