package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// decideAll asks the decider about each report and stores what follows.
//
// From here on until the decider is told what became of it, no other recording
// of this process decides: it would do so by stories that may come to nothing.
// The lock of the database would not do, since that ends with the transaction,
// a moment before the decider is told. Other processes have deciders of their
// own.
func (rec *recording) decideAll(ctx context.Context, todo []news.Report) error {
	rec.db.deciding.Lock()
	rec.deciding = true
	if err := rec.db.alone(ctx, rec.tx, storiesLock); err != nil {
		return err
	}
	horizon := rec.reading.At.Add(-news.Window)
	if err := rec.inform(ctx, horizon); err != nil {
		return err
	}
	changed := map[string]news.Story{}
	for _, rep := range todo {
		rep.First = rep.First || rec.reading.First
		closed, err := rec.closedStories(ctx, rep, horizon)
		if err != nil {
			return err
		}
		d := rec.decider.Decide(rep, closed...)
		if d.Story.ID == "" {
			continue
		}
		changed[d.Story.ID] = d.Story
		for _, s := range d.Others {
			changed[s.ID] = s
		}
		if err := rec.putDecision(ctx, rep, d); err != nil {
			return err
		}
		if rep.When().Before(horizon) { // the next late report asks the database for it
			if err := rec.putStories(ctx, changed); err != nil {
				return err
			}
			for _, s := range changed {
				rec.db.closed.put(s, rec.version)
			}
			clear(changed)
		}
	}
	return rec.putStories(ctx, changed)
}

// putDecision stores what was decided about rep, and the alerts owed because
// of it.
func (rec *recording) putDecision(ctx context.Context, rep news.Report, d news.Decision) error {
	if err := putVerdict(ctx, rec.tx, rep, d); err != nil {
		return err
	}
	for _, s := range d.Others {
		if s.Into.ID == "" {
			continue
		}
		if _, err := exec(ctx, rec.tx, `UPDATE items SET story = $1 WHERE story = $2 AND story <> ''`, s.Into.ID, s.ID); err != nil {
			return err
		}
	}
	for _, a := range d.Alerts {
		queued, err := putAlert(ctx, rec.tx, a)
		if err != nil {
			return err
		}
		if queued {
			rec.tally.Alerts++
		}
	}
	return nil
}

// settle tells the decider whether what it decided was stored. If not it
// forgets all, and asks for all stories the next time.
func (rec *recording) settle(stored bool) {
	if !rec.deciding {
		return
	}
	defer rec.db.deciding.Unlock()
	switch {
	case !stored:
		rec.decider.Forget()
		rec.db.closed.forget()
	case rec.version > 0:
		rec.decider.Put(rec.version, nil)
	}
}

// inform tells the decider of the stories that it does not know and reports
// may join: those last seen since the horizon that others changed since it
// asked last.
func (rec *recording) inform(ctx context.Context, horizon time.Time) error {
	version, _, err := first(ctx, rec.tx, scanOne[int64], `SELECT CAST(value AS BIGINT) FROM settings WHERE name = 'stories'`)
	if err != nil {
		return err
	}
	known := rec.decider.Known()
	if known > version { // it knows what the database was before a backup of it was put back
		rec.decider.Forget()
		rec.db.closed.forget()
		known = 0
	}
	if known == version {
		return nil
	}
	changed, err := collect(ctx, rec.tx, scanStory, `
		SELECT id, body FROM stories WHERE version > $1 AND last_seen >= $2
		ORDER BY version, id`, known, millis(horizon))
	if err == nil {
		rec.decider.Put(version, changed)
	}
	return err
}

// putStories stores stories under a version that none had before.
func (rec *recording) putStories(ctx context.Context, stories map[string]news.Story) error {
	if len(stories) == 0 {
		return nil
	}
	version, found, err := first(ctx, rec.tx, scanOne[int64], `
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
		body, err := encode(s)
		if err != nil {
			return err
		}
		_, err = exec(ctx, rec.tx, `
			INSERT INTO stories (id, version, first_seen, last_seen, told_at, severity, body)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (id) DO UPDATE SET version = excluded.version, first_seen = excluded.first_seen,
				last_seen = excluded.last_seen, told_at = excluded.told_at, severity = excluded.severity, body = excluded.body`,
			id, version, millis(s.FirstSeen), millis(s.LastSeen), millis(s.Told), int(s.Severity), body)
		if err != nil {
			return err
		}
		if err := rec.putKeys(ctx, s); err != nil {
			return err
		}
	}
	rec.version = version
	return nil
}
