package store

import (
	"context"
	"database/sql"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// An asked mark says that all items that were read from a moment on were asked by
// some rules for what they all but matched: when they were read, or again since.
// Those that another program reads by other rules are not known to it; they count
// as they were asked.
type askedMark struct {
	Rules string // the version of the rules
	From  int64
}

// asked returns the mark, and its text as it is stored; "" if nothing was asked.
func asked(ctx context.Context, q row.Querier) (mark askedMark, text string, err error) {
	text, found, err := row.First(ctx, q, row.One[string], `SELECT value FROM settings WHERE name = 'asked'`)
	if err != nil || !found {
		return mark, "", err
	}
	return mark, text, row.Decode("setting asked", text, &mark)
}

// putAsked stores the mark unless another than was is stored by now; it reports
// whether it did.
func putAsked(ctx context.Context, q row.Querier, was string, mark askedMark) (bool, error) {
	text, err := row.Encode(mark)
	if err != nil {
		return false, err
	}
	n, err := row.Exec(ctx, q, `
		INSERT INTO settings (name, value) VALUES ('asked', $1)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE settings.value = $2`, text, was)
	return n == 1, err
}

// NearMisses returns what the rules of a version all but matched of the items
// first read from a moment on and before another, and since when all were asked:
// of those before, the caller must ask. It is from if all were, to if none were.
func (db *DB) NearMisses(ctx context.Context, rules string, from, to time.Time) (misses []news.NearMiss, since time.Time, err error) {
	mark, _, err := asked(ctx, db.reads)
	if err != nil || mark.Rules != rules || mark.From >= row.Millis(to) {
		return nil, to, db.fail("look for near misses", err)
	}
	since = latest(from, row.UTC(mark.From))
	misses, err = row.Collect(ctx, db.reads, scanNearMiss, `
		SELECT title, link, publisher, `+when+`, rule, missing, nearness
		FROM near_misses JOIN items ON items.id = near_misses.item
		WHERE read_at >= $1 AND read_at < $2
		ORDER BY read_at, item`, row.Millis(since), row.Millis(to))
	return misses, since, db.fail("look for near misses", err)
}

// nearest is how a nearness of 1 is stored.
const nearest = 1_000_000

func scanNearMiss(rows *sql.Rows) (m news.NearMiss, err error) {
	var at, nearness int64
	err = rows.Scan(&m.Title, &m.Link, &m.Publisher, &at, &m.Rule, &m.Missing, &nearness)
	m.At, m.Nearness = row.UTC(at), float64(nearness)/nearest
	return m, err
}

// putNearMiss stores what the item was found to have all but matched.
func putNearMiss(ctx context.Context, q row.Querier, item string, m news.NearMiss) error {
	_, err := row.Exec(ctx, q, `
		INSERT INTO near_misses (item, read_at, nearness, rule, missing)
		SELECT id, fetched_at, CAST($1 AS BIGINT), $2, $3 FROM items WHERE id = $4
		ON CONFLICT (item) DO UPDATE SET nearness = excluded.nearness, rule = excluded.rule, missing = excluded.missing`,
		int64(math.Round(m.Nearness*nearest)), m.Rule, m.Missing, item)
	return err
}

// putNearMisses stores the near misses among the reports, and returns those
// reports that are to be decided.
func (in *ingestTx) putNearMisses(ctx context.Context, reports []news.Report) (undecided []news.Report, err error) {
	for _, rep := range reports {
		if rep.Almost != nil {
			if err := putNearMiss(ctx, in.tx, rep.ID, *rep.Almost); err != nil {
				return nil, err
			}
			in.wanted.Report(rep, in.reading, false)
			if len(rep.Matches)+len(rep.Mentions) == 0 {
				continue
			}
		}
		undecided = append(undecided, rep)
	}
	return undecided, nil
}

// forgetNearMisses deletes the near misses of items.
func forgetNearMisses(ctx context.Context, q row.Querier, items []string) error {
	for some := range slices.Chunk(items, idsAtOnce) {
		if _, err := row.Exec(ctx, q, `DELETE FROM near_misses WHERE item IN `+row.List(1, len(some)), row.Anys(some)...); err != nil {
			return err
		}
	}
	return nil
}

// AskAgain asks some of the items first read at since or later that were read
// before the rules of a version were in use, the latest first, and remembers what
// those all but matched; all that are read from now on are asked by them as it is.
// It reports whether there may be more to ask. It may stop at any point and be
// done again, by several replicas at once.
func (db *DB) AskAgain(ctx context.Context, rules string, since, now time.Time, ask func(news.Item) (news.NearMiss, bool)) (more bool, err error) {
	mark, was, err := asked(ctx, db.reads)
	if err == nil && mark.Rules != rules {
		mark = askedMark{rules, row.Millis(now)}
	} else if err != nil || mark.From <= row.Millis(since) {
		return false, db.fail("look for near misses", err)
	}
	before := mark.From
	mark.From, more, err = row.First(ctx, db.reads, row.One[int64], `
		SELECT fetched_at FROM items WHERE fetched_at >= $1 AND fetched_at < $2
		ORDER BY fetched_at DESC LIMIT 1 OFFSET $3`, row.Millis(since), before, idsAtOnce-1)
	if err == nil && !more {
		mark.From = min(before, row.Millis(since))
	}
	if err == nil {
		err = db.askStretch(ctx, was, mark, before, ask)
	}
	return more, db.fail("ask items again", err)
}

// askStretch asks the items first read before a moment, as far back as mark
// says, and stores the mark with what was found, unless another did by now.
func (db *DB) askStretch(ctx context.Context, was string, mark askedMark, before int64, ask func(news.Item) (news.NearMiss, bool)) error {
	items, err := row.Collect(ctx, db.reads, scanItem, `
		SELECT `+itemColumns+` FROM items WHERE fetched_at >= $1 AND fetched_at < $2`, mark.From, before)
	if err != nil {
		return err
	}
	ids, near := make([]string, len(items)), map[string]news.NearMiss{}
	for i, it := range items {
		ids[i] = it.ID
		if m, found := ask(it); found {
			near[it.ID] = m
		}
	}
	return db.update(ctx, func(tx *sql.Tx) error {
		if stored, err := putAsked(ctx, tx, was, mark); err != nil || !stored {
			return err
		}
		if err := forgetNearMisses(ctx, tx, ids); err != nil {
			return err
		}
		for _, id := range slices.Sorted(maps.Keys(near)) {
			if err := putNearMiss(ctx, tx, id, near[id]); err != nil {
				return err
			}
		}
		return nil
	})
}
