// Package opinions remembers what people said of alerts: what they mute, what they
// found relevant, and which items they took out of stories. It is a part of package store, whose database has its methods.
package opinions

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// Opinions are those of a database. They are safe for concurrent use; make them with
// [New].
type Opinions struct{ db *engine.DB }

// New returns the opinions of a database, whose schema is package store's.
func New(db *engine.DB) *Opinions { return &Opinions{db} }

// Mute mutes something at now. What was muted before is muted anew: the last
// word counts. It is an error if not exactly one of Story, Rule, Entity and Feed
// is set, or if Until has passed.
func (o *Opinions) Mute(ctx context.Context, m news.Mute, now time.Time) error {
	set := 0
	for _, what := range []string{m.Story, m.Rule, m.Entity, m.Feed} {
		set += row.Number(what != "")
	}
	switch {
	case set != 1:
		return errors.New("mute: name one of a story, a rule, an entity and a feed")
	case !m.Until.IsZero() && !m.Until.After(now):
		return errors.New("mute: the end has passed already; name a later one, or none")
	}
	return row.Change(ctx, o.db, "mute", `
		INSERT INTO mutes (story, rule, entity, feed, until, why, muted_by, muted_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (story, rule, entity, feed) DO UPDATE SET
			until = excluded.until, why = excluded.why, muted_by = excluded.muted_by, muted_at = excluded.muted_at`,
		m.Story, m.Rule, m.Entity, m.Feed, row.Millis(m.Until), m.Why, m.By, row.Millis(now))
}

// Unmute ends the mute of what m names, and reports whether there was one that
// had not ended at now.
func (o *Opinions) Unmute(ctx context.Context, m news.Mute, now time.Time) (found bool, err error) {
	err = o.db.Update(ctx, func(tx *sql.Tx) error {
		ended, err := row.Collect(ctx, tx, row.One[int64], `
			DELETE FROM mutes WHERE story = $1 AND rule = $2 AND entity = $3 AND feed = $4 RETURNING until`,
			m.Story, m.Rule, m.Entity, m.Feed)
		found = len(ended) == 1 && (ended[0] == 0 || ended[0] > row.Millis(now))
		return err
	})
	return found && err == nil, o.db.Fail("unmute", err)
}

// Mutes returns the mutes that have not ended at now, the latest first.
func (o *Opinions) Mutes(ctx context.Context, now time.Time) ([]news.Mute, error) {
	mutes, err := row.Collect(ctx, o.db.Reads, func(rows *sql.Rows) (m news.Mute, err error) {
		var until int64
		err = rows.Scan(&m.Story, &m.Rule, &m.Entity, &m.Feed, &until, &m.Why, &m.By)
		m.Until = row.UTC(until)
		return m, err
	}, `
		SELECT story, rule, entity, feed, until, why, muted_by FROM mutes WHERE until = 0 OR until > $1
		ORDER BY muted_at DESC, story, rule, entity, feed`, row.Millis(now))
	return mutes, o.db.Fail("list mutes", err)
}

// Label keeps what a person thinks of an alert. Of what one person says of an
// item and a rule the latest counts. It is kept for longer than the item.
func (o *Opinions) Label(ctx context.Context, l news.Label) error {
	return row.Change(ctx, o.db, "label item "+l.Item, `
		INSERT INTO labels (item, rule, labelled_by, story, version, relevant, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (item, rule, labelled_by) DO UPDATE SET
			story = excluded.story, version = excluded.version, relevant = excluded.relevant, at = excluded.at
		WHERE labels.at <= excluded.at`,
		l.Item, l.Rule, l.By, l.Story, l.Version, row.Number(l.Relevant), row.Millis(l.At))
}

// Labels returns all labels, the oldest first.
func (o *Opinions) Labels(ctx context.Context) ([]news.Label, error) {
	labels, err := row.Collect(ctx, o.db.Reads, scanLabel, `SELECT item, rule, labelled_by, story, version, relevant, at FROM labels ORDER BY at, item, rule, labelled_by`)
	return labels, o.db.Fail("list labels", err)
}

func scanLabel(rows *sql.Rows) (l news.Label, err error) {
	var at int64
	err = rows.Scan(&l.Item, &l.Rule, &l.By, &l.Story, &l.Version, &l.Relevant, &at)
	l.At = row.UTC(at)
	return l, err
}

// Unlabel takes back what l.By said of an item and a rule at l.At or before, and
// reports whether there was something.
func (o *Opinions) Unlabel(ctx context.Context, l news.Label) (found bool, err error) {
	err = o.db.Update(ctx, func(tx *sql.Tx) error {
		n, err := row.Exec(ctx, tx, `DELETE FROM labels WHERE item = $1 AND rule = $2 AND labelled_by = $3 AND at <= $4`, l.Item, l.Rule, l.By, row.Millis(l.At))
		found = n > 0
		return err
	})
	return found && err == nil, o.db.Fail("take back a label of item "+l.Item, err)
}

// LabelsOf returns what people said of the items of a story, and of what was in it
// when they said so, the oldest first.
func (o *Opinions) LabelsOf(ctx context.Context, story string) ([]news.Label, error) {
	labels, err := row.Collect(ctx, o.db.Reads, scanLabel, `
		SELECT item, rule, labelled_by, story, version, relevant, at FROM labels
		WHERE story = $1 OR item IN (SELECT id FROM items WHERE story = $1 AND story <> '')
		ORDER BY at, item, rule, labelled_by`, story)
	return labels, o.db.Fail("list the labels of story "+story, err)
}
