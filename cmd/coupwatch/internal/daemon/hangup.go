package daemon

import (
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/coupwatch/coupwatch/schedule"
)

// OnHangup rings the alarm at each SIGHUP, by which supervisors ask for a reload,
// until stop is called. It says so in the log, where nothing else would stand of rules
// that are as they were.
func OnHangup(alarm *schedule.Alarm, log *slog.Logger) (stop func()) {
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	go func() {
		for range hangups {
			log.Info("SIGHUP: the rules are read; what is new or wrong in them follows")
			alarm.At(time.Now())
		}
	}()
	return func() { signal.Stop(hangups); close(hangups) }
}
