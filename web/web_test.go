package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
	err     error
}

func (a archive) LatestStories(_ context.Context, _, _ time.Time, skip, n int) ([]news.Story, int, error) {
	from := min(skip, len(a.stories))
	return a.stories[from:min(from+n, len(a.stories))], len(a.stories), a.err
}

func (a archive) ToldStories(context.Context, time.Time, time.Time) ([]news.Story, error) {
	return slices.DeleteFunc(slices.Clone(a.stories), func(s news.Story) bool { return s.Told.IsZero() }), a.err
}

func (a archive) Feeds(context.Context) ([]news.FeedState, error) { return a.feeds, a.err }

func get(t *testing.T, a web.Archive, s web.State, path string) (int, http.Header, string) {
	t.Helper()
	srv := httptest.NewServer(web.Handler(a, func() web.State { return s }, slog.New(slog.DiscardHandler)))
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

var now = time.Now().UTC()

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
	for _, want := range []string{"high · rumour", "digest only", "1 report · 1 publisher · ML", "rules.yaml:1:1: bad", "2 feeds, 1 with a problem", "coupwatch 1.2"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, bad := range []string{"<script>", "javascript:", "<b>Herald"} {
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
		done <- web.Serve(ctx, ln, archive{}, func() web.State { return web.State{} }, slog.New(slog.DiscardHandler))
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
		{Feed: news.Feed{Name: "Well", Language: "ru"}, Items: 7, Size: 1_234_567},
		{Feed: news.Feed{Name: "Sick <b>"}, Failures: 2, Problem: "HTTP 410: the feed is gone"},
		{
			Feed: news.Feed{Name: "Moved"}, NextAt: noon, HeldUntil: noon.Add(95 * time.Minute),
			Moved: news.Move{To: "https://new.example/rss", Since: noon, Last: noon.Add(24 * time.Hour), Seen: 3},
		},
	}}
	_, _, front := get(t, a, web.State{}, "/")
	if strings.Contains(front, "Well") || !strings.Contains(front, "HTTP 410: the feed is gone") || !strings.Contains(front, `href="/feeds"`) {
		t.Errorf("the page has other feeds than those with a problem, or no link to all:\n%s", front)
	}
	code, header, all := get(t, a, web.State{}, "/feeds")
	if code != http.StatusOK || !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("got %d, %v", code, header)
	}
	sick, well := strings.Index(all, "Sick &lt;b&gt;"), strings.Index(all, "Well")
	if sick < 0 || well < sick {
		t.Errorf("the feed with a problem does not come first:\n%s", all)
	}
	for _, want := range []string{"3 feeds, 1 with a problem", "it has moved; write into rules.yaml: url: https://new.example/rss", "13:35", "<td>ru</td>", "1.2 MB", "<td>7</td>", "HTTP 410: the feed is gone", `<nav><a href="/">`} {
		if !strings.Contains(all, want) {
			t.Errorf("the page of feeds lacks %q", want)
		}
	}
	a.err = errors.New("away")
	if code, _, _ := get(t, a, web.State{}, "/feeds"); code != http.StatusServiceUnavailable {
		t.Errorf("without a database: %d", code)
	}
}

// The page shows the latest stories, and leads to the earlier ones a page at a
// time.
func TestPageShowsAPart(t *testing.T) {
	var a archive
	for i := range 250 {
		a.stories = append(a.stories, news.Story{ID: fmt.Sprint(i), Headline: fmt.Sprintf("Story number %d.", i), LastSeen: now})
	}
	earlier, later := `href="/?page=%d">earlier`, `href="%s">later`
	for path, want := range map[string]struct {
		first, last int
		has, not    []string
	}{
		"/":           {0, 99, []string{"Stories 1 to 100 of 250", fmt.Sprintf(earlier, 2)}, []string{">later"}},
		"/?page=2":    {100, 199, []string{"Stories 101 to 200 of 250", fmt.Sprintf(earlier, 3), fmt.Sprintf(later, "/")}, nil},
		"/?page=3":    {200, 249, []string{"Stories 201 to 250 of 250", fmt.Sprintf(later, "/?page=2")}, []string{">earlier"}},
		"/?page=-1":   {0, 99, []string{"Stories 1 to 100 of 250"}, nil},
		"/?page=many": {0, 99, []string{"Stories 1 to 100 of 250"}, nil},
	} {
		_, _, body := get(t, a, web.State{}, path)
		for i := range a.stories {
			shown, in := strings.Contains(body, fmt.Sprintf("Story number %d.", i)), i >= want.first && i <= want.last
			if shown != in {
				t.Errorf("%s: story %d is shown: %v", path, i, shown)
			}
		}
		for _, part := range want.has {
			if !strings.Contains(body, part) {
				t.Errorf("%s lacks %q", path, part)
			}
		}
		for _, part := range want.not {
			if strings.Contains(body, part) {
				t.Errorf("%s has %q", path, part)
			}
		}
	}
	if _, _, body := get(t, archive{stories: a.stories[:100]}, web.State{}, "/"); strings.Contains(body, "Stories 1 to") {
		t.Error("where all stories are shown the page counts them")
	}
}
