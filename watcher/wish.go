package watcher

import (
	"strconv"
	"strings"
	"time"

	ext "github.com/mmcdole/gofeed/extensions"
)

// maxWish is the longest that a feed may want us to wait.
const maxWish = 30 * 24 * time.Hour

// periods are what sy:updatePeriod says.
var periods = map[string]time.Duration{
	"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour, "monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
}

// wish returns how long a feed wants us to wait between two readings: by its
// ttl, which is in minutes, and its sy:updatePeriod and updateFrequency. Zero is
// that it does not say. Once an hour is not taken for said: WordPress writes it
// into each of its feeds, however often something is published there.
func wish(ttl string, x ext.Extensions) time.Duration {
	minutes, err := strconv.ParseFloat(strings.TrimSpace(ttl), 64)
	if err != nil || !(minutes > 0) {
		minutes = 0
	}
	wait := time.Duration(min(minutes, maxWish.Minutes()) * float64(time.Minute))
	period := periods[strings.ToLower(first(extension(x, "sy", "updatePeriod")))]
	times, err := strconv.ParseFloat(first(extension(x, "sy", "updateFrequency")), 64)
	if err != nil || !(times >= 1) {
		times = 1
	}
	if period == time.Hour && times == 1 {
		period = 0
	}
	return max(wait, min(time.Duration(float64(period)/times), maxWish))
}
