package simulate

import (
	"flag"
	"fmt"
	"log/slog"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/storetest"
)

var (
	feeds    = flag.Int("feeds", 60, "how many feeds the simulated world has")
	hours    = flag.Duration("simulate", 40*time.Minute, "how long by its clock it is watched")
	every    = flag.String("every", "@every 15m", "the schedule of its feeds")
	readers  = flag.Int("readers", 64, "COUPWATCH_READERS")
	database = flag.String("engine", "both", "sqlite, postgres or both")
)

func TestMain(m *testing.M) { storetest.Main(m) }

// TestSimulate watches a world and says what that cost. Nothing may be lost on the
// way: each item that feeds carried until they were last read is stored.
func TestSimulate(t *testing.T) {
	t.Parallel()
	rules, err := matcher.Open("../../../../rules.yaml", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for _, location := range []struct {
		engine string
		make   func(testing.TB) string
	}{{"sqlite", storetest.NewSQLite}, {"postgres", storetest.NewPostgres}} {
		if *database != location.engine && *database != "both" {
			continue
		}
		t.Run(location.engine, func(t *testing.T) {
			at := location.make(t)
			synctest.Test(t, func(t *testing.T) { simulate(t, rules, at) })
		})
	}
}

func simulate(t *testing.T, rules *matcher.File, location string) {
	db, err := store.Open(t.Context(), location)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	world := NewWorld(*feeds, *every)
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	plant := New(Options{World: world, Rules: rules, DB: db, Readers: *readers, Log: log})
	worked, began := Worked(), machineTime()
	if err := plant.Run(t.Context(), *hours); err != nil {
		t.Fatal(err)
	}
	b := bill{plant: plant, hours: hours.Hours(), worked: Worked() - worked - plant.Gauges.pressTime.total(), took: machineTime() - began}
	b.store(t, db, location)
	t.Log(b.String())
	checkNothingLost(t, world, db, plant)
}

// checkNothingLost fails if an item is not stored that a feed had when it was read
// last.
func checkNothingLost(t *testing.T, w *World, db *store.DB, plant *Plant) {
	t.Helper()
	states, err := db.Feeds(t.Context())
	if err != nil || len(states) != len(w.Feeds) {
		t.Fatalf("%d feeds are stored of %d, %v", len(states), len(w.Feeds), err)
	}
	lost, read := 0, 0
	for _, f := range states {
		var host, number int
		if _, err := fmt.Sscanf(f.URL, "https://host%d.example/%d", &host, &number); err != nil {
			t.Fatal(err)
		}
		if f.LastGood.IsZero() {
			continue
		}
		read++
		lost += max(0, min(w.Items(number, f.LastGood), 1<<30)-f.Items)
	}
	if lost > 0 || plant.Gauges.unrecorded.Load() > 0 || read == 0 {
		t.Errorf("of %d feeds that were read %d items are missing; %d readings were not recorded", read, lost, plant.Gauges.unrecorded.Load())
	}
}
