package store

import (
	"context"
	"database/sql"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// forgetLogins takes the logins, and the secrets of queries, out of the addresses
// of feeds that an older coupwatch stored with them. Their items keep their ids; see
// [identifying.ids].
func (db *DB) forgetLogins(ctx context.Context) error {
	urls, err := row.Collect(ctx, db.reads, row.One[string], `SELECT url FROM feeds WHERE url LIKE '%://%@%' OR url LIKE '%?%' ORDER BY url`)
	if err != nil {
		return err
	}
	for _, url := range urls {
		plain, login := news.SplitSecrets(url)
		if login == "" {
			continue
		}
		err := db.update(ctx, func(tx *sql.Tx) error { return renameFeed(ctx, tx, url, plain) })
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
