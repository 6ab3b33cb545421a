// Package email sends alerts and digests by email: to each recipient a mail of
// its own, that mail programs sort by story, and no more an hour than one reads.
package email

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	netmail "net/mail"
	"strings"
	"sync"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/show"
)

// A Notifier sends alerts by email.
type Notifier struct {
	server     mailServer
	style      show.Style
	recipients []string
	leave      string
	allowance  *allowance

	mu      sync.Mutex
	partial map[string]map[string]error // of alerts that some recipients got: who, or why he never will, by id
}

// Options are settings of [New]. The zero value is good, save that
// alerts for plain "email" then have no recipients.
type Options struct {
	Style       show.Style
	Recipients  []string       // addresses for alerts that name none; see [notify.Expand]
	Unsubscribe string         // mailto: or https: address for the header List-Unsubscribe; "" for a mail to the sender
	HourlyLimit int            // mails about stories that a recipient gets within an hour, critical ones not limited; 0 for 20, less for any number
	Roots       *x509.CertPool // whom to trust that the server is who it says; nil for whom the system trusts
}

// New returns a Notifier that sends by the server at address, which is
// smtp://user:password@host:587?from=coupwatch@example.org, or smtps:// for
// TLS from the start. With smtp:// the server must know STARTTLS, unless it is
// on this machine or the address says &tls=none. The error never shows the
// address.
func New(address string, o Options) (*Notifier, error) {
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
	leave := cmp.Or(o.Unsubscribe, "mailto:"+server.from.Address+"?subject=unsubscribe")
	if !strings.HasPrefix(leave, "mailto:") && !strings.HasPrefix(leave, "https://") || strings.ContainsAny(leave, "<>, \r\n") {
		return nil, fmt.Errorf("the address to unsubscribe %q should begin with mailto: or https://", leave)
	}
	return &Notifier{
		server: server, style: o.Style, recipients: o.Recipients, leave: leave,
		allowance: newAllowance(o.HourlyLimit), partial: map[string]map[string]error{},
	}, nil
}

// heldBack is the receipt of an alert that nobody was mailed, as a recipient
// had enough mails within the hour. The digest tells of its story.
const heldBack = "not mailed: over the hourly limit"

// Notify implements [notify.Notifier]. An alert for plain "email" goes to each
// default recipient in a mail of his own; if one of them fails, sending it
// again tells only those who were not told, unless coupwatch was started anew.
// The Message-ID is made from the alert and the recipient, so that mail systems
// can tell a mail that comes twice; the mails about a story answer the first.
//
// A recipient gets so many mails about stories within an hour; see
// [Options]. In the place of the next comes one that says so, and until
// the hour is over only critical stories are mailed. The mail after that says
// how many were not.
//
// An Update or a Refresh is not mailed: it follows a message that the reader
// has before him.
func (e *Notifier) Notify(ctx context.Context, a news.Alert) (receipt string, err error) {
	if a.Kind == news.Update || a.Kind == news.Refresh {
		return "", nil
	}
	recipients := e.recipients
	if to := notify.Address(a.Channel, ""); to != "" {
		recipients = []string{to}
	}
	if len(recipients) == 0 {
		return "", notify.OfChannel(errors.New("the alert is for \"email\", and there are no default recipients: set some, or write email:address"))
	}
	var again, lost error
	told, got := e.told(a.ID), 0
	for _, to := range recipients {
		err, done := told[to]
		if !done {
			receipt, err = e.tell(ctx, a, to)
			done = err == nil || notify.IsPermanent(err) || notify.IsOfChannel(err)
		}
		switch {
		case !done:
			again = errors.Join(again, err)
			continue
		case err == nil:
			got++
		}
		told[to], lost = err, errors.Join(lost, err)
	}
	e.remember(a.ID, told, again != nil)
	switch {
	case again != nil:
		return "", again
	case got == 0 && notify.IsOfChannel(lost): // nobody can be reached; all are tried again
		return "", notify.OfChannel(lost)
	case lost != nil: // of some recipients, whose channel it is not alone
		return receipt, notify.Permanent(errors.New(lost.Error()))
	}
	return receipt, nil
}

// told returns who got the alert of that id at an earlier attempt, or why he
// never will.
func (e *Notifier) told(id string) map[string]error {
	e.mu.Lock()
	defer e.mu.Unlock()
	told := maps.Clone(e.partial[id])
	if told == nil {
		told = map[string]error{}
	}
	return told
}

// remember keeps who got the alert of that id for as long as somebody is still
// to get it.
func (e *Notifier) remember(id string, told map[string]error, needed bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if needed && len(told) > 0 {
		e.partial[id] = told
	} else {
		delete(e.partial, id)
	}
}

// tell sends a to one recipient, unless he had enough mails within the hour.
func (e *Notifier) tell(ctx context.Context, a news.Alert, to string) (receipt string, err error) {
	if a.Story.ID == "" {
		return "", e.send(ctx, a, to)
	}
	now := time.Now()
	t, again, held := e.allowance.turn(to, now, a.Story.Severity >= news.Critical)
	switch {
	case t == waits:
		return heldBack, nil
	case t == warns:
		a, receipt = e.enough(a, to, again), heldBack
	case held > 0:
		a.Reason = strings.TrimSpace(fmt.Sprintf("%s Not mailed before it, as there were too many within an hour: %d. The digest has them.", a.Reason, held))
	}
	if err := e.send(ctx, a, to); err != nil {
		return "", err
	}
	e.allowance.sent(to, now, t)
	return receipt, nil
}

// enough returns the notice to a recipient, in the place of a, that he gets no
// more mails until again.
func (e *Notifier) enough(a news.Alert, to string, again time.Time) news.Alert {
	zone := e.style.Zone
	if zone == nil {
		zone = time.UTC
	}
	return news.Alert{
		ID: a.ID + "/enough", Channel: a.Channel, Kind: news.Notice, DueAt: a.DueAt,
		Notice: fmt.Sprintf("There is more than mails can tell: %s got as many within the last hour as the limit allows. Until %s only critical stories are mailed; the others are in the digest, and where else the routes send them. The first of them:\n\n%s\n%s",
			to, again.In(zone).Format("15:04 MST"), show.Headline(a), show.Link(cmp.Or(a.Item.Link, a.Story.Link))),
	}
}

// send sends a to one recipient.
func (e *Notifier) send(ctx context.Context, a news.Alert, to string) error {
	m, err := e.message(a, to)
	if err != nil {
		return err
	}
	client, err := mail.NewClient(e.server.host, e.server.options...)
	if err != nil {
		return notify.OfChannel(fmt.Errorf("mail server %s: %w", e.server.host, err))
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
func (e *Notifier) message(a news.Alert, to string) (*mail.Msg, error) {
	recipient, err := netmail.ParseAddress(to)
	if err != nil {
		return nil, notify.OfChannel(fmt.Errorf("%q is no mail address: write it like email:desk@example.org", to))
	}
	m := mail.NewMsg(mail.WithNoDefaultUserAgent())
	m.FromMailAddress(e.server.from)
	m.ToMailAddress(recipient)
	m.Subject(e.style.Subject(a))
	m.SetDateWithValue(time.Now())
	_, domain, _ := strings.Cut(e.server.from.Address, "@")
	about := "story/" + a.Story.ID
	if a.Story.ID == "" {
		about = cmp.Or(a.Trouble, a.ID)
	}
	first := messageID(domain, about, recipient.Address)
	switch { // mail programs show the alerts of one story as one thread
	case a.Kind == news.New, a.Story.ID == "" && strings.TrimPrefix(a.ID, about) == "/"+a.Channel, about == a.ID:
		m.SetMessageIDWithValue(first)
	default:
		m.SetMessageIDWithValue(messageID(domain, a.ID, recipient.Address))
		m.SetGenHeaderPreformatted(mail.HeaderInReplyTo, "<"+first+">")
		m.SetGenHeaderPreformatted(mail.HeaderReferences, "<"+first+">")
	}
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no holiday replies
	m.SetListUnsubscribe(e.leave)
	page, err := e.style.HTML(a)
	if err != nil {
		return nil, notify.Permanent(fmt.Errorf("write the mail: %w", err))
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
