package notify

import (
	"fmt"
	"strings"

	"github.com/coupwatch/coupwatch/news"
)

// Channels are the ways in which alerts travel. One that is nil is not set up.
type Channels struct {
	Slack, Email, Webhook, Chat Notifier
	Console                     Notifier // also takes what is meant for ways that are not set up
}

// For returns the notifier of a channel. An alert for a way that is not set up
// goes to the console, so that it is seen at least there. The error
// is one [OfChannel]: there is no such channel.
func (c Channels) For(channel string) (Notifier, error) {
	way, _, _ := strings.Cut(channel, ":")
	var n Notifier
	switch way {
	case "slack":
		n = c.Slack
	case "email":
		n = c.Email
	case "webhook":
		n = c.Webhook
	case "chat":
		n = c.Chat
	case "console":
	default:
		return nil, OfChannel(fmt.Errorf("there is no channel %q; write slack, slack:#channel, email, email:address, chat:name, webhook or console", channel))
	}
	if n == nil {
		n = c.Console
	}
	if n == nil {
		return nil, OfChannel(fmt.Errorf("channel %q is not set up, and there is no console to show the alert on", channel))
	}
	return n, nil
}

// Takes reports whether alerts of the kind do any good on the channel. All
// channels take all kinds but for [news.Update] and [news.Refresh]: an update
// needs a place where it does not interrupt, such as a thread, and a refresh
// needs a message that can be edited.
func (c Channels) Takes(channel string, kind news.Kind) bool {
	if kind != news.Update && kind != news.Refresh {
		return true
	}
	n, err := c.For(channel)
	if err != nil {
		return false
	}
	k, ok := n.(interface{ Takes(kind news.Kind) bool })
	return ok && k.Takes(kind)
}

// Threads reports whether a channel can be told the updates of a story without
// interrupting anybody.
func (c Channels) Threads(channel string) bool { return c.Takes(channel, news.Update) }

// Edits reports whether messages on a channel can show later how their story
// stands.
func (c Channels) Edits(channel string) bool { return c.Takes(channel, news.Refresh) }

// Shortcomings says in sentences what is lost by how the channels are set up,
// for people to read when coupwatch starts.
func (c Channels) Shortcomings() []string {
	var all []string
	for _, n := range []Notifier{c.Slack, c.Email, c.Webhook, c.Chat, c.Console} {
		if l, ok := n.(interface{ Shortcoming() string }); ok {
			all = append(all, l.Shortcoming())
		}
	}
	return all
}
