package slack_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/internal/notifytest"
	"github.com/coupwatch/coupwatch/notify/show"
	"github.com/coupwatch/coupwatch/notify/slack"
	"github.com/coupwatch/coupwatch/notify/slackdouble"
)

// A story is one message: what follows stands in its thread, an escalation in
// the channel too, and the message shows how the story stands.
func TestStoryIsOneThread(t *testing.T) {
	d := newSlackDouble(t)
	s := newSlack(d, slackdouble.Token)
	first := notifytest.Notified(t, s, notifytest.Follow(news.New, ""))
	channel, ts, _ := strings.Cut(first, ":")
	if channel != "C0123" || ts == "" {
		t.Fatalf("got receipt %q, want the channel and the time stamp", first)
	}
	update := notifytest.Notified(t, s, notifytest.Follow(news.Update, first))
	escalation := notifytest.Notified(t, s, notifytest.Follow(news.Escalation, first))
	grown := notifytest.Follow(news.Refresh, first)
	grown.Story.Reports = 77
	if receipt := notifytest.Notified(t, s, grown); receipt != "" {
		t.Errorf("an edit has the receipt %q, want none", receipt)
	}
	sent := d.Messages()
	if len(sent) != 3 {
		t.Fatalf("got %d messages, want three", len(sent))
	}
	if sent[0].Thread != "" || sent[0].Edits != 1 || !strings.Contains(fmt.Sprint(sent[0].Blocks), "77 reports") {
		t.Errorf("the first message is %+v, want it edited in its place", sent[0])
	}
	if sent[1].Thread != ts || sent[1].Broadcast || update != "C0123:"+sent[1].TS || !strings.Contains(fmt.Sprint(sent[1].Blocks), "broadcaster falls silent") {
		t.Errorf("the update is %+v, want it in the thread", sent[1])
	}
	if sent[2].Thread != ts || !sent[2].Broadcast || escalation != "C0123:"+sent[2].TS {
		t.Errorf("the escalation is %+v, want it in the thread and in the channel", sent[2])
	}
	for i, kind := range []news.Kind{news.New, news.Update, news.Escalation} {
		if m := sent[i].Metadata; m == nil || m.EventType != "coupwatch_alert" || m.EventPayload["id"] != notifytest.Alert(kind).ID {
			t.Errorf("%s carries %+v, want the alert's id", kind, m)
		}
	}
}

// Who deletes a message loses nothing that comes later.
func TestThreadIsGone(t *testing.T) {
	d := newSlackDouble(t)
	s := newSlack(d, slackdouble.Token)
	for _, a := range []news.Alert{notifytest.Follow(news.Escalation, "C0123:1.2"), notifytest.Follow(news.Update, "C0123:1.2"), notifytest.Follow(news.Update, ""), notifytest.Follow(news.Escalation, "")} {
		if receipt := notifytest.Notified(t, s, a); receipt == "" {
			t.Errorf("%s has no receipt", a.Kind)
		}
	}
	for _, thread := range []string{"C0123:1.2", "", "nonsense"} { // what is to be edited is gone: nothing is left to do
		notifytest.Notified(t, s, notifytest.Follow(news.Refresh, thread))
	}
	for _, m := range d.Messages() {
		if m.Thread != "" || m.Broadcast {
			t.Errorf("got %+v, want a message of its own", m)
		}
	}
	if n := len(d.Messages()); n != 4 {
		t.Errorf("got %d messages, want four", n)
	}
}

// A message that tells of many stories is the head of all their threads, and
// is not edited to tell of one.
func TestSummary(t *testing.T) {
	d := newSlackDouble(t)
	s := newSlack(d, slackdouble.Token)
	receipt, err := s.Summarise(t.Context(), notifytest.Crowd(200))
	if err != nil {
		t.Fatal(err)
	}
	notifytest.Notified(t, s, notifytest.Follow(news.Refresh, receipt))
	notifytest.Notified(t, s, notifytest.Follow(news.Update, receipt))
	sent := d.Messages()
	if len(sent) != 2 || sent[0].Edits != 0 || sent[1].Thread != sent[0].TS {
		t.Errorf("got %+v, want the summary, unedited, and an update in its thread", sent)
	}
	hook, err := slack.NewWebhook(d.URL+slackdouble.Hook, show.Style{})
	if err != nil {
		t.Fatal(err)
	}
	if receipt, err := hook.Summarise(t.Context(), notifytest.Crowd(200)); err != nil || receipt != "" {
		t.Errorf("a webhook: got %q, %v", receipt, err)
	}
}

func TestFind(t *testing.T) {
	d := slackdouble.New(slackdouble.Options{Page: 15})
	t.Cleanup(d.Close)
	s := newSlack(d, slackdouble.Token)
	first := notifytest.Follow(news.New, "")
	thread := notifytest.Notified(t, s, first)
	there := []news.Alert{first, notifytest.Follow(news.Update, thread), notifytest.Follow(news.Escalation, thread)}
	want := map[string]string{first.ID: thread}
	for _, a := range there[1:] {
		want[a.ID] = notifytest.Notified(t, s, a)
	}
	for i := range 40 { // further pages
		other := notifytest.Alert(news.Notice)
		other.ID = fmt.Sprint("notice/", i)
		notifytest.Notified(t, s, other)
	}
	summed := notifytest.Crowd(12)
	receipt, err := s.Summarise(t.Context(), summed)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range summed {
		want[a.ID] = receipt
	}
	missing := notifytest.Follow(news.Update, thread)
	missing.ID = "story/5f1c/slack/update-later"
	edit := notifytest.Follow(news.Refresh, thread)
	found, err := s.Find(t.Context(), append(append(there, missing, edit), summed...))
	if err != nil {
		t.Fatal(err)
	}
	for id, receipt := range want {
		if found[id] != receipt {
			t.Errorf("%s: found %q, want %q", id, found[id], receipt)
		}
	}
	if len(found) != len(want) {
		t.Errorf("found %d, want %d", len(found), len(want))
	}
	if found, err := s.Find(t.Context(), []news.Alert{first}); err != nil || found[first.ID] != thread {
		t.Errorf("on a later page: found %v, %v; want %q", found, err, thread)
	}
	before := d.Calls("conversations.history")
	if found, err := s.Find(t.Context(), []news.Alert{edit}); err != nil || len(found) > 0 || d.Calls("conversations.history") > before {
		t.Errorf("an edit, which can be made twice: got %v, %v", found, err)
	}
}

// What was owed and sent by a clock that was hours ahead is found by one that is right.
func TestFindWhateverTheClock(t *testing.T) {
	d := newSlackDouble(t)
	s := newSlack(d, slackdouble.Token)
	a := notifytest.Follow(news.New, "")
	receipt := notifytest.Notified(t, s, a)
	for _, ahead := range []time.Duration{90 * time.Second, 6 * time.Hour, -6 * time.Hour} {
		a.DueAt = time.Now().Add(ahead)
		if found, err := s.Find(t.Context(), []news.Alert{a}); err != nil || found[a.ID] != receipt {
			t.Errorf("owed by a clock that was %s ahead: found %v, %v; want %q", ahead, found, err, receipt)
		}
	}
}

// Old messages are of no interest, and neither is what other programs posted.
func TestFindLooksNoFurtherThanNeeded(t *testing.T) {
	d := newSlackDouble(t)
	s := newSlack(d, slackdouble.Token)
	a := notifytest.Follow(news.New, "")
	notifytest.Notified(t, s, a)
	a.DueAt = time.Now().Add(24 * time.Hour)
	if found, err := s.Find(t.Context(), []news.Alert{a}); err != nil || len(found) > 0 {
		t.Errorf("found %v, %v; want nothing from long before the alert was owed", found, err)
	}
}

func TestFindErrors(t *testing.T) {
	for _, c := range []struct {
		name, channel string
		options       slackdouble.Options
		first         http.HandlerFunc
		of            notifytest.Fate
		says          string
	}{
		{name: "no scope", options: slackdouble.Options{NoHistory: true}, of: notifytest.OfAlert, says: "channels:history"},
		{name: "a name", channel: "slack:#coups", of: notifytest.OfAlert, says: "by its id"},
		{name: "broken", first: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(502) }, says: "502"},
		{name: "cut off", first: func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, says: "EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := slackdouble.New(c.options)
			t.Cleanup(d.Close)
			if c.first != nil {
				d.Next(c.first)
			}
			a := notifytest.Follow(news.New, "")
			if c.channel != "" {
				a.Channel = c.channel
			}
			_, err := newSlack(d, slackdouble.Token).Find(t.Context(), []news.Alert{a})
			notifytest.CheckError(t, err, c.of, 0, c.says)
		})
	}
}

// Only an attempt that may have succeeded is unclear.
func TestSlackTellsWhatIsUnclear(t *testing.T) {
	code := func(code string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { slackdouble.Refuse(w, code) }
	}
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	for name, c := range map[string]struct {
		answer  http.HandlerFunc
		unclear bool
	}{
		"cut":            {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, true},
		"500":            {status(500), true},
		"internal_error": {code("internal_error"), true},
		"no JSON":        {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") }, true},
		"429":            {status(429), false},
		"ratelimited":    {code("ratelimited"), false},
		"refused":        {code("is_archived"), false},
		"unknown code":   {code("team_added_to_org"), false},
	} {
		d := newSlackDouble(t, c.answer)
		if err := notifytest.NotifyError(t, newSlack(d, slackdouble.Token), notifytest.Alert(news.New)); err == nil || notify.IsUnclear(err) != c.unclear {
			t.Errorf("%s: got %v, unclear %v, want %v", name, err, notify.IsUnclear(err), c.unclear)
		}
	}
	d := newSlackDouble(t)
	d.Close()
	if err := notifytest.NotifyError(t, newSlack(d, slackdouble.Token), notifytest.Alert(news.New)); err == nil || notify.IsUnclear(err) {
		t.Errorf("nobody there: got %v, want an error that is clear", err)
	}
}

// A notice about a trouble of which there is one already changes that message;
// if it is gone, or in a channel that is not the present one and closed, there
// is a new one.
func TestNoticeChangesTheFirst(t *testing.T) {
	for name, gone := range map[string]func(d *slackdouble.Server, place string) string{
		"there": func(_ *slackdouble.Server, place string) string { return place },
		"deleted": func(d *slackdouble.Server, place string) string {
			d.Delete("C0123", place[len("C0123:"):])
			return place
		},
		"closed": func(_ *slackdouble.Server, place string) string { return "C-old" + place[len("C0123"):] },
	} {
		t.Run(name, func(t *testing.T) {
			d := newSlackDouble(t)
			s := newSlack(d, slackdouble.Token)
			notice := func(text, thread string, mended bool) news.Alert {
				return news.Alert{ID: "notice/rules/1" + text, Channel: "slack:C0123", Kind: news.Notice, Notice: text, Trouble: "notice/rules/1", Thread: thread, Mended: mended, DueAt: time.Now()}
			}
			place, err := s.Notify(t.Context(), notice("one mistake", "", false))
			if err != nil {
				t.Fatal(err)
			}
			place = gone(d, place)
			receipt, err := s.Notify(t.Context(), notice("mended", place, true))
			if err != nil {
				t.Fatal(err)
			}
			messages := d.Messages()
			last := messages[len(messages)-1]
			if changed := last.Edits == 1 && receipt == place; changed != (name == "there") || !strings.Contains(last.Text, "✅ coupwatch: mended") {
				t.Errorf("the last message is %+v at %q", last, receipt)
			}
		})
	}
}
