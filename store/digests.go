package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/store/outbox"
)

const (
	// before is how long before the first reading the first digest begins: what
	// was published then may still be news.
	before = 24 * time.Hour

	// longAgo is how long before the beginning of a digest the latest report
	// of a story may have been published for the story to stand in it.
	longAgo = 7 * 24 * time.Hour
)

// NextDigest returns what a digest that ends at to would cover: all since the
// last one. The first digest begins a day before the first reading. It reports
// false if nothing was read by then.
func (db *DB) NextDigest(ctx context.Context, to time.Time) (period news.Period, found bool, err error) {
	period, found, err = db.nextDigest(ctx, db.reads)
	period.To = to
	isFirst := period.Oldest.Equal(period.From) && period.After == 0
	return period, found && (!isFirst || !to.Before(period.From.Add(before))), db.fail("look for the last digest", err)
}

func (db *DB) nextDigest(ctx context.Context, q row.Querier) (period news.Period, found bool, err error) {
	period.UpTo, _, err = row.First(ctx, q, row.One[int64], `SELECT CAST(value AS BIGINT) FROM settings WHERE name = 'stories'`)
	if err != nil {
		return period, false, err
	}
	last, found, err := row.First(ctx, q, scanPeriod, `SELECT to_at, version FROM digests ORDER BY to_at DESC LIMIT 1`)
	if err != nil {
		return period, false, err
	}
	if found {
		period.From, period.After, period.Oldest = last.To, last.UpTo, last.To.Add(-longAgo)
		return period, true, nil
	}
	old, found, err := outbox.Latest(ctx, q, news.Daily)
	if err != nil {
		return period, false, err
	}
	if found && old.Digest != nil { // of a coupwatch that kept no digests
		period.From, period.Oldest = old.Digest.To, old.Digest.To
		return period, true, nil
	}
	fetched, found, err := row.First(ctx, q, row.One[sql.NullInt64], `SELECT MIN(fetched_at) FROM items`)
	if err != nil || !found || !fetched.Valid {
		return period, false, err
	}
	period.From = row.UTC(fetched.Int64).Add(-before)
	period.Oldest = period.From
	return period, true, nil
}

func scanPeriod(rows *sql.Rows) (period news.Period, err error) {
	var to int64
	err = rows.Scan(&to, &period.UpTo)
	period.To = row.UTC(to)
	return period, err
}

// QueueDigest makes the alerts owed that are the digest of a period, and notes
// that the next one begins where it ends. If another digest was queued since
// the period was asked for, it does nothing and reports false. There may be no
// alerts: nobody wants to hear of a day without stories.
func (db *DB) QueueDigest(ctx context.Context, period news.Period, alerts []news.Alert) (queued bool, err error) {
	err = db.update(ctx, func(tx *sql.Tx) error {
		queued = false
		if err := db.alone(ctx, tx, row.DigestsLock); err != nil {
			return err
		}
		now, found, err := db.nextDigest(ctx, tx)
		if err != nil || !found || !now.From.Equal(period.From) || now.After != period.After {
			return err
		}
		if _, err := row.Exec(ctx, tx, `INSERT INTO digests (to_at, from_at, version) VALUES ($1, $2, $3)`, row.Millis(period.To), row.Millis(period.From), period.UpTo); err != nil {
			return err
		}
		queued = true
		for _, a := range alerts {
			if _, err := outbox.Put(ctx, tx, a); err != nil {
				return err
			}
		}
		return nil
	})
	return queued && err == nil, db.fail("queue a digest", err)
}

// EndDigest notes that the last digest ended at a moment and not when it says,
// which is later: the clock was wrong when it was made.
func (db *DB) EndDigest(ctx context.Context, at time.Time) error {
	return db.fail("correct the end of the last digest", db.update(ctx, func(tx *sql.Tx) error {
		if err := db.alone(ctx, tx, row.DigestsLock); err != nil {
			return err
		}
		wrong, err := row.Collect(ctx, tx, row.One[int64], `DELETE FROM digests WHERE to_at >= $1 RETURNING version`, row.Millis(at))
		if err != nil || len(wrong) == 0 {
			return err
		}
		_, err = row.Exec(ctx, tx, `INSERT INTO digests (to_at, from_at, version) VALUES ($1, $1, $2)`, row.Millis(at), slices.Max(wrong))
		return err
	}))
}
