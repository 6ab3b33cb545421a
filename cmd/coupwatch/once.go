package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/schedule"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/watcher"
)

// A ledger is the store of run --once: it keeps what was recorded, to list it.
type ledger struct {
	*store.DB
	stories  story.Stories
	mu       sync.Mutex
	rows     []ledgerRow
	total    news.Tally
	readings int
	problems int
	givenUp  atomic.Int64 // alerts
	lost     int          // readings that could not be recorded
}

type ledgerRow struct {
	report   news.Report
	decision news.Decision
}

// at is who decides about reports, and keeps each decision.
func (l *ledger) at(p news.Policy, now time.Time) news.Decider {
	return &noting{l.stories.At(p, now), l}
}

// A noting decider enters its decisions in a ledger.
type noting struct {
	news.Decider
	ledger *ledger
}

// Decide implements [news.Decider].
func (n *noting) Decide(r news.Report, closed ...news.Story) news.Decision {
	d := n.Decider.Decide(r, closed...)
	if d.Story.ID != "" {
		n.ledger.mu.Lock()
		defer n.ledger.mu.Unlock()
		n.ledger.rows = append(n.ledger.rows, ledgerRow{r, d})
	}
	return d
}

// Record implements [watcher.Store].
func (l *ledger) Record(ctx context.Context, r news.Reading, reports []news.Report, decider news.Decider) (news.Tally, error) {
	tally, err := l.DB.Record(ctx, r, reports, decider)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.readings++
	if r.Problem != "" {
		l.problems++
	}
	if err != nil {
		l.lost++
	}
	l.total.New += tally.New
	l.total.Revised += tally.Revised
	l.total.Matched += tally.Matched
	l.total.Alerts += tally.Alerts
	return tally, err
}

// once does every job once and lists what matched.
func (p *program) once(ctx context.Context, jobs []schedule.Job, watch *watcher.Watcher, send *notify.Sender, l *ledger) error {
	started := time.Now()
	for _, j := range jobs {
		if err := j.Do(ctx); err != nil {
			return fmt.Errorf("%s: %w", j.Name, err)
		}
		watch.Wait() // what was read may be owed to people, so it comes first
		send.Wait()
	}
	asOf := time.Now()
	if err := send.Flush(ctx); err != nil { // what the later jobs owe: the digest and notices
		return err
	}
	send.Wait()
	l.print(p)
	fmt.Fprintf(p.out, "%s read in %v: %s stored, %d edited, %d matched, %s owed",
		terminal.Count(l.readings, "feed"), time.Since(started).Round(time.Millisecond), terminal.Count(l.total.New, "new item"), l.total.Revised, l.total.Matched, terminal.Count(l.total.Alerts, "alert"))
	if l.problems > 0 {
		fmt.Fprintf(p.out, "; %s with a problem, see: coupwatch feeds", terminal.Count(l.problems, "feed"))
	}
	fmt.Fprintln(p.out)
	return l.undone(ctx, asOf)
}

// undone returns an error if something could not be recorded, or sent that was
// owed at a moment.
func (l *ledger) undone(ctx context.Context, asOf time.Time) error {
	var problems []error
	if l.lost > 0 {
		problem, _ := l.Condition()
		problems = append(problems, fmt.Errorf("%s could not be recorded: %s", terminal.Count(l.lost, "feed"), cmp.Or(problem, "see the log")))
	}
	if l.givenUp.Load() > 0 {
		problems = append(problems, fmt.Errorf("%s given up; see coupwatch outbox", terminal.Count(int(l.givenUp.Load()), "alert")))
	}
	owed, problem, err := l.Overdue(ctx, asOf)
	if owed > 0 {
		problems = append(problems, fmt.Errorf("%s could not be sent and stay owed: %s; see coupwatch outbox", terminal.Count(owed, "alert"), cmp.Or(problem, "their turn has not come")))
	}
	return errors.Join(append(problems, err)...)
}

// print lists the decisions.
func (l *ledger) print(p *program) {
	if len(l.rows) == 0 {
		return
	}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SEVERITY\tTOLD\tRULE\tPUBLISHER\tTITLE")
	for _, row := range l.rows {
		r := row.report
		rule := "-" // it joined a story without
		if len(r.Matches) > 0 {
			rule = r.Matches[0].Rule
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", r.Severity(), row.decision.Kind, rule, terminal.Cut(r.Publisher, 20), terminal.Cut(r.Title, 90))
	}
	w.Flush()
	fmt.Fprintln(p.out)
}
