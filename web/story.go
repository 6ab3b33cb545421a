package web

import (
	"cmp"
	"context"
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/board"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// storyView is what the page of a story shows.
type storyView struct {
	sheet.Frame
	news.Story
	Items   []Verdict        // the latest first; none if they are not known
	Sent    []Delivery       // but for what follows in a thread
	Follows int              // updates that arrived
	Edits   int              // of messages
	Linked  []news.Reference // earlier stories of the same people
	Akin    []item
	Untold  string // why people have not heard of it, "" if they have or need not
	Course  template.HTML
	Tree    template.HTML
	Entries []entry // what happened, the latest first
	More    int     // entries that are left out
	Panel   template.HTML
	Outs    bool // who looks may take a report out
}

// story answers with the page of a story, or with what of it is to be taken
// along.
func (s site) story(w http.ResponseWriter, r *http.Request) {
	if s.records == nil {
		s.lost(w, r)
		return
	}
	id, form, _ := strings.Cut(r.PathValue("id"), ".")
	v := storyView{Frame: s.sheet.Frame(r, "Story", "/story")}
	found, err := s.readStory(r.Context(), &v, id)
	switch {
	case err != nil:
		s.sheet.Down(w, r, err)
	case !found:
		s.sheet.Nothing(w, r, http.StatusNotFound, "There is no story with this id, or several begin so. Stories are forgotten after a time.")
	case form == "md":
		s.markdown(w, v)
	case form == "json":
		s.exported(w, r, v.ID)
	case form != "":
		s.lost(w, r)
	default:
		if s.panel != nil {
			if v.Panel, err = s.panel(r, v.Story); err != nil {
				s.sheet.Down(w, r, err)
				return
			}
			v.Outs = v.Changes() && v.Into.ID == "" && len(v.Items) > 1
			v.Styles = append(v.Styles, "handles.css")
		}
		v.draw(r.FormValue("all") != "")
		s.pages.Show(w, "story.html", http.StatusOK, v)
	}
}

// readStory reads all that is known of a story.
func (s site) readStory(ctx context.Context, v *storyView, id string) (found bool, err error) {
	if v.Story, found, err = s.records.Story(ctx, id); err != nil || !found {
		return found, err
	}
	v.Title = sheet.Headline(v.Headline)
	if v.Items, err = s.records.ItemsOfStory(ctx, v.ID); err != nil {
		return true, err
	}
	slices.Reverse(v.Items)
	if err = s.readSent(ctx, v); err != nil {
		return true, err
	}
	for _, id := range sheet.First(10, v.Story.Linked) {
		ref := news.Reference{ID: id, Headline: id}
		if earlier, known, err := s.records.Story(ctx, id); err != nil {
			return true, err
		} else if known {
			ref.Headline = earlier.Headline
		}
		v.Linked = append(v.Linked, ref)
	}
	v.Akin, err = s.akin(ctx, v.Story, v.Now)
	return true, err
}

// readSent reads what was sent of a story.
func (s site) readSent(ctx context.Context, v *storyView) error {
	if s.deliveries == nil {
		return nil
	}
	untold, err := s.deliveries.Untold(ctx)
	if err != nil {
		return err
	}
	v.Untold = untold[v.ID]
	all, err := s.deliveries.DeliveriesOf(ctx, v.ID)
	for _, d := range all {
		switch {
		case d.Kind == news.Refresh:
			v.Edits++
		case d.Kind == news.Update && d.Arrived:
			v.Follows++
		default:
			v.Sent = append(v.Sent, d)
		}
	}
	return err
}

// akin returns other stories of the last days that have much in common with one:
// of the same people, or of the same country by the same rule.
func (s site) akin(ctx context.Context, of news.Story, now time.Time) ([]item, error) {
	cards, _, err := s.board.Cards(ctx)
	if err != nil {
		return nil, err
	}
	type scored struct {
		*board.Card
		score int
	}
	var found []scored
	for _, c := range cards {
		score := 2 * shared(of.Entities, c.Entities)
		if len(of.Where()) > 0 {
			score += 2 * shared(of.Where()[:1], c.Where())
		}
		if score > 0 {
			score += shared(of.Rules, c.Rules)
		}
		if score >= 3 && c.ID != of.ID {
			found = append(found, scored{c, score})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int {
		return cmp.Or(b.score-a.score, cmp.Compare(b.Rank(), a.Rank()), b.LastSeen.Compare(a.LastSeen))
	})
	var nearest []*board.Card
	for _, f := range sheet.First(5, found) {
		nearest = append(nearest, f.Card)
	}
	return status{}.items(nearest, now), nil
}

// shared counts what is in both lists.
func shared(a, b []string) (n int) {
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
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

// exported answers with all that is known of a story, as JSON.
func (s site) exported(w http.ResponseWriter, r *http.Request, id string) {
	all, err := s.records.Export(r.Context(), id)
	if err != nil {
		s.sheet.Down(w, r, err)
		return
	}
	body, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		s.log.Error("story not written", "story", id, "err", err)
		http.Error(w, "the story could not be written; see the log", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body) // the reader has gone; nobody is left to tell
}
