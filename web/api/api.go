// Package api serves what the page shows to programs: JSON at /api/v1, as the OpenAPI
// document of this folder describes it, which is served beside it and which a test
// keeps true. Whoever may read the page may read it; analysts may change something, by
// a key or with a header that no other site can send.
package api

import (
	"context"
	_ "embed"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/board"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// Root is where the interface lies.
const Root = "/api/v1"

//go:embed openapi.json
var document []byte

// An Archive is what there is to serve. A value of type any is served as it is
// written as JSON.
type Archive interface {
	// ToldStories returns the stories that people were told of whose latest report
	// was published at from or later and before to, the latest first.
	ToldStories(ctx context.Context, from, to time.Time) ([]news.Story, error)
	// Untold returns a sentence for each story of which people should have heard by
	// now and have not, by its id.
	Untold(ctx context.Context) (map[string]string, error)
	// Story returns the story whose id is id or, if there is only one, begins with
	// it.
	Story(ctx context.Context, id string) (s news.Story, found bool, err error)
	// Export returns all that is known of a story.
	Export(ctx context.Context, id string) (any, error)
	// Why returns what was decided of the items behind a link.
	Why(ctx context.Context, link string) (why any, found bool, err error)

	Feeds(ctx context.Context) ([]news.FeedState, error)
	// FeedJSON returns a feed as lists have it.
	FeedJSON(f news.FeedState, now time.Time) any
	// The others are as those of package sources.
	ItemsOfFeed(ctx context.Context, url string, n int) ([]news.Taken, error)
	DaysOfFeed(ctx context.Context, url string, now time.Time, n int) ([]int, error)
	WeekOf(ctx context.Context, url string) (week [7][24]float64, known bool, err error)
	FeedsAbout(ctx context.Context, countries []string) (map[string]bool, error)
	ReadNow(ctx context.Context, url string, now time.Time) (listed bool, err error)

	Views(ctx context.Context) ([]news.View, error)
	// SaveView keeps a view, unless there are too many.
	SaveView(ctx context.Context, v news.View) (saved bool, err error)
	DropView(ctx context.Context, name string) error

	Status(ctx context.Context) (Status, error)
}

// Status is how the program is.
type Status struct {
	Version    string           `json:"version"`
	At         time.Time        `json:"at"`
	Rules      Rules            `json:"rules"`
	Unrecorded string           `json:"unrecorded,omitempty"` // why nothing can be recorded
	Feeds      news.StateCounts `json:"feeds"`
	Channels   []Channel        `json:"channels"` // over which nothing can be sent
	Wrong      []string         `json:"wrong"`    // what operators were told is wrong
	NextDigest *time.Time       `json:"next_digest"`
}

// Rules are which rules are in use.
type Rules struct {
	Version string    `json:"version"` // a hash of their text
	Loaded  time.Time `json:"loaded"`
	Problem string    `json:"problem,omitempty"` // why newer ones are not in use
}

// A Channel is a way to people over which nothing can be sent.
type Channel struct {
	Channel string    `json:"channel"`
	Since   time.Time `json:"since"`
	Reason  string    `json:"reason"`
	Owed    int       `json:"owed"` // alerts
}

// Options are what may be served besides. What is nil is not.
type Options struct {
	Finder Finder
	List   List
	Desk   Desk
	Rules  Rulebook
	Audit  Audit
}

// An API answers programs. It is safe for concurrent use; make it with [New].
type API struct {
	archive Archive
	board   *board.Board
	Options
	log    *slog.Logger
	routes []route
	mux    *http.ServeMux
}

// New returns the interface to an archive and its board, and to what else o has.
func New(archive Archive, b *board.Board, log *slog.Logger, o Options) *API {
	a := &API{archive: archive, board: b, log: log, Options: o, mux: http.NewServeMux()}
	a.routes = []route{
		{"GET", "/stories", a.stories},
		{"GET", "/stories/{id}", a.story},
		{"GET", "/items", a.items},
		{"GET", "/alerts", a.alerts},
		{"GET", "/feeds", a.feeds},
		{"GET", "/feeds/{id}", a.feed},
		{"POST", "/feeds/{id}/read", a.readNow},
		{"GET", "/views", a.views},
		{"PUT", "/views/{name}", a.saveView},
		{"DELETE", "/views/{name}", a.dropView},
		{"GET", "/status", a.status},
		{"GET", "/openapi.json", a.document},
	}
	a.routes = append(a.routes, a.besides()...)
	for _, r := range a.routes {
		a.mux.Handle(r.method+" "+Root+r.path, a.guarded(r))
	}
	a.mux.HandleFunc("/", a.lost)
	return a
}

// A route is one path and method, and what answers it. What it returns is written as
// JSON; an error that is no [problem] is for the log.
type route struct {
	method, path string
	answer       func(r *http.Request) (any, error)
}

// Routes returns the methods and paths, below [Root], that are answered: "GET
// /stories/{id}".
func (a *API) Routes() (all []string) {
	for _, r := range a.routes {
		all = append(all, r.method+" "+r.path)
	}
	return all
}

// Doors returns what is to be served with the pages.
func (a *API) Doors() (doors []sheet.Door) {
	for _, method := range []string{"GET", "POST", "PUT", "DELETE"} {
		doors = append(doors, sheet.Door{Pattern: method + " " + Root + "/", Handler: a.mux})
	}
	return doors
}

// document answers with the OpenAPI document.
func (a *API) document(*http.Request) (any, error) { return json.RawMessage(document), nil }

// lost answers for what is not there, or not by that method.
func (a *API) lost(w http.ResponseWriter, r *http.Request) {
	var others []string
	for _, method := range []string{"GET", "POST", "PUT", "DELETE"} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := a.mux.Handler(other); pattern != "/" {
			others = append(others, method)
		}
	}
	if len(others) > 0 {
		w.Header().Set("Allow", strings.Join(others, ", "))
		a.fail(w, r, problem{http.StatusMethodNotAllowed, "here one may " + strings.Join(others, ", ") + " only"})
		return
	}
	a.fail(w, r, problem{http.StatusNotFound, "there is no such path; " + Root + "/openapi.json describes those that there are"})
}
