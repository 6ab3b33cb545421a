package daemon

import (
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/coupwatch/coupwatch/schedule"
)

// OnHangup rings the alarm at each SIGHUP, by which supervisors ask for a reload,
// until stop is called.
func OnHangup(alarm *schedule.Alarm) (stop func()) {
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	go func() {
		for range hangups {
			alarm.At(time.Now())
		}
	}()
	return func() { signal.Stop(hangups); close(hangups) }
}
