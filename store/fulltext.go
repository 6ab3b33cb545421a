package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/store/pages"
	"github.com/coupwatch/coupwatch/store/search"
)

// Fill decides the reports of the items of a page anew by the text of that, which
// was put down before, in one transaction: as [DB.Ingest] does, but with
// [news.Report.Filled] set and without a reading. Whatever was decided by the text
// already is left as it is. If an item was edited since its report was made, or an
// error is returned, nothing was stored and the page is due again.
func (db *DB) Fill(ctx context.Context, page news.PageText, now time.Time, reports []news.Report, decider news.Decider) (news.Tally, error) {
	p := &pending{ctx: ctx, reading: news.Reading{At: now}, reports: reports, decider: decider}
	defer db.ingests.Alone()()
	in, stored := (*ingestTx)(nil), false
	defer func() { // also after a panic
		if !stored {
			db.forgetDecisions([]*ingestTx{in})
		}
	}()
	err := db.update(ctx, func(tx *sql.Tx) error {
		in = newIngestTx(db, tx, p)
		return in.fill(ctx, page.Link)
	})
	if err != nil {
		return news.Tally{}, db.fail("decide by the text of "+page.Link, err)
	}
	stored = true
	return in.tally, nil
}

// fill locks what [DB.Ingest] does, in its order: feeds, stories, pages.
func (in *ingestTx) fill(ctx context.Context, link string) error {
	feeds := map[string]bool{}
	for _, rep := range in.reports {
		feeds[rep.Feed] = true
	}
	for _, url := range slices.Sorted(maps.Keys(feeds)) {
		if _, err := row.Collect(ctx, in.tx, row.One[string], `SELECT url FROM feeds WHERE url = $1`+in.db.forUpdate, url); err != nil {
			return err
		}
	}
	due, found, err := row.First(ctx, in.tx, row.One[int64], `SELECT due_at FROM pages WHERE link = $1`, link)
	if err != nil || !found || due == row.Never {
		return err
	}
	undecided, stale, err := in.filled(ctx)
	if err != nil || stale {
		return err // what is stale is decided when the page is due again
	}
	in.undecided = undecided
	if len(in.undecided) > 0 {
		if err := in.db.alone(ctx, in.tx, row.StoriesLock); err != nil {
			return err
		}
		if err := in.decideAll(ctx); err != nil {
			return err
		}
	}
	return pages.Done(ctx, in.tx, link)
}

// filled returns the reports to decide, the item that was read first first. They
// are stale if an item was edited since.
func (in *ingestTx) filled(ctx context.Context) (undecided []news.Report, stale bool, err error) {
	var read []string
	for id, rep := range in.reports {
		var story string
		was, found, err := row.First(ctx, in.tx, func(rows *sql.Rows) (it news.Item, err error) {
			var fetched int64
			err = rows.Scan(&it.Title, &it.Summary, &story, &fetched)
			it.Fetched = row.UTC(fetched)
			return it, err
		}, `SELECT title, summary, story, fetched_at FROM items WHERE id = $1`, id)
		if err != nil || found && (differ(was.Title, rep.Title) || differ(was.Summary, rep.Summary)) {
			return nil, true, err
		}
		if !found { // pruned this moment
			continue
		}
		rep.Filled, rep.Story, rep.Fetched = true, story, was.Fetched
		undecided, read = append(undecided, rep), append(read, id)
		if len(rep.Matches) > 0 {
			in.tally.Matched++
		}
	}
	slices.Sort(read) // in the order in which others lock
	if err := search.Want(ctx, in.tx, read); err != nil {
		return nil, false, err
	}
	if undecided, err = in.putNearMisses(ctx, undecided); err != nil {
		return nil, false, err
	}
	slices.SortFunc(undecided, func(a, b news.Report) int {
		if c := a.Fetched.Compare(b.Fetched); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return undecided, false, forgetNearMisses(ctx, in.tx, matchedIDs(undecided))
}

// matchedIDs returns the ids of the items that a rule matches.
func matchedIDs(reports []news.Report) (ids []string) {
	for _, rep := range reports {
		if len(rep.Matches) > 0 && rep.Almost == nil {
			ids = append(ids, rep.ID)
		}
	}
	return ids
}
