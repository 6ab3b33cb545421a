package slack_test

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
	"github.com/coupwatch/coupwatch/notify/internal/notifytest"
	"github.com/coupwatch/coupwatch/notify/show"
	"github.com/coupwatch/coupwatch/notify/slack"
	"github.com/coupwatch/coupwatch/notify/slackdouble"
)

// newSlackDouble starts a reliable Slack.
func newSlackDouble(t *testing.T, first ...http.HandlerFunc) *slackdouble.Server {
	t.Helper()
	d := slackdouble.New(slackdouble.Options{}, first...)
	t.Cleanup(d.Close)
	return d
}

func newSlack(d *slackdouble.Server, token string) *slack.Bot {
	return slack.NewBot(token, "C0123", slack.Options{API: d.URL + slackdouble.API})
}

func TestSlackPosts(t *testing.T) {
	d := newSlackDouble(t)
	hook, err := slack.NewWebhook(d.URL+slackdouble.Hook, show.Style{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []notify.Notifier{newSlack(d, slackdouble.Token), hook} {
		for _, a := range notifytest.Alerts() {
			if _, err := s.Notify(t.Context(), a); err != nil {
				t.Errorf("%s: %v", a.Kind, err)
			}
		}
	}
	if got, want := len(d.Messages()), 2*len(notifytest.Alerts())-1; got != want { // a webhook takes no update
		t.Errorf("got %d posts, want %d", got, want)
	}
}

func TestSlackChannel(t *testing.T) {
	for channel, want := range map[string]string{"slack": "C0123", "slack:#coups": "#coups", "slack:C0123": "C0123"} {
		d := newSlackDouble(t)
		a := notifytest.Alert(news.New)
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
		of                   notifytest.Fate
		after                time.Duration
		says                 string
	}{
		{name: "unknown channel", channel: "slack:#nowhere", of: notifytest.OfChannel, says: "#nowhere"},
		{name: "not invited", channel: "slack:C-lonely", of: notifytest.OfChannel, says: "invite the bot to C-lonely with /invite"},
		{name: "archived", channel: "slack:C-old", of: notifytest.OfChannel, says: "archived"},
		{name: "bad token", token: "xoxb-bad", of: notifytest.OfChannel, says: "token"},
		{name: "gone account", first: code("account_inactive"), of: notifytest.OfChannel, says: "token"},
		{name: "scope", first: code("missing_scope"), of: notifytest.OfChannel, says: "chat:write"},
		{name: "metadata", first: code("metadata_too_large"), of: notifytest.OfAlert, says: "report it"},
		{name: "too many", first: status(429, "Retry-After", "17"), after: 17 * time.Second},
		{name: "too many, no time", first: status(429), after: 30 * time.Second},
		{name: "too many, by code", first: code("ratelimited"), after: 30 * time.Second},
		{name: "broken", first: status(500), says: "500"},
		{name: "broken, by code", first: code("internal_error"), says: "internal_error"},
		{name: "cut off", first: cutOff, says: "EOF"},
		{name: "no JSON", first: func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<html>")) }, says: "what answers is not Slack"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newSlackDouble(t)
			if c.first != nil {
				d.Next(c.first)
			}
			a := notifytest.Alert(news.New)
			if c.channel != "" {
				a.Channel = c.channel
			}
			if c.token == "" {
				c.token = slackdouble.Token
			}
			_, err := newSlack(d, c.token).Notify(t.Context(), a)
			notifytest.CheckError(t, err, c.of, c.after, c.says)
		})
	}
}

func TestSlackWebhookErrors(t *testing.T) {
	answer := func(status int, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, text, status) }
	}
	for _, c := range []struct {
		first http.HandlerFunc
		of    notifytest.Fate
		after time.Duration
		says  string
	}{
		{answer(404, "no_service"), notifytest.OfChannel, 0, "Incoming Webhooks"},
		{answer(410, "channel_is_archived"), notifytest.OfChannel, 0, "archived"},
		{answer(403, "action_prohibited"), notifytest.OfChannel, 0, "administrator"},
		{answer(302, ""), notifytest.OfChannel, 0, "moved"},
		{answer(503, "no"), notifytest.Passing, 0, "503"},
		{answer(429, "slow"), notifytest.Passing, 30 * time.Second, "429"},
	} {
		d := newSlackDouble(t, c.first)
		s, err := slack.NewWebhook(d.URL+slackdouble.Hook, show.Style{})
		if err != nil {
			t.Fatal(err)
		}
		notifytest.CheckError(t, notifytest.NotifyError(t, s, notifytest.Alert(news.New)), c.of, c.after, c.says)
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
	if _, err := newSlack(d, slackdouble.Token).Notify(t.Context(), notifytest.Alert(news.New)); err != nil {
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
	if _, err := newSlack(d, slackdouble.Token).Notify(ctx, notifytest.Alert(news.New)); !errors.Is(err, context.Canceled) || notify.IsPermanent(err) {
		t.Errorf("got %v, want the context's error", err)
	}
}

func TestNoSecretLeaks(t *testing.T) {
	gone := func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }
	d := newSlackDouble(t, gone, gone, gone, gone)
	hook, err := slack.NewWebhook(d.URL+slackdouble.Hook, show.Style{})
	if err != nil {
		t.Fatal(err)
	}
	ways := []notify.Notifier{newSlack(d, slackdouble.Token), hook}
	for _, n := range ways {
		notifytest.LeaksNoSecret(t, n, "very-secret")
	}
	d.Close() // and now nobody answers at all
	for _, n := range ways {
		notifytest.LeaksNoSecret(t, n, "very-secret")
	}
}
