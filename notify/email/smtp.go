package email

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/coupwatch/coupwatch/notify"
)

// phaseTime is for each of the two phases of sending a mail: until the server
// knows us, and until it has the mail. Both must fit into one attempt.
const phaseTime = 7 * time.Second

// A mailServer is what an SMTP URL says.
type mailServer struct {
	host    string
	options []mail.Option
	from    *netmail.Address
}

// parseSMTP reads smtp://user:password@host:587?from=coupwatch@example.org.
// Its error never shows the URL, which may hold a password.
func parseSMTP(address string, roots *x509.CertPool) (mailServer, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return mailServer{}, errors.New("the mail server's address should be like smtp://user:password@host:587?from=coupwatch@example.org (signs such as @ and / in the password as %40 and %2F)")
	}
	s := mailServer{host: u.Hostname(), options: []mail.Option{mail.WithTimeout(phaseTime), mail.WithoutNoop()}}
	options, err := tlsOptions(u)
	if err != nil {
		return mailServer{}, err
	}
	s.options = append(s.options, options...)
	s.options = append(s.options, mail.WithTLSConfig(&tls.Config{ServerName: s.host, RootCAs: roots, MinVersion: tls.VersionTLS12}))
	if u.Port() != "" {
		port, err := strconv.Atoi(u.Port())
		if err != nil || port < 1 || port > 65535 {
			return mailServer{}, fmt.Errorf("the mail server's port %q is not one", u.Port())
		}
		s.options = append(s.options, mail.WithPort(port))
	}
	if user := u.User.Username(); user != "" {
		password, _ := u.User.Password()
		s.options = append(s.options, mail.WithUsername(user), mail.WithPassword(password), mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover))
	}
	from := u.Query().Get("from")
	if from == "" && strings.Contains(u.User.Username(), "@") {
		from = u.User.Username()
	}
	if s.from, err = netmail.ParseAddress(from); err != nil {
		return mailServer{}, errors.New("the mail server's address names no sender: add ?from=coupwatch@example.org to it")
	}
	return s, nil
}

// tlsOptions returns how the connection is kept secret: by TLS from the start
// for smtps, else by STARTTLS, which a server must know unless it is on this
// machine or the URL says ?tls=none. On this machine, ?tls=required asks for it.
func tlsOptions(u *url.URL) ([]mail.Option, error) {
	switch policy := u.Query().Get("tls"); {
	case policy != "" && policy != "none" && policy != "required":
		return nil, fmt.Errorf("the mail server's address says tls=%s, where it may only say tls=none or tls=required", policy)
	case u.Scheme == "smtps":
		return []mail.Option{mail.WithSSL(), mail.WithPort(465)}, nil
	case policy == "none":
		return []mail.Option{mail.WithTLSPolicy(mail.NoTLS), mail.WithPort(25)}, nil
	case policy == "" && loopback(u.Hostname()):
		return []mail.Option{mail.WithTLSPolicy(mail.NoTLS), mail.WithPort(25)}, nil
	default:
		return []mail.Option{mail.WithTLSPolicy(mail.TLSMandatory), mail.WithPort(587)}, nil
	}
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// mailError returns an error of the mail client in our words. What the server
// refuses for good is of the channel, until it has heard the mail: one that is
// too large always will be, and of what else it does not like about a mail the
// next try may know more.
func mailError(host string, err error) error {
	code := replyCode(err)
	e, sending := errors.AsType[*mail.SendError](err)
	heard := sending && (e.Reason == mail.ErrSMTPData || e.Reason == mail.ErrSMTPDataClose)
	switch err := fmt.Errorf("mail server %s: %w", host, err); {
	case code == 530, code == 534, code == 535:
		return notify.OfChannel(fmt.Errorf("%w; check the user and the password in the mail server's address", err))
	case heard && code == 552:
		return notify.Permanent(err)
	case code >= 500 && !heard:
		return notify.OfChannel(err)
	case strings.Contains(err.Error(), "does not support STARTTLS"):
		return notify.OfChannel(fmt.Errorf("mail server %s offers no STARTTLS; use smtps://, or add ?tls=none to its address if the way to it is safe", host))
	default:
		return unreached(err)
	}
}

// unreached adds to an error what to do if the server was not reached, or is none.
func unreached(err error) error {
	advice := ""
	dns, unnamed := errors.AsType[*net.DNSError](err)
	timed, late := errors.AsType[net.Error](err)
	switch {
	case unnamed && dns.IsNotFound:
		advice = "no machine has this name; check it in the mail server's address"
	case errors.Is(err, syscall.ECONNREFUSED):
		advice = "nothing listens at this port; most servers want smtp:// and 587, or smtps:// and 465"
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		advice = "it hung up at once; is this the port of a mail server, and does it want smtps://?"
	case strings.Contains(err.Error(), "does not look like a TLS handshake"):
		advice = "it speaks no TLS at this port; use smtp:// and 587, or smtps:// and 465"
	case late && timed.Timeout():
		advice = "it does not answer; check the port in its address, and whether a firewall lets us reach it"
	default:
		return err
	}
	return fmt.Errorf("%w; %s", err, advice)
}

// replyCode returns the code with which a mail server refused, 0 if it did not
// refuse. The mail client keeps it in some of its errors only; in others the
// error's text begins with it.
func replyCode(err error) int {
	if e, ok := errors.AsType[*mail.SendError](err); ok && e.ErrorCode() != 0 {
		return e.ErrorCode()
	}
	for ; err != nil; err = errors.Unwrap(err) {
		if text := err.Error(); len(text) > 3 && (text[3] == ' ' || text[3] == '-') {
			if code, err := strconv.Atoi(text[:3]); err == nil && code >= 400 && code < 600 {
				return code
			}
		}
	}
	return 0
}
