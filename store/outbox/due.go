package outbox

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// lease is how long an alert is kept for the one who is sending it.
const lease = 2 * time.Minute

const (
	// unsent is that the alert a was neither sent nor given up.
	unsent = `a.sent_at = 0 AND a.failed_at = 0`

	// notHeld is that no earlier alert of the story and channel of a is unsent.
	notHeld = `(a.story = '' OR NOT EXISTS (
		SELECT 1 FROM alerts earlier
		WHERE earlier.channel = a.channel AND earlier.story = a.story AND earlier.story <> ''
			AND (earlier.owed_at, earlier.id) < (a.owed_at, a.id) AND earlier.sent_at = 0 AND earlier.failed_at = 0
	))`
)

// idle returns that no other process is sending the alert a, where own is the placeholder
// of what this one is called. How long another keeps an alert is told by whether it lives:
// its clock may be wrong, or ours.
func idle(own string) string {
	return `(a.tried_at = 0 OR a.holder = ` + own + ` OR NOT EXISTS (SELECT 1 FROM replicas WHERE replicas.id = a.holder))`
}

// ChannelsDue returns the channels that are not paused and have alerts that
// [Alerts.ClaimDue] would give at now, sorted.
func (o *Alerts) ChannelsDue(ctx context.Context, now time.Time) ([]string, error) {
	// One look into an index for each channel, and one for an alert of it,
	// however many there are: with LIMIT neither engine can think of another way.
	channels, err := row.Collect(ctx, o.db.Reads, row.One[string], `
		WITH RECURSIVE owing (channel) AS (
			SELECT (SELECT channel FROM alerts WHERE sent_at = 0 AND failed_at = 0 ORDER BY channel LIMIT 1)
			UNION ALL
			SELECT (
				SELECT channel FROM alerts WHERE sent_at = 0 AND failed_at = 0 AND channel > owing.channel
				ORDER BY channel LIMIT 1
			) FROM owing WHERE owing.channel IS NOT NULL
		)
		SELECT channel FROM owing
		WHERE (
			SELECT 1 FROM alerts a
			WHERE a.channel = owing.channel AND a.owed_at <= $1 AND a.due_at <= $1 AND `+unsent+` AND `+idle("$2")+` AND `+notHeld+`
			ORDER BY a.owed_at, a.id LIMIT 1
		) = 1 AND NOT EXISTS (SELECT 1 FROM channels WHERE channels.channel = owing.channel AND until > $1)
		ORDER BY channel`, row.Millis(now), o.db.Holder)
	return channels, o.db.Fail("look for alerts due", err)
}

// NextDue returns when the first alert that is owed is due; zero if none is.
func (o *Alerts) NextDue(ctx context.Context) (time.Time, error) {
	at, _, err := row.First(ctx, o.db.Reads, row.One[int64], `
		SELECT COALESCE(MIN(CASE WHEN a.due_at < a.owed_at THEN a.owed_at ELSE a.due_at END), 0)
		FROM alerts a WHERE `+unsent+` AND `+notHeld)
	return row.UTC(at), o.db.Fail("look for the next alert due", err)
}

// ClaimDue returns up to n alerts of the channel that are due at now, those owed
// first first, and keeps them from other callers: unless [Alerts.Sent], [Alerts.Retry]
// or [Alerts.Failed] is called they are due again for this process after two minutes, and
// for others once it is seen that this one died, in doubt. This
// counts as an attempt. DueAt is when they were first due, and Thread is filled.
// There are none as long as the channel is paused.
//
// An alert is not due while an earlier one of its story and channel is neither
// sent nor given up: ClaimDue returns one alert of a story at most.
//
// What was owed for more than a day comes as one alert of kind [news.Late], which is due
// in its place.
func (o *Alerts) ClaimDue(ctx context.Context, now time.Time, channel string, n int) (due []news.Alert, err error) {
	err = o.db.Update(ctx, func(tx *sql.Tx) error {
		if err := o.summarise(ctx, tx, channel, now); err != nil {
			return err
		}
		due, err = row.Collect(ctx, tx, scanDue, `
			UPDATE alerts SET due_at = $1, attempts = attempts + 1,
				doubt = CASE WHEN tried_at > 0 THEN 1 ELSE doubt END, tried_at = $2, holder = $3
			WHERE id IN (
				SELECT a.id FROM alerts a
				WHERE a.channel = $4 AND a.owed_at <= $2 AND a.due_at <= $2 AND `+unsent+` AND `+idle("$3")+` AND `+notHeld+`
					AND NOT EXISTS (SELECT 1 FROM channels WHERE channels.channel = $4 AND until > $2)
				ORDER BY a.owed_at, a.id LIMIT $5`+o.db.SkipLocked+`
			)
			RETURNING id, body, owed_at, attempts, doubt, problem`,
			row.Millis(now)+lease.Milliseconds(), row.Millis(now), o.db.Holder, channel, n)
		if err != nil {
			return err
		}
		if err := fillThreads(ctx, tx, channel, due); err != nil {
			return err
		}
		return fillLate(ctx, tx, due)
	})
	if err != nil {
		return nil, o.db.Fail("claim alerts of "+channel, err)
	}
	slices.SortFunc(due, func(a, b news.Alert) int {
		return cmp.Or(a.DueAt.Compare(b.DueAt), strings.Compare(a.ID, b.ID))
	})
	return due, nil
}

func scanDue(rows *sql.Rows) (a news.Alert, err error) {
	var id, body, problem string
	var owed int64
	var attempts int
	var doubt bool
	if err := rows.Scan(&id, &body, &owed, &attempts, &doubt, &problem); err != nil {
		return a, err
	}
	if err := row.Decode("alert "+id, body, &a); err != nil {
		return a, err
	}
	a.ID = id
	a.DueAt, a.Attempts, a.OutcomeUnknown, a.Problem = row.UTC(owed), attempts, doubt, problem
	return a, nil
}

// fillThreads gives each of alerts the receipt of the first message about its
// story or trouble that has one.
func fillThreads(ctx context.Context, q row.Querier, channel string, alerts []news.Alert) error {
	threads := map[string]string{} // by story
	args := []any{channel}
	for _, a := range alerts {
		if about(a) != "" {
			args = append(args, about(a))
		}
	}
	if len(args) == 1 {
		return nil
	}
	_, err := row.Collect(ctx, q, func(rows *sql.Rows) (story string, err error) {
		var receipt string
		err = rows.Scan(&story, &receipt)
		threads[story] = receipt
		return story, err
	}, `
		SELECT story, receipt FROM alerts
		WHERE channel = $1 AND story IN `+row.List(2, len(args)-1)+` AND story <> '' AND sent_at > 0 AND receipt <> ''
			AND kind IN ('new', 'escalation', 'notice')
		ORDER BY sent_at DESC, owed_at DESC, id DESC`, args...)
	for i := range alerts {
		alerts[i].Thread = threads[about(alerts[i])]
	}
	return err
}

// Sent notes that the alert was sent at now, and its receipt. If it is a
// summary, so was what it tells. Its channel is in trouble no longer.
func (o *Alerts) Sent(ctx context.Context, id, receipt string, now time.Time) error {
	return o.db.Fail("note that alert "+id+" was sent", o.db.Update(ctx, func(tx *sql.Tx) error {
		n, err := row.Exec(ctx, tx, `
			UPDATE alerts SET sent_at = $1, receipt = $2, tried_at = 0, doubt = 0, failed_at = 0, problem = ''
			WHERE (id = $3 OR summary = $3 AND summary <> '') AND sent_at = 0`, row.Millis(now), receipt, id)
		if err != nil || n == 0 {
			return err
		}
		_, err = row.Exec(ctx, tx, endTrouble+`channel = (SELECT channel FROM alerts WHERE id = $1)`, id)
		return err
	}))
}

// Retry notes why the alert was not sent, and that it is due again at next. It
// does nothing to an alert that was sent or given up. A doubt about an earlier
// attempt stays: that this one failed says nothing of what the earlier one did.
func (o *Alerts) Retry(ctx context.Context, id string, next time.Time, problem string) error {
	return row.Change(ctx, o.db, "note that alert "+id+" was not sent", `
		UPDATE alerts SET due_at = $1, problem = $2, tried_at = 0
		WHERE id = $3 AND sent_at = 0 AND failed_at = 0`, row.Millis(next), problem, id)
}

// Unclear is [Alerts.Retry] for an attempt that came to no known end: the message
// may be there. When the alert is due again it is in doubt.
func (o *Alerts) Unclear(ctx context.Context, id string, next time.Time, problem string) error {
	return row.Change(ctx, o.db, "note that alert "+id+" may not have been sent", `
		UPDATE alerts SET due_at = $1, problem = $2, tried_at = 0, doubt = 1
		WHERE id = $3 AND sent_at = 0 AND failed_at = 0`, row.Millis(next), problem, id)
}

// Failed notes that the alert was given up at now, and why. It is not due any
// more. It does nothing to an alert that was sent.
func (o *Alerts) Failed(ctx context.Context, id, problem string, now time.Time) error {
	return row.Change(ctx, o.db, "note that alert "+id+" was given up", `
		UPDATE alerts SET failed_at = $1, problem = $2, tried_at = 0
		WHERE id = $3 AND sent_at = 0 AND failed_at = 0`, row.Millis(now), problem, id)
}
