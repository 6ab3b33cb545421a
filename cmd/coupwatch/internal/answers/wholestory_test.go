package answers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// wholeTold is a story with all that may be known of one.
func wholeTold() Told {
	st := news.Story{
		ID: "s-1234567890abcdef", Headline: "Soldiers hold Tolmin", Was: "Rumours in Tolmin", Link: "https://wire.example/1", Severity: news.High, Status: news.Official,
		FirstSeen: noon.Add(-3 * time.Hour), LastSeen: noon, Told: noon.Add(-2 * time.Hour), Reports: 7,
		Rules: []string{"mutiny"}, Rule: "mutiny", Countries: []string{"ml", "zz"}, Entities: []string{"voskan"},
		Ladder: []news.Step{
			{Status: news.Rumour, At: noon.Add(-3 * time.Hour), Publisher: "Courier", Sentence: "People speak of shots."},
			{Status: news.Official, At: noon, Publisher: "The Wire", Speaker: "Defence ministry", Sentence: "The ministry confirmed it."},
			{Status: news.Denied, At: noon, Publisher: "Herald", Speaker: "Presidency", Withdrawn: true},
		},
		Origins: []news.Origin{
			{Name: "Ivan Belov", Via: []string{"The Wire", "Ivan Belov"}, At: noon.Add(-2 * time.Hour), Reports: 5, Quote: "They shut the gate."},
			{Name: "Courier", At: noon.Add(-3 * time.Hour), Reports: 2},
		},
		Sources: []news.Source{
			{Publisher: "The Wire", Origins: []string{"Ivan Belov"}},
			{Publisher: "Herald", Origins: []string{"Ivan Belov"}, Via: []string{"The Wire"}},
			{Publisher: "Metro", Origins: []string{"Ivan Belov"}},
			{Publisher: "Courier", Origins: []string{"Courier"}},
		},
		Updates: []news.Development{{ID: "u1", Title: "Gate is shut", Link: "https://wire.example/2", Publisher: "The Wire", At: noon, Status: news.Claim, Reports: 3}},
		Into:    news.Reference{ID: "s-fedcba0987654321", Headline: "The march"},
		Parts:   []string{"s-part"},
	}
	return Told{
		story: st, names: []string{"Andrei Voskan"},
		alerts: []outbox.Delivery{
			{Alert: news.Alert{ID: "story/s-1/slack/new", Channel: "slack", Kind: news.New, Reason: "a new story", Story: st}, Owed: noon.Add(-2 * time.Hour), Sent: noon.Add(-2 * time.Hour)},
			{Alert: news.Alert{ID: "story/s-1/email/new", Channel: "email:a@desk.example", Kind: news.New, Story: st, Problem: "no such mailbox"}, Owed: noon.Add(-2 * time.Hour), Failed: noon},
		},
		linked: []news.Story{{ID: "s-earlier", Headline: "An earlier mutiny", LastSeen: noon.AddDate(0, 0, -20)}},
		mutes:  []news.Mute{{Rule: "mutiny", By: "ana"}},
	}
}

func TestShowStory(t *testing.T) {
	s := terminal.NewScreen(100, false)
	wholeTold().Show(s)
	has(t, s.String(),
		"Soldiers hold Tolmin\n", "was: Rumours in Tolmin", "goes on there: s-fedcba09", "turned out to be of it: s-part", "story s-1234567890abcdef",
		"7 reports of 4 publishers", "rules: mutiny", "names: Andrei Voskan", "countries: Mali", "MUTED: rule mutiny, until it is unmuted, by ana",
		"How firmly it is told", "official: Defence ministry", "denied: Presidency, withdrawn", "“The ministry confirmed it.”",
		"Who says so: ", "Ivan Belov · 5 reports", "“They shut the gate.”", "via The Wire → Herald", "Metro",
		"Gate is shut", "slack", "no such mailbox", "An earlier mutiny")
	if n := strings.Count(s.String(), "via Ivan Belov"); n > 0 {
		t.Error("an origin is told through itself")
	}
	for line := range strings.Lines(s.String()) {
		if w := len([]rune(strings.TrimRight(line, "\n"))); w > 100 {
			t.Errorf("a line of %d columns: %s", w, line)
		}
	}
}

func TestStoryAsJSON(t *testing.T) {
	j, err := json.Marshal(wholeTold().JSON())
	if err != nil {
		t.Fatal(err)
	}
	var x struct {
		Story struct {
			ID, Headline, Was, Into string
			Origins, Reports        int
			Told                    *time.Time
			Entities, Rules         []string
		}
		Ladder []struct {
			Status, Speaker string
			Withdrawn       bool
		}
		Roots []struct {
			Name     string
			Branches []struct {
				Via        string
				Publishers []string
			}
		}
		Updates []struct{ ID string }
		Alerts  []struct{ ID string }
		Linked  []struct{ ID string }
		Mutes   []any
	}
	if err := json.Unmarshal(j, &x); err != nil {
		t.Fatal(err)
	}
	if x.Story.ID != "s-1234567890abcdef" || x.Story.Was != "Rumours in Tolmin" || x.Story.Into != "s-fedcba0987654321" || x.Story.Reports != 7 || x.Story.Told == nil {
		t.Errorf("story: %+v", x.Story)
	}
	if len(x.Ladder) != 3 || x.Ladder[1].Speaker != "Defence ministry" || !x.Ladder[2].Withdrawn || len(x.Roots) != 2 || x.Roots[0].Name != "Ivan Belov" || len(x.Roots[0].Branches) != 2 {
		t.Errorf("ladder %+v, roots %+v", x.Ladder, x.Roots)
	}
	if len(x.Updates) != 1 || len(x.Alerts) != 2 || len(x.Linked) != 1 || len(x.Mutes) != 1 {
		t.Errorf("updates %+v, alerts %+v, linked %+v, mutes %+v", x.Updates, x.Alerts, x.Linked, x.Mutes)
	}
}

func TestStoriesTable(t *testing.T) {
	whole := wholeTold().story
	owed, lost := whole, whole
	owed.ID, owed.Was, lost.ID = "s-owed567890", "", "s-lost567890"
	quiet := news.Story{ID: "s-quiet", Headline: "A quiet one", Severity: news.Low, FirstSeen: noon.AddDate(-1, 0, 0), LastSeen: noon.AddDate(-1, 0, 0), Reports: 1}
	stories := []news.Story{whole, owed, lost, quiet}
	untold := map[string]outbox.Untold{owed.ID: {Owed: noon, Problem: "token_revoked"}, lost.ID: {Lost: true, Problem: "msg_too_long"}}
	for columns, roomy := range map[int]bool{0: true, 80: false, 140: true} {
		s := terminal.NewScreen(columns, false)
		s.Terminal = columns > 0
		Stories(s, stories, untold, noon)
		text := s.String()
		has(t, text, "told", "OWED", "NOT TOLD", "was: Rumours in Tolmin", "≤ 2", "A quiet one", "2025-08-22",
			"s-owed5678: Owed since 2026-08-22 12:00 UTC, not delivered: token_revoked", "s-lost5678: Nobody was told: given up: msg_too_long", "See a story with: coupwatch story")
		row := ""
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "high") {
				row = line
				break
			}
		}
		if got := strings.Contains(row, "Soldiers hold Tolmin"); got != roomy {
			t.Errorf("%d columns: the headline stands on the line: %v, want %v", columns, got, roomy)
		}
	}
	var out bytes.Buffer
	if err := WriteStories(&out, stories, untold); err != nil {
		t.Fatal(err)
	}
	x := decoded(t, out.String())
	if len(x) != 4 || x[0]["told"] == nil || x[1]["told"] != nil || x[1]["problem"] != "token_revoked" || x[3]["owed"] != nil || x[0]["origins"] != 2.0 {
		t.Errorf("got %v", x)
	}
}

func TestGradesForPeople(t *testing.T) {
	var labels []news.Label
	for i := range 12 {
		labels = append(labels, news.Label{Item: fmt.Sprint(i), Story: fmt.Sprint("s", i), Rule: "coup", Relevant: i < 9, At: noon, Version: "v1"})
	}
	grades := Grades([]string{"coup", "mutiny"}, labels)
	title := func(id string) string { return "Title of " + id }
	var table bytes.Buffer
	ShowGrades(&table, grades, title, "v2")
	has(t, table.String(), "coup", "Title of coup", "75 % (47–91)", "2026-08-22, other rules", "mutiny")
	table.Reset()
	ShowGrades(&table, Grades([]string{"coup"}, nil), title, "v2")
	has(t, table.String(), "Nobody has pressed Relevant or Noise yet")
	var out bytes.Buffer
	if err := WriteGrades(&out, grades); err != nil {
		t.Fatal(err)
	}
	if x := decoded(t, out.String()); len(x) != 2 || x[0]["relevant"] != 9.0 || x[0]["noise"] != 3.0 || x[0]["low"] == nil || x[1]["low"] != nil {
		t.Errorf("got %v", x)
	}
}

func TestSaying(t *testing.T) {
	for want, a := range map[string]news.Attribution{
		"Ivan Belov, via The Wire":         {Speaker: "Ivan Belov", Via: "The Wire"},
		"The Wire":                         {Via: "The Wire"},
		"nobody named, by hearsay":         {Hearsay: true},
		"Ivan Belov, of its own knowledge": {Speaker: "Ivan Belov", Own: true},
	} {
		if got := saying(a); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	it := news.Item{Title: "Мятеж"}
	for want, span := range map[string]news.Span{
		"Мятеж": {Field: news.Title, End: len("Мятеж")},
		"М":     {Field: news.Title, End: 3}, // within a letter
		"":      {Field: news.Title, Start: 4, End: 400},
	} {
		if got := spanOf(it, span); got != want {
			t.Errorf("%+v: got %q, want %q", span, got, want)
		}
	}
}
