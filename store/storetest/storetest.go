//go:build unix

// Package storetest opens whole databases for tests: on both engines, and with the
// schema, which each test program makes once.
package storetest

import (
	"context"
	"testing"

	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

var mould = enginetest.Mould{Make: func(ctx context.Context, location string) error {
	db, err := store.Open(ctx, location)
	if err != nil {
		return err
	}
	return db.Close()
}}

// Main runs the tests of a package, for its TestMain; see [enginetest.Main].
func Main(m *testing.M) { enginetest.Main(m) }

// ForEach runs test with the location of a new database of each engine, in which
// nothing is stored, at the same time as others.
func ForEach(t *testing.T, test func(t *testing.T, location string)) {
	t.Helper()
	mould.ForEach(t, test)
}

// NewSQLite returns the location of such a database.
func NewSQLite(t testing.TB) string {
	t.Helper()
	return mould.NewSQLite(t)
}

// NewPostgres returns the location of such a database. It skips the test if there is no
// PostgreSQL, as [enginetest.NewPostgres] does.
func NewPostgres(t testing.TB) string {
	t.Helper()
	return mould.NewPostgres(t)
}

// Open opens a database until the test ends.
func Open(t testing.TB, location string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
