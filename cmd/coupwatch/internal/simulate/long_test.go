package simulate

import (
	"bytes"
	"flag"
	"log/slog"
	"os"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/schedule"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/storetest"
)

var long = flag.Bool("long", false, "watch for a week, not for a night")

// deskRules are those of a desk that looks at a screen.
const deskRules = `
rules:
  - {id: coup, title: Coup, severity: high, match: coup OR mutiny OR mutinous OR переворот* OR мятеж* OR golpe OR motín OR mutinerie}
routes: [{to: console, severity: medium}]
operators: [console]
digest: {at: "08:00", timezone: UTC, to: console}
`

// A shift is a plant at work on a database, in a bubble.
type shift struct {
	world *World
	db    *store.DB
	plant *Plant
	told  bytes.Buffer // what people were told
	log   bytes.Buffer
}

func newShift(t *testing.T, location string, world *World, out func(time.Time) bool) *shift {
	t.Helper()
	rules, err := matcher.Parse("rules.yaml", []byte(deskRules))
	if err != nil {
		t.Fatal(err)
	}
	s := &shift{world: world}
	if s.db, err = store.Open(t.Context(), location); err != nil {
		t.Fatal(err)
	}
	s.plant = New(Options{
		World: world, Rules: matcher.Hold(rules), DB: s.db, Readers: 64, Out: out, Console: &s.told,
		Log: slog.New(slog.NewTextHandler(&s.log, nil)),
	})
	return s
}

// work lets it work for so long.
func (s *shift) work(t *testing.T, long time.Duration) {
	t.Helper()
	if err := s.plant.Run(t.Context(), long); err != nil {
		t.Fatal(err)
	}
}

// jobsOfRun returns the names of the jobs that the daemon does.
func jobsOfRun(t *testing.T) (names []string) {
	t.Helper()
	src, err := os.ReadFile("../../run.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`\{Name: "([^"]+)"`).FindAllSubmatch(src, -1) {
		names = append(names, string(m[1]))
	}
	if len(names) < 10 {
		t.Fatalf("run has %d jobs: nothing is tested", len(names))
	}
	return names
}

// In a week, or in a night without -long, each job is done as often as it should be,
// each day has its digest, nothing is lost, nothing is owed for long, and what the
// program has in use in the end is what it had after the first hours.
func TestAWeek(t *testing.T) {
	days, from, first, rest := 1, 23*time.Hour, 3*time.Hour, 7*time.Hour // from eleven in the evening until nine; a digest is due at 8
	if *long {
		days, from, first, rest = 8, 0, 9*time.Hour, 7*24*time.Hour
	}
	location := storetest.NewSQLite(t)
	synctest.Test(t, func(t *testing.T) {
		<-time.After(from) // a bubble begins at midnight
		s := newShift(t, location, NewWorld(12, "@every 30m"), nil)
		defer s.db.Close()
		s.work(t, first)
		goroutines := runtime.NumGoroutine()
		s.work(t, rest)
		if n := runtime.NumGoroutine(); n > goroutines+3 { // connections of the pool may come and go
			t.Errorf("%d goroutines, and %d before", n, goroutines)
		}
		apart := map[string]bool{"read pages": true, "ask hubs": true, "count rules": true} // two need a network, and one the page
		for _, name := range jobsOfRun(t) {
			if apart[name] {
				continue
			}
			job := s.plant.job(t, name)
			want := int64((from+first+rest)/job.every) - int64(from/job.every) // a daily one at midnight
			if did := job.did; did < want || did > want+2 && !job.woken {
				t.Errorf("%s was done %d times, want %d and once at each start", name, did, want)
			}
			t.Logf("%s: done %d times, due %d times", name, job.did, want)
		}
		g := s.plant.Gauges
		t.Logf("%d readings, %d items, %d of them matched, %d alerts, %d goroutines", g.readings.Load(), g.items.Load(), g.matched.Load(), g.alerts.Load(), runtime.NumGoroutine())
		if n := strings.Count(s.told.String(), "DAILY DIGEST"); n != days {
			t.Errorf("%d digests in %d mornings:\n%.3000s", n, days, s.told.String())
		}
		checkNothingLost(t, s.world, s.db, s.plant)
		s.checkNothingOwed(t)
		if bad := regexp.MustCompile(`(?m)^.*level=ERROR.*$`).FindAllString(s.log.String(), 3); len(bad) > 0 {
			t.Errorf("the log has errors:\n%s", strings.Join(bad, "\n"))
		}
	})
}

// A jobCount is how often a job was done.
type jobCount struct {
	did   int64
	every time.Duration
	woken bool // at other times too
}

func (pl *Plant) job(t *testing.T, name string) (c jobCount) {
	t.Helper()
	for _, job := range pl.jobs {
		if job.Name == name {
			when, err := schedule.Parse(job.Every)
			if err != nil {
				t.Fatal(err)
			}
			at := when.Next(time.Now())
			return jobCount{pl.Jobs[name].Load(), when.Next(at).Sub(at), job.Alarm != nil}
		}
	}
	t.Fatalf("run does the job %q, which the simulation does not know", name)
	return c
}

// checkNothingOwed fails if something should have been told that was not.
func (s *shift) checkNothingOwed(t *testing.T) {
	t.Helper()
	census, err := s.db.Census(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	due, err := s.db.NextDue(t.Context())
	if err != nil || !due.IsZero() && due.Before(time.Now().Add(-time.Minute)) {
		t.Errorf("owed: %v, since %v, %v", census.Owed, due, err)
	}
}

// skipShort skips a test with -short, as with the race detector, under which it takes ten
// seconds.
func skipShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("the same jobs work at once in a week")
	}
}

// When no name is found for a night, that is told once, and once that it is over;
// then all feeds are read within their interval, however often they failed.
func TestNamesAreGone(t *testing.T) {
	skipShort(t)
	t.Parallel()
	location := storetest.NewSQLite(t)
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		gone := func(now time.Time) bool { return now.Sub(began) > 2*time.Hour && now.Sub(began) < 12*time.Hour }
		s := newShift(t, location, NewWorld(30, "@every 15m"), gone)
		defer s.db.Close()
		s.work(t, 12*time.Hour+20*time.Minute)
		feeds, err := s.db.Feeds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range feeds {
			if f.LastGood.Before(began.Add(12 * time.Hour)) {
				t.Errorf("%s was not read again; it failed %d times and is due %v later", f.Name, f.Failures, time.Until(f.NextAt).Round(time.Minute))
			}
		}
		s.work(t, time.Hour)
		for _, line := range []string{"this network seems to be down", "feeds can be reached again"} { // on the console the log says it
			if n := strings.Count(s.log.String(), line); n != 1 {
				t.Errorf("%q is said %d times:\n%.3000s", line, n, s.log.String())
			}
		}
	})
}

// A clock that was hours ahead and is put right, and one that is put hours ahead, cost
// no more than an interval: what is due by the wrong time is not waited for.
func TestClockJumps(t *testing.T) {
	skipShort(t)
	t.Parallel()
	location := storetest.NewSQLite(t)
	var world World
	synctest.Test(t, func(t *testing.T) { // the clock is right, and then three hours pass in a moment
		w := NewWorld(30, "@every 15m")
		world = *w
		s := newShift(t, location, w, nil)
		defer s.db.Close()
		s.work(t, time.Hour)
		<-time.After(3 * time.Hour)
		began := time.Now()
		s.work(t, 20*time.Minute)
		s.checkRead(t, began, "three hours ahead")
		s.checkNothingOwed(t)
	})
	synctest.Test(t, func(t *testing.T) { // a bubble begins at the same moment: nearly four hours back
		<-time.After(30 * time.Minute)
		s := newShift(t, location, &world, nil)
		defer s.db.Close()
		began := time.Now()
		s.work(t, 20*time.Minute)
		s.checkRead(t, began, "four hours back")
		s.work(t, 5*time.Hour)
		checkNothingLost(t, s.world, s.db, s.plant)
		s.checkNothingOwed(t)
	})
}

// checkRead fails if there are feeds that were not read since a moment.
func (s *shift) checkRead(t *testing.T, since time.Time, when string) {
	t.Helper()
	feeds, err := s.db.Feeds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	late := 0
	for _, f := range feeds {
		if f.LastRead.Before(since) || f.LastRead.After(time.Now()) {
			if late++; late == 1 {
				t.Logf("%s was read last at %v, is due at %v, and it is %v", f.Name, f.LastRead, f.NextAt, time.Now())
			}
		}
	}
	if late > 0 {
		t.Errorf("the clock is put %s: %d of %d feeds are not read within an interval", when, late, len(feeds))
	}
}
