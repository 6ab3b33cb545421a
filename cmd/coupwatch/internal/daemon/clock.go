package daemon

import "time"

// leastJump is how far a clock is set at least that was not merely corrected.
const leastJump = time.Minute

// A clock is watched for being set: what counts how much time has passed goes on
// meanwhile. One goroutine uses it.
type clock struct {
	began  time.Time
	wall   time.Time     // what it said when it was last looked at; zero for never
	passed time.Duration // since began then
}

// wasSet reports whether the clock was set since it was last asked, now that it says wall
// and so much time has passed since it began.
func (c *clock) wasSet(wall time.Time, passed time.Duration) bool {
	wall = wall.Round(0) // without what counts the time that passes
	jump := wall.Sub(c.wall) - (passed - c.passed)
	first := c.wall.IsZero()
	c.wall, c.passed = wall, passed
	return !first && jump.Abs() > leastJump
}
