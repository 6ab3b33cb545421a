package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// decideAll asks the decider about each report to decide and stores what
// follows. The transaction has the lock of the stories.
func (in *ingestTx) decideAll(ctx context.Context) error {
	if len(in.undecided) == 0 {
		return nil
	}
	in.decided = true
	horizon := in.reading.At.Add(-news.Window)
	if err := in.syncDecider(ctx, horizon); err != nil {
		return err
	}
	changed := map[string]news.Story{}
	for _, rep := range in.undecided {
		rep.First = rep.First || in.reading.First
		rep = in.given(rep)
		closed, err := in.closedStories(ctx, rep, horizon)
		if err != nil {
			return err
		}
		d := in.decider.Decide(rep, closed...)
		in.wanted.Report(rep, in.reading, !d.Story.Told.IsZero())
		if d.Story.ID == "" {
			if err := in.owe(ctx, d.Alerts); err != nil {
				return err
			}
			continue
		}
		changed[d.Story.ID] = d.Story
		for _, s := range d.Others {
			changed[s.ID] = s
		}
		if err := in.putDecision(ctx, rep, d); err != nil {
			return err
		}
		if rep.When().Before(horizon) { // the next late report asks the database for it
			if err := in.putStories(ctx, changed); err != nil {
				return err
			}
			for _, s := range changed {
				in.db.closed.Put(s, in.version)
			}
			clear(changed)
		}
	}
	if err := in.putStories(ctx, changed); err != nil {
		return err
	}
	if in.version > 0 { // what the decider knows is what the transaction has
		in.decider.Sync(in.version, nil)
	}
	return nil
}

// given returns a report as it is when it is known what is warm: by the stories as
// the transaction has them, so that all replicas know the same.
func (in *ingestTx) given(rep news.Report) news.Report {
	cold := len(rep.Matches) > 0
	rep = rep.Given(in.decider.Warmth())
	switch warm := len(rep.Matches) > 0; {
	case warm && !cold:
		in.tally.Matched++
	case cold && !warm:
		in.tally.Matched--
	}
	return rep
}

// putDecision stores what was decided about rep, and the alerts owed because
// of it.
func (in *ingestTx) putDecision(ctx context.Context, rep news.Report, d news.Decision) error {
	if err := putVerdict(ctx, in.tx, rep, d); err != nil {
		return err
	}
	for _, s := range d.Others {
		if s.Into.ID == "" {
			continue
		}
		if err := in.lockItems(ctx, s.ID); err != nil {
			return err
		}
		if _, err := row.Exec(ctx, in.tx, `UPDATE items SET story = $1 WHERE story = $2 AND story <> ''`, s.Into.ID, s.ID); err != nil {
			return err
		}
	}
	return in.owe(ctx, d.Alerts)
}

// owe makes alerts owed.
func (in *ingestTx) owe(ctx context.Context, alerts []news.Alert) error {
	for _, a := range alerts {
		queued, err := outbox.Put(ctx, in.tx, a)
		if err != nil {
			return err
		}
		if queued {
			in.tally.Alerts++
		}
	}
	return nil
}

// syncDecider tells the decider of the stories that it does not know and reports
// may join: those last seen since the horizon that others changed since it
// asked last.
func (in *ingestTx) syncDecider(ctx context.Context, horizon time.Time) error {
	version, _, err := row.First(ctx, in.tx, row.One[int64], `SELECT CAST(value AS BIGINT) FROM settings WHERE name = 'stories'`)
	if err != nil {
		return err
	}
	known := in.decider.Version()
	if known > version { // it knows what the database was before a backup of it was put back
		in.decider.Reset()
		in.db.closed.Forget()
		known = 0
	}
	if known == version {
		return nil
	}
	changed, err := row.Collect(ctx, in.tx, scanStory, `
		SELECT id, body FROM stories WHERE version > $1 AND last_seen >= $2
		ORDER BY version, id`, known, row.Millis(horizon))
	if err == nil {
		in.decider.Sync(version, changed)
	}
	return err
}

// putStories stores stories under a version that none had before.
func (in *ingestTx) putStories(ctx context.Context, stories map[string]news.Story) error {
	if len(stories) == 0 {
		return nil
	}
	version, found, err := row.First(ctx, in.tx, row.One[int64], `
		UPDATE settings SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE name = 'stories'
		RETURNING CAST(value AS BIGINT)`)
	if err != nil {
		return err
	}
	if !found {
		return sql.ErrNoRows
	}
	for _, id := range slices.Sorted(maps.Keys(stories)) {
		s := stories[id]
		body, err := row.Encode(s)
		if err != nil {
			return err
		}
		_, err = row.Exec(ctx, in.tx, `
			INSERT INTO stories (id, version, first_seen, last_seen, told_at, severity, rank, body)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (id) DO UPDATE SET version = excluded.version, first_seen = excluded.first_seen, last_seen = excluded.last_seen,
				told_at = excluded.told_at, severity = excluded.severity, rank = excluded.rank, body = excluded.body`,
			id, version, row.Millis(s.FirstSeen), row.Millis(s.LastSeen), row.Millis(s.Told), int(s.Severity), rank(s), body)
		if err != nil {
			return err
		}
		if err := in.putKeys(ctx, s); err != nil {
			return err
		}
	}
	in.version = version
	return nil
}
