package main

import (
	"context"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/notify/slack"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/web"
)

// page tells the web page of the program's state.
type page struct {
	use *daemon.InUse
	db  *store.DB
	ops *daemon.Operators

	doors []web.Door // beside the page
}

func (pg *page) state() web.State {
	s, pol := pg.use.File.Status(), pg.use.Policy()
	state := web.State{Version: version(), RulesLoaded: s.LoadedAt, RulesProblem: s.Problem}
	state.Unrecorded, state.Since = pg.db.Condition()
	if len(pol.Digest.To) > 0 {
		state.NextDigest = pol.Digest.Next(time.Now())
	}
	return state
}

// A sight is what Prometheus asks of the daemon; see [metrics.Sight].
type sight struct {
	*store.DB
	use *daemon.InUse
}

// RulesLoaded implements [metrics.Sight].
func (s sight) RulesLoaded() (at time.Time, current bool) {
	status := s.use.File.Status()
	return status.LoadedAt, status.Problem == ""
}

// listen serves people in Slack, if it is set up for that, until ctx is done.
// That Slack refuses the app is told to the operators and ends only the
// listening.
func (p *program) listen(ctx context.Context, page *page) error {
	bot, ok := page.use.Channels.Slack.(*slack.Bot)
	if !ok || p.SlackApp == "" {
		return nil
	}
	desk := &daemon.SlackDesk{Use: page.use, DB: page.db, Rules: p.readRules, Version: version(), Columns: p.Columns}
	err := bot.Socket(string(p.SlackApp), desk, p.log).Listen(ctx)
	if ctx.Err() != nil {
		return nil
	}
	p.log.Error("nobody listens to buttons in Slack", "err", err)
	page.ops.Deaf(err)
	return nil
}
