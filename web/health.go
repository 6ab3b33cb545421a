package web

import (
	"encoding/json"
	"net/http"
)

// health answers machines: load balancers and whatever restarts the program.
func health(w http.ResponseWriter, r *http.Request, archive Archive, s State) {
	answer := struct {
		Status   string   `json:"status"`
		Problems []string `json:"problems,omitempty"`
		Feeds    int      `json:"feeds"`
		Version  string   `json:"version"`
	}{Status: "ok", Version: s.Version}
	code := http.StatusOK
	feeds, err := archive.Feeds(r.Context())
	if err != nil {
		code, answer.Status = http.StatusServiceUnavailable, "down"
		answer.Problems = append(answer.Problems, "the database does not answer")
	}
	answer.Feeds = len(feeds)
	if s.RulesProblem != "" {
		answer.Problems = append(answer.Problems, s.RulesProblem)
	}
	for _, f := range feeds {
		if f.Failures > 0 {
			answer.Problems = append(answer.Problems, f.Name+": "+f.Problem)
		}
	}
	if len(answer.Problems) > 0 && code == http.StatusOK {
		answer.Status = "degraded"
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(answer) // the asker has gone; nobody is left to tell
}
