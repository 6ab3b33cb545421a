package main

import (
	"context"
	"fmt"
	"net"
	"runtime/debug"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/profile"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/tracing"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/schedule"
	"github.com/coupwatch/coupwatch/web"
)

func runCommand(p *program) *cobra.Command {
	var listen string
	var mode mode
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Watch the feeds and tell people (what coupwatch does without a command)",
		Long: `Run reads every feed of the rules file when it is due, matches what it carries,
folds reports into stories, and tells people what they should hear.

A change of the rules file takes effect within five seconds. A file with
mistakes changes nothing and is reported, with the place of each.`,
		Example: `  coupwatch run
  coupwatch run --once            read every feed that is due, tell, and exit
  coupwatch run --once --dry-run  the same on a copy of the database, sending nothing`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if listen != "" {
				if err := settings.SetListen(&p.Settings, listen); err != nil {
					return usageError{fmt.Errorf("--listen: %w", err)}
				}
			}
			if !settings.MemoryIsLimited() {
				debug.SetMemoryLimit(daemon.Frugal) // to make rules ready, too
			}
			return p.run(cmd.Context(), mode)
		},
	}
	cmd.Flags().BoolVar(&mode.once, "once", false, "do every job once, list what matched, and exit")
	cmd.Flags().BoolVar(&mode.dry, "dry-run", false, "work on a copy of the database and print what would be sent")
	cmd.Flags().StringVar(&listen, "listen", "", "address of the page (COUPWATCH_LISTEN, default 127.0.0.1:8090), or off")
	return cmd
}

// A mode is how run is asked to work.
type mode struct {
	once bool // do each job once
	dry  bool // leave no trace
}

// run is the whole program: a few jobs on one database, each of which may run
// at any time, any number of times, on any replica. It returns when ctx is
// done, or with the first error that no later run of a job could mend.
func (p *program) run(ctx context.Context, mode mode) error {
	ctx, stop, err := tracing.Start(ctx, tracing.Options{Endpoint: p.Traces.Endpoint, Headers: p.Traces.Pairs(), Share: p.Traces.Share, Version: version(), Log: p.log})
	if err != nil {
		return err
	}
	defer stop()
	rules, err := openRules(p.Rules, p.log)
	if err != nil {
		return err
	}
	places.Forget()
	debug.FreeOSMemory() // to make rules ready takes twice the memory that they take
	db, release, err := p.openDatabase(ctx, mode)
	if err != nil {
		return err
	}
	defer release()

	d, err := p.assemble(rules, db, mode)
	if err != nil {
		return err
	}
	if !settings.MemoryIsLimited() {
		go daemon.HeedMemory(ctx, func() int { return len(d.use.Rules().Feeds()) })
	}
	if err := db.Awaken(ctx); err != nil {
		return err
	}
	defer daemon.KeepBeating(ctx, db, p.log, d.reading, d.sending, d.paging)()
	defer daemon.OnHangup(d.reloading, p.log)()

	jobs := []schedule.Job{
		{Name: "reload rules", Every: "@every 2s", Alarm: d.reloading, Do: p.reload(d.use, db, d.ops, d.reading)},           // rules.yaml     → what to look for
		{Name: "ask again", Every: "@every 1m", Do: d.near.AskAgain},                                                        // what other rules were asked → near misses
		{Name: "read feeds", Every: "@every 1m", Alarm: d.reading, Do: d.look},                                              // feeds due      → items, stories, alerts owed
		{Name: "read pages", Every: "@every 1m", Alarm: d.paging, Do: d.pages.Round},                                        // pages wanted    → what their feeds leave out
		{Name: "send alerts", Every: "@every 5s", Alarm: d.sending, Do: d.outbox.Flush(d.send)},                             // alerts owed    → Slack, email, webhook
		{Name: "queue digest", Every: "@every 1m", Do: d.digest.Queue},                                                      // what was since the last → one email owed
		{Name: "check feeds", Every: "@every 5m", Do: func(ctx context.Context) error { return d.ops.Feeds(ctx, d.watch) }}, // silent feeds   → a notice to the operators
		{Name: "tell operators", Every: "@every 5s", Do: d.ops.Tell},                                                        // what is wrong, or mended → a notice to them
		{Name: "index items", Every: "@every 5s", Do: daemon.NewIndexing(d.db, rules.Current, mode.once).Round},             // items that came → what is found by words
		{Name: "prune", Every: "@daily", Do: p.prune(db)},                                                                   // old items      → nothing
	}
	if mode.once {
		return d.book.Once(ctx, p.out, jobs, d.watch, d.send)
	}
	if d.hubs != nil {
		jobs = append(jobs, schedule.Job{Name: "ask hubs", Every: "@every 1m", Alarm: d.asking, Do: d.hubs.Ask}) // hubs that feeds name → subscriptions
	}
	err = p.serve(ctx, jobs, d, mode)
	d.watch.Wait()
	d.send.Wait()
	return err
}

// serve does the jobs, shows the page and listens to people in Slack until ctx
// is done.
func (p *program) serve(ctx context.Context, jobs []schedule.Job, d *desk, mode mode) (err error) {
	hello := daemon.Greeting{Version: version(), Settings: p.Settings, Use: d.use, Dry: mode.dry, Advice: p.advice(d.use, mode)}
	var ln net.Listener
	page := p.page(ctx, d, mode)
	if p.Listen != "" {
		if err := page.Ready(ctx); err != nil {
			return usageError{fmt.Errorf("COUPWATCH_LISTEN=%s: %w", p.Listen, err)}
		}
		if ln, err = web.Listen(ctx, p.Listen); err != nil {
			return err
		}
		hello.Page = ln.Addr().String()
	}
	jobs = append(jobs, schedule.Job{Name: "check channels", Every: "@every 1m", Do: d.checks.Run})
	hello.Write(p.out)
	g, ctx := errgroup.WithContext(ctx)
	if ln != nil {
		jobs = append(jobs, schedule.Job{Name: "count rules", Every: "@every 1m", Do: page.Rules.Count}) // what was read → what each rule, list and term finds
		g.Go(func() error { return web.Serve(ctx, ln, page.Options()) })
	}
	g.Go(func() error { return profile.Serve(ctx, p.Profile) })
	g.Go(func() error { return schedule.Run(ctx, d.runs.Keep(jobs), p.log) })
	g.Go(func() error { return p.listen(ctx, d) })
	return g.Wait()
}
