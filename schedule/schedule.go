// Package schedule says when things happen: it reads the cron expressions of
// rules.yaml and wakes the jobs of the program.
//
// Nothing depends on when exactly a job is woken: the database knows what is
// due, and cron only asks it.
package schedule

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// Shortest is the shortest time that may lie between two readings of a feed.
const Shortest = time.Second

// A Schedule is a rule for moments. It is immutable and safe for concurrent
// use; make one with [Parse].
type Schedule struct{ next cron.Schedule }

// Parse reads "@every 5m", "@hourly" and the like, a cron expression of five
// fields ("*/10 6-22 * * *", in UTC, or after "TZ=Europe/Kyiv " in that zone), or
// the bounds of an adaptive schedule ("auto 2m..1h"). The error says what to write
// instead.
func Parse(spec string) (s Schedule, err error) {
	defer func() { // the parser panics on a zone without fields
		if r := recover(); r != nil {
			s, err = Schedule{}, refuse(spec)
		}
	}()
	if d, ok := strings.CutPrefix(spec, "@every "); ok {
		every, err := time.ParseDuration(d)
		if err != nil || every < Shortest {
			return Schedule{}, fmt.Errorf("%q: the time after @every should be like 5m or 1h30m and at least %v", spec, Shortest)
		}
	}
	if s, ok, err := parseAuto(spec); ok {
		return s, err
	}
	next, err := cron.ParseStandard(inUTC(spec))
	if err != nil {
		return Schedule{}, refuse(spec)
	}
	if next.Next(time.Now()).IsZero() {
		return Schedule{}, fmt.Errorf("%q never comes", spec)
	}
	return Schedule{next}, nil
}

// refuse says what is wrong with a spec, and not in the parser's words, which
// are for programmers.
func refuse(spec string) error {
	if meant := guess(spec); meant != "" {
		return fmt.Errorf("%q is no schedule; did you mean %q?", spec, meant)
	}
	if what := mistake(spec); what != "" {
		return fmt.Errorf("%q is no schedule: %s", spec, what)
	}
	return fmt.Errorf("%q is no schedule; write \"@every 5m\", \"auto 2m..1h\" or five fields as cron has them, such as \"*/10 * * * *\"", spec)
}

// inUTC makes UTC the zone of a spec that names none; the parser would take
// the machine's.
func inUTC(spec string) string {
	if strings.HasPrefix(spec, "@") || strings.HasPrefix(spec, "TZ=") || strings.HasPrefix(spec, "CRON_TZ=") {
		return spec
	}
	return "CRON_TZ=UTC " + spec
}

// Next returns the first moment after t.
func (s Schedule) Next(t time.Time) time.Time { return s.next.Next(t).UTC() }

// guess returns what somebody meant who wrote a length of time alone, or the
// words without @ or in capitals; "" for anything else.
func guess(spec string) string {
	lower := strings.ToLower(strings.TrimSpace(spec))
	if _, ok, err := parseAuto(lower); ok && err == nil {
		return lower
	}
	length := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(lower, "@"), "every"))
	if d, err := time.ParseDuration(length); err == nil && d >= Shortest {
		return "@every " + length
	}
	return ""
}
