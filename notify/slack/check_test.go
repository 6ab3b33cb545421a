package slack_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/internal/notifytest"
	"github.com/coupwatch/coupwatch/notify/slackdouble"
)

func TestSlackCheck(t *testing.T) {
	for name, c := range map[string]struct {
		channel, token, refuse string
		options                slackdouble.Options
		methods                map[string]http.HandlerFunc
		want                   []string
		fate                   notifytest.Fate
	}{
		"all is well": {channel: "slack:C0123", want: []string{"ok token: bot coupwatch of Double", "ok scopes: it may post, and look", "ok channel C0123: the bot is in #coups"}},
		"a name":      {channel: "slack:#coups", want: []string{"ok token", "? channel #coups: it cannot be looked up by its name; use its id"}},
		"bad token":   {token: "xoxb-bad", want: []string{"WRONG token: slack: invalid_auth"}, fate: notifytest.OfChannel},
		"revoked":     {refuse: "token_revoked", want: []string{"WRONG token: slack: token_revoked"}, fate: notifytest.OfChannel},
		"archived":    {channel: "slack:C-old", want: []string{"ok token", "WRONG channel C-old: slack: is_archived"}, fate: notifytest.OfChannel},
		"not invited": {channel: "slack:C-lonely", want: []string{"WRONG channel C-lonely: slack: not_in_channel; invite the bot"}, fate: notifytest.OfChannel},
		"unknown":     {channel: "slack:nowhere", want: []string{"WRONG channel nowhere: slack: channel_not_found"}, fate: notifytest.OfChannel},
		"no history":  {channel: "slack:C0123", options: slackdouble.Options{NoHistory: true}, want: []string{"ok scopes: chat:write; without channels:history", "ok channel C0123"}},
		"may not look": {channel: "slack:C0123", options: slackdouble.Options{NoHistory: true}, methods: map[string]http.HandlerFunc{
			"conversations.info": func(w http.ResponseWriter, _ *http.Request) { slackdouble.Refuse(w, "missing_scope") },
		}, want: []string{"? channel C0123: without the scope channels:read it cannot be looked up"}},
		"may not post": {channel: "slack:C0123", methods: map[string]http.HandlerFunc{
			"auth.test": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-OAuth-Scopes", "channels:read")
				w.Write([]byte(`{"ok":true,"user":"bot","team":"Desk"}`))
			},
		}, want: []string{"WRONG scopes: slack: the bot lacks the scope chat:write"}, fate: notifytest.OfChannel},
		"odd answer": {channel: "slack:C0123", methods: map[string]http.HandlerFunc{
			"conversations.info": func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(`{"ok":true,"channel":"C0123"}`)) },
		}, want: []string{"? channel C0123: it could not be looked up"}},
		"not Slack itself": {methods: map[string]http.HandlerFunc{
			"auth.test": func(w http.ResponseWriter, _ *http.Request) { slackdouble.Refuse(w, "unknown_method") },
		}, want: []string{"? token: this is not Slack itself"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := slackdouble.New(c.options)
			t.Cleanup(d.Close)
			d.Refuse(c.refuse)
			for method, h := range c.methods {
				d.Handle(method, h)
			}
			if c.token == "" {
				c.token = slackdouble.Token
			}
			findings := newSlack(d, c.token).Check(t.Context(), c.channel)
			for _, want := range c.want {
				if !strings.Contains(notifytest.Said(findings), want) {
					t.Errorf("got %s, want %q", notifytest.Said(findings), want)
				}
			}
			problem := notify.Problem(findings)
			if c.fate == notifytest.Passing && problem != nil || c.fate != notifytest.Passing && notifytest.FateOf(problem) != c.fate {
				t.Errorf("got %v, want it to be of %q", problem, c.fate)
			}
			if strings.Contains(notifytest.Said(findings), c.token) || len(d.Messages()) > 0 {
				t.Errorf("the token is shown, or something was posted: %s", notifytest.Said(findings))
			}
		})
	}
}
