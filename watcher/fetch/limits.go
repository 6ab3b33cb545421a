package fetch

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	maxRetryAfter = 24 * time.Hour  // the longest that a server can put us off
	unsaidRest    = 5 * time.Minute // how long one is left alone that wants to be asked less often and does not say how much
)

// rest returns for how long a server wants to be left alone with whatever else
// there is to ask of it: as it says when it refuses us for having asked too
// often or for being busy, or when it has no more requests to give.
func rest(resp *http.Response, now time.Time) time.Duration {
	wait := spent(resp.Header, now)
	switch resp.StatusCode {
	case http.StatusTooManyRequests:
		if wait = max(wait, retryAfter(resp.Header.Get("Retry-After"), now)); wait == 0 {
			wait = unsaidRest
		}
	case http.StatusServiceUnavailable:
		wait = max(wait, retryAfter(resp.Header.Get("Retry-After"), now))
	}
	return wait
}

// retryAfter reads the header of that name, be it seconds or a date. What
// makes no sense is zero.
func retryAfter(header string, now time.Time) time.Duration {
	header = strings.TrimSpace(header)
	if strings.Trim(header, "0123456789") == "" && header != "" {
		seconds, err := strconv.ParseInt(header, 10, 64)
		if err != nil || seconds > int64(maxRetryAfter/time.Second) {
			return maxRetryAfter
		}
		return time.Duration(seconds) * time.Second
	}
	at, err := http.ParseTime(header)
	if err != nil {
		return 0
	}
	return min(max(at.Sub(now), 0), maxRetryAfter)
}

// spent returns when there are requests again for who has none left, by the
// headers RateLimit-Remaining and RateLimit-Reset, with X- before them or in one
// header RateLimit; zero if some are left or nothing is said.
func spent(header http.Header, now time.Time) time.Duration {
	for _, prefix := range []string{"RateLimit-", "X-RateLimit-", "X-Rate-Limit-"} {
		if wait := until(header.Get(prefix+"Remaining"), header.Get(prefix+"Reset"), now); wait > 0 {
			return wait
		}
	}
	// Two drafts: limit=100, remaining=0, reset=50, and "default";r=0;t=50, of
	// which there may be several.
	longest := time.Duration(0)
	remaining := ""
	for _, part := range strings.FieldsFunc(header.Get("RateLimit"), func(r rune) bool { return r == ',' || r == ';' }) {
		switch name, value, _ := strings.Cut(strings.TrimSpace(part), "="); name {
		case "r", "remaining":
			remaining = value
		case "t", "reset":
			longest = max(longest, until(remaining, value, now))
			remaining = ""
		}
	}
	return longest
}

// until returns how long to wait for requests of which so many remain. The
// reset is in seconds from now, or since 1970.
func until(remaining, reset string, now time.Time) time.Duration {
	left, err := strconv.ParseFloat(strings.TrimSpace(remaining), 64)
	if err != nil || left >= 1 {
		return 0
	}
	seconds, err := strconv.ParseFloat(strings.TrimSpace(reset), 64)
	if err != nil || !(seconds > 0) {
		return 0
	}
	if today := float64(now.Unix()); seconds > today/2 {
		if seconds > 100*today { // in milliseconds
			seconds /= 1000
		}
		seconds -= today
	}
	seconds = min(max(seconds, 0), maxRetryAfter.Seconds())
	return time.Duration(seconds * float64(time.Second))
}

// maxLifetime is the longest that an answer may say it holds.
const maxLifetime = 30 * 24 * time.Hour

// lifetime returns how long an answer holds as its headers say, from now: by
// max-age, less its age in the caches that it came through, else by Expires (RFC
// 9111, section 4.2). Zero is that they do not say, or that it does not hold.
func lifetime(header http.Header, now time.Time) time.Duration {
	for part := range strings.SplitSeq(strings.Join(header.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.ToLower(strings.TrimSpace(part)), "=")
		switch name {
		case "no-cache", "no-store":
			return 0
		case "max-age":
			seconds, err := strconv.ParseInt(strings.Trim(value, `"`), 10, 64)
			if err != nil {
				return 0
			}
			age, _ := strconv.ParseInt(header.Get("Age"), 10, 64)
			seconds = min(max(seconds, 0), int64(maxLifetime/time.Second)) - max(age, 0)
			return time.Duration(max(seconds, 0)) * time.Second
		}
	}
	at, err := http.ParseTime(header.Get("Expires"))
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		now = date // their clock, not ours
	}
	return min(max(at.Sub(now), 0), maxLifetime)
}
