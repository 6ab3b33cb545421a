package watcher

import (
	"context"
	"errors"
	"time"

	"github.com/coupwatch/coupwatch/internal/span"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/internal/say"
	"github.com/coupwatch/coupwatch/watcher/pace"
	"github.com/coupwatch/coupwatch/watcher/watchdog"
)

// large is the size of an answer above which only one is taken apart at a
// time: parsing takes some ten times the memory.
const large = 2 << 20

// reading reads a feed and says what came of it. The caller calls release when
// it is done with that.
func (w *Watcher) reading(ctx context.Context, f news.FeedState, now time.Time) (r news.Reading, release func()) {
	r = news.Reading{
		Feed: f.Feed, At: now, First: f.LastGood.IsZero(),
		ETag: f.ETag, LastModified: f.LastModified, Checksum: f.Checksum, Recent: f.Recent, Wish: f.Wish, Moved: f.Moved, Signs: f.Signs, Hub: f.Hub,
	}
	a, err := w.fetch(ctx, f)
	if err == nil {
		whole := false
		defer func() {
			if !whole { // by a mistake of ours
				a.Release()
			}
		}()
		r.Moved = f.Moved.Said(a.Moved, now)
		err = w.take(&r, f, &a)
		whole = true
	}
	var trouble *fetch.Trouble
	if err != nil {
		if !errors.As(err, &trouble) {
			trouble = &fetch.Trouble{Text: say.Excerpt(err.Error(), 200)}
			if page, ok := errors.AsType[*WebPage](err); ok {
				trouble.Keeper = page.Keeper
			}
		}
		r.Problem, r.Failures = trouble.Text, f.Failures+1
	}
	r.Signs.Fails = trouble.State()
	// Counted from the end: a feed slower than its schedule is to have a rest.
	ended := time.Now().UTC()
	f.Recent, f.Wish = r.Recent, r.Wish
	if r.Failures == 0 {
		f.LastGood = r.At
	}
	inARow := r.Failures
	if inARow > 1 && fetch.Unreached(r.Problem) && w.network.inDoubt() {
		inARow = 1 // when the network is back it is not left alone for hours
	}
	r.NextAt = pace.Next(f, ended, failure(inARow, trouble))
	if r.Failures == 0 && len(r.Items) > 0 {
		r.IfGap = pace.AfterGap(f, r.Items, ended)
	}
	r.Rests = rests(f.URL, pace.Gap(f.URL, w.use.Gap), a, trouble, ended)
	return r, a.Release
}

// fetch asks for a feed.
func (w *Watcher) fetch(ctx context.Context, f news.FeedState) (fetch.Answer, error) {
	ctx, s := span.Begin(ctx, "fetch")
	defer s.End()
	a, err := w.use.Fetch.Fetch(ctx, f)
	s.Number("http.response.body.size", len(a.Data))
	if err != nil {
		s.Fail(say.Excerpt(err.Error(), 200))
	}
	return a, err
}

// take takes what the answer says into the reading. A feed that was cut off
// keeps no validators: it has to be read again in full.
func (w *Watcher) take(r *news.Reading, f news.FeedState, a *fetch.Answer) error {
	sum := checksum(a.Data)
	if !a.NotModified && a.Cut == nil {
		r.Size = len(a.Data)
	}
	if a.NotModified || sum == f.Checksum && a.Cut == nil {
		r.Unchanged = true
		r.Wish = max(f.Wish, a.Lifetime)
		r.ETag, r.LastModified = first([]string{a.ETag, f.ETag}), first([]string{a.LastModified, f.LastModified})
		if f.Failures == 0 {
			r.Problem = f.Problem // what was odd about it still is
		}
		return nil
	}
	d, err := w.document(a, f.Feed, r.At, w.editions.of(f, r.At))
	if err != nil {
		return err
	}
	if d.edition != nil {
		d.edition.checksum = sum
	}
	w.editions.put(f.URL, d.edition)
	r.Items, r.Passed = d.Items, d.passed
	r.Problem, r.Signs = d.signs(f, r.At)
	r.Recent, r.Wish = pace.Recent(f.Recent, d.Items, r.At), max(d.wish, a.Lifetime)
	if d.hub != (news.Hub{}) || a.Cut == nil {
		r.Hub = d.hub
	}
	if r.ETag, r.LastModified, r.Checksum = a.ETag, a.LastModified, sum; d.Problem != "" {
		r.ETag, r.LastModified, r.Checksum = "", "", ""
	}
	return nil
}

// signs returns what is wrong with a document of the feed f, and what tells how the
// feed is.
func (d *Document) signs(f news.FeedState, now time.Time) (problem string, s news.Signs) {
	s = f.Signs
	all := len(d.Items) + d.passed
	if d.Problem != "" { // cut off or unreadable: what it carries tells nothing
		s.Ails = news.FeedPartial
		if all == 0 {
			s.Ails = news.FeedEmpty
		}
		return d.Problem, s
	}
	if all == 0 && d.Format == gdeltFormat { // a search, and there is nothing to find
		s.Ails = ""
		return "", s
	}
	s.Content = watchdog.Measure(f.Signs.Content, all, d.Items, now)
	s.Ails, problem = watchdog.Ails(f.Signs.Content, s.Content, all, f.Items)
	if d.Foreign != "" && s.Ails != news.FeedEmpty { // it is read in full for all that: its validators hold
		s.Ails, problem = news.FeedForeign, d.Foreign
	}
	return problem, s
}

// document takes the answer apart. Only so many are at a time as there are
// processors for: more would take memory and no less time.
func (w *Watcher) document(a *fetch.Answer, f news.Feed, now time.Time, last *edition) (Document, error) {
	w.parsing <- struct{}{}
	defer func() { <-w.parsing }()
	if len(a.Data) > large {
		w.large.Lock()
		defer w.large.Unlock()
	}
	return read(a, f, now, last)
}

// rests returns which servers are left alone for a while after a reading of the
// feed at url: its own for a gap, and who asked for it.
func rests(url string, gap time.Duration, a fetch.Answer, t *fetch.Trouble, now time.Time) (all []news.Rest) {
	if gap > 0 {
		all = append(all, news.Rest{Address: url, Until: now.Add(gap)})
	}
	asked := a.Rest
	if t != nil && t.Rest.For > 0 {
		asked = t.Rest
	}
	if asked.For > 0 {
		all = append(all, news.Rest{Address: asked.Host, Until: now.Add(asked.For)})
	}
	return all
}

// failure returns what pace is to know of a trouble, which may be nil.
func failure(inARow int, t *fetch.Trouble) pace.Failure {
	if t == nil {
		return pace.Failure{}
	}
	return pace.Failure{InARow: inARow, Kind: t.Pace, After: t.After}
}
