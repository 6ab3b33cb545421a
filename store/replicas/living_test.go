package replicas

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// Whoever beats is seen as soon as he does; who is silent is waited for as long as a
// living one may be.
func TestLiving(t *testing.T) {
	for name, tt := range map[string]struct {
		beatsAt time.Duration // 0 for never
		want    string
		after   time.Duration
	}{
		"beats soon": {2500 * time.Millisecond, "process 7 of another machine", 3 * time.Second},
		"beats late": {10 * time.Second, "process 7 of another machine", 10 * time.Second},
		"is dead":    {0, "", silence},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				s, err := look(t.Context(), func(context.Context) ([]replica, error) {
					r := replica{id: "a", machine: "elsewhere", process: 7, beat: 1}
					if tt.beatsAt > 0 && time.Since(began) >= tt.beatsAt {
						r.beat++
					}
					return []replica{r}, nil
				})
				if err != nil {
					t.Fatal(err)
				}
				if who, err := s.Living(t.Context()); err != nil || who != tt.want || time.Since(began) != tt.after {
					t.Errorf("%q, %v after %s, want %q after %s", who, err, time.Since(began), tt.want, tt.after)
				}
			})
		})
	}
}

// One that comes later is seen, though it was not there before.
func TestBeaten(t *testing.T) {
	var all []replica
	s, err := look(t.Context(), func(context.Context) ([]replica, error) { return all, nil })
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if who, err := s.Beaten(t.Context()); err != nil || (who == "") != (all == nil) {
			t.Errorf("of %v: %q, %v", all, who, err)
		}
		all = []replica{{id: "b", process: 8}}
	}
}
