package story_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// rising tells of a mutiny led by Varkun until it is critical, and returns what
// was decided last.
func rising(room *newsroom) news.Decision {
	var d news.Decision
	for i, title := range []string{
		"Varkun mutiny: garrison of Tolm leaves barracks", "Garrison of Tolm in mutiny under Varkun, says ministry",
		"Varkun mutiny spreads from Tolm", "Varkun mutiny: column of Tolm garrison on road to capital",
	} {
		severity := news.High
		if i == 3 {
			severity = news.Critical
		}
		d = room.decide(told{
			publisher: fmt.Sprint("p", i), title: title, rule: "mutiny", severity: severity,
			entities: []string{"country:vm", "varkun"}, at: time.Duration(i) * 30 * time.Minute,
		})
	}
	return d
}

// A story that is grave already interrupts again if outlets tell of something
// of another kind in it, once, if they are enough, and if the story is not new.
func TestTurn(t *testing.T) {
	for _, tt := range []struct {
		name    string
		after   time.Duration
		outlets int
		rule    string
		want    int // which report of the turn interrupts; 0 for none
	}{
		{"its leader dies", 30 * time.Hour, 5, "fate", 3},
		{"one outlet says so again and again", 30 * time.Hour, 1, "fate", 0},
		{"two say so", 30 * time.Hour, 2, "fate", 0},
		{"while it is young", 4 * time.Hour, 5, "fate", 0},
		{"soon after it became critical", 13 * time.Hour, 5, "fate", 0},
		{"more of the same", 30 * time.Hour, 5, "mutiny", 0},
	} {
		var room newsroom
		story := rising(&room).Story.ID
		heard := 0
		for i := range 5 {
			d := room.decide(told{
				id: fmt.Sprint("turn", i), publisher: fmt.Sprint("q", i%tt.outlets), title: fmt.Sprintf("Varkun of Tolm mutiny dead in crash of helicopter, part %d", i), rule: tt.rule,
				severity: news.Medium, entities: []string{"country:vm", "varkun"}, at: tt.after + time.Duration(i)*time.Minute,
			})
			if d.Story.ID != story {
				t.Fatalf("%s: in %s (%s), want in the story of the mutiny", tt.name, d.Story.ID, d.Reason)
			}
			if d.Kind == news.Escalation {
				if heard++; i+1 != tt.want || !strings.Contains(d.Reason, "another turn") || d.Story.Rule != "mutiny" || !strings.HasPrefix(d.Story.Headline, "Varkun of Tolm") || !strings.HasSuffix(d.Alerts[0].ID, "/turn-fate") {
					t.Errorf("%s: report %d interrupts (%s), headed %q under %s, as %s", tt.name, i+1, d.Reason, d.Story.Headline, d.Story.Rule, d.Alerts[0].ID)
				}
			}
		}
		if (heard == 1) != (tt.want > 0) {
			t.Errorf("%s: %d reports interrupt, want %d", tt.name, heard, min(1, tt.want))
		}
	}
}

// What was official of a quarrel is told officially again once the story is
// critical, if who rules the country says it in the title.
func TestOfficialSinceCritical(t *testing.T) {
	word := func(id, publisher, speaker, entity, country string, severity news.Severity, at time.Duration) news.Report {
		x := told{id: id, publisher: publisher, title: speaker + " confirms mutiny of Varkun at Tolm garrison", rule: "mutiny", severity: severity, entities: []string{"country:vm", "varkun"}, at: at}
		r := x.report()
		r.Mentions = append(r.Mentions, news.Mention{Entity: entity, Name: speaker, Country: country, Official: true, Span: news.Span{Field: news.Title, End: len(speaker)}})
		return r
	}
	for _, tt := range []struct {
		name, entity, country string
		want                  bool
	}{
		{"the ruler", "ondo", "vm", true},
		{"another country's", "karel", "fj", false},
	} {
		var room newsroom
		first := room.read(word("a", "wire", "Ministry", "ministry", "vm", news.High, 0), noon)
		if first.Story.Status != news.Official {
			t.Fatalf("the first word is %s", first.Story.Status)
		}
		grave := room.decide(told{publisher: "post", title: "Varkun mutiny: Tolm garrison column nears capital", rule: "mutiny", severity: news.Critical, entities: []string{"country:vm", "varkun"}, at: time.Hour})
		if grave.Kind != news.Escalation || grave.Story.ID != first.Story.ID {
			t.Fatalf("the column: %s in %s (%s)", grave.Kind, grave.Story.ID, grave.Reason)
		}
		d := room.read(word("b", "gazette", "President Ondo", tt.entity, tt.country, news.High, 2*time.Hour), noon.Add(2*time.Hour))
		if (d.Kind == news.Escalation) != tt.want || d.Story.ID != first.Story.ID {
			t.Errorf("%s: %s in %s, %s (%s); want that it interrupts: %v", tt.name, d.Kind, d.Story.ID, d.Story.Status, d.Reason, tt.want)
		}
		again := room.read(word("c", "echo", "President Ondo", tt.entity, tt.country, news.High, 3*time.Hour), noon.Add(3*time.Hour))
		if again.Kind == news.Escalation {
			t.Errorf("%s: it interrupts twice (%s)", tt.name, again.Reason)
		}
	}
}

// That a critical story ends is heard once, from the second outlet that tells
// it.
func TestEndIsHeard(t *testing.T) {
	tell := func(room *newsroom, i int, title string) news.Decision {
		return room.decide(told{publisher: fmt.Sprint("q", i), title: title, rule: "mutiny", entities: []string{"country:vm", "varkun"}, at: 10*time.Hour + time.Duration(i)*time.Minute})
	}
	var room newsroom
	rising(&room)
	for i, title := range []string{
		"Varkun vows Tolm mutiny will not halt", "Varkun halts column of Tolm mutiny", "Varkun mutiny: men of Tolm garrison turn back", "Varkun mutiny is called off at Tolm",
	} {
		d := tell(&room, i, title)
		if interrupts := d.Kind == news.Escalation; interrupts != (i == 2) || interrupts && !strings.Contains(d.Reason, "ends") {
			t.Errorf("%q: %s (%s)", title, d.Kind, d.Reason)
		}
	}
	var quarrel newsroom
	for i := range 3 {
		if d := tell(&quarrel, i, "Varkun halts column of Tolm mutiny, says "+fmt.Sprint("outlet", i)); d.Kind == news.Escalation {
			t.Errorf("the end of what was not critical interrupts (%s)", d.Reason)
		}
	}
}
