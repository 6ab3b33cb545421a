// Package watcher reads the feeds that are due and has what they carry
// matched, decided about and recorded.
//
// [Watcher.Poll] finds what is due, [fetch.HTTP] fetches it, [Read] makes items of
// it; what the items mean is for the rules, and what becomes of them for the
// store. A feed can be late, broken, huge or hostile: that is a problem of the
// feed, told in plain words, and never one of the program.
package watcher

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coupwatch/coupwatch/internal/span"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/fulltext"
)

// Rules say which feeds to watch and what to look for. *matcher.Rules are.
type Rules interface {
	Feeds() []news.Feed
	Policy() news.Policy
	// Match returns the item as a report and whether a rule matches it. If
	// none does, the report still has what the item mentions and all but matched.
	Match(news.Item) (news.Report, bool)
}

// A Fetcher asks for a feed. [*fetch.HTTP] is the real one.
type Fetcher interface {
	// Fetch returns what the server of f answers. What goes wrong there is
	// a [*fetch.Trouble].
	Fetch(ctx context.Context, f news.FeedState) (fetch.Answer, error)
}

// A Store remembers what the watcher saw. *store.DB is one.
type Store interface {
	// SetFeeds makes feeds the ones that are watched.
	SetFeeds(ctx context.Context, feeds []news.Feed) error
	// Claim returns up to n feeds that are due and that nobody else is reading.
	// If there are fewer, next is when to ask again, zero for never. A claim ends
	// when the reading is recorded, or after a while.
	Claim(ctx context.Context, now time.Time, n int) (feeds []news.FeedState, next time.Time, err error)
	// Ingest keeps a reading, and the reports of those of its items that are
	// new or edited, with what the decider says about them, all or nothing.
	Ingest(ctx context.Context, r news.Reading, reports []news.Report, decider news.Decider) (news.Tally, error)
}

// Options are what a [Watcher] is made of. Those up to Log must be set.
type Options struct {
	Rules  func() Rules // the present ones; the same value until they change
	Fetch  Fetcher
	Store  Store
	Health HealthStore
	Decide func(policy news.Policy, now time.Time) news.Decider
	Log    *slog.Logger

	// Wake, if not nil, is told when Poll has something to do again.
	Wake func(time.Time)
	// NewHub, if not nil, is told when a feed names another hub than before.
	NewHub func()

	// Pages, if not nil, reads the pages behind the links of items, and WakePages
	// is told when there are some to read.
	Pages     *fulltext.Pages
	WakePages func(time.Time)

	Workers int           // feeds that are read at the same time; 64 if zero
	Gap     time.Duration // how long a host is left alone after a reading; none if zero, and never one of this machine
}

// A Watcher watches feeds. It is safe for concurrent use; make one with [New].
type Watcher struct {
	use     Options
	hires   atomic.Int64  // calls of hire since one of them began to
	slots   chan struct{} // one for each worker at work
	atWork  sync.WaitGroup
	parsing chan struct{} // one for each feed that is taken apart, which takes memory
	large   sync.Mutex    // held while a large one is

	network  network  // through which feeds are reached
	editions editions // what they said last

	feeds  sync.Mutex           // guards set and listed
	set    Rules                // whose feeds were set
	listed map[string]news.Feed // those feeds by URL: the store does not know all of them
}

// pause is the least time between two looks for what is due when nothing was.
const pause = 20 * time.Millisecond

// New returns a Watcher.
func New(o Options) *Watcher {
	if o.Wake == nil {
		o.Wake = func(time.Time) {}
	}
	return &Watcher{
		use: o, slots: make(chan struct{}, cmp.Or(o.Workers, 64)), parsing: make(chan struct{}, 2*runtime.GOMAXPROCS(0)),
		network: network{log: o.Log},
	}
}

// Poll sets workers to read the feeds that are due and returns at once, so
// that no slow feed holds up another. It costs one query when none is due.
func (w *Watcher) Poll(ctx context.Context) error {
	if err := w.setFeeds(ctx); err != nil {
		return fmt.Errorf("set the feeds: %w", err)
	}
	w.network.conclude(time.Now(), len(w.use.Rules().Feeds()))
	if err := w.hire(ctx); err != nil {
		return fmt.Errorf("claim feeds: %w", err)
	}
	return nil
}

// Wait waits for the workers that are at work. Poll must not be called
// meanwhile.
func (w *Watcher) Wait() {
	w.atWork.Wait()
	if w.use.Pages != nil {
		w.use.Pages.Wait()
	}
	w.network.conclude(time.Now().Add(doubtLater), len(w.use.Rules().Feeds()))
}

// setFeeds tells the store the feeds of the present rules, once.
func (w *Watcher) setFeeds(ctx context.Context) error {
	w.feeds.Lock()
	defer w.feeds.Unlock()
	rules := w.use.Rules()
	if rules == w.set {
		return nil
	}
	if err := w.use.Store.SetFeeds(ctx, rules.Feeds()); err != nil {
		return err
	}
	w.editions.keepOnly(rules.Feeds())
	w.set, w.listed = rules, map[string]news.Feed{}
	for _, f := range slices.Backward(rules.Feeds()) { // of those with one URL the first counts
		w.listed[f.URL] = f
	}
	return nil
}

// inFull returns a feed as the rules have it, with what the store does not keep.
func (w *Watcher) inFull(stored news.Feed) news.Feed {
	w.feeds.Lock()
	defer w.feeds.Unlock()
	if f, listed := w.listed[stored.URL]; listed {
		return f
	}
	return stored
}

// hire sets workers to work on the feeds that are due, as far as not all are at
// work. When none is due any more it tells when one is. Those who call it while
// another does leave it to that one: who become idle together are hired together.
func (w *Watcher) hire(ctx context.Context) error {
	calls := w.hires.Add(1)
	if calls > 1 {
		return nil
	}
	for {
		err := w.hireIdle(ctx)
		if err != nil || w.hires.CompareAndSwap(calls, 0) {
			if err != nil {
				w.hires.Store(0)
			}
			return err
		}
		calls = w.hires.Load()
	}
}

func (w *Watcher) hireIdle(ctx context.Context) error {
	idle := cap(w.slots) - len(w.slots)
	if idle == 0 {
		return nil // the first who is done hires again
	}
	now := time.Now().UTC()
	feeds, next, err := w.use.Store.Claim(ctx, now, idle)
	if err != nil {
		return err
	}
	for _, f := range feeds {
		w.slots <- struct{}{}
		w.atWork.Go(func() { w.work(ctx, f) })
	}
	if len(feeds) == idle {
		return nil
	}
	if soon := now.Add(pause); next.Before(soon) && !next.IsZero() {
		next = soon // another replica is about to claim it
	}
	w.use.Wake(next)
	return nil
}

// work reads a feed, and sees to it that whatever else is due is read.
func (w *Watcher) work(ctx context.Context, f news.FeedState) {
	w.read(ctx, f)
	<-w.slots
	if ctx.Err() != nil {
		return
	}
	if err := w.hire(ctx); err != nil && ctx.Err() == nil {
		w.use.Log.Error("no feed could be claimed", "err", err)
	}
}

// read reads one feed, and is the whole path of an item through coupwatch.
func (w *Watcher) read(ctx context.Context, f news.FeedState) {
	defer w.survive(f)
	ctx, s := span.Begin(ctx, "reading")
	defer s.End()
	s.Text("coupwatch.feed", label(f.Feed))
	s.Text("server.address", news.HostOf(f.URL))
	now, rules := time.Now().UTC(), w.use.Rules()
	f.Feed = w.inFull(f.Feed)
	if f.Page.Item != "" { // the page may be as it was, and be read by other selectors
		f.ETag, f.LastModified, f.Checksum = "", "", ""
	}
	reading, release := w.reading(ctx, f, now)
	defer release()
	reports := w.reports(ctx, rules, &reading)
	if ctx.Err() != nil {
		return // the claim ends by itself
	}
	tally, err := w.ingest(ctx, rules, reading, reports)
	if tally.Renamed > 0 {
		w.editions.put(f.URL, nil) // which items are which is to be seen from all of them
	}
	s.Fail(reading.Problem)
	w.tell(f, reading, tally, err)
	if err == nil && reading.Hub != f.Hub && w.use.NewHub != nil {
		w.use.NewHub()
	}
}

// Ingest takes a reading of the past as if it was made now, at [news.Reading.At]:
// what it brings is matched, decided about and recorded as all that is read is.
func (w *Watcher) Ingest(ctx context.Context, r news.Reading) (news.Tally, error) {
	rules := w.use.Rules()
	return w.ingest(ctx, rules, r, match(rules, r, nil))
}

func (w *Watcher) ingest(ctx context.Context, rules Rules, r news.Reading, reports []news.Report) (news.Tally, error) {
	ctx, s := span.Begin(ctx, "ingest")
	defer s.End()
	if w.use.Pages == nil {
		r.Feed.FullText = news.NoText // nobody would read what is wanted, as in a replay
	}
	tally, err := w.use.Store.Ingest(ctx, r, reports, w.use.Decide(rules.Policy(), r.At))
	s.Number("coupwatch.items.new", tally.New)
	s.Number("coupwatch.items.matched", tally.Matched)
	s.Number("coupwatch.alerts", tally.Alerts)
	if err != nil {
		s.Fail(err.Error())
	}
	if tally.Pages > 0 {
		w.use.WakePages(time.Now())
	}
	return tally, err
}

// reports returns what the rules make of a reading, with the texts of the pages
// that were read before or can be read in a moment.
func (w *Watcher) reports(ctx context.Context, rules Rules, r *news.Reading) []news.Report {
	ctx, s := span.Begin(ctx, "match")
	defer s.End()
	s.Number("coupwatch.items", len(r.Items))
	if w.use.Pages == nil || r.Feed.FullText == news.NoText || r.First || len(r.Items) == 0 {
		return match(rules, *r, nil)
	}
	reports := match(rules, *r, w.use.Pages.Texts(ctx, r.Items))
	texts := w.use.Pages.Ahead(ctx, r.Feed, r.At, reports)
	for i, rep := range reports {
		if text := texts[rep.ArticleLink()]; text != "" {
			reports[i], _ = Report(rules, rep.WithPage(text))
		}
	}
	return reports
}

// Report returns what the rules make of an item, and whether that is to be decided:
// if a rule matches or all but matched, or it mentions somebody and so may belong
// to a story.
func Report(rules Rules, it news.Item) (report news.Report, is bool) {
	report, is = rules.Match(it)
	return report, is || len(report.Mentions) > 0 || report.Almost != nil
}

// match returns the reports among the items of a reading, with texts of pages by
// link.
func match(rules Rules, reading news.Reading, texts map[string]string) []news.Report {
	var reports []news.Report
	for _, it := range reading.Items {
		if len(texts) > 0 {
			it = it.WithPage(texts[it.ArticleLink()])
		}
		if report, is := Report(rules, it); is {
			report.First = reading.First
			reports = append(reports, report)
		}
	}
	return reports
}

// tell logs what a reading brought: a problem when it is new, not at each
// attempt.
func (w *Watcher) tell(f news.FeedState, r news.Reading, t news.Tally, err error) {
	log := w.use.Log.With("feed", label(f.Feed))
	out := r.Failures > 0 && fetch.Unreached(r.Problem)
	if !out {
		w.network.reached()
	}
	switch {
	case err != nil:
		log.Error("feed read but not recorded", "err", err)
	case out && r.Problem != f.Problem:
		w.use.Wake(w.network.missed(label(f.Feed), r, time.Now()))
	case r.Problem != "" && r.Problem != f.Problem:
		log.Warn("feed has a problem", "problem", r.Problem, "next", r.NextAt)
	case f.Failures > 0 && r.Failures == 0:
		log.Info("feed is well again", "after", f.Failures)
	}
	if t.New+t.Revised > 0 {
		level := slog.LevelDebug // there are too many to read
		if r.First || t.Matched > 0 {
			level = slog.LevelInfo
		}
		log.Log(context.Background(), level, "feed read", "items", len(r.Items), "new", t.New, "revised", t.Revised, "matched", t.Matched, "alerts", t.Alerts)
	}
}

// survive keeps a panic in the reading of one feed from ending the program.
func (w *Watcher) survive(f news.FeedState) {
	if r := recover(); r != nil {
		w.use.Log.Error("reading a feed failed by a mistake of coupwatch; please report it", "feed", label(f.Feed), "panic", r, "stack", string(debug.Stack()))
	}
}

// label returns what people call a feed: its name, else its address.
func label(f news.Feed) string {
	if f.Name != "" {
		return f.Name
	}
	if u := publicURL(f.URL); u != nil {
		return u.String()
	}
	return "a feed with a bad address"
}
