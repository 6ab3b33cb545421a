package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A Delivery is an alert and what became of it. If both times are zero, it is
// owed still.
type Delivery struct {
	news.Alert           // DueAt is when it is tried next
	Sent       time.Time // zero if it was not
	Failed     time.Time // when it was given up; zero if it was not
}

// putAlert adds a unless an alert with its ID was added before, and reports
// whether it did.
func putAlert(ctx context.Context, q querier, a news.Alert) (bool, error) {
	body, err := encode(a)
	if err != nil {
		return false, err
	}
	n, err := exec(ctx, q, `
		INSERT INTO alerts (id, channel, kind, story, owed_at, due_at, body)
		VALUES ($1, $2, $3, $4, $5, $5, $6) ON CONFLICT (id) DO NOTHING`,
		a.ID, a.Channel, string(a.Kind), a.Story.ID, millis(a.DueAt), body)
	return n == 1, err
}

// Queue makes the alert owed unless one with its ID was queued before, and
// reports whether it did.
func (db *DB) Queue(ctx context.Context, a news.Alert) (queued bool, err error) {
	err = db.update(ctx, func(tx *sql.Tx) error {
		queued, err = putAlert(ctx, tx, a)
		return err
	})
	return queued && err == nil, db.fail("queue alert "+a.ID, err)
}

// Channels returns the channels with alerts due at now, sorted.
func (db *DB) Channels(ctx context.Context, now time.Time) ([]string, error) {
	channels, err := collect(ctx, db.reads, scanOne[string], `
		SELECT DISTINCT channel FROM alerts WHERE sent_at = 0 AND failed_at = 0 AND due_at <= $1
		ORDER BY channel`, millis(now))
	return channels, db.fail("look for alerts due", err)
}

// Due returns up to n alerts of the channel that are due at now, those owed
// first first, and keeps them from other callers: unless [DB.Sent], [DB.Retry]
// or [DB.Failed] is called they are due again after two minutes. This counts
// as an attempt. DueAt is when they were first due.
func (db *DB) Due(ctx context.Context, now time.Time, channel string, n int) (due []news.Alert, err error) {
	err = db.update(ctx, func(tx *sql.Tx) error {
		due, err = collect(ctx, tx, scanDue, `
			UPDATE alerts SET due_at = $1, attempts = attempts + 1
			WHERE id IN (
				SELECT id FROM alerts
				WHERE channel = $2 AND due_at <= $3 AND sent_at = 0 AND failed_at = 0
				ORDER BY owed_at, id LIMIT $4`+db.skipLocked+`
			)
			RETURNING id, body, attempts, problem`,
			millis(now)+lease.Milliseconds(), channel, millis(now), n)
		return err
	})
	if err != nil {
		return nil, db.fail("claim alerts of "+channel, err)
	}
	slices.SortFunc(due, func(a, b news.Alert) int {
		return cmp.Or(a.DueAt.Compare(b.DueAt), strings.Compare(a.ID, b.ID))
	})
	return due, nil
}

func scanDue(rows *sql.Rows) (a news.Alert, err error) {
	var id, body, problem string
	var attempts int
	if err := rows.Scan(&id, &body, &attempts, &problem); err != nil {
		return a, err
	}
	if err := decode("alert "+id, body, &a); err != nil {
		return a, err
	}
	a.Attempts, a.Problem = attempts, problem
	return a, nil
}

// Sent notes that the alert was sent at now, and its receipt.
func (db *DB) Sent(ctx context.Context, id, receipt string, now time.Time) error {
	err := db.update(ctx, func(tx *sql.Tx) error {
		_, err := exec(ctx, tx, `
			UPDATE alerts SET sent_at = $1, receipt = $2, failed_at = 0, problem = '' WHERE id = $3 AND sent_at = 0`,
			millis(now), receipt, id)
		return err
	})
	return db.fail("note that alert "+id+" was sent", err)
}

// Retry notes why the alert was not sent, and that it is due again at next. It
// does nothing to an alert that was sent or given up.
func (db *DB) Retry(ctx context.Context, id string, next time.Time, problem string) error {
	err := db.update(ctx, func(tx *sql.Tx) error {
		_, err := exec(ctx, tx, `
			UPDATE alerts SET due_at = $1, problem = $2 WHERE id = $3 AND sent_at = 0 AND failed_at = 0`,
			millis(next), problem, id)
		return err
	})
	return db.fail("note that alert "+id+" was not sent", err)
}

// Failed notes that the alert was given up at now, and why. It is not due any
// more. It does nothing to an alert that was sent.
func (db *DB) Failed(ctx context.Context, id, problem string, now time.Time) error {
	err := db.update(ctx, func(tx *sql.Tx) error {
		_, err := exec(ctx, tx, `
			UPDATE alerts SET failed_at = $1, problem = $2 WHERE id = $3 AND sent_at = 0 AND failed_at = 0`,
			millis(now), problem, id)
		return err
	})
	return db.fail("note that alert "+id+" was given up", err)
}

// deliveryColumns are what scanDelivery scans.
const deliveryColumns = `id, body, attempts, problem, due_at, sent_at, failed_at`

func scanDelivery(rows *sql.Rows) (d Delivery, err error) {
	var body string
	var id, problem string
	var attempts int
	var due, sent, failed int64
	if err := rows.Scan(&id, &body, &attempts, &problem, &due, &sent, &failed); err != nil {
		return d, err
	}
	if err := decode("alert "+id, body, &d.Alert); err != nil {
		return d, err
	}
	d.Attempts, d.Problem = attempts, problem
	d.DueAt, d.Sent, d.Failed = utc(due), utc(sent), utc(failed)
	return d, nil
}

// Outbox returns up to limit alerts: first those owed or given up, then those
// sent, each the latest first.
func (db *DB) Outbox(ctx context.Context, limit int) ([]Delivery, error) {
	unsent, err := collect(ctx, db.reads, scanDelivery, `
		SELECT `+deliveryColumns+` FROM alerts WHERE sent_at = 0 ORDER BY owed_at DESC, id DESC LIMIT $1`, limit)
	if err != nil {
		return nil, db.fail("list alerts", err)
	}
	sent, err := collect(ctx, db.reads, scanDelivery, `
		SELECT `+deliveryColumns+` FROM alerts WHERE sent_at > 0 ORDER BY sent_at DESC, id DESC LIMIT $1`, limit-len(unsent))
	if err != nil {
		return nil, db.fail("list alerts", err)
	}
	return append(unsent, sent...), nil
}
