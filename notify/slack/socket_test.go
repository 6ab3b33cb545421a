package slack_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/gorilla/websocket"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/internal/notifytest"
	"github.com/coupwatch/coupwatch/notify/show"
	"github.com/coupwatch/coupwatch/notify/slack"
	"github.com/coupwatch/coupwatch/notify/slackdouble"
)

const appToken = "xapp-very-secret-app-token"

// A desk remembers what it was told and answers the same to all.
type desk struct {
	mu     sync.Mutex
	labels []news.Label
	mutes  []news.Mute
	asked  []string
	answer string
	err    error
	block  chan struct{} // if not nil, answers wait for it or for their context
}

func (d *desk) Label(_ context.Context, l news.Label) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.labels = append(d.labels, l)
	return d.answer, d.err
}

func (d *desk) Mute(_ context.Context, m news.Mute) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mutes = append(d.mutes, m)
	return d.answer, d.err
}

func (d *desk) ask(ctx context.Context, what string) (string, error) {
	if d.block != nil {
		select {
		case <-d.block:
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, what)
	return d.answer, d.err
}

func (d *desk) Status(ctx context.Context) (string, error) { return d.ask(ctx, "status") }

func (d *desk) Why(ctx context.Context, link string) (string, error) {
	return d.ask(ctx, "why "+link)
}

func (d *desk) Missed(ctx context.Context, link, by string) (string, error) {
	return d.ask(ctx, "missed "+link+" by "+by)
}

// A line is Slack's end of a socket.
type line struct {
	*slackdouble.Server
	conns chan *websocket.Conn
	log   bytes.Buffer // read it only when the socket is closed
}

// connect makes a Socket listen to a Slack and returns Slack's end. The error
// with which it ends is sent to done.
func connect(t *testing.T, desk slack.Desk, opens ...http.HandlerFunc) (l *line, done chan error) {
	t.Helper()
	l = &line{Server: newSlackDouble(t), conns: make(chan *websocket.Conn, 10)}
	sockets := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := (&websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}).Upgrade(w, r, nil)
		if err != nil {
			t.Error(err)
			return
		}
		l.conns <- conn
	}))
	t.Cleanup(sockets.Close)
	l.Handle("apps.connections.open", func(w http.ResponseWriter, r *http.Request) {
		if len(opens) > 0 {
			open := opens[0]
			opens = opens[1:]
			open(w, r)
			return
		}
		if r.Header.Get("Authorization") != "Bearer "+appToken {
			slackdouble.Refuse(w, "invalid_auth")
			return
		}
		fmt.Fprintf(w, `{"ok":true,"url":%q}`, "ws"+strings.TrimPrefix(sockets.URL, "http")+"/link?ticket=very-secret-ticket")
	})
	ctx, stop := context.WithCancel(t.Context())
	done = make(chan error, 1)
	socket := newSlack(l.Server, slackdouble.Token).Socket(appToken, desk, slog.New(slog.NewTextHandler(&l.log, nil)))
	var listening sync.WaitGroup
	listening.Go(func() { done <- socket.Listen(ctx) })
	t.Cleanup(func() { stop(); listening.Wait() })
	return l, done
}

// accept returns the next connection of the socket.
func (l *line) accept(t *testing.T) *websocket.Conn {
	t.Helper()
	select {
	case conn := <-l.conns:
		return conn
	case <-time.After(20 * time.Second):
		t.Fatal("the socket does not connect")
		return nil
	}
}

// give sends an envelope over the line and returns what is answered to it.
func give(t *testing.T, conn *websocket.Conn, kind string, payload any) map[string]any {
	t.Helper()
	if err := conn.WriteJSON(map[string]any{"type": kind, "envelope_id": "e1", "payload": payload, "accepts_response_payload": true}); err != nil {
		t.Fatal(err)
	}
	var ack struct {
		Envelope string         `json:"envelope_id"`
		Payload  map[string]any `json:"payload"`
	}
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	if err := conn.ReadJSON(&ack); err != nil || ack.Envelope != "e1" {
		t.Fatalf("got %+v, %v; want an answer to e1", ack, err)
	}
	return ack.Payload
}

// pressing is what Slack sends when somebody presses a button below a message.
func pressing(button, value, ts string) map[string]any {
	return map[string]any{
		"type": "block_actions", "user": map[string]any{"id": "U0ANNA", "name": "anna"}, "channel": map[string]any{"id": "C0123"},
		"message": map[string]any{"ts": ts}, "actions": []any{map[string]any{"type": "button", "block_id": show.ActionsBlock, "action_id": button, "value": value}},
	}
}

// awaitMessages waits until so many messages were posted.
func awaitMessages(t *testing.T, d *slackdouble.Server, n int) []slackdouble.Message {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); <-time.After(5 * time.Millisecond) {
		if all := d.Messages(); len(all) >= n {
			return all
		}
	}
	t.Fatalf("got %d messages, want %d", len(d.Messages()), n)
	return nil
}

func TestButtons(t *testing.T) {
	const value = "5f1c|item9|coup-rumour|beseda"
	for _, c := range []struct {
		button string
		labels []news.Label
		mutes  []news.Mute
	}{
		{show.RelevantButton, []news.Label{{Item: "item9", Story: "5f1c", Rule: "coup-rumour", Relevant: true, By: "anna (U0ANNA)"}}, nil},
		{show.NoiseButton, []news.Label{{Item: "item9", Story: "5f1c", Rule: "coup-rumour", By: "anna (U0ANNA)"}}, nil},
		{show.MuteStoryButton, nil, []news.Mute{{Story: "5f1c", By: "anna (U0ANNA)"}}},
		{show.MuteEntityButton, nil, []news.Mute{{Entity: "beseda", By: "anna (U0ANNA)"}}},
	} {
		t.Run(c.button, func(t *testing.T) {
			t.Parallel()
			desk := &desk{answer: "Noted: <!channel> *coup* https://e.org/a_b?x=1&y=2"}
			l, _ := connect(t, desk)
			message := notifytest.Notified(t, newSlack(l.Server, slackdouble.Token), notifytest.Follow(news.New, ""))
			_, ts, _ := strings.Cut(message, ":")
			if payload := give(t, l.accept(t), "interactive", pressing(c.button, value, ts)); payload != nil {
				t.Errorf("the press is answered with %v, want an empty answer at once", payload)
			}
			sent := awaitMessages(t, l.Server, 2)
			note, _ := json.Marshal(sent[1].Blocks)
			if sent[1].Thread != ts || sent[1].Broadcast || !strings.Contains(string(note), `"user_id":"U0ANNA"`) || !strings.Contains(string(note), `"url":"https://e.org/a_b?x=1\u0026y=2"`) {
				t.Errorf("the thread got %+v, want who pressed and what came of it", sent[1])
			}
			desk.mu.Lock()
			defer desk.mu.Unlock()
			approximately := cmpopts.EquateApproxTime(time.Minute)
			for i := range c.labels {
				c.labels[i].At = time.Now()
			}
			for i := range c.mutes {
				c.mutes[i].Until = time.Now().Add(24 * time.Hour)
			}
			if diff := cmp.Diff(c.labels, desk.labels, approximately) + cmp.Diff(c.mutes, desk.mutes, approximately); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A press that comes to nothing is told to who pressed, and what is not ours
// is let be.
func TestButtonsThatFail(t *testing.T) {
	t.Parallel()
	desk := &desk{err: errors.New("the disk is full")}
	l, _ := connect(t, desk)
	conn := l.accept(t)
	give(t, conn, "interactive", pressing("coupwatch_unknown", "5f1c|i|r|e", "1.1"))
	give(t, conn, "interactive", pressing(show.NoiseButton, "no value of ours", "1.1"))
	give(t, conn, "interactive", map[string]any{"type": "view_submission", "user": map[string]any{"id": "U1"}})
	give(t, conn, "events_api", map[string]any{"type": "event_callback", "event": map[string]any{"type": "app_mention"}})
	give(t, conn, "interactive", pressing(show.NoiseButton, "5f1c|i|r|e", "1.1"))
	sent := awaitMessages(t, l.Server, 2)
	for _, m := range sent {
		if m.User != "U0ANNA" || m.Thread != "" || !strings.Contains(m.Text, "was not noted") {
			t.Errorf("got %+v, want a message that only who pressed sees", m)
		}
	}
	if len(sent) != 2 || !strings.Contains(sent[0].Text+sent[1].Text, "the disk is full") {
		t.Errorf("got %+v, want one for the unknown button and one for the disk", sent)
	}
}

func TestCommands(t *testing.T) {
	t.Parallel()
	const usage = "missed LINK"
	for _, c := range []struct{ text, asked, says string }{
		{"status", "status", "All is well"},
		{"STATUS", "status", "All is well"},
		{"why https://e.org/a?x=1&amp;y=2", "why https://e.org/a?x=1&y=2", "All is well"},
		{"why <https://e.org/a|e.org/a>", "why https://e.org/a", "All is well"},
		{"missed https://e.org/a", "missed https://e.org/a by anna (U0ANNA)", "All is well"},
		{"why", "", usage},
		{"why javascript:notifytest.Alert(1)", "", "is no link"},
		{"mute", "", usage},
		{"mute beseda", "", "what is \\\"beseda\\\"?"},
		{"mute weather:ml", "", "Write story:ID"},
		{"", "", usage},
		{"help", "", usage},
		{"<!channel>", "", usage},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			desk := &desk{answer: "All is well: 61 feeds.\nSecond line"}
			l, _ := connect(t, desk)
			payload := give(t, l.accept(t), "slash_commands", map[string]any{"command": "/coupwatch", "text": c.text, "user_id": "U0ANNA", "user_name": "anna", "channel_id": "C0123"})
			b, _ := json.Marshal(payload["blocks"])
			if payload["response_type"] != "ephemeral" || !strings.Contains(string(b), c.says) {
				t.Errorf("got %v, want an answer that only who asked sees and that says %q", payload, c.says)
			}
			if got := strings.Join(desk.asked, ", "); got != c.asked {
				t.Errorf("the desk was asked %q, want %q", got, c.asked)
			}
			if n := len(l.Messages()); n > 0 {
				t.Errorf("the channel got %d messages, want none", n)
			}
		})
	}
}

func TestMuteCommand(t *testing.T) {
	t.Parallel()
	day := 24 * time.Hour
	for text, want := range map[string]struct {
		mute news.Mute
		d    time.Duration
	}{
		"@beseda":                      {news.Mute{Entity: "beseda"}, day},
		"country:ML 3d":                {news.Mute{Entity: "country:ml"}, 3 * day},
		"story:5f1c 2w it is old news": {news.Mute{Story: "5f1c", Why: "it is old news"}, 14 * day},
		"rule:coup-rumour 6h":          {news.Mute{Rule: "coup-rumour"}, 6 * time.Hour},
		"rule:coup-rumour for now":     {news.Mute{Rule: "coup-rumour", Why: "for now"}, day},
		"feed:https://e.org/rss?a=1":   {news.Mute{Feed: "https://e.org/rss?a=1"}, day},
		"feed:<https://e.org/rss> 1d":  {news.Mute{Feed: "https://e.org/rss"}, day},
		"story:5f1c 9999w":             {news.Mute{Story: "5f1c", Why: "9999w"}, day},
	} {
		desk := &desk{answer: "Muted."}
		l, _ := connect(t, desk)
		give(t, l.accept(t), "slash_commands", map[string]any{"text": "mute " + text, "user_id": "U0ANNA", "user_name": "anna"})
		want.mute.By, want.mute.Until = "anna (U0ANNA)", time.Now().Add(want.d)
		if diff := cmp.Diff([]news.Mute{want.mute}, desk.mutes, cmpopts.EquateApproxTime(time.Minute)); diff != "" {
			t.Errorf("mute %s:\n%s", text, diff)
		}
	}
}

// Slack waits for three seconds, and no longer.
func TestSlowAnswer(t *testing.T) {
	t.Parallel()
	desk := &desk{block: make(chan struct{})}
	l, _ := connect(t, desk)
	began := time.Now()
	payload := give(t, l.accept(t), "slash_commands", map[string]any{"text": "status"})
	if took := time.Since(began); took > 3*time.Second || !strings.Contains(fmt.Sprint(payload), "ask again") {
		t.Errorf("got %v after %v, want an answer within three seconds", payload, took)
	}
}

// Whatever an answer says, it is shown literally.
func TestHostileAnswers(t *testing.T) {
	t.Parallel()
	desk := &desk{}
	l, _ := connect(t, desk)
	conn := l.accept(t)
	cases := append(append([]string{}, notifytest.Hostile...), notifytest.HostileLinks...)
	cases = append(cases, strings.Repeat("line\n", 500), strings.Join(notifytest.Hostile[:10], "\n"))
	for i, text := range cases {
		desk.mu.Lock()
		desk.answer = text
		desk.mu.Unlock()
		b, _ := json.Marshal(give(t, conn, "slash_commands", map[string]any{"text": "status"}))
		var m slackdouble.Message
		if err := json.Unmarshal(b, &m); err != nil {
			t.Fatal(err)
		}
		m.Metadata = &slackdouble.Metadata{}
		if problem := m.Refused(); problem != "" || len(b) > 20_000 {
			t.Errorf("case %d, %.60q: %d bytes, %s", i, text, len(b), problem)
		}
	}
}

func TestSocketConnectsAgain(t *testing.T) {
	t.Parallel()
	l, done := connect(t, &desk{answer: "All is well"},
		func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	for i, end := range []func(*websocket.Conn){
		func(c *websocket.Conn) { _ = c.Close() }, // cut
		func(c *websocket.Conn) {
			_ = c.WriteJSON(map[string]any{"type": "disconnect", "reason": "refresh_requested"})
		},
		func(c *websocket.Conn) { _ = c.WriteMessage(websocket.TextMessage, []byte("{nonsense")); _ = c.Close() },
	} {
		conn := l.accept(t)
		if payload := give(t, conn, "slash_commands", map[string]any{"text": "status"}); payload == nil {
			t.Errorf("connection %d does not answer", i)
		}
		end(conn)
	}
	l.accept(t)
	select {
	case err := <-done:
		t.Errorf("the socket gave up: %v", err)
	default:
	}
}

func TestSocketThatSlackRefuses(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"invalid_auth", "not_allowed_token_type", "missing_scope", "token_revoked"} {
		l, done := connect(t, &desk{}, func(w http.ResponseWriter, _ *http.Request) { slackdouble.Refuse(w, code) })
		select {
		case err := <-done:
			if !notify.IsPermanent(err) || !strings.Contains(err.Error(), "connections:write") || strings.Contains(err.Error()+l.log.String(), "very-secret") {
				t.Errorf("%s: got %v, want a permanent error that says what to do", code, err)
			}
		case <-time.After(10 * time.Second):
			t.Errorf("%s: it goes on trying", code)
		}
	}
}

func TestSocketEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	d := newSlackDouble(t)
	var log bytes.Buffer
	d.Handle("apps.connections.open", func(w http.ResponseWriter, _ *http.Request) {
		stop()
		fmt.Fprint(w, `{"ok":true,"url":"ws://127.0.0.1:1/?ticket=very-secret-ticket"}`)
	})
	err := newSlack(d, slackdouble.Token).Socket(appToken, &desk{}, slog.New(slog.NewTextHandler(&log, nil))).Listen(ctx)
	if !errors.Is(err, context.Canceled) || strings.Contains(log.String(), "very-secret") {
		t.Errorf("got %v and the log\n%s", err, &log)
	}
}
