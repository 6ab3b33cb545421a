package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// lateAfter is how long an alert may be owed and still be told by itself.
const lateAfter = 24 * time.Hour

// isLate chooses the alerts that go into a summary, among those of a channel
// that were owed long ago. What may have arrived is looked for first, a digest
// is a summary itself, and an edited message interrupts nobody.
const isLate = `sent_at = 0 AND failed_at = 0 AND tried_at = 0 AND doubt = 0
	AND kind IN ('new', 'escalation', 'update', 'notice')`

// summarise leaves what is owed over the channel for more than a day to a
// summary: to one that waits already, or else to a new one.
func (db *DB) summarise(ctx context.Context, tx *sql.Tx, channel string, now time.Time) error {
	limit := millis(now.Add(-lateAfter))
	oldest, found, err := first(ctx, tx, scanOne[int64], `SELECT owed_at FROM alerts WHERE channel = $1 AND owed_at < $2 AND `+isLate+` ORDER BY owed_at LIMIT 1`, channel, limit)
	if err != nil || !found {
		return err
	}
	id, found, err := first(ctx, tx, scanOne[string], `
		SELECT id FROM alerts WHERE channel = $1 AND kind = 'late' AND sent_at = 0 AND failed_at = 0 AND tried_at = 0 AND doubt = 0
		ORDER BY owed_at, id LIMIT 1`+db.forUpdate, channel)
	if err != nil {
		return err
	}
	if !found {
		id = fmt.Sprintf("summary/%s/%d", channel, millis(now))
		if _, err := putAlert(ctx, tx, news.Alert{ID: id, Channel: channel, Kind: news.Late, DueAt: utc(oldest)}); err != nil {
			return err
		}
	}
	_, err = exec(ctx, tx, `
		UPDATE alerts SET summary = $1, failed_at = $2
		WHERE id IN (SELECT id FROM alerts WHERE channel = $3 AND owed_at < $4 AND `+isLate+db.skipLocked+`)`, id, millis(now), channel, limit)
	return err
}

// fillLate gives the summaries among alerts what they tell, as briefly as
// they do.
func fillLate(ctx context.Context, q querier, alerts []news.Alert) error {
	scan := func(rows *sql.Rows) (a news.Alert, err error) {
		var id, body string
		if err := rows.Scan(&id, &body); err != nil {
			return a, err
		}
		err = decode("alert "+id, body, &a)
		a.Matches, a.Updates, a.Quote = nil, nil, news.Quote{}
		return a, err
	}
	for i := range alerts {
		if alerts[i].Kind != news.Late {
			continue
		}
		var err error
		alerts[i].Late, err = collect(ctx, q, scan, `
			SELECT id, body FROM alerts WHERE summary = $1 AND sent_at = 0 ORDER BY owed_at, id`, alerts[i].ID)
		if err != nil {
			return err
		}
	}
	return nil
}
