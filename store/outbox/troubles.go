package outbox

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// A Trouble is something that is wrong with coupwatch or around it and that its
// operators hear of: once when it begins, when it changes, and when it is over.
type Trouble struct {
	Name  string    // such as "channel/slack" or "rules"
	Text  string    // for people
	Since time.Time // when it was first noticed
	Seen  time.Time // when it was last confirmed
}

// confirmEvery is how often it is written down that a trouble lasts.
const confirmEvery = time.Minute

// OpenTroubles returns the troubles that are not over, sorted by name.
func (o *Alerts) OpenTroubles(ctx context.Context) ([]Trouble, error) {
	troubles, err := row.Collect(ctx, o.db.Reads, scanTrouble, `SELECT name, text, since, seen_at, changes FROM troubles ORDER BY name`)
	out := make([]Trouble, len(troubles))
	for i, t := range troubles {
		out[i] = t.Trouble
	}
	return out, o.db.Fail("list troubles", err)
}

// A storedTrouble is a Trouble with how often its text changed.
type storedTrouble struct {
	Trouble
	changes int
}

// id returns what all notices of the trouble are about.
func (t storedTrouble) id() string { return fmt.Sprintf("notice/%s/%d", t.Name, row.Millis(t.Since)) }

func scanTrouble(rows *sql.Rows) (t storedTrouble, err error) {
	var since, seen int64
	err = rows.Scan(&t.Name, &t.Text, &since, &seen, &t.changes)
	t.Since, t.Seen = row.UTC(since), row.UTC(seen)
	return t, err
}

// Report notes at now that there is a trouble, and owes a notice of it over
// each of channels if it is new or its text has changed. It reports whether it
// is so. Reported twice, or by several replicas, it is told once.
func (o *Alerts) Report(ctx context.Context, name, text string, channels []string, now time.Time) (told bool, err error) {
	return o.report(ctx, "report "+name, name, func(tx *sql.Tx, open *storedTrouble) (bool, error) {
		switch {
		case open == nil:
			t := storedTrouble{Trouble: Trouble{Name: name, Text: text, Since: now, Seen: now}}
			if _, err := row.Exec(ctx, tx, `INSERT INTO troubles (name, since, seen_at, text) VALUES ($1, $2, $2, $3)`, name, row.Millis(now), text); err != nil {
				return false, err
			}
			return true, tellTrouble(ctx, tx, t, text, false, channels, now)
		case open.Text == text:
			if now.Sub(open.Seen) < confirmEvery {
				return false, nil
			}
			_, err := row.Exec(ctx, tx, `UPDATE troubles SET seen_at = $1 WHERE name = $2`, row.Millis(now), name)
			return false, err
		}
		open.changes++
		if _, err := row.Exec(ctx, tx, `UPDATE troubles SET seen_at = $1, text = $2, changes = $3 WHERE name = $4`, row.Millis(now), text, open.changes, name); err != nil {
			return false, err
		}
		return true, tellTrouble(ctx, tx, *open, text, false, channels, now)
	})
}

// Mended notes at now that a trouble is over, and owes a notice that says so
// with text. It does nothing to one that is not open, or that somebody
// confirmed after the moment unless, who may know better. It reports whether
// it ended the trouble.
func (o *Alerts) Mended(ctx context.Context, name, text string, unless time.Time, channels []string, now time.Time) (ended bool, err error) {
	return o.report(ctx, "end "+name, name, func(tx *sql.Tx, open *storedTrouble) (bool, error) {
		if open == nil || open.Seen.After(unless) {
			return false, nil
		}
		if _, err := row.Exec(ctx, tx, `DELETE FROM troubles WHERE name = $1`, name); err != nil {
			return false, err
		}
		open.changes++
		return true, tellTrouble(ctx, tx, *open, text, true, channels, now)
	})
}

// report calls do with the open trouble of a name, nil if there is none, in a
// transaction that no other one about troubles overlaps.
func (o *Alerts) report(ctx context.Context, doing, name string, do func(*sql.Tx, *storedTrouble) (bool, error)) (done bool, err error) {
	err = o.db.Update(ctx, func(tx *sql.Tx) error {
		if err := o.db.Alone(ctx, tx, row.TroublesLock); err != nil {
			return err
		}
		t, found, err := row.First(ctx, tx, scanTrouble, `SELECT name, text, since, seen_at, changes FROM troubles WHERE name = $1`, name)
		if err != nil {
			return err
		}
		open := &t
		if !found {
			open = nil
		}
		done, err = do(tx, open)
		return err
	})
	return done && err == nil, o.db.Fail(doing, err)
}

// tellTrouble owes a notice over each of channels. The first one of a trouble
// that was not tried yet says what is so now; later ones follow it.
func tellTrouble(ctx context.Context, q row.Querier, t storedTrouble, text string, mended bool, channels []string, now time.Time) error {
	for _, channel := range channels {
		a := news.Alert{ID: t.id() + "/" + channel, Channel: channel, Kind: news.Notice, Trouble: t.id(), Notice: text, Mended: mended, DueAt: now}
		if t.changes > 0 {
			body, err := row.Encode(a)
			if err != nil {
				return err
			}
			n, err := row.Exec(ctx, q, `
				UPDATE alerts SET body = $1 WHERE channel = $2 AND story = $3
					AND attempts = 0 AND doubt = 0 AND sent_at = 0 AND failed_at = 0`, body, channel, t.id())
			if err != nil {
				return err
			}
			if n > 0 {
				continue
			}
			a.ID = fmt.Sprintf("%s/%d/%s", t.id(), t.changes, channel)
		}
		if _, err := Put(ctx, q, a); err != nil {
			return err
		}
	}
	return nil
}
