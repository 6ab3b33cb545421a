package web

import (
	"context"
	"embed"
	"html/template"
	"net/http"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// shown is for how long back the page and the feeds show stories.
const shown = 7 * 24 * time.Hour

//go:embed templates
var templates embed.FS

// pages are the templates of all pages, but for the words that a site knows.
// They never change.
var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"clock": clock, "count": count, "plain": plain, "lines": lines, "local": local, "rests": rests, "capital": capital,
	"tellings": tellings, "origins": origins, "through": through, "first": first, "size": size,
	"countries": site{}.countries, "rule": site{}.rule,
}).ParseFS(templates, "templates/*"))

// view is what the page shows.
type view struct {
	State
	Now     time.Time
	Stories []news.Story
	Feeds   []news.FeedState
	Sick    int
	Asks    bool              // it can be asked why an item was told or not
	Untold  map[string]string // why people have not heard of stories, by id
	Wrong   []string          // what else is wrong
}

// page answers with the page.
func (s site) page(w http.ResponseWriter, r *http.Request) {
	v, err := s.read(r.Context())
	if err != nil {
		s.down(w, r, err)
		return
	}
	s.show(w, "page.html", http.StatusOK, v)
}

// feeds answers with how each feed is.
func (s site) feeds(w http.ResponseWriter, r *http.Request) {
	v, err := s.readFeeds(r.Context())
	if err != nil {
		s.down(w, r, err)
		return
	}
	s.show(w, "feeds.html", http.StatusOK, v)
}

// readFeeds returns a view of the feeds alone, those with a problem first.
func (s site) readFeeds(ctx context.Context) (view, error) {
	feeds, err := s.archive.Feeds(ctx)
	if err != nil {
		return view{}, err
	}
	slices.SortStableFunc(feeds, func(a, b news.FeedState) int { return sickness(b) - sickness(a) })
	v := view{State: s.state(), Now: time.Now().UTC(), Feeds: feeds}
	for _, f := range feeds {
		v.Sick += min(1, sickness(f))
	}
	return v, nil
}

func (s site) read(ctx context.Context) (view, error) {
	v, err := s.readFeeds(ctx)
	if err != nil {
		return view{}, err
	}
	v.Asks = s.records != nil
	if v.Stories, err = s.recent(ctx, v.Now); err != nil {
		return view{}, err
	}
	if s.deliveries == nil {
		return v, nil
	}
	if v.Untold, err = s.deliveries.Untold(ctx); err != nil {
		return view{}, err
	}
	v.Wrong, err = s.deliveries.Wrong(ctx)
	return v, err
}

// recent returns the stories that are shown. Clocks of publishers may be a
// little ahead.
func (s site) recent(ctx context.Context, now time.Time) ([]news.Story, error) {
	return s.archive.Stories(ctx, now.Add(-shown), now.Add(time.Hour))
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
