package chat_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/chat"
	"github.com/coupwatch/coupwatch/notify/internal/notifytest"
	"github.com/coupwatch/coupwatch/notify/show"
)

// A chatDouble takes messages as a chat service does.
type chatDouble struct {
	*httptest.Server
	mu     sync.Mutex
	bodies []string
	status int // what it answers; 0 for 200
	text   string
	hang   chan struct{} // if not nil, it answers when this is closed
}

func newChatDouble(t *testing.T) *chatDouble {
	d := &chatDouble{}
	d.Server = httptest.NewServer(d)
	t.Cleanup(d.Close)
	return d
}

func (d *chatDouble) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b, _ := io.ReadAll(r.Body)
	if d.hang != nil {
		<-d.hang
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.bodies = append(d.bodies, string(b))
	w.Header().Set("Content-Type", "application/json")
	if d.status != 0 {
		w.WriteHeader(d.status)
	}
	fmt.Fprint(w, d.text)
}

// addresses are those of several services, all of which are d, with secrets in
// them.
func (d *chatDouble) addresses() map[string]string {
	host := strings.TrimPrefix(d.URL, "http://")
	return map[string]string{
		"generic":    "generic://" + host + "/very-secret-path?disabletls=yes&@Authorization=very-secret-header&token=very-secret%2Fquery",
		"ntfy":       "ntfy://very-secret-user:very-secret%2Fpassword@" + host + "/very-secret-topic?scheme=http",
		"gotify":     "gotify://" + host + "/Avery-secret123?disabletls=yes",
		"matrix":     "matrix://:very-secret-token@" + host + "/?rooms=!very-secret-room:matrix.example&disableTLS=yes",
		"mattermost": "mattermost://bot@" + host + "/very-secret-token?disabletls=yes",
	}
}

func newChat(t *testing.T, addresses map[string]string) *chat.Notifier {
	t.Helper()
	c, err := chat.New(addresses, show.Style{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// to returns an alert for a channel.
func to(channel string) news.Alert {
	a := notifytest.Alert(news.New)
	a.Channel = channel
	return a
}

func TestChat(t *testing.T) {
	d := newChatDouble(t)
	c := newChat(t, map[string]string{"desk": d.addresses()["generic"]})
	for _, channel := range []string{"chat:desk", "chat"} {
		if _, err := c.Notify(t.Context(), to(channel)); err != nil {
			t.Errorf("%s: %v", channel, err)
		}
	}
	if _, err := c.Notify(t.Context(), to("chat:other")); !notify.IsOfChannel(err) || !strings.Contains(err.Error(), "desk") {
		t.Errorf("a chat that is not set up: got %v, want those that are", err)
	}
	many := notifytest.Crowd(300)
	for i := range many {
		many[i].Channel = "chat:desk"
	}
	if _, err := c.Summarise(t.Context(), many); err != nil {
		t.Error(err)
	}
	if len(d.bodies) != 3 || !strings.Contains(d.bodies[0], "Officers claim power") || !strings.Contains(d.bodies[2], "300 STORIES AT ONCE") {
		t.Errorf("got %q, want two alerts and a summary", d.bodies)
	}
	two := newChat(t, map[string]string{"a": d.addresses()["generic"], "b": d.addresses()["ntfy"]})
	if _, err := two.Notify(t.Context(), to("chat")); !notify.IsOfChannel(err) || !strings.Contains(err.Error(), "a, b") {
		t.Errorf("chat with two set up: got %v, want their names", err)
	}
}

func TestChatErrors(t *testing.T) {
	for _, c := range []struct {
		status int
		of     notifytest.Fate
		after  time.Duration
	}{
		{401, notifytest.OfChannel, 0},
		{404, notifytest.OfChannel, 0},
		{429, notifytest.Passing, 30 * time.Second},
		{500, notifytest.Passing, 0},
		{503, notifytest.Passing, 0},
	} {
		d := newChatDouble(t)
		d.status, d.text = c.status, "very-secret-token"
		_, err := newChat(t, map[string]string{"desk": d.addresses()["generic"]}).Notify(t.Context(), to("chat:desk"))
		notifytest.CheckError(t, err, c.of, c.after, http.StatusText(c.status))
	}
}

// The library knows no context: what hangs is left behind, but only once.
func TestChatThatHangs(t *testing.T) {
	d := newChatDouble(t)
	d.hang = make(chan struct{})
	c := newChat(t, map[string]string{"desk": d.addresses()["generic"]})
	ctx, cancel := notifytest.ContextFor(t, 50*time.Millisecond)
	defer cancel()
	if _, err := c.Notify(ctx, to("chat:desk")); err == nil || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("got %v, want an error when the time is up", err)
	}
	if _, err := c.Notify(t.Context(), to("chat:desk")); err == nil || !strings.Contains(err.Error(), "still on its way") {
		t.Errorf("got %v, want no second message while the first hangs", err)
	}
	close(d.hang)
}

// Whoever writes a headline calls nobody and hides no link in any service.
func TestHostileInChat(t *testing.T) {
	d := newChatDouble(t)
	c := newChat(t, map[string]string{"desk": d.addresses()["generic"]})
	calls := []string{"@everyone", "@here look", "hey @channel", "(@all)", "@**all**", "<@1234>", "<!channel>", "<users/all>", "[x](https://evil.example)"}
	n := 0
	for _, text := range append(append(calls, notifytest.Hostile...), notifytest.SharedTitles(t)...) {
		for _, a := range notifytest.Poisoned(text, "https://news.example/@desk/1", 2)[:2] {
			a.Channel = "chat:desk"
			if _, err := c.Notify(t.Context(), a); err != nil {
				t.Errorf("%.60q: %v", text, err)
				continue
			}
			body := d.bodies[len(d.bodies)-1]
			rest := strings.ReplaceAll(body, "https://news.example/@desk/1", "")
			for _, sign := range []string{" @everyone", " @here", " @channel", "(@all", " @**", "<@", "<!", "<users", "]("} {
				if strings.Contains(" "+rest, sign) {
					t.Errorf("%.60q: the text holds %q:\n%s", text, sign, body)
				}
			}
			if utf8.RuneCountInString(body) > 2000 || len(body) > 4000 || !utf8.ValidString(body) {
				t.Errorf("%.60q: the text has %d bytes", text, len(body))
			}
			n++
		}
	}
	if n == 0 {
		t.Fatal("no cases")
	}
}

func TestNoChatLeaksSecrets(t *testing.T) {
	d := newChatDouble(t)
	d.status, d.text = 500, `{"errorCode":1,"error":"no https://u:very-secret-x@host/"}`
	addresses := d.addresses()
	check := func() {
		for name := range addresses {
			a := to("chat:" + name)
			_, err := newChat(t, addresses).Notify(t.Context(), a)
			if err == nil {
				t.Fatalf("%s: got no error that could leak anything", name)
			}
			if text := fmt.Sprintf("%v %+v %#v", err, err, err); strings.Contains(text, "very-secret") || strings.Contains(text, "very%2Dsecret") {
				t.Errorf("%s shows a secret: %s", name, text)
			}
		}
	}
	check()
	d.Close() // and now nobody answers at all
	check()
	for _, address := range []string{"very-secret", "discord://very-secret", "telegram://very-secret@telegram", "teams://very-secret", "ntfy://very-secret:%zz@host/x", "", "://very-secret"} {
		if _, err := chat.New(map[string]string{"desk": address}, show.Style{}); err == nil || !strings.Contains(err.Error(), "desk") || strings.Contains(err.Error(), "very-secret") {
			t.Errorf("NewChat(%q): got %v, want an error that does not show it", address, err)
		}
	}
}
