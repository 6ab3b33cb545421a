package outbox_test

import (
	"slices"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A channel in trouble keeps what is owed, says so, and is well again when an
// alert was sent over it.
func TestTroubleOfAChannel(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		queue(o.T, o.db, tell("a", news.New, "a/1", 0), tell("b", news.New, "b/1", 0))
		o.due(0, "a/1", "b/1")
		o.must(o.db.Retry(o.Context(), "a/1", o.at(0), "invalid_auth"), o.db.Retry(o.Context(), "b/1", o.at(0), ""))
		for i := range 3 {
			o.must(o.db.Trouble(o.Context(), "slack", "invalid_auth", o.at(i+10), o.at(i)))
		}
		o.due(11)
		channels, err := o.db.Troubles(o.Context())
		o.must(err)
		if len(channels) != 1 || !channels[0].Since.Equal(noon) || channels[0].Failures != 3 || channels[0].Owed != 2 || !channels[0].Until.Equal(o.at(12)) {
			o.Errorf("troubles %+v, want one with two alerts owed, since noon", channels)
		}
		if n, problem, err := o.db.Overdue(o.Context(), o.at(1)); err != nil || n != 2 || problem != "invalid_auth" {
			o.Errorf("%d overdue, %q, %v", n, problem, err)
		}
		untold, err := o.db.Untold(o.Context(), o.at(1))
		o.must(err)
		for _, story := range []string{"a", "b"} { // b was not tried itself
			if u := untold[story]; !u.Owed.Equal(noon) || u.Problem != "invalid_auth" || u.Lost {
				o.Errorf("story %s: %+v, want it owed since noon, and why", story, u)
			}
		}
		o.must(o.db.Prune(o.Context(), o.at(9999), o.at(9999)))
		o.must(o.db.Awaken(o.Context())) // as after a restart
		o.due(5, "a/1", "b/1")
		o.sent(5, "a/1", "x:1")
		if channels, err := o.db.Troubles(o.Context()); err != nil || len(channels) > 0 {
			o.Errorf("troubles %+v after an alert was sent, want none: %v", channels, err)
		}
		untold, err = o.db.Untold(o.Context(), o.at(1))
		if o.must(err); len(untold) != 1 || untold["b"].Problem != "" {
			o.Errorf("untold %+v, want b alone", untold)
		}
	})
}

// That a service asked for a pause is no trouble, and is heeded over a restart.
func TestPauseIsNoTrouble(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		queue(o.T, o.db, tell("a", news.New, "a/1", 0))
		o.must(o.db.Pause(o.Context(), "slack", o.at(10)), o.db.Awaken(o.Context()))
		if channels, err := o.db.Troubles(o.Context()); err != nil || len(channels) > 0 {
			o.Errorf("troubles %+v, %v", channels, err)
		}
		o.due(9)
		if n, err := o.db.RetryChannel(o.Context(), "slack", time.Time{}, o.at(1)); err != nil || n != 1 {
			o.Errorf("%d retried, %v", n, err)
		}
		o.due(1, "a/1")
	})
}

func TestRetryAndDropChannels(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		mail := tell("m", news.New, "m/1", 0)
		mail.Channel = "email:a@example.org"
		queue(o.T, o.db, tell("a", news.New, "a/1", 0), tell("b", news.New, "b/1", 0), tell("c", news.New, "c/1", 0), tell("d", news.New, "d/1", 0), mail)
		o.failed(0, "b/1")
		_, err := o.db.DropAlert(o.Context(), "c/1", "dropped by ada", o.at(0))
		o.must(err, o.db.Failed(o.Context(), "d/1", "long ago", o.at(-9000)), o.db.Trouble(o.Context(), "slack", "gone", o.at(100), o.at(0)))
		if n, err := o.db.RetryChannel(o.Context(), "slack", o.at(-60), o.at(1)); err != nil || n != 2 {
			o.Errorf("%d retried, %v; want what is owed and what was given up of late, not what a person dropped", n, err)
		}
		o.due(1, "a/1", "b/1")
		if n, err := o.db.DropChannel(o.Context(), "slack", "dropped by hand", o.at(2)); err != nil || n != 2 {
			o.Errorf("%d dropped, %v; want 2", n, err)
		}
		if n, err := o.db.RetryChannel(o.Context(), "", time.Time{}, o.at(1)); err != nil || n != 1 {
			o.Errorf("%d retried over all channels, %v; want the mail", n, err)
		}
		if channels, err := o.db.Troubles(o.Context()); err != nil || len(channels) > 0 {
			o.Errorf("troubles %+v of a channel that was dropped: %v", channels, err)
		}
	})
}

// What is owed for more than a day is told by one summary, once; digests, edits
// and what may have arrived are not left to it.
func TestLateAlertsAreOneSummary(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		const day = 24 * 60
		doubtful, digest := tell("d", news.New, "d/1", 2), alert("slack", "digest/1", 1)
		queue(o.T, o.db, tell("a", news.New, "a/1", 0), tell("a", news.Escalation, "a/2", 10), tell("b", news.Update, "b/1", 5),
			tell("e", news.Refresh, "e/1", 5), tell("c", news.New, "c/1", 2*day), doubtful, digest,
			news.Alert{ID: "n/1", Channel: "slack", Kind: news.Notice, Trouble: "n", Notice: "A feed died", DueAt: noon})
		o.must(o.db.Unclear(o.Context(), "d/1", o.at(0), "cut off"))
		summary := "summary/slack/" // and when it was made
		first := due(o.T, o.db, o.at(2*day), "slack")
		if len(first) != 5 || first[0].Kind != news.Late || len(first[0].Late) != 4 || !first[0].DueAt.Equal(noon) || first[0].ID[:len(summary)] != summary {
			o.Fatalf("due %q, want the summary of four first", ids(first))
		}
		if got := ids(first)[1:]; !slices.Equal(got, []string{digest.ID, "d/1", "e/1", "c/1"}) {
			o.Errorf("beside it %q is due", got)
		}
		for _, a := range first {
			o.must(o.db.Retry(o.Context(), a.ID, o.at(2*day), "invalid_auth"))
		}
		queue(o.T, o.db, tell("f", news.New, "f/1", 2*day))
		again := due(o.T, o.db, o.at(4*day), "slack")
		if again[0].ID != first[0].ID || len(again[0].Late) != 6 {
			o.Fatalf("a day later the summary %q tells of %q, want the same one to tell of two more", again[0].ID, ids(again[0].Late))
		}
		states := func() map[string]string {
			of := map[string]string{}
			out, err := o.db.Outbox(o.Context(), 20)
			o.must(err)
			for _, d := range out {
				of[d.ID] = d.State()
			}
			return of
		}
		if got := states(); got["a/1"] != "summary" || got["n/1"] != "summary" || got[first[0].ID] != "sending" {
			o.Errorf("states %v", got)
		}
		if untold, err := o.db.Untold(o.Context(), o.at(4*day)); err != nil || untold["a"].Lost || untold["a"].Owed.IsZero() {
			o.Errorf("untold %+v, %v", untold, err)
		}
		o.sent(4*day, first[0].ID, "C1:1.1:shared")
		if got := states(); got["a/1"] != "sent" || got["f/1"] != "sent" || got[first[0].ID] != "sent" || got["d/1"] == "sent" {
			o.Errorf("after the summary was sent states %v", got)
		}
		queue(o.T, o.db, tell("a", news.Update, "a/3", 4*day))
		if got := due(o.T, o.db, o.at(4*day), "slack"); len(got) != 1 || got[0].Thread != "C1:1.1:shared" {
			o.Errorf("what follows is %+v, want it in the thread of the summary", got)
		}
	})
}
