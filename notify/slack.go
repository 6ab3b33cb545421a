package notify

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/slack-go/slack"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/show"
)

// Slack posts alerts to Slack. Slack knows no identity of what is posted, so
// an alert whose answer was lost on the way is posted twice.
type Slack struct {
	style   Style
	channel string // for alerts that name none
	post    func(ctx context.Context, channel string, m show.Message) error
}

// SlackOptions are settings of [NewSlack]. The zero value is good.
type SlackOptions struct {
	Style Style
	API   string // address of Slack's API with a slash at the end; "" for Slack itself
}

// NewSlack returns a Slack that posts as the bot of token, to channel unless
// an alert names another: an id such as "C0123ABCD", or "#name". The bot needs
// the scope chat:write.
func NewSlack(token, channel string, o SlackOptions) *Slack {
	client := slack.New(token, slack.OptionAPIURL(cmp.Or(o.API, slack.APIURL)), slack.OptionHTTPClient(newHTTPClient()))
	return &Slack{o.Style, channel, func(ctx context.Context, channel string, m show.Message) error {
		_, _, err := client.PostMessageContext(ctx, channel,
			slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...),
			slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
		return slackError(channel, err)
	}}
}

// NewSlackWebhook returns a Slack that posts by an incoming webhook. Such a
// webhook has one channel: alerts for other channels go there too.
func NewSlackWebhook(address string, style Style) (*Slack, error) {
	if err := checkAddress(address); err != nil {
		return nil, err
	}
	client := newHTTPClient()
	return &Slack{style, "the webhook's channel", func(ctx context.Context, channel string, m show.Message) error {
		no := false
		hook := slack.WebhookMessage{Text: m.Text, UnfurlLinks: &no, UnfurlMedia: &no}
		if len(m.Blocks) > 0 {
			hook.Blocks = &slack.Blocks{BlockSet: m.Blocks}
		}
		body, err := json.Marshal(hook)
		if err != nil {
			return Permanent(fmt.Errorf("write for Slack: %w", err))
		}
		a, err := post(ctx, client, address, http.Header{"Content-Type": {"application/json"}}, body)
		if err != nil {
			return fmt.Errorf("slack: %w", err)
		}
		if code := a.text; a.status/100 == 4 && advice(channel, code) != "" {
			return refusal(channel, code)
		}
		return a.problem("slack")
	}}, nil
}

// errLayout is the cause of an error if Slack takes the text, but not its
// layout.
var errLayout = errors.New("slack does not take the layout")

// Notify implements [Notifier]. If Slack does not take the layout of the
// alert, it is posted without: what it says matters more.
func (s *Slack) Notify(ctx context.Context, a news.Alert) (receipt string, err error) {
	channel := address(a.Channel, s.channel)
	m := s.style.Slack(a)
	err = s.post(ctx, channel, m)
	if errors.Is(err, errLayout) {
		return "", s.post(ctx, channel, m.WithoutBlocks())
	}
	return "", err
}

// slackError returns an error of the Slack client in our words.
func slackError(channel string, err error) error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return &RetryError{cmp.Or(e.RetryAfter, unsaid), errors.New("slack has had enough for now")}
	}
	if e, ok := errors.AsType[slack.StatusCodeError](err); ok {
		return answer{status: e.Code}.problem("slack")
	}
	if e, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		if e.Err == "ratelimited" {
			return &RetryError{unsaid, errors.New("slack has had enough for now")}
		}
		err := refusal(channel, e.Err)
		if details := strings.Join(e.ResponseMetadata.Messages, " "); details != "" {
			return fmt.Errorf("%w (%s)", err, details)
		}
		return err
	}
	return fmt.Errorf("slack: %w", withoutURL(err))
}

// refusal returns the error for one of Slack's error codes: permanent if
// people must do something, and else to be tried again.
func refusal(channel, code string) error {
	switch do := advice(channel, code); {
	case strings.HasPrefix(code, "invalid_blocks"), code == "msg_blocks_too_long", code == "msg_too_long":
		return Permanent(fmt.Errorf("%w of the alert: %s; %s", errLayout, code, do))
	case do != "":
		return Permanent(fmt.Errorf("slack: %s; %s", code, do))
	default:
		return fmt.Errorf("slack: %s", show.Line(code, 100))
	}
}

// advice returns what to do about one of Slack's error codes, "" if there is
// nothing that people could do.
// See https://docs.slack.dev/reference/methods/chat.postMessage#errors.
func advice(channel, code string) string {
	switch code {
	case "channel_not_found":
		return fmt.Sprintf("Slack shows the bot no channel %s: check its name or use its id, and if it is private invite the bot there with /invite", channel)
	case "not_in_channel":
		return fmt.Sprintf("invite the bot to %s with /invite", channel)
	case "is_archived", "channel_is_archived":
		return fmt.Sprintf("%s is archived: unarchive it or set another channel", channel)
	case "restricted_action", "restricted_action_read_only_channel", "posting_to_general_channel_denied", "action_prohibited", "cannot_reply_to_message":
		return fmt.Sprintf("this workspace lets the bot post nothing to %s: ask an administrator or set another channel", channel)
	case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type":
		return "Slack does not accept the bot token: copy it anew from the app's page OAuth & Permissions"
	case "missing_scope", "no_permission":
		return "give the app the scope chat:write and install it again"
	case "no_service", "no_active_hooks", "no_team", "invalid_token", "team_disabled", "no_service_id":
		return "Slack no longer knows the webhook: make a new one on the app's page Incoming Webhooks"
	case "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long":
		return "this is a mistake in coupwatch, please report it"
	case "invalid_payload", "invalid_arguments", "invalid_form_data", "invalid_charset", "no_text":
		return "Slack cannot read what was posted; this is a mistake in coupwatch, please report it"
	default:
		return ""
	}
}
