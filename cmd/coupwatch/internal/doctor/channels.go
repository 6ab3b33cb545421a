package doctor

import (
	"context"
	"strings"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/notify"
)

// Settings looks over the settings: what is odd about them, and why the channels
// that they name could not be made, if they could not.
func Settings(advice []string, err error) Ward {
	w := Ward{Name: "settings"}
	for _, text := range advice {
		w.Findings = append(w.Findings, unseen("advice", "%s", text))
	}
	switch {
	case err != nil:
		w.Findings = append(w.Findings, bad("channels", err))
	case len(advice) == 0:
		w.Findings = append(w.Findings, good("advice", "none"))
	}
	return w
}

// Channels looks over the channels that the rules in use name. Missing says which
// setting a kind of channel lacks.
func Channels(ctx context.Context, use *daemon.InUse, missing func(kind string) string) (wards []Ward) {
	for _, channel := range use.Policy().Channels() {
		kind, _, _ := strings.Cut(channel, ":")
		switch {
		case channel == "console":
		case use.Printed(channel):
			wards = append(wards, Ward{channel, []notify.Finding{unseen("set up", "no: what should go there is printed; set %s", missing(kind))}})
		default:
			wards = append(wards, Channel(ctx, use, channel, false))
		}
	}
	return wards
}

// Channel looks whether alerts over a channel would arrive, and sends a test
// message over it if asked to.
func Channel(ctx context.Context, use *daemon.InUse, channel string, send bool) Ward {
	ctx, cancel := context.WithTimeout(ctx, 2*daemon.CheckTime)
	defer cancel()
	w := Ward{Name: channel}
	if checker := use.Checker(channel); checker != nil {
		w.Findings = checker.Check(ctx, channel)
	}
	if !send || notify.Problem(w.Findings) != nil {
		return w
	}
	if err := use.SendTest(ctx, channel); err != nil {
		w.Findings = append(w.Findings, bad("test message", err))
	} else {
		w.Findings = append(w.Findings, good("test message", "it was sent; look whether it is there"))
	}
	return w
}
