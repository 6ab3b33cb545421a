package slack

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"

	api "github.com/slack-go/slack"

	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/internal/post"
	"github.com/coupwatch/coupwatch/notify/show"
)

// Causes of errors of Slack that are not the end of the matter.
var (
	errLayout = errors.New("slack does not take the layout") // but it takes the text
	errGone   = errors.New("the message is gone")            // to which another was to be a reply, or which was to be edited
	errClosed = errors.New("slack")                          // to the bot, the channel is closed
)

// slackCode returns the code in which Slack refused a call, "" if it did not
// come to that.
func slackCode(err error) string {
	if e, ok := errors.AsType[api.SlackErrorResponse](err); ok {
		return e.Err
	}
	return ""
}

// closed reports whether Slack refused a call because of the channel in which
// a message is or was to be, and not because of who calls.
func closed(err error) bool { return errors.Is(err, errClosed) }

// slackError returns an error of the Slack client in our words, nil for nil.
func slackError(channel string, err error) error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*api.RateLimitedError](err); ok {
		return &notify.RetryError{After: cmp.Or(e.RetryAfter, post.Unsaid), Err: errors.New("slack has had enough for now")}
	}
	if e, ok := errors.AsType[api.StatusCodeError](err); ok {
		err := post.Answer{Status: e.Code}.Problem("slack")
		if e.Code >= 500 {
			return notify.Unclear(err)
		}
		return err
	}
	if e, ok := errors.AsType[api.SlackErrorResponse](err); ok {
		err := refusal(channel, e.Err)
		if details := strings.Join(e.ResponseMetadata.Messages, " "); details != "" {
			return fmt.Errorf("%w (%s)", err, show.Line(details, 300))
		}
		return err
	}
	if _, is := errors.AsType[*json.SyntaxError](err); is {
		return notify.Unclear(fmt.Errorf("slack: what answers is not Slack; a proxy or a page to log in may stand between, or SLACK_API_URL may be wrong (%w)", err))
	}
	err = fmt.Errorf("slack: %w", post.WithoutURL(err))
	if e, ok := errors.AsType[*net.OpError](err); ok && e.Op == "dial" {
		return err // nothing was said to Slack
	}
	return notify.Unclear(err)
}

// refusal returns the error for one of Slack's error codes: permanent if it is
// of the message, of the channel if people must do something, and else to be
// tried again.
func refusal(channel, code string) error {
	do := advice(channel, code)
	switch code {
	case "ratelimited", "rate_limited", "message_limit_exceeded":
		return &notify.RetryError{After: post.Unsaid, Err: errors.New("slack has had enough for now")}
	case "message_not_found", "thread_not_found", "cant_update_message", "edit_window_closed", "cannot_reply_to_message":
		return notify.Permanent(fmt.Errorf("%w: %s", errGone, code))
	case "internal_error", "fatal_error", "request_timeout", "service_unavailable":
		return notify.Unclear(fmt.Errorf("slack: %s", code))
	case "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long":
		return notify.Permanent(fmt.Errorf("%w of the alert: %s; %s", errLayout, code, do))
	}
	switch {
	case strings.Contains(do, mistake):
		return notify.Permanent(fmt.Errorf("slack: %s; %s", code, do))
	case slices.Contains(closing, code):
		return notify.OfChannel(fmt.Errorf("%w: %s; %s", errClosed, code, do))
	case do != "":
		return notify.OfChannel(fmt.Errorf("slack: %s; %s", code, do))
	}
	return fmt.Errorf("slack: %s", show.Line(code, 100))
}

// closing are the codes by which Slack refuses a channel.
var closing = []string{
	"channel_not_found", "not_in_channel", "is_archived", "channel_is_archived", "restricted_action",
	"restricted_action_read_only_channel", "restricted_action_thread_only_channel", "posting_to_general_channel_denied", "action_prohibited",
}

// mistake is the advice about what nobody but its authors can mend.
const mistake = "this is a mistake in coupwatch, please report it"

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
	case "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "posting_to_general_channel_denied", "action_prohibited":
		return fmt.Sprintf("this workspace lets the bot post nothing to %s: ask an administrator or set another channel", channel)
	case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type":
		return "Slack does not accept the bot token: copy it anew from the app's page OAuth & Permissions"
	case "missing_scope", "no_permission":
		return "give the app the scope chat:write and install it again"
	case "no_service", "no_active_hooks", "no_team", "invalid_token", "team_disabled", "no_service_id":
		return "Slack no longer knows the webhook: make a new one on the app's page Incoming Webhooks"
	case "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "metadata_too_large", "invalid_metadata_format", "invalid_metadata_schema":
		return mistake
	case "invalid_payload", "invalid_arguments", "invalid_form_data", "invalid_charset", "no_text":
		return "Slack cannot read what was posted; " + mistake
	default:
		return ""
	}
}
