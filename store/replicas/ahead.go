package replicas

import (
	"context"
	"database/sql"
	"time"

	"github.com/coupwatch/coupwatch/store/internal/row"
)

// clockSlack is by how much clocks of processes may differ without anything being wrong.
const clockSlack = 10 * time.Minute

// longestPause is longer than a channel is ever paused, or an alert put off, unless
// its service asks for more.
const longestPause = 2 * time.Hour

// TurnBack sees whether feeds were read, or alerts owed, later than now: by a clock
// that was ahead, of this process or of another, and is right again. What is due by
// that clock would not be done for as long as it was ahead, so it is due now. It
// returns by how much it was ahead, zero if none was. Any process may call it at any
// time; one whose own clock is not that of the PostgreSQL server does nothing where there
// are others, who do what is due by theirs.
func (r *Replicas) TurnBack(ctx context.Context, now time.Time) (by time.Duration, err error) {
	latest, _, err := row.First(ctx, r.db.Reads, row.One[int64], `
		SELECT COALESCE(MAX(at), 0) FROM (
			SELECT MAX(last_read) AS at FROM feeds
			UNION ALL SELECT MAX(owed_at) AS at FROM alerts WHERE sent_at = 0
		) AS marks`)
	if err != nil {
		return 0, r.db.Fail("compare the clock with the database", err)
	}
	if by = row.UTC(latest).Sub(now); by < clockSlack {
		return 0, nil
	}
	if right, err := r.agrees(ctx, now); err != nil || !right {
		return 0, r.db.Fail("compare the clock with that of the database", err)
	}
	err = r.db.Update(ctx, func(tx *sql.Tx) error {
		if err := r.db.Alone(ctx, tx, row.FeedsLock); err != nil {
			return err
		}
		if err := turnFeeds(ctx, tx, r.db.ForUpdate, row.Millis(now)); err != nil {
			return err
		}
		return turnAlerts(ctx, tx, row.Millis(now), by.Milliseconds())
	})
	return by, r.db.Fail("turn back what a wrong clock wrote", err)
}

// agrees reports whether the server has the same time as this process, as far as it
// is known from the last beat, or no other process lives.
func (r *Replicas) agrees(ctx context.Context, now time.Time) (bool, error) {
	if r.db.Path != "" {
		return true, nil
	}
	server, known, err := row.First(ctx, r.db.Reads, row.One[int64], `SELECT server FROM fleet_time WHERE EXISTS (SELECT 1 FROM replicas WHERE id <> $1)`, r.db.Holder)
	return !known || row.UTC(server).Sub(now).Abs() < clockSlack, err
}

// turnFeeds makes feeds due that were read after now, and frees their hosts, but for
// those that are being read.
func turnFeeds(ctx context.Context, tx *sql.Tx, forUpdate string, now int64) error {
	ahead := now + clockSlack.Milliseconds()
	if _, err := row.Collect(ctx, tx, row.One[string], `SELECT url FROM feeds WHERE last_read > $1 ORDER BY url`+forUpdate, ahead); err != nil {
		return err // whoever locks several feeds does so in this order
	}
	if _, err := row.Collect(ctx, tx, row.One[string], `SELECT host FROM hosts ORDER BY host`+forUpdate); err != nil {
		return err
	}
	_, err := row.Exec(ctx, tx, `
		UPDATE hosts SET due_at = CASE WHEN due_at > $1 THEN $1 ELSE due_at END, lease_until = CASE WHEN reading = '' AND lease_until > $1 THEN $1 ELSE lease_until END
		WHERE host IN (SELECT host FROM feeds WHERE last_read > $2 AND listed = 1)`, now, ahead)
	if err != nil {
		return err
	}
	_, err = row.Exec(ctx, tx, `
		UPDATE feeds SET next_at = $1, last_read = $1, last_good = CASE WHEN last_good > $1 THEN $1 ELSE last_good END,
			last_new = CASE WHEN last_new > $1 THEN $1 ELSE last_new END
		WHERE last_read > $2`, now, ahead)
	return err
}

// turnAlerts makes due now what is owed since after now, in its order, and what was put
// off until then.
func turnAlerts(ctx context.Context, tx *sql.Tx, now, by int64) error {
	_, err := row.Exec(ctx, tx, `UPDATE alerts SET owed_at = owed_at - $1, due_at = due_at - $1 WHERE sent_at = 0 AND failed_at = 0 AND owed_at > $2`,
		by, now+clockSlack.Milliseconds())
	if err == nil {
		_, err = row.Exec(ctx, tx, `UPDATE alerts SET due_at = $1 WHERE sent_at = 0 AND failed_at = 0 AND attempts > 0 AND due_at > $2`, now, now+longestPause.Milliseconds())
	}
	if err == nil {
		_, err = row.Exec(ctx, tx, `UPDATE channels SET until = $1 WHERE until > $2`, now, now+longestPause.Milliseconds())
	}
	return err
}
