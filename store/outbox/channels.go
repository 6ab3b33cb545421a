package outbox

import (
	"context"
	"database/sql"
	"time"

	"github.com/coupwatch/coupwatch/store/internal/row"
)

// A Channel is a way in which alerts travel that is in trouble.
type Channel struct {
	Name     string    // such as "slack" or "email:desk@example.org"
	Since    time.Time // when the trouble began
	Problem  string    // what was said the last time
	Failures int       // how often it was tried in vain since
	Until    time.Time // when it is tried next, if anything is owed
	Owed     int       // how many alerts wait for it
}

// Pause keeps all alerts of the channel waiting until a moment, also over a
// restart and for all replicas. The last word counts: a moment that has passed
// ends the pause. That a service asks for a pause is no trouble.
func (o *Alerts) Pause(ctx context.Context, channel string, until time.Time) error {
	return row.Change(ctx, o.db, "pause "+channel, `
		INSERT INTO channels (channel, until) VALUES ($1, $2)
		ON CONFLICT (channel) DO UPDATE SET until = excluded.until`, channel, row.Millis(until))
}

// Trouble notes at now that nothing can be sent over the channel, and why, and
// pauses it as [Alerts.Pause] does. The trouble ends when an alert is sent over
// the channel, or with [Alerts.Well].
func (o *Alerts) Trouble(ctx context.Context, channel, problem string, until, now time.Time) error {
	return row.Change(ctx, o.db, "note the trouble of "+channel, `
		INSERT INTO channels (channel, until, since, problem, failures) VALUES ($1, $2, $3, $4, 1)
		ON CONFLICT (channel) DO UPDATE SET until = excluded.until, problem = excluded.problem, failures = channels.failures + 1,
			since = CASE WHEN channels.since = 0 THEN excluded.since ELSE channels.since END`,
		channel, row.Millis(until), row.Millis(now), problem)
}

// Well notes that the channel is in trouble no longer.
func (o *Alerts) Well(ctx context.Context, channel string) error {
	return row.Change(ctx, o.db, "note that "+channel+" is well", endTrouble+`channel = $1`, channel)
}

// endTrouble ends the troubles of the channels that a condition chooses. A
// pause that a service asked for stays.
const endTrouble = `UPDATE channels SET until = 0, since = 0, problem = '', failures = 0 WHERE since > 0 AND `

// Awaken has channels in trouble tried at once: the program was started, most
// likely with other settings.
func (o *Alerts) Awaken(ctx context.Context) error {
	return row.Change(ctx, o.db, "try all channels again", `UPDATE channels SET until = 0 WHERE since > 0`)
}

// Troubles returns the channels that are in trouble, sorted.
func (o *Alerts) Troubles(ctx context.Context) ([]Channel, error) {
	scan := func(rows *sql.Rows) (c Channel, err error) {
		var since, until int64
		err = rows.Scan(&c.Name, &since, &c.Problem, &c.Failures, &until, &c.Owed)
		c.Since, c.Until = row.UTC(since), row.UTC(until)
		return c, err
	}
	channels, err := row.Collect(ctx, o.db.Reads, scan, `
		SELECT channel, since, problem, failures, until,
			(SELECT COUNT(*) FROM alerts WHERE alerts.channel = channels.channel AND sent_at = 0 AND failed_at = 0)
		FROM channels WHERE since > 0 ORDER BY channel`)
	return channels, o.db.Fail("list the channels in trouble", err)
}

// RetryChannel makes due at now all alerts that are owed over the channel, or
// over all if it is "", and ends its pause, also one that a service asked for.
// It returns how many there are. It also makes owed again those that were given
// up since a moment, but for what a person dropped.
func (o *Alerts) RetryChannel(ctx context.Context, channel string, givenUpSince, now time.Time) (alerts int, err error) {
	err = o.db.Update(ctx, func(tx *sql.Tx) error {
		if _, err := row.Exec(ctx, tx, `UPDATE channels SET until = 0 WHERE channel = $1 OR $1 = ''`, channel); err != nil {
			return err
		}
		n, err := row.Exec(ctx, tx, `
			UPDATE alerts SET due_at = $1, owed_at = CASE WHEN owed_at > $1 THEN $1 ELSE owed_at END,
				attempts = CASE WHEN failed_at > 0 THEN 0 ELSE attempts END, failed_at = 0
			WHERE sent_at = 0 AND summary = '' AND (channel = $2 OR $2 = '') AND (tried_at = 0 OR due_at <= $1)
				AND (failed_at = 0 OR failed_at >= $3 AND $3 > 0 AND problem NOT LIKE 'dropped%')`,
			row.Millis(now), channel, row.Millis(givenUpSince))
		alerts = int(n)
		return err
	})
	return alerts, o.db.Fail("retry alerts", err)
}

// DropChannel gives up all alerts that are owed over the channel and ends its
// trouble; why is shown in the outbox and begins with "dropped". It returns how
// many there were.
func (o *Alerts) DropChannel(ctx context.Context, channel, why string, now time.Time) (alerts int, err error) {
	err = o.db.Update(ctx, func(tx *sql.Tx) error {
		if _, err := row.Exec(ctx, tx, endTrouble+`channel = $1`, channel); err != nil {
			return err
		}
		n, err := row.Exec(ctx, tx, `
			UPDATE alerts SET failed_at = $1, problem = $2, tried_at = 0
			WHERE channel = $3 AND sent_at = 0 AND failed_at = 0`, row.Millis(now), why, channel)
		alerts = int(n)
		return err
	})
	return alerts, o.db.Fail("drop the alerts of "+channel, err)
}
