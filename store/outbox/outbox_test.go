package outbox_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/outbox"
)

func TestOutboxStates(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		for _, id := range []string{"owed", "sending", "put off", "sent", "failed", "dropped"} {
			queue(o.T, o.db, tell(id, news.New, id, 0))
		}
		o.due(0, "dropped", "failed", "owed", "put off", "sending", "sent")
		o.retry(1, "owed")
		o.retry(9, "put off")
		o.sent(0, "sent", "x:1")
		o.failed(0, "failed")
		_, err := o.db.DropAlert(o.Context(), "dropped", "dropped by ada", noon)
		o.must(err)
		out, err := o.db.Outbox(o.Context(), 10)
		o.must(err)
		got := map[string]string{}
		for _, d := range out {
			got[d.ID] = d.State() + " " + d.Problem + d.Receipt
		}
		for id, want := range map[string]string{
			"owed": "owed busy", "sending": "sending ", "put off": "owed busy", "sent": "sent x:1",
			"failed": "failed no such channel", "dropped": "failed dropped by ada",
		} {
			if got[id] != want {
				o.Errorf("%s is %q, want %q", id, got[id], want)
			}
		}
	})
}

func TestRetryAndDropAlerts(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		queue(o.T, o.db, tell("a", news.New, "story/a/slack", 0), tell("ab", news.New, "story/ab/slack", 60), tell("c", news.New, "story/a/slack/2", 0))
		retry := func(id string) (outbox.Delivery, error) { return o.db.RetryAlert(o.Context(), id, noon) }
		drop := func(id string) (outbox.Delivery, error) { return o.db.DropAlert(o.Context(), id, "old", noon) }
		expect := func(do func(string) (outbox.Delivery, error), id, want string) {
			o.Helper()
			d, err := do(id)
			if !strings.HasPrefix(want, "error: ") {
				if err != nil || d.ID != want {
					o.Errorf("%q: got %q, %v, want %q", id, d.ID, err, want)
				}
			} else if want = want[len("error: "):]; err == nil || !strings.Contains(err.Error(), want) {
				o.Errorf("%q: got %v, want %q in it", id, err, want)
			}
		}
		for _, do := range []func(string) (outbox.Delivery, error){retry, drop} {
			expect(do, "", "error: no alert has the id")
			expect(do, "story/x", `error: no alert has the id "story/x" or one that begins so`)
			expect(do, "story/%", "error: no alert has the id")
			expect(do, "story/a", `error: several ids begin with "story/a", such as story/a/slack, story/a/slack/2, story/ab/slack`)
		}
		expect(retry, "story/ab", "story/ab/slack") // quiet hours are over for it
		o.due(0, "story/a/slack", "story/a/slack/2", "story/ab/slack")
		expect(retry, "story/a/slack", "error: is being sent")
		expect(drop, "story/a/slack", "story/a/slack")
		expect(drop, "story/a/slack", "story/a/slack")
		o.sent(0, "story/ab/slack", "")
		expect(retry, "story/ab", "error: alert story/ab/slack was sent on 22 August at 12:00 UTC")
		expect(drop, "story/ab", "error: alert story/ab/slack was sent on")
		expect(retry, "story/a/slack", "story/a/slack")
		o.due(0, "story/a/slack")
	})
}

func TestAlertsOf(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		queue(o.T, o.db, tell("a", news.Update, "a/2", 1), tell("a", news.New, "a/1", 0), tell("b", news.New, "b/1", 0), tell("", news.Notice, "notice", 0))
		o.sent(0, "a/1", "x:1")
		got, err := o.db.AlertsOf(o.Context(), "a")
		o.must(err)
		var lines []string
		for _, d := range got {
			lines = append(lines, d.ID+" "+d.State())
		}
		if want := []string{"a/1 sent", "a/2 owed"}; !slices.Equal(lines, want) {
			o.Errorf("alerts %q, want %q", lines, want)
		}
		if got, err := o.db.AlertsOf(o.Context(), ""); err != nil || len(got) != 0 {
			o.Errorf("alerts of no story: %d, %v, want none", len(got), err)
		}
	})
}

// An attempt that came to no known end leaves the alert in doubt until it is
// known to be sent; a later one that plainly failed does not settle that.
func TestUnclear(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		queue(o.T, o.db, tell("s1", news.New, "a", 0))
		if a := o.due(0, "a")[0]; a.OutcomeUnknown {
			o.Error("a first attempt is in doubt")
		}
		o.must(o.db.Unclear(o.Context(), "a", o.at(5), "connection cut"))
		o.due(4)
		if a := o.due(5, "a")[0]; !a.OutcomeUnknown || a.Problem != "connection cut" {
			o.Errorf("got doubt %v and problem %q, want what was unclear", a.OutcomeUnknown, a.Problem)
		}
		o.retry(10, "a")
		if a := o.due(10, "a")[0]; !a.OutcomeUnknown {
			o.Error("the doubt is gone though nobody knows")
		}
		o.sent(11, "a", "C1:1.1")
		o.must(o.db.Unclear(o.Context(), "a", o.at(12), "late"))
		o.due(13)
	})
}
