package matcher_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/matcher"
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
		p := mustParse(t, tt.text).Policy()
		if p.Gather != tt.gather || p.Origins != tt.origins {
			t.Errorf("%s: gather %v, origins %d, want %v and %d", tt.text, p.Gather, p.Origins, tt.gather, tt.origins)
		}
	}
}

// A mute of a group or of a publisher is one of each member and feed.
func TestParseMutes(t *testing.T) {
	got := mustParse(t, `
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
`).Policy().Mutes
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
	got := mustParse(t, `
include: more.yaml
outlets:
  - {name: The Example Paper, domains: [www.Paper.example, news.paper.example], aliases: The Paper, family: Example Group}
`, "more.yaml\noutlets: [{name: Другая газета, domains: газета.рф}]").Policy().Outlets
	want := []news.Outlet{
		{Name: "Другая газета", Domains: []string{"газета.рф"}},
		{Name: "The Example Paper", Domains: []string{"paper.example", "news.paper.example"}, Aliases: []string{"The Paper"}, Family: "Example Group"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outlets (-want +got):\n%s", diff)
	}
}

// Other texts, another version; the same texts, the same.
func TestVersion(t *testing.T) {
	version := func(text string, others ...string) string { return mustParse(t, text, others...).Version() }
	first := version("include: more.yaml", "more.yaml\nrules: [{id: a, match: b}]")
	if again := version("include: more.yaml", "more.yaml\nrules: [{id: a, match: b}]"); first != again || len(first) != 12 {
		t.Errorf("Version = %q, then %q, want 12 letters and the same again", first, again)
	}
	for _, other := range []*matcher.Rules{
		mustParse(t, "include: more.yaml ", "more.yaml\nrules: [{id: a, match: b}]"),
		mustParse(t, "include: more.yaml", "more.yaml\nrules: [{id: a, match: c}]"),
	} {
		if other.Version() == first {
			t.Errorf("rules of other texts have the same version %q", first)
		}
	}
}
