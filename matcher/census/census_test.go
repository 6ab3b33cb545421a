package census_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/census"
	"github.com/coupwatch/coupwatch/news"
)

const rulesText = `
lists:
  coup: [coup, putsch, $coup-german]
  coup-german: {de: [Umsturz], en: ["@wagner", overthrow]}
  idle: [nothing]
entities:
  - {id: wagner, kind: organisation, name: Wagner Group}
  - {id: other, kind: organisation, name: Other Brigade}
rules:
  - {id: coup, severity: high, match: $coup NEAR/9 Mali, unless: film}
  - {id: quiet, severity: low, match: mutiny}
`

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

func item(n int, daysAgo int, title string) news.Item {
	at := noon.AddDate(0, 0, -daysAgo).Add(time.Duration(n) * time.Second)
	return news.Item{ID: fmt.Sprint(n), Title: title, Language: "en", Fetched: at, Published: at.AddDate(-1, 0, 0), Link: fmt.Sprint("https://wire.example/", n), Publisher: "Wire"}
}

func counted(t *testing.T) *census.Census {
	t.Helper()
	rules, err := matcher.Parse("rules.yaml", []byte(rulesText))
	if err != nil {
		t.Fatal(err)
	}
	c := rules.NewCensus(noon)
	for i, title := range []string{"A coup in Mali, a coup", "The coup film of Mali", "Wagner Group in Mali", "Mutiny in Mali", "Nothing at all", "Putsch in Mali"} {
		c.Add(item(i, i, title))
	}
	c.Add(item(8, 30, "A coup in Mali of long ago"))
	c.Add(item(9, -1, "A coup in Mali of tomorrow"))
	return c
}

func TestCount(t *testing.T) {
	c := counted(t)
	for ref, want := range map[string]string{
		"coup":         "0 2 5", // days ago
		"quiet":        "3",
		"$coup":        "0 1 2 5",
		"$coup-german": "2",
		"$idle":        "",
		"@wagner":      "2",
		"@other":       "",
		"none":         "",
	} {
		got := c.Of(ref)
		var days []string
		all := 0
		for ago := range census.Days {
			if n := got.Days[census.Days-1-ago]; n > 0 {
				days = append(days, fmt.Sprint(ago))
				all += n
			}
		}
		if s := strings.Join(days, " "); s != want || got.Items != all {
			t.Errorf("%s on the days %q, want %q; %d of %d items", ref, s, want, got.Items, all)
		}
	}
	if days, all := c.Items(); all != 6 || days[census.Days-1] != 1 {
		t.Errorf("%d items, %v", all, days)
	}
	latest := c.Of("coup").Latest
	if len(latest) != 3 || latest[0].Title != "A coup in Mali, a coup" || latest[0].Severity != news.High || latest[2].Title != "Putsch in Mali" || latest[0].Link != "https://wire.example/0" {
		t.Errorf("latest %+v", latest)
	}
	if h := c.Of("$coup").Latest[0]; h.Severity != 0 {
		t.Errorf("a list has a severity: %+v", h)
	}
}

func TestTerms(t *testing.T) {
	c := counted(t)
	if !c.Asked("$coup") || !c.Asked("$coup-german") || c.Asked("$idle") {
		t.Error("it is wrong what is asked for")
	}
	terms, found := c.Terms("$coup")
	if !slices.Equal(terms, []string{"coup", "putsch"}) || !slices.Equal(found, []int{2, 1}) {
		t.Errorf("%q %v", terms, found)
	}
	terms, _ = c.Terms("$coup-german")
	slices.Sort(terms)
	if never, all := c.Never("$coup-german"); !slices.Equal(terms, []string{"Umsturz", "overthrow"}) || never != 2 || all != 2 {
		t.Errorf("%q, never %d of %d", terms, never, all)
	}
	if terms, found := c.Terms("quiet"); !slices.Equal(terms, []string{"mutiny"}) || !slices.Equal(found, []int{1}) {
		t.Errorf("%q %v", terms, found)
	}
}

// What is too old is forgotten when the days turn, and what is new is counted.
func TestTurn(t *testing.T) {
	c := counted(t)
	c.Turn(noon.AddDate(0, 0, 27)) // what is older than two days is gone
	if n := c.Of("coup"); n.Items != 2 || len(n.Latest) != 2 {
		t.Errorf("%+v", n)
	}
	if n := c.Of("quiet"); n.Items != 0 {
		t.Errorf("%+v", n)
	}
	it := item(20, -27, "Mutiny in Mali")
	c.Add(it)
	if n := c.Of("quiet"); n.Days[census.Days-1] != 1 {
		t.Errorf("%+v", n)
	}
	c.Turn(noon) // a clock that was set back
	c.Turn(noon.AddDate(2, 0, 0))
	if n := c.Of("coup"); n.Items != 0 || len(n.Latest) != 0 {
		t.Errorf("%+v", n)
	}
}

// The shipped rules are counted at the pace of the daemon's own reading.
func BenchmarkAdd(b *testing.B) {
	rules, err := matcher.Read("../../rules.yaml")
	if err != nil {
		b.Fatal(err)
	}
	c := rules.NewCensus(noon)
	it := item(1, 1, "Soldiers in Mali announce a coup on state television")
	it.Summary = strings.Repeat("Officers said on state television in Bamako that they had seized power. Markets were calm, and schools stayed open. ", 4)
	for b.Loop() {
		c.Add(it)
	}
}
