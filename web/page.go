package web

import (
	"context"
	"embed"
	"html/template"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

const (
	shown = 7 * 24 * time.Hour // for how long back the page and the feeds show stories
	ahead = time.Hour          // by how much clocks of publishers may be wrong
	aPage = 100                // so many stories are shown at once
)

//go:embed templates
var templates embed.FS

// pages are the templates of all pages, but for the words that a site knows.
// They never change.
var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"clock": clock, "count": count, "plain": plain, "lines": lines, "local": local, "rests": rests, "capital": capital,
	"messages": messages, "origins": origins, "through": through, "first": first, "size": size, "later": later,
	"countries": site{}.countries, "rule": site{}.rule,
}).ParseFS(templates, "templates/*"))

// later returns the later of two times.
func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// view is what the page shows.
type view struct {
	State
	Now     time.Time
	Stories listed
	Feeds   []news.FeedState
	Sick    int
	Asks    bool              // it can be asked why an item was told or not
	Untold  map[string]string // why people have not heard of stories, by id
	Wrong   []string          // what else is wrong
}

// listed are stories of which a page shows a part.
type listed struct {
	Shown []news.Story
	All   int // how many there are
	Page  int // from 1
}

// First and Last return the numbers of those shown, from 1.
func (l listed) First() int { return (l.Page-1)*aPage + 1 }

func (l listed) Last() int { return min(l.Page*aPage, l.All) }

// Later and Earlier return the pages beside this one, 0 for none.
func (l listed) Later() int { return l.Page - 1 }

func (l listed) Earlier() int {
	if l.Last() >= l.All {
		return 0
	}
	return l.Page + 1
}

// page answers with the page, or with earlier stories.
func (s site) page(w http.ResponseWriter, r *http.Request) {
	number, err := strconv.Atoi(r.FormValue("page"))
	if err != nil || number < 1 || number > math.MaxInt32/aPage {
		number = 1
	}
	v, err := s.read(r.Context(), number)
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

func (s site) read(ctx context.Context, page int) (view, error) {
	v, err := s.readFeeds(ctx)
	if err != nil {
		return view{}, err
	}
	v.Asks = s.records != nil
	v.Stories.Page = page
	v.Stories.Shown, v.Stories.All, err = s.archive.LatestStories(ctx, v.Now.Add(-shown), v.Now.Add(ahead), (page-1)*aPage, aPage)
	if err != nil {
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
