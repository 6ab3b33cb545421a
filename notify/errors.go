package notify

import (
	"errors"
	"time"

	"github.com/coupwatch/coupwatch/notify/internal/pace"
)

// askedToWait returns how long the service wants to be left alone, with a
// little more so as not to knock at the very moment; 0 if it did not say.
func askedToWait(err error) time.Duration {
	if e, ok := errors.AsType[*RetryError](err); ok && e.After > 0 {
		return min(e.After, pace.Asked) + 100*time.Millisecond
	}
	return 0
}
