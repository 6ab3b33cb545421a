package notify

import (
	"errors"
	"net/url"
	"time"

	"github.com/coupwatch/coupwatch/notify/show"
)

// askedToWait returns how long the service wants to be left alone, with a
// little more so as not to knock at the very moment; 0 if it did not say.
func askedToWait(err error) time.Duration {
	if e, ok := errors.AsType[*RetryError](err); ok && e.After > 0 {
		return min(e.After, maxAsked) + 100*time.Millisecond
	}
	return 0
}

// problemText returns err in one line of moderate length: a part of it may
// come from the service.
func problemText(err error) string { return show.Line(err.Error(), 500) }

// withoutURL returns err without the address that net/http puts before it,
// for an address may be a secret.
func withoutURL(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}
