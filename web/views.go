package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/filter"
	"github.com/coupwatch/coupwatch/web/gate"
)

// Views are the filters that people keep under a name. An [Archive] that has these
// methods too has them listed beside the stories, for all, and analysts make and
// remove them.
type Views interface {
	// Views returns all by name.
	Views(ctx context.Context) ([]news.View, error)
	// SaveView keeps one, in the place of one that has its name, unless there are
	// too many.
	SaveView(ctx context.Context, v news.View) (saved bool, err error)
	// DropView forgets the one of a name.
	DropView(ctx context.Context, name string) error
}

// A savedView is a view in the list beside the stories.
type savedView struct {
	news.View
	Address string
	Here    bool // it is what the page shows
}

// readViews returns the saved views beside a page that shows what f asks for.
func (s site) readViews(ctx context.Context, f filter.Filter) (all []savedView, err error) {
	if s.views == nil {
		return nil, nil
	}
	views, err := s.views.Views(ctx)
	here := f.Query()
	for _, v := range views {
		address := "/"
		if v.Query != "" {
			address += "?" + v.Query
		}
		all = append(all, savedView{v, address, "?"+v.Query == here || v.Query == here})
	}
	return all, err
}

// kept returns the filter that a form carries, and answers if it has none.
func (s site) kept(w http.ResponseWriter, r *http.Request) (f filter.Filter, ok bool) {
	values, err := url.ParseQuery(strings.TrimPrefix(r.PostFormValue("query"), "?"))
	if err == nil {
		f, err = filter.Parse(values)
	}
	if err != nil {
		s.sheet.Nothing(w, r, http.StatusBadRequest, err.Error())
	}
	return f, err == nil
}

// saveView keeps a filter under a name, and leads to what it shows.
func (s site) saveView(w http.ResponseWriter, r *http.Request) {
	f, ok := s.kept(w, r)
	if !ok {
		return
	}
	name, err := filter.ViewName(r.PostFormValue("name"))
	if err != nil {
		s.sheet.Nothing(w, r, http.StatusBadRequest, err.Error())
		return
	}
	v := news.View{Name: name, Query: strings.TrimPrefix(f.Query(), "?"), By: gate.Of(r.Context()).Name, At: time.Now().UTC()}
	switch saved, err := s.views.SaveView(r.Context(), v); {
	case err != nil:
		s.sheet.Down(w, r, err)
		return
	case !saved:
		s.sheet.Nothing(w, r, http.StatusConflict, "There are too many saved views. Remove one that nobody uses.")
		return
	}
	gate.Note(r.Context(), "saved the view "+v.Name+": "+v.Query)
	http.Redirect(w, r, "/"+f.Query(), http.StatusSeeOther)
}

// dropView forgets a saved filter, and leads back to what was shown.
func (s site) dropView(w http.ResponseWriter, r *http.Request) {
	f, ok := s.kept(w, r)
	if !ok {
		return
	}
	name := r.PostFormValue("name")
	if err := s.views.DropView(r.Context(), name); err != nil {
		s.sheet.Down(w, r, err)
		return
	}
	gate.Note(r.Context(), "removed the view "+name)
	http.Redirect(w, r, "/"+f.Query(), http.StatusSeeOther)
}
