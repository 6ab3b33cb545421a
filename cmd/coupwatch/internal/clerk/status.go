package clerk

import (
	"context"
	"runtime"
	"time"

	"github.com/coupwatch/coupwatch/web/handles"
)

// Status implements [handles.Desk].
func (c *Clerk) Status(ctx context.Context) (s handles.Status, err error) {
	now := time.Now()
	s = handles.Status{Version: c.Version, Go: runtime.Version(), Started: c.Started, Rules: c.rulesStatus()}
	troubles, err := c.DB.OpenTroubles(ctx)
	if err != nil {
		return s, err
	}
	for _, t := range troubles {
		s.Wrong = append(s.Wrong, t.Text)
	}
	census, err := c.DB.Census(ctx, now)
	if err != nil {
		return s, err
	}
	s.Database = handles.StoreStatus{Where: c.Where, Bytes: census.Bytes, Free: -1, Stories: census.Stories}
	if free, known := c.DB.Room(); known {
		s.Database.Free = int64(free)
	}
	s.Database.Problem, s.Database.Since = c.DB.Condition()
	for _, n := range census.Owed {
		s.Database.Owed += n
	}
	for _, name := range c.Use.Policy().Channels() {
		s.Channels = append(s.Channels, c.seen(name, census.Owed[name]))
	}
	if c.Runs != nil {
		for _, r := range c.Runs.All(now) {
			s.Jobs = append(s.Jobs, handles.Job{Name: r.Job, Every: r.Every, Began: r.Began, Took: r.Took, Working: r.Working, Problem: r.Problem, Failed: r.Failed, Next: r.Next, Times: r.Times})
		}
	}
	return s, nil
}

// rulesStatus returns which rules are in use.
func (c *Clerk) rulesStatus() handles.RulesStatus {
	status, sum := c.Use.File.Status(), c.rules().Summary()
	return handles.RulesStatus{
		Version: c.rules().Version(), Loaded: status.LoadedAt, Problem: status.Problem,
		Feeds: sum.Feeds, Rules: sum.Rules, Lists: sum.Lists, Terms: sum.Terms, Entities: sum.Entities,
	}
}

// seen returns how a channel was when it was last tested.
func (c *Clerk) seen(name string, owed int) handles.SeenChannel {
	s := handles.SeenChannel{Name: name, Printed: c.Use.Printed(name), Owed: owed}
	if c.Checks == nil {
		return s
	}
	if last, known := c.Checks.Last(name); known {
		s.Tested, s.Problem, s.Next = last.At, last.Problem, last.Next
	}
	return s
}
