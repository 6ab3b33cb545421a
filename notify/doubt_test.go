package notify_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
)

// A recalling notifier can look for what it sent.
type recalling struct {
	told
	looked int
	find   func(a news.Alert) (receipt string, err error)
}

func (n *recalling) Find(_ context.Context, alerts []news.Alert) (map[string]string, error) {
	n.looked++
	found := map[string]string{}
	for _, a := range alerts {
		receipt, err := n.find(a)
		if err != nil {
			return nil, err
		}
		if receipt != "" {
			found[a.ID] = receipt
		}
	}
	return found, nil
}

func TestAlertInDoubtIsLookedUp(t *testing.T) {
	for _, c := range []struct {
		name    string
		find    func(a news.Alert) (string, error)
		sent    string
		looks   int    // 0 for any number
		receipt string // of the first alert
	}{
		{"some are there", func(a news.Alert) (string, error) { return map[string]string{"1": "C1:1.1"}[a.ID], nil }, "2 3", 2, "C1:1.1"},
		{"none is there", func(news.Alert) (string, error) { return "", nil }, "1 2 3", 2, ""},
		{"looking panics", func(news.Alert) (string, error) { panic("index out of range") }, "1 2 3", 0, ""},
		{"nobody may look", func(news.Alert) (string, error) { return "", notify.Permanent(errors.New("missing_scope")) }, "1 2 3", 2, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := &queue{}
				q.add("slack", "1", "2", "3")
				q.rows[0].OutcomeUnknown, q.rows[1].OutcomeUnknown = true, true
				slack := &recalling{find: c.find}
				flushFor(t, newSender(q, slack, nil), time.Hour)
				if c.looks == 0 { // what was in doubt came last
					slices.Sort(slack.ids)
				}
				if got := slack.String(); got != c.sent || c.looks > 0 && slack.looked != c.looks {
					t.Errorf("sent %q after %d looks, want %q after %d", got, slack.looked, c.sent, c.looks)
				}
				if r := q.find("1"); !r.done || r.receipt != c.receipt {
					t.Errorf("got %+v, want it done with receipt %q", r, c.receipt)
				}
			})
		})
	}
}

// What a program that was killed had under way may arrive after the next one
// began.
func TestLooksOnlyAfterAGrace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		q.add("slack", "1")
		q.rows[0].OutcomeUnknown = true
		arrives := time.Now().Add(2 * time.Second)
		slack := &recalling{find: func(news.Alert) (string, error) {
			if time.Now().Before(arrives) {
				return "", nil
			}
			return "C1:1.1", nil
		}}
		flushFor(t, newSender(q, slack, nil), 10*time.Second)
		if got := slack.String(); got != "" || !q.find("1").done {
			t.Errorf("sent %q, want nothing: it arrived by itself", got)
		}
	})
}

// An attempt that came to no known end leaves the alert in doubt; a refusal
// does not.
func TestUnclearAttemptIsLookedUpBeforeTheNext(t *testing.T) {
	for _, c := range []struct {
		problem error
		looks   int
	}{
		{notify.Unclear(errors.New("connection cut")), 1},
		{fmt.Errorf("slack: %w", notify.Unclear(errors.New("502"))), 1},
		{errors.New("refused"), 0},
		{&notify.RetryError{After: time.Second, Err: errors.New("slow down")}, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			q := &queue{}
			q.add("slack", "1")
			tries := 0
			slack := &recalling{find: func(news.Alert) (string, error) { return "", nil }}
			slack.do = func(context.Context, news.Alert) error {
				if tries++; tries == 1 {
					return c.problem
				}
				return nil
			}
			flushFor(t, newSender(q, slack, nil), time.Minute)
			if slack.looked != c.looks || slack.String() != "1" {
				t.Errorf("after %v it looked %d times and sent %q, want %d times and 1", c.problem, slack.looked, slack, c.looks)
			}
		})
	}
}

// As long as nobody can look, the alert waits; but it does not wait for ever,
// for to be told twice is better than never.
func TestAlertInDoubtIsSentAtLastUnseen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		q.add("slack", "1", "2")
		q.rows[0].OutcomeUnknown = true
		slack := &recalling{told: told{from: time.Now()}, find: func(news.Alert) (string, error) { return "", errors.New("500") }}
		flushFor(t, newSender(q, slack, nil), time.Hour)
		if got := slack.String(); got != "2 1" || slack.when[0] < 30*time.Second || slack.when[1] > 10*time.Minute {
			t.Errorf("sent %q after %v, want both after a few minutes, the one that is in no doubt first", got, slack.when)
		}
	})
}
