package simulate

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/schedule"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/watcher"
)

// Options are what a [Plant] is made of. Those up to Log must be set.
type Options struct {
	World   *World
	Rules   *matcher.File // whose feeds are not read
	DB      *store.DB
	Readers int
	Log     *slog.Logger

	Out     func(time.Time) bool // when the name server gives no answer; nil for never
	Console io.Writer            // what people are told; nil for nobody
}

// A Plant is the daemon's parts as run puts them together, that read a world. Make
// it with [New], in the bubble in which it works.
type Plant struct {
	Gauges *Gauges
	Jobs   map[string]*atomic.Int64 // how often each was done

	db      *store.DB
	watch   *watcher.Watcher
	send    *notify.Sender
	jobs    []schedule.Job
	reading *schedule.Alarm
	sending *schedule.Alarm
	log     *slog.Logger
}

// New puts a plant together.
func New(o Options) *Plant {
	g := &Gauges{}
	pl := &Plant{Gauges: g, Jobs: map[string]*atomic.Int64{}, db: o.DB, reading: schedule.NewAlarm(), sending: schedule.NewAlarm(), log: o.Log}
	if o.Console == nil {
		o.Console = io.Discard
	}
	use := &daemon.InUse{File: o.Rules, Channels: notify.Channels{Console: notify.NewConsole(o.Console, false, notify.Style{})}}
	rules := &worldRules{use: use, world: o.World, gauges: g}
	outbox := daemon.Outbox{DB: o.DB, Due: pl.sending.At}
	pl.watch = watcher.New(watcher.Options{
		Rules: rules.now, Fetch: &press{o.World, g, o.Out}, Store: gaugedStore{outbox, g}, Health: o.DB, Decide: gaugedStories(g), Log: o.Log,
		Wake: pl.reading.At, Workers: o.Readers, Gap: time.Second,
	})
	pl.send = notify.NewSender(outbox, use.Channels, o.Log)
	near := daemon.NearMisses{Use: use, DB: o.DB, Log: o.Log}
	digest := notify.NewDigest(o.DB, use.Policy)
	digest.Almost = near.Find
	ops := daemon.NewOperators(o.Log, use, o.DB, time.Minute)
	pl.jobs = []schedule.Job{
		{Name: "reload rules", Every: "@every 2s", Do: func(ctx context.Context) error { return use.ReadMutes(ctx, o.DB) }}, // their files do not change
		{Name: "ask again", Every: "@every 1m", Do: near.AskAgain},
		{Name: "read feeds", Every: "@every 1m", Alarm: pl.reading, Do: pl.watch.Poll},
		{Name: "index items", Every: "@every 5s", Do: daemon.NewIndexing(o.DB, o.Rules.Current, false).Round},
		{Name: "send alerts", Every: "@every 5s", Alarm: pl.sending, Do: outbox.Flush(pl.send)},
		{Name: "queue digest", Every: "@every 1m", Do: digest.Queue},
		{Name: "check feeds", Every: "@every 5m", Do: func(ctx context.Context) error { return ops.Feeds(ctx, pl.watch) }},
		{Name: "tell operators", Every: "@every 5s", Do: ops.Tell},
		{Name: "check channels", Every: "@every 1m", Do: daemon.NewChannelChecks(o.Log, use, o.DB).Run},
		{Name: "prune", Every: "@daily", Do: func(ctx context.Context) error { return o.DB.Prune(ctx, time.Time{}, time.Now().AddDate(0, 0, -400)) }},
	}
	for i, job := range pl.jobs {
		times, watch := &atomic.Int64{}, g.job(job.Name)
		pl.Jobs[job.Name] = times
		pl.jobs[i].Do = func(ctx context.Context) error {
			times.Add(1)
			defer watch()()
			return job.Do(ctx)
		}
	}
	return pl
}

// Run does the jobs for so long by the clock of the bubble, and finishes what is
// under way then.
func (pl *Plant) Run(ctx context.Context, long time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	defer daemon.KeepBeating(ctx, pl.db, pl.log, pl.reading, pl.sending)()
	err := schedule.Run(ctx, pl.jobs, pl.log)
	pl.watch.Wait()
	pl.send.Wait()
	return err
}

// worldRules are the rules in use, for the feeds of a world.
type worldRules struct {
	use    *daemon.InUse
	world  *World
	gauges *Gauges

	mu   sync.Mutex
	last *ruled
}

// ruled are rules in use at a moment.
type ruled struct {
	watcher.Rules
	world  *World
	gauges *Gauges
}

// now returns the rules in use; the same value until they change.
func (r *worldRules) now() watcher.Rules {
	r.mu.Lock()
	defer r.mu.Unlock()
	if rules := r.use.Rules(); r.last == nil || r.last.Rules != rules {
		r.last = &ruled{rules, r.world, r.gauges}
	}
	return r.last
}

func (r *ruled) Feeds() []news.Feed { return r.world.Feeds }

func (r *ruled) Match(it news.Item) (rep news.Report, is bool) {
	r.gauges.matchTime.add(func() { rep, is = r.Rules.Match(it) })
	return rep, is
}

// gaugedStories returns who decides, with what it takes counted.
func gaugedStories(g *Gauges) func(news.Policy, time.Time) news.Decider {
	stories := new(story.Stories)
	return func(p news.Policy, now time.Time) news.Decider { return gaugedDecider{stories.At(p, now), g} }
}

type gaugedDecider struct {
	news.Decider
	gauges *Gauges
}

func (d gaugedDecider) Decide(r news.Report, closed ...news.Story) (made news.Decision) {
	watch := &d.gauges.decideTime
	if len(r.Matches) == 0 {
		watch = &d.gauges.passTime
	}
	watch.add(func() { made = d.Decider.Decide(r, closed...) })
	return made
}

type gaugedStore struct {
	daemon.Outbox
	gauges *Gauges
}

func (s gaugedStore) Ingest(ctx context.Context, r news.Reading, reports []news.Report, d news.Decider) (news.Tally, error) {
	tally, err := s.Outbox.Ingest(ctx, r, reports, d)
	s.gauges.note(r, tally, err)
	return tally, err
}
