package schedule_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/schedule"
)

func TestParse(t *testing.T) {
	from := time.Date(2026, 3, 28, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		spec string
		next time.Time // zero for a mistake
		says string    // part of the error
	}{
		{"@every 5m", from.Add(5 * time.Minute), ""},
		{"@hourly", from.Add(time.Hour), ""},
		{"auto", from.Add(time.Hour), ""},
		{"auto 5m..3h", from.Add(3 * time.Hour), ""},
		{"auto  30s..90s ", from.Add(90 * time.Second), ""},
		{"@auto 2m..1h", time.Time{}, `did you mean "auto 2m..1h", without @?`},
		{"auto 5m", time.Time{}, `as in "auto 2m..1h"`},
		{"auto 2m-1h", time.Time{}, `as in "auto 2m..1h"`},
		{"auto 2m...1h", time.Time{}, `as in "auto 2m..1h"`},
		{"auto 2m..1d", time.Time{}, `"1d" is no length of time here; write hours, as in "auto 2m..24h"`},
		{"auto 1h..2m", time.Time{}, `did you mean "auto 2m..1h"?`},
		{"auto 1ms..2m", time.Time{}, "the shortest time between two readings is 1s"},
		{"automatic", time.Time{}, "is no schedule"},
		{"*/10 * * * *", from.Add(10 * time.Minute), ""},
		{"0 13 * * *", from.Add(time.Hour), ""}, // in UTC, wherever the machine is
		{"TZ=Europe/Kyiv 0 15 * * *", from.Add(time.Hour), ""},
		{"", time.Time{}, "write \"@every 5m\""},
		{"5m", time.Time{}, `is no schedule; did you mean "@every 5m"?`},
		{"every 10m", time.Time{}, `did you mean "@every 10m"?`},
		{"@Every 1h30m", time.Time{}, `did you mean "@every 1h30m"?`},
		{"5ms", time.Time{}, "is no schedule; write"},
		{"AUTO 2m..1h", time.Time{}, `is no schedule; did you mean "auto 2m..1h"?`},
		{"@every", time.Time{}, "is no schedule"},
		{"@every 0s", time.Time{}, "at least 1s"},
		{"75 * * * *", time.Time{}, `"75" is no minute: write a number from 0 to 59`},
		{"0 7,24 * * *", time.Time{}, `"24" is no hour: write a number from 0 to 23`},
		{"0 9-5 * * *", time.Time{}, `"9-5" runs backwards in the hour`},
		{"*/0 * * * *", time.Time{}, `the step "0" of the minute should be a number from 1 on`},
		{"* * 0 * *", time.Time{}, `"0" is no day of the month`},
		{"* * * * mon-fry", time.Time{}, `"fry" is no day of the week: write a number from 0 to 6, or sun to sat`},
		{"* * * * 7", time.Time{}, `"7" is no day of the week`},
		{"*/5 * * *", time.Time{}, "it has 4 fields and should have five"},
		{"0 0 7 * * *", time.Time{}, "it has 6 fields and should have five"},
		{"TZ=Kiew 0 7 * * *", time.Time{}, `there is no time zone "Kiew"`},
		{"TZ=", time.Time{}, `there is no time zone ""`},
		{"@every -5m", time.Time{}, "at least 1s"},
		{"@every 1ns", time.Time{}, "at least 1s"},
		{"@every soon", time.Time{}, "like 5m"},
		{"* * * *", time.Time{}, "is no schedule"},
		{"0 0 31 2 *", time.Time{}, "never comes"},
		{"TZ=UTC", time.Time{}, "is no schedule"}, // the parser panics here
		{"CRON_TZ=Nowhere/At_All 0 0 * * *", time.Time{}, "is no schedule"},
	}
	for _, tt := range tests {
		s, err := schedule.Parse(tt.spec)
		switch {
		case tt.next.IsZero() && (err == nil || !strings.Contains(err.Error(), tt.says)):
			t.Errorf("Parse(%q): error %v, want one that says %q", tt.spec, err, tt.says)
		case !tt.next.IsZero() && err != nil:
			t.Errorf("Parse(%q): %v", tt.spec, err)
		case err == nil:
			if got := s.Next(from); !got.Equal(tt.next) {
				t.Errorf("Parse(%q).Next = %v, want %v", tt.spec, got, tt.next)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"@every 5m", "0 0 * * *", "TZ=", "@", "CRON_TZ=UTC", "*/0 * * * *", "auto 2m..1h"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, spec string) {
		s, err := schedule.Parse(spec)
		if now := time.Now(); err == nil && !s.Next(now).After(now) {
			t.Errorf("%q: the next moment is not after this one", spec)
		}
	})
}

// Jobs are done at once and again and again; one that fails or panics harms
// neither itself nor the others, and one at work is not done a second time.
func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second+500*time.Millisecond)
		defer cancel()
		var good, bad, wild, slow, slowAtWork atomic.Int64
		err := schedule.Run(ctx, []schedule.Job{
			{Name: "good", Every: "@every 1s", Do: func(context.Context) error { good.Add(1); return nil }},
			{Name: "bad", Every: "@every 1s", Do: func(context.Context) error { bad.Add(1); return errors.New("no") }},
			{Name: "wild", Every: "@every 1s", Do: func(context.Context) error { wild.Add(1); panic("boo") }},
			{Name: "slow", Every: "@every 1s", Do: func(ctx context.Context) error {
				slow.Add(1)
				if slowAtWork.Add(1) > 1 {
					t.Error("slow is done twice at a time")
				}
				defer slowAtWork.Add(-1)
				<-ctx.Done()
				return nil
			}},
		}, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		for name, n := range map[string]int64{"good": good.Load(), "bad": bad.Load(), "wild": wild.Load()} {
			if n != 11 {
				t.Errorf("%s was done %d times in ten seconds, want 11", name, n)
			}
		}
		if slow.Load() != 1 || slowAtWork.Load() != 0 {
			t.Errorf("slow was done %d times and %d are left at work, want 1 and 0", slow.Load(), slowAtWork.Load())
		}
	})
}

func TestRunRefusesBadSpec(t *testing.T) {
	if err := schedule.Run(t.Context(), []schedule.Job{{Name: "x", Every: "often"}}, slog.New(slog.DiscardHandler)); err == nil {
		t.Error("got no error")
	}
}
