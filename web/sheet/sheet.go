// Package sheet is what stands around each page: the head, the ways to the other
// pages, who is there, the style, and how the pages write times, names and texts
// from outside. A room of pages adds its templates, files and tabs to it.
package sheet

import (
	"bytes"
	"embed"
	"html/template"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/web/chart"
	"github.com/coupwatch/coupwatch/web/gate"
)

//go:embed templates
var templates embed.FS

// A Door is a page of a room, or a form of it, that is served with the others.
type Door struct {
	Pattern string // as of [http.ServeMux]: "GET /search"
	Handler http.Handler
}

// A Tab leads from each page to a main one.
type Tab struct {
	Path, Name string
	Place      int // tabs stand in the order of their places
	Here       bool
}

// A Sheet is what the pages of one program have in common. What is added to it is
// added before it is served; from then on any number may use it at once.
type Sheet struct {
	names Names // nil if nothing is known by name
	log   *slog.Logger
	tabs  []Tab
	files map[string]file
	base  *template.Template
	own   Pages // what the sheet shows by itself
}

// New returns a sheet that calls things by names, which may be nil.
func New(names Names, log *slog.Logger) *Sheet {
	s := &Sheet{names: names, log: log, files: map[string]file{}}
	s.addStatic()
	s.base = template.Must(template.New("").Funcs(template.FuncMap{
		"clock": Clock, "stamp": Stamp, "age": Age, "count": Count, "plain": Plain, "lines": Lines, "local": Local, "capital": Capital,
		"origins": Origins, "size": Size, "pieces": pieces, "web": Web, "ladder": chart.Ladder, "headline": Headline, "asset": s.Asset,
		"countries": s.Countries, "places": s.Places, "country": s.Country, "rule": s.Rule, "entity": s.Entity,
	}).ParseFS(templates, "templates/*"))
	s.own = Pages{s, s.base}
	return s
}

// AddTab adds a way to a main page.
func (s *Sheet) AddTab(t Tab) {
	s.tabs = append(s.tabs, t)
	slices.SortStableFunc(s.tabs, func(a, b Tab) int { return a.Place - b.Place })
}

// A Frame is what stands around one page.
type Frame struct {
	Title string
	Here  string // the path of the page, to mark its tab
	Query string // of the filter that the feeds of alerts and the wall take over, or ""
	Now   time.Time

	Who     gate.Person // who asks for it
	CSRF    string      // what its forms carry in the field [gate.Field]
	Scripts []string    // files of its room, besides the one of all pages
	Styles  []string

	Live bool  // the page changes by itself
	UpTo int64 // the version of the stories that it shows, or an earlier one

	tabs []Tab
}

// Frame returns what stands around a page that r asks for.
func (s *Sheet) Frame(r *http.Request, title, here string) Frame {
	return Frame{Title: title, Here: here, Now: time.Now().UTC(), Who: gate.Of(r.Context()), CSRF: gate.Token(r.Context()), tabs: s.tabs}
}

// Tabs returns the ways to the main pages.
func (f Frame) Tabs() []Tab {
	tabs := slices.Clone(f.tabs)
	for i := range tabs {
		tabs[i].Here = tabs[i].Path == f.Here
	}
	return tabs
}

// Changes reports whether who looks at the page may change something.
func (f Frame) Changes() bool { return f.Who.May(gate.Analyst) }

// LoggedIn reports whether who looks at the page had to say who they are.
func (f Frame) LoggedIn() bool { return f.Who.Role != gate.Nobody && f.Who.Name != gate.LocalName }

// Pages are those of one room.
type Pages struct {
	sheet     *Sheet
	templates *template.Template
}

// Pages returns the pages of the templates in files, which may use the functions
// funcs too. It panics if a template cannot be read: they are part of the program.
func (s *Sheet) Pages(files fs.FS, funcs template.FuncMap) Pages {
	own := template.Must(s.base.Clone()).Funcs(funcs)
	return Pages{s, template.Must(own.ParseFS(files, "templates/*"))}
}

// Write writes what a template makes of data.
func (p Pages) Write(to io.Writer, name string, data any) error {
	return p.templates.ExecuteTemplate(to, name, data)
}

// Show answers with a page made of a template.
func (p Pages) Show(w http.ResponseWriter, name string, code int, data any) {
	var page bytes.Buffer
	if err := p.Write(&page, name, data); err != nil {
		p.sheet.log.Error("page not made", "page", name, "err", err)
		http.Error(w, "the page could not be made; see the log", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(code)
	_, _ = page.WriteTo(w) // the reader has gone; nobody is left to tell
}

// lost is a page that says why there is nothing.
type lost struct {
	Frame
	Says string
}

// Nothing answers that there is nothing here, or nothing that could be shown.
func (s *Sheet) Nothing(w http.ResponseWriter, r *http.Request, code int, says string) {
	s.own.Show(w, "lost.html", code, lost{s.Frame(r, "Nothing here", ""), says})
}

// Refused answers that somebody may not do what they wanted, and why.
func (s *Sheet) Refused(w http.ResponseWriter, r *http.Request, says string) {
	s.own.Show(w, "lost.html", http.StatusForbidden, lost{s.Frame(r, "Not allowed", ""), says})
}

// Down says that the database does not answer, and nothing more: what it says is
// for the log. A program is told in plain text.
func (s *Sheet) Down(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil { // the reader has gone
		return
	}
	s.log.Error("page not shown", "page", r.URL.Path, "err", err)
	if strings.Contains(r.Header.Get("Accept"), "text/html") {
		s.own.Show(w, "lost.html", http.StatusServiceUnavailable, lost{s.Frame(r, "Not at the moment", ""), "The database does not answer; the log says why. Nothing is lost: load this page again in a while."})
		return
	}
	http.Error(w, "the database does not answer; see the log", http.StatusServiceUnavailable)
}
