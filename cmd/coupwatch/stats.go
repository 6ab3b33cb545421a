package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
)

// statsOptions are what check --stats is asked for.
type statsOptions struct {
	on     bool
	labels string  // a file; "" for none
	wide   float64 // how many items one of the stratum wide stands for
	asJSON bool
}

// misused returns an error if there are options that only stats have.
func (o statsOptions) misused() error {
	if !o.on && (o.labels != "" || o.asJSON || o.wide != 1) {
		return usageError{errors.New("--labels, --wide and --json are for --stats only; see coupwatch check --help")}
	}
	if o.wide < 0 || math.IsNaN(o.wide) || math.IsInf(o.wide, 0) {
		return usageError{fmt.Errorf("--wide %v should be a number of items, such as 8.2", o.wide)}
	}
	return nil
}

// stats counts what the rules make of the items in files, and prints it.
func (p *program) stats(ctx context.Context, files []string, o statsOptions) (err error) {
	var counting counting
	if o.labels != "" {
		if counting.labels, err = readLabels(o.labels, o.wide); err != nil {
			return err
		}
	}
	if counting.rules, err = readRules(p.Rules); err != nil {
		return err
	}
	var stop func()
	counting.progress, stop = p.showProgress("matched", files)
	defer stop()
	all := counting.rules.NewStats()
	for _, name := range files {
		if err := counting.file(ctx, name, all); err != nil {
			return err
		}
	}
	figures := all.Figures()
	if figures.Items == 0 {
		return fmt.Errorf("%s: there are no items", strings.Join(files, ", "))
	}
	stop()
	if o.asJSON {
		return json.NewEncoder(p.out).Encode(figures)
	}
	return showFigures(p.out, figures, o)
}

// A counting is how stats are made of files.
type counting struct {
	rules    *matcher.Rules
	labels   map[string]matcher.Label // by the ids of items; may be nil
	progress *archive.Meter
}

// file adds the items of a file to all. It decodes and matches them on all
// processors, each with stats of its own.
func (c counting) file(ctx context.Context, name string, all *matcher.Stats) error {
	g, ctx := errgroup.WithContext(ctx)
	work := make(chan []archive.Line, runtime.GOMAXPROCS(0))
	g.Go(func() error {
		defer close(work)
		return archive.Split(ctx, name, c.progress, func(some []archive.Line) error { return archive.SendTo(ctx, work, some) })
	})
	parts := make([]*matcher.Stats, runtime.GOMAXPROCS(0))
	for i := range parts {
		parts[i] = c.rules.NewStats()
		g.Go(func() error {
			for some := range work {
				if err := c.add(parts[i], some, name); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, part := range parts {
		all.Merge(part)
	}
	return nil
}

// add adds the items of some lines of a file to stats.
func (c counting) add(to *matcher.Stats, lines []archive.Line, file string) error {
	items, err := archive.Items(lines, file)
	if err != nil {
		return err
	}
	for _, it := range items {
		to.AddLabelled(it, c.labels[it.ID])
	}
	c.progress.AddHandled(len(lines))
	return nil
}

// judgements are the labels of a file of labels.
var judgements = map[string]matcher.Judgement{"A": matcher.Right, "R": matcher.Related, "N": matcher.Wrong}

// readLabels reads a file of labels: a line of headings, and then for each
// item its id, its label (A for one to alert people of, R for a related one, N
// for neither), its type and its stratum, with tabs between them. The stratum
// core was labelled whole; of wide one item stands for so many, and the rest is
// too thin to count in the score.
func readLabels(name string, wide float64) (map[string]matcher.Label, error) {
	weights := map[string]float64{"core": 1, "wide": wide, "rest": 0}
	labels := map[string]matcher.Label{}
	for l, err := range archive.Lines(name, nil) {
		if err != nil {
			return nil, err
		}
		if l.Number == 1 {
			continue
		}
		f := strings.Split(strings.TrimRight(string(l.Text), "\r"), "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("%s:%d: %s, want 4 with tabs between them: id, label, type, stratum", name, l.Number, terminal.Count(len(f), "column"))
		}
		judged, known := judgements[f[1]]
		weight, stratum := weights[f[3]]
		switch {
		case !known:
			return nil, fmt.Errorf("%s:%d: the label %q should be A, R or N", name, l.Number, f[1])
		case !stratum:
			return nil, fmt.Errorf("%s:%d: the stratum %q should be core, wide or rest", name, l.Number, f[3])
		}
		labels[f[0]] = matcher.Label{Judgement: judged, Weight: weight}
	}
	if len(labels) == 0 {
		return nil, fmt.Errorf("%s: there are no labels", name)
	}
	return labels, nil
}
