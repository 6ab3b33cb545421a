package people_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

func TestPlaceholdersAppearInOrder(t *testing.T) { enginetest.CheckPlaceholders(t, 4) }

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// forEachEngine runs test with the location of a new, empty database of each
// engine.
func forEachEngine(t *testing.T, test func(t *testing.T, location string)) {
	t.Helper()
	enginetest.ForEach(t, test)
}

// open opens the whole database, as programs do: it has the schema.
func open(t testing.TB, location string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
