package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/store/pages"
)

// A group lets readings that wait for the writer at the same time share one
// transaction: committing costs as much as storing a small reading, and feeds
// come in crowds. Whoever gets the turn ingests all that wait.
//
// Nobody else of this process ingests, and so decides, from when one has the turn
// until the decider was told what became of what it decided: it would do so by
// stories that may come to nothing. The lock of the database would not do, since
// that ends with the transaction, a moment before the decider is told. Other
// processes have deciders of their own.
type group struct {
	mu      sync.Mutex
	waiting []*pending
	turn    chan struct{} // holds one while somebody ingests
	crowded bool          // several waited the last time; who has the turn may look
}

// gathering is how long others are waited for while readings come in crowds.
const gathering = 10 * time.Millisecond

func newGroup() *group { return &group{turn: make(chan struct{}, 1)} }

// A pending reading waits to be ingested, or was.
type pending struct {
	ctx     context.Context
	reading news.Reading
	reports []news.Report
	decider news.Decider

	done  chan struct{} // closed when it was ingested, or is to be alone
	alone bool          // the transaction that it shared failed: it gets its own
	tally news.Tally
}

// ingest ingests p with whatever else waits, or alone if that fails: what is
// wrong with one reading costs the others nothing.
func (g *group) ingest(db *DB, p *pending) error {
	g.mu.Lock()
	g.waiting = append(g.waiting, p)
	g.mu.Unlock()
	for {
		select {
		case g.turn <- struct{}{}:
			g.ingestWaiting(db)
			<-g.turn
		case <-p.done:
			if !p.alone {
				return nil
			}
			g.turn <- struct{}{}
			defer func() { <-g.turn }()
			return db.ingestTogether(p.ctx, p)
		}
	}
}

// ingestWaiting ingests what waits. A reading that waits alone is left to who
// asked for it, and so is each if their transaction fails: an error is told to
// whom it concerns, and a panic is their own.
func (g *group) ingestWaiting(db *DB) {
	if g.crowded {
		<-time.After(gathering)
	}
	all := g.take()
	g.crowded = len(all) > 1
	alone := len(all) == 1 || len(all) > 1 && tryTogether(db, all) != nil
	for _, p := range all {
		p.alone = alone
		close(p.done)
	}
}

// tryTogether ingests all in one transaction. It returns a panic as an error.
func tryTogether(db *DB, all []*pending) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return db.ingestTogether(all[0].ctx, all...)
}

// take returns what waits, but of each feed one reading: a second one is to see
// what the first has stored.
func (g *group) take() (all []*pending) {
	g.mu.Lock()
	defer g.mu.Unlock()
	feeds := map[string]bool{}
	var rest []*pending
	for _, p := range g.waiting {
		if url := p.reading.Feed.URL; feeds[url] {
			rest = append(rest, p)
		} else {
			feeds[url] = true
			all = append(all, p)
		}
	}
	g.waiting = rest
	return all
}

// ingestTogether ingests readings of different feeds in one transaction. If it
// fails nothing was stored, and the deciders forget what they decided.
func (db *DB) ingestTogether(ctx context.Context, all ...*pending) error {
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
