// Package replicas tells which of the processes that share a database live. They
// watch each other by their beats: a count in the database that each raises every
// few seconds. One whose beat stands still for the time of silence, by the clock of
// who looks, is dead, and what it had claimed is free again. No two clocks are
// compared, so it does not matter that one is wrong. A lease has an end nevertheless,
// for the case that nobody is left who looks.
//
// It is a part of package store, whose database has its methods.
package replicas

import (
	"context"
	"database/sql"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/process"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// Replicas are the processes that share a database, as this one sees them. They are
// safe for concurrent use; make them with [New].
type Replicas struct {
	db     *engine.DB
	free   Free
	unread Free
	pulses pulses
	lost   atomic.Int64 // of the database when what this one may not know of was last freed
}

// A Free ends what holder has claimed, in a transaction.
type Free func(ctx context.Context, tx *sql.Tx, holder string) error

// New returns the replicas of a database, whose schema is package store's. What a
// dead one had claimed is freed by free; unread frees of that what is to be read.
func New(db *engine.DB, free, unread Free) *Replicas {
	return &Replicas{db: db, free: free, unread: unread}
}

// silence is how long the beat of a replica stands still before it is dead. A
// replica beats every three seconds.
const silence = 11 * time.Second

// pulses are the beats of other replicas as this one saw them. The zero value has
// seen none.
type pulses struct {
	mu     sync.Mutex
	looked time.Time // when all were last seen
	beats  map[string]pulse
}

// A pulse is the beat of a replica, and since when it stands so.
type pulse struct {
	beat  int64
	since time.Time
}

// A replica is a process that shares the database.
type replica struct {
	id      string
	machine string
	process int
	beat    int64
}

// Beat says that this process lives, and frees what those had claimed that do
// not: it reports whether there were such. Call it every three seconds. With
// SQLite it does nothing: the database belongs to one process.
func (r *Replicas) Beat(ctx context.Context, now time.Time) (freed bool, err error) {
	if r.db.Path != "" {
		return false, nil
	}
	err = r.db.Update(ctx, func(tx *sql.Tx) error {
		_, err := row.Exec(ctx, tx, `
			INSERT INTO replicas (id, machine, process, beat) VALUES ($1, $2, $3, 1)
			ON CONFLICT (id) DO UPDATE SET beat = replicas.beat + 1`, r.db.Holder, process.Machine(), os.Getpid())
		return err
	})
	if err != nil {
		return false, r.db.Fail("tell other replicas that this one lives", err)
	}
	if freed, err = r.recover(ctx); err != nil {
		return false, r.db.Fail("free what this one may have claimed when the database broke off", err)
	}
	all, err := row.Collect(ctx, r.db.Reads, scanReplica, `SELECT id, machine, process, beat FROM replicas`)
	if err != nil {
		return freed, r.db.Fail("look for other replicas", err)
	}
	for _, dead := range r.pulses.dead(all, r.db.Holder, now) {
		if err := r.bury(ctx, dead); err != nil {
			return freed, r.db.Fail("take over what a dead replica had claimed", err)
		}
		freed = true
	}
	return freed, nil
}

// recover frees what this process has claimed to read, if the database broke off
// since it was last called: what was read then could not be recorded, and what was
// claimed in that moment nobody reads. What it is reading may be read twice by that,
// and is recorded once. What it was sending stays claimed: it knows what it has sent.
func (r *Replicas) recover(ctx context.Context) (freed bool, err error) {
	lost, before := r.db.Lost(), r.lost.Load()
	if lost == before {
		return false, nil
	}
	err = r.db.Update(ctx, func(tx *sql.Tx) error { return r.unread(ctx, tx, r.db.Holder) })
	if err == nil {
		r.lost.Store(lost)
	}
	return err == nil, err
}

// dead returns those of all that are dead at now, but for the one called own.
func (p *pulses) dead(all []replica, own string, now time.Time) (dead []replica) {
	p.mu.Lock()
	defer p.mu.Unlock()
	before := p.beats
	if now.Sub(p.looked) > silence/2 {
		before = nil // this one slept, or the database did: nobody could be seen to beat
	}
	p.looked, p.beats = now, make(map[string]pulse, len(all))
	for _, r := range all {
		seen := pulse{r.beat, now}
		if old, found := before[r.id]; found && old.beat == r.beat {
			seen.since = old.since
		}
		p.beats[r.id] = seen
		if r.id != own && (now.Sub(seen.since) >= silence || r.isGone()) {
			dead = append(dead, r)
		}
	}
	return dead
}

// isGone reports whether r is known to be dead because this machine no longer has
// such a process.
func (r replica) isGone() bool {
	return r.machine != "" && r.machine == process.Machine() && process.IsGone(r.process)
}

// bury frees what dead had claimed, unless it has beaten meanwhile or somebody else
// did that.
func (r *Replicas) bury(ctx context.Context, dead replica) error {
	return r.db.Update(ctx, func(tx *sql.Tx) error {
		n, err := row.Exec(ctx, tx, `DELETE FROM replicas WHERE id = $1 AND beat = $2`, dead.id, dead.beat)
		if err != nil || n == 0 {
			return err
		}
		return r.free(ctx, tx, dead.id)
	})
}

// Leave frees what this process had claimed, now that it ends. Where that fails the
// others do it later.
func (r *Replicas) Leave(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = r.db.Update(ctx, func(tx *sql.Tx) error {
		if _, err := row.Exec(ctx, tx, `DELETE FROM replicas WHERE id = $1`, r.db.Holder); err != nil {
			return err
		}
		return r.free(ctx, tx, r.db.Holder)
	})
}

func scanReplica(rows *sql.Rows) (r replica, err error) {
	err = rows.Scan(&r.id, &r.machine, &r.process, &r.beat)
	return r, err
}
