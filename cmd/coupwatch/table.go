package main

import (
	"fmt"
	"io"
	"strings"
)

// A table is rows of columns.
type table struct {
	align string // a letter for each column: l for one that stands at the left, r at the right
	rows  [][]string
}

// newTable returns a table with a row of headings, or without rows.
func newTable(align string, headings ...string) *table {
	t := &table{align: align}
	if len(headings) > 0 {
		t.row(headings...)
	}
	return t
}

func (t *table) row(cells ...string) { t.rows = append(t.rows, cells) }

// add adds cells to the last row.
func (t *table) add(cells ...string) {
	last := len(t.rows) - 1
	t.rows[last] = append(t.rows[last], cells...)
}

// write writes the rows, each after indent.
func (t *table) write(w io.Writer, indent string) {
	for _, line := range t.lines() {
		fmt.Fprintln(w, indent+line)
	}
}

// lines returns the rows as they are written.
func (t *table) lines() []string {
	widths := make([]int, len(t.align))
	for _, row := range t.rows {
		for i, cell := range row {
			widths[i] = max(widths[i], columnsOf(cell))
		}
	}
	var lines []string
	for _, row := range t.rows {
		var b strings.Builder
		for i, cell := range row {
			if i > 0 {
				b.WriteString("  ")
			}
			blank := strings.Repeat(" ", widths[i]-columnsOf(cell))
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

// fitting joins the first of words, as many as have at most so many letters
// together, and says how many there are beside them.
func fitting(words []string, letters int) string {
	shown := 0
	for i, w := range words {
		if letters -= len([]rune(w)) + 2; letters < 0 && i > 0 {
			break
		}
		shown++
	}
	s := strings.Join(words[:shown], ", ")
	if more := len(words) - shown; more > 0 {
		s += fmt.Sprintf(" +%d", more)
	}
	return s
}
