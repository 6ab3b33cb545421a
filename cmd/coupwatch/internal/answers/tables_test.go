package answers

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/outbox"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// deskRules are those of a small desk, without a country in them.
const deskRules = `
feeds: [{url: "https://wire.example/rss", name: Wire, publisher: The Wire, schedule: "@every 5m"}]
entities: [{id: voskan, kind: person, name: Andrei Voskan}]
rules:
  - {id: mutiny, title: Mutiny, severity: high, match: mutin*}
  - {id: palace, title: Palace, severity: high, match: soldiers NEAR/8 palace, unless: {when: film, near: 8}}
  - {id: unrest, title: Unrest, severity: low, match: unrest}
  - {id: alone, title: Alone, severity: medium, match: putsch}
routes:
  - {to: [slack, "email:desk@example.org"], severity: high, quiet: {from: "22:00", to: "07:00", timezone: UTC}}
  - {to: webhook, severity: medium, entities: [voskan]}
  - {to: slack, severity: high, tags: [africa]}
`

func parsedRules(t *testing.T) *matcher.Rules {
	t.Helper()
	rules, err := matcher.Parse("rules.yaml", []byte(deskRules))
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// has fails unless text has each of the parts.
func has(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("got\n%s\nwant %q in it", text, p)
		}
	}
}

// decoded returns each line of JSON.
func decoded(t *testing.T, lines string) []map[string]any {
	t.Helper()
	var all []map[string]any
	for l := range strings.Lines(lines) {
		var x map[string]any
		if err := json.Unmarshal([]byte(l), &x); err != nil {
			t.Fatalf("%v in %s", err, l)
		}
		all = append(all, x)
	}
	return all
}

func TestVerdict(t *testing.T) {
	rules := parsedRules(t)
	for title, want := range map[string]string{
		"Mutiny in Tolmin":                   "high: would be told at once, but for quiet hours, by mutiny, to slack, email:desk@example.org",
		"Mutiny: Andrei Voskan held":         "high: would be told at once, by mutiny, to slack, email:desk@example.org, webhook",
		"Unrest in Tolmin":                   "low: digest only, by unrest",
		"Putsch in Tolmin":                   "medium: digest only, by alone; no route takes it",
		"Film: soldiers storm the palace":    `nothing matched; nearest: palace would have matched but for "Film"`,
		"The harvest of this year is a good": "nothing matched",
	} {
		it := news.Item{Title: title, Language: "en"}
		if got := Verdict(rules, it, rules.Explain(it, nil), nil); got != want {
			t.Errorf("%s: got %q, want %q", title, got, want)
		}
	}
	it := news.Item{Title: "Mutiny in Tolmin", Language: "en", Tags: []string{"africa"}}
	if got := Verdict(rules, it, rules.Explain(it, nil), nil); strings.Contains(got, "quiet") {
		t.Errorf("got %q, though a route without quiet hours takes the tag", got)
	}
}

func feedStates() []news.FeedState {
	return []news.FeedState{
		{Feed: news.Feed{URL: "https://a.example/rss", Name: "Alpha", Language: "en", Tags: []string{"world"}}, LastRead: noon, LastGood: noon, LastNew: noon.Add(-3 * time.Hour), Items: 1234, Size: 45_000, NextAt: noon.Add(5 * time.Minute)},
		{Feed: news.Feed{URL: "https://b.example/rss", Name: "Beta"}, LastRead: noon, Failures: 3, Problem: "HTTP 500: no", NextAt: noon.Add(-time.Minute)},
		{Feed: news.Feed{URL: "https://c.example/rss"}},
		{Feed: news.Feed{URL: "https://d.example/rss", Name: "Delta"}, LastRead: noon, LastGood: noon, Problem: "no dates"},
		{Feed: news.Feed{URL: "https://e.example/rss", Name: "Epsilon"}, LastRead: noon, LastGood: noon, Signs: news.Signs{Silence: news.Silence{Since: noon.Add(-9 * time.Hour), Known: true, Rate: 16, Usual: noon.Add(-450 * time.Minute), Late: noon.Add(-3 * time.Hour)}}},
	}
}

func TestFeeds(t *testing.T) {
	var states []string
	for _, f := range feedStates() {
		states = append(states, FeedState(f, noon))
	}
	if got := strings.Join(states, ", "); got != "fresh, dead, failed 3×, new, fresh, late" {
		t.Errorf("states: %s", got)
	}
	var table bytes.Buffer
	Feeds(&table, feedStates(), noon)
	lines := strings.Split(strings.TrimSpace(table.String()), "\n")
	if len(lines) != 8 || !strings.HasPrefix(lines[1], "Beta") || !strings.HasPrefix(lines[2], "Epsilon") || !strings.HasPrefix(lines[3], "Delta") || !strings.HasPrefix(lines[4], "Alpha") || !strings.HasPrefix(lines[5], "https://c.example/rss") || lines[7] != "feeds: 2 fresh, 1 new, 1 dead, 1 late" {
		t.Errorf("got\n%s\nwant those with a problem first and the others in their order", table.String())
	}
	has(t, lines[2], "late", "every 1.5 h", "nothing new since 22 August 03:00 UTC, where something usually comes within 1.5 h")
	has(t, lines[4], "fresh", "en", "0s ago", "3h ago", "45 kB", "1,234", "in 5m")
	has(t, lines[1], "dead, failed 3×", "never", "due", "HTTP 500: no")

	var out bytes.Buffer
	if err := WriteFeeds(&out, feedStates(), noon); err != nil {
		t.Fatal(err)
	}
	x := decoded(t, out.String())
	if len(x) != 5 || x[0]["state"] != "dead" || x[1]["state"] != "late" || x[1]["every_seconds"] != 5400.0 || x[1]["late"] == nil || x[0]["failures"] != 3.0 || x[0]["last_good"] != nil || x[3]["items"] != 1234.0 || x[3]["problem"] != nil {
		t.Errorf("got %v", x)
	}
	if tags, isList := x[0]["tags"].([]any); !isList || len(tags) != 0 {
		t.Errorf("no tags are %v, want an empty list", x[0]["tags"])
	}
}

// A feed that waits for its server says so, and one that finds its own pace what
// it has found.
func TestFeedsSayTheirPace(t *testing.T) {
	feeds := []news.FeedState{
		{Feed: news.Feed{URL: "https://a.example/rss", Name: "Alpha", Schedule: "auto 2m..1h"}, LastRead: noon, LastGood: noon, NextAt: noon.Add(10 * time.Minute), Recent: []time.Time{noon.Add(-40 * time.Minute), noon.Add(-20 * time.Minute), noon}},
		{Feed: news.Feed{URL: "https://b.example/rss", Name: "Beta", Schedule: "@every 5m"}, LastRead: noon, LastGood: noon, NextAt: noon.Add(5 * time.Minute), HeldUntil: noon.Add(time.Hour)},
		{Feed: news.Feed{URL: "https://c.example/rss", Name: "Gamma", Schedule: "@every 5m"}, LastRead: noon, LastGood: noon, NextAt: noon, HeldUntil: noon.Add(time.Second)},
	}
	var table, lines bytes.Buffer
	Feeds(&table, feeds, noon)
	rows := strings.Split(strings.TrimSpace(table.String()), "\n")
	has(t, rows[1], "auto 2m..1h: 5m", "in 10m")
	has(t, rows[2], "in 60m", "its server asked to be left alone until 22 August 13:00 UTC")
	if strings.Contains(rows[3], "left alone") {
		t.Errorf("a gap of a second is told: %s", rows[3])
	}
	if err := WriteFeeds(&lines, feeds, noon); err != nil {
		t.Fatal(err)
	}
	x := decoded(t, lines.String())
	if x[0]["pace_seconds"] != 300.0 || x[0]["usual_seconds"] != 1200.0 || x[0]["wish_seconds"] != nil || x[1]["held_until"] == nil || x[2]["held_until"] != nil {
		t.Errorf("got %v", x)
	}
}

func TestReportsOfMatch(t *testing.T) {
	rules := parsedRules(t)
	r, ok := rules.Match(news.Item{ID: "1", Title: "Mutiny: Andrei Voskan held", Summary: "The mutineers lock the gate", Language: "en", Published: noon})
	if !ok {
		t.Fatal("it does not match")
	}
	var out bytes.Buffer
	if err := ReportLine(&out, r); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "high      2026-08-22  mutiny                    Mutiny: Andrei Voskan held\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	out.Reset()
	if err := ReportJSON(&out, r); err != nil {
		t.Fatal(err)
	}
	var x matchedItem
	if err := json.Unmarshal(out.Bytes(), &x); err != nil {
		t.Fatal(err)
	}
	if x.ID != "1" || !slices.Equal(x.Rules, []string{"mutiny"}) || x.Severity != news.High || !slices.Equal(x.Entities, []string{"voskan"}) || len(x.Countries) != 0 {
		t.Errorf("got %+v", x)
	}
	var spans []string
	for _, s := range x.Spans {
		spans = append(spans, s.Field+" "+s.Text)
		if s.Rule != "mutiny" || s.End-s.Start != len(s.Text) {
			t.Errorf("span %+v", s)
		}
	}
	if got := strings.Join(spans, ", "); got != "title Mutiny, description mutineers" {
		t.Errorf("spans: %s", got)
	}
}

func deliveries() []outbox.Delivery {
	of := func(id string, kind news.Kind, headline string) news.Alert {
		return news.Alert{ID: id, Channel: "slack", Kind: kind, Story: news.Story{ID: "s-1", Headline: headline}, DueAt: noon.Add(5 * time.Minute), Attempts: 2}
	}
	owed := outbox.Delivery{Alert: of("story/s-1/slack/new", news.New, "Soldiers seize the palace"), Owed: noon}
	owed.Problem = "token_revoked"
	notice := of("notice/rules/1/slack", news.Notice, "")
	notice.Notice = "rules.yaml:1:1: wrong"
	daily := of("digest/1/slack", news.Daily, "")
	daily.Digest = &news.Digest{Date: "2026-08-22"}
	return []outbox.Delivery{
		owed,
		{Alert: notice, Owed: noon, Sent: noon.Add(-time.Hour)},
		{Alert: daily, Owed: noon, Failed: noon.Add(-3 * 24 * time.Hour)},
		{Alert: of("late/1/slack", news.Late, ""), Owed: noon, Sending: true},
	}
}

func TestOutbox(t *testing.T) {
	channels := []outbox.Channel{{Name: "slack", Since: noon.Add(-time.Hour), Failures: 2, Problem: "token_revoked"}}
	for columns, wantLines := range map[int]int{0: 6, 80: 15} {
		s := terminal.NewScreen(columns, false)
		s.Terminal = columns > 0
		Outbox(s, channels, deliveries(), noon)
		text := s.String()
		has(t, text, "slack is in trouble since 2026-08-22 11:00 UTC, tried twice: token_revoked", "Soldiers seize the palace – token_revoked",
			"rules.yaml:1:1: wrong", "digest of 2026-08-22", "summary of what came too late", "in 5m", "60m ago", "3d ago", "story/s-1/slack/new")
		if n := strings.Count(text, "\n"); n < wantLines-2 || n > wantLines+2 {
			t.Errorf("%d columns: %d lines, want some %d:\n%s", columns, n, wantLines, text)
		}
	}
	s := terminal.NewScreen(80, false)
	Outbox(s, nil, nil, noon)
	has(t, s.String(), "No alert was owed yet.")

	var out bytes.Buffer
	if err := WriteOutbox(&out, deliveries()); err != nil {
		t.Fatal(err)
	}
	x := decoded(t, out.String())
	if len(x) != 4 || x[0]["state"] != "owed" || x[0]["problem"] != "token_revoked" || x[1]["state"] != "sent" || x[2]["state"] != "failed" || x[3]["state"] != "sending" || x[2]["title"] != "digest of 2026-08-22" {
		t.Errorf("got %v", x)
	}
}

// What of a story interrupts and arrived over one channel is told; else it is
// owed, or lost if nothing of it is owed any more.
func TestUntoldOf(t *testing.T) {
	one := func(kind news.Kind, change func(*outbox.Delivery)) outbox.Delivery {
		d := outbox.Delivery{Alert: news.Alert{Kind: kind, Problem: "no route"}, Owed: noon.Add(-time.Hour)}
		change(&d)
		return d
	}
	owed := one(news.New, func(*outbox.Delivery) {})
	sent := one(news.New, func(d *outbox.Delivery) { d.Sent = noon })
	lost := one(news.Escalation, func(d *outbox.Delivery) { d.Failed = noon })
	late := one(news.New, func(d *outbox.Delivery) { d.Failed, d.Summary = noon, "late/1" })
	waits := one(news.New, func(d *outbox.Delivery) { d.Owed = noon.Add(time.Hour) })
	edit := one(news.Refresh, func(*outbox.Delivery) {})
	all := func(outbox.Delivery) bool { return true }
	for name, c := range map[string]struct {
		alerts       []outbox.Delivery
		untold, lost bool
	}{
		"nothing":               {nil, false, false},
		"owed":                  {[]outbox.Delivery{owed}, true, false},
		"sent elsewhere":        {[]outbox.Delivery{owed, sent}, false, false},
		"lost":                  {[]outbox.Delivery{lost}, true, true},
		"lost here, owed there": {[]outbox.Delivery{lost, owed}, true, false},
		"in a summary":          {[]outbox.Delivery{late}, true, false},
		"waits for its hour":    {[]outbox.Delivery{waits}, false, false},
		"an edit only":          {[]outbox.Delivery{edit}, false, false},
	} {
		u, untold := untoldOf(c.alerts, all, noon)
		if untold != c.untold || u.Lost != c.lost {
			t.Errorf("%s: untold %v, %+v, want %v and lost %v", name, untold, u, c.untold, c.lost)
		}
	}
	if _, untold := untoldOf([]outbox.Delivery{owed}, func(outbox.Delivery) bool { return false }, noon); untold {
		t.Error("alerts of another item count")
	}
	for want, u := range map[string]outbox.Untold{
		"Nobody was told: given up: no route":                           {Lost: true, Problem: "no route"},
		"Nobody was told: given up":                                     {Lost: true},
		"Owed since 2026-08-22 12:00 UTC, not delivered yet":            {Owed: noon},
		"Owed since 2026-08-22 12:00 UTC, not delivered: token_revoked": {Owed: noon, Problem: "token_revoked"},
	} {
		if got := Untold(u); got != want {
			t.Errorf("%+v: got %q, want %q", u, got, want)
		}
	}
}

func TestMutes(t *testing.T) {
	rules := parsedRules(t)
	mutes := []news.Mute{
		{Story: "s-1", Until: noon.Add(time.Hour), By: "ana", Why: "known"},
		{Rule: "mutiny"},
		{Entity: "country:ml", Until: noon.Add(time.Hour)},
		{Entity: "voskan", Until: noon.Add(time.Hour)},
		{Feed: "https://wire.example/rss", Until: noon.Add(time.Hour)},
		{Story: "s-1", Until: noon.Add(-time.Hour)}, // over
	}
	var table bytes.Buffer
	Mutes(&table, rules, mutes)
	has(t, table.String(), "story s-1", "22 Aug 2026 13:00 UTC  ana", "known", "rule mutiny", "for ever", "rules.yaml", "entity country:ml", "feed Wire")
	table.Reset()
	Mutes(&table, rules, nil)
	has(t, table.String(), "Nothing is muted.")

	var out bytes.Buffer
	if err := WriteMutes(&out, rules, mutes); err != nil {
		t.Fatal(err)
	}
	x := decoded(t, out.String())
	if len(x) != 6 || x[0]["kind"] != "story" || x[0]["id"] != "s-1" || x[1]["until"] != nil || x[1]["by"] != "rules.yaml" || x[4]["id"] != "https://wire.example/rss" || x[4]["name"] != "Wire" {
		t.Errorf("got %v", x)
	}

	s := news.Story{ID: "s-1", Rules: []string{"mutiny"}, Countries: []string{"ml"}, Entities: []string{"voskan"}}
	if got := MutesOf(s, mutes, noon); len(got) != 4 {
		t.Errorf("the story is under %+v, want all but that of a feed and what is over", got)
	}
	s.Rules = append(s.Rules, "palace") // which is not muted
	if got := MutesOf(s, mutes[1:2], noon); len(got) != 0 {
		t.Errorf("a story of two rules is under the mute of one: %+v", got)
	}
	for want, m := range map[string]news.Mute{
		"MUTED: this story, until 2026-08-22 13:00 UTC, by ana: known": mutes[0],
		"MUTED: rule mutiny, until it is unmuted":                      mutes[1],
		"MUTED: entity country:ml, until 2026-08-22 13:00 UTC":         mutes[2],
	} {
		if got := muted(m); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestSiteOf(t *testing.T) {
	for link, want := range map[string]string{
		"https://www.news.co.example/a": "co.example", "https://feeds.bbci.co.uk/x": "bbci.co.uk", "http://localhost:80/": "localhost",
		"not a link": "", "": "", "https://": "",
	} {
		if got := siteOf(link); got != want {
			t.Errorf("%q: got %q, want %q", link, got, want)
		}
	}
	feeds := []news.FeedState{{Feed: news.Feed{URL: "https://rss.wire.example/a"}}, {Feed: news.Feed{URL: "https://other.example/b"}}}
	if got := feedsOfSite(feeds, "https://www.wire.example/1"); len(got) != 1 || got[0].URL != feeds[0].URL {
		t.Errorf("got %+v", got)
	}
	if got := feedsOfSite(feeds, "s-1"); len(got) != 0 {
		t.Errorf("feeds of what is no link: %+v", got)
	}
}

func TestUnknownItem(t *testing.T) {
	watched := []news.FeedState{{Feed: news.Feed{URL: "https://wire.example/rss"}}}
	for _, c := range []struct {
		found Found
		want  string
	}{
		{Found{asked: "s-12"}, "if it is a story, ask: coupwatch story s-12"},
		{Found{asked: "guid-1"}, "name it by its link"},
		{Found{asked: "https://wire.example/1"}, "no feed of wire.example is watched"},
		{Found{asked: "https://wire.example/1", feeds: watched}, "although 1 feed of wire.example is watched"},
		{Found{asked: "https://wire.example/1?a=1&b=2", feeds: append(watched, watched...)}, "although 2 feeds of wire.example are watched"},
		{Found{asked: "https://wire.example/1?a=1&b=2", feeds: watched}, "coupwatch explain 'https://wire.example/1?a=1&b=2'"},
	} {
		if err := c.found.Unknown(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.found.asked, err, c.want)
		}
	}
	if err := (&Found{items: []knownItem{{}}}).Unknown(); err != nil {
		t.Errorf("an item that is known: %v", err)
	}
	s := terminal.NewScreen(80, false)
	x := Found{asked: "https://wire.example/1", feeds: watched, noRules: errors.New("no rules")}
	x.Show(s)
	has(t, s.String(), "wire.example")
}

// The feed of an item is named once, also where it has no address of its own, as that
// of an archive.
func TestItemNamesItsFeedOnce(t *testing.T) {
	for feed, want := range map[string]string{
		"Capital Herald":              "  from Capital Herald\n",
		"https://herald.example/feed": "  from Capital Herald, https://herald.example/feed\n",
	} {
		var it knownItem
		it.Feed, it.feed.Name = feed, "Capital Herald"
		s := terminal.NewScreen(0, false)
		if showItem(s, it); !strings.Contains(s.String(), want) {
			t.Errorf("an item of %s is shown as\n%swant %q", feed, s, want)
		}
	}
}
