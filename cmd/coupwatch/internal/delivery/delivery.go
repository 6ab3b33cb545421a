// Package delivery makes of settings who delivers alerts: Slack, mail, a webhook
// and chat services.
package delivery

import (
	"errors"
	"fmt"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/chat"
	"github.com/coupwatch/coupwatch/notify/email"
	"github.com/coupwatch/coupwatch/notify/slack"
	"github.com/coupwatch/coupwatch/notify/webhook"
)

// Channels returns who delivers alerts, without a console. The error names each
// setting that is not right.
func Channels(s settings.Settings, style notify.Style) (c notify.Channels, err error) {
	var problems []error
	failed := func(name string, err error) {
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
		}
	}
	switch {
	case s.SlackToken != "":
		style.Buttons = s.SlackApp != ""
		c.Slack = slack.NewBot(string(s.SlackToken), s.SlackChannel, slack.Options{Style: style, API: s.SlackAPI})
	case s.SlackWebhook != "":
		hook, err := slack.NewWebhook(string(s.SlackWebhook), style)
		c.Slack = hook
		failed("SLACK_WEBHOOK_URL", err)
	}
	if s.SMTP != "" {
		mail, err := email.New(string(s.SMTP), email.Options{Style: style, Recipients: s.MailTo, HourlyLimit: s.MailLimit})
		c.Email = mail
		failed("SMTP_URL", err)
	}
	if s.Webhook != "" {
		hook, err := webhook.New(string(s.Webhook), string(s.WebhookKey))
		c.Webhook = hook
		failed("WEBHOOK_URL", err)
	}
	if len(s.Chats) > 0 {
		rooms, err := chat.New(s.Chats, style)
		c.Chat = rooms
		failed("CHAT_URLS", err)
	}
	if len(problems) > 0 {
		return c, fmt.Errorf("the settings are not right:\n%w", errors.Join(problems...))
	}
	return c, nil
}
