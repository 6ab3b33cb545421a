package outbox

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// A Delivery is an alert and what became of it. If it is not being sent and
// both times are zero, it is owed still.
type Delivery struct {
	news.Alert           // DueAt is when it is tried next; Problem that of its channel if it has none itself and is owed
	Owed       time.Time // since when; in the future if it waits for the end of quiet hours, or gathers
	Sending    bool      // an attempt is under way, or came to no known end
	Receipt    string    // where the message is, if it was sent and the channel tells
	Sent       time.Time // zero if it was not
	Failed     time.Time // when it was given up or left to a summary; zero if it was not
	Summary    string    // id of the summary that tells or told it instead, or ""
}

// State returns "owed", "sending", "sent", "summary" for what waits in one, or
// "failed".
func (d Delivery) State() string {
	switch {
	case !d.Sent.IsZero():
		return "sent"
	case d.Summary != "" && !d.Failed.IsZero():
		return "summary"
	case !d.Failed.IsZero():
		return "failed"
	case d.Sending:
		return "sending"
	}
	return "owed"
}

// deliveryColumns are what scanDelivery scans.
const deliveryColumns = `id, body, attempts, ` + problemNow + `, receipt, tried_at, doubt, owed_at, due_at, sent_at, failed_at, summary`

// problemNow is why an alert was not sent: what is wrong with it, or else with
// its channel.
const problemNow = `CASE WHEN problem <> '' OR sent_at > 0 OR failed_at > 0 THEN problem
	ELSE COALESCE((SELECT problem FROM channels WHERE channels.channel = alerts.channel AND since > 0), '') END`

func scanDelivery(rows *sql.Rows) (d Delivery, err error) {
	var id, body, problem string
	var attempts int
	var tried, owed, due, sent, failed int64
	var doubt bool
	if err := rows.Scan(&id, &body, &attempts, &problem, &d.Receipt, &tried, &doubt, &owed, &due, &sent, &failed, &d.Summary); err != nil {
		return d, err
	}
	if err := row.Decode("alert "+id, body, &d.Alert); err != nil {
		return d, err
	}
	d.ID = id
	d.Attempts, d.Problem, d.OutcomeUnknown, d.Sending = attempts, problem, doubt, tried > 0
	d.Owed, d.DueAt, d.Sent, d.Failed = row.UTC(owed), row.UTC(due), row.UTC(sent), row.UTC(failed)
	return d, nil
}

// Outbox returns up to limit alerts: first those that were not sent, then
// those that were, each the latest first.
func (o *Alerts) Outbox(ctx context.Context, limit int) ([]Delivery, error) {
	unsent, err := row.Collect(ctx, o.db.Reads, scanDelivery, `
		SELECT `+deliveryColumns+` FROM alerts WHERE sent_at = 0 ORDER BY owed_at DESC, id DESC LIMIT $1`, limit)
	if err != nil {
		return nil, o.db.Fail("list alerts", err)
	}
	sent, err := row.Collect(ctx, o.db.Reads, scanDelivery, `
		SELECT `+deliveryColumns+` FROM alerts WHERE sent_at > 0 ORDER BY sent_at DESC, id DESC LIMIT $1`, limit-len(unsent))
	if err != nil {
		return nil, o.db.Fail("list alerts", err)
	}
	return append(unsent, sent...), nil
}

// An Untold story is one that people should have heard of and have not: no
// alert of it arrived over any channel.
type Untold struct {
	Owed    time.Time // since when
	Problem string    // why it did not arrive, "" if it was not tried
	Lost    bool      // nothing of it is owed any more: all was given up
}

// Untold returns the stories of which people were to hear by now and have not
// heard, by id.
func (o *Alerts) Untold(ctx context.Context, now time.Time) (map[string]Untold, error) {
	untold := map[string]Untold{}
	_, err := row.Collect(ctx, o.db.Reads, func(rows *sql.Rows) (id string, err error) {
		var owed, failed int64
		var summary, problem string
		err = rows.Scan(&id, &owed, &failed, &summary, &problem)
		lost := failed > 0 && summary == ""
		if u, seen := untold[id]; !seen || u.Lost && !lost { // the first that is still owed, else the first
			untold[id] = Untold{row.UTC(owed), problem, lost}
		}
		return id, err
	}, `
		SELECT story, owed_at, failed_at, summary, `+problemNow+` FROM alerts
		WHERE sent_at = 0 AND story <> '' AND kind IN ('new', 'escalation') AND owed_at <= $1 AND NOT EXISTS (
			SELECT 1 FROM alerts told
			WHERE told.story = alerts.story AND told.sent_at > 0 AND told.kind IN ('new', 'escalation')
		)
		ORDER BY owed_at, id`, row.Millis(now))
	return untold, o.db.Fail("look for stories that nobody was told", err)
}

// Overdue returns how many alerts should have been sent by now and are owed
// still, with the problem of one of them.
func (o *Alerts) Overdue(ctx context.Context, now time.Time) (alerts int, problem string, err error) {
	all, err := row.Collect(ctx, o.db.Reads, row.One[string], `
		SELECT `+problemNow+` FROM alerts WHERE sent_at = 0 AND failed_at = 0 AND owed_at <= $1 ORDER BY owed_at, id`, row.Millis(now))
	for _, p := range all {
		problem = cmp.Or(problem, p)
	}
	return len(all), problem, o.db.Fail("look for alerts that are owed", err)
}

// AlertsOf returns the alerts of the story, in the order in which they were
// owed.
func (o *Alerts) AlertsOf(ctx context.Context, story string) ([]Delivery, error) {
	if story == "" {
		return nil, nil
	}
	alerts, err := row.Collect(ctx, o.db.Reads, scanDelivery, `
		SELECT `+deliveryColumns+` FROM alerts WHERE story = $1 AND story <> '' ORDER BY owed_at, id`, story)
	return alerts, o.db.Fail("list the alerts of story "+story, err)
}

// RetryAlert makes an alert that is owed or was given up due at now, as if it
// was never attempted, and returns it. The id may be cut short as long as no
// other begins so. It is an error if there is none, or if it was sent or is
// being sent.
func (o *Alerts) RetryAlert(ctx context.Context, id string, now time.Time) (Delivery, error) {
	return o.handle(ctx, "retry alert "+id, id, func(tx *sql.Tx, d Delivery) error {
		if d.Sending && d.DueAt.After(now) {
			return fmt.Errorf("alert %s is being sent; see what comes of it", d.ID)
		}
		// It keeps its place before later ones of its story, and comes no later than now.
		_, err := row.Exec(ctx, tx, `
			UPDATE alerts SET due_at = $1, owed_at = CASE WHEN owed_at > $1 THEN $1 ELSE owed_at END,
				attempts = 0, failed_at = 0, problem = '', summary = ''
			WHERE id = $2`, row.Millis(now), d.ID)
		return err
	})
}

// DropAlert gives an alert up at now; why is shown in the outbox and begins with
// "dropped", such as "dropped by ada". It returns the alert. The id may be cut short as long as no
// other begins so. It is an error if there is none, or if it was sent. One that
// is being sent this moment may arrive all the same, and is then sent.
func (o *Alerts) DropAlert(ctx context.Context, id, why string, now time.Time) (Delivery, error) {
	return o.handle(ctx, "drop alert "+id, id, func(tx *sql.Tx, d Delivery) error {
		_, err := row.Exec(ctx, tx, `UPDATE alerts SET failed_at = $1, problem = $2, tried_at = 0, summary = '' WHERE id = $3`,
			row.Millis(now), why, d.ID)
		return err
	})
}

// handle does something to the alert that was not sent and whose id begins
// with id, and returns it as it is then; doing says what, for people.
func (o *Alerts) handle(ctx context.Context, doing, id string, do func(*sql.Tx, Delivery) error) (d Delivery, err error) {
	full, err := row.Expand(ctx, o.db, "alert", "alerts", id)
	if err != nil {
		return d, o.db.Fail(doing, err)
	}
	query := `SELECT ` + deliveryColumns + ` FROM alerts WHERE id = $1`
	err = o.db.Update(ctx, func(tx *sql.Tx) error {
		before, found, err := row.First(ctx, tx, scanDelivery, query+o.db.ForUpdate, full)
		switch {
		case err != nil:
			return err
		case !found: // pruned this moment
			return row.Unknown("alert", id)
		case !before.Sent.IsZero():
			return fmt.Errorf("alert %s was sent on %s; nothing is owed of it", full, before.Sent.Format("2 January at 15:04 UTC"))
		}
		if err := do(tx, before); err != nil {
			return err
		}
		d, _, err = row.First(ctx, tx, scanDelivery, query, full)
		return err
	})
	return d, o.db.Fail(doing, err)
}
