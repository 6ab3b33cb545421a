package rulefile_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
)

func TestParseStories(t *testing.T) {
	tests := []struct {
		text    string
		gather  time.Duration
		origins int
	}{
		{"rules: []", 15 * time.Minute, 3},
		{"stories: {gather: 1d}", 24 * time.Hour, 3},
		{"stories: {gather: off, origins: off}", 0, 0},
		{"stories: {gather: 90s, origins: 2}", 90 * time.Second, 2},
	}
	for _, tt := range tests {
		p := mustRead(t, tt.text).Policy
		if p.Gather != tt.gather || p.Origins != tt.origins {
			t.Errorf("%s: gather %v, origins %d, want %v and %d", tt.text, p.Gather, p.Origins, tt.gather, tt.origins)
		}
	}
}

// A mute of a group or of a publisher is one of each member and feed.
func TestParseMutes(t *testing.T) {
	got := mustRead(t, `
feeds:
  - {url: https://a.example/world, name: A World, publisher: A}
  - {url: https://a.example/sport, name: A Sport, publisher: A, disabled: true}
entities:
  - {id: ann, name: Ann Example, groups: chiefs}
  - {id: ben, name: Ben Example, groups: chiefs}
rules: [{id: coup, match: coup}]
mutes:
  - {rule: coup, until: 2026-12-01, why: the trial}
  - {story: 5f1c, until: 2026-12-01T09:30:00+02:00}
  - {entity: "@chiefs"}
  - {entity: Mali, until: "2026-12-01 09:30"}
  - {feed: A}
  - {feed: A World, why: "a  test"}
`).Policy.Mutes
	day := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	want := []news.Mute{
		{Rule: "coup", Until: day, Why: "the trial"},
		{Story: "5f1c", Until: day.Add(7*time.Hour + 30*time.Minute)},
		{Entity: "ann"},
		{Entity: "ben"},
		{Entity: "country:ml", Until: day.Add(9*time.Hour + 30*time.Minute)},
		{Feed: "https://a.example/world"},
		{Feed: "https://a.example/sport"},
		{Feed: "https://a.example/world", Why: "a test"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mutes (-want +got):\n%s", diff)
	}
}

func TestParseOutlets(t *testing.T) {
	got := mustRead(t, `
include: more.yaml
outlets:
  - {name: The Example Paper, domains: [www.Paper.example, news.paper.example], aliases: The Paper, family: Example Group}
`, "more.yaml\noutlets: [{name: Другая газета, domains: газета.рф}]").Policy.Outlets
	want := []news.Outlet{
		{Name: "Другая газета", Domains: []string{"газета.рф"}},
		{Name: "The Example Paper", Domains: []string{"paper.example", "news.paper.example"}, Aliases: []string{"The Paper"}, Family: "Example Group"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outlets (-want +got):\n%s", diff)
	}
}

func TestParseFeeds(t *testing.T) {
	s := mustRead(t, `
defaults: {schedule: "@every 3m"}
feeds:
  - url: https://a.example/feed
    name: Wire A
  - url: https://b.example/feed
    name: Wire B Africa
    publisher: Wire B
    language: no
    schedule: "*/5 * * * *"
    tags: [africa, wires]
  - {url: "https://c.example/", name: C, disabled: true}
include: more.yaml
`, "more.yaml\nfeeds: [{url: 'http://d.example/', name: D, tags: one}]")
	want := []news.Feed{
		{URL: "https://a.example/feed", Name: "Wire A", Publisher: "Wire A", Schedule: "@every 3m", FullText: news.MatchedText},
		{URL: "https://b.example/feed", Name: "Wire B Africa", Publisher: "Wire B", Language: "no", Schedule: "*/5 * * * *", Tags: []string{"africa", "wires"}, FullText: news.MatchedText},
		{URL: "http://d.example/", Name: "D", Publisher: "D", Schedule: "@every 3m", Tags: []string{"one"}, FullText: news.MatchedText},
	}
	if diff := cmp.Diff(want, s.Feeds); diff != "" {
		t.Errorf("feeds (-want +got):\n%s", diff)
	}
}

func TestParsePolicy(t *testing.T) {
	kyiv, err := time.LoadLocation("Europe/Kyiv")
	if err != nil {
		t.Fatal(err)
	}
	utc := time.UTC
	tests := []struct {
		name, text string
		want       news.Policy
	}{
		{"nothing said", "rules: []", news.Policy{
			MaxAge:    24 * time.Hour,
			Routes:    []news.Route{{To: []string{"slack"}, Severity: news.Medium, Limit: 20}},
			Operators: []string{"console"},
			Digest:    news.DigestPlan{At: 7 * time.Hour, Zone: utc, To: []string{"email"}, Empty: true},
			Gather:    15 * time.Minute,
			Origins:   3,
		}},
		{"all said", `
defaults: {max_age: 2d}
entities:
  - {id: ann, name: Ann Example, groups: chiefs}
  - {id: ben, name: Ben Example}
groups: {all: ["@chiefs", ben]}
rules: [{id: coup, match: coup}]
routes:
  - to: console
  - to: [slack:C0123, "email:desk@example.org", webhook]
    severity: high
    rules: coup
    entities: ["@all"]
    tags: [africa]
    limit: 12
    quiet: {from: "22:00", to: 07:30, timezone: Europe/Kyiv}
  - {to: ["chat", "chat:desk"], limit: off}
operators: email:ops@example.org
stories: {gather: 1h, origins: 5}
digest: {at: 06:15, timezone: Europe/Kyiv, to: [], empty: false}
`, news.Policy{
			MaxAge: 48 * time.Hour,
			Routes: []news.Route{
				{To: []string{"console"}, Severity: news.Medium, Limit: 20},
				{
					To: []string{"slack:C0123", "email:desk@example.org", "webhook"}, Severity: news.High,
					Rules: []string{"coup"}, Entities: []string{"ann", "ben"}, Tags: []string{"africa"}, Limit: 12,
					Quiet: &news.Quiet{From: 22 * time.Hour, To: 7*time.Hour + 30*time.Minute, Zone: kyiv},
				},
				{To: []string{"chat", "chat:desk"}, Severity: news.Medium},
			},
			Operators: []string{"email:ops@example.org"},
			Digest:    news.DigestPlan{At: 6*time.Hour + 15*time.Minute, Zone: kyiv},
			Gather:    time.Hour,
			Origins:   5,
		}},
		{"rules only", "rules: [{id: coup, match: coup, routes: console}]", news.Policy{
			MaxAge: 24 * time.Hour,
			Routes: []news.Route{
				{To: []string{"slack"}, Severity: news.Medium, Limit: 20},
				{To: []string{"console"}, Severity: news.Medium, Rules: []string{"coup"}, Limit: 20},
			},
			Operators: []string{"console"},
			Digest:    news.DigestPlan{At: 7 * time.Hour, Zone: utc, To: []string{"email"}, Empty: true},
			Gather:    15 * time.Minute,
			Origins:   3,
		}},
		{"some said", `
routes: [{to: [console, slack]}]
digest: {at: "08:00"}
rules:
  - {id: coup, match: coup, routes: ["slack:C0123", webhook]}
  - {id: plot, match: plot, routes: console}
  - {id: off, match: off, routes: email, disabled: true}
`, news.Policy{
			MaxAge: 24 * time.Hour,
			Routes: []news.Route{
				{To: []string{"console", "slack"}, Severity: news.Medium, Limit: 20},
				{To: []string{"slack:C0123", "webhook"}, Severity: news.Medium, Rules: []string{"coup"}, Limit: 20},
				{To: []string{"console"}, Severity: news.Medium, Rules: []string{"plot"}, Limit: 20},
			},
			Operators: []string{"console"},
			Digest:    news.DigestPlan{At: 8 * time.Hour, Zone: utc, To: []string{"email"}, Empty: true},
			Gather:    15 * time.Minute,
			Origins:   3,
		}},
	}
	for _, tt := range tests {
		got := mustRead(t, tt.text).Policy
		if diff := cmp.Diff(tt.want, got, cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })); diff != "" {
			t.Errorf("%s: policy (-want +got):\n%s", tt.name, diff)
		}
	}
}
