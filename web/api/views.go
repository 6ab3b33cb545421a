package api

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/filter"
	"github.com/coupwatch/coupwatch/web/gate"
)

// views answers with the saved ones.
func (a *API) views(r *http.Request) (any, error) {
	all, err := a.archive.Views(r.Context())
	return struct {
		Views []news.View `json:"views"`
	}{list(all)}, err
}

// saveView keeps a filter under a name.
func (a *API) saveView(r *http.Request) (any, error) {
	var body struct {
		Query string `json:"query"`
	}
	if err := read(r, &body); err != nil {
		return nil, err
	}
	name, err := filter.ViewName(r.PathValue("name"))
	if err != nil {
		return nil, wrong("%v", err)
	}
	values, err := url.ParseQuery(strings.TrimPrefix(body.Query, "?"))
	if err != nil {
		return nil, wrong("query: it is no query of an address, such as country=ml&severity=high")
	}
	f, err := filter.Parse(values)
	if err != nil {
		return nil, wrong("query: %v", err)
	}
	v := news.View{Name: name, Query: strings.TrimPrefix(f.Query(), "?"), By: gate.Of(r.Context()).Name, At: time.Now().UTC().Truncate(time.Millisecond)}
	switch saved, err := a.archive.SaveView(r.Context(), v); {
	case err != nil:
		return nil, err
	case !saved:
		return nil, problem{http.StatusConflict, "there are too many saved views; remove one that nobody uses"}
	}
	gate.Note(r.Context(), "saved the view "+v.Name+": "+v.Query)
	return v, nil
}

// dropView forgets a saved filter.
func (a *API) dropView(r *http.Request) (any, error) {
	name := r.PathValue("name")
	if err := a.archive.DropView(r.Context(), name); err != nil {
		return nil, err
	}
	gate.Note(r.Context(), "removed the view "+name)
	return none{http.StatusNoContent}, nil
}

// status answers with how the program is.
func (a *API) status(r *http.Request) (any, error) {
	s, err := a.archive.Status(r.Context())
	s.Channels, s.Wrong = list(s.Channels), list(s.Wrong)
	return s, err
}
