package settings

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Canary says when the daily test of coupwatch itself goes, and to whom. The zero
// value is that none does.
type Canary struct {
	Hour, Minute int
	Zone         *time.Location // nil for no canary
	Within       time.Duration  // in which it should arrive
	To           []string       // channels; none for those of the operators
}

// canaryWithin is how long a canary may take if nothing else is said.
const canaryWithin = 10 * time.Minute

// Last returns when the canary was due last, up to now, in its zone.
func (c Canary) Last(now time.Time) time.Time {
	now = now.In(c.Zone)
	due := time.Date(now.Year(), now.Month(), now.Day(), c.Hour, c.Minute, 0, 0, c.Zone)
	if due.After(now) {
		due = time.Date(now.Year(), now.Month(), now.Day()-1, c.Hour, c.Minute, 0, 0, c.Zone)
	}
	return due
}

// Schedule returns when its feed is read, as rules.yaml would say it.
func (c Canary) Schedule() string {
	return fmt.Sprintf("TZ=%s %d %d * * *", c.Zone, c.Minute, c.Hour)
}

// setCanary reads such as "07:30", "07:30 Europe/Kyiv" and "07:30 UTC 5m slack:C0123".
func setCanary(s *Settings, v string) error {
	words := strings.Fields(v)
	if len(words) == 0 {
		return nil
	}
	at, err := time.Parse("15:04", words[0])
	if err != nil {
		return fmt.Errorf("%q should begin with a time of day such as 07:30", v)
	}
	c := Canary{Hour: at.Hour(), Minute: at.Minute(), Zone: time.UTC, Within: canaryWithin}
	for _, word := range words[1:] {
		kind, _, _ := strings.Cut(word, ":")
		within, noTime := time.ParseDuration(word)
		zone, noZone := time.LoadLocation(word)
		switch {
		case slices.Contains([]string{"slack", "email", "chat", "webhook", "console"}, kind):
			c.To = append(c.To, word)
		case noTime == nil && (within < time.Minute || within > 12*time.Hour):
			return fmt.Errorf("%q: it should arrive within 1m to 12h", word)
		case noTime == nil:
			c.Within = within
		case noZone == nil && word != "Local":
			c.Zone = zone
		default:
			return fmt.Errorf("%q is no time zone such as Europe/Kyiv, no time such as 10m and no channel such as slack", word)
		}
	}
	s.Canary = c
	return nil
}
