// Package upgrade changes what an older coupwatch stored otherwise, where a migration
// in SQL cannot: what it does may stop at any point and be done again. It is a part
// of package store, which calls it when a database is opened.
package upgrade

import (
	"context"
	"database/sql"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// Logins takes the logins, and the secrets of queries, out of the addresses
// of feeds that an older coupwatch stored with them. Their items keep their ids; see
// package store.
func Logins(ctx context.Context, db *engine.DB) error {
	urls, err := row.Collect(ctx, db.Reads, row.One[string], `SELECT url FROM feeds WHERE url LIKE '%://%@%' OR url LIKE '%?%' ORDER BY url`)
	if err != nil {
		return err
	}
	for _, url := range urls {
		plain, login := news.SplitSecrets(url)
		if login == "" {
			continue
		}
		err := db.Update(ctx, func(tx *sql.Tx) error { return renameFeed(ctx, tx, url, plain) })
		if err != nil {
			return err
		}
	}
	return nil
}

// renameFeed gives the feed at url and all that is of it another address. If
// another feed has it already, the items join those of that feed.
func renameFeed(ctx context.Context, tx *sql.Tx, url, plain string) error {
	for _, query := range []string{
		`UPDATE feeds SET url = $1 WHERE url = $2 AND NOT EXISTS (SELECT 1 FROM feeds AS other WHERE other.url = $1)`,
		`UPDATE items SET feed = $1 WHERE feed = $2`,
		`UPDATE hosts SET reading = $1 WHERE reading = $2`,
		`UPDATE mutes SET feed = $1 WHERE feed = $2 AND NOT EXISTS (SELECT 1 FROM mutes AS other WHERE other.feed = $1)`,
	} {
		if _, err := row.Exec(ctx, tx, query, plain, url); err != nil {
			return err
		}
	}
	if err := outbox.RenameFeed(ctx, tx, url, plain); err != nil {
		return err
	}
	for _, query := range []string{`DELETE FROM feeds WHERE url = $1`, `DELETE FROM mutes WHERE feed = $1`} {
		if _, err := row.Exec(ctx, tx, query, url); err != nil {
			return err
		}
	}
	return nil
}

// A linked is an item and its link.
type linked struct{ id, link string }

// linksAtOnce is how many items get their links in one transaction.
const linksAtOnce = 500

// Links gives items that were stored by an older coupwatch their canonical
// links. It may stop at any point and be done again.
func Links(ctx context.Context, db *engine.DB) error {
	scan := func(rows *sql.Rows) (l linked, err error) {
		err = rows.Scan(&l.id, &l.link)
		return l, err
	}
	for {
		unfilled, err := row.Collect(ctx, db.Reads, scan, `
			SELECT id, link FROM items WHERE canonical = '' AND link <> '' LIMIT $1`, linksAtOnce)
		if err != nil || len(unfilled) == 0 {
			return err
		}
		var args []any
		for _, l := range unfilled {
			args = append(args, l.id, news.CanonicalLink(l.link))
		}
		err = db.Update(ctx, func(tx *sql.Tx) error {
			_, err := row.Exec(ctx, tx, `
				UPDATE items SET canonical = filled.column2 FROM (VALUES `+row.Tuples(len(unfilled), 2)+`) AS filled
				WHERE items.id = filled.column1`, args...)
			return err
		})
		if err != nil {
			return err
		}
	}
}
