// Package web serves the page: the stories of the last days, the state of the
// feeds and of the rules, and whether all is well. It only reads.
package web

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// An Archive knows stories and feeds. *store.DB is one.
type Archive interface {
	Stories(ctx context.Context, from, to time.Time) ([]news.Story, error)
	Feeds(ctx context.Context) ([]news.FeedState, error)
}

// State is what the program knows of itself.
type State struct {
	Version      string
	RulesLoaded  time.Time // when the rules in use were read
	RulesProblem string    // why the rules file as it is now is not in use; "" if it is
	NextDigest   time.Time // zero if there is none
}

// shown is for how long back the page shows stories.
const shown = 7 * 24 * time.Hour

//go:embed page.html
var pageSource string

// Listen opens addr for the page. Its error says what to do if the port is
// taken.
func Listen(ctx context.Context, addr string) (net.Listener, error) {
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("the page cannot be served at %s: %w; is another coupwatch running? choose another address with --listen, or --listen off", addr, err)
	}
	return ln, nil
}

// Serve serves the page on ln until ctx is done, and closes ln.
func Serve(ctx context.Context, ln net.Listener, archive Archive, state func() State, log *slog.Logger) error {
	srv := &http.Server{
		Handler:           Handler(archive, state, log),
		ReadHeaderTimeout: 5 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	stop := context.AfterFunc(ctx, func() {
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if err := srv.Shutdown(grace); err != nil {
			log.Warn("page not closed in time", "err", err)
		}
	})
	defer stop()
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the page: %w", err)
	}
	return nil
}

// Handler returns the page at /, and /healthz for machines: 200 and "ok", or
// "degraded" with the reasons as long as the program still does its work, and
// 503 if the database does not answer.
func Handler(archive Archive, state func() State, log *slog.Logger) http.Handler {
	page := template.Must(template.New("page").Funcs(template.FuncMap{"clock": clock, "count": count, "countries": countries}).Parse(pageSource))
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		v, err := read(r.Context(), archive, state())
		if err != nil {
			log.Error("page not shown", "err", err)
			http.Error(w, "the database does not answer; see the log", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if err := page.Execute(w, v); err != nil {
			log.Warn("page cut off", "err", err)
		}
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { health(w, r, archive, state()) })
	return guarded(mux)
}

// guarded keeps scripts, frames and foreign content off every answer.
func guarded(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		h.ServeHTTP(w, r)
	})
}

// view is what the page shows.
type view struct {
	State
	Now     time.Time
	Stories []news.Story
	Feeds   []news.FeedState
	Sick    int
}

func read(ctx context.Context, archive Archive, s State) (view, error) {
	now := time.Now().UTC()
	stories, err := archive.Stories(ctx, now.Add(-shown), now.Add(time.Hour))
	if err != nil {
		return view{}, err
	}
	feeds, err := archive.Feeds(ctx)
	if err != nil {
		return view{}, err
	}
	slices.SortStableFunc(feeds, func(a, b news.FeedState) int { return sickness(b) - sickness(a) })
	v := view{State: s, Now: now, Stories: stories, Feeds: feeds}
	for _, f := range feeds {
		v.Sick += min(1, sickness(f))
	}
	return v, nil
}

// sickness sorts feeds that fail before those that are odd, and these before
// the healthy.
func sickness(f news.FeedState) int {
	switch {
	case f.Failures > 0:
		return 2
	case f.Problem != "":
		return 1
	}
	return 0
}

func health(w http.ResponseWriter, r *http.Request, archive Archive, s State) {
	answer := struct {
		Status   string   `json:"status"`
		Problems []string `json:"problems,omitempty"`
		Feeds    int      `json:"feeds"`
		Version  string   `json:"version"`
	}{Status: "ok", Version: s.Version}
	code := http.StatusOK
	feeds, err := archive.Feeds(r.Context())
	if err != nil {
		code, answer.Status = http.StatusServiceUnavailable, "down"
		answer.Problems = append(answer.Problems, "the database does not answer")
	}
	answer.Feeds = len(feeds)
	if s.RulesProblem != "" {
		answer.Problems = append(answer.Problems, s.RulesProblem)
	}
	for _, f := range feeds {
		if f.Failures > 0 {
			answer.Problems = append(answer.Problems, f.Name+": "+f.Problem)
		}
	}
	if len(answer.Problems) > 0 && code == http.StatusOK {
		answer.Status = "degraded"
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(answer) // the asker has gone; nobody is left to tell
}

// clock writes a time as people read it, or a dash.
func clock(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.UTC().Format("2 Jan 15:04")
}

// count writes a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// countries writes two-letter codes as people know them.
func countries(codes []string) string { return strings.ToUpper(strings.Join(codes, " ")) }
