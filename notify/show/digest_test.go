package show_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/show"
)

// inOrder fails if the texts do not stand in text one after another.
func inOrder(t *testing.T, text string, wants ...string) {
	t.Helper()
	last := -1
	for _, want := range wants {
		i := strings.Index(text, want)
		if i <= last {
			t.Errorf("%q stands at %d, want it after %d", want, i, last)
		}
		last = i
	}
}

// Stories are ranked, and those of a region and rule stand together where the
// best of them stands.
func TestDigestOrder(t *testing.T) {
	a := daily()
	a.Digest.Stories = append(a.Digest.Stories,
		news.Story{ID: "1", Headline: "A purge is announced", Severity: news.Medium, Status: news.Official, Reports: 99, Countries: []string{"ne"}, Rules: []string{"plot"}},
		news.Story{ID: "2", Headline: "Two origins", Severity: news.Medium, Status: news.Claim, Reports: 2, Countries: []string{"fr"}, Origins: make([]news.Origin, 2)},
		news.Story{ID: "3", Headline: "One origin", Severity: news.Medium, Status: news.Claim, Reports: 50, Countries: []string{"fr"}, Origins: make([]news.Origin, 1)},
	)
	inOrder(t, string(style().Text(a, false)),
		"WESTERN AFRICA (2)", "-- Mutiny --", "Soldiers surround", "-- Plot --", "A purge",
		"EASTERN EUROPE (2)", "General Severin", "-- Defection --", "Командир бригады",
		"SOUTHERN ASIA (1)", "سپاه پاسداران", "WESTERN EUROPE (2)", "Two origins", "One origin",
		"NO COUNTRY NAMED (1)", "Ten years on", "ALMOST (2)", "MUTED (1)", "FEEDS WITH A PROBLEM (3)", "STORIES A DAY")
}

// A story is filed under the rule that made it as grave as it is, with what the
// report of that says, and not under the first that found it.
func TestDigestFilesByTheGravest(t *testing.T) {
	a := daily()
	st := mali()
	st.Headline, st.Was, st.Rule, st.Quote = "Columns march on Bamako", st.Headline, "coup-rumour", quote("The columns are ten miles from the palace.", "columns")
	a.Digest.Stories = []news.Story{st}
	want := []string{"Coup rumour", "Columns march on Bamako", "was", "Soldiers surround", "are ten miles from the palace"}
	inOrder(t, string(style().Text(a, false)), want...)
	page, err := style().HTML(a)
	if err != nil || strings.Contains(string(page), "Mutiny") {
		t.Errorf("%v, or filed under the first rule", err)
	}
	inOrder(t, string(page[strings.Index(string(page), "Western Africa"):]), want...)
	inOrder(t, string(blocks(t, style().Slack(a))), "Columns march on Bamako", "was: Soldiers surround")
}

// A rule says what it looks for, and never as a fact what may not be one.
func TestWhyIsNoNews(t *testing.T) {
	a := first()
	page, err := style().HTML(a)
	if err != nil {
		t.Fatal(err)
	}
	for medium, text := range map[string]string{"text": string(style().Text(a, false)), "Slack": string(blocks(t, style().Slack(a))), "mail": string(page)} {
		if !strings.Contains(text, "Plot — looks for: people who are said") {
			t.Errorf("the %s does not say that the rule only looks for it: %s", medium, text)
		}
	}
}

// many returns a digest of more than n of everything.
func many(n int) news.Alert {
	a := daily()
	d := a.Digest
	for i := range n {
		st := general()
		st.ID = fmt.Sprint(i)
		st.Countries = []string{[]string{"ml", "ru", "ir", "ve", "mm", "xk", "fj"}[i%7]}
		st.Link = "https://sahel.example/" + strings.Repeat("x", 600)
		d.Stories = append(d.Stories, st)
		d.Muted = append(d.Muted, st)
		d.Almost = append(d.Almost, news.NearMiss{Title: strings.Repeat("длинно ", 50), Link: st.Link, Rule: "plot", Missing: strings.Repeat("& ", 400)})
		d.Sick = append(d.Sick, news.FeedState{Feed: news.Feed{Name: strings.Repeat("<&>", 60)}, Problem: strings.Repeat("'&' ", 400)})
	}
	return a
}

func TestDigestIsCutAndSaysSo(t *testing.T) {
	a := many(500)
	page, err := style().HTML(a)
	if err != nil {
		t.Fatal(err)
	}
	if len(page) > 64_000 || len(page) < 40_000 {
		t.Errorf("got a page of %d bytes, want just under 64,000", len(page))
	}
	text := style().Text(a, false)
	if len(text) > 32_000 || len(text) < 15_000 {
		t.Errorf("got a text of %d bytes, want just under 32,000", len(text))
	}
	m := style().Slack(a)
	slack, err := json.Marshal(m.Blocks)
	if err != nil {
		t.Fatal(err)
	}
	for medium, text := range map[string]string{"page": string(page), "text": string(text), "Slack": string(slack)} {
		for _, want := range []string{"and 4", "505 stories"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q: %d stories are left out unsaid", medium, want, 400)
			}
		}
	}
	if problem := refused(t, m); problem != "" {
		t.Errorf("Slack refuses the digest: %s", problem)
	}
}

// The parts of a day on which nothing happened are not there.
func TestQuietDayIsOneLine(t *testing.T) {
	want := "All quiet · 0 of 8,431 items matched · feeds: 64 fresh"
	text := string(style().Text(quiet(), false))
	if got := strings.Split(strings.TrimSpace(text), "\n"); len(got) != 3 || got[2] != want {
		t.Errorf("got %q, want the day and %q", got, want)
	}
	page, err := style().HTML(quiet())
	if err != nil || !strings.Contains(string(page), want) || strings.Contains(string(page), "Stories a day") {
		t.Errorf("the page says more than %q (%v)", want, err)
	}
}

func TestCoverage(t *testing.T) {
	a := daily()
	for _, c := range []struct {
		change func(*news.Digest)
		want   string
	}{
		{func(*news.Digest) {}, "feeds: 52 fresh, 9 quiet, 1 dead, 1 blocked, 1 late"},
		{func(d *news.Digest) { d.States = news.StateCounts{news.FeedFresh: 64} }, "feeds: 64 fresh"},
		{func(d *news.Digest) { d.Sick, d.States, d.Feeds = nil, nil, 1 }, "1 feed"},
	} {
		d := *a.Digest
		c.change(&d)
		wide := style()
		wide.Columns = 120
		text := string(wide.Text(news.Alert{Kind: news.Daily, Digest: &d}, false))
		if !strings.Contains(text, c.want+"\n") {
			t.Errorf("got %.300s, want %q in it", text, c.want)
		}
	}
	if strings.Contains(string(style().Text(a, false)), "secret") {
		t.Error("the digest shows the password in a feed's address")
	}
}

// Every country has a region, so that no story stands alone by mistake.
func TestRegions(t *testing.T) {
	for code, want := range map[string]string{
		"ml": "Western Africa", "ru": "Eastern Europe", "ir": "Southern Asia", "tr": "Western Asia", "sd": "Northern Africa", "mm": "Southeast Asia",
		"ve": "South America", "ht": "Caribbean", "us": "Northern America", "xk": "Southern Europe", "tw": "Eastern Asia", "fj": "Melanesia",
		"kz": "Central Asia", "cd": "Middle Africa", "et": "Eastern Africa", "ls": "Southern Africa", "": "No country named", "zz": "No country named", "<b>": "No country named",
	} {
		d := digest()
		d.Stories = []news.Story{{Headline: "x", Severity: news.High, Countries: []string{code}}}
		text := string(show.Style{}.Text(news.Alert{Kind: news.Daily, Digest: &d}, false))
		if !strings.Contains(text, "\n"+strings.ToUpper(want)+" (1)\n") {
			t.Errorf("%q: got %.200q, want region %q", code, text, want)
		}
	}
}

func TestChart(t *testing.T) {
	text := string(style().Text(daily(), false))
	for _, want := range []string{"Wed 19  " + strings.Repeat("▓", 17) + strings.Repeat("░", 22) + " 9", "Wed 12  0", "Sat 22  "} {
		if !strings.Contains(text, want) {
			t.Errorf("the chart lacks %q:\n%s", want, text[strings.Index(text, "STORIES"):])
		}
	}
	none := daily()
	none.Digest.Days = []news.Day{{Date: "2026-08-22"}, {Date: "not a date", Stories: -3, Told: 7}}
	if text := string(style().Text(none, false)); strings.Contains(text, "STORIES A DAY") {
		t.Error("there is a chart of nothing")
	}
}
