package email_test

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http/httptest"
	netmail "net/mail"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/email"
	"github.com/coupwatch/coupwatch/notify/internal/notifytest"
)

// A mailbox is an SMTP server that keeps what it gets.
type mailbox struct {
	addr   string
	cert   *x509.CertPool
	mu     sync.Mutex
	mails  []string
	to     []string
	logins []string
	refuse func(step, arg string) error // by step: "from", "to", "data"
}

func newMailbox(t *testing.T, withTLS bool) *mailbox {
	m := &mailbox{}
	srv := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{m}, nil }))
	srv.AllowInsecureAuth = true
	srv.Domain = "mail.example"
	if withTLS {
		web := httptest.NewTLSServer(nil) // for its certificate
		srv.TLSConfig = &tls.Config{Certificates: web.TLS.Certificates}
		m.cert = x509.NewCertPool()
		m.cert.AddCert(web.Certificate())
		web.Close()
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m.addr = ln.Addr().String()
	go srv.Serve(ln)
	t.Cleanup(func() { srv.Close() })
	return m
}

type session struct{ *mailbox }

func (s *session) check(step, arg string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse == nil {
		return nil
	}
	return s.refuse(step, arg)
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error { return s.check("from", from) }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if err := s.check("to", to); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.check("data", ""); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = append(s.mails, string(b))
	return nil
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.logins = append(s.logins, user)
		if password != "pass/word" {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func newEmail(t *testing.T, address string, o email.Options) *email.Notifier {
	t.Helper()
	e, err := email.New(address, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// parts returns the headers of a mail and its two parts, decoded.
func parts(t *testing.T, raw string) (h netmail.Header, text, page string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("got content type %q (%v)", kind, err)
	}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return m.Header, text, page
		}
		if err != nil {
			t.Fatal(err)
		}
		if enc := p.Header.Get("Content-Transfer-Encoding"); enc != "quoted-printable" {
			t.Fatalf("got encoding %q", enc)
		}
		b, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
			page = string(b)
		} else {
			text = string(b)
		}
	}
}

func TestEmailSends(t *testing.T) {
	box := newMailbox(t, true)
	e := newEmail(t, "smtp://"+box.addr+"?from=Coupwatch+<watch@example.org>", email.Options{
		Recipients: []string{"desk@example.org"}, Unsubscribe: "mailto:leave@example.org",
	})
	for _, a := range mailed() {
		a.Channel = "email"
		for range 2 {
			if _, err := e.Notify(t.Context(), a); err != nil {
				t.Fatalf("%s: %v", a.Kind, err)
			}
		}
	}
	for i, raw := range box.mails {
		a := mailed()[i/2]
		h, text, page := parts(t, raw)
		if from := h.Get("From"); from != `"Coupwatch" <watch@example.org>` {
			t.Errorf("From: %s", from)
		}
		if got := h.Get("Auto-Submitted"); got != "auto-generated" {
			t.Errorf("Auto-Submitted: %q", got)
		}
		if got := h.Get("List-Unsubscribe"); got != "<mailto:leave@example.org>" {
			t.Errorf("List-Unsubscribe: %q", got)
		}
		if d, err := h.Date(); err != nil || time.Since(d) > time.Minute {
			t.Errorf("Date: %v %v", d, err)
		}
		if len(text) < 50 || !strings.Contains(page, "</html>") {
			t.Errorf("%s: got text %q and page %q", a.Kind, text, page)
		}
	}
	if got, want := len(box.mails), 2*len(mailed()); got != want {
		t.Fatalf("got %d mails, want %d", got, want)
	}
	ids := map[string]int{}
	for _, raw := range box.mails {
		h, _, _ := parts(t, raw)
		ids[h.Get("Message-ID")]++
	}
	if len(ids) != len(mailed()) {
		t.Errorf("got %d Message-IDs for %d alerts sent twice: %v", len(ids), len(mailed()), ids)
	}
}

// mailed returns an alert of each kind that is mailed.
func mailed() []news.Alert {
	return slices.DeleteFunc(notifytest.Alerts(), func(a news.Alert) bool { return a.Kind == news.Update || a.Kind == news.Refresh })
}

// Mails about one story are one thread for each reader: all answer the first.
func TestEmailThreads(t *testing.T) {
	box := newMailbox(t, false)
	e := newEmail(t, "smtp://"+box.addr+"?from=w@example.org", email.Options{})
	firmer, other := notifytest.Alert(news.Escalation), notifytest.Alert(news.New)
	firmer.ID, other.Story.ID = "story/5f1c/slack/status-official", "77aa"
	for _, a := range []news.Alert{notifytest.Alert(news.New), firmer, other, notifytest.Alert(news.Update), notifytest.Alert(news.Refresh)} {
		for _, to := range []string{"a@example.org", "b@example.org"} {
			a.Channel = "email:" + to
			if _, err := e.Notify(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(box.mails) != 6 {
		t.Fatalf("got %d mails, want 6: updates are not mailed", len(box.mails))
	}
	var heads []netmail.Header
	ids := map[string]bool{}
	for _, raw := range box.mails {
		h, _, _ := parts(t, raw)
		heads = append(heads, h)
		ids[h.Get("Message-ID")] = true
	}
	if len(ids) != 6 {
		t.Errorf("got %d Message-IDs of 6 mails", len(ids))
	}
	for reader := range 2 {
		first, second, third := heads[reader], heads[2+reader], heads[4+reader]
		want := first.Get("Message-ID")
		if got := second.Get("In-Reply-To"); got != want || second.Get("References") != want {
			t.Errorf("the escalation answers %q, want %q", got, want)
		}
		if first.Get("In-Reply-To")+third.Get("In-Reply-To")+third.Get("References") != "" {
			t.Error("the first mail of a story answers another")
		}
	}
}

// One who refuses for now harms nobody, and is told at last without telling the
// others twice.
func TestEmailToSeveral(t *testing.T) {
	box := newMailbox(t, false)
	busy := true
	box.refuse = func(step, to string) error {
		switch {
		case step == "to" && to == "busy@example.org" && busy:
			return &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 1}, Message: "busy"}
		case step == "to" && to == "gone@example.org":
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
		}
		return nil
	}
	e := newEmail(t, "smtp://"+box.addr+"?from=w@example.org", email.Options{
		Recipients: []string{"gone@example.org", "busy@example.org", "good@example.org"},
	})
	for range 2 {
		_, err := e.Notify(t.Context(), alertFor("email"))
		notifytest.CheckError(t, err, notifytest.Passing, 0, "busy")
	}
	busy = false
	_, err := e.Notify(t.Context(), alertFor("email"))
	notifytest.CheckError(t, err, notifytest.OfAlert, 0, "no such user")
	if got, want := strings.Join(box.to, " "), "good@example.org busy@example.org"; got != want {
		t.Errorf("got mails to %q, want %q", got, want)
	}
}

// Over the limit one mail says so, and then only critical stories are mailed.
func TestEmailLimit(t *testing.T) {
	box := newMailbox(t, false)
	e := newEmail(t, "smtp://"+box.addr+"?from=w@example.org", email.Options{HourlyLimit: 3})
	tell := func(severity news.Severity, to string) string {
		a := alertFor("email:" + to)
		a.Story.Severity = severity
		receipt, err := e.Notify(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		return receipt
	}
	for i := range 6 {
		if got := tell(news.High, "a@example.org"); (got != "") != (i >= 3) {
			t.Errorf("alert %d: got receipt %q", i, got)
		}
	}
	if len(box.mails) != 4 {
		t.Fatalf("got %d mails, want three and one that says that it is enough", len(box.mails))
	}
	_, text, _ := parts(t, box.mails[3])
	if text = strings.Join(strings.Fields(text), " "); !strings.Contains(text, "a@example.org got as many") || !strings.Contains(text, "Officers claim power in Mali") {
		t.Errorf("got %q, want it to say that more is not mailed, and what the first of it is", text)
	}
	tell(news.High, "b@example.org")
	tell(news.Critical, "a@example.org")
	digest := notifytest.Alerts()[4]
	digest.Channel = "email:a@example.org"
	if _, err := e.Notify(t.Context(), digest); err != nil {
		t.Fatal(err)
	}
	if len(box.mails) != 7 {
		t.Errorf("got %d mails, want those to another, of a critical story and of the digest as well", len(box.mails))
	}
	if _, text, _ := parts(t, box.mails[5]); !strings.Contains(strings.Join(strings.Fields(text), " "), "too many within an hour: 3.") {
		t.Errorf("got %q, want it to count the three that were not mailed", text)
	}
	for range 30 {
		tell(news.Critical, "c@example.org")
	}
	if len(box.mails) != 37 {
		t.Errorf("got %d mails, want all that are critical", len(box.mails))
	}
}

func TestEmailRecipients(t *testing.T) {
	box := newMailbox(t, false)
	e := newEmail(t, "smtp://"+box.addr+"?from=w@example.org", email.Options{Recipients: []string{"a@example.org", "b@example.org"}})
	for channel, want := range map[string]string{"email": "a@example.org b@example.org", "email:c@example.org": "c@example.org"} {
		box.to = nil
		a := notifytest.Alert(news.New)
		a.Channel = channel
		if _, err := e.Notify(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(box.to, " "); got != want {
			t.Errorf("%s: got %q, want %q", channel, got, want)
		}
	}
	for _, channel := range []string{"email:nobody", "email:a@b\r\nRCPT TO:<evil@example.org>"} {
		a := notifytest.Alert(news.New)
		a.Channel = channel
		if _, err := e.Notify(t.Context(), a); !notify.IsOfChannel(err) {
			t.Errorf("%q: got %v, want an error of the channel", channel, err)
		}
	}
	none := newEmail(t, "smtp://"+box.addr+"?from=w@example.org", email.Options{})
	if _, err := none.Notify(t.Context(), alertFor("email")); !notify.IsOfChannel(err) {
		t.Errorf("no recipients: got %v, want an error of the channel", err)
	}
}

func alertFor(channel string) news.Alert {
	a := notifytest.Alert(news.New)
	a.Channel = channel
	return a
}

func TestEmailErrors(t *testing.T) {
	at := func(step string, code int) func(string, string) error {
		return func(s, _ string) error {
			if s != step {
				return nil
			}
			return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 0, 0}, Message: "because I say so"}
		}
	}
	for _, c := range []struct {
		name   string
		refuse func(string, string) error
		of     notifytest.Fate
		says   string
	}{
		{"sender for now", at("from", 451), notifytest.Passing, "because"},
		{"sender", at("from", 550), notifytest.OfChannel, "because"},
		{"recipient for now", at("to", 450), notifytest.Passing, "because"},
		{"recipient", at("to", 550), notifytest.OfChannel, "because"},
		{"mail for now", at("data", 452), notifytest.Passing, "because"},
		{"mail", at("data", 554), notifytest.Passing, "because"},
		{"mail too large", at("data", 552), notifytest.OfAlert, "because"},
	} {
		t.Run(c.name, func(t *testing.T) {
			box := newMailbox(t, false)
			box.refuse = c.refuse
			e := newEmail(t, "smtp://"+box.addr+"?from=w@example.org", email.Options{})
			notifytest.CheckError(t, notifytest.NotifyError(t, e, alertFor("email:a@example.org")), c.of, 0, c.says)
		})
	}
}

func TestEmailSignsIn(t *testing.T) {
	box := newMailbox(t, true)
	good := newEmail(t, "smtp://desk:pass%2Fword@"+box.addr+"?tls=required&from=w@example.org", email.Options{Roots: box.cert})
	if _, err := good.Notify(t.Context(), alertFor("email:a@example.org")); err != nil {
		t.Fatal(err)
	}
	bad := newEmail(t, "smtp://desk:very-secret@"+box.addr+"?tls=required&from=w@example.org", email.Options{Roots: box.cert})
	_, err := bad.Notify(t.Context(), alertFor("email:a@example.org"))
	notifytest.CheckError(t, err, notifytest.OfChannel, 0, "check the user and the password")
	if strings.Contains(err.Error(), "very-secret") {
		t.Errorf("the error shows the password: %v", err)
	}
}

func TestEmailInsistsOnTLS(t *testing.T) {
	box := newMailbox(t, false)
	e := newEmail(t, "smtp://"+box.addr+"?tls=required&from=w@example.org", email.Options{})
	notifytest.CheckError(t, notifytest.NotifyError(t, e, alertFor("email:a@example.org")), notifytest.OfChannel, 0, "add ?tls=none")
	box = newMailbox(t, true)
	e = newEmail(t, "smtp://"+box.addr+"?tls=required&from=w@example.org", email.Options{})
	notifytest.CheckError(t, notifytest.NotifyError(t, e, alertFor("email:a@example.org")), notifytest.Passing, 0, "certificate")
	if len(box.mails) != 0 {
		t.Error("a mail went to a server that nobody vouches for")
	}
}

// A server that takes the mail and then goes away has taken the mail.
func TestEmailIsSentOnceTheServerTookIt(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	go func() {
		c, err := ln.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		r := bufio.NewReader(c)
		io.WriteString(c, "220 mail.example\r\n")
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			switch {
			case strings.HasPrefix(line, "EHLO"):
				io.WriteString(c, "250 mail.example\r\n")
			case strings.HasPrefix(line, "DATA"):
				io.WriteString(c, "354 go on\r\n")
				for line != ".\r\n" {
					if line, err = r.ReadString('\n'); err != nil {
						return
					}
				}
				io.WriteString(c, "250 taken\r\n")
				return
			default:
				io.WriteString(c, "250 ok\r\n")
			}
		}
	}()
	e := newEmail(t, "smtp://"+ln.Addr().String()+"?from=w@example.org", email.Options{})
	if _, err := e.Notify(t.Context(), alertFor("email:a@example.org")); err != nil {
		t.Errorf("got %v for a mail that the server took", err)
	}
}

func TestHostileInMail(t *testing.T) {
	box := newMailbox(t, false)
	e := newEmail(t, "smtp://"+box.addr+"?from=w@example.org", email.Options{HourlyLimit: -1})
	for _, text := range slices.Concat(notifytest.Hostile, notifytest.SharedTitles(t)) {
		for _, a := range notifytest.Poisoned(text, "https://news.example/1", 2) {
			if a.Kind == news.Update {
				continue
			}
			a.Channel = "email:desk@example.org"
			box.mails = nil
			if _, err := e.Notify(t.Context(), a); err != nil {
				t.Fatalf("%.40q: %v", text, err)
			}
			checkMail(t, text, box.mails[0])
		}
	}
}

// A digest of however many stories, in whatever script, is a mail that no mail
// program cuts.
func TestDigestMailIsSmall(t *testing.T) {
	box := newMailbox(t, false)
	e := newEmail(t, "smtp://"+box.addr+"?from=w@example.org", email.Options{})
	for _, words := range []string{"Officers claim power & more ", "Военные захватили дворец ", "政变 ", "<&>\"' "} {
		d := *notifytest.Alerts()[4].Digest
		d.Stories = nil
		for i := range 500 {
			st := notifytest.Alert(news.New).Story
			st.ID, st.Headline = strconv.Itoa(i), strings.Repeat(words, 8)
			st.Ladder = []news.Step{{Status: st.Status, Sentence: strings.Repeat(words, 10)}}
			st.Origins = []news.Origin{{Name: words, Via: []string{words}, Reports: 3}}
			for range 4 {
				st.Sources = append(st.Sources, st.Sources[0])
			}
			d.Stories = append(d.Stories, st)
		}
		d.Almost = make([]news.NearMiss, 500)
		d.Muted = d.Stories
		a := news.Alert{ID: "digest/2026-08-22/email:a@example.org", Channel: "email:a@example.org", Kind: news.Daily, Digest: &d}
		box.mails = nil
		if _, err := e.Notify(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		_, text, page := parts(t, box.mails[0])
		t.Logf("%.20s: %d bytes, text %d, page %d", words, len(box.mails[0]), len(text), len(page))
		if n := len(box.mails[0]); n >= 100_000 || n < 50_000 {
			t.Errorf("%.20s: got a mail of %d bytes, want just under 100,000", words, n)
		}
		if !strings.Contains(text, "500 stories") || !strings.Contains(text, "and 4") || !strings.Contains(page, "and 4") {
			t.Errorf("%.20s: the mail does not say what is left out", words)
		}
	}
}

// checkMail holds that a mail has the headers it should have, and lines that
// mail servers take.
func checkMail(t *testing.T, text, raw string) {
	t.Helper()
	allowed := " Auto-Submitted Content-Type Date From In-Reply-To List-Unsubscribe Message-Id Mime-Version References Subject To "
	h, _, page := parts(t, raw)
	for name, values := range h {
		if !strings.Contains(allowed, " "+name+" ") || len(values) != 1 {
			t.Errorf("%.40q: header %s: %q", text, name, values)
		}
	}
	if to := h.Get("To"); to != "<desk@example.org>" {
		t.Errorf("%.40q: To: %q", text, to)
	}
	for line := range bytes.Lines([]byte(raw)) {
		if len(line) > 1000 || !bytes.HasSuffix(line, []byte("\r\n")) {
			t.Errorf("%.40q: line of %d bytes: %.80q", text, len(line), line)
		}
	}
	if subject, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject")); err != nil || strings.ContainsAny(subject, "\r\n") {
		t.Errorf("%.40q: subject %q (%v)", text, subject, err)
	}
	if strings.Contains(page, "<script") {
		t.Errorf("%.40q: script in the page", text)
	}
}

func TestEmailAddresses(t *testing.T) {
	for address, says := range map[string]string{
		"http://mail.example":                              "smtp://",
		"smtp://mail.example":                              "?from=",
		"smtp://mail.example?from=nobody":                  "?from=",
		"smtp://mail.example:99999?from=a@example.org":     "port",
		"smtp://mail.example?tls=maybe&from=a@example.org": "tls=none",
	} {
		if _, err := email.New(address, email.Options{}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %v, want an error that says %q", address, err, says)
		}
	}
	if _, err := email.New("smtps://mail.example?from=a@example.org", email.Options{Unsubscribe: "desk@example.org"}); err == nil {
		t.Error("got no error for an address to unsubscribe that mail programs cannot open")
	}
	for _, address := range []string{"smtp://desk%40example.org:x@mail.example", "smtps://mail.example?from=a@example.org", "smtp://mail.example:25?tls=none&from=A+<a@example.org>"} {
		if _, err := email.New(address, email.Options{}); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := email.New("smtps://mail.example?from=a@example.org", email.Options{Recipients: []string{"nobody"}}); err == nil {
		t.Error("got no error for a recipient that is no address")
	}
}

func TestNoSecretLeaks(t *testing.T) {
	n := newEmail(t, "smtp://very-secret-user:very-secret-password@127.0.0.1:1?from=a@example.org", email.Options{Recipients: []string{"desk@example.org"}})
	notifytest.LeaksNoSecret(t, n, "very-secret")
	for _, address := range []string{"very-secret", "ftp://very-secret", "smtp://u:very%secret@host", "smtp://very-secret@:x"} {
		if _, err := email.New(address, email.Options{}); err == nil || strings.Contains(err.Error(), "very") {
			t.Errorf("New(%q): got %v, want an error that does not show it", address, err)
		}
	}
}
