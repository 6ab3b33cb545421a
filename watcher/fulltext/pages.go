package fulltext

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/pace"
)

// A Store remembers pages. *store.DB is one.
type Store interface {
	// PageTexts returns what is known of the pages with links, by link.
	PageTexts(ctx context.Context, links []string) (map[string]news.PageText, error)
	// LeasePages gives the caller those of pages to read that nobody knows.
	LeasePages(ctx context.Context, now time.Time, pages []news.PageText) ([]news.PageText, error)
	// ClaimPage returns the page that is due for longest, or when one will be.
	ClaimPage(ctx context.Context, now time.Time) (page news.PageText, found bool, next time.Time, err error)
	// PutPage puts down what came of reading a page.
	PutPage(ctx context.Context, r news.PageReading) (news.PageText, error)
	// Drop gives up a page that was claimed, since no item wants it.
	Drop(ctx context.Context, page news.PageText) error
	// ItemsOfPage returns the items that a page is of.
	ItemsOfPage(ctx context.Context, link string) ([]news.Item, error)
	// Fill decides reports of the items of a page anew by its text.
	Fill(ctx context.Context, page news.PageText, now time.Time, reports []news.Report, decider news.Decider) (news.Tally, error)
}

// Options are what [Pages] are made of. Those up to Log must be set.
type Options struct {
	Reader *Reader
	Store  Store
	Feeds  func() []news.Feed                            // the present ones
	Report func(news.Item) (report news.Report, is bool) // what the present rules make of an item, and whether that is to be decided
	Decide func(now time.Time) news.Decider              //
	Log    *slog.Logger                                  //
	Wake   func(time.Time)                               // is told when Round has something to do again; nil for nobody
	Gap    time.Duration                                 // how long a host is left alone after a page; none for this machine
}

// Pages reads the pages that are wanted. It is safe for concurrent use; make it
// with [NewPages].
type Pages struct {
	use    Options
	atWork sync.WaitGroup // pages that are read beside Round
}

// NewPages returns Pages.
func NewPages(o Options) *Pages {
	if o.Wake == nil {
		o.Wake = func(time.Time) {}
	}
	return &Pages{use: o}
}

// How many pages are read: never so many that feeds have to wait for them.
const (
	ahead    = 3                       // of one reading, before it is decided
	patience = 1500 * time.Millisecond // for how long that waits for them
	workers  = 4                       // at the same time by Round
	aRound   = 60                      // by Round in a minute
)

// Texts returns the texts that are known of the pages behind the links of items.
func (p *Pages) Texts(ctx context.Context, items []news.Item) map[string]string {
	var links []string
	for _, it := range items {
		if link := it.ArticleLink(); link != "" {
			links = append(links, link)
		}
	}
	if len(links) == 0 {
		return nil
	}
	known, err := p.use.Store.PageTexts(ctx, links)
	if err != nil { // they are wanted anew, and found then
		p.use.Log.Error("the texts of pages cannot be looked up", "err", err)
		return nil
	}
	texts := map[string]string{}
	for link, page := range known {
		if page.Text != "" {
			texts[link] = page.Text
		}
	}
	return texts
}

// Ahead reads the pages of those reports of a reading of the feed f that are new
// and would wake somebody, so that people hear once and right; but only as far as
// that takes no longer than a moment. What comes later is put down, and decided by
// Round. It returns the texts that came in time, by link.
func (p *Pages) Ahead(ctx context.Context, f news.Feed, now time.Time, reports []news.Report) map[string]string {
	var wanted []news.PageText
	items := map[string]news.Item{}
	for _, rep := range reports {
		if rep.Fetched.IsZero() {
			rep.Fetched = now
		}
		link := rep.ArticleLink()
		if _, twice := items[link]; !twice && rep.Severity().IsWorthAlert() && rep.MayNeedPage(now) && len(wanted) < ahead {
			items[link] = rep.Item
			wanted = append(wanted, news.PageText{Link: link, Host: rep.PageHost(), Feed: f.URL})
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	leased, err := p.use.Store.LeasePages(ctx, now, wanted)
	if err != nil {
		p.use.Log.Error("pages cannot be claimed", "err", err)
		return nil
	}
	came := make(chan news.PageText, len(leased))
	for _, page := range leased {
		p.atWork.Go(func() { came <- p.read(ctx, f, page, items[page.Link], p.pause(f, items[page.Link])) })
	}
	texts, late := map[string]string{}, time.After(patience)
	for range leased {
		select {
		case page := <-came:
			if page.Text != "" {
				texts[page.Link] = page.Text
			}
		case <-late:
			return texts
		}
	}
	return texts
}

// pause returns how long to wait before a page of the host of a feed that was read
// this moment.
func (p *Pages) pause(f news.Feed, it news.Item) time.Duration {
	if news.HostOf(f.URL) != it.PageHost() {
		return 0
	}
	return pace.Gap(it.PageAddress(), p.use.Gap)
}

// Wait waits for pages that are being read beside Round.
func (p *Pages) Wait() { p.atWork.Wait() }

// Round reads the pages that are due, and has their items decided by them. Without
// Pages there are none.
func (p *Pages) Round(ctx context.Context) error {
	if p == nil {
		return nil
	}
	began := time.Now()
	for left := aRound; left > 0; {
		read, next, err := p.some(ctx, left)
		if left -= read; err != nil {
			return err
		}
		switch wait := time.Until(next); {
		case read > 0: // which may have freed hosts
		case next.IsZero() || wait > soon:
			p.use.Wake(next)
			return nil
		default:
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(max(wait, soon/10)): // if it is due now, another replica is about to claim it
			}
			left--
		}
	}
	p.use.Wake(began.Add(time.Minute))
	return nil
}

// soon is how long Round waits for a host.
const soon = 5 * time.Second

// some settles up to n pages that are due and whose hosts are free, and returns how
// many there were, and when more are due if there were fewer; zero for never.
func (p *Pages) some(ctx context.Context, n int) (read int, next time.Time, err error) {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for read < n {
		page, found, next, err := p.use.Store.ClaimPage(ctx, time.Now().UTC())
		if err != nil || !found {
			return read, next, cmp.Or(g.Wait(), err)
		}
		read++
		g.Go(func() error { return p.settle(ctx, page) })
	}
	return read, next, g.Wait()
}

// settle reads a page, unless that was done, and has its items decided by it.
func (p *Pages) settle(ctx context.Context, page news.PageText) error {
	items, err := p.use.Store.ItemsOfPage(ctx, page.Link)
	if err != nil {
		return err
	}
	feeds := p.use.Feeds()
	items = slices.DeleteFunc(items, func(it news.Item) bool {
		f, listed := feedOf(feeds, it.Feed)
		return listed && f.FullText == news.NoText
	})
	if len(items) == 0 {
		return p.use.Store.Drop(ctx, page)
	}
	if page.Text == "" {
		f, _ := feedOf(feeds, page.Feed)
		if page = p.read(ctx, f, page, items[0], 0); page.Text == "" {
			return nil
		}
	}
	var reports []news.Report
	for _, it := range items {
		if report, is := p.use.Report(it.WithPage(page.Text)); is {
			reports = append(reports, report)
		}
	}
	now := time.Now().UTC()
	tally, err := p.use.Store.Fill(ctx, page, now, reports, p.use.Decide(now))
	if err == nil && tally.Alerts > 0 {
		p.use.Log.Info("a page told more than its feed", "link", page.Link, "matched", tally.Matched, "alerts", tally.Alerts)
	}
	return err
}

// read reads a page after a while and puts down what came of it.
func (p *Pages) read(ctx context.Context, f news.Feed, page news.PageText, it news.Item, pause time.Duration) news.PageText {
	select {
	case <-ctx.Done():
		return page
	case <-time.After(pause):
	}
	out, err := p.use.Reader.Read(ctx, f, it)
	if err != nil {
		return page // the claim ends by itself
	}
	now := time.Now().UTC()
	r := news.PageReading{PageText: page, At: now, Gap: max(out.Delay, pace.Gap(it.PageAddress(), p.use.Gap))}
	r.Text, r.Problem = out.Text, out.Problem
	if r.Attempts++; out.Again && page.Attempts < len(backOff) {
		r.Again = now.Add(max(backOff[page.Attempts], out.After))
	}
	if out.Rest.For > 0 {
		r.Rest = news.Rest{Address: out.Rest.Host, Until: now.Add(out.Rest.For)}
	}
	stored, err := p.use.Store.PutPage(ctx, r)
	if err != nil {
		p.use.Log.Error("a page could not be stored", "link", page.Link, "err", err)
		return page
	}
	p.use.Log.Debug("page read", "link", page.Link, "bytes", len(stored.Text), "problem", stored.Problem)
	if stored.Text != "" || !r.Again.IsZero() {
		p.use.Wake(latest(now, r.Again))
	}
	return stored
}

// backOff is how long to wait after each failure that may pass. Then the page is
// left alone: its news is old.
var backOff = []time.Duration{5 * time.Minute, 30 * time.Minute, 2 * time.Hour}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// feedOf returns the feed at a URL, and whether it is among feeds.
func feedOf(feeds []news.Feed, url string) (f news.Feed, listed bool) {
	i := slices.IndexFunc(feeds, func(f news.Feed) bool { return f.URL == url })
	if i < 0 {
		return news.Feed{URL: url}, false
	}
	return feeds[i], true
}
