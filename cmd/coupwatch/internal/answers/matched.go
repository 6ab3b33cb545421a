package answers

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
)

// A matchedItem is a report as match --json prints it.
type matchedItem struct {
	ID        string        `json:"id"`
	Rules     []string      `json:"rules"`
	Severity  news.Severity `json:"severity"`
	Spans     []matchedSpan `json:"spans"`
	Countries []string      `json:"countries,omitempty"`
	Entities  []string      `json:"entities,omitempty"`
	Lowered   []string      `json:"lowered,omitempty"`
	Raised    []string      `json:"raised,omitempty"`
	Title     string        `json:"title"`
}

// A matchedSpan is a place in the field "title", "description" or "content",
// in bytes.
type matchedSpan struct {
	Field string `json:"field"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
	Term  string `json:"term"`
	Rule  string `json:"rule"`
}

// fieldNames are the fields of an item as JSON Lines have them.
var fieldNames = [...]string{news.Title: "title", news.Summary: "description", news.Body: "content"}

// ReportJSON writes a report as one line of JSON.
func ReportJSON(w io.Writer, r news.Report) error {
	m := matchedItem{ID: r.ID, Severity: r.Severity(), Title: r.Title}
	for _, match := range r.Matches {
		m.Rules = append(m.Rules, match.Rule)
		m.Lowered = append(m.Lowered, match.Lowered...)
		m.Raised = append(m.Raised, match.Raised...)
		for _, s := range match.Spans {
			m.Spans = append(m.Spans, matchedSpan{fieldNames[s.Field], s.Start, s.End, r.Text(s.Field)[s.Start:s.End], s.Term, match.Rule})
		}
	}
	for _, x := range r.Mentions {
		if c := x.Country; c != "" && !slices.Contains(m.Countries, c) {
			m.Countries = append(m.Countries, c)
		}
		if !strings.HasPrefix(x.Entity, "country:") && !slices.Contains(m.Entities, x.Entity) {
			m.Entities = append(m.Entities, x.Entity)
		}
	}
	return json.NewEncoder(w).Encode(m)
}

// ReportLine writes a report as one line: how grave it is, of which day, by which
// rules, and its title.
func ReportLine(w io.Writer, r news.Report) error {
	var rules []string
	for _, m := range r.Matches {
		rules = append(rules, m.Rule)
	}
	_, err := fmt.Fprintf(w, "%-8s  %s  %-24s  %s\n", r.Severity(), r.When().Format("2006-01-02"), strings.Join(rules, ","), r.Title)
	return err
}
