package daemon

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
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

// A Ledger is the store of run --once: it keeps what was recorded, to list it.
type Ledger struct {
	*store.DB
	stories  story.Stories
	mu       sync.Mutex
	rows     []ledgerRow
	Total    news.Tally
	Readings int
	Problems int
	GivenUp  atomic.Int64 // alerts
	lost     int          // readings that could not be recorded
}

type ledgerRow struct {
	report   news.Report
	decision news.Decision
}

// At is who decides about reports, and keeps each decision.
func (l *Ledger) At(p news.Policy, now time.Time) news.Decider {
	return &noting{l.stories.At(p, now), l}
}

// A noting decider enters its decisions in a ledger.
type noting struct {
	news.Decider
	ledger *Ledger
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

// Ingest implements [watcher.Store].
func (l *Ledger) Ingest(ctx context.Context, r news.Reading, reports []news.Report, decider news.Decider) (news.Tally, error) {
	tally, err := l.DB.Ingest(ctx, r, reports, decider)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Readings++
	if r.Problem != "" {
		l.Problems++
	}
	if err != nil {
		l.lost++
	}
	l.Total.New += tally.New
	l.Total.Revised += tally.Revised
	l.Total.Matched += tally.Matched
	l.Total.Alerts += tally.Alerts
	return tally, err
}

// Once does every job once and writes what matched to w.
func (l *Ledger) Once(ctx context.Context, w io.Writer, jobs []schedule.Job, watch *watcher.Watcher, send *notify.Sender) error {
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
	l.print(w)
	fmt.Fprintf(w, "%s read in %v: %s stored, %d edited, %d matched, %s owed",
		terminal.Count(l.Readings, "feed"), time.Since(started).Round(time.Millisecond), terminal.Count(l.Total.New, "new item"), l.Total.Revised, l.Total.Matched, terminal.Count(l.Total.Alerts, "alert"))
	if l.Problems > 0 {
		fmt.Fprintf(w, "; %s with a problem, see: coupwatch feeds", terminal.Count(l.Problems, "feed"))
	}
	fmt.Fprintln(w)
	return l.undone(ctx, asOf)
}

// undone returns an error if something could not be recorded, or sent that was
// owed at a moment.
func (l *Ledger) undone(ctx context.Context, asOf time.Time) error {
	var problems []error
	if l.lost > 0 {
		problem, _ := l.Condition()
		problems = append(problems, fmt.Errorf("%s could not be recorded: %s", terminal.Count(l.lost, "feed"), cmp.Or(problem, "see the log")))
	}
	if l.GivenUp.Load() > 0 {
		problems = append(problems, fmt.Errorf("%s given up; see coupwatch outbox", terminal.Count(int(l.GivenUp.Load()), "alert")))
	}
	owed, problem, err := l.Overdue(ctx, asOf)
	if owed > 0 {
		problems = append(problems, fmt.Errorf("%s could not be sent and stay owed: %s; see coupwatch outbox", terminal.Count(owed, "alert"), cmp.Or(problem, "their turn has not come")))
	}
	return errors.Join(append(problems, err)...)
}

// print lists the decisions.
func (l *Ledger) print(out io.Writer) {
	if len(l.rows) == 0 {
		return
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
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
	fmt.Fprintln(out)
}
