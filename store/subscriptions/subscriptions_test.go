package subscriptions_test

import (
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/storetest"
	"github.com/coupwatch/coupwatch/store/subscriptions"
)

// A subscription is asked for, verified, renewed before its time is over, and so
// goes on without a gap.
func TestLife(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		names(t, db, hub, noon)
		s := dueOne(t, db, noon)
		if s.Feed != wire.URL || s.Hub != hub || len(s.ID) < 20 || len(s.Secret) < 40 || len(s.Secret) >= 200 || s.Ending {
			t.Errorf("the subscription is %+v", s)
		}
		check(t, db.NoteAccepted(t.Context(), s, noon.Add(5*time.Minute)))
		if p := push(t, db); p.On(noon) {
			t.Errorf("it counts as pushed before the hub asked back: %+v", p)
		}
		verify(t, db, s, noon.Add(time.Second), 4*time.Hour)
		if all := due(t, db, noon.Add(2*time.Hour)); len(all) > 0 {
			t.Errorf("two of four hours later %+v are due", all)
		}
		at := noon.Add(3 * time.Hour).Add(time.Second)
		again := dueOne(t, db, at)
		if again.ID != s.ID || again.Secret != s.Secret || again.Failures != 0 {
			t.Errorf("renewed as %+v, want as %+v", again, s)
		}
		verify(t, db, again, at, 4*time.Hour)
		check(t, db.NoteAccepted(t.Context(), again, at.Add(5*time.Minute))) // the hub asked back before it answered
		if p := push(t, db); !p.Since.Equal(noon.Add(time.Second)) || !p.Until.Equal(at.Add(4*time.Hour)) || p.Problem != "" {
			t.Errorf("push %+v, want since the beginning", p)
		}
		if all := due(t, db, at.Add(time.Hour)); len(all) > 0 {
			t.Errorf("%+v are due an hour after the renewal", all)
		}
	})
}

// Who dies after any line is followed by somebody who asks again; nobody else asks
// meanwhile.
func TestKilled(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		names(t, db, hub, noon)
		s := dueOne(t, db, noon) // and it died
		if all := due(t, db, noon.Add(time.Minute)); len(all) > 0 {
			t.Errorf("%+v were claimed twice", all)
		}
		at := noon.Add(2 * time.Minute)
		again := dueOne(t, db, at)
		if again.ID != s.ID || again.Failures != 0 {
			t.Errorf("claimed again as %+v", again)
		}
		// What the first, which only was slow, has to say comes too late.
		check(t, db.NoteRefused(t.Context(), s, "the hub is down", at.Add(time.Hour)))
		if p := push(t, db); p.Problem != "" {
			t.Errorf("push %+v, want no problem", p)
		}
		check(t, db.NoteRefused(t.Context(), again, "the hub is down", at.Add(time.Hour)))
		if p := push(t, db); p.Problem != "the hub is down" {
			t.Errorf("push %+v, want the problem", p)
		}
		third := dueOne(t, db, at.Add(time.Hour))
		if third.Failures != 1 || third.Problem != "the hub is down" {
			t.Errorf("the third time %+v, want one failure", third)
		}
	})
}

// A hub that took the request and never asks back is a failure, which is told.
func TestUnheard(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		names(t, db, hub, noon)
		check(t, db.NoteAccepted(t.Context(), dueOne(t, db, noon), noon.Add(5*time.Minute)))
		s := dueOne(t, db, noon.Add(5*time.Minute))
		if s.Failures != 1 || push(t, db).Problem != subscriptions.Unheard {
			t.Errorf("asked again as %+v, note %q", s, push(t, db).Problem)
		}
	})
}

// Only what was asked for is verified, ended and denied.
func TestOnlyWhatWasAskedFor(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		names(t, db, hub, noon)
		check(t, db.ArrangeSubscriptions(t.Context(), base, noon))
		s := dueOne(t, db, noon)
		for _, of := range []struct{ id, topic string }{{"other", hub.Topic}, {s.ID, "https://wire.example/other"}, {"", ""}} {
			verified, err := db.VerifySubscription(t.Context(), of.id, of.topic, noon, noon.Add(time.Hour), noon)
			check(t, err)
			ended, err := db.EndSubscription(t.Context(), of.id, of.topic)
			check(t, err)
			denied, err := db.DenySubscription(t.Context(), of.id, of.topic, "no", noon)
			check(t, err)
			if verified || ended || denied {
				t.Errorf("%+v: verified %v, ended %v, denied %v", of, verified, ended, denied)
			}
		}
		if ended, err := db.EndSubscription(t.Context(), s.ID, hub.Topic); err != nil || ended {
			t.Errorf("ended although nobody asked for it (%v)", err)
		}
		verify(t, db, s, noon, time.Hour)
		if denied, err := db.DenySubscription(t.Context(), s.ID, hub.Topic, "denied: no", noon.Add(time.Hour)); err != nil || !denied {
			t.Errorf("denied %v, %v", denied, err)
		}
		if p := push(t, db); p.On(noon) || p.Problem != "denied: no" {
			t.Errorf("push %+v after it was denied", p)
		}
	})
}

// A feed that leaves the rules, or names another hub, is unsubscribed from the old
// one, which is forgotten when it agrees, or when its time is over.
func TestEnding(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		names(t, db, hub, noon)
		s := dueOne(t, db, noon)
		verify(t, db, s, noon, 4*time.Hour)

		at := noon.Add(time.Minute)
		names(t, db, news.Hub{URL: "https://other.example/", Topic: hub.Topic}, at)
		all := due(t, db, at)
		if len(all) != 2 || all[0].Ending == all[1].Ending {
			t.Fatalf("with another hub %+v are due, want one that ends and one that begins", all)
		}
		if ok, err := db.VerifySubscription(t.Context(), s.ID, hub.Topic, at, at.Add(time.Hour), at); err != nil || ok {
			t.Errorf("what is to end was verified (%v)", err)
		}
		if ended, err := db.EndSubscription(t.Context(), s.ID, hub.Topic); err != nil || !ended {
			t.Errorf("ended %v, %v", ended, err)
		}
		if _, found, err := db.Subscription(t.Context(), s.ID); err != nil || found {
			t.Errorf("it is still there (%v)", err)
		}

		set(t, db) // no feed any more
		if all := due(t, db, at.Add(5*time.Minute)); len(all) > 0 {
			t.Errorf("without the feed %+v are due, which no hub agreed to", all)
		}
		for _, s := range all {
			if _, found, err := db.Subscription(t.Context(), s.ID); err != nil || found {
				t.Errorf("%+v is still there (%v)", s, err)
			}
		}
	})
}

// Several replicas subscribe once and ask once.
func TestReplicas(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		dbs := []*store.DB{storetest.Open(t, location), storetest.Open(t, location), storetest.Open(t, location)}
		names(t, dbs[0], hub, noon)
		var mu sync.Mutex
		var asked []news.Subscription
		var group sync.WaitGroup
		for _, db := range dbs {
			group.Go(func() {
				all := due(t, db, noon)
				mu.Lock()
				asked = append(asked, all...)
				mu.Unlock()
			})
		}
		group.Wait()
		if len(asked) != 1 {
			t.Errorf("asked for %d subscriptions, want one: %+v", len(asked), asked)
		}
	})
}

// Where hubs reach us is another address: they are asked again, but not at once
// after they were asked for the one before.
func TestAnotherAddress(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		names(t, db, hub, noon)
		verify(t, db, dueOne(t, db, noon), noon, 240*time.Hour)
		for _, tt := range []struct {
			at   time.Duration
			want int
		}{{30 * time.Minute, 0}, {2 * time.Hour, 1}, {2*time.Hour + time.Minute, 0}} {
			at := noon.Add(tt.at)
			check(t, db.ArrangeSubscriptions(t.Context(), "https://elsewhere.example", at))
			all, err := db.ClaimSubscriptions(t.Context(), "https://elsewhere.example", at, 10)
			if err != nil || len(all) != tt.want {
				t.Errorf("after %v: %+v, %v, want %d", tt.at, all, err, tt.want)
			}
		}
	})
}

// What is wrong with what a hub sent is told until it sends what is right.
func TestNoteSent(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		names(t, db, hub, noon)
		s := dueOne(t, db, noon)
		verify(t, db, s, noon, time.Hour)
		check(t, db.NoteSent(t.Context(), s.ID, "not signed", noon.Add(time.Second)))
		if p := push(t, db); p.Problem != "not signed" || !p.Last.IsZero() {
			t.Errorf("push %+v, want the problem", p)
		}
		check(t, db.NoteSent(t.Context(), s.ID, "", noon.Add(time.Minute)))
		if p := push(t, db); p.Problem != "" || !p.Last.Equal(noon.Add(time.Minute)) {
			t.Errorf("push %+v, want no problem", p)
		}
	})
}
