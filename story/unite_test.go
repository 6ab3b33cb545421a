package story_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/coupwatch/coupwatch/news"
)

var uniting = news.Policy{
	Routes: []news.Route{{To: []string{"slack"}, Severity: news.Medium}},
	Gather: 30 * time.Minute, Threads: []string{"slack"}, Edits: []string{"slack"},
}

// everyday fills a newsroom with what is told of Russia every day, so that the
// country and the rule say nothing.
func everyday(room *newsroom) {
	for i := range 80 {
		room.decide(told{
			id: fmt.Sprint("e", i), publisher: "gazette", title: fmt.Sprintf("Bailiff%d weighs cargo%d near pond%d", i, i, i),
			rule: "mutiny", entities: []string{"country:ru"}, severity: news.Low, at: -20*24*time.Hour + time.Duration(i)*time.Hour,
		})
	}
}

// converging is how two outlets' news of one rising come to be of the same: of
// a column without a name, and of a man without a column, and then of both.
func converging() (all []told) {
	add := func(rule string, entities string, severity news.Severity, titles ...string) {
		for _, title := range titles {
			i := len(all)
			all = append(all, told{
				id: fmt.Sprint("u", i), publisher: fmt.Sprint("p", i), title: title, rule: rule, severity: severity,
				entities: append([]string{"country:ru"}, strings.Fields(entities)...), at: time.Duration(i) * 20 * time.Minute,
			})
		}
	}
	add("mutiny", "griffins", news.High, "Griffin trucks roll out of depot at Tolm", "Depot at Tolm emptied by Griffin trucks overnight", "Griffin trucks pass tollgate, depot at Tolm silent")
	add("mutiny", "varkun", news.Critical, "Varkun vows to depose ministers in sermon", "Ministers denounce sermon in which Varkun vows to depose them", "Sermon by Varkun shocks ministers")
	add("mutiny", "griffins varkun", news.Critical,
		"Varkun sermon heard as Griffin trucks leave depot", "Griffin trucks of Varkun pass tollgate", "Ministers flee as Varkun leads Griffin trucks", "Varkun in first Griffin truck, ministers gone",
		"Griffin trucks and Varkun near ministers' hall", "Varkun halts Griffin trucks at tollgate", "Ministers offer Varkun talks, Griffin trucks wait")
	return all
}

// Two stories that turn out to be one are joined: the one told first stays, the
// thread of the other one says where it goes on, and nothing is told twice,
// whether or not the program was stopped in between.
func TestStoriesUnite(t *testing.T) {
	lived, restarted := newsroom{policy: uniting}, newsroom{policy: uniting}
	everyday(&lived)
	everyday(&restarted)
	var stays, ends news.Story
	var alerts []news.Alert
	ids := map[string]bool{}
	stories := map[string]bool{}
	for _, x := range converging() {
		d := lived.decide(x)
		restarted.restart(t)
		if diff := cmp.Diff(d, restarted.decide(x), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%q after a restart: %s", x.title, diff)
		}
		stories[d.Story.ID] = true
		for _, s := range d.Others {
			lived.made[s.ID], restarted.made[s.ID] = s, s
			stays, ends, alerts = d.Story, s, d.Alerts
			if !strings.Contains(d.Reason, "turned out to be one story") {
				t.Errorf("the reason is %q, want it to say that two stories are one", d.Reason)
			}
		}
		for _, a := range d.Alerts {
			if (a.Kind == news.New || a.Kind == news.Escalation) && ids[a.ID] {
				t.Errorf("%s is owed twice", a.ID)
			}
			ids[a.ID] = true
			if ends.ID != "" && len(d.Others) == 0 && a.Story.ID != stays.ID {
				t.Errorf("%s is owed of a story that has ended", a.ID)
			}
		}
	}
	if len(stories) != 2 || ends.ID == "" {
		t.Fatalf("%d stories, and %q ended; want two that turn out to be one", len(stories), ends.ID)
	}
	if ends.Into.ID != stays.ID || !slices.Equal(stays.Parts, []string{ends.ID}) || stays.Told.After(ends.Told) || stays.Severity != news.Critical || stays.Was == "" {
		t.Errorf("%s, told %v, ends in %s; %s, told %v, has the parts %q, is %s and was %q", ends.ID, ends.Told, ends.Into.ID, stays.ID, stays.Told, stays.Parts, stays.Severity, stays.Was)
	}
	kinds := map[news.Kind]int{}
	for _, a := range alerts {
		if a.Story.ID == ends.ID && a.Story.Into.Headline != "" {
			kinds[a.Kind]++
		}
	}
	if diff := cmp.Diff(map[news.Kind]int{news.Update: 1, news.Refresh: 1}, kinds); diff != "" {
		t.Errorf("owed in the thread and the message of the story that ends: %s", diff)
	}
	last := lived.made[stays.ID]
	if want := len(converging()); last.Reports != want || last.Origins == nil || len(last.Sources) != want {
		t.Errorf("in the end the story has %d reports and %d sources, want %d of each", last.Reports, len(last.Sources), want)
	}
	if doc, err := json.Marshal(last); err != nil || strings.Contains(string(doc), `"Into":{"ID":"s-`) {
		t.Errorf("the story that stays ends too: %v", err)
	}
	edited := converging()[4].edit("Ministers denounce a sermon in which Varkun vows to depose them", []string{"country:ru", "varkun"}, 6*time.Hour)
	edited.Story = ends.ID
	if d := lived.read(edited, noon.Add(6*time.Hour)); d.Story.ID != stays.ID {
		t.Errorf("an edited report of the story that ended is in %s, want %s", d.Story.ID, stays.ID)
	}
}

// Two events of one kind in one country at one time stay two.
func TestTwoRisingsStayTwo(t *testing.T) {
	room := newsroom{policy: uniting}
	everyday(&room)
	stories := map[string]bool{}
	for i := range 4 {
		for _, of := range []struct{ id, titles string }{
			{"varkun", "Varkun rebels hold airfield at Tolm|Airfield besieged by Varkun rebels|Varkun asks pilots at airfield for loyalty|Tolm airfield burns, Varkun silent"},
			{"oduro", "Gunners of Oduro refuse harbour duty|Oduro locks harbour gates with gunners|Harbour pay is all that Oduro gunners want|Oduro gunners seize harbour cranes"},
		} {
			d := room.decide(told{
				publisher: fmt.Sprint(of.id, i), title: strings.Split(of.titles, "|")[i], rule: "mutiny",
				entities: []string{"country:ru", of.id, "ministry"}, at: time.Duration(i) * time.Hour,
			})
			stories[d.Story.ID] = true
			if len(d.Others) > 0 {
				t.Fatalf("%s and %s are one (%s), want two", d.Story.ID, d.Others[0].ID, d.Reason)
			}
		}
	}
	if len(stories) != 2 {
		t.Errorf("%d stories, want 2", len(stories))
	}
}
