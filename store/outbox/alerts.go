// Package outbox remembers what people are owed: each alert until it is older
// than the retention, and what became of it; the channels that are in trouble; and
// the troubles of which operators hear by notices. It is a part of package store,
// whose database has its methods. Sending is for package notify.
//
// What is owed because of something is owed in the transaction that does it, by
// [Put]. Whoever sends claims what is due for two minutes ([Alerts.ClaimDue]), and
// says what came of it; if nothing is said it is due again, in doubt.
package outbox

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// Alerts are the alerts of a database, and the tables beside them. They are safe
// for concurrent use; make them with [New].
type Alerts struct{ db *engine.DB }

// New returns the alerts of a database, whose schema is package store's.
func New(db *engine.DB) *Alerts { return &Alerts{db} }

// late is what the id of an alert ends with whose like was attempted before
// there was all of it.
const late = "-late"

// Queue makes the alert owed unless one with its ID was queued before, and
// reports whether it did.
//
// A [news.Update] and a [news.Refresh] tell how a story stands at the end of a
// span of time, and the latest of an ID counts: as long as sending it was not
// attempted it takes the place of those before, which is not reported. If it
// comes after that, then what is new in it is owed by an ID of its own. A
// Refresh also takes the place of earlier ones of its story and channel that
// were not attempted, and is due when they were.
func (o *Alerts) Queue(ctx context.Context, a news.Alert) (queued bool, err error) {
	err = o.db.Update(ctx, func(tx *sql.Tx) error {
		queued, err = Put(ctx, tx, a)
		return err
	})
	return queued && err == nil, o.db.Fail("queue alert "+a.ID, err)
}

// Put is [Alerts.Queue] in a transaction.
func Put(ctx context.Context, q row.Querier, a news.Alert) (bool, error) {
	a.Story.Gists = nil // nobody reads them, and there are many
	body, err := row.Encode(a)
	if err != nil {
		return false, err
	}
	owed := row.Millis(a.DueAt)
	if a.Kind == news.Refresh {
		if owed, err = supersede(ctx, q, a); err != nil {
			return false, err
		}
	}
	n, err := row.Exec(ctx, q, `
		INSERT INTO alerts (id, channel, kind, story, owed_at, due_at, body)
		VALUES ($1, $2, $3, $4, $5, $5, $6) ON CONFLICT (id) DO NOTHING`,
		a.ID, a.Channel, string(a.Kind), about(a), owed, body)
	if err != nil || n == 1 || a.Kind != news.Update && a.Kind != news.Refresh {
		return n == 1, err
	}
	n, err = row.Exec(ctx, q, `
		UPDATE alerts SET body = $1
		WHERE id = $2 AND attempts = 0 AND doubt = 0 AND sent_at = 0 AND failed_at = 0`, body, a.ID)
	if err != nil || n == 1 {
		return false, err
	}
	return putLate(ctx, q, a, body)
}

// about returns what the alerts that follow a are about as well: the id of a
// story, or a trouble of which operators hear. The table calls it story.
func about(a news.Alert) string { return cmp.Or(a.Story.ID, a.Trouble) }

// supersede deletes the earlier alerts that the Refresh a makes needless, and
// returns when it is due: when they were, if there were any.
func supersede(ctx context.Context, q row.Querier, a news.Alert) (int64, error) {
	owed, err := row.Collect(ctx, q, row.One[int64], `
		DELETE FROM alerts
		WHERE channel = $1 AND story = $2 AND story <> '' AND owed_at <= $3 AND id <> $4 AND kind = 'refresh'
			AND attempts = 0 AND doubt = 0 AND sent_at = 0 AND failed_at = 0
		RETURNING owed_at`, a.Channel, a.Story.ID, row.Millis(a.DueAt), a.ID)
	return slices.Min(append(owed, row.Millis(a.DueAt))), err
}

// putLate queues what a, whose JSON is body, tells beyond the alert of its id
// that was attempted already. There is something if a report was decided
// before the end of the span and recorded after it. What is late may have been
// attempted too when the next comes, which is then late in the same way: the
// last of several slow transactions is not lost.
func putLate(ctx context.Context, q row.Querier, a news.Alert, body string) (bool, error) {
	scan := func(rows *sql.Rows) (was news.Alert, err error) {
		var text string
		if err := rows.Scan(&text); err != nil {
			return was, err
		}
		return was, row.Decode("alert "+a.ID, text, &was)
	}
	was, found, err := row.First(ctx, q, scan, `SELECT body FROM alerts WHERE id = $1 AND body <> $2`, a.ID, body)
	if err != nil || !found { // it says the same
		return false, err
	}
	if len(a.Updates) > 0 {
		if a.Updates = untold(a.Updates, was.Updates); len(a.Updates) == 0 {
			return false, nil
		}
	}
	a.ID += late
	return Put(ctx, q, a)
}

// untold returns those of updates that are not among told.
func untold(updates, told []news.Development) []news.Development {
	return slices.DeleteFunc(slices.Clone(updates), func(u news.Development) bool {
		return slices.ContainsFunc(told, func(t news.Development) bool { return t.ID == u.ID })
	})
}
