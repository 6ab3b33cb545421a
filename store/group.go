package store

import (
	"context"
	"database/sql"
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
		committed, err = db.ingestAll(ctx, tx, slices.Clone(ins))
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
func (db *DB) ingestAll(ctx context.Context, tx *sql.Tx, ins []*ingestTx) (committed func(), err error) {
	slices.SortFunc(ins, func(a, b *ingestTx) int { return strings.Compare(a.reading.Feed.URL, b.reading.Feed.URL) })
	for _, step := range []func(*ingestTx, context.Context) error{(*ingestTx).lockFeed, (*ingestTx).putItems, (*ingestTx).learn} {
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
