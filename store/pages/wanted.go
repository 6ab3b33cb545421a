package pages

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// Wanted are pages that a reading wants, by link.
type Wanted map[string]Want

// A Want is what is wanted of a page.
type Want struct {
	Host string // see [news.PageText]
	Feed string // URL of the feed that names it
	Used bool   // an item was decided by its text: nothing is left to do
}

// Report adds the page of a report of a reading, which is told if it is of a story
// that people heard of: if its feed says so of such that a rule matches or nearly
// matches, or that are told. That a text was used is noted, too.
func (w Wanted) Report(rep news.Report, of news.Reading, told bool) {
	if of.First || of.Feed.FullText == news.NoText {
		return
	}
	matched := len(rep.Matches) > 0 || rep.Almost != nil || told
	if rep.FromPage || matched && rep.MayNeedPage(of.At) {
		w[rep.ArticleLink()] = Want{rep.PageHost(), of.Feed.URL, rep.FromPage}
	}
}

// New adds the pages of those of items that are new, by their ids, if their feed
// says so of all.
func (w Wanted) New(items []news.Item, ids []string, of news.Reading) {
	if of.First || of.Feed.FullText != news.AllText {
		return
	}
	for _, it := range items {
		if it.Fetched.IsZero() {
			it.Fetched = of.At
		}
		if slices.Contains(ids, it.ID) && it.MayNeedPage(of.At) {
			w[it.ArticleLink()] = Want{it.PageHost(), of.Feed.URL, false}
		}
	}
}

// Add adds what another reading wants. What one has used and the other not is not
// done with.
func (w Wanted) Add(more Wanted) {
	for link, x := range more {
		if before, both := w[link]; both {
			x.Used = x.Used && before.Used
		}
		w[link] = x
	}
}

// Settle makes pages due that are wanted and not known yet, and returns how many
// there are. One that was read since whoever wants it looked is due as well, so
// that its text is not lost on them.
func Settle(ctx context.Context, tx *sql.Tx, now time.Time, wanted Wanted) (due int, err error) {
	for _, link := range slices.Sorted(maps.Keys(wanted)) { // in the order in which others lock
		w := wanted[link]
		if w.Used {
			if err := Done(ctx, tx, link); err != nil {
				return due, err
			}
			continue
		}
		n, err := row.Exec(ctx, tx, `
			INSERT INTO pages (link, host, feed, asked_at, due_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (link) DO UPDATE SET due_at = excluded.due_at
				WHERE pages.text <> '' OR pages.attempts = 0`,
			link, w.Host, w.Feed, row.Millis(now), row.Millis(now))
		if err != nil {
			return due, err
		}
		due += int(n)
	}
	return due, nil
}
