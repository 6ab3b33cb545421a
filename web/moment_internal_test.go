package web

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// What many ask for at once is made once, for a moment, and be the first of them gone.
func TestMomentMakesOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m moment
		made := 0
		slowly := func(ctx context.Context) (any, error) {
			made++
			n := made
			<-time.After(time.Second)
			return n, ctx.Err()
		}
		ask := func(want int) {
			t.Helper()
			first, leave := context.WithCancel(t.Context())
			var readers sync.WaitGroup
			for i := range 10 {
				readers.Go(func() {
					ctx := t.Context()
					if i == 0 {
						ctx = first
					}
					if got, err := m.get(ctx, "a", slowly); err != nil || got != want {
						t.Errorf("%v, %v; want %d", got, err, want)
					}
				})
				synctest.Wait()
			}
			leave()
			readers.Wait()
		}
		ask(1)
		ask(1)
		<-time.After(aMoment)
		ask(2)
		<-time.After(2 * aMoment)
		synctest.Wait()
		if n, _ := m.size(); n != 0 {
			t.Errorf("%d are kept for ever", n)
		}
	})
}

// Errors are nobody else's, and however much is asked for, little is kept.
func TestMomentIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m moment
		if _, err := m.get(t.Context(), "a", func(context.Context) (any, error) { return nil, errors.New("down") }); err == nil {
			t.Error("no error")
		}
		for i := range 10 * mostMade {
			key := fmt.Sprint(i % (2 * mostMade))
			if got, err := m.get(t.Context(), key, func(context.Context) (any, error) { return key, nil }); err != nil || got != key {
				t.Errorf("%v, %v; want %s", got, err, key)
			}
		}
		if n, room := m.size(); n != mostMade || room > 4*mostMade {
			t.Errorf("%d are kept, in room for %d", n, room)
		}
		<-time.After(2 * aMoment)
		synctest.Wait()
	})
}

// size returns how much m keeps, and for how much it has room.
func (m *moment) size() (n, room int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.made), cap(m.made)
}
