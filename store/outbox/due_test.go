package outbox_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/storetest"
)

// tell returns an alert about a story over slack, due some minutes after noon.
func tell(story string, kind news.Kind, id string, minutes int) news.Alert {
	return news.Alert{ID: id, Channel: "slack", Kind: kind, Story: news.Story{ID: story}, DueAt: noon.Add(time.Duration(minutes) * time.Minute)}
}

// An outboxTest runs steps on an outbox, all some minutes after noon.
type outboxTest struct {
	*testing.T
	db *store.DB
}

func (o outboxTest) at(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }

func (o outboxTest) must(errs ...error) {
	o.Helper()
	for _, err := range errs {
		if err != nil {
			o.Fatal(err)
		}
	}
}

// due claims what is due and returns it; want are the ids.
func (o outboxTest) due(minutes int, want ...string) []news.Alert {
	o.Helper()
	channels, err := o.db.ChannelsDue(o.Context(), o.at(minutes))
	o.must(err)
	if slices.Contains(channels, "slack") != (len(want) > 0) {
		o.Errorf("after %d minutes channels %q, want slack among them: %v", minutes, channels, len(want) > 0)
	}
	got := due(o.T, o.db, o.at(minutes), "slack")
	if !slices.Equal(ids(got), want) {
		o.Errorf("due after %d minutes: %q, want %q", minutes, ids(got), want)
	}
	return got
}

func (o outboxTest) sent(minutes int, id, receipt string) {
	o.Helper()
	o.must(o.db.Sent(o.Context(), id, receipt, o.at(minutes)))
}

func (o outboxTest) retry(minutes int, id string) {
	o.Helper()
	o.must(o.db.Retry(o.Context(), id, o.at(minutes), "busy"))
}

func (o outboxTest) failed(minutes int, id string) {
	o.Helper()
	o.must(o.db.Failed(o.Context(), id, "no such channel", o.at(minutes)))
}

func forEachOutbox(t *testing.T, test func(o outboxTest)) {
	t.Helper()
	storetest.ForEach(t, func(t *testing.T, location string) { test(outboxTest{t, storetest.Open(t, location)}) })
}

// Alerts of one story go out one after the other over a channel, and those of
// others do not wait for them.
func TestOrderWithinAStory(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		elsewhere := tell("a", news.New, "a/console", 0)
		elsewhere.Channel = "console"
		queue(o.T, o.db, elsewhere, tell("a", news.New, "a/new", 0), tell("a", news.Update, "a/update", 1),
			tell("a", news.Escalation, "a/escalation", 1), tell("b", news.New, "b/new", 2), tell("", news.Notice, "notice", 0), tell("", news.Notice, "notice 2", 0))
		o.due(0, "a/new", "notice", "notice 2")
		o.due(1) // the first is being sent
		o.retry(9, "a/new")
		o.sent(1, "notice", "")
		o.due(2, "notice 2", "b/new") // nobody said what became of the notice
		o.sent(2, "notice 2", "")
		o.sent(2, "b/new", "")
		o.due(9, "a/new")
		o.sent(9, "a/new", "")
		o.due(9, "a/escalation")
		o.failed(9, "a/escalation")
		o.due(9, "a/update")
		o.sent(9, "a/update", "")
		o.due(9)
	})
}

// What was given up holds nobody up, until somebody wants it sent after all.
func TestRetriedAlertGoesFirstAgain(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		queue(o.T, o.db, tell("a", news.New, "a/1", 0), tell("a", news.Update, "a/2", 1), tell("a", news.Update, "a/3", 2))
		o.due(0, "a/1")
		o.failed(0, "a/1")
		if got := o.due(2, "a/2"); got[0].Thread != "" {
			o.Errorf("thread %q of a message that was never sent", got[0].Thread)
		}
		o.retry(2, "a/2")
		_, err := o.db.RetryAlert(o.Context(), "a/1", o.at(3))
		o.must(err)
		got := o.due(3, "a/1")
		if got[0].Attempts != 1 || got[0].Problem != "" || !got[0].DueAt.Equal(noon) {
			o.Errorf("retried alert %+v, want its first attempt, with no problem, owed since noon", got[0])
		}
		o.sent(3, "a/1", "x:1")
		if got := o.due(3, "a/2"); got[0].Thread != "x:1" {
			o.Errorf("thread %q, want x:1", got[0].Thread)
		}
	})
}

func TestThreads(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		mail := tell("a", news.New, "a/mail", 0)
		mail.Channel = "email:desk@example.org"
		queue(o.T, o.db, mail, tell("a", news.New, "a/new", 0), tell("a", news.Escalation, "a/up", 1), tell("a", news.Update, "a/update", 2),
			tell("a", news.Refresh, "a/refresh", 3), tell("b", news.Update, "b/update", 3), tell("", news.Notice, "notice", 3))
		o.sent(0, "a/mail", "mail:1") // over another channel
		if got := o.due(0, "a/new"); got[0].Thread != "" {
			o.Errorf("thread of the first message %q, want none", got[0].Thread)
		}
		o.sent(0, "a/new", "x:1")
		for _, next := range []string{"a/up", "a/update"} {
			if got := o.due(2, next); got[0].Thread != "x:1" {
				o.Errorf("thread of %s %q, want x:1", next, got[0].Thread)
			}
			o.sent(2, next, "x:2")
		}
		got := o.due(3, "a/refresh", "b/update", "notice")
		o.sent(3, "b/update", "x:3")
		queue(o.T, o.db, tell("b", news.Update, "b/update 2", 4))
		if got := o.due(4, "b/update 2"); got[0].Thread != "" {
			o.Errorf("thread %q, want none: nobody was told the story", got[0].Thread)
		}
		if threads := []string{got[0].Thread, got[1].Thread, got[2].Thread}; !slices.Equal(threads, []string{"x:1", "", ""}) {
			o.Errorf("threads %q, want that of the story that was told only", threads)
		}
	})
}

// An attempt that came to no known end may have been one that worked, however
// many fail after it.
func TestDoubt(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		queue(o.T, o.db, tell("a", news.New, "a", 0))
		expect := func(minutes int, want bool) {
			o.Helper()
			if got := o.due(minutes, "a"); got[0].OutcomeUnknown != want {
				o.Errorf("doubt after %d minutes is %v, want %v", minutes, got[0].OutcomeUnknown, want)
			}
		}
		expect(0, false)
		o.retry(1, "a")
		expect(1, false) // an attempt that failed for certain
		expect(3, true)  // who made it has died
		o.retry(4, "a")
		expect(4, true)
		o.failed(4, "a")
		_, err := o.db.RetryAlert(o.Context(), "a", o.at(5))
		o.must(err)
		expect(5, true)
		o.sent(5, "a", "")
		if out, err := o.db.Outbox(o.Context(), 1); err != nil || out[0].OutcomeUnknown || out[0].State() != "sent" {
			o.Errorf("outbox %+v, %v, want it sent without a doubt", out, err)
		}
	})
}

func TestDoubtOutlivesTheDaemon(t *testing.T) {
	file := filepath.Join(t.TempDir(), "t.db")
	o := outboxTest{t, storetest.Open(t, file)}
	queue(t, o.db, tell("a", news.New, "a", 0), tell("b", news.New, "b", 0), tell("c", news.New, "c", 0))
	o.due(0, "a", "b", "c")
	o.sent(0, "b", "")
	o.retry(1, "c")
	o.must(o.db.Close())
	o.db = storetest.Open(t, file)
	release, err := o.db.Own(t.Context())
	o.must(err)
	defer release()
	if got := o.due(1, "a", "c"); !got[0].OutcomeUnknown || got[1].OutcomeUnknown {
		t.Errorf("doubts %v and %v, want of the one that was being sent only", got[0].OutcomeUnknown, got[1].OutcomeUnknown)
	}
}

// A pause holds for all replicas and over a restart.
func TestPause(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		o := outboxTest{t, storetest.Open(t, location)}
		queue(t, o.db, tell("a", news.New, "a", 0), alert("console", "b", 0))
		pause := func(minutes int) { t.Helper(); o.must(o.db.Pause(t.Context(), "slack", o.at(minutes))) }
		pause(10)
		o.db = storetest.Open(t, location)
		o.due(9)
		if channels, err := o.db.ChannelsDue(t.Context(), o.at(9)); err != nil || !slices.Equal(channels, []string{"console"}) {
			t.Errorf("channels %q, %v, want the one that is not paused", channels, err)
		}
		pause(20)
		o.due(19)
		pause(15) // the last word counts
		o.due(15, "a")
	})
}

func updates(ids ...string) (all []news.Development) {
	for _, id := range ids {
		all = append(all, news.Development{ID: id, Title: "Development " + id})
	}
	return all
}

func updateIDs(a news.Alert) []string {
	all := []string{}
	for _, u := range a.Updates {
		all = append(all, u.ID)
	}
	return all
}

// The updates of a span of time become one alert, the latest state of which
// counts until it is attempted; what comes after that is not lost.
func TestUpdatesAreGathered(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		put := func(want bool, ids ...string) {
			o.Helper()
			a := tell("a", news.Update, "a/update-7", 5)
			a.Updates, a.Story.Reports = updates(ids...), len(ids)
			if queued, err := o.db.Queue(o.Context(), a); err != nil || queued != want {
				o.Errorf("queue %q: %v, %v, want %v", ids, queued, err, want)
			}
		}
		expect := func(minutes int, id string, want ...string) {
			o.Helper()
			if got := updateIDs(o.due(minutes, id)[0]); !slices.Equal(got, want) {
				o.Errorf("%s has updates %q, want %q", id, got, want)
			}
		}
		put(true, "1")
		put(false, "1", "2")
		expect(5, "a/update-7", "1", "2")
		put(false, "1", "2") // again
		put(true, "1", "2", "3")
		put(false, "1", "2", "3", "4")
		o.due(5) // the first is being sent
		o.sent(5, "a/update-7", "")
		expect(5, "a/update-7-late", "3", "4")
		put(true, "1", "2", "3", "4", "5") // later than late
		o.failed(6, "a/update-7-late")
		expect(6, "a/update-7-late-late", "5")
		o.sent(6, "a/update-7-late-late", "")
		put(false, "1", "2", "3", "4", "5")
		o.due(9)
	})
}

// Of the refreshes of a message only the last matters.
func TestRefreshes(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		put := func(want bool, span, minutes, reports int) {
			o.Helper()
			a := tell("a", news.Refresh, fmt.Sprint("a/refresh-", span), minutes)
			a.Story.Reports = reports
			if queued, err := o.db.Queue(o.Context(), a); err != nil || queued != want {
				o.Errorf("queue refresh %d: %v, %v, want %v", span, queued, err, want)
			}
		}
		expect := func(minutes int, id string, reports int) {
			o.Helper()
			if got := o.due(minutes, id)[0]; got.Story.Reports != reports {
				o.Errorf("%s tells of %d reports, want %d", id, got.Story.Reports, reports)
			}
		}
		other := tell("b", news.Refresh, "b/refresh-1", 60)
		queue(o.T, o.db, other)
		put(true, 1, 10, 2)
		put(false, 1, 10, 3)
		put(true, 2, 20, 4)
		expect(10, "a/refresh-2", 4) // due when the one was in whose place it came
		put(true, 2, 20, 5)
		o.sent(10, "a/refresh-2", "x:1")
		put(true, 3, 30, 6)
		expect(20, "a/refresh-3", 6) // in the place of the one that was late
		o.sent(30, "a/refresh-3", "x:1")
		o.due(59)
		o.due(60, "b/refresh-1")
	})
}

// Nobody reads what package story remembers by.
func TestAlertsAreShort(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		a := tell("a", news.New, "a", 0)
		a.Story.Gists = []news.Gist{{Item: "i"}}
		queue(o.T, o.db, a)
		a.Story.Gists, a.Attempts = nil, 1
		if diff := cmp.Diff([]news.Alert{a}, o.due(0, "a")); diff != "" {
			o.Errorf("alert (-want +got):\n%s", diff)
		}
	})
}

// Replicas keep the order of a story together.
func TestReplicasKeepTheOrder(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		const stories, each = 8, 5
		db := storetest.Open(t, location)
		for i := range stories * each {
			story := fmt.Sprint(i % stories)
			queue(t, db, tell(story, news.Update, fmt.Sprint(story, "/", i/stories), i/stories))
		}
		var mu sync.Mutex
		sent := map[string]string{} // by story
		count := 0
		var group sync.WaitGroup
		for range 4 {
			db := storetest.Open(t, location)
			group.Go(func() {
				for {
					mine, err := db.ClaimDue(t.Context(), noon.Add(time.Hour), "slack", 3)
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					for _, a := range mine {
						sent[a.Story.ID] += a.ID[len(a.ID)-1:]
						count++
					}
					done := count == stories*each || t.Failed()
					mu.Unlock()
					for _, a := range mine {
						if err := db.Sent(t.Context(), a.ID, "", noon); err != nil {
							t.Error(err)
						}
					}
					if done {
						return
					}
				}
			})
		}
		group.Wait()
		for story, order := range sent {
			if order != "01234" {
				t.Errorf("alerts of story %s went out as %s, want 01234", story, order)
			}
		}
		if len(sent) != stories {
			t.Errorf("alerts of %d stories went out, want %d", len(sent), stories)
		}
	})
}

// The next alert due is the one that nothing holds back and that is due first,
// when it is tried again as well.
func TestNextDue(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		next := func(want time.Time) {
			o.Helper()
			got, err := o.db.NextDue(o.Context())
			if o.must(err); !got.Equal(want) {
				o.Errorf("the next alert is due at %v, want %v", got, want)
			}
		}
		next(time.Time{})
		queue(o.T, o.db, tell("s", news.New, "a", 20), tell("s", news.Update, "b", 25), tell("z", news.New, "c", 30))
		next(o.at(20))
		o.due(20, "a")
		o.must(o.db.Retry(o.Context(), "a", o.at(40), "no"))
		next(o.at(30)) // b waits for a
		o.sent(40, "a", "")
		next(o.at(25))
		o.sent(41, "b", "")
		o.sent(41, "c", "")
		next(time.Time{})
	})
}
