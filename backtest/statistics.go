package backtest

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/explain"
)

// Statistics counts what the rules make of the items in files. Of some items
// labels, by their ids, say what they should make of them; there may be none,
// and no meter.
func Statistics(ctx context.Context, rules *matcher.Rules, files []string, labels map[string]explain.Label, m *archive.Meter) (explain.Figures, error) {
	c, all := counting{rules: rules, labels: labels, meter: m}, rules.NewStats()
	for _, name := range files {
		if err := c.file(ctx, name, all); err != nil {
			return explain.Figures{}, err
		}
	}
	if all.Sum().Items == 0 {
		return explain.Figures{}, fmt.Errorf("%s: there are no items", strings.Join(files, ", "))
	}
	return all.Figures(), nil
}

// A Period is a time of which items were labelled.
type Period struct {
	Name     string
	File     string                   // of items
	Labels   map[string]explain.Label // by the ids of items
	From, To time.Time                // of its items in the file, To no more; zero for no bound
}

// ComparePeriods counts what the rules make of the items of several periods, and
// compares it. There may be no meter.
func ComparePeriods(ctx context.Context, rules *matcher.Rules, periods []Period, m *archive.Meter) (explain.Comparison, error) {
	var counted []explain.Period
	for _, p := range periods {
		c, all := counting{rules, p.Labels, p.From, p.To, m}, rules.NewStats()
		if err := c.file(ctx, p.File, all); err != nil {
			return explain.Comparison{}, err
		}
		switch sum := all.Sum(); {
		case sum.Items == 0:
			return explain.Comparison{}, fmt.Errorf("%s: there are no items of the period %s", p.File, p.Name)
		case sum.Score == nil:
			return explain.Comparison{}, fmt.Errorf("%s: none of the items of the period %s is labelled", p.File, p.Name)
		}
		counted = append(counted, explain.Period{Name: p.Name, Stats: all})
	}
	return explain.Compare(counted), nil
}

// A counting is how stats are made of files.
type counting struct {
	rules    *matcher.Rules
	labels   map[string]explain.Label // by the ids of items; may be nil
	from, to time.Time                // see Period
	meter    *archive.Meter
}

// file adds the items of a file to all. It decodes and matches them on all
// processors, each with stats of its own.
func (c counting) file(ctx context.Context, name string, all *explain.Stats) error {
	g, ctx := errgroup.WithContext(ctx)
	work := make(chan []archive.Line, runtime.GOMAXPROCS(0))
	g.Go(func() error {
		defer close(work)
		return archive.Split(ctx, name, c.meter, func(some []archive.Line) error { return archive.SendTo(ctx, work, some) })
	})
	parts := make([]*explain.Stats, runtime.GOMAXPROCS(0))
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
func (c counting) add(to *explain.Stats, lines []archive.Line, file string) error {
	items, err := archive.Items(lines, file)
	if err != nil {
		return err
	}
	for _, it := range items {
		if c.counts(it.When()) {
			to.AddLabelled(it, c.labels[it.ID])
		}
	}
	c.meter.AddHandled(len(lines))
	return nil
}

// counts reports whether items of a time are counted.
func (c counting) counts(when time.Time) bool {
	return (c.from.IsZero() || !when.Before(c.from)) && (c.to.IsZero() || !when.IsZero() && when.Before(c.to))
}

// judgements are the labels of a file of labels.
var judgements = map[string]explain.Judgement{"A": explain.Right, "R": explain.Related, "N": explain.Wrong}

// ReadLabels reads a file of labels: a line of headings, and then for each
// item its id, its label (A for one to alert people of, R for a related one, N
// for neither), its type and its stratum, with tabs between them. The stratum
// core was labelled whole; of wide one item stands for so many, and the rest is
// too thin to count in the score.
func ReadLabels(name string, wide float64) (map[string]explain.Label, error) {
	weights := map[string]float64{"core": 1, "wide": wide, "rest": 0}
	labels := map[string]explain.Label{}
	for l, err := range archive.Lines(name, nil) {
		if err != nil {
			return nil, err
		}
		if l.Number == 1 {
			continue
		}
		f := strings.Split(strings.TrimRight(string(l.Text), "\r"), "\t")
		if n := len(f); n != 4 {
			return nil, fmt.Errorf("%s:%d: %d column%s, want 4 with tabs between them: id, label, type, stratum", name, l.Number, n, map[bool]string{n != 1: "s"}[true])
		}
		judged, known := judgements[f[1]]
		weight, stratum := weights[f[3]]
		switch {
		case !known:
			return nil, fmt.Errorf("%s:%d: the label %q should be A, R or N", name, l.Number, f[1])
		case !stratum:
			return nil, fmt.Errorf("%s:%d: the stratum %q should be core, wide or rest", name, l.Number, f[3])
		}
		labels[f[0]] = explain.Label{Judgement: judged, Weight: weight, Core: f[3] == "core"}
	}
	if len(labels) == 0 {
		return nil, fmt.Errorf("%s: there are no labels", name)
	}
	return labels, nil
}
