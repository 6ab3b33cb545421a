package subscriptions_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
	"github.com/coupwatch/coupwatch/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestPlaceholdersAppearInOrder(t *testing.T) { enginetest.CheckPlaceholders(t, 10) }

var (
	noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	hub  = news.Hub{URL: "https://hub.example/", Topic: "https://wire.example/self"}
)

const base = "https://coupwatch.example"

var wire = news.Feed{URL: "https://wire.example/rss", Name: "Wire", Schedule: "@every 10m"}

// names records a reading in which the feed names a hub.
func names(t *testing.T, db *store.DB, hub news.Hub, at time.Time) {
	t.Helper()
	set(t, db, wire)
	if _, err := db.Ingest(t.Context(), news.Reading{Feed: wire, At: at, Hub: hub}, nil, nil); err != nil {
		t.Fatal(err)
	}
}

func set(t *testing.T, db *store.DB, feeds ...news.Feed) {
	t.Helper()
	if err := db.SetFeeds(t.Context(), feeds); err != nil {
		t.Fatal(err)
	}
}

// due arranges and claims.
func due(t *testing.T, db *store.DB, now time.Time) []news.Subscription {
	t.Helper()
	if err := db.ArrangeSubscriptions(t.Context(), base, now); err != nil {
		t.Fatal(err)
	}
	all, err := db.ClaimSubscriptions(t.Context(), base, now, 10)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// dueOne is due, which must be one.
func dueOne(t *testing.T, db *store.DB, now time.Time) news.Subscription {
	t.Helper()
	all := due(t, db, now)
	if len(all) != 1 {
		t.Fatalf("%d subscriptions are due at %v, want one", len(all), now)
	}
	return all[0]
}

func push(t *testing.T, db *store.DB) news.Push {
	t.Helper()
	all, err := db.Pushes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all[wire.URL]
}

func verify(t *testing.T, db *store.DB, s news.Subscription, now time.Time, promised time.Duration) {
	t.Helper()
	ok, err := db.VerifySubscription(t.Context(), s.ID, hub.Topic, now, now.Add(promised), now.Add(promised*3/4))
	if err != nil || !ok {
		t.Fatalf("verified %v, %v", ok, err)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
