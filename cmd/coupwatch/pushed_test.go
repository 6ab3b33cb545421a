package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/store"
)

// A pushedFeed is a feed with its hub, on one server.
type pushedFeed struct {
	*httptest.Server
	asked chan url.Values // what the hub was asked
	times atomic.Int64    // how often; the first time it does not answer
}

const pushedItem = `<item><title>Coup in Ruritania</title><guid>coup</guid></item>`

func (f *pushedFeed) document(items string) string {
	return fmt.Sprintf(`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Wire</title><language>en</language>
		<atom:link rel="hub" href="%s/hub"/><atom:link rel="self" href="%s/"/>%s<item><title>Rain</title><guid>rain</guid></item></channel></rss>`, f.URL, f.URL, items)
}

func newPushedFeed(t *testing.T) *pushedFeed {
	f := &pushedFeed{asked: make(chan url.Values, 10)}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			fmt.Fprint(w, f.document(""))
			return
		}
		_ = r.ParseForm()
		f.asked <- r.PostForm
		if f.times.Add(1) == 1 {
			<-r.Context().Done() // until the daemon is dead
			return
		}
		w.WriteHeader(http.StatusAccepted)
	}))
	t.Cleanup(f.Close)
	return f
}

// confirm asks the daemon back, and returns the status of its answer.
func (f *pushedFeed) confirm(t *testing.T, form url.Values) int {
	t.Helper()
	q := url.Values{"hub.mode": form["hub.mode"], "hub.topic": form["hub.topic"], "hub.challenge": {"abc"}, "hub.lease_seconds": {"864000"}}
	resp, err := http.Get(form.Get("hub.callback") + "?" + q.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

// send sends an item, and returns the status of the answer.
func (f *pushedFeed) send(t *testing.T, form url.Values, items string) int {
	t.Helper()
	body := f.document(items)
	mac := hmac.New(sha256.New, []byte(form.Get("hub.secret")))
	mac.Write([]byte(body))
	req, err := http.NewRequest(http.MethodPost, form.Get("hub.callback"), strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Hub-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

// A feed that is read once an hour is told the moment that its hub sends it: also
// by a daemon that was killed while it asked the hub, and by one that was killed when
// it had taken what was sent, which is told once.
func TestPushedToADaemon(t *testing.T) {
	t.Parallel()
	dir, f := t.TempDir(), newPushedFeed(t)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	settings := []string{"COUPWATCH_LISTEN=" + address, "COUPWATCH_PUBLIC_URL=http://" + address}
	write(t, filepath.Join(dir, "rules.yaml"), fmt.Sprintf("feeds: [{url: %q, name: Wire, schedule: \"@every 1h\"}]\nrules: [{id: coup, title: Coup, severity: high, match: coup}]\n", f.URL+"/"))

	d := start(t, dir, settings)
	first := <-f.asked
	_ = d.cmd.Process.Kill()
	d.exit()

	d = start(t, dir, settings)
	form := <-f.asked
	if form.Get("hub.callback") != first.Get("hub.callback") || form.Get("hub.secret") != first.Get("hub.secret") || form.Get("hub.mode") != "subscribe" {
		t.Errorf("asked again for %v, want as before", form)
	}
	if code := f.confirm(t, form); code != http.StatusOK {
		t.Fatalf("the hub that asked back was answered with %d", code)
	}
	if code := f.send(t, form, pushedItem); code != http.StatusNoContent {
		t.Fatalf("what the hub sent was answered with %d", code)
	}
	d.await("Coup in Ruritania")
	_ = d.cmd.Process.Kill()
	d.exit()

	d = start(t, dir, settings)
	d.await("page +http")
	if code := f.send(t, form, pushedItem); code != http.StatusNoContent { // as a hub does that did not hear the answer
		t.Errorf("what the hub sent again was answered with %d", code)
	}
	out, _, code := coupwatch(t, dir, nil, "feeds")
	if want := "pushed by 127.0.0.1, since " + time.Now().UTC().Format("2 January"); code != 0 || !strings.Contains(out, want) {
		t.Errorf("coupwatch feeds says\n%s\nwant %q", out, want)
	}
	link := regexp.MustCompile(`/feeds/f-\w+`).FindString(get(t, "http://"+address+"/feeds"))
	if page := get(t, "http://"+address+link); link == "" || !strings.Contains(page, "pushed by 127.0.0.1, since") || strings.Contains(page, form.Get("hub.secret")) {
		t.Errorf("the page of the feed, %q, says\n%s", link, page)
	}
	db, err := store.Open(t.Context(), filepath.Join(dir, "coupwatch.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if told, err := db.Outbox(t.Context(), 10); err != nil || len(told) != 1 {
		t.Errorf("%d alerts, %v, want one: %+v", len(told), err, told)
	}
}
