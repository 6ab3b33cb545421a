// Package notify tells people: it sends the alerts that are owed, at least once
// each, and queues the daily digest.
//
// A [Sender] takes alerts from a [Queue] and hands each to the [Notifier] of
// its channel. A channel is written "slack", "slack:C0123", "slack:#coups",
// "email:desk@example.org", "webhook", "chat:desk" or "console": what stands
// before the colon says how an alert travels, and what follows it to whom.
//
// The notifiers of the packages beside it (slack, email, chat, webhook) are its
// ways; how alerts look is the business of package show.
package notify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/show"
)

// A Notifier sends alerts in one way. It is safe for concurrent use.
type Notifier interface {
	// Notify sends a. If the service will never take this alert, its error is
	// a [Permanent] one; if nothing can be sent over the channel until somebody
	// mends it, one [OfChannel]; if the service asked to wait, a [*RetryError].
	// No error holds a secret. Notify gives up when ctx is done.
	//
	// The receipt, which may be "", says where the message is, so that later
	// ones can follow it; see [news.Alert.Thread].
	Notify(ctx context.Context, a news.Alert) (receipt string, err error)
}

// A RetryError is the error of a service that asked to wait.
type RetryError struct {
	After time.Duration // how long, from now
	Err   error
}

// Error says what happened and how long the service wants to be left alone.
func (e *RetryError) Error() string { return fmt.Sprintf("%v (it asks to wait %v)", e.Err, e.After) }

// Unwrap returns the error of the service.
func (e *RetryError) Unwrap() error { return e.Err }

// A Finder is a notifier that can look for the messages of alerts.
type Finder interface {
	// Find returns the receipts, by id, of those of the alerts whose messages
	// are there. The alerts are of one channel, and an earlier attempt to send
	// them came to no known end. If its error is permanent, no look-up helps.
	Find(ctx context.Context, alerts []news.Alert) (receipts map[string]string, err error)
}

// A Summariser is a notifier that can tell of many alerts in one message.
type Summariser interface {
	// Summarise tells of the alerts, which are of one channel, as Notify does
	// of one. The receipt is that of each of them.
	Summarise(ctx context.Context, alerts []news.Alert) (receipt string, err error)
}

// A Pacer is a notifier whose service takes so much and no more.
type Pacer interface {
	// Pace returns the least time between two messages over one channel, but
	// for a few after a silence.
	Pace() time.Duration
}

type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// Permanent marks err as one of the alert alone, that sending it again cannot
// help. It returns nil for nil.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return permanent{err}
}

// IsPermanent reports whether err was marked by [Permanent].
func IsPermanent(err error) bool {
	_, ok := errors.AsType[permanent](err)
	return ok
}

type ofChannel struct{ error }

func (o ofChannel) Unwrap() error { return o.error }

// OfChannel marks err as one of the channel, that people have to mend: a token
// that is revoked, a room that is gone. All that is owed stays owed until then.
// It returns nil for nil.
func OfChannel(err error) error {
	if err == nil {
		return nil
	}
	return ofChannel{err}
}

// IsOfChannel reports whether err was marked by [OfChannel].
func IsOfChannel(err error) bool {
	_, ok := errors.AsType[ofChannel](err)
	return ok
}

type unclear struct{ error }

func (u unclear) Unwrap() error { return u.error }

// Unclear marks err as one that does not tell whether the alert was sent. It
// returns nil for nil.
func Unclear(err error) error {
	if err == nil {
		return nil
	}
	return unclear{err}
}

// IsUnclear reports whether err was marked by [Unclear].
func IsUnclear(err error) bool {
	_, ok := errors.AsType[unclear](err)
	return ok
}

// A Style says how alerts and digests look.
type Style = show.Style

// Expand returns channels with "email" replaced by one channel for each of
// recipients, and without repetitions. An alert for one recipient can be sent
// again without telling the others twice.
func Expand(channels, recipients []string) []string {
	var all []string
	add := func(channel string) {
		if !slices.Contains(all, channel) {
			all = append(all, channel)
		}
	}
	for _, channel := range channels {
		if channel != "email" || len(recipients) == 0 {
			add(channel)
			continue
		}
		for _, address := range recipients {
			add("email:" + address)
		}
	}
	return all
}

// Address returns what follows the colon in a channel, or whom if nothing does.
func Address(channel, whom string) string {
	if _, to, ok := strings.Cut(channel, ":"); ok && to != "" {
		return to
	}
	return whom
}
