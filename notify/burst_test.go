package notify_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
)

// A summing notifier can tell of many alerts in one message.
type summing struct {
	recalling
	pace      time.Duration
	summaries []int // how many alerts each told of
	refuse    error // what the next one answers
}

func (n *summing) Pace() time.Duration { return n.pace }

func (n *summing) Summarise(_ context.Context, alerts []news.Alert) (string, error) {
	if err := n.refuse; err != nil {
		n.refuse = nil
		return "", err
	}
	n.summaries = append(n.summaries, len(alerts))
	return "C1:9.9:shared", nil
}

// addStories adds so many alerts of a kind, each of a story of its own.
func (q *queue) addStories(kind news.Kind, n int) {
	for i := range n {
		id := fmt.Sprintf("%s-%d", kind, i)
		q.add("slack", id)
		q.find(id).Kind, q.find(id).Story.ID = kind, id
	}
}

func TestBurstIsOneMessage(t *testing.T) {
	for _, c := range []struct {
		name    string
		add     func(q *queue)
		summed  []int
		singles int
	}{
		{"ten are told singly", func(q *queue) { q.addStories(news.New, 10) }, nil, 10},
		{"eleven at once", func(q *queue) { q.addStories(news.New, 11) }, []int{11}, 0},
		{"new ones and escalations", func(q *queue) { q.addStories(news.New, 6); q.addStories(news.Escalation, 6) }, []int{12}, 0},
		{"two hundred", func(q *queue) { q.addStories(news.New, 200) }, []int{200}, 0},
		{"more than one message tells", func(q *queue) { q.addStories(news.New, 215) }, []int{200, 15}, 0},
		{"updates interrupt nobody", func(q *queue) { q.addStories(news.Update, 30) }, nil, 30},
		{"updates after a burst", func(q *queue) { q.addStories(news.New, 20); q.addStories(news.Update, 5) }, []int{20}, 5},
		{"notices are told singly", func(q *queue) { q.addStories(news.Notice, 12) }, nil, 12},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q, slack := &queue{}, &summing{pace: time.Second}
				c.add(q)
				flushFor(t, newSender(q, slack, nil), 2*time.Minute)
				if !slices.Equal(slack.summaries, c.summed) || len(slack.ids) != c.singles {
					t.Errorf("got summaries of %v and %d alerts singly, want %v and %d", slack.summaries, len(slack.ids), c.summed, c.singles)
				}
				for _, r := range q.rows {
					if !r.done || r.Kind == news.New && c.summed != nil && r.receipt != "C1:9.9:shared" {
						t.Fatalf("got %+v, want it sent with the receipt of the message that told of it", r)
					}
				}
			})
		})
	}
}

func TestSummaryThatFails(t *testing.T) {
	for _, c := range []struct {
		problem error
		doubts  int
		summed  int
		singles int
	}{
		{errors.New("500"), 0, 20, 0},
		{notify.Unclear(errors.New("cut")), 20, 20, 0},
		{&notify.RetryError{After: time.Minute, Err: errors.New("slow down")}, 0, 20, 0},
		{notify.Permanent(errors.New("msg_too_long")), 0, 0, 20}, // then each by itself
	} {
		synctest.Test(t, func(t *testing.T) {
			q, slack := &queue{}, &summing{refuse: c.problem}
			looked := map[string]bool{}
			slack.find = func(a news.Alert) (string, error) { looked[a.ID] = true; return "", nil }
			q.addStories(news.New, 20)
			flushFor(t, newSender(q, slack, nil), 3*time.Minute)
			summed := 0
			for _, n := range slack.summaries {
				summed += n
			}
			if len(looked) != c.doubts || summed != c.summed || len(slack.ids) != c.singles {
				t.Errorf("%v: %d alerts were in doubt, %d summed and %d sent singly; want %d, %d and %d", c.problem, len(looked), summed, len(slack.ids), c.doubts, c.summed, c.singles)
			}
		})
	}
}

// If the database fails after a summary was sent, it is not sent again.
func TestSummaryIsNotSentAgainWhenRecordingFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, slack := &queue{down: errors.New("disk full")}, &summing{}
		q.addStories(news.New, 20)
		s := newSender(q, slack, nil)
		flushFor(t, s, time.Minute)
		q.mu.Lock()
		q.down = nil
		q.mu.Unlock()
		flushFor(t, s, time.Hour)
		if !slices.Equal(slack.summaries, []int{20}) || len(slack.ids) > 0 {
			t.Errorf("sent summaries of %v and %v singly, want one", slack.summaries, slack.ids)
		}
		for _, r := range q.rows {
			if !r.done {
				t.Errorf("%s is not recorded", r.ID)
			}
		}
	})
}

func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, slack := &queue{}, &summing{pace: time.Second, recalling: recalling{told: told{from: time.Now()}}}
		q.addStories(news.Notice, 20)
		q.add("slack:C2", "other")
		flushFor(t, newSender(q, slack, nil), time.Minute)
		for i, when := range slack.when {
			if slack.ids[i] == "other" && when > 0 {
				t.Errorf("the other channel waited %v", when)
			}
		}
		if last := slack.when[len(slack.when)-1]; len(slack.when) != 21 || last != 17*time.Second {
			t.Errorf("sent %d, the last after %v; want 21, three at once and then one a second: 17s", len(slack.when), last)
		}
	})
}

// Of a story, what came later is told later, whatever happens; other stories
// do not wait for it for ever.
func TestOrderWithinAStory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		for i, story := range []string{"a", "b", "a", "c", "a", "b"} {
			q.add("slack", fmt.Sprintf("%s%d", story, i))
			q.rows[i].Story.ID = story
		}
		up := time.Now().Add(30 * time.Minute)
		slack := &told{do: func(_ context.Context, a news.Alert) error {
			if a.ID == "a0" && time.Now().Before(up) {
				return errors.New("500")
			}
			return nil
		}}
		flushFor(t, newSender(q, slack, nil), 2*time.Hour)
		if got, want := slack.String(), "b1 c3 b5 a0 a2 a4"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// To be claimed and given back, with others that fail, is no failure of an
// alert's own.
func TestAlertGivenBackIsNotMistrusted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, slack := &queue{}, &summing{}
		slack.from = time.Now()
		q.addStories(news.New, 9)
		q.find("new-8").Attempts = 30 // as after many restarts
		tries := map[string]int{}
		slack.do = func(_ context.Context, a news.Alert) error {
			if tries[a.ID]++; a.ID == "new-0" && time.Since(slack.from) < time.Hour || a.ID == "new-8" && tries[a.ID] == 1 {
				return errors.New("500")
			}
			return nil
		}
		flushFor(t, newSender(q, slack, nil), 2*time.Hour)
		for i, id := range slack.ids {
			if id != "new-0" && slack.when[i] > 15*time.Minute {
				t.Errorf("%s was sent after %v, want minutes", id, slack.when[i])
			}
		}
		if len(slack.ids) != 9 {
			t.Errorf("sent %v, want all", slack.ids)
		}
	})
}

// A stop in the middle of a burst loses nothing and leaves nothing claimed.
func TestStopGivesBackWhatWasClaimed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, slack := &queue{}, &summing{pace: time.Second}
		q.addStories(news.New, 9)
		s := newSender(q, slack, nil)
		ctx, stop := context.WithCancel(t.Context())
		if err := s.Flush(ctx); err != nil {
			t.Fatal(err)
		}
		pass(2500 * time.Millisecond)
		stop()
		s.Wait()
		flushed := strings.Fields(slack.String())
		if len(flushed) != 5 {
			t.Errorf("sent %v, want three at once and two more", flushed)
		}
		for _, r := range q.rows {
			if !r.done && r.DueAt.After(time.Now()) {
				t.Errorf("%s stays claimed", r.ID)
			}
		}
	})
}

// BenchmarkFlushNothing measures a tick while nothing is owed.
func BenchmarkFlushNothing(b *testing.B) {
	s := newSender(&queue{}, &told{}, nil)
	for b.Loop() {
		if err := s.Flush(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
