package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/slack-go/slack"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/show"
)

// SlackWebhook posts alerts to Slack by an incoming webhook. Slack does not
// say where such a message is, so it has no thread and is never edited:
// [news.Update] and [news.Refresh] are not posted. Nor can it be found again,
// so an alert whose answer was lost on the way is told twice.
type SlackWebhook struct {
	style   Style
	address string
	client  *http.Client
}

// NewSlackWebhook returns a SlackWebhook that posts to address. Such a webhook
// has one channel: alerts for other channels go there too.
func NewSlackWebhook(address string, style Style) (*SlackWebhook, error) {
	if err := checkAddress(address); err != nil {
		return nil, err
	}
	return &SlackWebhook{style, address, newHTTPClient()}, nil
}

// Pace implements [Pacer].
func (s *SlackWebhook) Pace() time.Duration { return time.Second }

// Notify implements [Notifier].
func (s *SlackWebhook) Notify(ctx context.Context, a news.Alert) (receipt string, err error) {
	if a.Kind == news.Update || a.Kind == news.Refresh {
		return "", nil
	}
	return withOrWithoutLayout(s.style.Slack(a), func(m show.Message) (string, error) { return "", s.post(ctx, m) })
}

// Summarise implements [Summariser].
func (s *SlackWebhook) Summarise(ctx context.Context, alerts []news.Alert) (receipt string, err error) {
	return withOrWithoutLayout(s.style.Summary(alerts), func(m show.Message) (string, error) { return "", s.post(ctx, m) })
}

func (s *SlackWebhook) post(ctx context.Context, m show.Message) error {
	const channel = "the webhook's channel"
	no := false
	hook := slack.WebhookMessage{Text: m.Text, UnfurlLinks: &no, UnfurlMedia: &no}
	if len(m.Blocks) > 0 {
		hook.Blocks = &slack.Blocks{BlockSet: m.Blocks}
	}
	body, err := json.Marshal(hook)
	if err != nil {
		return Permanent(fmt.Errorf("write for Slack: %w", err))
	}
	a, err := post(ctx, s.client, s.address, http.Header{"Content-Type": {"application/json"}}, body)
	if err != nil {
		return fmt.Errorf("slack: %w", err)
	}
	if code := a.text; a.status/100 == 4 && advice(channel, code) != "" {
		return refusal(channel, code)
	}
	return a.problem("slack")
}
