package store

import (
	"context"
	"database/sql"
	"math"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/store/pages"
)

// when is [news.Item.When] in a query.
const when = `CASE WHEN published_at = 0 THEN fetched_at ELSE published_at END`

// itemColumns are what an itemRow scans.
const itemColumns = `id, feed, guid, link, author, publisher, language, tags, title, summary, body, published_at, fetched_at, ` + pages.Text

// An itemRow is what of an item's row needs a second look.
type itemRow struct {
	tags, page         string
	published, fetched int64
}

// into returns where itemColumns are to be scanned, for finish to complete.
func (r *itemRow) into(it *news.Item) []any {
	return []any{
		&it.ID, &it.Feed, &it.GUID, &it.Link, &it.Author, &it.Publisher, &it.Language, &r.tags, &it.Title, &it.Summary, &it.Body,
		&r.published, &r.fetched, &r.page,
	}
}

func (r *itemRow) finish(it *news.Item) error {
	it.Published, it.Fetched = row.UTC(r.published), row.UTC(r.fetched)
	*it = it.WithPage(r.page)
	if r.tags == "null" || r.tags == "[]" { // most of them: feeds without tags
		return nil
	}
	return row.Decode("item "+it.ID, r.tags, &it.Tags)
}

func scanItem(rows *sql.Rows) (it news.Item, err error) {
	var r itemRow
	if err := rows.Scan(r.into(&it)...); err != nil {
		return it, err
	}
	return it, r.finish(&it)
}

// Items calls do with each item first read at from or later, in the order of
// [news.Item.When], as it reads now. It stops at an error of do, which it returns as it
// is. Only some items are in memory at a time, and nothing is locked meanwhile: one that
// is read by the daemon while Items is under way is left out, one that is pruned may be.
func (db *DB) Items(ctx context.Context, from time.Time, do func(news.Item) error) error {
	return db.ItemsRead(ctx, from, time.UnixMilli(math.MaxInt64), do)
}

// ItemsRead is as [DB.Items], for those that were first read before to.
func (db *DB) ItemsRead(ctx context.Context, from, to time.Time, do func(news.Item) error) error {
	ids, err := row.Collect(ctx, db.reads, row.One[string], `
		SELECT id FROM items WHERE fetched_at >= $1 AND fetched_at < $2 ORDER BY `+when+`, id`, row.Millis(from), row.Millis(to))
	if err != nil {
		return db.fail("list items", err)
	}
	for some := range slices.Chunk(ids, idsAtOnce) {
		items, err := row.Collect(ctx, db.reads, scanItem, `
			SELECT `+itemColumns+` FROM items WHERE id IN `+row.List(1, len(some))+`
			ORDER BY `+when+`, id`, row.Anys(some)...)
		if err != nil {
			return db.fail("read items", err)
		}
		for _, it := range items {
			if err := do(it); err != nil {
				return err
			}
		}
	}
	return nil
}
