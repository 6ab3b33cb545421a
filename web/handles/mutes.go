package handles

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// A span is for how long something may be muted.
type span struct{ Value, Name string }

// spans are those that a form offers besides a date.
var spans = []span{{"1h", "an hour"}, {"24h", "a day"}, {"7d", "a week"}}

// lengths are the spans by their values.
var lengths = map[string]time.Duration{"1h": time.Hour, "24h": 24 * time.Hour, "7d": 7 * 24 * time.Hour}

// mutesView is what the page of mutes shows.
type mutesView struct {
	frame
	Mutes   []Mute
	Choices []Choice
	MuteFor []span
	Kinds   []span
	Form    form
	Wrong   string
}

// A form is what of a mute was written before, here or in the address of the page.
type form struct{ Kind, Name, Why string }

// kinds are what can be muted.
var kinds = []span{{"story", "a story"}, {"rule", "a rule"}, {"entity", "a person, an agency or a country"}, {"feed", "a feed"}}

// mutes answers with what is muted.
func (h *Room) mutes(w http.ResponseWriter, r *http.Request) { h.showMutes(w, r, http.StatusOK, "") }

// showMutes answers with what is muted and, if a form could not be heeded, why.
func (h *Room) showMutes(w http.ResponseWriter, r *http.Request, code int, wrong string) {
	v := mutesView{frame: h.frame(r, "Mutes", "/mutes"), MuteFor: spans, Kinds: kinds, Wrong: wrong}
	v.Form = form{r.FormValue("kind"), sheet.Plain(r.FormValue("name")), sheet.Plain(r.FormValue("why"))}
	var err error
	if v.Mutes, err = h.desk.Muted(r.Context()); err != nil {
		h.sheet.Down(w, r, err)
		return
	}
	v.Choices = h.desk.Mutable()
	h.pages.Show(w, "mutes.html", code, v)
}

// mute mutes what a form names.
func (h *Room) mute(w http.ResponseWriter, r *http.Request) {
	m, err := muteOf(r)
	if err != nil {
		h.showMutes(w, r, http.StatusUnprocessableEntity, err.Error())
		return
	}
	h.muteIt(w, r, m, func(Mute) string { return "/mutes" })
}

// muteOf reads what is muted.
func muteOf(r *http.Request) (m news.Mute, err error) {
	name := strings.TrimSpace(r.PostFormValue("name"))
	if name == "" {
		return m, Refusal("Name what is to be muted.")
	}
	switch r.PostFormValue("kind") {
	case "story":
		m.Story = name
	case "rule":
		m.Rule = name
	case "entity":
		m.Entity = strings.TrimPrefix(name, "@")
	case "feed":
		m.Feed, _ = news.SplitSecrets(name)
	default:
		return m, Refusal("A story, a rule, a person, an agency, a country or a feed can be muted.")
	}
	return m, nil
}

// muteIt mutes m for as long as the form says, and leads to the page of what was
// muted.
func (h *Room) muteIt(w http.ResponseWriter, r *http.Request, m news.Mute, to func(Mute) string) {
	var err error
	now := time.Now().UTC()
	if m.Until, err = endOf(r, now); err == nil {
		m.Why, m.By = strings.TrimSpace(r.PostFormValue("why")), by(r)
		var held []Mute
		if held, err = h.desk.Mute(r.Context(), m); err == nil && len(held) > 0 {
			var texts, notes []string
			for _, m := range held {
				texts = append(texts, fmt.Sprintf("Muted until %s: %s. The digest still lists it.", until(m.Until), sheet.Plain(m.Name)))
				notes = append(notes, fmt.Sprintf("muted %s %s until %s", m.Kind, m.ID, until(m.Until)))
			}
			h.done(w, r, to(held[0]), strings.Join(texts, " "), strings.Join(notes, ", "))
			return
		}
	}
	if refusal, is := err.(Refusal); is && m.Story == "" { //nolint:errorlint // a refusal is never wrapped
		h.showMutes(w, r, http.StatusUnprocessableEntity, string(refusal))
		return
	}
	h.refused(w, r, err)
}

// endOf reads until when something is muted: for a span, or to the end of a day.
func endOf(r *http.Request, now time.Time) (time.Time, error) {
	length := r.PostFormValue("for")
	if d, known := lengths[length]; known {
		return now.Add(d), nil
	}
	if length != "date" {
		return time.Time{}, Refusal("Say for how long: 1h, 24h, 7d, or date with a day.")
	}
	day, err := time.Parse(time.DateOnly, r.PostFormValue("until"))
	if err != nil {
		return time.Time{}, Refusal("Write the last day like " + now.Format(time.DateOnly) + ".")
	}
	end := day.AddDate(0, 0, 1)
	if !end.After(now) {
		return time.Time{}, Refusal("This day has passed already; name a later one.")
	}
	return end, nil
}

// unmute ends what a form names.
func (h *Room) unmute(w http.ResponseWriter, r *http.Request) {
	m, err := muteOf(r)
	if !h.refused(w, r, err) {
		h.unmuteIt(w, r, m, "/mutes")
	}
}

// unmuteIt ends the mute of m.
func (h *Room) unmuteIt(w http.ResponseWriter, r *http.Request, m news.Mute, to string) {
	found, err := h.desk.Unmute(r.Context(), m)
	if h.refused(w, r, err) {
		return
	}
	text, note := "It is muted no longer.", "unmuted "+strings.TrimSpace(strings.Join([]string{m.Story, m.Rule, m.Entity, m.Feed}, ""))
	if !found {
		text, note = "It was not muted any more.", ""
	}
	h.done(w, r, to, text, note)
}

// until writes when something ends.
func until(t time.Time) string {
	if t.IsZero() {
		return "somebody ends it"
	}
	return t.UTC().Format("2 Jan 2006 15:04 UTC")
}
