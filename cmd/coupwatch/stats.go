package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/matcher/explain"
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
	var labels map[string]explain.Label
	if o.labels != "" {
		if labels, err = backtest.ReadLabels(o.labels, o.wide); err != nil {
			return err
		}
	}
	rules, err := readRules(p.Rules)
	if err != nil {
		return err
	}
	meter, stop := p.showProgress("matched", files)
	defer stop()
	figures, err := backtest.Statistics(ctx, rules, files, labels, meter)
	if err != nil {
		return err
	}
	stop()
	if o.asJSON {
		return json.NewEncoder(p.out).Encode(figures)
	}
	return answers.Statistics(p.out, figures, o.wide)
}
