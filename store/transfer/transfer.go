// Package transfer brings all that a database remembers into another one, of SQLite
// or PostgreSQL, and compares the two. It is a part of package store, of whose schema
// it knows nothing but what the catalogues of both say: a table that a migration adds
// is brought along.
//
// The source is read only. What is brought is written in parts, each in a
// transaction with the mark of how far it is, so that a transfer that is killed goes
// on where it was. Until all is there and found the same, no coupwatch opens the
// target; see [engine.Unfinished].
package transfer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/replicas"
)

// A Move is what is to be brought where. It is used once.
type Move struct {
	From, To string // locations, as store.Open takes them

	// Make makes the schema of an empty database, as store.Open does.
	Make func(ctx context.Context, location string) error

	// Watch is told what is done with how many rows, and returns what counts them
	// and what ends the telling. It may be nil.
	Watch func(done string, rows int64) (count func(n int64), stop func())

	source, target *engine.DB
	sights         []replicas.Sight // of both, as they were at the beginning
	tables         []engine.Table   // those before that others refer to
}

// An Outcome is what was brought.
type Outcome struct {
	From, To string // names for people, without passwords
	Resumed  bool   // an earlier transfer had brought a part
	Tables   []Sum  // by name; both databases have the same
}

// A Sum is what there is in a table: how many rows, and a checksum of them in
// whatever order.
type Sum struct {
	Table    string
	Rows     int64
	Checksum string
}

// Run brings everything, compares it, and returns what there is now on both sides.
// It refuses a source or target that a daemon uses, and a target that holds
// anything but what an earlier Run brought from the same source. Where it fails or
// is killed it may be run again.
func (m *Move) Run(ctx context.Context) (o Outcome, err error) {
	if m.source, err = connect(m.From); err != nil {
		return o, err
	}
	defer func() { err = errors.Join(err, m.source.Close()) }()
	if m.target, err = engine.Connect(m.To); err != nil {
		return o, err
	}
	defer func() { err = errors.Join(err, m.target.Close()) }()
	o.From, o.To = m.source.Name, m.target.Name
	for _, db := range []*engine.DB{m.source, m.target} {
		release, sight, err := alone(ctx, db)
		if err != nil {
			return o, err
		}
		defer release()
		m.sights = append(m.sights, sight)
	}
	if o.Resumed, err = m.prepare(ctx); err != nil {
		return o, m.target.Fail("make ready "+m.target.Name, err)
	}
	if err := m.copyAll(ctx); err != nil {
		return o, m.target.Fail("bring "+m.source.Name+" to "+m.target.Name, err)
	}
	if o.Tables, err = m.compareAll(ctx); err != nil {
		return o, m.target.Fail("compare "+m.source.Name+" with "+m.target.Name, err)
	}
	slices.SortFunc(o.Tables, func(a, b Sum) int { return strings.Compare(a.Table, b.Table) })
	return o, m.target.Fail("finish "+m.target.Name, m.finish(ctx))
}

// connect returns the database at location, which has to be there.
func connect(location string) (*engine.DB, error) {
	db, err := engine.Connect(location)
	if err != nil {
		return nil, err
	}
	if db.Path != "" {
		if _, err := os.Stat(db.Path); errors.Is(err, fs.ErrNotExist) {
			return nil, errors.Join(fmt.Errorf("there is no database %s", db.Path), db.Close())
		}
	}
	return db, nil
}

// alone keeps daemons off a SQLite database, and says if one uses the database. The
// sight says later whether one has begun to.
func alone(ctx context.Context, db *engine.DB) (release func(), s replicas.Sight, err error) {
	if db.Path != "" {
		release, err = db.Own()
		return release, s, err
	}
	release = func() {}
	tables, err := db.Tables(ctx)
	if err != nil || !has(tables, "replicas") {
		return release, s, db.Fail("look at "+db.Name, err)
	}
	if s, err = replicas.Look(ctx, db); err != nil {
		return release, s, db.Fail("look at "+db.Name, err)
	}
	who, err := s.Living(ctx)
	if err == nil && who != "" {
		err = fmt.Errorf("%s is in use by coupwatch (%s); stop that first", db.Name, who)
	}
	return release, s, err
}

// watch tells of so many rows.
func (m *Move) watch(done string, rows int64) (count func(n int64), stop func()) {
	if m.Watch == nil {
		return func(int64) {}, func() {}
	}
	return m.Watch(done, rows)
}
