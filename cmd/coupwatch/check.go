package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/feedlist"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/explain"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

const checkLong = `Check reads a rules file as the daemon would and tries its examples. It prints
every mistake with its place and a way out, and exits with 1 if there is one. It
names tags that rules ask for and no feed has, feeds that stand there twice under
nearly the same address, and secrets of feeds that are not where the file says. If there is a database it also tells what the daemon found odd in the feeds, such as
texts that are in another language than rules.yaml says.

With --stats it also matches the news items in files, which are as match reads
them, and prints how often each rule, term and entity is found, the worst
first: what rules match, lower and take away, what is found in very many items,
and what is never found. With --labels, a file with the columns id, label (A for
an item to alert people of, R for a related one, N for neither), type and
stratum (core, wide or rest), it prints how well each rule chooses.

Rules that were written by some items score well on these. With several --period
it prints leave-one-period-out: what the rules score in each without the terms
that no other period bears out, and the least of that, which is the figure of
the rules; what the score would lose without each condition, rule and term, by
period, the harmful ones first. A period has a name, a file of items, one of
labels, how many items one of the stratum wide stands for (1 if left out), and,
if it is but a part of the file, its dates: 2025-07..2025-09 has all of September.`

func checkCommand(p *program) *cobra.Command {
	var stats statsOptions
	cmd := &cobra.Command{
		Use:   "check [FILE]",
		Short: "Check a rules file and its examples",
		Long:  checkLong,
		Example: `  coupwatch check
  coupwatch check new-rules.yaml && mv new-rules.yaml rules.yaml
  coupwatch check --stats archive.jsonl.gz
  coupwatch check --stats --labels labels.tsv --wide 8.2 archive.jsonl.gz
  coupwatch check --stats --period spring=a.jsonl.gz,a.tsv,8.2 --period autumn=b.jsonl.gz,b.tsv`,
		RunE: func(cmd *cobra.Command, args []string) error { return p.check(cmd.Context(), args, stats) },
	}
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		switch {
		case len(stats.periods) > 0 && len(args) > 0:
			return usageError{fmt.Errorf("a --period names its own items; leave out %s", args[0])}
		case len(stats.periods) > 0:
			return nil
		case stats.on:
			return atLeastOneFile(cmd, args)
		}
		if len(args) > 1 {
			return usageError{fmt.Errorf("name one rules file; see %s --help", cmd.CommandPath())}
		}
		return nil
	}
	cmd.Flags().BoolVar(&stats.on, "stats", false, "count what the rules make of the items in the files named")
	cmd.Flags().StringVar(&stats.labels, "labels", "", "with --stats: file of labelled items")
	cmd.Flags().Float64Var(&stats.wide, "wide", 1, "with --labels: how many items one of the stratum wide stands for")
	cmd.Flags().StringArrayVar(&stats.periods, "period", nil, "with --stats: NAME=ITEMS,LABELS[,WIDE][,FROM..TO], once for each of several periods")
	cmd.Flags().BoolVar(&stats.all, "all", false, "with --period: print every row of the long tables")
	cmd.Flags().BoolVar(&stats.asJSON, "json", false, "print one JSON object: the problems, with their codes; with --stats all figures")
	return cmd
}

// check checks a rules file, or counts what the rules make of items.
func (p *program) check(ctx context.Context, args []string, stats statsOptions) error {
	if err := stats.misused(); err != nil {
		return err
	}
	if stats.on {
		return p.stats(ctx, args, stats)
	}
	if len(args) == 1 {
		p.Rules = args[0]
	}
	rules, err := readRules(p.Rules)
	if stats.asJSON {
		return p.tellProblems(err)
	}
	if err != nil {
		return err
	}
	s := rules.Summary()
	fmt.Fprintf(p.out, "%s is fine: %s, %s, %s, %s with %s; all examples hold\n", p.Rules, terminal.Count(s.Feeds, "feed"),
		terminal.Count(s.Rules, "rule"), terminal.Count(s.Entities, "entity"), terminal.Count(s.Lists, "list"), terminal.Count(s.Terms, "term"))
	p.tellLostTags(rules)
	for _, odd := range feedlist.Odd(rules.Feeds(), fetch.New(p.fetching()).Missing) {
		fmt.Fprintln(p.out, odd)
	}
	p.tellOddFeeds(ctx, rules)
	return nil
}

// tellLostTags prints the tags for which rules wait in vain.
func (p *program) tellLostTags(rules *matcher.Rules) {
	for _, l := range rules.LostTags() {
		guess := ""
		if l.Near != "" {
			guess = fmt.Sprintf("; did you mean %q?", l.Near)
		}
		fmt.Fprintf(p.out, "%s: no feed has the tag %q%s\n", terminal.Safe(l.In), terminal.Safe(l.Tag), guess)
	}
}

// tellProblems prints as JSON the problems for which the rules could not be read,
// none if they could, and returns why they could not.
func (p *program) tellProblems(err error) error {
	problems, wrong := errors.AsType[matcher.Problems](err)
	if err != nil && !wrong {
		return err // there is no file to have problems
	}
	told := struct {
		File     string           `json:"file"`
		Problems matcher.Problems `json:"problems"`
	}{p.Rules, append(matcher.Problems{}, problems...)}
	return errors.Join(json.NewEncoder(p.out).Encode(told), err)
}

// tellOddFeeds prints what was odd in the feeds of the rules when they were last
// read. Without a database, or one that can be read, there is nothing to tell:
// the rules are what was asked about.
func (p *program) tellOddFeeds(ctx context.Context, rules *matcher.Rules) {
	const patience = 3 * time.Second
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	db, err := p.openStored(ctx)
	if err != nil {
		return
	}
	defer db.Close()
	stored, err := db.Feeds(ctx)
	if err != nil {
		return
	}
	declared := map[string]string{}
	for _, f := range rules.Feeds() {
		declared[f.URL] = f.Language
	}
	for _, f := range stored {
		if language, listed := declared[f.URL]; listed && language == f.Language && f.Failures == 0 && f.Problem != "" {
			fmt.Fprintf(p.out, "feed %s: %s\n", terminal.Safe(cmp.Or(f.Name, f.URL)), terminal.Safe(f.Problem))
		}
	}
}

// readRules reads the rules file at path, for a command that ends soon. What is made
// of the rules stays until then: looking for garbage in it again and again would
// take a sixth of the time.
func readRules(path string) (*matcher.Rules, error) {
	const seldom = 400
	defer debug.SetGCPercent(debug.SetGCPercent(seldom))
	file, err := openRules(path, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	return file.Current(), nil
}

// readRules reads the rules file in use.
func (p *program) readRules() (*matcher.Rules, error) { return readRules(p.Rules) }

// openRules opens the rules file at path and follows it.
func openRules(path string, log *slog.Logger) (*matcher.File, error) {
	file, err := matcher.Open(path, log)
	return file, whereRules(err)
}

// lookUpRules reads the rules file at path for a command that looks something up
// in it and matches nothing, which takes a fraction of the time.
func lookUpRules(path string) (*matcher.Rules, error) {
	rules, err := matcher.Read(path)
	return rules, whereRules(err)
}

// whereRules adds to the error that there is no rules file where to look for it.
func whereRules(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w; go to the folder that has it, or name it with --rules", err)
	}
	return err
}

// statsOptions are what check --stats is asked for.
type statsOptions struct {
	on      bool
	labels  string   // a file; "" for none
	wide    float64  // how many items one of the stratum wide stands for
	periods []string // as parsePeriod reads them
	asJSON  bool
	all     bool // every row of long tables
}

// misused returns an error if there are options that only stats have, or that
// only one period or several have.
func (o statsOptions) misused() error {
	switch {
	case !o.on && (o.labels != "" || o.wide != 1 || o.all || len(o.periods) > 0):
		return usageError{errors.New("--labels, --wide, --period and --all are for --stats only; see coupwatch check --help")}
	case len(o.periods) > 0 && (o.labels != "" || o.wide != 1):
		return usageError{errors.New("--labels and --wide are for one period; each --period has its own: NAME=ITEMS,LABELS,WIDE")}
	case len(o.periods) == 1:
		return usageError{errors.New("periods are compared: name two at least, each with a --period")}
	}
	if o.wide < 0 || math.IsNaN(o.wide) || math.IsInf(o.wide, 0) {
		return usageError{fmt.Errorf("--wide %v should be a number of items, such as 8.2", o.wide)}
	}
	return nil
}

// stats counts what the rules make of the items in files, and prints it.
func (p *program) stats(ctx context.Context, files []string, o statsOptions) (err error) {
	if len(o.periods) > 0 {
		return p.compare(ctx, o)
	}
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

// compare compares what the rules make of several periods, and prints it.
func (p *program) compare(ctx context.Context, o statsOptions) error {
	periods, err := parsePeriods(o.periods)
	if err != nil {
		return err
	}
	rules, err := p.readRules()
	if err != nil {
		return err
	}
	var files []string
	for _, period := range periods {
		files = append(files, period.File)
	}
	meter, stop := p.showProgress("matched", files)
	defer stop()
	comparison, err := backtest.ComparePeriods(ctx, rules, periods, meter)
	if err != nil {
		return err
	}
	stop()
	if o.asJSON {
		return json.NewEncoder(p.out).Encode(comparison)
	}
	return answers.Comparison(p.out, comparison, o.all)
}

// parsePeriods reads periods and the labels of each.
func parsePeriods(args []string) ([]backtest.Period, error) {
	var periods []backtest.Period
	named := map[string]bool{}
	for _, arg := range args {
		p, labels, wide, err := backtest.ParsePeriod(arg)
		if err != nil {
			return nil, usageError{fmt.Errorf("--period %s: %w", arg, err)}
		}
		if named[p.Name] {
			return nil, usageError{fmt.Errorf("--period %s: there is a period %s already", arg, p.Name)}
		}
		named[p.Name] = true
		if p.Labels, err = backtest.ReadLabels(labels, wide); err != nil {
			return nil, err
		}
		periods = append(periods, p)
	}
	return periods, nil
}
