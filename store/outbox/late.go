package outbox

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
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
func (o *Alerts) summarise(ctx context.Context, tx *sql.Tx, channel string, now time.Time) error {
	limit := row.Millis(now.Add(-lateAfter))
	oldest, found, err := row.First(ctx, tx, row.One[int64], `SELECT owed_at FROM alerts WHERE channel = $1 AND owed_at < $2 AND `+isLate+` ORDER BY owed_at LIMIT 1`, channel, limit)
	if err != nil || !found {
		return err
	}
	id, found, err := row.First(ctx, tx, row.One[string], `
		SELECT id FROM alerts WHERE channel = $1 AND kind = 'late' AND sent_at = 0 AND failed_at = 0 AND tried_at = 0 AND doubt = 0
		ORDER BY owed_at, id LIMIT 1`+o.db.ForUpdate, channel)
	if err != nil {
		return err
	}
	if !found {
		id = fmt.Sprintf("summary/%s/%d", channel, row.Millis(now))
		if _, err := Put(ctx, tx, news.Alert{ID: id, Channel: channel, Kind: news.Late, DueAt: row.UTC(oldest)}); err != nil {
			return err
		}
	}
	_, err = row.Exec(ctx, tx, `
		UPDATE alerts SET summary = $1, failed_at = $2
		WHERE id IN (SELECT id FROM alerts WHERE channel = $3 AND owed_at < $4 AND `+isLate+o.db.SkipLocked+`)`, id, row.Millis(now), channel, limit)
	return err
}

// fillLate gives the summaries among alerts what they tell, as briefly as
// they do.
func fillLate(ctx context.Context, q row.Querier, alerts []news.Alert) error {
	scan := func(rows *sql.Rows) (a news.Alert, err error) {
		var id, body string
		if err := rows.Scan(&id, &body); err != nil {
			return a, err
		}
		err = row.Decode("alert "+id, body, &a)
		a.Matches, a.Updates, a.Quote = nil, nil, news.Quote{}
		return a, err
	}
	for i := range alerts {
		if alerts[i].Kind != news.Late {
			continue
		}
		var err error
		alerts[i].Late, err = row.Collect(ctx, q, scan, `
			SELECT id, body FROM alerts WHERE summary = $1 AND sent_at = 0 ORDER BY owed_at, id`, alerts[i].ID)
		if err != nil {
			return err
		}
	}
	return nil
}
