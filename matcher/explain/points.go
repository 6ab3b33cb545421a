package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/news"
)

// Tally adds up the table of points that has a name: what of it stands in the
// title of an item or in the first sentence below it. It is empty if no rule asks
// for the table.
func Tally(r *engine.Program, table string, it news.Item) engine.Tally {
	s := reading{r.Read(it)}
	defer s.Release()
	s.BuildRuns()
	for part := range r.Parts {
		if r.Parts[part].Kind == engine.Points {
			if t := s.Tally(int32(part)); t.Table == table {
				return t
			}
		}
	}
	return engine.Tally{Table: table}
}

// tallies adds up the tables of points that rules ask for, each once.
func (s reading) tallies() []engine.Tally {
	var all []engine.Tally
	for part := range s.Parts {
		if s.Parts[part].Kind != engine.Points {
			continue
		}
		t := s.Tally(int32(part))
		if !slices.ContainsFunc(all, func(o engine.Tally) bool { return o.Table == t.Table }) {
			all = append(all, t)
		}
	}
	return all
}

// tallied says what a table adds up to, the weightiest rows first.
func tallied(t engine.Tally) string {
	rows := slices.Clone(t.Rows)
	slices.SortStableFunc(rows, func(a, b engine.Worth) int { return max(b.Points, -b.Points) - max(a.Points, -a.Points) })
	parts := make([]string, len(rows))
	for i, row := range rows {
		parts[i] = fmt.Sprintf("%s %+d", row.Term, row.Points)
	}
	line := fmt.Sprintf("$%s: %d", t.Table, t.Sum)
	if len(parts) > 0 {
		line += " = " + strings.Join(parts, ", ")
	}
	return line
}
