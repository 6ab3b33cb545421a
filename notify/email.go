package notify

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/coupwatch/coupwatch/news"
)

// Email sends alerts by email.
type Email struct {
	server     mailServer
	style      Style
	recipients []string
	leave      string
}

// EmailOptions are settings of [NewEmail]. The zero value is good, save that
// alerts for plain "email" then have no recipients.
type EmailOptions struct {
	Style       Style
	Recipients  []string       // addresses for alerts that name none; see [Expand]
	Unsubscribe string         // mailto: or https: address for the header List-Unsubscribe, "" for none
	Roots       *x509.CertPool // whom to trust that the server is who it says; nil for whom the system trusts
}

// NewEmail returns an Email that sends by the server at address, which is
// smtp://user:password@host:587?from=coupwatch@example.org, or smtps:// for
// TLS from the start. With smtp:// the server must know STARTTLS, unless it is
// on this machine or the address says &tls=none. The error never shows the
// address.
func NewEmail(address string, o EmailOptions) (*Email, error) {
	server, err := parseSMTP(address, o.Roots)
	if err != nil {
		return nil, err
	}
	for _, r := range o.Recipients {
		if _, err := netmail.ParseAddress(r); err != nil {
			return nil, fmt.Errorf("recipient %q is no address: write it like desk@example.org", r)
		}
	}
	if _, err := mail.NewClient(server.host, server.options...); err != nil {
		return nil, fmt.Errorf("mail server %s: %w", server.host, err)
	}
	return &Email{server, o.Style, o.Recipients, o.Unsubscribe}, nil
}

// Notify implements [Notifier]. An alert for plain "email" goes to each
// default recipient in a mail of his own; if one of them fails, sending it
// again tells the others twice, which [Expand] avoids. The Message-ID is made
// from the alert and the recipient, so that mail systems can tell a mail that
// comes twice.
func (e *Email) Notify(ctx context.Context, a news.Alert) (receipt string, err error) {
	recipients := e.recipients
	if to := address(a.Channel, ""); to != "" {
		recipients = []string{to}
	}
	if len(recipients) == 0 {
		return "", Permanent(errors.New("the alert is for \"email\", and there are no default recipients: set some, or write email:address"))
	}
	var again, lost error
	for _, to := range recipients {
		if err := e.send(ctx, a, to); IsPermanent(err) {
			lost = errors.Join(lost, err)
		} else {
			again = errors.Join(again, err)
		}
	}
	if again != nil {
		return "", again
	}
	return "", Permanent(lost)
}

// send sends a to one recipient.
func (e *Email) send(ctx context.Context, a news.Alert, to string) error {
	m, err := e.message(a, to)
	if err != nil {
		return Permanent(err)
	}
	client, err := mail.NewClient(e.server.host, e.server.options...)
	if err != nil {
		return Permanent(fmt.Errorf("mail server %s: %w", e.server.host, err))
	}
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return mailError(e.server.host, err)
	}
	// What comes after the server has taken the mail cannot make it unsent.
	defer func() { _ = client.CloseWithSMTPClient(conn) }()
	if err := client.SendWithSMTPClient(conn, m); err != nil && !m.IsDelivered() {
		return mailError(e.server.host, err)
	}
	return nil
}

// message returns a as a mail to one recipient.
func (e *Email) message(a news.Alert, to string) (*mail.Msg, error) {
	recipient, err := netmail.ParseAddress(to)
	if err != nil {
		return nil, fmt.Errorf("%q is no mail address: write it like email:desk@example.org", to)
	}
	m := mail.NewMsg(mail.WithNoDefaultUserAgent())
	m.FromMailAddress(e.server.from)
	m.ToMailAddress(recipient)
	m.Subject(e.style.Subject(a))
	m.SetDateWithValue(time.Now())
	_, domain, _ := strings.Cut(e.server.from.Address, "@")
	m.SetMessageIDWithValue(messageID(domain, a.ID, recipient.Address))
	if a.Story.ID != "" { // mail programs show the alerts of one story as one thread
		m.SetGenHeaderPreformatted(mail.HeaderReferences, "<"+messageID(domain, "story", a.Story.ID)+">")
	}
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no holiday replies
	if e.leave != "" {
		m.SetListUnsubscribe(e.leave)
	}
	page, err := e.style.HTML(a)
	if err != nil {
		return nil, fmt.Errorf("write the mail: %w", err)
	}
	m.SetBodyString(mail.TypeTextPlain, string(e.style.Text(a, false)))
	m.AddAlternativeString(mail.TypeTextHTML, string(page))
	return m, nil
}

// messageID returns the left and the right part of a Message-ID made from what
// a mail tells and to whom.
func messageID(domain, what, whom string) string {
	sum := sha256.Sum256([]byte(what + "\x00" + whom))
	return hex.EncodeToString(sum[:16]) + "@" + domain
}
