package store_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
	"github.com/coupwatch/coupwatch/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestPlaceholdersAppearInOrder(t *testing.T) { enginetest.CheckPlaceholders(t, 20) }

// forEachEngine runs test with the location of a new database of each engine.
func forEachEngine(t *testing.T, test func(t *testing.T, location string)) {
	t.Helper()
	t.Parallel() // it waits for databases most of the time
	storetest.ForEach(t, test)
}

func newSQLite(t testing.TB) string { return storetest.NewSQLite(t) }

func newPostgres(t testing.TB) string { return storetest.NewPostgres(t) }

func open(t testing.TB, location string) *store.DB {
	t.Helper()
	return storetest.Open(t, location)
}
