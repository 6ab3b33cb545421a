package login

import "time"

// SetNow sets the clock of a desk.
func (d *Desk) SetNow(now func() time.Time) { d.now = now }

// For tests of what they do.
var (
	Onward      = onward
	OutsideName = outsideName
	AddressOf   = addressOf
)
