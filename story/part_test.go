package story_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/coupwatch/coupwatch/news"
)

// A kept is what a newsroom has decided, as a database gives it back.
func kept(x told, d news.Decision) news.Verdict {
	return news.Verdict{Report: x.report(), Kind: d.Kind, Update: d.Update}
}

// part takes some of the reports out of the story that all are in.
func (n *newsroom) part(t *testing.T, s news.Story, all []news.Verdict, now time.Time, out ...string) news.Parting {
	t.Helper()
	var stay, gone []news.Verdict
	for _, v := range all {
		if slices.Contains(out, v.ID) {
			gone = append(gone, v)
		} else {
			stay = append(stay, v)
		}
	}
	parter := n.stories.At(n.policy, now).(news.Parter)
	return parter.Part(s, stay, gone, news.Stray{Item: gone[0].ID, Title: gone[0].Title, By: "ada", At: now})
}

// courtCase is a story of which people hear officially by one report that is about
// something else.
var courtCase = []told{
	{id: "a", publisher: "Herald", title: "Officers plot coup against Goita in Mali, exile Bellal says", entities: []string{"country:ml", "goita"}},
	{id: "b", publisher: "Gazette", title: "Coup plot of officers against Goita in Mali feared", entities: []string{"country:ml", "goita"}, at: time.Hour},
	{id: "x", publisher: "Wire", title: "Mali army confirms officers' coup plot against Goita", entities: []string{"country:ml", "goita"}, at: 2 * time.Hour, link: "https://wire.example/x"},
	{id: "c", publisher: "Courier", title: "Officers' coup plot against Goita: Mali tense", entities: []string{"country:ml", "goita"}, at: 3 * time.Hour},
}

// A story without a report is as if the report had never come, but for what people
// know; and who heard of a step that rested on it hears that it fell.
func TestPart(t *testing.T) {
	with, without := newsroom{policy: uniting}, newsroom{policy: uniting}
	var all []news.Verdict
	var was, want news.Story
	for _, x := range courtCase {
		d := with.decide(x)
		was, all = d.Story, append(all, kept(x, d))
		if x.id != "x" {
			want = without.decide(x).Story
		}
	}
	if was.Reports != 4 || was.Status != news.Official || want.Reports != 3 || want.Status == news.Official {
		t.Fatalf("%d reports told as %s, and without one %d told as %s", was.Reports, was.Status, want.Reports, want.Status)
	}
	now := noon.Add(4 * time.Hour)
	p := with.part(t, was, all, now, "x")
	left := p.Left
	known := cmpopts.IgnoreFields(news.Story{}, "Notified", "Ladder", "Strays", "Apart", "Updates", "Was", "Told")
	if diff := cmp.Diff(want, left, known, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("it is told otherwise than if the report had never come (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want.Updates, left.Updates, cmpopts.IgnoreFields(news.Development{}, "Due")); diff != "" {
		t.Errorf("its developments (-want +got):\n%s", diff)
	}
	last := left.Ladder[len(left.Ladder)-1]
	if fell := left.Ladder[len(left.Ladder)-2]; !fell.Withdrawn || fell.Publisher != "Wire" || last.Status != want.Status || last.Publisher != "Courier" {
		t.Errorf("the ladder is %+v", left.Ladder)
	}
	if diff := cmp.Diff([]string{"x", "https://wire.example/x"}, left.Strays); diff != "" {
		t.Error(diff)
	}
	if got := channels(p.Alerts, news.Escalation); got != "slack" || !strings.Contains(p.Alerts[0].Reason, "is withdrawn: it is now told as a") {
		t.Errorf("that it fell is told over %q: %+v", got, p.Alerts)
	}
	if got := channels(p.Alerts, news.Refresh); got != "slack" {
		t.Errorf("the message is edited over %q", got)
	}
	own := p.Out[0]
	if own.Story.ID == was.ID || own.Story.Reports != 1 || own.Story.Status != news.Official || own.Kind != news.DigestOnly || len(own.Alerts) > 0 || !strings.Contains(own.Reason, "people heard of it there") {
		t.Errorf("by itself it is %s with %d reports, %s, %s: %q, alerts %v", own.Story.ID, own.Story.Reports, own.Story.Status, own.Kind, own.Reason, own.Alerts)
	}
	with.made[left.ID], with.made[own.Story.ID] = left, own.Story
	next := told{id: "n", publisher: "Sentinel", title: "Officers' coup plot against Goita in Mali: a third arrest feared", entities: []string{"country:ml", "goita"}, at: 5 * time.Hour}
	if d := with.decide(next); channels(d.Alerts, news.Escalation) != "" {
		t.Errorf("what was taken back is told again: %s", d.Reason)
	}
}

// However it comes again, a report that was taken out of a story does not come back
// to it, also after the program was stopped: edited, with the text of its page, in
// another feed, or late.
func TestPartIsForGood(t *testing.T) {
	for _, restart := range []bool{false, true} {
		room := newsroom{policy: uniting}
		var all []news.Verdict
		var was news.Story
		for _, x := range courtCase {
			d := room.decide(x)
			was, all = d.Story, append(all, kept(x, d))
		}
		p := room.part(t, was, all, noon.Add(4*time.Hour), "x")
		own := p.Out[0].Story
		room.made = map[string]news.Story{p.Left.ID: p.Left, own.ID: own}
		if restart {
			room.restart(t)
		}
		edited := courtCase[2].edit("Mali army confirms a coup plot of officers against Goita", courtCase[2].entities, 5*time.Hour)
		elsewhere, filled := courtCase[2].report(), courtCase[2].report()
		elsewhere.ID = "y"
		filled.Filled = true
		for name, again := range map[string]struct {
			news.Report
			story string
		}{"edited": {edited, own.ID}, "edited as it was": {edited, was.ID}, "edited, of none": {edited, ""}, "filled": {filled, was.ID}, "in another feed": {elsewhere, ""}} {
			again.Story = again.story
			if d := room.read(again.Report, noon.Add(6*time.Hour)); d.Story.ID == was.ID {
				t.Errorf("%s, after a stop %v: it is back: %s", name, restart, d.Reason)
			}
		}
	}
}

// A report that no rule matched is of no story then, and one that nobody had heard
// of is told by itself.
func TestPartAlone(t *testing.T) {
	for _, test := range []struct {
		rule       string
		kind       news.Kind
		told, heir bool
	}{{rule: "none"}, {rule: "coup", kind: news.New, told: true, heir: true}} {
		room := newsroom{policy: uniting}
		var all []news.Verdict
		for _, x := range courtCase {
			d := room.decide(x)
			all = append(all, kept(x, d))
		}
		was := room.made[room.decide(courtCase[0]).Story.ID]
		x := told{id: "q", publisher: "Sentinel", title: "Coup plot at the chess club", rule: test.rule, at: 3 * time.Hour}
		all = append(all, news.Verdict{Report: x.report(), Kind: news.Copy, Update: "a"})
		p := room.part(t, was, all, noon.Add(4*time.Hour), "q")
		d := p.Out[0]
		if (d.Story.ID != "") != test.heir || d.Kind != test.kind || (len(d.Alerts) > 0) != test.told {
			t.Errorf("a report of the rule %s: story %q, %s, %q, %d alerts", test.rule, d.Story.ID, d.Kind, d.Reason, len(d.Alerts))
		}
		if p.Left.Status != news.Official || channels(p.Alerts, news.Escalation) != "" || p.Left.Headline != was.Headline {
			t.Errorf("what stays is told as %s under %q, alerts %v", p.Left.Status, p.Left.Headline, p.Alerts)
		}
	}
}

// Two stories that a person parted are never united, nor what they go on in.
func TestPartedStayApart(t *testing.T) {
	a, b := news.Story{ID: "a", Apart: []string{"b"}}, news.Story{ID: "b"}
	heir := news.Story{ID: "c", Parts: []string{"b"}}
	for _, two := range [][2]news.Story{{a, b}, {b, a}, {a, heir}, {heir, a}} {
		if !two[0].IsApart(two[1]) {
			t.Errorf("%s and %s may be one", two[0].ID, two[1].ID)
		}
	}
	if b.IsApart(heir) || a.IsApart(news.Story{ID: "d"}) {
		t.Error("others are apart too")
	}
	room := newsroom{policy: uniting}
	everyday(&room)
	united := false
	first := ""
	for _, x := range converging() {
		d := room.decide(x)
		if first == "" {
			first = d.Story.ID
		} else if d.Story.ID != first {
			s := d.Story
			s.Apart = []string{first}
			room.stories.At(room.policy, noon).Sync(2, []news.Story{s})
		}
		united = united || len(d.Others) > 0
	}
	if united {
		t.Error("two stories that were parted are one")
	}
}
