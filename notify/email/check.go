package email

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"

	"github.com/wneessen/go-mail"

	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/show"
)

// Check implements [notify.Checker]: the server, the user, the sender and the
// recipients, as far as the server says without being given a mail.
func (e *Notifier) Check(ctx context.Context, channel string) []notify.Finding {
	server := "server " + e.server.host
	client, err := mail.NewClient(e.server.host, e.server.options...)
	if err != nil {
		return []notify.Finding{notify.Wrong("server", notify.OfChannel(fmt.Errorf("mail server %s: %w", e.server.host, err)))}
	}
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return []notify.Finding{notify.Wrong("server", mailError(e.server.host, err))}
	}
	defer func() { _ = client.CloseWithSMTPClient(conn) }() // nothing was sent
	all := []notify.Finding{notify.Right(server, "it takes us")}
	if err := conn.Mail("<" + e.server.from.Address + ">"); err != nil {
		return append(all, notify.Wrong("sender "+e.server.from.Address, mailError(e.server.host, err)))
	}
	all = append(all, notify.Right("sender "+e.server.from.Address, "the server takes it"))
	recipients := e.recipients
	if to := notify.Address(channel, ""); to != "" {
		recipients = []string{to}
	}
	if len(recipients) == 0 {
		return append(all, notify.Wrong("recipients", notify.OfChannel(errors.New("there are none; set MAIL_TO, or write email:address in the routes"))))
	}
	for _, to := range recipients {
		what := "recipient " + show.Line(to, 100)
		switch err := conn.Rcpt("<" + bare(to) + ">"); {
		case err != nil && replyCode(err) >= 500:
			all = append(all, notify.Wrong(what, mailError(e.server.host, err)))
		case err != nil:
			all = append(all, notify.Unseen(what, "the server puts it off: "+show.Line(err.Error(), 200)))
		default:
			all = append(all, notify.Right(what, "the server takes it"))
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
