package replay

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Playtime is the time of an archive that is played.
type Playtime struct {
	From, To time.Time     // from from until before to; zero for no bound
	Warm     time.Duration // of what is before it, played without a word
}

// ParsePlaytime reads a time as the flags --from and --to have it: days, of which
// the last is played whole, or moments in UTC; "" for no bound.
func ParsePlaytime(from, to string, warm time.Duration) (s Playtime, err error) {
	s.Warm = max(warm, 0)
	if from != "" {
		if s.From, _, err = parseMoment("--from", from); err != nil {
			return s, err
		}
	}
	if to != "" {
		var isDay bool
		if s.To, isDay, err = parseMoment("--to", to); err != nil {
			return s, err
		}
		if isDay {
			s.To = s.To.AddDate(0, 0, 1)
		}
	}
	if from != "" && to != "" && !s.From.Before(s.To) {
		return s, fmt.Errorf("--to %s is before --from %s", to, from)
	}
	return s, nil
}

// parseMoment reads a day, or a moment in UTC.
func parseMoment(flag, value string) (t time.Time, isDay bool, err error) {
	if t, err = time.Parse(time.DateOnly, value); err == nil {
		return t, true, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err = time.Parse(layout, value); err == nil {
			return t.UTC(), false, nil
		}
	}
	return t, false, fmt.Errorf("%s %q should be a day such as 2023-06-23, or a moment such as 2023-06-23T18:00", flag, value)
}

// ParseSpeed reads how many times faster than life, as the flag --speed has it; 0
// is as fast as can be.
func ParseSpeed(value string) (float64, error) {
	if value == "max" {
		return 0, nil
	}
	speed, err := strconv.ParseFloat(strings.TrimSuffix(value, "x"), 64)
	if err != nil || !(speed > 0 && speed <= 1e9) {
		return 0, fmt.Errorf("--speed %q should be a number such as 600, or max", value)
	}
	return speed, nil
}

// holds reports whether what was published at t is played.
func (s Playtime) holds(t time.Time) bool {
	return (s.From.IsZero() || !t.Before(s.From.Add(-s.Warm))) && (s.To.IsZero() || t.Before(s.To))
}
