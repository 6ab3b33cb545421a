package api

import (
	"context"
	"net/http"
	"net/url"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/gate"
)

// A List is the feeds of rules.yaml. What its errors say is for whoever asked.
type List interface {
	// Writable reports whether the file may be changed.
	Writable() bool
	// Add writes a feed into the file, and returns as what and where.
	Add(ctx context.Context, f news.Feed) (name, place string, err error)
	// Remove takes a feed out of the file, and returns where it stood.
	Remove(ctx context.Context, url string) (place string, err error)
}

// errFixed is that rules.yaml may not be changed.
var errFixed = problem{http.StatusForbidden, "rules.yaml may not be changed from here: COUPWATCH_EDIT_RULES"}

// addFeed writes a feed into the rules.
func (a *API) addFeed(r *http.Request) (any, error) {
	var body struct {
		URL      string   `json:"url"`
		Name     string   `json:"name"`
		Language string   `json:"language"`
		Schedule string   `json:"schedule"`
		Tags     []string `json:"tags"`
	}
	if err := read(r, &body); err != nil {
		return nil, err
	}
	f := news.Feed{Name: body.Name, Language: body.Language, Schedule: body.Schedule, Tags: body.Tags}
	f.URL, f.Login = news.SplitSecrets(body.URL)
	switch u, err := url.Parse(f.URL); {
	case err != nil || u.Host == "":
		return nil, wrong("url: write the address of a feed")
	case f.Login != "":
		return nil, wrong("url: it has a login or a key in it; name a variable or a file that has it, in rules.yaml")
	case !a.List.Writable():
		return nil, errFixed
	}
	name, place, err := a.List.Add(r.Context(), f)
	if err != nil {
		return nil, problem{http.StatusConflict, err.Error()}
	}
	gate.Note(r.Context(), "added the feed "+name+" ("+f.URL+") to "+place)
	return map[string]string{"id": news.FeedID(f.URL), "name": name, "place": place}, nil
}

// removeFeed takes a feed out of the rules.
func (a *API) removeFeed(r *http.Request) (any, error) {
	f, err := a.one(r)
	if err != nil {
		return nil, err
	}
	if !a.List.Writable() {
		return nil, errFixed
	}
	place, err := a.List.Remove(r.Context(), f.URL)
	if err != nil {
		return nil, problem{http.StatusConflict, err.Error()}
	}
	gate.Note(r.Context(), "removed the feed "+f.Name+" ("+f.URL+") from "+place)
	return none{http.StatusNoContent}, nil
}
