package outbox_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/outbox"
)

func TestFind(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		for i, id := range []string{"owed", "sending", "sent", "failed"} {
			queue(o.T, o.db, tell(fmt.Sprint("s", i), news.New, id, 0))
		}
		mail := tell("s0", news.New, "mail", 0)
		mail.Channel = "email:desk@example.org"
		queue(o.T, o.db, mail)
		o.due(0, "failed", "owed", "sending", "sent")
		o.retry(1, "owed")
		o.sent(0, "sent", "x:1")
		o.failed(0, "failed")
		for _, test := range []struct {
			search outbox.Search
			limit  int
			want   []string
			more   bool
		}{
			{outbox.Search{}, 9, []string{"sending", "owed", "mail", "failed", "sent"}, false},
			{outbox.Search{}, 4, []string{"sending", "owed", "mail", "failed"}, true},
			{outbox.Search{State: "owed"}, 9, []string{"sending", "owed", "mail"}, false},
			{outbox.Search{State: "sending"}, 9, []string{"sending"}, false},
			{outbox.Search{State: "failed"}, 9, []string{"failed"}, false},
			{outbox.Search{State: "summary"}, 9, nil, false},
			{outbox.Search{State: "sent"}, 9, []string{"sent"}, false},
			{outbox.Search{Channel: "email:desk@example.org"}, 9, []string{"mail"}, false},
			{outbox.Search{Channel: "slack", Story: "s2"}, 9, []string{"sent"}, false},
			{outbox.Search{State: "owed", Story: "s0"}, 1, []string{"owed"}, true},
			{outbox.Search{State: "sent", Story: "s0"}, 1, nil, false},
		} {
			found, more, err := o.db.Find(o.Context(), test.search, test.limit)
			o.must(err)
			var got []string
			for _, d := range found {
				got = append(got, d.ID)
			}
			if !slices.Equal(got, test.want) || more != test.more {
				o.Errorf("%+v: %q, more %v; want %q, %v", test.search, got, more, test.want, test.more)
			}
		}
		counts, err := o.db.Unsent(o.Context())
		o.must(err)
		if diff := cmp.Diff(map[string]map[string]int{"slack": {"owed": 2, "failed": 1}, "email:desk@example.org": {"owed": 1}}, counts); diff != "" {
			o.Error(diff)
		}
		d, found, err := o.db.One(o.Context(), "owed")
		o.must(err)
		if _, other, err := o.db.One(o.Context(), "owe"); !found || d.ID != "owed" || other || err != nil {
			o.Errorf("%q, %v; the beginning of an id: %v, %v", d.ID, found, other, err)
		}
		if outbox.IsState("lost") || !outbox.IsState("failed") {
			o.Error("states are not told apart")
		}
	})
}

// A digest is listed once, however many get it, and an alert of a story never.
func TestDigests(t *testing.T) {
	forEachOutbox(t, func(o outboxTest) {
		for day, channels := range map[int][]string{21: {"email:a@example.org", "email:b@example.org"}, 22: {"slack"}} {
			for _, c := range channels {
				due := noon.AddDate(0, 0, day-22)
				queue(o.T, o.db, news.Alert{ID: "digest/" + due.Format("2006-01-02T15:04Z") + "/" + c, Channel: c, Kind: news.Daily, DueAt: due, Digest: &news.Digest{Date: due.Format("2006-01-02"), Items: day}})
			}
		}
		queue(o.T, o.db, tell("s", news.New, "digestible", 0), tell("t", news.New, "digest/odd", 0))
		o.due(0, "digest/2026-08-22T12:00Z/slack", "digest/odd", "digestible")
		o.sent(3, "digest/2026-08-22T12:00Z/slack", "x")
		got, err := o.db.Digests(o.Context(), 5)
		o.must(err)
		want := []outbox.SentDigest{
			{Key: "2026-08-22T12:00Z", Due: noon, Channels: []string{"slack"}, Sent: o.at(3)},
			{Key: "2026-08-21T12:00Z", Due: noon.AddDate(0, 0, -1), Channels: []string{"email:b@example.org", "email:a@example.org"}},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			o.Error(diff)
		}
		d, found, err := o.db.DigestOf(o.Context(), got[1].Key)
		_, other, err2 := o.db.DigestOf(o.Context(), "2026-08-2")
		o.must(err, err2)
		if !found || d.Items != 21 || other {
			o.Errorf("%v %+v; by half a key: %v", found, d, other)
		}
	})
}
