package daemon

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// ChannelChecks look, when coupwatch is started and then every hour, whether
// alerts would arrive, so that a token that dies at night is known before the
// alert that needs it. A channel that is in trouble and owes nothing is looked at
// more often, since no alert shows that it is well again.
type ChannelChecks struct {
	log *slog.Logger
	use *InUse
	db  *store.DB

	mu     sync.Mutex
	next   map[string]time.Time // when a channel is looked at again
	failed map[string]int       // how often in a row it was not well
	seen   map[string]Checked   // how it was the last time
}

// Checked is how a channel was when it was last looked at.
type Checked struct {
	At      time.Time
	Problem string    // "" if alerts would arrive
	Next    time.Time // when it is looked at again
}

// How long a channel is looked at, and how often.
const (
	CheckTime    = 20 * time.Second // for one channel
	wellCheck    = time.Hour
	troubleCheck = time.Minute // and longer each time
)

// NewChannelChecks returns checks of the channels that the rules in use name.
func NewChannelChecks(log *slog.Logger, use *InUse, db *store.DB) *ChannelChecks {
	return &ChannelChecks{log: log, use: use, db: db, next: map[string]time.Time{}, failed: map[string]int{}, seen: map[string]Checked{}}
}

// Run looks at the channels whose turn it is.
func (c *ChannelChecks) Run(ctx context.Context) error {
	troubles, err := c.db.Troubles(ctx)
	if err != nil {
		return err
	}
	for _, channel := range c.use.Policy().Channels() {
		if ctx.Err() != nil || !c.due(channel, time.Now()) {
			continue
		}
		checker := c.use.Checker(channel)
		if checker == nil {
			continue
		}
		i := slices.IndexFunc(troubles, func(t outbox.Channel) bool { return t.Name == channel })
		if err := c.look(ctx, checker, channel, i >= 0, i >= 0 && troubles[i].Owed > 0); err != nil {
			return err
		}
	}
	return nil
}

// Last returns how a channel was when it was last looked at, and whether it was.
func (c *ChannelChecks) Last(channel string) (Checked, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	seen, known := c.seen[channel]
	return seen, known
}

// due reports whether a channel is to be looked at now.
func (c *ChannelChecks) due(channel string, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !now.Before(c.next[channel])
}

// look looks at a channel and keeps what it saw. As long as something is owed
// over it, sending that shows whether it is well.
func (c *ChannelChecks) look(ctx context.Context, checker notify.Checker, channel string, inTrouble, owes bool) error {
	within, cancel := context.WithTimeout(ctx, CheckTime)
	defer cancel()
	problem := notify.Problem(checker.Check(within, channel))
	if ctx.Err() != nil {
		return nil
	}
	now := time.Now().UTC()
	c.mu.Lock()
	defer c.mu.Unlock()
	if problem == nil {
		c.next[channel], c.failed[channel] = now.Add(wellCheck), 0
		c.seen[channel] = Checked{At: now, Next: c.next[channel]}
		if inTrouble && !owes {
			c.log.Info("channel is well again", "channel", channel)
			return c.db.Well(ctx, channel)
		}
		return nil
	}
	c.next[channel] = now.Add(min(wellCheck, troubleCheck<<min(c.failed[channel], 10)))
	c.seen[channel] = Checked{now, problem.Error(), c.next[channel]}
	if c.failed[channel]++; c.failed[channel] == 1 {
		c.log.Warn("nothing can be sent over a channel", "channel", channel, "err", problem)
	}
	if owes {
		return nil
	}
	return c.db.Trouble(ctx, channel, problem.Error(), now, now) // which pauses nothing: an alert may try
}
