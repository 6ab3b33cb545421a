package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// Prune forgets items that were last seen in their feed before a moment,
// alerts that were sent or given up before it, mutes and pauses that ended
// before it, and stories that were closed by then. Labels stay. An item that stood in its feed when that was last read in full is
// kept however old it is: it would come back as new. Pruning may stop at any
// point and be done again, on several replicas at once.
func (db *DB) Prune(ctx context.Context, before time.Time) error {
	if err := db.pruneItems(ctx, before); err != nil {
		return db.fail("prune items", err)
	}
	if err := db.Alerts.Prune(ctx, before); err != nil {
		return err
	}
	if err := db.Pages.Prune(ctx, before); err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM mutes WHERE until > 0 AND until < $1`,
		`DELETE FROM digests WHERE to_at < $1 AND to_at < (SELECT MAX(to_at) FROM digests)`,
	} {
		if err := row.Change(ctx, db.engine, "prune what has ended", query, row.Millis(before)); err != nil {
			return err
		}
	}
	closed := `DELETE FROM stories WHERE id IN (SELECT id FROM stories WHERE last_seen < $1 LIMIT $2`
	return db.fail("prune stories", row.Prune(ctx, db.engine, closed+db.skipLocked+`)`, before.Add(-news.Window)))
}

// An oldItem is an item that may be pruned.
type oldItem struct {
	id, feed  string
	fetchedAt int64
}

func (db *DB) pruneItems(ctx context.Context, before time.Time) error {
	last := oldItem{}
	for {
		// Items that must stay are passed once, and not at each chunk again.
		old, err := row.Collect(ctx, db.reads, func(rows *sql.Rows) (o oldItem, err error) {
			err = rows.Scan(&o.id, &o.feed, &o.fetchedAt)
			return o, err
		}, `
			SELECT items.id, items.feed, items.fetched_at FROM items JOIN feeds ON feeds.url = items.feed
			WHERE (items.fetched_at, items.id) > ($1, $2) AND items.fetched_at < $3
				AND items.seen_at < $3 AND items.seen_at < feeds.full_at - $4
			ORDER BY items.fetched_at, items.id LIMIT $5`,
			last.fetchedAt, last.id, row.Millis(before), seenEvery.Milliseconds(), row.PrunedAtOnce)
		if err != nil || len(old) == 0 {
			return err
		}
		if err := db.update(ctx, func(tx *sql.Tx) error { return db.deleteItems(ctx, tx, old, before) }); err != nil {
			return err
		}
		last = old[len(old)-1]
	}
}

// deleteItems deletes those of old that were not seen since, and counts them
// off their feeds.
func (db *DB) deleteItems(ctx context.Context, tx *sql.Tx, old []oldItem, before time.Time) error {
	var ids, feeds []string
	for _, o := range old {
		ids, feeds = append(ids, o.id), append(feeds, o.feed)
	}
	slices.Sort(feeds)
	feeds = slices.Compact(feeds)
	// Whoever records takes the feed before its items; so do we.
	for _, url := range feeds {
		if _, err := row.Collect(ctx, tx, row.One[string], `SELECT url FROM feeds WHERE url = $1`+db.forUpdate, url); err != nil {
			return err
		}
	}
	gone, err := row.Collect(ctx, tx, row.One[string], `
		DELETE FROM items WHERE seen_at < $1 AND id IN `+row.List(2, len(ids))+` RETURNING feed`,
		append([]any{row.Millis(before)}, row.Anys(ids)...)...)
	if err != nil {
		return err
	}
	count := map[string]int{}
	for _, url := range gone {
		count[url]++
	}
	for _, url := range feeds {
		if _, err := row.Exec(ctx, tx, `UPDATE feeds SET items = items - $1 WHERE url = $2`, count[url], url); err != nil {
			return err
		}
	}
	return nil
}
