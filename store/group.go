package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/store/pages"
)

// A pending reading waits to be ingested, or was. Those that wait together share a
// transaction; see [crowd.Group].
//
// Nobody else of this process ingests, and so decides, from when one has the turn
// until the decider was told what became of what it decided: it would do so by
// stories that may come to nothing. The lock of the database would not do, since
// that ends with the transaction, a moment before the decider is told. Other
// processes have deciders of their own.
type pending struct {
	ctx     context.Context
	reading news.Reading
	reports []news.Report
	decider news.Decider
	tally   news.Tally
}

// feed returns the URL of the feed that was read.
func (p *pending) feed() string { return p.reading.Feed.URL }

// ingestTogether ingests readings of different feeds in one transaction. If it
// fails nothing was stored, and the deciders forget what they decided.
func (db *DB) ingestTogether(all []*pending) error {
	return row.LockingMore(func(also []string) error { return db.ingestOnce(all, also) })
}

// ingestOnce is [DB.ingestTogether] with other feeds locked too.
func (db *DB) ingestOnce(all []*pending, also []string) error {
	ctx := all[0].ctx
	ins := make([]*ingestTx, len(all))
	stored := false
	defer func() { // also after a panic
		if !stored {
			db.forgetDecisions(ins)
		}
	}()
	var committed func()
	err := db.update(ctx, func(tx *sql.Tx) (err error) {
		for i, p := range all {
			ins[i] = newIngestTx(db, tx, p)
		}
		committed, err = db.ingestAll(ctx, tx, slices.Clone(ins), also)
		return err
	})
	if err != nil {
		return err
	}
	stored = true
	committed()
	for i, in := range ins {
		all[i].tally = in.tally
	}
	return nil
}

// ingestAll does each step for all readings before the next one, and locks
// their feeds and hosts in the order in which others do. It returns what to do when
// that is committed.
func (db *DB) ingestAll(ctx context.Context, tx *sql.Tx, ins []*ingestTx, also []string) (committed func(), err error) {
	slices.SortFunc(ins, func(a, b *ingestTx) int { return strings.Compare(a.reading.Feed.URL, b.reading.Feed.URL) })
	if err := lockAll(ctx, ins, also); err != nil {
		return nil, err
	}
	for _, step := range []func(*ingestTx, context.Context) error{(*ingestTx).putItems, (*ingestTx).learn} {
		if err := each(ctx, ins, step); err != nil {
			return nil, err
		}
	}
	if slices.ContainsFunc(ins, func(in *ingestTx) bool { return len(in.undecided) > 0 }) {
		if err := db.alone(ctx, tx, row.StoriesLock); err != nil {
			return nil, err
		}
	}
	if err := each(ctx, ins, (*ingestTx).decideAll); err != nil {
		return nil, err
	}
	if err := each(ctx, ins, (*ingestTx).putFeed); err != nil {
		return nil, err
	}
	if committed, err = db.putHeard(ctx, tx, ins); err != nil {
		return nil, err
	}
	for _, f := range freeings(ins) {
		if err := f.do(ctx); err != nil {
			return nil, err
		}
	}
	for _, in := range ins[1:] {
		ins[0].wanted.Add(in.wanted)
	}
	due, err := pages.Settle(ctx, tx, ins[0].reading.At, ins[0].wanted)
	ins[0].tally.Pages = due
	return committed, err
}

// lockAll locks the feeds of the readings of ins, and others, in their order.
func lockAll(ctx context.Context, ins []*ingestTx, also []string) error {
	locked, of := map[string]bool{}, map[string]*ingestTx{}
	for _, url := range also {
		locked[url] = true
	}
	for _, in := range ins {
		in.locked = locked
		locked[in.reading.Feed.URL], of[in.reading.Feed.URL] = true, in
	}
	for _, url := range slices.Sorted(maps.Keys(locked)) {
		err := error(nil)
		if in := of[url]; in != nil {
			err = in.lockFeed(ctx)
		} else {
			err = lockRow(ctx, ins[0].tx, url, ins[0].db.forUpdate)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// lockRow locks a feed, if it is known.
func lockRow(ctx context.Context, tx *sql.Tx, url, forUpdate string) error {
	_, err := row.Collect(ctx, tx, row.One[string], `SELECT url FROM feeds WHERE url = $1`+forUpdate, url)
	return err
}

// lockItems locks the feeds of all items of a story, without waiting: whoever has one of
// them may wait for the lock of the stories, which in has. It returns [row.Unlocked] if
// there are such.
func (in *ingestTx) lockItems(ctx context.Context, story string) error {
	feeds, err := row.Collect(ctx, in.tx, row.One[string], `SELECT DISTINCT feed FROM items WHERE story = $1 AND story <> '' ORDER BY feed`, story)
	if err != nil {
		return err
	}
	others, busy := slices.DeleteFunc(feeds, func(url string) bool { return in.locked[url] }), false
	for _, url := range others {
		got, err := row.Collect(ctx, in.tx, row.One[string], `SELECT url FROM feeds WHERE url = $1`+in.db.skipLocked, url)
		if err != nil {
			return err
		}
		busy = busy || len(got) == 0
	}
	if busy {
		return row.Unlocked(others)
	}
	for _, url := range others {
		in.locked[url] = true
	}
	return nil
}

func each(ctx context.Context, ins []*ingestTx, step func(*ingestTx, context.Context) error) error {
	for _, in := range ins {
		if err := step(in, ctx); err != nil {
			return err
		}
	}
	return nil
}

// forgetDecisions makes those who decided within a transaction that came to
// nothing forget all, and ask for all stories the next time.
func (db *DB) forgetDecisions(ins []*ingestTx) {
	for _, in := range ins {
		if in != nil && in.decided {
			in.decider.Reset()
			db.closed.Forget()
		}
	}
}
