package daemon

import (
	"time"

	"github.com/coupwatch/coupwatch/store"
)

// A Sight is what Prometheus asks of the daemon.
type Sight struct {
	*store.DB
	Use *InUse
}

// RulesLoaded returns when the rules in use were read, and whether they are those of
// the file as it is now.
func (s Sight) RulesLoaded() (at time.Time, current bool) {
	status := s.Use.File.Status()
	return status.LoadedAt, status.Problem == ""
}
