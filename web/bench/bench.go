// Package bench serves the pages of rules: what each rule, list and entity brings,
// where it stands and what of it never hits; and the workbench, on which an analyst
// edits one of them, sees at once what that would match in a text and in the
// archive and what a desk would have heard, and copies or saves the lines.
package bench

import (
	"context"
	"embed"
	"html/template"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/backtest/trial"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/chart"
	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/sheet"
)

//go:embed templates
var templates embed.FS

//go:embed static
var static embed.FS

// An Archive keeps items. *store.DB is one.
type Archive interface {
	backtest.ItemStore
	// ItemsRead calls do with each item first read at from or later and before to.
	// It stops at the first error of do.
	ItemsRead(ctx context.Context, from, to time.Time, do func(news.Item) error) error
}

// A Grade is what people thought of the alerts of a rule.
type Grade struct {
	Relevant int     `json:"relevant"` // stories
	Noise    int     `json:"noise"`
	Enough   bool    `json:"enough"` // for a share that says something
	Share    float64 `json:"share"`  // of those that were relevant
	Low      float64 `json:"low"`    // between Low and High the true share lies with a probability of 95 %
	High     float64 `json:"high"`
}

// Options are what the room is made of.
type Options struct {
	Sheet   *sheet.Sheet
	Path    string                // of rules.yaml
	Rules   func() *matcher.Rules // those in use
	Archive Archive
	Grades  func(ctx context.Context) (map[string]Grade, error) // by rule; nil if nobody grades
	// Fetch reads the page behind a link, politely and not in private networks; nil
	// if none is to be read.
	Fetch  func(ctx context.Context, link string) (news.Item, error)
	Save   bool   // analysts may save what they edited
	Reload func() // is called when something was saved; may be nil
	Log    *slog.Logger
}

// A Room answers for the pages of rules. It is safe for concurrent use.
type Room struct {
	o      Options
	ctx    context.Context // in which trials run: that of the program
	pages  sheet.Pages
	counts counts
	drafts drafts
	trials trial.Trials

	mu      sync.Mutex
	sources *matcher.Sources // as they were last read
	words   *words           // of them
}

// New returns the room, and adds its tab and files to the sheet. Trials end when ctx
// is done.
func New(ctx context.Context, o Options) *Room {
	b := &Room{o: o, ctx: ctx}
	for _, name := range []string{"bench.css", "bench.js"} {
		body, _ := static.ReadFile("static/" + name) // it is embedded
		o.Sheet.AddFile(name, body)
	}
	o.Sheet.AddTab(sheet.Tab{Path: "/rules", Name: "Rules", Place: 50})
	b.pages = o.Sheet.Pages(templates, template.FuncMap{
		"spark": chart.Spark, "percent": percent, "rate": rate, "signed": signed, "page": pageOf, "marked": marked,
	})
	return b
}

// Doors returns the pages of the room.
func (b *Room) Doors() []sheet.Door {
	analysts := func(h http.HandlerFunc) http.Handler { return bounded(gate.Analysts(h), b.tooLarge) }
	return []sheet.Door{
		{Pattern: "GET /rules", Handler: http.HandlerFunc(b.index)},
		{Pattern: "GET /rules/{ref}", Handler: http.HandlerFunc(b.one)},
		{Pattern: "GET /rules/bench", Handler: analysts(b.open)},
		{Pattern: "POST /rules/bench", Handler: analysts(b.work)},
		{Pattern: "GET /rules/bench/words", Handler: analysts(b.complete)},
		{Pattern: "GET /rules/bench/trials/{id}", Handler: analysts(b.showTrial)},
		{Pattern: "POST /rules/bench/trials/{id}", Handler: analysts(b.endTrial)},
	}
}

// mostSent is how many bytes a form may have: a large list, and an article.
const mostSent = 3 << 20

// bounded answers what is too large with refuse, and all else with h.
func bounded(h http.Handler, refuse http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			r.Body = http.MaxBytesReader(w, r.Body, mostSent)
			if err := r.ParseMultipartForm(mostSent); isTooLarge(err) || r.ContentLength > mostSent {
				refuse(w, r)
				return
			}
		}
		h.ServeHTTP(w, r)
	})
}

func (b *Room) tooLarge(w http.ResponseWriter, r *http.Request) {
	b.o.Sheet.Nothing(w, r, http.StatusRequestEntityTooLarge, "That is more than 3 MB, which is too much. Leave the text of the article shorter, or edit so large a list in its file.")
}

// files returns the files of rules as they are now. They are read again when they
// have changed.
func (b *Room) files() (*matcher.Sources, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.sources != nil {
		if changed, err := b.sources.Changed(); err != nil || !changed {
			return b.sources, nil // also while an editor puts another file in its place
		}
	}
	s, err := matcher.ReadSources(b.o.Path)
	if err != nil {
		return nil, err
	}
	b.sources, b.words = s, nil
	return s, nil
}

// unread answers that the rules cannot be read.
func (b *Room) unread(w http.ResponseWriter, r *http.Request, err error) {
	b.o.Log.Error("page not shown", "page", r.URL.Path, "err", err)
	b.o.Sheet.Nothing(w, r, http.StatusServiceUnavailable, "The rules cannot be read: "+b.shorter(err.Error()))
}

// Wait waits until nothing is tried any more. New's ctx is done by then, or it may
// take minutes.
func (b *Room) Wait() { b.trials.Wait() }
