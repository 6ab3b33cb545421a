package pages

import (
	"context"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/bench"
)

// An apiRules is the pages of rules as programs ask for them; see [api.Rulebook].
type apiRules struct{ room *bench.Room }

// A ruleRow is an entry of the rules and what it found.
type ruleRow struct {
	Ref      string        `json:"ref"`
	Kind     string        `json:"kind"`
	Title    string        `json:"title"`
	Severity news.Severity `json:"severity"` // of a rule
	Place    string        `json:"place"`
	Items    int           `json:"items"` // in which it was found
	Days     []int         `json:"days"`  // of them, by day, the last is today
	Latest   []ruleHit     `json:"latest"`
	Terms    int           `json:"terms"`
	Never    int           `json:"never"`  // of its terms, that no item had
	Unused   bool          `json:"unused"` // nothing asks for it
	Grade    *ruleGrade    `json:"grade"`  // null if nobody labelled an alert of it
}

type ruleHit struct {
	At        time.Time     `json:"at"`
	Title     string        `json:"title"`
	Link      string        `json:"link"`
	Publisher string        `json:"publisher"`
	Severity  news.Severity `json:"severity"`
}

// A ruleGrade is what people thought of the alerts of a rule.
type ruleGrade struct {
	Relevant int     `json:"relevant"`
	Noise    int     `json:"noise"`
	Enough   bool    `json:"enough"` // for a share that says something
	Share    float64 `json:"share"`
	Low      float64 `json:"low"` // the true share lies between them with a probability of 95 %
	High     float64 `json:"high"`
}

func rowOf(r bench.Row) ruleRow {
	row := ruleRow{
		Ref: r.Ref, Kind: r.Kind, Title: r.Title, Severity: r.Severity, Place: r.Place, Items: r.Count.Items, Days: answers.List(r.Count.Days[:]),
		Latest: []ruleHit{}, Terms: r.Terms, Never: r.Never, Unused: r.Unused,
	}
	for _, h := range r.Count.Latest {
		row.Latest = append(row.Latest, ruleHit(h))
	}
	if g := ruleGrade(r.Grade); g.Relevant+g.Noise > 0 {
		row.Grade = &g
	}
	return row
}

// Index implements [api.Rulebook].
func (r apiRules) Index(ctx context.Context, section string) (any, error) {
	x, err := r.room.Index(ctx, section)
	rows := []ruleRow{}
	for _, row := range x.Rows {
		rows = append(rows, rowOf(row))
	}
	return struct {
		Section string    `json:"section"`
		Counted int       `json:"counted"` // items
		Days    int       `json:"days"`    // of them
		Entries []ruleRow `json:"entries"`
	}{x.Section, x.Items, x.Days, rows}, err
}

// One implements [api.Rulebook].
func (r apiRules) One(ctx context.Context, ref string) (any, bool, error) {
	x, found, err := r.room.One(ctx, ref)
	type term struct {
		Term  string `json:"term"`
		Items int    `json:"items"`
	}
	terms := []term{}
	for _, t := range x.Often {
		terms = append(terms, term{t.Text, t.Items})
	}
	return struct {
		Entry  ruleRow  `json:"entry"`
		Why    string   `json:"why"`
		Text   string   `json:"text"` // as it is written
		Found  []term   `json:"found"`
		Unmet  []string `json:"never_found"`
		UsedBy []string `json:"used_by"`
		Days   int      `json:"days"` // that were counted
	}{rowOf(x.Row), x.Why, x.Text, terms, answers.List(x.Unmet), answers.List(x.UsedBy), x.Days}, found, err
}
