package matcher_test

import (
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

const timedRules = `
groups:
  juntas:
    - {member: Myanmar, since: 2021-02-01}
    - {member: Thailand, since: 2014-05-22, until: 2019-07-16}
    - Egypt
  mandates: [{member: "@rulers", since: 2021-01-01}, Sudan]
  watched: ["@juntas", {member: Thailand, since: 2024-01-01}]
  officials: ["@rulers"]
  deposed: [{member: ali, since: 2023-08-30}]
entities:
  - {id: ali, name: Ali Moran, groups: [rulers], since: 2009-10-16, until: 2023-10-01, country: Gabon}
  - {id: bea, name: Bea Quist, groups: [rulers]}
rules:
  - {id: junta, severity: medium, match: talks AND @juntas}
  - {id: watched, severity: medium, match: talks AND @watched}
  - {id: ruler, severity: medium, match: talks AND @rulers}
  - {id: mandate, severity: medium, match: talks AND @mandates}
  - {id: ali, severity: medium, match: talks AND @ali}
`

func timedItem(title, day string) news.Item {
	at, _ := time.Parse(time.DateOnly, day) // zero for ""
	return news.Item{Title: title, Language: "en", Published: at}
}

// A member of a group counts in items of its time, and so do those of groups in
// the group; by its own name it counts always.
func TestMembersCountInTheirTime(t *testing.T) {
	rules, err := matcher.Parse("rules.yaml", []byte(timedRules))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ title, day, want string }{
		{"Talks in Myanmar", "2021-01-31", ""},
		{"Talks in Myanmar", "2021-02-01", "junta watched"},
		{"Talks in Myanmar", "", "junta watched"},
		{"Talks in Egypt", "1999-01-01", "junta watched"},
		{"Talks in Thailand", "2014-05-21", ""},
		{"Talks in Thailand", "2019-07-15", "junta watched"},
		{"Talks in Thailand", "2019-07-16", ""},
		{"Talks in Thailand", "2024-01-01", "watched"},
		{"Talks with Ali Moran", "2008-01-01", "ali"},
		{"Talks with Ali Moran", "2020-12-31", "ali ruler"},
		{"Talks with Ali Moran", "2021-01-01", "ali mandate ruler"},
		{"Talks with Ali Moran", "2023-10-01", "ali"},
		{"Talks with Bea Quist", "2020-12-31", "ruler"},
	} {
		report, _ := rules.Match(timedItem(tt.title, tt.day))
		var ids []string
		for _, m := range report.Matches {
			ids = append(ids, m.Rule)
		}
		if got := strings.Join(ids, " "); got != tt.want {
			t.Errorf("%s on %s: %q, want %q", tt.title, tt.day, got, tt.want)
		}
	}
}

// The word of an official is that of a government as long as he is in office.
func TestOfficialsSpeakInTheirTime(t *testing.T) {
	rules, err := matcher.Parse("rules.yaml", []byte(timedRules))
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]bool{"2008-01-01": false, "2009-10-16": true, "2023-08-29": true, "2023-08-30": false, "2023-11-01": false} {
		report, _ := rules.Match(timedItem("Talks with Ali Moran", day))
		if len(report.Mentions) != 1 || report.Mentions[0].Official != want {
			t.Errorf("on %s: %+v, want official %t", day, report.Mentions, want)
		}
	}
}

func TestExplainTellsTimes(t *testing.T) {
	rules, err := matcher.Parse("rules.yaml", []byte(timedRules))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := rules.Explain(timedItem("Talks in Thailand and Myanmar", "2020-06-01"), nil).Render(&b, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"  @juntas: Thailand counts until 16 July 2019\n",
		"  Thailand (@country:th): [Thailand] en\n    @juntas: Thailand counts until 16 July 2019\n    @watched: Thailand counts until 16 July 2019 and since 1 January 2024\n",
		"  Myanmar (@country:mm): [Myanmar] en\n    @juntas, @watched: Myanmar counts since 1 February 2021\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s\nlacks\n%s", b.String(), want)
		}
	}
}
