// Package slack tells alerts in Slack: as a bot, with threads, edits and
// buttons, or by an incoming webhook, without. People answer over a [Socket].
package slack

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/internal/post"
	"github.com/coupwatch/coupwatch/notify/show"
)

// A Bot posts alerts. A story is one message: its updates and
// escalations stand in the thread below, escalations in the channel too, and
// the message itself is edited as the story grows.
//
// Each message carries the ids of its alerts as metadata, so that one whose
// answer was lost on the way is found again; see [Bot.Find].
type Bot struct {
	style   show.Style
	channel string // for alerts that name none
	pace    time.Duration
	client  *api.Client
	options []api.Option // of client
}

// Options are settings of [NewBot]. The zero value is good.
type Options struct {
	Style show.Style
	API   string        // address of Slack's API with a slash at the end; "" for Slack itself
	Pace  time.Duration // the least time between two messages in a channel; 0 for a second, which is what Slack allows
}

// NewBot returns the Bot of token, which posts, to channel unless
// an alert names another: an id such as "C0123ABCD", or "#name". The bot needs
// the scope chat:write. With channels:history, or groups:history for private
// channels, and with ids for channels, no alert is told twice.
func NewBot(token, channel string, o Options) *Bot {
	options := []api.Option{api.OptionAPIURL(cmp.Or(o.API, api.APIURL)), api.OptionHTTPClient(post.NewClient())}
	return &Bot{o.Style, channel, cmp.Or(o.Pace, time.Second), api.New(token, options...), options}
}

// Pace implements [notify.Pacer].
func (s *Bot) Pace() time.Duration { return s.pace }

// Takes reports that Slack takes alerts of all kinds; see [notify.Channels.Takes].
func (s *Bot) Takes(news.Kind) bool { return true }

// Notify implements [notify.Notifier]. The receipt says where the message is.
func (s *Bot) Notify(ctx context.Context, a news.Alert) (receipt string, err error) {
	story := placeOf(a.Thread)
	switch {
	case a.Kind == news.Refresh:
		return "", s.edit(ctx, story, a)
	case a.Kind == news.Notice && story.there():
		if err := s.change(ctx, story, a); !errors.Is(err, errGone) && (!closed(err) || !s.elsewhere(a, story)) {
			return a.Thread, err
		}
	}
	p := posting{channel: notify.Address(a.Channel, s.channel), message: s.style.Slack(a), about: payloadOf(a)}
	if story.there() && (a.Kind == news.Update || a.Kind == news.Escalation) {
		below := p
		below.channel, below.thread, below.broadcast = story.channel, story.at, a.Kind == news.Escalation
		receipt, err = s.post(ctx, below)
		if !errors.Is(err, errGone) && (!closed(err) || !s.elsewhere(a, story)) {
			return receipt, err
		}
	}
	return s.post(ctx, p)
}

// elsewhere reports whether a message is, as far as can be told, not in the
// channel to which a goes now: somebody chose another one since.
func (s *Bot) elsewhere(a news.Alert, at place) bool {
	return notify.Address(a.Channel, s.channel) != at.channel
}

// Summarise implements [notify.Summariser].
func (s *Bot) Summarise(ctx context.Context, alerts []news.Alert) (receipt string, err error) {
	receipt, err = s.post(ctx, posting{
		channel: notify.Address(alerts[0].Channel, s.channel),
		message: s.style.Summary(alerts),
		about:   payloadOf(alerts...),
	})
	if err != nil {
		return "", err
	}
	at := placeOf(receipt)
	at.shared = true
	return at.String(), nil
}

// A posting is a message on its way.
type posting struct {
	channel   string
	thread    string // the message below which it stands, or ""
	broadcast bool   // it stands in the channel, too
	message   show.Message
	about     map[string]any
}

// post posts p. If Slack does not take the layout it is posted without: what
// it says matters more.
func (s *Bot) post(ctx context.Context, p posting) (receipt string, err error) {
	options := []api.MsgOption{
		api.MsgOptionDisableLinkUnfurl(), api.MsgOptionDisableMediaUnfurl(),
		api.MsgOptionMetadata(api.SlackMetadata{EventType: eventType, EventPayload: p.about}),
	}
	if p.thread != "" {
		options = append(options, api.MsgOptionTS(p.thread))
	}
	if p.broadcast {
		options = append(options, api.MsgOptionBroadcast())
	}
	return withOrWithoutLayout(p.message, func(m show.Message) (string, error) {
		channel, at, err := s.client.PostMessageContext(ctx, p.channel, append(options, content(m)...)...)
		if err != nil {
			return "", slackError(p.channel, err)
		}
		return place{channel: channel, at: at}.String(), nil
	})
}

// edit changes the message at a place to what a shows. A message that is gone,
// can no longer be edited or tells of other stories too is let be.
func (s *Bot) edit(ctx context.Context, at place, a news.Alert) error {
	if !at.there() || at.shared {
		return nil
	}
	err := s.change(ctx, at, a)
	if errors.Is(err, errGone) || closed(err) && s.elsewhere(a, at) {
		return nil
	}
	return err
}

// change makes the message at a place say what a says.
func (s *Bot) change(ctx context.Context, at place, a news.Alert) error {
	_, err := withOrWithoutLayout(s.style.Slack(a), func(m show.Message) (string, error) {
		_, _, _, err := s.client.UpdateMessageContext(ctx, at.channel, at.at, content(m)...)
		return "", slackError(at.channel, err)
	})
	return err
}

// content returns what a message says, as an option of the client.
func content(m show.Message) []api.MsgOption {
	return []api.MsgOption{api.MsgOptionText(m.Text, false), api.MsgOptionBlocks(m.Blocks...)}
}

// withOrWithoutLayout sends m, and again as text alone if Slack does not take
// its layout.
func withOrWithoutLayout(m show.Message, send func(show.Message) (string, error)) (string, error) {
	receipt, err := send(m)
	if errors.Is(err, errLayout) {
		return send(m.WithoutBlocks())
	}
	return receipt, err
}

// A place is where a message is. The zero place is nowhere.
type place struct {
	channel string // its id
	at      string // Slack's time stamp, which is the identity of a message in its channel
	shared  bool   // the message tells of several stories
}

// placeOf reads a receipt.
func placeOf(receipt string) place {
	channel, rest, _ := strings.Cut(receipt, ":")
	at, shared, _ := strings.Cut(rest, ":")
	return place{channel, at, shared == "shared"}
}

// String returns the place as a receipt.
func (p place) String() string {
	if p.shared {
		return p.channel + ":" + p.at + ":shared"
	}
	return p.channel + ":" + p.at
}

// there reports whether p is anywhere.
func (p place) there() bool { return p.channel != "" && p.at != "" }
