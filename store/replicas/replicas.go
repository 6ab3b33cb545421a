// Package replicas tells which of the processes that share a database live. They
// watch each other by their beats: a count in the database that each raises every
// second, and dates by the time of the fleet. One that has not beaten for the time of
// silence is dead, and what it had claimed is free again. A lease has an end
// nevertheless, for the case that nobody is left who looks.
//
// The time of the fleet stands in the database too, so whoever has just started knows
// it. It passes with the clock of the server, but never by more than a step at a beat:
// it stands while nobody can beat, because the database is away or all are, and a clock
// that jumps moves it by a step at most. The clocks of replicas do not matter.
//
// It is a part of package store, whose database has its methods.
package replicas

import (
	"context"
	"database/sql"
	"os"
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
	lost   atomic.Int64 // of the database when what this one may not know of was last freed
}

// A Free ends what holder has claimed, in a transaction.
type Free func(ctx context.Context, tx *sql.Tx, holder string) error

// New returns the replicas of a database, whose schema is package store's. What a
// dead one had claimed is freed by free; unread frees of that what is to be read.
func New(db *engine.DB, free, unread Free) *Replicas {
	return &Replicas{db: db, free: free, unread: unread}
}

const (
	// silence is how long a replica that beats every second is not heard of before it is
	// dead, in the time of the fleet.
	silence = 11 * time.Second

	// step is by how much the time of the fleet passes at a beat at most.
	step = 3 * time.Second
)

// A replica is a process that shares the database.
type replica struct {
	id      string
	machine string
	process int
	beat    int64
	dated   int64         // the beat that was dated last
	at      time.Duration // when that was
}

// Beat says that this process lives, and frees what those had claimed that do
// not: it reports whether there were such. Call it every second. With SQLite it does
// nothing: the database belongs to one process.
func (r *Replicas) Beat(ctx context.Context) (freed bool, err error) {
	if r.db.Path != "" {
		return false, nil
	}
	now, err := r.beat(ctx)
	if err != nil {
		return false, r.db.Fail("tell other replicas that this one lives", err)
	}
	if freed, err = r.recover(ctx); err != nil {
		return false, r.db.Fail("free what this one may have claimed when the database broke off", err)
	}
	all, err := row.Collect(ctx, r.db.Reads, scanReplica, `SELECT id, machine, process, beat, dated, dated_at FROM replicas`)
	if err != nil {
		return freed, r.db.Fail("look for other replicas", err)
	}
	for _, other := range all {
		if other.id == r.db.Holder || !other.isDead(now) {
			continue
		}
		buried, err := r.bury(ctx, other, now)
		if freed = freed || buried; err != nil {
			return freed, r.db.Fail("take over what a dead replica had claimed", err)
		}
	}
	return freed, nil
}

// beat raises the beat of this process and returns the time of the fleet. That is one
// statement, and no transaction that could be left half-way: all others wait for its
// row.
func (r *Replicas) beat(ctx context.Context) (now time.Duration, err error) {
	const server = `CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)`
	at, _, err := row.First(ctx, r.db.Writes, row.One[int64], `
		WITH fleet AS (
			INSERT INTO fleet_time (id, at, server) VALUES (1, 0, `+server+`)
			ON CONFLICT (id) DO UPDATE SET
				at = fleet_time.at + LEAST(GREATEST(`+server+` - fleet_time.server, 0), $1),
				server = CASE WHEN `+server+` < fleet_time.server - $1 THEN `+server+` ELSE GREATEST(`+server+`, fleet_time.server) END
			RETURNING at
		)
		INSERT INTO replicas (id, machine, process, beat, dated, dated_at) SELECT $2, $3, CAST($4 AS BIGINT), 1, 1, at FROM fleet
		ON CONFLICT (id) DO UPDATE SET beat = replicas.beat + 1, dated = replicas.beat + 1, dated_at = excluded.dated_at
		RETURNING dated_at`, step.Milliseconds(), r.db.Holder, process.Machine(), os.Getpid())
	r.db.NoteWrite(err, false)
	return time.Duration(at) * time.Millisecond, err
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

// isDead reports whether r is dead at now, as far as can be seen.
func (r replica) isDead(now time.Duration) bool { return r.isGone() || now-r.at >= silence }

// isGone reports whether r is known to be dead because this machine no longer has
// such a process.
func (r replica) isGone() bool {
	return r.machine != "" && r.machine == process.Machine() && process.IsGone(r.process)
}

// bury frees what dead had claimed, and reports whether it did: the other may have
// beaten meanwhile, or somebody else have done that. One of an older coupwatch does not
// date its beats: that is done for it.
func (r *Replicas) bury(ctx context.Context, dead replica, now time.Duration) (buried bool, err error) {
	err = r.db.Update(ctx, func(tx *sql.Tx) error {
		if dead.beat != dead.dated && !dead.isGone() {
			_, err := row.Exec(ctx, tx, `UPDATE replicas SET dated = $1, dated_at = $2 WHERE id = $3`, dead.beat, now.Milliseconds(), dead.id)
			return err
		}
		n, err := row.Exec(ctx, tx, `DELETE FROM replicas WHERE id = $1 AND beat = $2`, dead.id, dead.beat)
		if err != nil || n == 0 {
			return err
		}
		buried = true
		return r.free(ctx, tx, dead.id)
	})
	return buried && err == nil, err
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
	var at int64
	err = rows.Scan(&r.id, &r.machine, &r.process, &r.beat, &r.dated, &at)
	r.at = time.Duration(at) * time.Millisecond
	return r, err
}
