// Package web serves the page: the stories of the last days, each with its
// timeline and on whose word it rests, the state of the feeds and of the rules,
// and whether all is well. It also offers what people were told as a feed, to
// which any feed reader can subscribe. It only reads.
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

	"github.com/coupwatch/coupwatch/news"
)

// An Archive knows stories and feeds. *store.DB is one.
type Archive interface {
	// LatestStories returns stories whose latest report was published at from
	// or later and before to, the latest first: n at the most, after skip
	// others, and how many there are in all.
	LatestStories(ctx context.Context, from, to time.Time, skip, n int) (stories []news.Story, all int, err error)
	// ToldStories returns those of them that people were told of.
	ToldStories(ctx context.Context, from, to time.Time) ([]news.Story, error)
	Feeds(ctx context.Context) ([]news.FeedState, error)
}

// Records know single stories and items. An [Archive] that has these methods too
// gives pages to stories, and says why an item was told or not.
type Records interface {
	// Story returns the story whose id is id or, if there is only one, begins
	// with it.
	Story(ctx context.Context, id string) (s news.Story, found bool, err error)
	// ItemsOfStory returns the items of a story, the first published first.
	ItemsOfStory(ctx context.Context, id string) ([]Verdict, error)
	// ItemsByLink returns the items whose link leads where link does.
	ItemsByLink(ctx context.Context, link string) ([]Verdict, error)
}

// Names know how things are called. An [Archive] that has these methods too
// has countries and rules shown so, and not by their codes and ids.
type Names interface {
	CountryName(code string) string // of "ml"; "" if it has none
	RuleTitle(id string) string     // "" if it has none
}

// Deliveries know what could not be told, and what else is wrong. An [Archive]
// that has these methods too has it shown.
type Deliveries interface {
	// Untold returns a sentence for each story of which people should have
	// heard by now and have not, by its id.
	Untold(ctx context.Context) (map[string]string, error)
	// Undelivered returns the channels over which nothing can be sent.
	Undelivered(ctx context.Context) ([]Channel, error)
	// Wrong returns what operators were told is wrong, a sentence for each.
	Wrong(ctx context.Context) ([]string, error)
}

// A Channel is a way to people over which nothing can be sent.
type Channel struct {
	Channel string    `json:"channel"`
	Since   time.Time `json:"since"`
	Reason  string    `json:"reason"`
	Owed    int       `json:"owed"` // alerts
}

// A Verdict is an item and what was decided of it.
type Verdict struct {
	news.Item
	Story   string       // id of the story it is in, or ""
	Kind    news.Kind    // "" if it is in none
	Reason  string       // a sentence for people
	Status  news.Status  // how firmly it tells the story by itself
	Matches []news.Match // the most severe first
}

// State is what the program knows of itself.
type State struct {
	Version      string
	RulesLoaded  time.Time // when the rules in use were read
	RulesProblem string    // why the rules file as it is now is not in use; "" if it is
	NextDigest   time.Time // zero if there is none
	Unrecorded   string    // why nothing can be recorded; "" if all is well
	Since        time.Time // when that began
}

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

// Handler returns
//
//   - / the page;
//   - /feeds how each feed is;
//   - /story/ID a story: how it was told, by whom, and on whose word;
//   - /why?link=… what was decided of an item, if archive is also [Records];
//   - /alerts.atom and /alerts.json what people were told, for feed readers;
//   - /healthz for machines: 200 and "ok", or "degraded" with the reasons as
//     long as the program still does its work, and 503 if the database does not
//     answer or takes nothing.
func Handler(archive Archive, state func() State, log *slog.Logger) http.Handler {
	s := site{archive: archive, state: state, log: log}
	s.records, _ = archive.(Records)
	s.names, _ = archive.(Names)
	s.deliveries, _ = archive.(Deliveries)
	s.pages = template.Must(pages.Clone()).Funcs(template.FuncMap{"countries": s.countries, "rule": s.rule})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page)
	mux.HandleFunc("GET /feeds", s.feeds)
	mux.HandleFunc("GET /story/{id}", s.story)
	mux.HandleFunc("GET /why", s.why)
	mux.HandleFunc("GET /alerts.atom", s.alerts(atom))
	mux.HandleFunc("GET /alerts.json", s.alerts(jsonFeed))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { s.health(w, r) })
	return guarded(mux)
}

// A site answers requests.
type site struct {
	archive Archive
	records Records // nil if the archive has none
	names   Names   // nil if the archive has none

	deliveries Deliveries // nil if the archive has none
	pages      *template.Template
	state      func() State
	log        *slog.Logger
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
	w.WriteHeader(code)
	_, _ = page.WriteTo(w) // the reader has gone; nobody is left to tell
}

// down says that the database does not answer, and nothing more: what it says
// is for the log.
func (s site) down(w http.ResponseWriter, r *http.Request, err error) {
	s.log.Error("page not shown", "page", r.URL.Path, "err", err)
	http.Error(w, "the database does not answer; see the log", http.StatusServiceUnavailable)
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
