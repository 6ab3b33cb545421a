package web_test

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web"
)

// events opens /live and returns its lines.
func eventsOf(t *testing.T, url string) (lines chan string, res *http.Response) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	lines = make(chan string, 100)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(res.Body); s.Scan(); {
			if s.Text() != "" {
				lines <- s.Text()
			}
		}
	}()
	return lines, res
}

// next returns the next line.
func next(t *testing.T, lines chan string) string {
	t.Helper()
	select {
	case line := <-lines:
		return line
	case <-time.After(20 * time.Second):
		t.Fatal("nothing comes")
	}
	return ""
}

// Who waits hears of each change, and at once of one that came before they waited.
func TestLiveEvents(t *testing.T) {
	d := crowd(3, now)
	c := changing{new(sync.Mutex), &d}
	srv := httptest.NewUnstartedServer(web.Hurried(web.Options{Archive: c, State: func() web.State { return web.State{} }, Log: quiet}))
	srv.Config.ReadTimeout, srv.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond // which are not for who waits
	srv.Start()
	t.Cleanup(srv.Close)
	lines, res := eventsOf(t, srv.URL+"/live?after=1")
	if got := res.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("it is %s", got)
	}
	if got := next(t, lines); got != "retry: 50" {
		t.Errorf("first comes %q", got)
	}
	c.change(func(all []news.Story) []news.Story { return all[1:] })
	if got := next(t, lines) + " " + next(t, lines) + " " + next(t, lines); got != "event: stories id: 2 data: 2" {
		t.Errorf("of a change comes %q", got)
	}
	late, _ := eventsOf(t, srv.URL+"/live?after=1")
	if got := next(t, late) + " " + next(t, late); got != "retry: 50 event: stories" {
		t.Errorf("who comes late hears %q", got)
	}
	res.Body.Close()
}

// Not everybody can wait at once, and who leaves makes room.
func TestLiveIsBounded(t *testing.T) {
	srv := httptest.NewServer(web.Handler(web.Options{Archive: crowd(1, now), State: func() web.State { return web.State{} }, Log: quiet}))
	t.Cleanup(srv.Close)
	for range 200 {
		lines, _ := eventsOf(t, srv.URL+"/live?after=1")
		if got := next(t, lines); got != "retry: 5000" {
			t.Errorf("first comes %q", got)
		}
	}
	lines, res := eventsOf(t, srv.URL+"/live?after=1")
	if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" || !strings.Contains(next(t, lines), "too many") {
		t.Errorf("the next one is answered %s", res.Status)
	}
	srv.CloseClientConnections()
}
