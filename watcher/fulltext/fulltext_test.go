package fulltext_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/fulltext"
)

// A site answers with what stands under a path and counts who asks.
type site struct {
	mu     sync.Mutex
	asked  []string
	robots string // "" for 404
	pages  map[string]http.HandlerFunc
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, r.URL.Path)
	s.mu.Unlock()
	switch page, found := s.pages[r.URL.Path]; {
	case found:
		page(w, r)
	case r.URL.Path == "/robots.txt" && s.robots != "":
		_, _ = io.WriteString(w, s.robots)
	default:
		http.NotFound(w, r)
	}
}

func html(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, body)
	}
}

func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

// visit starts the site, and returns who reads it and its address.
func visit(t *testing.T, s *site) (*fulltext.Reader, string) {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	loopback := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	return fulltext.New(fetch.New(fetch.Options{Private: loopback, MaxBytes: 1 << 20, Timeout: 5 * time.Second})), server.URL
}

func TestRead(t *testing.T) {
	article := pages(headline, paragraphs)["an article"]
	image := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		_, _ = io.WriteString(w, article)
	}
	s := &site{robots: "User-agent: *\nDisallow: /members/\nCrawl-delay: 7\n\nUser-agent: other\nDisallow: /\n", pages: map[string]http.HandlerFunc{
		"/tolmin":        html(article),
		"/members/1":     html(article),
		"/moved":         func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/tolmin", http.StatusFound) },
		"/front":         func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) },
		"/":              html(article),
		"/other":         html(pages("Rain on Thursday", []string{strings.Repeat("It will rain on Thursday in the whole of the valley. ", 9), "And then it stops."})["an article"]),
		"/short":         html("<title>" + headline + "</title><p>Subscribe to read on.</p>"),
		"/consent":       html("<title>Before you continue</title><body><h1>We value your privacy</h1>" + strings.Repeat("<p>We and our partners store and access information on a device, such as identifiers, with your permission.</p>", 9)),
		"/image":         image,
		"/large":         html(strings.Repeat("<p>soldiers refuse orders in Tolmin</p>", 100_000)),
		"/gone":          status(410),
		"/kept-out":      status(403),
		"/broken":        status(500),
		"/busy":          status(429, "Retry-After", "600"),
		"/challenge":     html("<title>Just a moment...</title><p>Attention Required! | Cloudflare</p>"),
		"/not-this-file": html(article),
	}}
	for path, want := range map[string]struct {
		text    bool
		problem string
		again   bool
	}{
		"/tolmin":    {text: true},
		"/moved":     {text: true},
		"/members/1": {problem: "robots.txt"},
		"/front":     {problem: "front page"},
		"/other":     {problem: "something else"},
		"/short":     {problem: "no more text than the feed"},
		"/consent":   {problem: "something else"},
		"/image":     {problem: "no web page"},
		"/large":     {problem: "larger than"},
		"/gone":      {problem: "410"},
		"/kept-out":  {problem: "403"},
		"/missing":   {problem: "404"},
		"/challenge": {problem: "Cloudflare"},
		"/broken":    {problem: "500", again: true},
		"/busy":      {problem: "429", again: true},
	} {
		t.Run(path, func(t *testing.T) {
			r, url := visit(t, s)
			it := news.Item{Title: headline, Summary: "Soldiers refuse to obey.", Link: url + path, Language: "en"}
			out, err := r.Read(t.Context(), news.Feed{URL: url + "/feed"}, it)
			if err != nil {
				t.Fatal(err)
			}
			if (out.Text != "") != want.text || !strings.Contains(out.Problem, want.problem) || (out.Problem == "") != want.text || out.Again != want.again {
				t.Errorf("got %+v, want %+v", out, want)
			}
			if out.Delay != 7*time.Second {
				t.Errorf("the host is left alone for %v, want as its robots.txt asks", out.Delay)
			}
			if path == "/busy" && (out.After != 10*time.Minute || out.Rest.For != 10*time.Minute) {
				t.Errorf("it is asked again after %v, and its host after %v, want 10m", out.After, out.Rest.For)
			}
		})
	}
}

// A summary that is as long as the page is all there is.
func TestReadOfWholeSummary(t *testing.T) {
	r, url := visit(t, &site{pages: map[string]http.HandlerFunc{"/tolmin": html(pages(headline, paragraphs)["a blog"])}})
	it := news.Item{Title: headline, Summary: strings.Join(paragraphs, " "), Link: url + "/tolmin"}
	if out, err := r.Read(t.Context(), news.Feed{URL: url}, it); err != nil || out.Text != "" || out.Problem == "" {
		t.Errorf("got %+v, %v, want no text", out, err)
	}
}

func TestRobots(t *testing.T) {
	for name, tt := range map[string]struct {
		robots  string
		answer  http.HandlerFunc
		allowed bool
	}{
		"none":              {allowed: true},
		"for us":            {robots: "User-agent: coupwatch\nDisallow: /\n"},
		"for others":        {robots: "User-agent: GPTBot\nDisallow: /\n", allowed: true},
		"for all, but us":   {robots: "User-agent: *\nDisallow: /\n\nUser-agent: Coupwatch\nAllow: /\n", allowed: true},
		"longest rule":      {robots: "User-agent: *\nDisallow: /\nAllow: /tolmin\n", allowed: true},
		"a wildcard":        {robots: "User-agent: *\nDisallow: /*min$\n"},
		"a page for a file": {answer: html("<html><body>Welcome</body></html>"), allowed: true},
		"forbidden":         {answer: status(403), allowed: true},
		"out of order":      {answer: status(503)},
		"too often":         {answer: status(429)},
	} {
		t.Run(name, func(t *testing.T) {
			s := &site{robots: tt.robots, pages: map[string]http.HandlerFunc{"/tolmin": html(pages(headline, paragraphs)["a blog"])}}
			if tt.answer != nil {
				s.pages["/robots.txt"] = tt.answer
			}
			r, url := visit(t, s)
			for range 2 {
				out, err := r.Read(t.Context(), news.Feed{URL: url}, news.Item{Title: headline, Link: url + "/tolmin"})
				if err != nil || (out.Text != "") != tt.allowed {
					t.Errorf("got %+v, %v, want the text: %v", out, err, tt.allowed)
				}
			}
			if n := strings.Count(fmt.Sprint(s.asked), "/robots.txt"); n != 1 {
				t.Errorf("robots.txt was asked for %d times in a day", n)
			}
		})
	}
}
