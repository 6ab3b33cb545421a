package notify

import (
	"context"
	"time"

	"golang.org/x/time/rate"

	"github.com/coupwatch/coupwatch/notify/internal/pace"
)

// spurt is how many messages may go out at once after a silence.
const spurt = 3

// newLimiter returns what says when a message may go out: one each pace, and up
// to spurt at once. Until it is told a pace, all may.
func newLimiter() *rate.Limiter { return rate.NewLimiter(rate.Inf, spurt) }

// wait returns when a message may go out, or false when ctx is done. It takes
// nothing from the limiter, since there may be no message.
func (run *channelRun) wait(ctx context.Context) bool {
	missing := 1 - run.limiter.Tokens()
	return pace.Pass(ctx, time.Duration(missing*float64(run.pace)))
}
