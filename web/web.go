// Package web serves the page: what happens now, by gravity and freshness, in a
// list to work with and on a wall to look at; each story with its timeline and on
// whose word it rests; the state of the feeds and of the rules, and whether all is
// well. It also offers what people were told as a feed, to which any feed reader
// can subscribe. It only reads.
package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"

	"github.com/coupwatch/coupwatch/web/board"
)

// Listen opens addr for the page. Its error says what to do if the port is
// taken.
func Listen(ctx context.Context, addr string) (net.Listener, error) {
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("the page cannot be served at %s: %w; is another coupwatch running? choose another address with --listen, or --listen off", addr, err)
	}
	return ln, nil
}

// A Door answers what comes to a path and to all that lies below it, beside the page.
type Door struct {
	Path    string // such as "/websub/"
	Handler http.Handler
}

// mostConnections is how many connections to the page there may be at once. Others
// wait, so that who leaves thousands open takes no descriptor from feeds.
const mostConnections = 500

// Serve serves the page and doors on ln until ctx is done, and closes ln.
func Serve(ctx context.Context, ln net.Listener, archive Archive, state func() State, log *slog.Logger, doors ...Door) error {
	s := newSite(archive, state, log)
	go func() { _, _ = s.version(ctx) }() // the first reader need not wait for all stories to be read; an error meets the next
	mux := http.NewServeMux()
	mux.Handle("/", s.handler())
	for _, d := range doors {
		mux.Handle(d.Path, guarded(d.Handler))
	}
	srv := &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       time.Minute,     // of a body, too
		WriteTimeout:      time.Minute,     // but for who listens to what happens, who has a deadline for each event
		IdleTimeout:       2 * time.Minute, // between two requests
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
	if err := srv.Serve(netutil.LimitListener(ln, mostConnections)); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the page: %w", err)
	}
	return nil
}

// Handler returns
//
//   - / what happens now, as a filter in the address has it; see package filter;
//   - /wall the same for a screen on a wall;
//   - /live events for who has a page open, when stories changed;
//   - /feeds how each feed is;
//   - /story/ID a story: how it was told, by whom, and on whose word; with .md
//     and .json behind it to take along;
//   - /why?link=… what was decided of an item, if archive is also [Records];
//   - /alerts.atom and /alerts.json what people were told, for feed readers, by
//     the same filter;
//   - /healthz for machines: 200 and "ok", or "degraded" with the reasons as
//     long as the program still does its work, and 503 if the database does not
//     answer or takes nothing.
func Handler(archive Archive, state func() State, log *slog.Logger) http.Handler {
	return newSite(archive, state, log).handler()
}

func newSite(archive Archive, state func() State, log *slog.Logger) site {
	s := site{archive: archive, board: board.New(archive), seen: new(glance), state: state, log: log}
	s.records, _ = archive.(Records)
	s.names, _ = archive.(Names)
	s.deliveries, _ = archive.(Deliveries)
	s.live = &live{version: s.version}
	s.pages = template.Must(pages.Clone()).Funcs(template.FuncMap{"countries": s.countries, "places": s.places, "country": s.country, "rule": s.rule, "entity": s.entity})
	return s
}

// handler answers as [Handler] says.
func (s site) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.now)
	mux.HandleFunc("GET /wall", s.wall)
	mux.HandleFunc("GET /live", s.live.serve)
	mux.HandleFunc("GET /feeds", s.feeds)
	mux.HandleFunc("GET /story/{id}", s.story)
	mux.HandleFunc("GET /why", s.why)
	mux.HandleFunc("GET /alerts.atom", s.alerts(atom))
	mux.HandleFunc("GET /alerts.json", s.alerts(jsonFeed))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { s.health(w, r) })
	mux.HandleFunc("GET /static/{name}", serveStatic)
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, asset("icon.svg"), http.StatusMovedPermanently)
	})
	mux.HandleFunc("GET /", s.lost)
	return guarded(mux)
}

// A site answers requests.
type site struct {
	archive Archive
	board   *board.Board
	seen    *glance
	records Records // nil if the archive has none
	names   Names   // nil if the archive has none

	deliveries Deliveries // nil if the archive has none
	live       *live
	pages      *template.Template
	state      func() State
	log        *slog.Logger
}

// A frame is what stands around each page.
type frame struct {
	Title string
	Here  string // the path of the page, to mark it in the navigation
	Query string // of the filter that the feeds of alerts and the wall take over, or ""
	Asks  bool   // it can be asked why an item was told or not
	Now   time.Time

	Live bool  // the page changes by itself
	UpTo int64 // the version of the stories that it shows, or an earlier one
}

// A tab leads from each page to one of the main ones.
type tab struct {
	Path, Name string
	Here       bool
}

// Tab returns the tab of a main page.
func (f frame) Tab(path, name string) tab { return tab{path, name, f.Here == path} }

func (s site) frame(title, here string) frame {
	return frame{Title: title, Here: here, Asks: s.records != nil, Now: time.Now().UTC()}
}

// living is frame for a page that changes by itself, with the stories.
func (s site) living(ctx context.Context, title, here string) frame {
	f := s.frame(title, here)
	f.Live = true
	f.UpTo, _ = s.version(ctx) // who shows the stories is told why there are none
	return f
}

// version returns which stories there are now.
func (s site) version(ctx context.Context) (int64, error) {
	_, version, err := s.board.Cards(ctx)
	return version, err
}

// show writes a page made of a template.
func (s site) show(w http.ResponseWriter, name string, code int, data any) {
	var page bytes.Buffer
	if err := s.pages.ExecuteTemplate(&page, name, data); err != nil {
		s.log.Error("page not made", "page", name, "err", err)
		http.Error(w, "the page could not be made; see the log", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(code)
	_, _ = page.WriteTo(w) // the reader has gone; nobody is left to tell
}

// lostView is a page that says why there is nothing.
type lostView struct {
	frame
	Says string
}

// nothing answers that there is nothing here, or nothing that could be shown.
func (s site) nothing(w http.ResponseWriter, code int, says string) {
	s.show(w, "lost.html", code, lostView{s.frame("Nothing here", ""), says})
}

// lost answers for what is no page.
func (s site) lost(w http.ResponseWriter, _ *http.Request) {
	s.nothing(w, http.StatusNotFound, "There is no such page.")
}

// down says that the database does not answer, and nothing more: what it says
// is for the log.
func (s site) down(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil { // the reader has gone
		return
	}
	s.log.Error("page not shown", "page", r.URL.Path, "err", err)
	http.Error(w, "the database does not answer; see the log", http.StatusServiceUnavailable)
}

// guarded keeps scripts, frames and content that are not ours off every answer.
func guarded(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "same-origin")
		h.ServeHTTP(w, r)
	})
}
