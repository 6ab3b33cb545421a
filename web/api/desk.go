package api

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/gate"
)

// mutes answers with what is muted.
func (a *API) mutes(r *http.Request) (any, error) {
	all, err := a.Desk.Muted(r.Context())
	return map[string]any{"mutes": all}, err
}

// muteOf returns a mute of something that has a kind and a name.
func muteOf(kind, name string) (m news.Mute, err error) {
	field := map[string]*string{"story": &m.Story, "rule": &m.Rule, "entity": &m.Entity, "feed": &m.Feed}[kind]
	if field == nil {
		return m, wrong("kind: write story, rule, entity or feed")
	}
	if name = strings.TrimSpace(name); name == "" {
		return m, wrong("name: say which %s", kind)
	}
	*field, _ = news.SplitSecrets(name)
	return m, nil
}

// mute mutes something.
func (a *API) mute(r *http.Request) (any, error) {
	var body struct {
		Kind  string    `json:"kind"`
		Name  string    `json:"name"`
		Until time.Time `json:"until"`
		Why   string    `json:"why"`
	}
	if err := read(r, &body); err != nil {
		return nil, err
	}
	m, err := muteOf(body.Kind, body.Name)
	if err != nil {
		return nil, err
	}
	if !body.Until.After(time.Now()) {
		return nil, wrong("until: write when it ends, in the future, such as 2026-08-22T12:00:00Z")
	}
	m.Until, m.Why, m.By = body.Until.UTC(), body.Why, gate.Of(r.Context()).Name
	held, err := a.Desk.Mute(r.Context(), m)
	if err == nil {
		gate.Note(r.Context(), "muted "+body.Kind+" "+news.Redact(body.Name)+" until "+m.Until.Format("2 Jan 2006 15:04 UTC")+": "+m.Why)
	}
	return map[string]any{"mutes": held}, err
}

// unmute ends a mute.
func (a *API) unmute(r *http.Request) (any, error) {
	m, err := muteOf(r.PathValue("kind"), r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	found, err := a.Desk.Unmute(r.Context(), m)
	switch {
	case err != nil:
		return nil, err
	case !found:
		return nil, unknown("it is not muted")
	}
	gate.Note(r.Context(), "ended the mute of "+r.PathValue("kind")+" "+news.Redact(r.PathValue("name")))
	return none{http.StatusNoContent}, nil
}

// outbox answers with what is owed.
func (a *API) outbox(r *http.Request) (any, error) {
	q, from := r.URL.Query(), 0
	if text := q.Get("from"); text != "" {
		var err error
		if from, err = strconv.Atoi(text); err != nil || from < 0 {
			return nil, wrong("from: write how many alerts are passed over")
		}
	}
	return a.Desk.Outbox(r.Context(), q.Get("state"), q.Get("channel"), q.Get("story"), from)
}

// retry makes an alert due now.
func (a *API) retry(r *http.Request) (any, error) {
	var body struct {
		ID string `json:"id"`
	}
	if err := read(r, &body); err != nil {
		return nil, err
	}
	if err := a.Desk.Retry(r.Context(), body.ID); err != nil {
		return nil, err
	}
	gate.Note(r.Context(), "made the alert "+body.ID+" due now")
	return none{http.StatusNoContent}, nil
}

// drop gives up an alert.
func (a *API) drop(r *http.Request) (any, error) {
	var body struct {
		ID  string `json:"id"`
		Why string `json:"why"`
	}
	if err := read(r, &body); err != nil {
		return nil, err
	}
	if err := a.Desk.Drop(r.Context(), body.ID, gate.Of(r.Context()).Name, body.Why); err != nil {
		return nil, err
	}
	gate.Note(r.Context(), "dropped the alert "+body.ID+": "+body.Why)
	return none{http.StatusNoContent}, nil
}

// digests answers with those that were sent.
func (a *API) digests(r *http.Request) (any, error) {
	all, err := a.Desk.Digests(r.Context())
	return map[string]any{"digests": all}, err
}

// digest answers with one as a mail has it.
func (a *API) digest(r *http.Request) (any, error) {
	text, found, err := a.Desk.Digest(r.Context(), r.PathValue("key"))
	if err == nil && !found {
		err = unknown("no digest that is kept has the key %q; next is the one to come", r.PathValue("key"))
	}
	return map[string]any{"key": r.PathValue("key"), "text": text}, err
}
