// Package daemon is what run and demo put together of several rooms: the rules in
// use with what only the program knows, what the operators hear, whether
// channels work, what people ask in Slack, and what a single round did.
package daemon

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/watcher"
)

// InUse gives the rules in use, with what they cannot know: each of mailTo in
// the place of the channel "email", since one alert is for one recipient, so
// that sending it again tells nobody twice; which channels take updates; and
// what people muted.
type InUse struct {
	File     *matcher.File
	MailTo   []string
	Channels notify.Channels // zero for none that takes updates
	mutes    atomic.Pointer[[]news.Mute]
	last     atomic.Pointer[Completed]
}

// Completed are rules with a policy that is complete.
type Completed struct {
	*matcher.Rules
	mutes  *[]news.Mute
	policy news.Policy
}

// Policy implements [watcher.Rules].
func (c *Completed) Policy() news.Policy { return c.policy }

// Rules returns the rules in use; the same value until they or the mutes
// change.
func (u *InUse) Rules() watcher.Rules {
	current, mutes, last := u.File.Current(), u.mutes.Load(), u.last.Load()
	if last != nil && last.Rules == current && last.mutes == mutes {
		return last
	}
	u.last.Store(&Completed{current, mutes, u.complete(current.Policy(), mutes)})
	return u.last.Load()
}

// complete returns p with what only the program knows.
func (u *InUse) complete(p news.Policy, mutes *[]news.Mute) news.Policy {
	p.Routes = slices.Clone(p.Routes)
	for i := range p.Routes {
		p.Routes[i].To = notify.Expand(p.Routes[i].To, u.MailTo)
		for _, channel := range p.Routes[i].To {
			if u.Channels.Threads(channel) && !slices.Contains(p.Threads, channel) {
				p.Threads = append(p.Threads, channel)
			}
			if u.Channels.Edits(channel) && !slices.Contains(p.Edits, channel) {
				p.Edits = append(p.Edits, channel)
			}
		}
	}
	p.Operators = notify.Expand(p.Operators, u.MailTo)
	p.Digest.To = notify.Expand(p.Digest.To, u.MailTo)
	if mutes != nil {
		p.Mutes = append(slices.Clone(p.Mutes), *mutes...)
	}
	return p
}

// Policy returns the policy in use.
func (u *InUse) Policy() news.Policy { return u.Rules().Policy() }

// Checker returns who can see whether alerts over a channel would arrive, nil
// if nobody can or they are printed anyway.
func (u *InUse) Checker(channel string) notify.Checker {
	to, err := u.Channels.For(channel)
	if err != nil || to == u.Channels.Console {
		return nil
	}
	checker, _ := to.(notify.Checker)
	return checker
}

// Printed reports whether alerts over a channel are printed here, since it is
// the console or is not set up.
func (u *InUse) Printed(channel string) bool {
	to, err := u.Channels.For(channel)
	return err == nil && to == u.Channels.Console
}

// ReadMutes takes in what people muted, if that changed.
func (u *InUse) ReadMutes(ctx context.Context, db *store.DB) error {
	mutes, err := db.Mutes(ctx, time.Now())
	if err != nil {
		return err
	}
	if old := u.mutes.Load(); old == nil && len(mutes) > 0 || old != nil && !slices.Equal(*old, mutes) {
		u.mutes.Store(&mutes)
	}
	return nil
}

// ChannelsOfKind returns the channels of a kind that the rules name, or the
// kind itself if they name none.
func (u *InUse) ChannelsOfKind(kind string) []string {
	var of []string
	for _, channel := range u.Policy().Channels() {
		if k, _, _ := strings.Cut(channel, ":"); k == kind {
			of = append(of, channel)
		}
	}
	if len(of) == 0 {
		of = notify.Expand([]string{kind}, u.MailTo)
	}
	return of
}

// SendTest sends a test message over a channel.
func (u *InUse) SendTest(ctx context.Context, channel string) error {
	to, err := u.Channels.For(channel)
	if err != nil {
		return err
	}
	now := time.Now().UTC()
	_, err = to.Notify(ctx, news.Alert{
		ID: fmt.Sprintf("notice/test/%d/%s", now.UnixMilli(), channel), Channel: channel, Kind: news.Notice, DueAt: now,
		Notice: "This is a test: alerts to " + channel + " arrive here.",
	})
	if err != nil && errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("no answer came in time: %w", err)
	}
	return err
}
