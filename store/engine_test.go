package store_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

func TestPlaceholdersAppearInOrder(t *testing.T) { enginetest.CheckPlaceholders(t, 20) }

// forEachEngine runs test with the location of a new, empty database of each
// engine.
func forEachEngine(t *testing.T, test func(t *testing.T, location string)) {
	t.Helper()
	enginetest.ForEach(t, test)
}

func newSQLite(t testing.TB) string { return enginetest.NewSQLite(t) }

func newPostgres(t testing.TB) string { return enginetest.NewPostgres(t) }

func open(t testing.TB, location string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
