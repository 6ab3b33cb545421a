package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web"
)

// An archive is what the page reads.
type archive struct {
	stories []news.Story
	feeds   []news.FeedState
	version int64
	err     error
}

func (a archive) ChangedStories(_ context.Context, after int64, _ time.Time, _ int) ([]news.Story, int64, error) {
	if after == a.version+1 {
		return nil, after, a.err
	}
	return slices.Clone(a.stories), a.version + 1, a.err
}

// StoriesIn says that stories are in the languages, and of feeds with the tags,
// that they have as rules.
func (a archive) StoriesIn(_ context.Context, _ time.Time, languages, tags []string) (map[string]bool, error) {
	ids := map[string]bool{}
	for _, s := range a.stories {
		of := func(asked []string) bool {
			return len(asked) == 0 || slices.ContainsFunc(asked, func(x string) bool { return slices.Contains(s.Rules, x) })
		}
		ids[s.ID] = of(languages) && of(tags)
	}
	return ids, a.err
}

func (a archive) ToldStories(context.Context, time.Time, time.Time) ([]news.Story, error) {
	return slices.DeleteFunc(slices.Clone(a.stories), func(s news.Story) bool { return s.Told.IsZero() }), a.err
}

func (a archive) Feeds(context.Context) ([]news.FeedState, error) { return a.feeds, a.err }

func get(t *testing.T, a web.Archive, s web.State, path string) (int, http.Header, string) {
	t.Helper()
	srv := httptest.NewServer(web.Handler(whole(a, s)))
	defer srv.Close()
	res, err := http.Get(srv.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, string(body)
}

var (
	now   = time.Now().UTC()
	quiet = slog.New(slog.DiscardHandler)
)

func TestPage(t *testing.T) {
	a := archive{
		stories: []news.Story{{
			ID: "s-1", Headline: `Coup <script>alert(1)</script> in Mali`, Link: "javascript:alert(1)", Severity: news.High, Status: news.Rumour,
			FirstSeen: now, LastSeen: now, Reports: 1, Sources: []news.Source{{Publisher: "The <b>Herald</b>", Link: "https://news.example/1"}}, Countries: []string{"ml"},
		}},
		feeds: []news.FeedState{{Feed: news.Feed{Name: "Well"}}, {Feed: news.Feed{Name: "Sick"}, Failures: 2, Problem: "HTTP 410"}},
	}
	code, header, body := get(t, a, web.State{Version: "1.2", RulesProblem: "rules.yaml:1:1: bad"}, "/")
	if code != http.StatusOK {
		t.Fatalf("got %d", code)
	}
	for _, want := range []string{`<span class="how">rumour</span>`, "Digest only: 1 story", "1 report", `<span class="where"><bdi>ML</bdi></span>`, "rules.yaml:1:1: bad", "2 feeds, 1 with a problem", "coupwatch 1.2"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, bad := range []string{"<script>", "javascript:", "<b>Herald", "<script src=\"http"} {
		if strings.Contains(body, bad) {
			t.Errorf("the page has %q from outside", bad)
		}
	}
	if csp := header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("Content-Security-Policy is %q", csp)
	}
}

func TestHealth(t *testing.T) {
	well := archive{feeds: []news.FeedState{{Feed: news.Feed{Name: "Well"}}}}
	tests := []struct {
		name    string
		archive archive
		state   web.State
		code    int
		status  string
	}{
		{"well", well, web.State{}, http.StatusOK, "ok"},
		{"a feed fails", archive{feeds: []news.FeedState{{Feed: news.Feed{Name: "Sick"}, Failures: 1, Problem: "HTTP 500"}}}, web.State{}, http.StatusOK, "degraded"},
		{"bad rules", well, web.State{RulesProblem: "rules.yaml:1:1: bad"}, http.StatusOK, "degraded"},
		{"no database", archive{err: errors.New("gone")}, web.State{}, http.StatusServiceUnavailable, "down"},
	}
	for _, tt := range tests {
		code, _, body := get(t, tt.archive, tt.state, "/healthz")
		var h struct{ Status string }
		if err := json.Unmarshal([]byte(body), &h); err != nil || code != tt.code || h.Status != tt.status {
			t.Errorf("%s: got %d %q (%v), want %d %q", tt.name, code, h.Status, err, tt.code, tt.status)
		}
	}
	var sick archive
	for range 2000 { // a network that is down
		sick.feeds = append(sick.feeds, news.FeedState{Feed: news.Feed{Name: "Sick"}, Failures: 1, Problem: "there is no server called sick.example"})
	}
	if _, _, body := get(t, sick, web.State{}, "/healthz"); !strings.Contains(body, "1990 more feeds have a problem") || len(body) > 2000 {
		t.Errorf("/healthz of 2,000 sick feeds has %d bytes: %.300s", len(body), body)
	}
	if code, _, body := get(t, archive{err: errors.New("secret path")}, web.State{}, "/"); code != http.StatusServiceUnavailable || strings.Contains(body, "secret") {
		t.Errorf("the page without a database: %d %s", code, body)
	}
	if code, _, _ := get(t, well, web.State{}, "/nowhere"); code != http.StatusNotFound {
		t.Errorf("/nowhere: got %d, want 404", code)
	}
}

func TestListenOnTakenPort(t *testing.T) {
	ln, err := web.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	if _, err := web.Listen(t.Context(), ln.Addr().String()); err == nil || !strings.Contains(err.Error(), "--listen") {
		t.Errorf("got %v, want an error with a way out", err)
	}
}

func TestServeEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	ln, err := web.Listen(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() {
		done <- web.Serve(ctx, ln, web.Options{Archive: archive{}, State: func() web.State { return web.State{} }, Log: quiet})
	}()
	if _, err := http.Get("http://" + ln.Addr().String() + "/healthz"); err != nil {
		t.Error(err)
	}
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Serve = %v, want nil", err)
	}
}

// The page has the feeds with a problem and leads to the page of all.
func TestFeedsPage(t *testing.T) {
	noon := time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	a := archive{feeds: []news.FeedState{
		{Feed: news.Feed{Name: "Well", Language: "ru"}, Items: 7},
		{Feed: news.Feed{Name: "Sick <b>"}, Failures: 2, Problem: "HTTP 410: the feed is gone"},
		{
			Feed: news.Feed{Name: "Moved", Schedule: "auto 2m..1h"}, LastRead: noon, LastGood: noon, NextAt: noon, HeldUntil: noon.Add(95 * time.Minute),
			Moved: news.Move{To: "https://new.example/rss", Since: noon, Last: noon.Add(24 * time.Hour), Seen: 3},
		},
	}}
	_, _, front := get(t, a, web.State{}, "/")
	if !strings.Contains(front, `<a href="/feeds">3 feeds, 2 with a problem</a>`) {
		t.Errorf("the page does not say how the feeds are:\n%s", front)
	}
	code, header, all := get(t, a, web.State{}, "/feeds")
	if code != http.StatusOK || !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("got %d, %v", code, header)
	}
	sick, well := strings.Index(all, "Sick &lt;b&gt;"), strings.Index(all, "Well")
	if sick < 0 || well < sick {
		t.Errorf("the feed with a problem does not come first:\n%s", all)
	}
	for _, want := range []string{"3 feeds, 2 with a problem", "it has moved; write into rules.yaml: url: https://new.example/rss", "13:35", "<td>ru</td>", ">7</td>", `"nowrap state moved">moved<`, `<span class="state moved">moved</span> 1`, "HTTP 410: the feed is gone", `<a class="brand" href="/">`} {
		if !strings.Contains(all, want) {
			t.Errorf("the page of feeds lacks %q", want)
		}
	}
	a.err = errors.New("away")
	if code, _, _ := get(t, a, web.State{}, "/feeds"); code != http.StatusServiceUnavailable {
		t.Errorf("without a database: %d", code)
	}
}
