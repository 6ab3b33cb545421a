package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// A period is some time of which people said which items tell which event.
type period struct {
	name    string
	policy  news.Policy
	reports []news.Report // in order of time: those that a rule matched or people saw in an event
	truth   map[string]truth
}

// A truth is what people saw in an item.
type truth struct {
	event, development string
	episode            int // of the event, which may begin again after silence
	at                 time.Time
}

// readPeriod reads NAME=ITEMS,EVENTS.
func readPeriod(ctx context.Context, rules *matcher.Rules, arg string) (*period, error) {
	name, files, _ := strings.Cut(arg, "=")
	items, events, ok := strings.Cut(files, ",")
	if name == "" || !ok {
		return nil, fmt.Errorf("%q should be NAME=ITEMS,EVENTS", arg)
	}
	p := &period{name: name, policy: rules.Policy()}
	var err error
	if p.truth, err = readTruth(events); err != nil {
		return nil, err
	}
	r := backtest.NewReader([]*matcher.Rules{rules}, nil)
	if err := r.Files(ctx, []string{items}); err != nil {
		return nil, err
	}
	past, err := r.Past()
	if err != nil {
		return nil, err
	}
	for _, report := range past.Reports[0] {
		seen, judged := p.truth[report.ID]
		if judged {
			seen.at = report.When()
			p.truth[report.ID] = seen
		}
		if judged || len(report.Matches) > 0 {
			p.reports = append(p.reports, *report)
		}
	}
	p.episodes()
	return p, nil
}

// readTruth reads a file with the columns id, event and development.
func readTruth(file string) (map[string]truth, error) {
	all := map[string]truth{}
	for l, err := range archive.Lines(file, nil) {
		if err != nil {
			return nil, err
		}
		f := strings.Split(strings.TrimRight(string(l.Text), "\r"), "\t")
		if l.Number == 1 {
			continue
		}
		if len(f) < 3 || f[0] == "" || f[1] == "" {
			return nil, fmt.Errorf("%s:%d: want id, event and development, with tabs between them", file, l.Number)
		}
		all[f[0]] = truth{event: f[1], development: f[2]}
	}
	return all, nil
}
