// Package web serves the page: what happens now, by gravity and freshness, in a
// list to work with and on a wall to look at; each story with its timeline and on
// whose word it rests; and whether all is well. It also offers what people were told as a feed, to which any feed reader
// can subscribe. It only reads.
package web

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/board"
	"github.com/coupwatch/coupwatch/web/chart"
	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/sheet"
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

// Options are what the page is made of.
type Options struct {
	Archive Archive
	Board   *board.Board // of the stories of Archive; nil makes one
	State   func() State
	Log     *slog.Logger
	Root    string                          // where people reach the page, such as "https://coupwatch.example.org"; "" if nobody says
	Sheet   *sheet.Sheet                    // what stands around each page; nil makes one
	Rooms   []sheet.Door                    // pages of other rooms
	Panel   Panel                           // what another room adds to the page of a story; nil for nothing
	Gate    func(http.Handler) http.Handler // says who comes in; nil is [gate.Local]
	Served  Served                          // is told of each answer; nil for nobody
	Doors   []Door                          // what is served besides, to machines, past the gate
}

// A Panel returns a part of the page of a story that is for whoever asks for it, "" for
// none. Where there is one, each report can be taken out at the address of its story,
// with "/out?item=" and the id of the report behind it.
type Panel func(r *http.Request, s news.Story) (template.HTML, error)

// A Door answers what comes to a path and to all that lies below it, beside the page.
type Door struct {
	Path    string // such as "/websub/"
	Handler http.Handler
}

// mostConnections is how many connections to the page there may be at once. Others
// wait, so that who leaves thousands open takes no descriptor from feeds.
const mostConnections = 500

// Serve serves the page on ln until ctx is done, and closes ln.
func Serve(ctx context.Context, ln net.Listener, o Options) error {
	s := newSite(o)
	go func() { _, _ = s.version(ctx) }() // the first reader need not wait for all stories to be read; an error meets the next
	mux := http.NewServeMux()
	mux.Handle("/", s.handler())
	for _, d := range o.Doors {
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
			o.Log.Warn("page not closed in time", "err", err)
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
//   - /views where a form sends a filter that is to be kept under a name;
//   - /wall the same for a screen on a wall;
//   - /live events for who has a page open, when stories changed;
//   - /story/ID a story: how it was told, by whom, and on whose word; with .md
//     and .json behind it to take along;
//   - /why?link=… what was decided of an item, if archive is also [Records];
//   - /alerts.atom and /alerts.json what people were told, for feed readers, by
//     the same filter;
//   - /healthz for machines: 200 and "ok", or "degraded" with the reasons as
//     long as the program still does its work, and 503 if the database does not
//     answer or takes nothing.
//
// and the pages of o.Rooms. What o.Doors has is for [Serve].
func Handler(o Options) http.Handler { return newSite(o).handler() }

func newSite(o Options) site {
	s := site{
		archive: o.Archive, board: o.Board, seen: new(glance), moment: new(moment), state: o.State, log: o.Log, root: o.Root,
		sheet: o.Sheet, rooms: o.Rooms, panel: o.Panel, gate: o.Gate, served: o.Served,
	}
	s.records, _ = o.Archive.(Records)
	s.deliveries, _ = o.Archive.(Deliveries)
	s.views, _ = o.Archive.(Views)
	if s.board == nil {
		s.board = board.New(o.Archive)
	}
	if s.sheet == nil {
		names, _ := o.Archive.(sheet.Names)
		s.sheet = sheet.New(names, o.Log)
	}
	if s.gate == nil {
		s.gate = gate.Local
	}
	s.live = &live{version: s.version, lookEvery: lookEvery, comeBack: comeBack}
	s.dress()
	return s
}

// dress adds to the sheet what is of this room.
func (s *site) dress() {
	s.sheet.AddFile("world.svg", chart.Land())
	s.sheet.AddTab(sheet.Tab{Path: "/", Name: "Now", Place: 10})
	s.sheet.AddTab(sheet.Tab{Path: "/wall", Name: "Wall", Place: 20})
	if s.records != nil {
		s.sheet.AddTab(sheet.Tab{Path: "/why", Name: "Why?", Place: 90})
	}
	s.pages = s.sheet.Pages(templates, template.FuncMap{
		"messages": messages, "through": sheet.Through, "voices": voices, "rests": rests,
	})
}

// handler answers as [Handler] says.
func (s site) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.now)
	mux.HandleFunc("GET /wall", s.wall)
	mux.HandleFunc("GET /live", s.live.serve)
	mux.HandleFunc("GET /story/{id}", s.story)
	mux.HandleFunc("GET /why", s.why)
	mux.HandleFunc("GET /alerts.atom", s.alerts(atom))
	mux.HandleFunc("GET /alerts.json", s.alerts(jsonFeed))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { s.health(w, r) })
	mux.HandleFunc("GET /static/{name}", s.sheet.ServeFile)
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, s.sheet.Asset("icon.svg"), http.StatusMovedPermanently)
	})
	if s.views != nil {
		mux.Handle("POST /views", gate.Analysts(http.HandlerFunc(s.saveView)))
		mux.Handle("POST /views/drop", gate.Analysts(http.HandlerFunc(s.dropView)))
	}
	for _, d := range s.rooms {
		mux.Handle(d.Pattern, d.Handler)
	}
	mux.HandleFunc("GET /", s.lost)
	return guarded(s.watched(s.gate(routed(mux))))
}

// A site answers requests.
type site struct {
	archive Archive
	board   *board.Board
	seen    *glance
	moment  *moment
	records Records // nil if the archive has none

	deliveries Deliveries // nil if the archive has none
	views      Views      // nil if the archive has none
	live       *live
	sheet      *sheet.Sheet
	pages      sheet.Pages
	panel      Panel // nil for none
	rooms      []sheet.Door
	gate       func(http.Handler) http.Handler
	served     Served
	state      func() State
	root       string // "" if nobody says
	log        *slog.Logger
}

// living is the frame of a page that changes by itself, with the stories.
func (s site) living(r *http.Request, title, here string) sheet.Frame {
	f := s.sheet.Frame(r, title, here)
	f.Live = true
	f.UpTo, _ = s.version(r.Context()) // who shows the stories is told why there are none
	return f
}

// version returns which stories there are now.
func (s site) version(ctx context.Context) (int64, error) {
	_, version, err := s.board.Cards(ctx)
	return version, err
}

// lost answers for what is no page.
func (s site) lost(w http.ResponseWriter, r *http.Request) {
	s.sheet.Nothing(w, r, http.StatusNotFound, "There is no such page.")
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
