package handles

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// panelView is what of a story's page is of this room.
type panelView struct {
	frame
	Handled
	Mine     *Label // what who looks said last, nil for nothing
	Held     bool   // the story itself is muted, by a mute that can be ended here
	Told     bool   // people were told of it
	MuteFor  []span
	Relevant int // people who find it so
	Noise    int
}

// Panel returns the part of a story's page that has what people said of it, and the
// buttons to say more; "" if the story is not known.
func (h *Room) Panel(r *http.Request, s news.Story) (template.HTML, error) {
	handled, found, err := h.desk.Handled(r.Context(), s.ID)
	if err != nil || !found {
		return "", err
	}
	v := panelView{frame: h.frame(r, "", "/story"), Handled: handled, Told: !s.Told.IsZero(), MuteFor: spans}
	for i, l := range v.Labels {
		if l.By == v.Who.Name {
			v.Mine = &v.Labels[i]
		}
		if l.Relevant {
			v.Relevant++
		} else {
			v.Noise++
		}
	}
	v.Held = slices.ContainsFunc(v.Mutes, func(m Mute) bool { return m.Kind == "story" && !m.Fixed })
	var out strings.Builder
	err = h.pages.Write(&out, "panel.html", v)
	return template.HTML(out.String()), err // the template has escaped what is of outside
}

// Out returns the address at which a report of a story can be taken out of it.
func Out(story, item string) string {
	return sheet.Local(story) + "/out?item=" + url.QueryEscape(item)
}

// panel is the place of a story's page where what was done is said.
func panel(story string) string { return sheet.Local(story) + "#h-said" }

// outView asks whether a report is to be taken out of a story.
type outView struct {
	frame
	Report Report
	Story  string
}

// askOut asks whether a report is to be taken out of a story.
func (h *Room) askOut(w http.ResponseWriter, r *http.Request) {
	story := r.PathValue("id")
	report, found, err := h.desk.Report(r.Context(), story, r.FormValue("item"))
	switch {
	case h.refused(w, r, err):
	case !found:
		h.sheet.Nothing(w, r, http.StatusNotFound, "This report is not of the story, or not any more.")
	default:
		h.pages.Show(w, "out.html", http.StatusOK, outView{h.frame(r, "Not this story", "/story"), report, story})
	}
}

// takeOut takes a report out of a story.
func (h *Room) takeOut(w http.ResponseWriter, r *http.Request) {
	story := r.PathValue("id")
	taken, err := h.desk.TakeOut(r.Context(), story, r.PostFormValue("item"), by(r))
	if h.refused(w, r, err) {
		return
	}
	title := "“" + sheet.Headline(taken.Title) + "”"
	text, note := title+" is not of this story any more. "+became(taken), "took "+title+" out of story "+taken.Story
	if taken.Before {
		text, note = fmt.Sprintf("%s was taken out before, by %s on %s.", title, cmp.Or(taken.By, "somebody"), sheet.Clock(taken.At)), ""
	}
	h.done(w, r, panel(taken.Story), text, note)
}

// became says what became of a report that was taken out of a story.
func became(t Taken) string {
	if t.Own == "" {
		return "No rule matches it, so it is of no other."
	}
	return "It is a story of its own now."
}

// muteStory mutes a story for a time.
func (h *Room) muteStory(w http.ResponseWriter, r *http.Request) {
	h.muteIt(w, r, news.Mute{Story: r.PathValue("id")}, func(m Mute) string { return panel(m.ID) })
}

// unmuteStory ends the mute of a story.
func (h *Room) unmuteStory(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	h.unmuteIt(w, r, news.Mute{Story: id}, panel(id))
}

// label keeps what somebody thinks of a story, or takes it back.
func (h *Room) label(w http.ResponseWriter, r *http.Request) {
	story := r.PathValue("id")
	var text, note string
	var err error
	switch says := r.PostFormValue("says"); says {
	case "relevant", "noise":
		text, err = h.desk.Label(r.Context(), story, by(r), says == "relevant")
		note = "called story " + story + " " + map[bool]string{true: "relevant", false: "not relevant"}[says == "relevant"]
	case "nothing":
		var found bool
		found, err = h.desk.Unlabel(r.Context(), story, by(r))
		text, note = "What you said is taken back.", "took back what was said of story "+story
		if !found {
			text, note = "You have said nothing of it.", ""
		}
	default:
		http.Error(w, "says is relevant, noise or nothing", http.StatusBadRequest)
		return
	}
	if !h.refused(w, r, err) {
		h.done(w, r, panel(story), text, note)
	}
}

// by returns in whose name r changes something.
func by(r *http.Request) string { return gate.Of(r.Context()).Name }
