package story_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

var policy = news.Policy{
	MaxAge: 24 * time.Hour,
	Routes: []news.Route{
		{To: []string{"slack"}, Severity: news.Medium},
		{To: []string{"email:duty@example.org", "slack"}, Severity: news.Critical},
		{To: []string{"slack:C9"}, Severity: news.Medium, Rules: []string{"defection"}},
		{To: []string{"slack:MALI"}, Severity: news.High, Entities: []string{"country:ml"}, Tags: []string{"africa"}},
	},
}

// A told is a report in short.
type told struct {
	id, publisher  string
	title, summary string
	body           string
	feed, link     string
	rule           string // default "coup"; "none" for no match
	severity       news.Severity
	entities       []string // "country:ml" for countries
	at             time.Duration
	language       string
	first          bool
	inStory        string
	tags           []string
}

func (x told) report() news.Report {
	if x.id == "" {
		x.id = x.publisher + x.title
	}
	if x.rule == "" {
		x.rule = "coup"
	}
	if x.severity == 0 {
		x.severity = news.High
	}
	if x.language == "" {
		x.language = "en"
	}
	r := news.Report{
		Item: news.Item{
			ID: x.id, Feed: x.feed, Publisher: x.publisher, Title: x.title, Summary: x.summary, Body: x.body, Language: x.language,
			Tags: x.tags, Link: x.link, Published: noon.Add(x.at), Fetched: noon.Add(x.at),
		},
		Matches: []news.Match{{Rule: x.rule, Severity: x.severity, Spans: found(x.title)}},
		First:   x.first, Revised: x.inStory != "", Story: x.inStory,
	}
	if x.rule == "none" {
		r.Matches = nil
	}
	for _, e := range x.entities {
		m := news.Mention{Entity: e}
		if c, ok := strings.CutPrefix(e, "country:"); ok {
			m.Country = c
		}
		r.Mentions = append(r.Mentions, m)
	}
	return r
}

var ruleWords = regexp.MustCompile(`(?i)coups?\b|plot|mutiny|defect\w*|(переворот|мятеж|заколот)\p{L}*`)

// found returns where title has words that a rule may have found.
func found(title string) []news.Span {
	var spans []news.Span
	for _, at := range ruleWords.FindAllStringIndex(title, -1) {
		spans = append(spans, news.Span{Field: news.Title, Start: at[0], End: at[1], Term: "$coup"})
	}
	return spans
}

// A newsroom decides about reports one after the other.
type newsroom struct {
	policy  news.Policy // that of the tests if it has no routes
	stories story.Stories
	made    map[string]news.Story // by id, as they were last
}

func (n *newsroom) decide(x told) news.Decision {
	return n.read(x.report(), noon.Add(x.at))
}

// read decides about r at the moment now.
func (n *newsroom) read(r news.Report, now time.Time) news.Decision {
	p := n.policy
	if p.Routes == nil {
		p = policy
	}
	d := n.stories.At(p, now).Decide(r)
	if n.made == nil {
		n.made = map[string]news.Story{}
	}
	if d.Story.ID != "" {
		n.made[d.Story.ID] = d.Story
	}
	return d
}

// restart forgets all stories and learns them from how they were stored.
func (n *newsroom) restart(t *testing.T) {
	t.Helper()
	var stored []news.Story
	for _, s := range n.made {
		text, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var back news.Story
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatal(err)
		}
		stored = append(stored, back)
	}
	decider := n.stories.At(policy, noon)
	decider.Reset()
	decider.Sync(1, stored)
}

// channels returns over which channels alerts of one of kinds go.
func channels(alerts []news.Alert, kinds ...news.Kind) string {
	var to []string
	for _, a := range alerts {
		for _, k := range kinds {
			if a.Kind == k {
				to = append(to, a.Channel)
			}
		}
	}
	return strings.Join(to, " ")
}
