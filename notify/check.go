package notify

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	netmail "net/mail"
	"net/url"
	"slices"
	"strings"

	"github.com/slack-go/slack"
	"github.com/wneessen/go-mail"

	"github.com/coupwatch/coupwatch/notify/show"
)

// A Checker is a notifier that can see, without sending anything to people,
// whether alerts would arrive.
type Checker interface {
	// Check looks whether alerts over the channel would arrive. No finding
	// holds a secret.
	Check(ctx context.Context, channel string) []Finding
}

// A Finding is what was seen of one thing that has to be right.
type Finding struct {
	What string // such as "token" or "channel C0123"
	Says string // what was seen, or why it could not be
	Seen bool   // it could be seen
	Err  error  // what is wrong and what to do, nil if nothing is
}

// Problem returns what is wrong by the findings, nil if nothing is.
func Problem(findings []Finding) error {
	for _, f := range findings {
		if f.Err != nil {
			return f.Err
		}
	}
	return nil
}

// right, wrong and unseen return findings.
func right(what, says string) Finding      { return Finding{What: what, Says: says, Seen: true} }
func wrong(what string, err error) Finding { return Finding{What: what, Seen: true, Err: err} }
func unseen(what, why string) Finding      { return Finding{What: what, Says: why} }

// Check implements [Checker]: whom Slack takes the bot for, what it may do, and
// whether the channel is there.
func (s *Slack) Check(ctx context.Context, channel string) []Finding {
	name := address(channel, s.channel)
	who, err := s.client.AuthTestContext(ctx)
	switch {
	case slackCode(err) == "unknown_method":
		return []Finding{unseen("token", "this is not Slack itself, and does not say whose the token is")}
	case err != nil:
		return []Finding{wrong("token", slackError(name, err))}
	}
	all := []Finding{right("token", fmt.Sprintf("bot %s of %s", show.Line(who.User, 60), show.Line(who.Team, 60)))}
	if scopes := who.Header.Get("X-OAuth-Scopes"); scopes != "" {
		all = append(all, scopesFinding(strings.FieldsFunc(scopes, func(r rune) bool { return r == ',' || r == ' ' })))
	}
	return append(all, s.checkChannel(ctx, name))
}

// scopesFinding says whether the bot may do what it has to.
func scopesFinding(scopes []string) Finding {
	has := func(any ...string) bool {
		return slices.ContainsFunc(any, func(scope string) bool { return slices.Contains(scopes, scope) })
	}
	switch {
	case !has("chat:write", "chat:write:bot"):
		return wrong("scopes", OfChannel(errors.New("slack: the bot lacks the scope chat:write; "+advice("", "missing_scope"))))
	case !has("channels:history", "groups:history"):
		return right("scopes", "chat:write; without channels:history, or groups:history for a private channel, an alert may be told twice after a crash")
	}
	return right("scopes", "it may post, and look for what it posted")
}

// checkChannel says whether a channel is there and takes what the bot posts.
// The scope chat:write alone does not let it ask.
func (s *Slack) checkChannel(ctx context.Context, name string) Finding {
	what := "channel " + show.Line(name, 80)
	if strings.HasPrefix(name, "#") {
		return unseen(what, "it cannot be looked up by its name; use its id, such as C0123ABCD")
	}
	info, err := s.client.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: name})
	switch code := slackCode(err); {
	case err == nil && info.IsArchived:
		return wrong(what, refusal(name, "is_archived"))
	case err == nil && info.ID != "" && !info.IsMember && !info.IsIM:
		return wrong(what, refusal(name, "not_in_channel"))
	case err == nil && info.ID != "":
		return right(what, "the bot is in #"+show.Line(info.Name, 80))
	case err == nil, code == "missing_scope", code == "unknown_method":
		return s.checkHistory(ctx, name, what)
	case code == "": // Slack is there and takes the token, but this was not to be had
		return unseen(what, "it could not be looked up: "+problemText(slackError(name, err)))
	}
	return wrong(what, slackError(name, err))
}

// checkHistory says whether a channel is there by looking for its latest message.
func (s *Slack) checkHistory(ctx context.Context, name, what string) Finding {
	_, err := s.client.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: name, Limit: 1})
	switch code := slackCode(err); {
	case err == nil:
		return right(what, "it is there")
	case code == "missing_scope", code == "unknown_method", code == "no_permission":
		return unseen(what, "without the scope channels:read it cannot be looked up; send a test message")
	case code == "":
		return unseen(what, "it could not be looked up: "+problemText(slackError(name, err)))
	}
	return wrong(what, slackError(name, err))
}

// Check implements [Checker]: the server, the user, the sender and the
// recipients, as far as the server says without being given a mail.
func (e *Email) Check(ctx context.Context, channel string) []Finding {
	server := "server " + e.server.host
	client, err := mail.NewClient(e.server.host, e.server.options...)
	if err != nil {
		return []Finding{wrong(server, OfChannel(fmt.Errorf("mail server %s: %w", e.server.host, err)))}
	}
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return []Finding{wrong(server, mailError(e.server.host, err))}
	}
	defer func() { _ = client.CloseWithSMTPClient(conn) }() // nothing was sent
	all := []Finding{right(server, "it takes us")}
	if err := conn.Mail("<" + e.server.from.Address + ">"); err != nil {
		return append(all, wrong("sender "+e.server.from.Address, mailError(e.server.host, err)))
	}
	all = append(all, right("sender "+e.server.from.Address, "the server takes it"))
	recipients := e.recipients
	if to := address(channel, ""); to != "" {
		recipients = []string{to}
	}
	if len(recipients) == 0 {
		return append(all, wrong("recipients", OfChannel(errors.New("there are none; set MAIL_TO, or write email:address in the routes"))))
	}
	for _, to := range recipients {
		what := "recipient " + show.Line(to, 100)
		switch err := conn.Rcpt("<" + bare(to) + ">"); {
		case err != nil && replyCode(err) >= 500:
			all = append(all, wrong(what, mailError(e.server.host, err)))
		case err != nil:
			all = append(all, unseen(what, "the server puts it off: "+show.Line(err.Error(), 200)))
		default:
			all = append(all, right(what, "the server takes it"))
		}
	}
	return all
}

// bare returns an address without the name before it.
func bare(to string) string {
	if a, err := netmail.ParseAddress(to); err == nil {
		return a.Address
	}
	return to
}

// Check implements [Checker]: whether the server can be reached. Nothing is
// posted.
func (w *Webhook) Check(ctx context.Context, _ string) []Finding { return checkServer(ctx, w.address) }

// Check implements [Checker]: whether Slack can be reached. Nothing is posted.
func (s *SlackWebhook) Check(ctx context.Context, _ string) []Finding {
	return checkServer(ctx, s.address)
}

// checkServer says whether the server of an address, or the proxy on the way
// there, can be reached. The address is not shown.
func checkServer(ctx context.Context, address string) []Finding {
	u, err := url.Parse(address)
	if err != nil {
		return []Finding{wrong("address", OfChannel(withoutURL(err)))}
	}
	what, host := "server "+show.Line(u.Hostname(), 100), u
	if proxy, err := http.ProxyFromEnvironment(&http.Request{URL: u}); err == nil && proxy != nil {
		what, host = "proxy "+show.Line(proxy.Hostname(), 100), proxy
	}
	port := host.Port()
	if port == "" {
		port = map[string]string{"http": "80", "socks5": "1080"}[host.Scheme]
	}
	if port == "" {
		port = "443"
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", net.JoinHostPort(host.Hostname(), port))
	if err != nil {
		return []Finding{wrong(what, fmt.Errorf("%s cannot be reached: %w", what, err))}
	}
	_ = conn.Close() // nothing was said
	return []Finding{right(what, "it can be reached; whether it takes alerts, a test message shows")}
}

// Check implements [Checker]: whether there is such a chat. What its service
// says cannot be known without sending.
func (c *Chat) Check(_ context.Context, channel string) []Finding {
	r, err := c.room(channel)
	if err != nil {
		return []Finding{wrong("name", err)}
	}
	return []Finding{unseen("chat "+r.name, "the address is understood; whether "+r.service.GetID()+" takes alerts, a test message shows")}
}
