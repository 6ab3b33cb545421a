package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// parseSince returns the moment that --since names: so long before now, as
// "30d", "2w" or "36h", or the beginning of a day in UTC, as "2026-08-22".
func parseSince(value string, now time.Time) (time.Time, error) {
	if day, err := time.Parse(time.DateOnly, value); err == nil {
		return day, nil
	}
	for unit, length := range map[string]time.Duration{"h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour} {
		digits, found := strings.CutSuffix(value, unit)
		if n, err := strconv.Atoi(digits); found && err == nil && n > 0 && n < 100_000 {
			return now.Add(-time.Duration(n) * length).UTC(), nil
		}
	}
	return time.Time{}, usageError{fmt.Errorf("--since %q should be a time such as 30d, 2w or 36h, or a day such as %s", value, now.UTC().Format(time.DateOnly))}
}
