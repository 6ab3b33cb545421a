package main

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/slack"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/web"
)

// greet says in a few lines what is watched, who is told, and where the page
// is.
func (p *program) greet(use *daemon.InUse, page net.Listener, mode mode) {
	sum, pol := use.File.Current().Summary(), use.Policy()
	fmt.Fprintf(p.out, "coupwatch %s\n", version())
	fmt.Fprintf(p.out, "  watches    %s with %s and %s of %s\n", terminal.Count(sum.Feeds, "feed"), terminal.Count(sum.Rules, "rule"), terminal.Count(sum.Entities, "entity"), p.Rules)
	fmt.Fprintf(p.out, "  remembers  in %s\n", shownURL(p.Database))
	for i, route := range pol.Routes {
		label := "tells"
		if i > 0 {
			label = ""
		}
		fmt.Fprintf(p.out, "  %-9s  %s\n", label, p.routeLine(route, mode))
	}
	if len(pol.Digest.To) > 0 {
		next := pol.Digest.Next(time.Now())
		fmt.Fprintf(p.out, "  digest     %s %s, to %s\n", next.In(pol.Digest.Zone).Format("Mon 2 Jan 15:04"), pol.Digest.Zone, p.channelList(pol.Digest.To, mode))
	}
	if page != nil {
		fmt.Fprintf(p.out, "  page       http://%s/ (for machines: /healthz)\n", reachable(page.Addr().String()))
	}
	for _, text := range slices.Concat(use.Channels.Shortcomings(), p.advice(use, mode)) {
		fmt.Fprintln(p.out, text)
	}
	fmt.Fprintf(p.out, "What a feed carries when it is first read wakes nobody. Stop with Ctrl-C.\n\n")
}

// advice says in sentences what is odd about the settings.
func (p *program) advice(use *daemon.InUse, mode mode) []string {
	advice := settings.Misspelt(settings.Names())
	if !mode.dry {
		advice = append(advice, p.Idle(use.File.Current().Policy())...)
	}
	return advice
}

// reachable is an address by which a browser here reaches one that is listened
// on.
func reachable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		return net.JoinHostPort("localhost", port)
	}
	return addr
}

// routeLine says who hears of what on a route.
func (p *program) routeLine(r news.Route, mode mode) string {
	what := "every story"
	if r.Severity > news.Medium {
		what = r.Severity.String() + " stories"
	}
	var of []string
	of = append(of, r.Rules...)
	for _, e := range r.Entities {
		of = append(of, "@"+e)
	}
	of = append(of, r.Tags...)
	if len(of) > 0 {
		what += " of " + strings.Join(of, ", ")
	}
	return what + " to " + p.channelList(r.To, mode)
}

// channelList names channels, and says of those that are not set up that their
// alerts are printed instead.
func (p *program) channelList(to []string, mode mode) string {
	var names []string
	for _, channel := range to {
		kind, _, _ := strings.Cut(channel, ":")
		missing := map[string]string{}
		switch {
		case mode.dry:
			missing[kind] = "this is a dry run"
		case p.SlackToken == "" && p.SlackWebhook == "":
			missing["slack"] = "SLACK_BOT_TOKEN is not set"
		}
		if p.SMTP == "" && !mode.dry {
			missing["email"] = "SMTP_URL is not set"
		}
		if p.Webhook == "" && !mode.dry {
			missing["webhook"] = "WEBHOOK_URL is not set"
		}
		if len(p.Chats) == 0 && !mode.dry {
			missing["chat"] = "CHAT_URLS is not set"
		}
		if why := missing[kind]; why != "" {
			channel += " (printed here: " + why + ")"
		}
		names = append(names, channel)
	}
	return strings.Join(names, ", ")
}

// shownURL is a database URL without what may be secret.
func shownURL(url string) string {
	scheme, rest, found := strings.Cut(url, "://")
	if !found {
		return strings.TrimPrefix(url, "sqlite:")
	}
	if _, host, hasUser := strings.Cut(rest, "@"); hasUser {
		rest = host
	}
	rest, _, _ = strings.Cut(rest, "?")
	return scheme + "://" + rest
}

// page tells the web page of the program's state.
type page struct {
	use *daemon.InUse
	db  *store.DB
	ops *daemon.Operators
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

// userAgent is what publishers see in their logs.
func userAgent() string { return "Coupwatch/" + version() + " (news watcher; conditional requests)" }

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
