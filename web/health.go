package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// A health is what /healthz answers. Those who have not said who they are hear no
// reasons, and of channels their kind alone.
type health struct {
	Status   string    `json:"status"` // "ok", "degraded" or "down"
	Problems []string  `json:"problems,omitempty"`
	Channels []Channel `json:"channels,omitempty"` // over which nothing can be sent
	Feeds    int       `json:"feeds"`
	Version  string    `json:"version"`
}

// health answers machines: load balancers and whatever restarts the program.
func (s site) health(w http.ResponseWriter, r *http.Request) {
	state := s.state()
	answer, code := health{Status: "ok", Version: state.Version}, http.StatusOK
	down := func(problem string) {
		answer.Status, code = "down", http.StatusServiceUnavailable
		answer.Problems = append(answer.Problems, problem)
	}
	feeds, err := s.seen.feeds(r.Context(), s.readFeeds) // who asks every second need not have thousands of feeds read each time
	answer.Feeds = feeds.Feeds
	switch {
	case err != nil:
		down("the database does not answer")
	case state.Unrecorded != "":
		down(fmt.Sprintf("nothing can be recorded since %s: %s", sheet.Clock(state.Since), state.Unrecorded))
	}
	if s.deliveries != nil && err == nil {
		if answer.Channels, err = s.deliveries.Undelivered(r.Context()); err != nil {
			down("the database does not answer")
		}
	}
	for _, c := range answer.Channels {
		answer.Problems = append(answer.Problems, fmt.Sprintf("%s: nothing can be sent since %s: %s", c.Channel, sheet.Clock(c.Since), c.Reason))
	}
	if state.RulesProblem != "" {
		answer.Problems = append(answer.Problems, state.RulesProblem)
	}
	answer.Problems = append(answer.Problems, feeds.Failing...)
	if len(answer.Problems) > 0 && code == http.StatusOK {
		answer.Status = "degraded"
	}
	if !gate.Of(r.Context()).May(gate.Reader) {
		answer.hide()
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(answer) // the asker has gone; nobody is left to tell
}

// ofFeeds returns what is wrong with feeds that fail: of the first few, and how many
// more there are, since a network that is down is wrong with all of them.
func ofFeeds(failing []*news.FeedState) (problems []string) {
	const most = 10
	for _, f := range failing[:min(most, len(failing))] {
		problems = append(problems, f.Name+": "+f.Problem)
	}
	if more := len(failing) - most; more > 0 {
		problems = append(problems, fmt.Sprintf("%d more feeds have a problem; /feeds has all of them", more))
	}
	return problems
}

// hide takes out what is not for everybody.
func (h *health) hide() {
	if len(h.Problems) > 0 {
		h.Problems = []string{"for who logs in, or shows COUPWATCH_METRICS_TOKEN"}
	}
	for i, c := range h.Channels {
		kind, _, _ := strings.Cut(c.Channel, ":")
		h.Channels[i] = Channel{Channel: kind, Since: c.Since, Owed: c.Owed}
	}
}
