package notify_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/slackdouble"
)

// newSlackDouble starts a reliable Slack.
func newSlackDouble(t *testing.T, first ...http.HandlerFunc) *slackdouble.Server {
	t.Helper()
	d := slackdouble.New(slackdouble.Options{}, first...)
	t.Cleanup(d.Close)
	return d
}

func newSlack(d *slackdouble.Server, token string) *notify.Slack {
	return notify.NewSlack(token, "C0123", notify.SlackOptions{API: d.URL + slackdouble.API})
}

func TestSlackPosts(t *testing.T) {
	d := newSlackDouble(t)
	hook, err := notify.NewSlackWebhook(d.URL+slackdouble.Hook, notify.Style{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []notify.Notifier{newSlack(d, slackdouble.Token), hook} {
		for _, a := range alerts() {
			if _, err := s.Notify(t.Context(), a); err != nil {
				t.Errorf("%s: %v", a.Kind, err)
			}
		}
	}
	if got, want := len(d.Messages()), 2*len(alerts())-1; got != want { // a webhook takes no update
		t.Errorf("got %d posts, want %d", got, want)
	}
}

func TestSlackChannel(t *testing.T) {
	for channel, want := range map[string]string{"slack": "C0123", "slack:#coups": "#coups", "slack:C0123": "C0123"} {
		d := newSlackDouble(t)
		a := alert(news.New)
		a.Channel = channel
		if _, err := newSlack(d, slackdouble.Token).Notify(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		if got := d.Messages()[0].Channel; got != want {
			t.Errorf("alert for %s: got channel %s, want %s", channel, got, want)
		}
	}
}

func TestSlackErrors(t *testing.T) {
	status := func(code int, header ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			if len(header) == 2 {
				w.Header().Set(header[0], header[1])
			}
			w.WriteHeader(code)
		}
	}
	cutOff := func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }
	code := func(code string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { slackdouble.Refuse(w, code) }
	}
	for _, c := range []struct {
		name, channel, token string
		first                http.HandlerFunc
		of                   fate
		after                time.Duration
		says                 string
	}{
		{name: "unknown channel", channel: "slack:#nowhere", of: ofChannel, says: "#nowhere"},
		{name: "not invited", channel: "slack:C-lonely", of: ofChannel, says: "invite the bot to C-lonely with /invite"},
		{name: "archived", channel: "slack:C-old", of: ofChannel, says: "archived"},
		{name: "bad token", token: "xoxb-bad", of: ofChannel, says: "token"},
		{name: "gone account", first: code("account_inactive"), of: ofChannel, says: "token"},
		{name: "scope", first: code("missing_scope"), of: ofChannel, says: "chat:write"},
		{name: "metadata", first: code("metadata_too_large"), of: ofAlert, says: "report it"},
		{name: "too many", first: status(429, "Retry-After", "17"), after: 17 * time.Second},
		{name: "too many, no time", first: status(429), after: 30 * time.Second},
		{name: "too many, by code", first: code("ratelimited"), after: 30 * time.Second},
		{name: "broken", first: status(500), says: "500"},
		{name: "broken, by code", first: code("internal_error"), says: "internal_error"},
		{name: "cut off", first: cutOff, says: "EOF"},
		{name: "no JSON", first: func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<html>")) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newSlackDouble(t)
			if c.first != nil {
				d.Next(c.first)
			}
			a := alert(news.New)
			if c.channel != "" {
				a.Channel = c.channel
			}
			if c.token == "" {
				c.token = slackdouble.Token
			}
			_, err := newSlack(d, c.token).Notify(t.Context(), a)
			checkError(t, err, c.of, c.after, c.says)
		})
	}
}

// A fate says what an error is of, and so what becomes of the alert.
type fate string

const (
	passing   fate = ""          // it is tried again soon
	ofAlert   fate = "alert"     // it is given up
	ofChannel fate = "channel"   // it stays owed, with all others, until people mend something
	confused  fate = "confusing" // both
)

func fateOf(err error) fate {
	return map[[2]bool]fate{{true, true}: confused, {true, false}: ofAlert, {false, true}: ofChannel}[[2]bool{notify.IsPermanent(err), notify.IsOfChannel(err)}]
}

// checkError checks what the sender will make of an error.
func checkError(t *testing.T, err error, want fate, after time.Duration, says string) {
	t.Helper()
	if err == nil {
		t.Fatal("got no error")
	}
	if got := fateOf(err); got != want {
		t.Errorf("of: got %q, want %q (%v)", got, want, err)
	}
	retry, _ := errors.AsType[*notify.RetryError](err)
	if (retry != nil) != (after > 0) || retry != nil && retry.After != after {
		t.Errorf("got %#v, want a wait of %v", err, after)
	}
	if !strings.Contains(err.Error(), says) {
		t.Errorf("got %q, want it to say %q", err, says)
	}
}

func TestSlackWebhookErrors(t *testing.T) {
	answer := func(status int, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, text, status) }
	}
	for _, c := range []struct {
		first http.HandlerFunc
		of    fate
		after time.Duration
		says  string
	}{
		{answer(404, "no_service"), ofChannel, 0, "Incoming Webhooks"},
		{answer(410, "channel_is_archived"), ofChannel, 0, "archived"},
		{answer(403, "action_prohibited"), ofChannel, 0, "administrator"},
		{answer(302, ""), ofChannel, 0, "moved"},
		{answer(503, "no"), passing, 0, "503"},
		{answer(429, "slow"), passing, 30 * time.Second, "429"},
	} {
		d := newSlackDouble(t, c.first)
		s, err := notify.NewSlackWebhook(d.URL+slackdouble.Hook, notify.Style{})
		if err != nil {
			t.Fatal(err)
		}
		checkError(t, notifyError(t, s, alert(news.New)), c.of, c.after, c.says)
	}
}

// A layout that Slack does not take must not keep an alert from people.
func TestSlackFallsBackToText(t *testing.T) {
	d := newSlackDouble(t, func(w http.ResponseWriter, _ *http.Request) {
		json.NewEncoder(w).Encode(map[string]any{
			"ok": false, "error": "invalid_blocks",
			"response_metadata": map[string]any{"messages": []string{"[ERROR] bad"}},
		})
	})
	if _, err := newSlack(d, slackdouble.Token).Notify(t.Context(), alert(news.New)); err != nil {
		t.Fatal(err)
	}
	sent := d.Messages()
	if len(sent) != 1 || len(sent[0].Blocks) != 0 || !strings.Contains(sent[0].Text, "Officers claim power") || !strings.Contains(sent[0].Text, "<https://ledger.example/mali?id=7&amp;ref=rss|link>") {
		t.Errorf("got %+v, want the headline and its link as text", sent)
	}
}

func TestSlackGivesUpWithContext(t *testing.T) {
	d := newSlackDouble(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newSlack(d, slackdouble.Token).Notify(ctx, alert(news.New)); !errors.Is(err, context.Canceled) || notify.IsPermanent(err) {
		t.Errorf("got %v, want the context's error", err)
	}
}
