package schedule

import (
	"fmt"
	"strings"
	"time"
)

// An adaptive schedule is between these bounds when it names none.
const (
	autoLeast = 2 * time.Minute
	autoMost  = time.Hour
)

// Auto are the bounds of an adaptive schedule, "auto 2m..1h": what is read by it
// finds its own pace, but no faster than Least and no slower than Most.
type Auto struct{ Least, Most time.Duration }

// Next implements [cron.Schedule]: the first moment after t by which it comes in
// any case.
func (a Auto) Next(t time.Time) time.Time { return t.Add(a.Most) }

// Auto returns the bounds of s, and whether it is an adaptive schedule at all.
func (s Schedule) Auto() (bounds Auto, ok bool) {
	bounds, ok = s.next.(Auto)
	return bounds, ok
}

// parseAuto reads "auto" and "auto 2m..1h". It is not ok if spec is neither.
func parseAuto(spec string) (s Schedule, ok bool, err error) {
	rest, ok := strings.CutPrefix(spec, "auto")
	if bare, at := strings.CutPrefix(spec, "@auto"); at {
		return Schedule{}, true, fmt.Errorf("%q is no schedule; did you mean %q, without @?", spec, "auto"+bare)
	}
	if !ok || rest != "" && rest[0] != ' ' {
		return Schedule{}, false, nil
	}
	if rest = strings.TrimSpace(rest); rest == "" {
		return Schedule{Auto{autoLeast, autoMost}}, true, nil
	}
	from, to, both := strings.Cut(rest, "..")
	least, wrong := time.ParseDuration(from)
	most, wrongToo := time.ParseDuration(to)
	switch {
	case both && strings.HasSuffix(to, "d"):
		return Schedule{}, true, fmt.Errorf("%q: %q is no length of time here; write hours, as in \"auto 2m..24h\"", spec, to)
	case wrong != nil, wrongToo != nil, strings.HasPrefix(to, "."): // three dots: 2m..(.1h) would be six minutes
		return Schedule{}, true, fmt.Errorf("%q: after auto stand the shortest and the longest time between two readings, as in \"auto 2m..1h\"", spec)
	case least < Shortest:
		return Schedule{}, true, fmt.Errorf("%q: the shortest time between two readings is %v", spec, Shortest)
	case most < least:
		return Schedule{}, true, fmt.Errorf("%q runs backwards; did you mean \"auto %s..%s\"?", spec, to, from)
	}
	return Schedule{Auto{least, most}}, true, nil
}
