package daemon

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
)

// A canary goes the whole way each day and reaches the operators alone; that one has
// not arrived, and where it is, is told, and that the next one has.
func TestCanary(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		plan := settings.Canary{Hour: 7, Minute: 30, Zone: time.UTC, Within: 10 * time.Minute}
		var canary *Canary
		deaf := false // no rule matches
		o := newOutlook(t, coverageRules, func(o *outlook, options *watcher.Options) {
			var err error
			if canary, err = NewCanary(plan, time.Now()); err != nil {
				t.Fatal(err)
			}
			canary.Watch(options)
			o.ops.Canary = canary
			rules := options.Rules
			options.Rules = func() watcher.Rules { return muffled{rules(), &deaf} }
		})
		never := time.Now().AddDate(9, 0, 0)
		o.answer = func(_ string, now time.Time) string { return halfHourly(now, never, 8, "Tea prices") }
		day := func(reads, sends bool) {
			t.Helper()
			for range 24 * 12 { // each five minutes
				if reads {
					if err := o.watch.Poll(t.Context()); err != nil {
						t.Fatal(err)
					}
					o.watch.Wait()
				}
				if sends {
					o.hear(t)
				}
				for range 2 { // as two replicas would
					if err := o.ops.Tell(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				<-time.After(5 * time.Minute)
			}
			o.hear(t)
		}
		day(true, true) // from midnight on
		o.expect(t, "on the first day", "Coupwatch canary of 1 January 2000: this is the daily test of coupwatch itself, and no news.")
		day(true, true)
		o.expect(t, "on the second", "Coupwatch canary of 2 January 2000")
		deaf = true
		day(true, true)
		o.expect(t, "when no rule matches", "The canary of 3 January 07:30 UTC has not arrived within 10 min: it was read, but no rule matched it")
		deaf = false
		day(true, true)
		o.expect(t, "when one does again", "Coupwatch canary of 4 January 2000", "It is well again: The canary of 3 January")
		day(false, true)
		o.expect(t, "when nothing is read", "The canary of 5 January 07:30 UTC has not arrived within 10 min: nothing reads the feeds that are due")
		day(true, true)
		o.expect(t, "when it is again", "Coupwatch canary of 5 January 2000", "It is well again: The canary of 5 January", "Coupwatch canary of 6 January 2000")
		day(true, false)
		o.expect(t, "when nothing is sent", "Coupwatch canary of 7 January 2000", "The canary of 7 January 07:30 UTC has not arrived within 10 min: it is owed to slack but was not sent; see coupwatch outbox.")

		stories, err := o.db.Stories(t.Context(), time.Now().AddDate(-1, 0, 0), time.Now().AddDate(1, 0, 0))
		if err != nil || len(stories) != 0 {
			t.Errorf("stories %+v, %v, want none of a canary", stories, err)
		}
		feeds, err := o.db.Feeds(t.Context())
		if err != nil || len(feeds) != 2 {
			t.Errorf("feeds %+v, %v, want those of the rules only", feeds, err)
		}
	})
}

// muffled are rules that match nothing while deaf is true.
type muffled struct {
	watcher.Rules
	deaf *bool
}

func (m muffled) Match(it news.Item) (news.Report, bool) {
	if *m.deaf {
		return news.Report{Item: it}, false
	}
	return m.Rules.Match(it)
}

// A canary that was planned after its hour is not missed before the next.
func TestCanaryPlannedLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		<-time.After(9 * time.Hour)
		var canary *Canary
		o := newOutlook(t, coverageRules, func(o *outlook, options *watcher.Options) {
			canary, _ = NewCanary(settings.Canary{Hour: 7, Zone: time.UTC, Within: time.Minute}, time.Now())
			canary.Watch(options)
			o.ops.Canary = canary
		})
		o.answer = func(string, time.Time) string { return "" }
		for range 20 {
			if err := o.ops.Tell(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := o.watch.Poll(t.Context()); err != nil {
				t.Fatal(err)
			}
			o.watch.Wait()
			<-time.After(time.Hour)
		}
		o.hear(t)
		o.expect(t, "before its hour")
	})
}
