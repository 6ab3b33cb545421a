package main

import (
	"context"
	"fmt"
	"net"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/metrics"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/schedule"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/push"
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
			saveMemory(cmd.Context())
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

	use := &daemon.InUse{File: rules, MailTo: p.MailTo}
	channels, err := p.channels(mode, p.style(use))
	if err != nil {
		return err
	}
	use.Channels = channels
	if err := db.Awaken(ctx); err != nil {
		return err
	}
	reading, sending, asking, reloading := schedule.NewAlarm(), schedule.NewAlarm(), schedule.NewAlarm(), schedule.NewAlarm()
	outbox := daemon.Outbox{DB: db, Due: sending.At}
	counts := metrics.New(version())
	keep := counts.Store(outbox)
	decide, book := new(story.Stories).At, &daemon.Ledger{DB: db}
	if mode.once { // which lists what it did
		keep, decide = book, book.At
	}
	fetch := fetch.New(p.fetching())
	paging := schedule.NewAlarm()
	pages := p.pages(use, outbox, decide, paging)
	watching := watcher.Options{
		Rules: use.Rules, Fetch: fetch, Store: keep, Health: db, Decide: decide, Log: p.log,
		Wake: reading.At, NewHub: func() { asking.At(time.Now()) }, Workers: p.Readers, Gap: p.HostGap, Pages: pages, WakePages: paging.At,
	}
	canary, err := daemon.NewCanary(p.Canary, time.Now())
	if err != nil {
		return err
	}
	if !mode.once {
		canary.Watch(&watching)
	}
	watch := watcher.New(watching)
	patience, look := time.Minute, watch.Poll
	if mode.once {
		patience, look = 0, watch.Round
	}
	ops := daemon.NewOperators(p.log, use, db, patience)
	if !mode.once {
		ops.Canary = canary
	}
	send := notify.NewSender(counts.Queue(outbox), channels, p.log)
	send.GaveUp = func(ctx context.Context, a news.Alert, problem error) { book.GivenUp.Add(1); ops.Lost(ctx, a, problem) }
	digest := notify.NewDigest(db, use.Policy, p.MailTo...)
	near := daemon.NearMisses{Use: use, DB: db, Log: p.log}
	digest.Almost = near.Find

	defer onHangup(reloading)()

	// Reading and sending are woken when something is due. Their schedules are for
	// what another program did to the database.
	jobs := []schedule.Job{
		{Name: "beat", Every: "@every 3s", Do: beat(db, reading, sending, paging)},                                      // that this process lives; what a dead one claimed → free
		{Name: "reload rules", Every: "@every 2s", Alarm: reloading, Do: p.reload(use, db, ops, reading)},               // rules.yaml     → what to look for
		{Name: "ask again", Every: "@every 1m", Do: near.AskAgain},                                                      // what other rules were asked → near misses
		{Name: "read feeds", Every: "@every 1m", Alarm: reading, Do: look},                                              // feeds due      → items, stories, alerts owed
		{Name: "read pages", Every: "@every 1m", Alarm: paging, Do: pages.Round},                                        // pages wanted    → what their feeds leave out
		{Name: "send alerts", Every: "@every 5s", Alarm: sending, Do: outbox.Flush(send)},                               // alerts owed    → Slack, email, webhook
		{Name: "queue digest", Every: "@every 1m", Do: digest.Queue},                                                    // what was since the last → one email owed
		{Name: "check feeds", Every: "@every 5m", Do: func(ctx context.Context) error { return ops.Feeds(ctx, watch) }}, // silent feeds   → a notice to the operators
		{Name: "tell operators", Every: "@every 5s", Do: ops.Tell},                                                      // what is wrong, or mended → a notice to them
		{Name: "prune", Every: "@daily", Do: p.prune(db)},                                                               // old items      → nothing
	}
	if mode.once {
		return book.Once(ctx, p.out, jobs, watch, send)
	}
	page := &page{use: use, db: db, ops: ops}
	page.doors = []web.Door{{Path: "/metrics", Handler: counts.Handler(sight{db, use})}}
	if p.Public != "" && p.Listen != "" && !mode.dry {
		hubs := push.New(push.Options{Base: p.Public, Store: db, Network: fetch, Reader: watch, Log: p.log})
		jobs = append(jobs, schedule.Job{Name: "ask hubs", Every: "@every 1m", Alarm: asking, Do: hubs.Ask}) // hubs that feeds name → subscriptions
		page.doors = append(page.doors, web.Door{Path: push.Path, Handler: hubs})
	}
	err = p.serve(ctx, jobs, page, mode)
	watch.Wait()
	send.Wait()
	return err
}

// serve does the jobs, shows the page and listens to people in Slack until ctx
// is done.
func (p *program) serve(ctx context.Context, jobs []schedule.Job, page *page, mode mode) (err error) {
	use, db := page.use, page.db
	hello := daemon.Greeting{Version: version(), Settings: p.Settings, Use: use, Dry: mode.dry, Advice: p.advice(use, mode)}
	var ln net.Listener
	if p.Listen != "" {
		if ln, err = web.Listen(ctx, p.Listen); err != nil {
			return err
		}
		hello.Page = ln.Addr().String()
	}
	jobs = append(jobs, schedule.Job{Name: "check channels", Every: "@every 1m", Do: daemon.NewChannelChecks(p.log, use, db).Run})
	hello.Write(p.out)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return schedule.Run(ctx, jobs, p.log) })
	if ln != nil {
		g.Go(func() error {
			return web.Serve(ctx, ln, daemon.WebRecords{DB: db, Use: use}, page.state, p.log, page.doors...)
		})
	}
	g.Go(func() error { return p.listen(ctx, page) })
	return g.Wait()
}

// saveMemory makes the program frugal, unless GOMEMLIMIT says something else.
func saveMemory(ctx context.Context) {
	if settings.Environment("GOMEMLIMIT") == "" {
		go daemon.HeedMemory(ctx)
	}
}
