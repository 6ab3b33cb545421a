package notify_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/internal/notifytest"
	"github.com/coupwatch/coupwatch/notify/slack"
	"github.com/coupwatch/coupwatch/notify/webhook"
)

// The console shows what is not set up, and says for whom it was.
func TestConsoleTakesWhatIsNotSetUp(t *testing.T) {
	var out bytes.Buffer
	c := notify.Channels{Console: notify.NewConsole(&out, false, notify.Style{})}
	for channel, want := range map[string]string{"slack:#coups": "(for slack:#coups)", "email:desk@example.org": "(for email:desk", "console": "CRITICAL"} {
		out.Reset()
		n, err := c.For(channel)
		if err != nil {
			t.Fatal(err)
		}
		a := notifytest.Alert(news.New)
		a.Channel = channel
		if _, err := n.Notify(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); !strings.HasPrefix(got, want) || !strings.Contains(got, "Officers claim power") {
			t.Errorf("%s: got %q, want it to begin with %q", channel, got, want)
		}
	}
	if _, err := c.For("teams:x"); !notify.IsOfChannel(err) {
		t.Errorf("unknown channel: got %v, want an error of the channel", err)
	}
	if _, err := (notify.Channels{}).For("slack"); !notify.IsOfChannel(err) {
		t.Errorf("nothing set up: got %v, want an error of the channel", err)
	}
}

func TestTakes(t *testing.T) {
	const nowhere = "http://127.0.0.1:1/"
	hook, err := slack.NewWebhook(nowhere, notify.Style{})
	if err != nil {
		t.Fatal(err)
	}
	web, err := webhook.New(nowhere, "")
	if err != nil {
		t.Fatal(err)
	}
	console := notify.NewConsole(nil, false, notify.Style{})
	bot := notify.Channels{Slack: slack.NewBot("token", "C0123", slack.Options{}), Webhook: web, Email: &told{}, Console: console}
	for _, c := range []struct {
		channels       notify.Channels
		channel        string
		threads, edits bool
	}{
		{bot, "slack", true, true},
		{bot, "slack:C1", true, true},
		{bot, "webhook", true, true},
		{bot, "email:a@example.org", false, false},
		{bot, "console", true, false},
		{bot, "chat:desk", true, false}, // not set up: it goes to the console
		{bot, "nonsense", false, false},
		{notify.Channels{Slack: hook}, "slack", false, false},
		{notify.Channels{}, "slack", false, false},
	} {
		if threads, edits := c.channels.Threads(c.channel), c.channels.Edits(c.channel); threads != c.threads || edits != c.edits {
			t.Errorf("%s: takes threads %v and edits %v, want %v and %v", c.channel, threads, edits, c.threads, c.edits)
		}
		if !c.channels.Takes(c.channel, news.New) {
			t.Errorf("%s does not take a new story", c.channel)
		}
	}
	if got := (notify.Channels{Slack: hook}).Shortcomings(); len(got) != 1 || len(bot.Shortcomings()) != 0 {
		t.Errorf("a webhook comes with %q and a bot with %q, want one shortcoming and none", got, bot.Shortcomings())
	}
	if !notify.IsUnclear(fmt.Errorf("x: %w", notify.Unclear(errors.New("y")))) || notify.Unclear(nil) != nil {
		t.Error("Unclear is lost when it is wrapped")
	}
}
