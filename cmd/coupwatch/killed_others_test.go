//go:build unix

package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/slackdouble"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

// A counter is who takes alerts and notes at once that they came. It fails, hangs, and
// lies: it says that it failed where it took something.
type counter struct {
	mu       sync.Mutex
	dice     *rand.Rand
	arrivals map[string][]arrival
}

// An arrival is that something came, and whether that was said.
type arrival struct {
	at time.Time
	ok bool
}

func newCounter(seed uint64) *counter {
	return &counter{dice: rand.New(rand.NewPCG(seed, 1)), arrivals: map[string][]arrival{}}
}

// take notes that id came, or not, and returns whether to say that it did, after a
// while.
func (c *counter) take(id string) (ok bool) {
	c.mu.Lock()
	lot, wait := c.dice.Float64(), time.Duration(c.dice.IntN(200))*time.Millisecond
	if lot < 0.05 { // it fails
		c.mu.Unlock()
		return false
	}
	ok = lot >= 0.10 // or it lies
	c.arrivals[id] = append(c.arrivals[id], arrival{time.Now().Add(wait), ok})
	c.mu.Unlock()
	<-time.After(wait)
	return ok
}

// check checks that each came, and that none came again after it was said to have
// come, unless the program was killed before it can have noted that.
func (c *counter) check(t *testing.T, owed map[string]bool, kills []time.Time) (again int) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for id := range owed {
		came := c.arrivals[id]
		if len(came) == 0 {
			t.Errorf("%s never came", id)
			continue
		}
		again += len(came) - 1
		for _, a := range came[:len(came)-1] {
			if a.ok && !killedSoonAfter(a.at, kills) {
				t.Errorf("%s came again though it was said to have come: %+v", id, came)
			}
		}
	}
	return again
}

// killedSoonAfter reports whether the program was killed before it can have noted what
// it was told at a moment.
func killedSoonAfter(at time.Time, kills []time.Time) bool {
	for _, k := range kills {
		if k.After(at.Add(-time.Second)) && k.Before(at.Add(2*time.Second)) {
			return true
		}
	}
	return false
}

// ServeHTTP takes what the webhook posts.
func (c *counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var event struct{ ID string }
	if err := json.NewDecoder(r.Body).Decode(&event); err != nil || !c.take(event.ID) {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

// A letterbox is a session with a counter of mails, which it knows by the stories in
// their subjects.
type letterbox struct{ *counter }

func (letterbox) Reset()                               {}
func (letterbox) Logout() error                        { return nil }
func (letterbox) Mail(string, *smtp.MailOptions) error { return nil }
func (letterbox) Rcpt(string, *smtp.RcptOptions) error { return nil }

var numbered = regexp.MustCompile(`Coup number (\d+)`)

func (l letterbox) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m := numbered.FindSubmatch(text)
	if m == nil || l.take(string(m[1])) {
		return nil
	}
	return &smtp.SMTPError{Code: 451, Message: "not now"}
}

// Killed again and again while a webhook, a mail server and Slack fail, hang and lie, the
// program tells each of all that it owes them, and of nothing twice that it can know to
// have arrived. The long run is that of TestKilledTellsOnce.
func TestKilledTellsAll(t *testing.T) {
	t.Parallel()
	longtest.Only(t, "waits until channels that failed are tried again")
	alerts := *killedAlerts
	if !flagIsSet("alerts") {
		alerts = 24
	}
	enginetest.ForEach(t, func(t *testing.T, location string) {
		hook, mails := newCounter(*killedSeed), newCounter(*killedSeed+1)
		web := httptest.NewServer(hook)
		t.Cleanup(web.Close)
		slack := slackdouble.New(slackdouble.Options{Page: 100, Trouble: slackdouble.Trouble{Share: 0.05, Slow: 300 * time.Millisecond, Dice: slackdouble.NewDice(*killedSeed)}})
		t.Cleanup(slack.Close)
		dir, feed := t.TempDir(), newFeed(t)
		write(t, filepath.Join(dir, "rules.yaml"), feed.rules("coup"))
		settings := []string{
			"DATABASE_URL=" + location, "WEBHOOK_URL=" + web.URL, "SMTP_URL=smtp://" + serveMail(t, mails) + "?from=coupwatch@example.org", "MAIL_TO=desk@example.org", "MAIL_LIMIT=100000",
			"SLACK_BOT_TOKEN=" + slackdouble.Token, "SLACK_CHANNEL=C1", "SLACK_API_URL=" + slack.URL + slackdouble.API,
		}
		db, err := store.Open(t.Context(), location)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		owed := oweAll(t, db, alerts)
		dice := rand.New(rand.NewPCG(*killedSeed, 3))
		var kills []time.Time
		for range *killedTimes {
			d := start(t, dir, settings)
			d.await("watches ")
			<-time.After(time.Duration(500+dice.IntN(1500)) * time.Millisecond)
			kills = append(kills, time.Now())
			_ = d.cmd.Process.Kill()
			d.exit()
		}
		d := start(t, dir, settings)
		for limit := time.Now().Add(25 * time.Minute); ; <-time.After(100 * time.Millisecond) {
			left := 0
			all, err := db.Outbox(t.Context(), 10_000)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range all {
				if a.Sent.IsZero() && a.Kind == news.New {
					left++
				}
			}
			if left == 0 {
				break
			}
			if time.Now().After(limit) {
				t.Fatalf("%d alerts were not sent:\n%s", left, d.seen.String())
			}
		}
		checkTold(t, messagesOfStories(slack), owed.slack)
		t.Logf("%d alerts under %d kills; of the webhook's %d came again, of the mails %d", alerts, len(kills), hook.check(t, owed.hook, kills), mails.check(t, owed.mails, kills))
	})
}

// flagIsSet reports whether a flag of the tests was given.
func flagIsSet(name string) (set bool) {
	flag.Visit(func(f *flag.Flag) { set = set || f.Name == name })
	return set
}

// messagesOfStories returns what tells of stories, without notices to the operators.
func messagesOfStories(slack *slackdouble.Server) (told []slackdouble.Message) {
	for _, m := range slack.Messages() {
		if m.Metadata == nil {
			continue
		}
		if id, _ := m.Metadata.EventPayload["id"].(string); id == "" || strings.HasPrefix(id, "story/") {
			told = append(told, m)
		}
	}
	return told
}

// serveMail serves a counter of mails, and returns its address.
func serveMail(t *testing.T, c *counter) string {
	t.Helper()
	srv := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return letterbox{c}, nil }))
	srv.Domain = "mail.example"
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = srv.Serve(ln) }() // ends when srv is closed
	t.Cleanup(func() { srv.Close() })
	return ln.Addr().String()
}

// What is owed, by who is to hear of it.
type owedTo struct {
	slack       map[string]news.Alert
	hook, mails map[string]bool // ids of alerts, and numbers of stories
}

// oweAll queues so many alerts, each of a story of its own, a twentieth of a second
// apart: a third for each.
func oweAll(t *testing.T, db *store.DB, n int) owedTo {
	t.Helper()
	owed := owedTo{map[string]news.Alert{}, map[string]bool{}, map[string]bool{}}
	now := time.Now()
	for i := range n {
		channel := []string{fmt.Sprintf("slack:C%d", 100+i%8), "webhook", "email:desk@example.org"}[i%3]
		a := news.Alert{
			ID: fmt.Sprintf("story/%d/%s/new", i, channel), Channel: channel, Kind: news.New, DueAt: now.Add(time.Duration(i) * 50 * time.Millisecond),
			Story: news.Story{ID: fmt.Sprint(i), Headline: fmt.Sprintf("Coup number %d", i), Severity: news.Critical, Status: news.Claim, Reports: 1},
		}
		switch i % 3 {
		case 0:
			owed.slack[a.ID] = a
		case 1:
			owed.hook[a.ID] = true
		default:
			owed.mails[fmt.Sprint(i)] = true
		}
		if queued, err := db.Queue(t.Context(), a); err != nil || !queued {
			t.Fatalf("alert not queued: %v", err)
		}
	}
	return owed
}
