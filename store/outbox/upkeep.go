package outbox

import (
	"context"
	"database/sql"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// Prune forgets the alerts that were sent or given up: those of stories before matched,
// or none if that is zero, all others before others, with the pauses that ended by
// then. It may stop at any point and be done again, on several replicas at once.
func (o *Alerts) Prune(ctx context.Context, matched, others time.Time) error {
	for _, old := range []struct {
		query  string
		before time.Time
	}{
		{`DELETE FROM alerts WHERE id IN (SELECT id FROM alerts WHERE sent_at > 0 AND sent_at < $1 AND story <> '' LIMIT $2`, matched},
		{`DELETE FROM alerts WHERE id IN (SELECT id FROM alerts WHERE sent_at = 0 AND failed_at > 0 AND failed_at < $1 AND story <> '' LIMIT $2`, matched},
		{`DELETE FROM alerts WHERE id IN (SELECT id FROM alerts WHERE sent_at > 0 AND sent_at < $1 AND story = '' LIMIT $2`, others},
		{`DELETE FROM alerts WHERE id IN (SELECT id FROM alerts WHERE sent_at = 0 AND failed_at > 0 AND failed_at < $1 AND story = '' LIMIT $2`, others},
	} {
		if old.before.IsZero() {
			continue
		}
		if err := row.Prune(ctx, o.db, old.query+o.db.SkipLocked+`)`, old.before); err != nil {
			return o.db.Fail("prune alerts", err)
		}
	}
	return row.Change(ctx, o.db, "prune what has ended", `DELETE FROM channels WHERE until < $1 AND since = 0`, row.Millis(others))
}

// Latest returns the alert of a kind that was owed last, if there is one.
func Latest(ctx context.Context, q row.Querier, kind news.Kind) (a news.Alert, found bool, err error) {
	scan := func(rows *sql.Rows) (a news.Alert, err error) {
		var id, body string
		if err := rows.Scan(&id, &body); err != nil {
			return a, err
		}
		return a, row.Decode("alert "+id, body, &a)
	}
	return row.First(ctx, q, scan, `SELECT id, body FROM alerts WHERE kind = $1 ORDER BY owed_at DESC, id DESC LIMIT 1`, string(kind))
}

// Disclaim makes alerts due again that holder was sending, or anybody if it is "",
// and that is no longer there: whether they arrived is in doubt.
func Disclaim(ctx context.Context, tx *sql.Tx, holder string) error {
	_, err := row.Exec(ctx, tx, `
		UPDATE alerts SET due_at = tried_at, doubt = 1, tried_at = 0
		WHERE tried_at > 0 AND sent_at = 0 AND failed_at = 0 AND ($1 = '' OR holder = $1)`, holder)
	return err
}

// RenameFeed gives a feed another address in the items that alerts quote.
func RenameFeed(ctx context.Context, tx *sql.Tx, url, plain string) error {
	before, err := row.Encode(url)
	if err != nil {
		return err
	}
	after, err := row.Encode(plain)
	if err != nil {
		return err
	}
	_, err = row.Exec(ctx, tx, `UPDATE alerts SET body = REPLACE(body, $1, $2) WHERE body <> REPLACE(body, $1, $2)`, before, after)
	return err
}
