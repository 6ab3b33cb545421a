package matcher_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

// mustParse returns the rules of files, of which the first is rules.yaml and
// the others are named by their first line.
func mustParse(t *testing.T, text string, more ...string) *matcher.Rules {
	t.Helper()
	fsys := fstest.MapFS{"rules.yaml": {Data: []byte(text)}}
	for _, file := range more {
		name, text, _ := strings.Cut(file, "\n")
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	rules, err := matcher.ParseFS(fsys, "rules.yaml")
	if err != nil {
		t.Fatalf("ParseFS: %v\nof:\n%s", err, text)
	}
	return rules
}

// matched returns the ids of the rules that match a title.
func matched(r *matcher.Rules, title string) []string {
	report, _ := r.Match(news.Item{Title: title, Published: time.Date(2026, 8, 22, 0, 0, 0, 0, time.UTC)})
	var ids []string
	for _, m := range report.Matches {
		ids = append(ids, m.Rule)
	}
	slices.Sort(ids)
	return ids
}

// Rules in several files, with values repeated by aliases and merges, mean
// what they mean in one.
func TestParseRules(t *testing.T) {
	rules := mustParse(t, `
version: 1
include: [lists.yaml, rules/*.yaml]
entities:
  - {id: ann, kind: person, name: Ann Example, groups: [chiefs]}
  - {id: agency, kind: agency, name: Example Agency}
groups:
  bosses: ["@chiefs", agency]
rules:
  - &base
    id: coup
    title: Coup
    severity: high
    match: $coup NEAR/5 @bosses
    unless: [$figurative]
  - <<: *base
    id: plot
    match: $plot
  - {id: off, match: coup, disabled: true, examples: {ignore: [A coup]}}
`,
		"lists.yaml\nlists:\n  coup: [coup, palace revolution, $plot]\n  plot: plot\n",
		"rules/a.yaml\ninclude: ../lists.yaml\nlists: {figurative: [theatre]}\n",
		"rules/b.yaml\ninclude: a.yaml\nrules: [{id: year, match: =1973}]\n",
		"rules/.c.yaml\nnot: [to, be, read\n",
	)
	want := spec.Summary{Rules: 3, Lists: 3, Terms: 5, Entities: 2}
	if got := rules.Summary(); got != want {
		t.Errorf("Summary = %+v, want %+v", got, want)
	}
	tests := []struct {
		title string
		want  []string
	}{
		{"Ann Example speaks of a coup", []string{"coup"}},
		{"A palace revolution, says the Example Agency", []string{"coup"}},
		{"Ann Example and the plot", []string{"coup", "plot"}},
		{"The plot of a theatre", nil},
		{"A coup", nil},
		{"In 1973", []string{"year"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, matched(rules, tt.title)); diff != "" {
			t.Errorf("%q is matched by (-want +got):\n%s", tt.title, diff)
		}
	}
}

// A rule with feeds is for the items of these, and its examples are of one.
func TestRuleFeeds(t *testing.T) {
	rules := mustParse(t, `
feeds:
  - {url: "https://a.example/", name: Wire, tags: [fast]}
  - {url: "https://b.example/", name: Paper Africa, publisher: Paper}
  - {url: "https://c.example/", name: Paper Asia, publisher: Paper}
  - {url: "https://d.example/", name: Radio, disabled: true}
rules:
  - {id: any, match: coup}
  - {id: wire, match: coup, feeds: Wire, examples: {match: [A coup]}}
  - {id: paper, match: coup, feeds: [Paper, Radio]}
  - {id: africa, match: coup, feeds: [Paper Africa], languages: [en]}
  - {id: radio, match: coup, feeds: Radio, examples: {match: [A coup]}}
`)
	tests := []struct {
		feed string
		want []string
	}{
		{"https://a.example/", []string{"any", "wire"}},
		{"https://b.example/", []string{"africa", "any", "paper"}},
		{"https://c.example/", []string{"any", "paper"}},
		{"https://d.example/", []string{"any", "paper", "radio"}},
		{"", []string{"any"}},
	}
	for _, tt := range tests {
		report, _ := rules.Match(news.Item{Title: "A coup", Feed: tt.feed, Language: "en"})
		var got []string
		for _, m := range report.Matches {
			got = append(got, m.Rule)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("the item of %q is matched by (-want +got):\n%s", tt.feed, diff)
		}
	}
}

// An entry of a language counts in texts of that language, wherever the list
// is asked for; a text of which nobody knows the language is English.
func TestListByLanguage(t *testing.T) {
	rules := mustParse(t, `
lists:
  officers: {en: [officer, $chiefs], fr: [officier, =officiel], ru: офицер}
  ranks: [$officers, general]
  chiefs: [chief]
rules:
  - {id: officers, match: $officers}
  - {id: ranks, match: $ranks}
  - {id: chiefs, match: $chiefs}
`)
	if got, want := rules.Summary(), (spec.Summary{Rules: 3, Lists: 3, Terms: 8}); got != want {
		t.Errorf("Summary = %+v, want %+v", got, want)
	}
	tests := []struct {
		title, language string
		want            []string
	}{
		{"The officers met", "en", []string{"officers", "ranks"}},
		{"The officers met", "", []string{"officers", "ranks"}},
		{"The official officier", "en", nil},
		{"Les officiers de la garde", "fr", []string{"officers", "ranks"}},
		{"Le discours officiel de la garde", "fr", []string{"officers", "ranks"}},
		{"Le chief de la garde officer", "fr", []string{"chiefs"}},
		{"Офицеры встретились", "ru", []string{"officers", "ranks"}},
		{"Le général de la garde, general", "fr", []string{"ranks"}},
	}
	for _, tt := range tests {
		report, _ := rules.Match(news.Item{Title: tt.title, Language: tt.language})
		var got []string
		for _, m := range report.Matches {
			got = append(got, m.Rule)
		}
		slices.Sort(got)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q in %q is matched by (-want +got):\n%s", tt.title, tt.language, diff)
		}
	}
}

// What examples say is tried with the item that they describe.
func TestParseExamples(t *testing.T) {
	mustParse(t, `
feeds:
  - {url: "https://a.example/", name: Wire A, publisher: Wire, language: ru, tags: [africa]}
rules:
  - id: coup
    severity: high
    match: coup
    unless: tag:africa
    lower: [{to: low, when: PAST_YEAR}, {to: medium, when: trial}]
    examples:
      match:
        - A coup
        - {title: Quiet, summary: a coup}
        - {title: Quiet, body: a coup}
        - {title: The coup of 2021, published: 2021-02-01}
        - {title: The coup of 2021, severity: low}
        - {title: A coup trial, severity: medium}
        - A coup trial
      ignore:
        - Quiet
        - The coup of 2021
        - {title: A coup, feed: Wire A}
  - id: russian
    match: переворот
    languages: [ru]
    tags: [wires]
    examples:
      match: [Перевороты в Африке]
`)
}

func TestParseReadsFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "lists.yaml"), []byte("lists: {coup: coup}"), 0o644); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "rules.yaml")
	if _, err := matcher.Parse(name, []byte("include: lists.yaml\nrules: [{id: coup, match: $coup}]")); err != nil {
		t.Errorf("Parse: %v", err)
	}
	_, err := matcher.Parse(name, []byte("include: list.yaml"))
	want := name + `:1:10: include "list.yaml" names no file; it is looked for beside ` + name
	if err == nil || err.Error() != want {
		t.Errorf("Parse error = %v, want %s", err, want)
	}
}

// What is no regular file may never end, and what is too large is no rules.
func TestParseRefuses(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "large.yaml")
	if err := os.WriteFile(large, []byte(strings.Repeat("# rules\n", 700_000)), 0o644); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "rules.yaml")
	_, err := matcher.Parse(name, []byte("include: [large.yaml, folder.yaml]"))
	if err == nil || !strings.Contains(err.Error(), "larger than 5 MB") {
		t.Errorf("Parse of a large include: %v", err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.yaml"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := matcher.Parse(name, []byte("include: folder.yaml")); err == nil || !strings.Contains(err.Error(), "no regular file") {
		t.Errorf("Parse of a folder as an include: %v", err)
	}
	if _, err := matcher.Parse(name, make([]byte, 6<<20)); err == nil || !strings.Contains(err.Error(), "larger than 5 MB") {
		t.Errorf("Parse of a large file: %v", err)
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
