package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	api "github.com/slack-go/slack"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/internal/post"
	"github.com/coupwatch/coupwatch/notify/show"
)

// Webhook posts alerts to Slack by an incoming webhook. Slack does not
// say where such a message is, so it has no thread and is never edited:
// [news.Update] and [news.Refresh] are not posted. Nor can it be found again,
// so an alert whose answer was lost on the way is told twice.
type Webhook struct {
	style   show.Style
	address string
	client  *http.Client
}

// NewWebhook returns a Webhook that posts to address. Such a webhook
// has one channel: alerts for other channels go there too.
func NewWebhook(address string, style show.Style) (*Webhook, error) {
	if err := post.CheckAddress(address); err != nil {
		return nil, err
	}
	return &Webhook{style, address, post.NewClient()}, nil
}

// Shortcoming says what is lost beside a bot.
func (s *Webhook) Shortcoming() string {
	return "Slack by an incoming webhook has no threads and no buttons, and its messages stay as they were: the updates of a story are not told there. With SLACK_BOT_TOKEN they are."
}

// Pace implements [notify.Pacer].
func (s *Webhook) Pace() time.Duration { return time.Second }

// Notify implements [notify.Notifier].
func (s *Webhook) Notify(ctx context.Context, a news.Alert) (receipt string, err error) {
	if a.Kind == news.Update || a.Kind == news.Refresh {
		return "", nil
	}
	return withOrWithoutLayout(s.style.Slack(a), func(m show.Message) (string, error) { return "", s.post(ctx, m) })
}

// Summarise implements [notify.Summariser].
func (s *Webhook) Summarise(ctx context.Context, alerts []news.Alert) (receipt string, err error) {
	return withOrWithoutLayout(s.style.Summary(alerts), func(m show.Message) (string, error) { return "", s.post(ctx, m) })
}

func (s *Webhook) post(ctx context.Context, m show.Message) error {
	const channel = "the webhook's channel"
	no := false
	hook := api.WebhookMessage{Text: m.Text, UnfurlLinks: &no, UnfurlMedia: &no}
	if len(m.Blocks) > 0 {
		hook.Blocks = &api.Blocks{BlockSet: m.Blocks}
	}
	body, err := json.Marshal(hook)
	if err != nil {
		return notify.Permanent(fmt.Errorf("write for Slack: %w", err))
	}
	a, err := post.Post(ctx, s.client, s.address, http.Header{"Content-Type": {"application/json"}}, body)
	if err != nil {
		return fmt.Errorf("slack: %w", err)
	}
	if code := a.Text; a.Status/100 == 4 && advice(channel, code) != "" {
		return refusal(channel, code)
	}
	return a.Problem("slack")
}
