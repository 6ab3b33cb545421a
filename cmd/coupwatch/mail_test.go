package main

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story"
)

// A postbox is an SMTP server that keeps what it gets.
type postbox struct {
	addr  string
	mu    sync.Mutex
	mails map[string][]string // by recipient
}

func newPostbox(t *testing.T) *postbox {
	t.Helper()
	p := &postbox{mails: map[string][]string{}}
	srv := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{postbox: p}, nil }))
	srv.Domain = "mail.example"
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.addr = ln.Addr().String()
	go func() { _ = srv.Serve(ln) }() // ends when srv is closed
	t.Cleanup(func() { srv.Close() })
	return p
}

// got returns the mails of a recipient.
func (p *postbox) got(to string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.mails[to]
}

// A session is one session of a client.
type session struct {
	*postbox
	to []string
}

func (d *session) Reset()                               { d.to = nil }
func (d *session) Logout() error                        { return nil }
func (d *session) Mail(string, *smtp.MailOptions) error { return nil }

func (d *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	d.to = append(d.to, to)
	return nil
}

func (d *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, to := range d.to {
		d.mails[to] = append(d.mails[to], string(b))
	}
	return nil
}

// A digest that is due goes to each recipient in a mail of his own, once, with
// a part to read as text and one as a page.
func TestDigestByMail(t *testing.T) {
	t.Parallel()
	dir, feed, box := t.TempDir(), newFeed(t), newPostbox(t)
	recordBefore(t, dir, feed.URL, time.Now().UTC().Add(-2*time.Hour), "Officers plot a coup in Ardania")
	rules := strings.Replace(feed.rules("coup"), "@every 1s", "@every 1h", 1) +
		fmt.Sprintf("digest: {at: %q, timezone: UTC, to: email}\n", time.Now().UTC().Format("15:04"))
	write(t, filepath.Join(dir, "rules.yaml"), rules)
	settings := []string{"SMTP_URL=smtp://" + box.addr + "?from=coupwatch@example.org", "MAIL_TO=desk@example.org, duty@example.org"}
	once(t, dir, settings)
	if n := len(box.got("desk@example.org")); n != 1 {
		t.Errorf("after the first run there are %d mails, want one", n)
	}
	once(t, dir, settings)
	for _, to := range []string{"desk@example.org", "duty@example.org"} {
		mails := box.got(to)
		if len(mails) != 1 {
			t.Fatalf("%s got %d mails, want one", to, len(mails))
		}
		h, parts := mailParts(t, mails[0])
		subject, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject"))
		if err != nil || subject == "" || !strings.Contains(h.Get("To"), to) || !strings.Contains(h.Get("From"), "coupwatch@example.org") {
			t.Errorf("subject %q (%v), from %q, to %q", subject, err, h.Get("From"), h.Get("To"))
		}
		for _, kind := range []string{"text/plain", "text/html"} {
			if !strings.Contains(parts[kind], "Officers plot a coup in Ardania") {
				t.Errorf("%s: the part %s does not tell the story:\n%s", to, kind, parts[kind])
			}
		}
	}
}

// recordBefore records that a feed was read at a moment that is past, with one
// item that matched.
func recordBefore(t *testing.T, dir, url string, at time.Time, title string) {
	t.Helper()
	f := news.Feed{URL: url, Name: "Example", Publisher: "Example", Schedule: "@every 1h"}
	it := news.Item{ID: news.ItemID(url, "g-before"), Feed: url, GUID: "g-before", Link: "https://news.example/before", Title: title, Publisher: "Example", Language: "en", Published: at, Fetched: at}
	rep := news.Report{Item: it, Matches: []news.Match{{Rule: "watch", Title: "Watch", Severity: news.High}}}
	tally, err := openStore(t, dir).Ingest(t.Context(), news.Reading{Feed: f, At: at, Items: []news.Item{it}, First: true},
		[]news.Report{rep}, new(story.Stories).At(news.Policy{MaxAge: 24 * time.Hour}, at))
	if err != nil || tally.Matched != 1 {
		t.Fatalf("recorded %+v: %v", tally, err)
	}
}

// mailParts returns the headers of a mail and its parts by their media types.
func mailParts(t *testing.T, raw string) (mail.Header, map[string]string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("the mail is %q: %v", kind, err)
	}
	parts := map[string]string{}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return m.Header, parts
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		kind, _, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		parts[kind] = string(text)
	}
}
