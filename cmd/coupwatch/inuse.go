package main

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/watcher"
)

// inUse gives the rules in use, with what they cannot know: each of mailTo in
// the place of the channel "email", since one alert is for one recipient, so
// that sending it again tells nobody twice; which channels take updates; and
// what people muted.
type inUse struct {
	file     *matcher.File
	mailTo   []string
	channels notify.Channels // zero for none that takes updates
	mutes    atomic.Pointer[[]news.Mute]
	last     atomic.Pointer[completed]
}

// completed are rules with a policy that is complete.
type completed struct {
	*matcher.Rules
	mutes  *[]news.Mute
	policy news.Policy
}

// Policy implements [watcher.Rules].
func (c *completed) Policy() news.Policy { return c.policy }

// rules returns the rules in use; the same value until they or the mutes
// change.
func (u *inUse) rules() watcher.Rules {
	current, mutes, last := u.file.Current(), u.mutes.Load(), u.last.Load()
	if last != nil && last.Rules == current && last.mutes == mutes {
		return last
	}
	u.last.Store(&completed{current, mutes, u.complete(current.Policy(), mutes)})
	return u.last.Load()
}

// complete returns p with what only the program knows.
func (u *inUse) complete(p news.Policy, mutes *[]news.Mute) news.Policy {
	p.Routes = slices.Clone(p.Routes)
	for i := range p.Routes {
		p.Routes[i].To = notify.Expand(p.Routes[i].To, u.mailTo)
		for _, channel := range p.Routes[i].To {
			if u.channels.Threads(channel) && !slices.Contains(p.Threads, channel) {
				p.Threads = append(p.Threads, channel)
			}
			if u.channels.Edits(channel) && !slices.Contains(p.Edits, channel) {
				p.Edits = append(p.Edits, channel)
			}
		}
	}
	p.Operators = notify.Expand(p.Operators, u.mailTo)
	p.Digest.To = notify.Expand(p.Digest.To, u.mailTo)
	if mutes != nil {
		p.Mutes = append(slices.Clone(p.Mutes), *mutes...)
	}
	return p
}

// policy returns the policy in use.
func (u *inUse) policy() news.Policy { return u.rules().Policy() }

// checker returns who can see whether alerts over a channel would arrive, nil
// if nobody can or they are printed anyway.
func (u *inUse) checker(channel string) notify.Checker {
	to, err := u.channels.For(channel)
	if err != nil || to == u.channels.Console {
		return nil
	}
	checker, _ := to.(notify.Checker)
	return checker
}

// readMutes takes in what people muted, if that changed.
func (u *inUse) readMutes(ctx context.Context, db *store.DB) error {
	mutes, err := db.Mutes(ctx, time.Now())
	if err != nil {
		return err
	}
	if old := u.mutes.Load(); old == nil && len(mutes) > 0 || old != nil && !slices.Equal(*old, mutes) {
		u.mutes.Store(&mutes)
	}
	return nil
}
