// Package subscriptions remembers what hubs were asked to send (WebSub): which
// feed, since when and how long, and when the hub is to be asked again. It is a
// part of package store, whose database has its methods. Asking, and what hubs
// say, is for package push.
//
// Its table is changed by transactions that lock nothing else. Whoever asks hubs
// claims what is due for two minutes, so that of several replicas one asks, and a
// subscription is asked for again whose replica died between any two lines: a hub
// takes the last request as the one that counts.
package subscriptions

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// Subscriptions are those of a database. They are safe for concurrent use; make them
// with [New].
type Subscriptions struct{ db *engine.DB }

// New returns the subscriptions of a database, whose schema is package store's.
func New(db *engine.DB) *Subscriptions { return &Subscriptions{db} }

const (
	claimed   = 2 * time.Minute // how long a subscription is kept for the one who asks for it
	lastTries = 5               // how often a hub is asked to end one, before that is left to the end of its time
	settled   = time.Hour       // how long after a request no other address is asked for
)

// columns are what scan scans.
const columns = `id, feed, hub, topic, secret, ending, asked_at, failures, problem`

func scan(rows *sql.Rows) (s news.Subscription, err error) {
	var asked int64
	err = rows.Scan(&s.ID, &s.Feed, &s.Hub.URL, &s.Hub.Topic, &s.Secret, &s.Ending, &asked, &s.Failures, &s.Problem)
	s.Asked = row.UTC(asked)
	return s, err
}

// ArrangeSubscriptions makes a subscription to be asked for of each feed on the
// list that names a hub and has none, and has those ended whose feed is no longer
// on the list, or names another hub or itself otherwise. The base is where hubs
// reach us now; those that were asked to send elsewhere are asked for again. Doing
// it twice, or on several replicas, does no harm.
func (t *Subscriptions) ArrangeSubscriptions(ctx context.Context, base string, now time.Time) error {
	return t.db.Fail("arrange subscriptions", t.db.Update(ctx, func(tx *sql.Tx) error {
		for _, change := range []struct {
			query string
			args  []any
		}{
			{`UPDATE subscriptions SET ending = 1, next_at = 0, failures = 0, problem = '' WHERE ending = 0 AND NOT EXISTS (
				SELECT 1 FROM feeds WHERE url = feed AND listed = 1 AND feeds.hub = subscriptions.hub AND feeds.topic = subscriptions.topic)`, nil},
			{`DELETE FROM subscriptions WHERE ending = 1 AND asked_at = 0`, nil},
			{
				`UPDATE subscriptions SET next_at = 0 WHERE ending = 0 AND next_at > $1 AND base <> $2 AND asked_at < $3`,
				[]any{row.Millis(now), base, row.Millis(now.Add(-settled))},
			},
		} {
			if _, err := row.Exec(ctx, tx, change.query, change.args...); err != nil {
				return err
			}
		}
		return subscribe(ctx, tx)
	}))
}

// subscribe adds the subscriptions that are missing.
func subscribe(ctx context.Context, tx *sql.Tx) error {
	missing, err := row.Collect(ctx, tx, func(rows *sql.Rows) (s news.Subscription, err error) {
		err = rows.Scan(&s.Feed, &s.Hub.URL, &s.Hub.Topic)
		return s, err
	}, `SELECT url, hub, topic FROM feeds WHERE listed = 1 AND hub <> ''
		AND NOT EXISTS (SELECT 1 FROM subscriptions WHERE feed = url AND ending = 0) ORDER BY url`)
	if err != nil {
		return err
	}
	for _, s := range missing {
		_, err := row.Exec(ctx, tx, `INSERT INTO subscriptions (id, feed, hub, topic, secret)
			VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`, rand.Text(), s.Feed, s.Hub.URL, s.Hub.Topic, rand.Text()+rand.Text())
		if err != nil {
			return err
		}
	}
	return nil
}

// ClaimSubscriptions returns up to n subscriptions of which the hub is to be asked
// at now, to send to addresses that begin with base. It keeps each from others for
// two minutes, or until it is said what came of it. A request that the hub took,
// but never asked back about, counts as one that came to nothing.
func (t *Subscriptions) ClaimSubscriptions(ctx context.Context, base string, now time.Time, n int) (all []news.Subscription, err error) {
	err = t.db.Update(ctx, func(tx *sql.Tx) error {
		all = nil
		due, err := row.Collect(ctx, tx, scanDue, `SELECT `+columns+`, accepted, verified_at, until FROM subscriptions
			WHERE next_at <= $1 ORDER BY next_at, id LIMIT $2`+t.db.SkipLocked, row.Millis(now), n)
		if err != nil {
			return err
		}
		for _, d := range due {
			if d.Ending && (d.Failures >= lastTries || d.until <= row.Millis(now)) {
				if _, err := row.Exec(ctx, tx, `DELETE FROM subscriptions WHERE id = $1`, d.ID); err != nil {
					return err
				}
				continue
			}
			if d.unheard() {
				d.Failures++
				d.Problem = Unheard
			}
			d.Asked = now
			_, err := row.Exec(ctx, tx, `UPDATE subscriptions SET asked_at = $1, accepted = 0, next_at = $2, base = $3, failures = $4, problem = $5 WHERE id = $6`,
				row.Millis(now), row.Millis(now.Add(claimed)), base, d.Failures, d.Problem, d.ID)
			if err != nil {
				return err
			}
			all = append(all, d.Subscription)
		}
		return nil
	})
	return all, t.db.Fail("claim subscriptions", err)
}

// Disclaim makes the subscriptions due that are claimed, within a transaction of
// who knows that nobody is at work on them.
func Disclaim(ctx context.Context, q row.Querier) error {
	_, err := row.Exec(ctx, q, `UPDATE subscriptions SET next_at = 0 WHERE asked_at > 0 AND accepted = 0 AND failures = 0 AND verified_at < asked_at`)
	return err
}

// Unheard is the problem of a subscription whose hub took the request and never
// asked back.
const Unheard = "the hub took the request, but never asked back; look whether what COUPWATCH_PUBLIC_URL names can be reached from the internet"

// A due subscription is one of which the hub is to be asked.
type due struct {
	news.Subscription
	accepted        bool
	verified, until int64
}

func scanDue(rows *sql.Rows) (d due, err error) {
	var asked int64
	err = rows.Scan(&d.ID, &d.Feed, &d.Hub.URL, &d.Hub.Topic, &d.Secret, &d.Ending, &asked, &d.Failures, &d.Problem, &d.accepted, &d.verified, &d.until)
	d.Asked = row.UTC(asked)
	return d, err
}

// unheard reports whether the hub never asked back after the last request.
func (d due) unheard() bool { return d.accepted && d.verified < row.Millis(d.Asked) }

// NoteAccepted notes that the hub took the request for s, as it was claimed, and is
// to ask back. If it does not, it is asked again at next. It may have done already,
// which then counts, and so does the request of whoever
// claimed it since.
func (t *Subscriptions) NoteAccepted(ctx context.Context, s news.Subscription, next time.Time) error {
	return row.Change(ctx, t.db, "note what a hub said", `UPDATE subscriptions SET accepted = $1, next_at = $2 WHERE id = $3 AND asked_at = $4 AND verified_at < asked_at`,
		1, row.Millis(next), s.ID, row.Millis(s.Asked))
}

// NoteRefused notes why the request for s, as it was claimed, came to nothing. The
// hub is asked again at next. What it said since counts more, as for
// [Subscriptions.NoteAccepted].
func (t *Subscriptions) NoteRefused(ctx context.Context, s news.Subscription, problem string, next time.Time) error {
	return row.Change(ctx, t.db, "note what a hub said", `UPDATE subscriptions SET problem = $1, next_at = $2, failures = failures + 1 WHERE id = $3 AND asked_at = $4 AND verified_at < asked_at`,
		problem, row.Millis(next), s.ID, row.Millis(s.Asked))
}

// Subscription returns the subscription with an id, and whether there is one.
func (t *Subscriptions) Subscription(ctx context.Context, id string) (s news.Subscription, found bool, err error) {
	s, found, err = row.First(ctx, t.db.Reads, scan, `SELECT `+columns+` FROM subscriptions WHERE id = $1`, id)
	return s, found, t.db.Fail("look up a subscription", err)
}

// VerifySubscription notes that the hub asked back at now whether the subscription
// with the id is wanted, and will send until then unless it is asked again, which is to
// be at next. It reports false, and notes nothing, if no such subscription to
// the topic was asked for.
func (t *Subscriptions) VerifySubscription(ctx context.Context, id, topic string, now, until, next time.Time) (bool, error) {
	return t.change(ctx, `UPDATE subscriptions SET
			verified_at = CASE WHEN asked_at > $1 THEN asked_at ELSE $1 END,
			since = CASE WHEN since = 0 OR until < $1 THEN $1 ELSE since END,
			until = $2, next_at = $3, failures = 0, problem = ''
		WHERE id = $4 AND topic = $5 AND ending = 0 AND asked_at > 0`,
		row.Millis(now), row.Millis(until), row.Millis(next), id, topic)
}

// EndSubscription forgets the subscription with the id, about which the hub asked
// back whether it is to end. It reports false if it is not.
func (t *Subscriptions) EndSubscription(ctx context.Context, id, topic string) (bool, error) {
	return t.change(ctx, `DELETE FROM subscriptions WHERE id = $1 AND topic = $2 AND ending = 1`, id, topic)
}

// DenySubscription notes that the hub sends nothing for the subscription with the
// id, and why; it is asked again at next. It reports false if there is no such
// subscription to the topic.
func (t *Subscriptions) DenySubscription(ctx context.Context, id, topic, problem string, next time.Time) (bool, error) {
	return t.change(ctx, `UPDATE subscriptions SET since = 0, until = 0, accepted = 0, failures = failures + 1, problem = $1, next_at = $2 WHERE id = $3 AND topic = $4`,
		problem, row.Millis(next), id, topic)
}

// change runs a query that changes one row, and reports whether it did.
func (t *Subscriptions) change(ctx context.Context, query string, args ...any) (bool, error) {
	var n int64
	err := t.db.Update(ctx, func(tx *sql.Tx) (err error) {
		n, err = row.Exec(ctx, tx, query, args...)
		return err
	})
	return n == 1 && err == nil, t.db.Fail("note what a hub said", err)
}

// NoteSent notes that the hub sent something for the subscription with the id at
// now, and what is wrong with it, "" for nothing.
func (t *Subscriptions) NoteSent(ctx context.Context, id, problem string, now time.Time) error {
	return row.Change(ctx, t.db, "note what a hub sent", `UPDATE subscriptions SET 
		heard_at = CASE WHEN $1 = '' THEN $2 ELSE heard_at END, problem = CASE WHEN $1 = '' AND failures > 0 THEN problem ELSE $1 END WHERE id = $3`,
		problem, row.Millis(now), id)
}

// Pushes returns how the feeds come from their hubs that were subscribed to, by
// URL.
func (t *Subscriptions) Pushes(ctx context.Context) (map[string]news.Push, error) {
	all := map[string]news.Push{}
	_, err := row.Collect(ctx, t.db.Reads, func(rows *sql.Rows) (feed string, err error) {
		var since, until, heard int64
		var p news.Push
		if err := rows.Scan(&feed, &since, &until, &heard, &p.Problem); err != nil {
			return "", fmt.Errorf("subscription: %w", err)
		}
		p.Since, p.Until, p.Last = row.UTC(since), row.UTC(until), row.UTC(heard)
		all[feed] = p
		return feed, nil
	}, `SELECT feed, since, until, heard_at, problem FROM subscriptions WHERE ending = 0`)
	return all, t.db.Fail("list subscriptions", err)
}
