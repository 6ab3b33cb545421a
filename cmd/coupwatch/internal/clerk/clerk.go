// Package clerk does what people want from the page and the command line: it mutes,
// labels, takes reports out of stories, sends again and drops; and it says what is
// muted and owed, what the digests have, and how the program is. It implements
// [handles.Desk].
package clerk

import (
	"context"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/schedule"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/web/handles"
)

// A Clerk is safe for concurrent use.
type Clerk struct {
	Use    *daemon.InUse
	DB     *store.DB
	Decide func(news.Policy, time.Time) news.Decider // of package story, whose stories all share
	Due    func(time.Time)                           // is told that alerts are owed; nil if nobody waits for that
	Next   *notify.Digest                            // the next digest
	Style  notify.Style

	Checks  *daemon.ChannelChecks // nil if channels are not looked at
	Runs    *schedule.Runs        // nil if no jobs are done
	Version string                // of the program
	Where   string                // the database is, without what is secret
	Started time.Time

	preview preview
}

// A preview is the next digest as it was a moment ago: to make it may take a second,
// where rules changed, and many may look.
type preview struct {
	mu   sync.Mutex
	made time.Time
	news.Digest
}

// fresh is how long a preview is shown.
const fresh = 20 * time.Second

var _ handles.Desk = (*Clerk)(nil)

// rules returns the rules in use.
func (c *Clerk) rules() *matcher.Rules { return c.Use.File.Current() }

// due tells that alerts are owed.
func (c *Clerk) due(at time.Time) {
	if c.Due != nil {
		c.Due(at)
	}
}

// slack returns who does the same for people in Slack.
func (c *Clerk) slack() *daemon.SlackDesk { return &daemon.SlackDesk{Use: c.Use, DB: c.DB} }

// Preview implements [handles.Digests]. Who asks while it is made waits for it.
func (c *Clerk) Preview(ctx context.Context) (news.Digest, error) {
	c.preview.mu.Lock()
	defer c.preview.mu.Unlock()
	now := time.Now()
	if age := now.Sub(c.preview.made); age >= 0 && age < fresh {
		return c.preview.Digest, nil
	}
	d, err := c.Next.Preview(ctx, now)
	if err == nil {
		c.preview.made, c.preview.Digest = now, d
	}
	return d, err
}
