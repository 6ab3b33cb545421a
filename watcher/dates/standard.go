package dates

import (
	"strings"
	"time"
)

// standard reads a date that is written as RFC 822 or RFC 3339 have it, with a
// zone in numbers or none but UTC. Nine dates of ten are, and what is not is read
// by [parseDate], which reads these too, and to the same moment.
func standard(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	layout := time.RFC1123Z
	switch {
	case len(s) < len("2006-01-02T15:04:05Z") || len(s) > len(time.RFC1123Z):
		return time.Time{}, false
	case s[4] == '-':
		layout = time.RFC3339
	case strings.HasSuffix(s, " GMT"), strings.HasSuffix(s, " UTC"):
		layout = time.RFC1123
	}
	t, err := time.Parse(layout, s)
	if err != nil {
		return time.Time{}, false
	}
	if _, offset := t.Zone(); offset < -14*3600 || offset > 14*3600 {
		return time.Time{}, false
	}
	return believable(t.UTC().Truncate(time.Second))
}
