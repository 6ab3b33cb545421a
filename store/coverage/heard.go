package coverage

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/cadence"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// rowsAtOnce is how many rows one statement adds.
const rowsAtOnce = 50

const (
	heardEvery = 10 * time.Minute    // how often it is written down that a country or tag was heard of
	watchHole  = 30 * time.Minute    // nobody watched if nobody looked after it for so long
	lookPause  = time.Minute         // another replica has just looked
	forgotten  = 30 * 24 * time.Hour // silence after which nobody waits for a country or tag any more
)

// A heardCache knows what of a database was written down of what was heard, so that
// the news of ten minutes about one country are one write.
type heardCache struct {
	mu sync.Mutex
	at map[string]int64
}

// fresh returns those of names, sorted, that were not written down of late.
func (h *heardCache) fresh(names map[string]bool, now int64) (fresh []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for name := range names {
		if h.at[name] <= now-heardEvery.Milliseconds() {
			fresh = append(fresh, name)
		}
	}
	slices.Sort(fresh)
	return fresh
}

// wrote notes that names were written down.
func (h *heardCache) wrote(names []string, now int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, name := range names {
		h.at[name] = max(h.at[name], now)
	}
}

// Wrote notes that names were written down as heard of at a moment.
func (b *Book) Wrote(names []string, at time.Time) { b.heard.wrote(names, row.Millis(at)) }

// PutHeard writes down in a transaction of ingesting that names were heard of at a
// moment, at its end: other replicas wait for these rows. It returns those that it
// wrote, for [Book.Wrote] when that is committed.
func (b *Book) PutHeard(ctx context.Context, tx *sql.Tx, names map[string]bool, at time.Time) (written []string, err error) {
	written = b.heard.fresh(names, row.Millis(at))
	for some := range slices.Chunk(written, rowsAtOnce) {
		var args []any
		for _, name := range some {
			args = append(args, name, row.Millis(at))
		}
		_, err := row.Exec(ctx, tx, `INSERT INTO heard (name, at) VALUES `+row.Tuples(len(some), 2)+`
			ON CONFLICT (name) DO UPDATE SET at = CASE WHEN heard.at < excluded.at THEN excluded.at ELSE heard.at END`, args...)
		if err != nil {
			return nil, err
		}
	}
	return written, nil
}

// LearnHeard learns at now how often countries and tags are heard of, and returns
// all that are, with what operators know of them from now on: judge returns what of
// that changes, by name. While hardly any feed can be read, watching is false and
// nothing is concluded; nor is it of a time in which nobody called this. Called by
// several replicas it counts once.
func (b *Book) LearnHeard(ctx context.Context, now time.Time, watching bool, judge func([]news.Heard) map[string]news.Told) (all []news.Heard, err error) {
	err = b.db.Update(ctx, func(tx *sql.Tx) error {
		if err := b.db.Alone(ctx, tx, row.CoverageLock); err != nil {
			return err
		}
		last, _, err := row.First(ctx, tx, row.One[int64], `SELECT CAST(value AS BIGINT) FROM settings WHERE name = 'watched'`)
		if err != nil {
			return err
		}
		l := &listening{tx: tx, now: now, hole: now.Sub(row.UTC(last)) > watchHole}
		rest := !watching || !l.hole && now.Sub(row.UTC(last)) < lookPause
		if all, err = l.all(ctx, rest); err != nil || rest {
			return err
		}
		if all, err = l.tell(ctx, all, judge(all)); err != nil {
			return err
		}
		_, err = row.Exec(ctx, tx, `INSERT INTO settings (name, value) VALUES ('watched', $1)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, strconv.FormatInt(row.Millis(now), 10))
		return err
	})
	return all, b.db.Fail("look after countries and tags", err)
}

// A listening is a transaction in which it is learned what was heard.
type listening struct {
	tx   *sql.Tx
	now  time.Time
	hole bool // nobody watched until now
}

// A heardRow is a country or tag as it is stored.
type heardRow struct {
	news.Heard
	at      time.Time
	cadence cadence.Cadence
}

func scanHeard(rows *sql.Rows) (h heardRow, err error) {
	var at int64
	var body, told string
	if err := rows.Scan(&h.Name, &at, &body, &told); err != nil {
		return h, err
	}
	h.at = row.UTC(at)
	if err := row.Decode("cadence of "+h.Name, body, &h.cadence); err != nil {
		return h, err
	}
	return h, row.Decode("what is told of "+h.Name, told, &h.Told)
}

// all returns all countries and tags, after learning what was heard of them unless
// only asked to look.
func (l *listening) all(ctx context.Context, look bool) (all []news.Heard, err error) {
	rows, err := row.Collect(ctx, l.tx, scanHeard, `
		SELECT heard.name, heard.at, COALESCE(cadences.body, '{}'), COALESCE(cadences.told, '{}')
		FROM heard LEFT JOIN cadences ON cadences.name = heard.name ORDER BY heard.name`)
	for _, h := range rows {
		if err != nil {
			return nil, err
		}
		switch {
		case look:
		case l.now.Sub(h.at) > forgotten:
			err = l.forget(ctx, h.Name)
			continue
		default:
			err = l.learn(ctx, &h)
		}
		h.Silence = h.cadence.Silence()
		all = append(all, h.Heard)
	}
	return all, err
}

// learn learns what was heard of h since the last time.
func (l *listening) learn(ctx context.Context, h *heardRow) error {
	c, came := &h.cadence, []time.Time{h.at}
	switch {
	case c.Until.IsZero():
		c.Learn(l.now, l.now, came)
	case l.hole:
		c.Pause(l.now)
	case cadence.After(h.at, c.Last):
		c.Learn(time.Time{}, l.now, came)
	default:
		return nil
	}
	return putCadence(ctx, l.tx, h.Name, c)
}

// forget forgets a country or tag.
func (l *listening) forget(ctx context.Context, name string) error {
	if _, err := row.Exec(ctx, l.tx, `DELETE FROM cadences WHERE name = $1`, name); err != nil {
		return err
	}
	_, err := row.Exec(ctx, l.tx, `DELETE FROM heard WHERE name = $1`, name)
	return err
}

// tell stores what operators know of all from now on.
func (l *listening) tell(ctx context.Context, all []news.Heard, told map[string]news.Told) ([]news.Heard, error) {
	for i, h := range all {
		t, changed := told[h.Name]
		if !changed {
			continue
		}
		text, err := row.Encode(t)
		if err != nil {
			return nil, err
		}
		if _, err := row.Exec(ctx, l.tx, `UPDATE cadences SET told = $1 WHERE name = $2`, text, h.Name); err != nil {
			return nil, err
		}
		all[i].Told = t
	}
	return all, nil
}
