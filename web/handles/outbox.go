package handles

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/coupwatch/coupwatch/text/numbers"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// outboxView is what the page of the outbox shows.
type outboxView struct {
	frame
	Owed
	Query  Query
	Names  []string // of channels that can be asked for
	States []span
}

// states are those in which an alert may be, as people are asked for them.
var states = []span{{"", "all"}, {"owed", "owed"}, {"failed", "given up"}, {"summary", "told in a summary"}, {"sent", "sent"}}

// mostPassed is how many alerts can be passed over; who looks for older ones names
// their story.
const mostPassed = 5000

// Next returns the address of the alerts that follow.
func (v outboxView) Next() string {
	values := url.Values{"from": {strconv.Itoa(v.Query.From + len(v.Alerts))}}
	for name, value := range map[string]string{"state": v.Query.State, "channel": v.Query.Channel, "story": v.Query.Story} {
		if value != "" {
			values.Set(name, value)
		}
	}
	return "/outbox?" + values.Encode()
}

// outbox answers with what is owed, as the address asks for it.
func (h *Room) outbox(w http.ResponseWriter, r *http.Request) {
	v := outboxView{frame: h.frame(r, "Outbox", "/outbox"), Query: Query{r.FormValue("state"), sheet.Plain(r.FormValue("channel")), sheet.Plain(r.FormValue("story")), 0}, States: states}
	if from, err := strconv.Atoi(r.FormValue("from")); err == nil {
		v.Query.From = min(max(0, from), mostPassed)
	}
	if v.Query.State != "sending" && !slices.ContainsFunc(states, func(s span) bool { return s.Value == v.Query.State }) {
		h.sheet.Nothing(w, r, http.StatusBadRequest, "An alert is owed, sending, failed, summary or sent.")
		return
	}
	var err error
	if v.Owed, err = h.desk.Alerts(r.Context(), v.Query); err != nil {
		h.sheet.Down(w, r, err)
		return
	}
	for _, c := range v.Channels {
		v.Names = append(v.Names, c.Name)
	}
	if v.Query.Channel != "" && !slices.Contains(v.Names, v.Query.Channel) {
		v.Names = append(v.Names, v.Query.Channel)
	}
	h.pages.Show(w, "outbox.html", http.StatusOK, v)
}

// askView asks whether something is to be done with what is owed.
type askView struct {
	frame
	What    string // "retry" or "drop"
	Alert   *Alert // nil for a channel
	Channel string
	Owed    int
	Doubt   int // alerts that may have arrived
}

// ask shows the question whether what an address names is to be retried or dropped.
func (h *Room) ask(w http.ResponseWriter, r *http.Request, what, title string) {
	v := askView{frame: h.frame(r, title, "/outbox"), What: what, Channel: sheet.Plain(r.FormValue("channel"))}
	if id := r.FormValue("id"); id != "" {
		a, found, err := h.desk.Alert(r.Context(), id)
		switch {
		case h.refused(w, r, err):
			return
		case !found || a.State == "sent":
			h.sheet.Nothing(w, r, http.StatusNotFound, "This alert is not owed any more: it was sent, or is forgotten.")
			return
		}
		v.Alert = &a
	} else {
		owed, err := h.desk.Alerts(r.Context(), Query{State: "owed", Channel: v.Channel})
		if h.refused(w, r, err) {
			return
		}
		for _, a := range owed.Alerts {
			if a.Doubt {
				v.Doubt++
			}
		}
		for _, c := range owed.Channels {
			if c.Name == v.Channel {
				v.Owed = c.Owed
			}
		}
	}
	h.pages.Show(w, "ask.html", http.StatusOK, v)
}

// askRetry asks whether what may have been told is to be sent again.
func (h *Room) askRetry(w http.ResponseWriter, r *http.Request) { h.ask(w, r, "retry", "Try again") }

// askDrop asks whether what is owed is to be given up, and why.
func (h *Room) askDrop(w http.ResponseWriter, r *http.Request) { h.ask(w, r, "drop", "Drop") }

// retry makes an alert, or all of a channel, due now. What may have arrived is asked
// about first.
func (h *Room) retry(w http.ResponseWriter, r *http.Request) {
	id, channel := r.PostFormValue("id"), r.PostFormValue("channel")
	if (id == "") == (channel == "") {
		http.Error(w, "name an alert by id, or a channel", http.StatusBadRequest)
		return
	}
	if id == "" {
		n, err := h.desk.RetryChannel(r.Context(), channel)
		if !h.refused(w, r, err) {
			h.done(w, r, "/outbox?channel="+url.QueryEscape(channel), are(n)+" due now over "+channel+".", "retried what "+channel+" owes")
		}
		return
	}
	a, found, err := h.desk.Alert(r.Context(), id)
	switch {
	case h.refused(w, r, err):
	case !found:
		h.sheet.Nothing(w, r, http.StatusNotFound, "There is no such alert any more.")
	case (a.Doubt || a.Summary != "") && r.PostFormValue("sure") != "yes":
		http.Redirect(w, r, "/outbox/retry?id="+url.QueryEscape(id), http.StatusSeeOther)
	default:
		if !h.refused(w, r, h.desk.Retry(r.Context(), id)) {
			h.done(w, r, "/outbox?state=owed", "“"+sheet.Headline(a.Title)+"” is due now over "+a.Channel+".", "retried "+id)
		}
	}
}

// drop gives up an alert, or all that a channel owes.
func (h *Room) drop(w http.ResponseWriter, r *http.Request) {
	id, channel, why := r.PostFormValue("id"), r.PostFormValue("channel"), strings.TrimSpace(r.PostFormValue("why"))
	if (id == "") == (channel == "") {
		http.Error(w, "name an alert by id, or a channel", http.StatusBadRequest)
		return
	}
	reason := ""
	if why != "" {
		reason = ": " + why
	}
	if id == "" {
		n, err := h.desk.DropChannel(r.Context(), channel, by(r), why)
		if !h.refused(w, r, err) {
			h.done(w, r, "/outbox?state=failed&channel="+url.QueryEscape(channel), are(n)+" dropped.", "dropped what "+channel+" owed"+reason)
		}
		return
	}
	if !h.refused(w, r, h.desk.Drop(r.Context(), id, by(r), why)) {
		h.done(w, r, "/outbox?state=failed", "It is dropped and stays in this list; try again makes it owed again.", "dropped "+id+reason)
	}
}

// are writes how many alerts are something: "3 alerts are".
func are(n int) string {
	return fmt.Sprintf("%s %s", sheet.Count(n, "alert"), map[bool]string{true: "is", false: "are"}[numbers.Plural(n, "alert") == "alert"])
}
