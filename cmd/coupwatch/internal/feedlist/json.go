package feedlist

import (
	"encoding/json"
	"math"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/watcher/discover"
)

// A triedFeed is a feed as feeds try --json prints it.
type triedFeed struct {
	URL        string      `json:"url"`
	Found      string      `json:"found,omitempty"`
	Watched    string      `json:"watched,omitempty"` // the name of the feed that it is in rules.yaml
	Format     string      `json:"format"`
	Title      string      `json:"title"`
	Language   string      `json:"language,omitempty"`
	Items      int         `json:"items"`
	Dated      int         `json:"dated"`
	Linked     int         `json:"linked"`
	Summarised int         `json:"summarised"`
	PerDay     float64     `json:"per_day"` // 0 if it is not known
	Newest     *time.Time  `json:"newest"`
	Problems   []string    `json:"problems"`
	Last       []triedItem `json:"last"`
}

type triedItem struct {
	Published *time.Time `json:"published"`
	Title     string     `json:"title"`
	Link      string     `json:"link"`
	Rule      string     `json:"rule,omitempty"` // the gravest that matches
	Severity  string     `json:"severity,omitempty"`
}

// writeJSON prints one object a feed.
func (d *Desk) writeJSON(found discover.Found, rules *matcher.Rules) error {
	lines := json.NewEncoder(d.Out)
	for _, c := range found.Candidates {
		f := factsOf(c, d.Now)
		tried := triedFeed{
			URL: f.Feed.URL, Found: f.Why, Watched: f.Feed.Name, Format: f.Document.Format, Title: f.Document.Title, Language: f.Document.Language,
			Items: len(f.items), Dated: f.dated, Linked: f.linked, Summarised: f.summarised, PerDay: math.Round(f.perDay()*10) / 10,
			Newest: answers.OrNull(f.newest), Problems: answers.List(f.problems), Last: []triedItem{},
		}
		for _, it := range f.items[:min(len(f.items), shownItems)] {
			last := triedItem{Published: answers.OrNull(it.Published), Title: it.Title, Link: it.Link}
			if rules != nil {
				if report, matched := rules.Match(it); matched {
					last.Rule, last.Severity = report.Matches[0].Rule, report.Severity().String()
				}
			}
			tried.Last = append(tried.Last, last)
		}
		if err := lines.Encode(tried); err != nil {
			return err
		}
	}
	return nil
}
