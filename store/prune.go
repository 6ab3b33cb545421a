package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// Prune forgets what is old: items that a rule matched or a story has, stories and
// their alerts that ended before matched, or none of these if that is zero; and
// before others all other items, alerts without a story, mutes, pauses and periods of
// digests. Labels stay. An item is as old as the last reading in which it stood in its
// feed, and one that stood there when the feed was last read in full is kept however
// old it is: it would come back as new. Pruning may stop at any point and be done
// again, on several replicas at once.
func (db *DB) Prune(ctx context.Context, matched, others time.Time) error {
	if err := db.pruneItems(ctx, matched, others); err != nil {
		return db.fail("prune items", err)
	}
	if err := db.Alerts.Prune(ctx, matched, others); err != nil {
		return err
	}
	if err := db.Pages.Prune(ctx, others); err != nil {
		return err
	}
	if err := db.Search.Tidy(ctx); err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM mutes WHERE until > 0 AND until < $1`,
		`DELETE FROM digests WHERE to_at < $1 AND to_at < (SELECT MAX(to_at) FROM digests)`,
	} {
		if err := row.Change(ctx, db.engine, "prune what has ended", query, row.Millis(others)); err != nil {
			return err
		}
	}
	if matched.IsZero() {
		return nil
	}
	closed := `DELETE FROM stories WHERE id IN (SELECT id FROM stories WHERE last_seen < $1 LIMIT $2`
	return db.fail("prune stories", row.Prune(ctx, db.engine, closed+db.skipLocked+`)`, matched.Add(-news.Window)))
}

// An oldItem is an item that may be pruned.
type oldItem struct {
	id, feed  string
	fetchedAt int64
}

func (db *DB) pruneItems(ctx context.Context, matched, others time.Time) error {
	last, latest := oldItem{}, others
	if matched.After(latest) {
		latest = matched
	}
	for {
		// Items that must stay are passed once, and not at each chunk again.
		old, err := row.Collect(ctx, db.reads, func(rows *sql.Rows) (o oldItem, err error) {
			err = rows.Scan(&o.id, &o.feed, &o.fetchedAt)
			return o, err
		}, `
			SELECT items.id, items.feed, items.fetched_at FROM items JOIN feeds ON feeds.url = items.feed
			WHERE (items.fetched_at, items.id) > ($1, $2) AND items.fetched_at < $3
				AND (items.kind <> '' AND items.seen_at < $4 OR items.kind = '' AND items.seen_at < $5)
				AND items.seen_at < feeds.full_at - $6
			ORDER BY items.fetched_at, items.id LIMIT $7`,
			last.fetchedAt, last.id, row.Millis(latest), row.Millis(matched), row.Millis(others), seenEvery.Milliseconds(), row.PrunedAtOnce)
		if err != nil || len(old) == 0 {
			return err
		}
		if err := db.update(ctx, func(tx *sql.Tx) error { return db.deleteItems(ctx, tx, old, matched, others) }); err != nil {
			return err
		}
		last = old[len(old)-1]
	}
}

// deleteItems deletes those of old that were neither seen nor matched since, and
// counts them off their feeds.
func (db *DB) deleteItems(ctx context.Context, tx *sql.Tx, old []oldItem, matched, others time.Time) error {
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
		DELETE FROM items WHERE (kind <> '' AND seen_at < $1 OR kind = '' AND seen_at < $2) AND id IN `+row.List(3, len(ids))+` RETURNING feed`,
		append([]any{row.Millis(matched), row.Millis(others)}, row.Anys(ids)...)...)
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
