package email_test

import (
	"net"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"github.com/coupwatch/coupwatch/notify/email"
	"github.com/coupwatch/coupwatch/notify/internal/notifytest"
)

func TestEmailCheck(t *testing.T) {
	at := func(step string, code int) func(string, string) error {
		return func(s, _ string) error {
			if s != step {
				return nil
			}
			return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 0, 0}, Message: "because I say so"}
		}
	}
	for name, c := range map[string]struct {
		refuse func(string, string) error
		want   string
	}{
		"all is well":       {nil, "ok recipient a@example.org: the server takes it"},
		"sender":            {at("from", 550), "WRONG sender w@example.org"},
		"recipient":         {at("to", 550), "WRONG recipient a@example.org"},
		"recipient put off": {at("to", 450), "? recipient a@example.org: the server puts it off"},
	} {
		box := newMailbox(t, false)
		box.refuse = c.refuse
		e := newEmail(t, "smtp://"+box.addr+"?from=w@example.org", email.Options{})
		if got := notifytest.Said(e.Check(t.Context(), "email:a@example.org")); !strings.Contains(got, c.want) {
			t.Errorf("%s: got %s, want %q", name, got, c.want)
		}
		if len(box.mails) > 0 {
			t.Errorf("%s: a mail was sent", name)
		}
	}
	box := newMailbox(t, true)
	bad := newEmail(t, "smtp://desk:very-secret@"+box.addr+"?tls=required&from=w@example.org", email.Options{Roots: box.cert})
	got := notifytest.Said(bad.Check(t.Context(), "email:a@example.org"))
	if !strings.Contains(got, "WRONG server") || !strings.Contains(got, "check the user and the password") || strings.Contains(got, "very-secret") {
		t.Errorf("a wrong password: got %s", got)
	}
	if got := notifytest.Said(newEmail(t, "smtp://"+newMailbox(t, false).addr+"?from=w@example.org", email.Options{}).Check(t.Context(), "email")); !strings.Contains(got, "WRONG recipients: there are none; set MAIL_TO") {
		t.Errorf("no recipients: got %s", got)
	}
}

// A server that is not reached, or is none, is told with what to do.
func TestEmailCheckUnreached(t *testing.T) {
	listen := func() net.Listener {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { ln.Close() })
		return ln
	}
	gone, rude := listen(), listen()
	gone.Close()
	go func() {
		for {
			conn, err := rude.Accept()
			if err != nil {
				return
			}
			conn.Close()
		}
	}()
	for url, want := range map[string]string{
		"smtp://" + gone.Addr().String():       "nothing listens at this port",
		"smtp://" + rude.Addr().String():       "is this the port of a mail server",
		"smtps://" + newMailbox(t, false).addr: "it speaks no TLS at this port",
	} {
		e := newEmail(t, url+"?from=w@example.org", email.Options{})
		if got := notifytest.Said(e.Check(t.Context(), "email:a@example.org")); !strings.HasPrefix(got, "WRONG server: mail server ") || !strings.Contains(got, want) {
			t.Errorf("%s: got %s, want %q", url, got, want)
		}
	}
}
