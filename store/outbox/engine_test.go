package outbox_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
	"github.com/coupwatch/coupwatch/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestPlaceholdersAppearInOrder(t *testing.T) { enginetest.CheckPlaceholders(t, 20) }

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

func due(t testing.TB, db *store.DB, now time.Time, channel string) []news.Alert {
	t.Helper()
	alerts, err := db.ClaimDue(t.Context(), now, channel, 10)
	if err != nil {
		t.Fatal(err)
	}
	return alerts
}
