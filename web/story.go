package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// storyView is what the page of a story shows.
type storyView struct {
	news.Story
	Now   time.Time
	Items []Verdict // none if they are not known

	Untold string // why people have not heard of it, "" if they have or need not
}

// story answers with the page of a story.
func (s site) story(w http.ResponseWriter, r *http.Request) {
	if s.records == nil {
		http.NotFound(w, r)
		return
	}
	v := storyView{Now: time.Now().UTC()}
	var found bool
	var err error
	v.Story, found, err = s.records.Story(r.Context(), r.PathValue("id"))
	if err == nil && found {
		v.Items, err = s.records.ItemsOfStory(r.Context(), v.ID)
	}
	if err == nil && found && s.deliveries != nil {
		var untold map[string]string
		untold, err = s.deliveries.Untold(r.Context())
		v.Untold = untold[v.ID]
	}
	switch {
	case err != nil:
		s.down(w, r, err)
	case !found:
		s.show(w, "lost.html", http.StatusNotFound, "There is no story with this id, or several begin so. Stories are forgotten after a time.")
	default:
		slices.Reverse(v.Items)
		slices.Reverse(v.Updates)
		s.show(w, "story.html", http.StatusOK, v)
	}
}

// rests returns those of a story's sources that rest on an origin, or on none
// if name is "".
func rests(sources []news.Source, name string) []news.Source {
	return slices.DeleteFunc(slices.Clone(sources), func(src news.Source) bool {
		if name == "" {
			return len(src.Origins) > 0
		}
		return !slices.Contains(src.Origins, name)
	})
}

// whyView is what is known of the items behind a link.
type whyView struct {
	Link  string
	Items []Verdict
}

// why answers with what is known of the items behind a link.
func (s site) why(w http.ResponseWriter, r *http.Request) {
	if s.records == nil {
		http.NotFound(w, r)
		return
	}
	v := whyView{Link: strings.TrimSpace(r.FormValue("link"))}
	code := http.StatusOK
	if v.Link != "" {
		var err error
		if v.Items, err = s.records.ItemsByLink(r.Context(), v.Link); err != nil {
			s.down(w, r, err)
			return
		}
		if len(v.Items) == 0 {
			code = http.StatusNotFound
		}
	}
	s.show(w, "why.html", code, v)
}
