package settings

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// MatchedSince returns the moment from which on what a rule matched is remembered at
// now; zero if all of it is.
func (s Settings) MatchedSince(now time.Time) time.Time {
	if s.KeepMatched == 0 {
		return time.Time{}
	}
	return now.Add(-s.KeepMatched)
}

func setRetention(s *Settings, v string) (err error) {
	s.Retention, err = parseDays(v)
	return err
}

func setKeepMatched(s *Settings, v string) (err error) {
	if v == "forever" {
		return nil
	}
	if s.KeepMatched, err = parseDays(v); err != nil {
		return fmt.Errorf("%w, or forever", err)
	}
	return nil
}

// parseDays returns the time of so many days, "400d".
func parseDays(v string) (time.Duration, error) {
	days, err := strconv.Atoi(strings.TrimSuffix(v, "d"))
	if err != nil || days < 30 || days > mostDays {
		return 0, fmt.Errorf("%q should be a number of days, at least 30d", v)
	}
	return time.Duration(days) * 24 * time.Hour, nil
}

// mostDays is a century, which a time.Duration still holds.
const mostDays = 36_500
