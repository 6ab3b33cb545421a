package daemon_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
)

// A heart counts its beats, of which the first ones fail.
type heart struct{ beats, fails atomic.Int64 }

func (h *heart) Beat(ctx context.Context) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if h.beats.Add(1) <= h.fails.Load() {
		return false, errors.New("the database is away")
	}
	return false, nil
}

// A process that ends finishes what is under way, such as an alert that is being
// sent, and is not dead meanwhile.
func TestBeatsGoOnUntilAllIsFinished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := new(heart)
		h.fails.Store(2)
		var said strings.Builder
		ctx, cancel := context.WithCancel(t.Context())
		stop := daemon.KeepBeating(ctx, h, slog.New(slog.NewTextHandler(&said, nil)))
		<-time.After(10 * time.Second)
		cancel()
		<-time.After(20 * time.Second)
		if n := h.beats.Load(); n < 29 {
			t.Errorf("%d beats in thirty seconds, the last twenty of them at the end of the program", n)
		}
		stop()
		n := h.beats.Load()
		<-time.After(time.Minute)
		if h.beats.Load() != n {
			t.Error("it beats after it was stopped")
		}
		if got := strings.Count(said.String(), "cannot see"); got != 1 {
			t.Errorf("a database that is away is told %d times:\n%s", got, said.String())
		}
	})
}
