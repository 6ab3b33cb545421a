package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/backtest/fit"
)

// fit returns the points of the rows. The samples are parted to say of each what
// was found without it.
func (s *samples) fit() result {
	m := fit.Fit(bare(s.all), s.shape())
	if s.language != "" { // there are more words than a table should have that people read
		points := m.Points()
		s.keep(func(row int) bool { return max(points[row], -points[row]) >= leastPoints })
		m = fit.Fit(bare(s.all), s.shape())
	}
	return result{points: m.Points(), samples: len(s.all), bars: s.bars()}
}

// leastPoints is what a row of a table with words is worth at least.
const leastPoints = 3

// keep drops the rows that are not worth keeping.
func (s *samples) keep(worth func(row int) bool) {
	number := map[int]int{}
	var rows []string
	for i, row := range s.rows {
		if worth(i) {
			number[i] = len(rows)
			rows = append(rows, row)
		}
	}
	renumbered := func(old []int) []int {
		var kept []int
		for _, row := range old {
			if n, ok := number[row]; ok {
				kept = append(kept, n)
			}
		}
		return kept
	}
	s.rows, s.events = rows, renumbered(s.events)
	for i := range s.all {
		s.all[i].Rows = renumbered(s.all[i].Rows)
	}
}

// A result is a fitted table, and what it is worth.
type result struct {
	points  []int
	samples int
	bars    []bar
}

// A bar says what comes of asking for so many points, of samples that the fit did
// not see.
type bar struct {
	points             int
	wanted, told, all  float64 // weights of the wanted that are told, of all that are told, of the wanted
	ordinary, ordinals int     // told of the items that nobody labelled and that no rule tells, and all of these
}

// parts is how many parts the samples are parted in: each is scored by a fit on
// the others.
const parts = 5

// shape returns the table as fit takes it.
func (s *samples) shape() fit.Table { return fit.Table{Rows: len(s.rows), Events: s.events} }

// bars scores each part by a fit on the others.
func (s *samples) bars() []bar {
	bars := make([]bar, 0, 8)
	for points := 30; points <= 100; points += 10 {
		bars = append(bars, bar{points: points})
	}
	for part := range parts {
		var train, test []sample
		for i, x := range s.all {
			if i%parts == part {
				test = append(test, x)
			} else {
				train = append(train, x)
			}
		}
		points := fit.Fit(bare(train), s.shape()).Points()
		for _, x := range test {
			sum := 0
			for _, r := range x.Rows {
				sum += points[r]
			}
			for i := range bars {
				bars[i].add(x, sum >= bars[i].points)
			}
		}
	}
	return bars
}

// bare returns samples as fit takes them.
func bare(all []sample) []fit.Sample {
	out := make([]fit.Sample, len(all))
	for i := range all {
		out[i] = all[i].Sample
	}
	return out
}

// add counts a sample that is told or not.
func (b *bar) add(x sample, told bool) {
	if x.Wanted {
		b.all += x.Weight
	}
	if told {
		b.told += x.Weight
	}
	if x.Wanted && told {
		b.wanted += x.Weight
	}
	if x.ordinary {
		b.ordinals++
		if told {
			b.ordinary++
		}
	}
}

// written returns the file with the table.
func written(table string, rows []string, r result) string {
	b := &strings.Builder{}
	fmt.Fprintf(b, `# yaml-language-server: $schema=../rules.schema.json
#
# What speaks for an alert and what against, where it stands in the title of an
# item or in the first sentence below it. Made by backtest/fitpoints of %d
# labelled and ordinary items, with a row for every list and group that is worth
# something: do not edit, but run go generate ./backtest. An item with %d points
# is as likely wanted as not. Words for the event itself are never worth less than
# nothing.
#
# Of items that the fit did not see:
#   points   recall  precision   of %d ordinary items
`, r.samples, fit.Even, r.bars[0].ordinals)
	for _, x := range r.bars {
		fmt.Fprintf(b, "#   %6d   %.3f      %.3f   %d\n", x.points, x.wanted/max(x.all, 1), x.wanted/max(x.told, 1), x.ordinary)
	}
	fmt.Fprintf(b, "points:\n  %s:\n", table)
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(r.points[b]-r.points[a], cmp.Compare(rows[a], rows[b])) })
	for _, i := range order {
		if r.points[i] != 0 {
			fmt.Fprintf(b, "    %s: %d\n", quoted(rows[i]), r.points[i])
		}
	}
	return b.String()
}

// quoted returns a row as YAML can have it for a key.
func quoted(row string) string {
	if strings.ContainsAny(row, "@\"':") || slices.Contains(notWords, row) {
		return "'" + strings.ReplaceAll(row, "'", "''") + "'"
	}
	return row
}

// notWords are words that YAML takes for something else.
var notWords = []string{"no", "yes", "on", "off", "null", "true", "false"}
