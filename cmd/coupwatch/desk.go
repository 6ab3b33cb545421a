package main

import (
	"context"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/clerk"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/metrics"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/pages"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/schedule"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/fulltext"
	"github.com/coupwatch/coupwatch/watcher/push"
	"github.com/coupwatch/coupwatch/web"
	"github.com/coupwatch/coupwatch/web/login"
)

// A desk is what run puts together: who reads, decides, remembers and tells.
type desk struct {
	use    *daemon.InUse
	db     *store.DB
	counts *metrics.Metrics
	outbox daemon.Outbox
	book   *daemon.Ledger // what a single round did

	watch  *watcher.Watcher
	look   func(context.Context) error // for feeds that are due
	pages  *fulltext.Pages
	hubs   *push.Subscriber // nil if hubs cannot reach us, or are not to
	ops    *daemon.Operators
	send   *notify.Sender
	digest *notify.Digest
	near   daemon.NearMisses
	decide func(news.Policy, time.Time) news.Decider
	checks *daemon.ChannelChecks
	runs   schedule.Runs // of the jobs

	// They ring when something is due. Schedules are for what another program did to
	// the database.
	reading, paging, asking, sending, reloading *schedule.Alarm
}

// assemble makes the desk for rules and a database.
func (p *program) assemble(rules *matcher.File, db *store.DB, mode mode) (*desk, error) {
	d := &desk{
		use: &daemon.InUse{File: rules, MailTo: p.MailTo}, db: db, counts: metrics.New(version()), book: &daemon.Ledger{DB: db},
		reading: schedule.NewAlarm(), paging: schedule.NewAlarm(), asking: schedule.NewAlarm(), sending: schedule.NewAlarm(), reloading: schedule.NewAlarm(),
	}
	channels, err := p.channels(mode, p.style(d.use))
	if err != nil {
		return nil, err
	}
	d.use.Channels = channels
	d.outbox = daemon.Outbox{DB: db, Due: d.sending.At}
	canary, err := p.assembleReading(d, mode)
	if err != nil {
		return nil, err
	}
	patience := time.Minute
	if mode.once {
		patience = 0
	}
	d.ops = daemon.NewOperators(p.log, d.use, db, patience)
	if !mode.once {
		d.ops.Canary = canary
	}
	d.send = notify.NewSender(d.counts.Queue(d.outbox), channels, p.log)
	d.send.GaveUp = func(ctx context.Context, a news.Alert, problem error) {
		d.book.GivenUp.Add(1)
		d.ops.Lost(ctx, a, problem)
	}
	d.near = daemon.NearMisses{Use: d.use, DB: db, Log: p.log}
	d.digest = notify.NewDigest(db, d.use.Policy, p.MailTo...)
	d.digest.Almost = d.near.Find
	return d, nil
}

// assembleReading makes what of the desk reads feeds and pages. A single round lists
// what it did, and has no canary.
func (p *program) assembleReading(d *desk, mode mode) (*daemon.Canary, error) {
	decide, keep := new(story.Stories).At, d.counts.Store(d.outbox)
	if mode.once {
		decide, keep = d.book.At, d.book
	}
	network := fetch.New(p.fetching())
	d.decide, d.checks = decide, daemon.NewChannelChecks(p.log, d.use, d.db)
	d.pages = p.pages(d.use, d.outbox, decide, d.paging)
	reading := watcher.Options{
		Rules: d.use.Rules, Fetch: network, Store: keep, Health: d.db, Decide: decide, Log: p.log,
		Wake: d.reading.At, NewHub: func() { d.asking.At(time.Now()) }, Workers: p.Readers, Gap: p.HostGap, Pages: d.pages, WakePages: d.paging.At,
	}
	canary, err := daemon.NewCanary(p.Canary, time.Now())
	if err != nil {
		return nil, err
	}
	if !mode.once {
		canary.Watch(&reading)
	}
	d.watch = watcher.New(reading)
	if d.look = d.watch.Poll; mode.once {
		d.look = d.watch.Round
	}
	if p.Public != "" && p.Listen != "" && !mode.dry && !mode.once {
		d.hubs = push.New(push.Options{Base: p.Public, Store: d.counts.Pushes(d.db), Network: network, Reader: d.watch, Log: p.log})
	}
	return canary, nil
}

// page is what the page of a desk is made of, until ctx is done. In a dry run nothing is
// saved from it.
func (p *program) page(ctx context.Context, d *desk, mode mode) pages.Parts {
	hands := &clerk.Clerk{
		Use: d.use, DB: d.db, Decide: d.decide, Due: d.sending.At, Next: d.digest, Style: p.style(d.use),
		Checks: d.checks, Runs: &d.runs, Version: version(), Where: settings.ShownURL(p.Database), Started: time.Now(),
	}
	rules := &pages.Rules{Context: ctx, File: p.Rules, Edit: p.EditRules && !mode.dry, Reload: func() { d.reloading.At(time.Now()) }, Fetching: p.fetching()}
	return pages.Parts{Clerk: hands, Rules: rules, DB: d.db, Use: d.use, State: d.state, Log: p.log, Doors: d.doors(string(p.MetricsToken)), Settings: p.Settings, Feeds: p.feedPage(d, mode), Read: d.reading.At, Served: d.counts.Served}
}

// doors are what is served beside the page, to machines; metrics to those who show the
// token, if there is one.
func (d *desk) doors(token string) []web.Door {
	doors := []web.Door{{Path: "/metrics", Handler: login.Machines(token, d.counts.Handler(daemon.Sight{DB: d.db, Use: d.use}))}}
	if d.hubs != nil {
		doors = append(doors, web.Door{Path: push.Path, Handler: d.hubs})
	}
	return doors
}

// state is what the page tells of the program.
func (d *desk) state() web.State {
	s, pol := d.use.File.Status(), d.use.Policy()
	state := web.State{Version: version(), RulesLoaded: s.LoadedAt, RulesProblem: s.Problem}
	state.Unrecorded, state.Since = d.db.Condition()
	if len(pol.Digest.To) > 0 {
		state.NextDigest = pol.Digest.Next(time.Now())
	}
	return state
}

// listen serves people in Slack, if it is set up for that, until ctx is done.
func (p *program) listen(ctx context.Context, d *desk) error {
	answering := &daemon.SlackDesk{Use: d.use, DB: d.db, Rules: p.readRules, Version: version(), Columns: p.Columns, Log: p.log}
	return answering.Listen(ctx, string(p.SlackApp), d.ops, p.log)
}
