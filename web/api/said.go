package api

import (
	"net/http"

	"github.com/coupwatch/coupwatch/web/gate"
)

// said answers with what people said of a story.
func (a *API) said(r *http.Request) (any, error) {
	said, found, err := a.Desk.Handled(r.Context(), r.PathValue("id"))
	if err == nil && !found {
		err = unknown("there is no story with the id %q, or several begin so", r.PathValue("id"))
	}
	return said, err
}

// label keeps what somebody thinks of what people were told of a story.
func (a *API) label(r *http.Request) (any, error) {
	var body struct {
		Relevant *bool `json:"relevant"`
	}
	if err := read(r, &body); err != nil {
		return nil, err
	}
	if body.Relevant == nil {
		return nil, wrong("relevant: write true or false")
	}
	says, err := a.Desk.Label(r.Context(), r.PathValue("id"), gate.Of(r.Context()).Name, *body.Relevant)
	if err != nil {
		return nil, err
	}
	gate.Note(r.Context(), map[bool]string{true: "called relevant what was told of story ", false: "called noise what was told of story "}[*body.Relevant]+r.PathValue("id"))
	return map[string]string{"says": says}, nil
}

// unlabel takes that back.
func (a *API) unlabel(r *http.Request) (any, error) {
	found, err := a.Desk.Unlabel(r.Context(), r.PathValue("id"), gate.Of(r.Context()).Name)
	switch {
	case err != nil:
		return nil, err
	case !found:
		return nil, unknown("you said nothing of this story")
	}
	gate.Note(r.Context(), "took back what they said of story "+r.PathValue("id"))
	return none{http.StatusNoContent}, nil
}

// takeOut takes a report out of a story.
func (a *API) takeOut(r *http.Request) (any, error) {
	var body struct {
		Item string `json:"item"`
	}
	if err := read(r, &body); err != nil {
		return nil, err
	}
	if body.Item == "" {
		return nil, wrong("item: name a report of the story by its id")
	}
	taken, err := a.Desk.TakeOut(r.Context(), r.PathValue("id"), body.Item, gate.Of(r.Context()).Name)
	if err == nil {
		gate.Note(r.Context(), "took the report "+body.Item+" out of story "+r.PathValue("id"))
	}
	return taken, err
}
