package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/backtest/fit"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/explain"
	"github.com/coupwatch/coupwatch/news"
)

// options are what is asked for.
type options struct {
	rules, table, rule, events, write string
	language                          string // of the items it is for, and whose words are rows; "" for all, and no words
	headlines                         []string
	archives                          []past
}

// A past is an archive with labels for some of its items.
type past struct {
	items, labels string
	wide          float64
}

func (o *options) headline(file string) error {
	o.headlines = append(o.headlines, file)
	return nil
}

func (o *options) archive(s string) error {
	f := strings.Split(s, ",")
	if len(f) != 3 {
		return fmt.Errorf("%q has %d parts, want 3 with commas between them", s, len(f))
	}
	wide, err := strconv.ParseFloat(f[2], 64)
	if err != nil {
		return fmt.Errorf("%q is no number", f[2])
	}
	o.archives = append(o.archives, past{f[0], f[1], wide})
	return nil
}

// How much samples count, and of how many unlabelled items one is taken. What is
// labelled in an archive was found by the rules; a headline was not, and tells
// more.
const (
	headlineWeight = 3
	foundWeight    = 0.2
	mostWide       = 3
	oneOf          = 6
)

// samples are what a table is fitted on.
type samples struct {
	rules    *matcher.Rules
	table    string
	rule     string         // that asks for it
	language string         // whose words are rows; "" for none
	rows     []string       // as rules.yaml has them
	number   map[string]int // of a row
	events   []int          // rows that are words for the event itself
	all      []sample
}

// read reads all that the options name.
func (o options) read() (*samples, error) {
	if err := o.propose(); err != nil {
		return nil, err
	}
	rules, err := matcher.Read(o.rules)
	if err != nil {
		return nil, err
	}
	s := &samples{rules: rules, language: o.language, table: o.table, rule: o.rule, rows: rules.Rows(o.table), number: map[string]int{}}
	if len(s.rows) == 0 {
		return nil, fmt.Errorf("%s: no table of points is called %q", o.rules, o.table)
	}
	for i, row := range s.rows {
		s.number[row] = i
	}
	for list := range strings.SplitSeq(o.events, ",") {
		if row, known := s.number["$"+list]; known {
			s.events = append(s.events, row)
		} else if list != "" {
			fmt.Fprintf(os.Stderr, "fitpoints: the table has no row $%s; it is worth nothing\n", list)
		}
	}
	for _, file := range o.headlines {
		if err := s.headlines(file); err != nil {
			return nil, err
		}
	}
	for _, p := range o.archives {
		if err := s.past(p); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// A sample is an item that was read.
type sample struct {
	fit.Sample
	ordinary bool // nobody labelled it, and no rule tells of it
}

// sample returns an item as a sample.
func (s *samples) sample(it news.Item, wanted bool, weight float64) sample {
	out := sample{Sample: fit.Sample{Wanted: wanted, Weight: weight}}
	foreign := s.language != "" && !strings.HasPrefix(strings.ToLower(it.Language), s.language)
	for _, row := range s.rules.Tally(s.table, it).Rows {
		if !foreign || !isWord(row.Term) {
			out.Rows = append(out.Rows, s.number[row.Term])
		}
	}
	return out
}

// isWord reports whether a row is a word, and no list, group or condition.
func isWord(row string) bool {
	return !strings.ContainsAny(row[:1], "$@") && strings.ToLower(row) == row
}

// headlines takes those of a file.
func (s *samples) headlines(file string) error {
	return eachHeadline(file, func(wanted bool, it news.Item) {
		s.all = append(s.all, s.sample(it, wanted, headlineWeight))
	})
}

// eachHeadline calls do with those of a file: label, kind, language, day, title and
// summary, with tabs between them.
func eachHeadline(file string, do func(wanted bool, it news.Item)) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) < 5 {
			return fmt.Errorf("%s:%d: %d columns, want 6 with tabs between them", file, n, len(f))
		}
		if _, err := time.Parse(time.DateOnly, f[3]); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
		do(f[0] == "A", itemOf(f))
	}
	return nil
}

// itemOf returns the headline of a line as an item of that noon.
func itemOf(f []string) news.Item {
	day, _ := time.Parse(time.DateOnly, f[3])
	it := news.Item{Language: f[2], Published: day.Add(12 * time.Hour), Title: f[4]}
	if len(f) > 5 {
		it.Summary = f[5]
	}
	return it
}

// past takes the labelled items of an archive, and some of the others.
func (s *samples) past(p past) error {
	labels, err := backtest.ReadLabels(p.labels, min(p.wide, mostWide))
	if err != nil {
		return err
	}
	return archive.Each(context.Background(), p.items, nil, func(lines []archive.Line) ([]sample, error) {
		var some []sample
		for _, l := range lines {
			it, err := l.Item(p.items)
			if err != nil {
				return nil, err
			}
			if label, judged := labels[it.ID]; judged {
				some = append(some, s.labelled(it, label))
			} else if l.Number%oneOf == 0 && !s.told(it) {
				x := s.sample(it, false, 1)
				x.ordinary = true
				some = append(some, x)
			}
		}
		return some, nil
	}, func(some []sample) error {
		s.all = append(s.all, some...)
		return nil
	})
}

// labelled returns an item that people judged as a sample. Those that are wanted
// were found by rules and tell of few events, so that they count less.
func (s *samples) labelled(it news.Item, label explain.Label) sample {
	if label.Judgement == explain.Right {
		return s.sample(it, true, foundWeight)
	}
	return s.sample(it, false, max(label.Weight, 1))
}

// told reports whether somebody would be told of an item by another rule, so that
// it cannot be taken for ordinary news. If the rule's own finds were left out too,
// a fit would confirm the one before.
func (s *samples) told(it news.Item) bool {
	report, _ := s.rules.Match(it)
	return slices.ContainsFunc(report.Matches, func(m news.Match) bool {
		return m.Rule != s.rule && m.Severity.IsWorthAlert()
	})
}

// propose writes the table with one point a row: every list and group, what tells
// questions and past years, and if it is for one language the words of headlines.
// So the rules can be asked what of it stands in an item.
func (o *options) propose() error {
	rules, err := matcher.Read(o.rules)
	if err != nil {
		return err
	}
	rows := append(rules.Named(), "QUESTION", "PAST_YEAR")
	if o.language != "" {
		words, err := o.words()
		if err != nil {
			return err
		}
		rows = append(rows, words...)
	}
	points := make([]int, len(rows))
	for i := range points {
		points[i] = 1
	}
	return os.WriteFile(o.write, []byte(written(o.table, rows, result{points: points, bars: make([]bar, 1)})), 0o644)
}

// words returns those of the headlines that may be rows.
func (o *options) words() ([]string, error) {
	v := vocabulary{language: o.language, words: map[string]*candidate{}}
	for _, file := range o.headlines {
		err := eachHeadline(file, func(_ bool, it news.Item) {
			if strings.HasPrefix(it.Language, o.language) {
				v.add(file, it)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return v.rows(), nil
}
