package story_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story"
)

func TestMutes(t *testing.T) {
	later := noon.Add(time.Hour)
	tests := []struct {
		name   string
		mute   news.Mute
		silent bool
	}{
		{"the rule", news.Mute{Rule: "coup", Why: "too loud"}, true},
		{"another rule", news.Mute{Rule: "plot"}, false},
		{"an entity", news.Mute{Entity: "goita", Until: later}, true},
		{"a country", news.Mute{Entity: "country:ml"}, true},
		{"another country", news.Mute{Entity: "country:ne"}, false},
		{"the feed", news.Mute{Feed: "https://herald.example/rss"}, true},
		{"another feed", news.Mute{Feed: "https://wire.example/rss"}, false},
		{"the story", news.Mute{Story: "s-1"}, true},
		{"another story", news.Mute{Story: "s-2"}, false},
		{"a mute that has ended", news.Mute{Rule: "coup", Until: noon}, false},
		{"a mute of nothing", news.Mute{}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			room := newsroom{policy: policy}
			room.policy.Mutes = []news.Mute{tt.mute}
			x := born
			x.id, x.feed = "1", "https://herald.example/rss"
			d := room.decide(x)
			if silent := d.Kind == news.DigestOnly && len(d.Alerts) == 0; silent != tt.silent {
				t.Errorf("got %s (%s), silent: %v", d.Kind, d.Reason, tt.silent)
			}
			if tt.silent && (!strings.Contains(d.Reason, "muted") || !strings.Contains(d.Reason, tt.mute.Why)) {
				t.Errorf("reason %q does not tell of the mute", d.Reason)
			}
		})
	}
}

// A rule is muted for reports that no other rule matched.
func TestMuteOfARuleSparesOthers(t *testing.T) {
	p := policy
	p.Mutes = []news.Mute{{Rule: "coup"}}
	r := born.report()
	r.Matches = append(r.Matches, news.Match{Rule: "mutiny", Severity: news.Medium})
	if d := new(story.Stories).At(p, noon).Decide(r); d.Kind != news.New {
		t.Errorf("got %s (%s), want new", d.Kind, d.Reason)
	}
}

func TestMuteEnds(t *testing.T) {
	room := newsroom{policy: policy}
	room.policy.Mutes = []news.Mute{{Rule: "coup", Until: noon.Add(30 * time.Minute)}}
	if d := room.decide(born); d.Kind != news.DigestOnly {
		t.Fatalf("got %s (%s), want digest", d.Kind, d.Reason)
	}
	x := born
	x.publisher, x.at = "wire", time.Hour
	if d := room.decide(x); d.Kind != news.New || channels(d.Alerts, news.New) != "slack" {
		t.Errorf("after the mute: %s over %q (%s), want new over slack", d.Kind, channels(d.Alerts, news.New), d.Reason)
	}
}

func TestLimit(t *testing.T) {
	room := newsroom{policy: news.Policy{Routes: []news.Route{
		{To: []string{"slack"}, Severity: news.Medium, Limit: 2},
		{To: []string{"email:desk@example.org"}, Severity: news.Critical},
	}}}
	countries := []struct{ name, code string }{{"Mali", "ml"}, {"Fiji", "fj"}, {"Peru", "pe"}, {"Chad", "td"}, {"Laos", "la"}}
	told := func(i int, at time.Duration, severity news.Severity) news.Decision {
		c := countries[i]
		return room.decide(told{publisher: c.code, title: "Soldiers plot coup in " + c.name, entities: []string{"country:" + c.code}, at: at, severity: severity})
	}
	for i, want := range []news.Kind{news.New, news.New, news.DigestOnly} {
		if d := told(i, time.Duration(i)*time.Minute, news.High); d.Kind != want {
			t.Errorf("story %d: %s (%s), want %s", i, d.Kind, d.Reason, want)
		}
	}
	if d := told(3, 3*time.Minute, news.Critical); channels(d.Alerts, news.New) != "slack email:desk@example.org" {
		t.Errorf("a critical story went to %q (%s), want all channels", channels(d.Alerts, news.New), d.Reason)
	}
	if d := told(4, 62*time.Minute, news.High); d.Kind != news.New {
		t.Errorf("after an hour: %s (%s), want new", d.Kind, d.Reason)
	}
	if d := told(2, 63*time.Minute, news.High); d.Kind != news.New {
		t.Errorf("a story for which there was no room: %s (%s), want new", d.Kind, d.Reason)
	}
}

// The limit holds after a restart, and for all replicas together: what others
// told counts as soon as it is known.
func TestLimitAfterRestart(t *testing.T) {
	limited := news.Policy{Routes: []news.Route{{To: []string{"slack"}, Severity: news.Medium, Limit: 2}}}
	coup := func(name, code string, at time.Duration) told {
		return told{publisher: code, title: "Soldiers plot coup in " + name, entities: []string{"country:" + code}, at: at}
	}
	for _, tt := range []struct {
		name    string
		between func(room, other *newsroom)
	}{
		{"after a restart", func(room, _ *newsroom) { room.restart(t) }},
		{"with another replica", func(room, other *newsroom) {
			for _, s := range other.made {
				room.stories.At(limited, noon).Sync(2, []news.Story{s})
			}
		}},
	} {
		room, other := newsroom{policy: limited}, newsroom{policy: limited}
		told := map[string]*newsroom{"ml": &room, "fj": &room}
		if tt.name == "with another replica" {
			told["fj"] = &other
		}
		for i, c := range []struct{ name, code string }{{"Mali", "ml"}, {"Fiji", "fj"}} {
			if d := told[c.code].decide(coup(c.name, c.code, time.Duration(i)*time.Minute)); d.Kind != news.New {
				t.Fatalf("%s: story %d is %s (%s)", tt.name, i, d.Kind, d.Reason)
			}
		}
		tt.between(&room, &other)
		if d := room.decide(coup("Peru", "pe", 2*time.Minute)); d.Kind != news.DigestOnly || !strings.Contains(d.Reason, "as many alerts as it may take") {
			t.Errorf("%s: the third story within the hour is %s (%s)", tt.name, d.Kind, d.Reason)
		}
		if d := room.decide(coup("Chad", "td", 62*time.Minute)); d.Kind != news.New {
			t.Errorf("%s: an hour later a story is %s (%s)", tt.name, d.Kind, d.Reason)
		}
	}
}

// Who was not told of a story before is told of it as new, though others know
// it.
func TestNewToAChannel(t *testing.T) {
	var room newsroom
	room.decide(born)
	d := room.decide(told{publisher: "wire", title: "Soldiers seize palace in Bamako in coup against Mali's Goita", entities: mali, at: time.Hour, severity: news.Critical})
	got := map[string]news.Kind{}
	for _, a := range d.Alerts {
		got[a.Channel] = a.Kind
	}
	want := map[string]news.Kind{"slack": news.Escalation, "email:duty@example.org": news.New}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Updates and edits of the first message are gathered, and go to those only
// who were told the story.
func TestThread(t *testing.T) {
	room := newsroom{policy: policy}
	room.policy.Gather = 30 * time.Minute
	room.policy.Threads = []string{"slack", "slack:OTHER"}
	room.policy.Edits = []string{"slack", "slack:OTHER"}
	room.decide(born)
	turn := told{publisher: "wire", title: "Trial of colonels opens in Bamako over coup plot", summary: "Judges hear the first witnesses behind closed doors.", entities: mali, at: 60*time.Hour + 5*time.Minute}
	next := told{publisher: "post", title: "Goita flies to Algiers for talks on gold after plot", summary: "The delegation has nine ministers and a geologist.", entities: mali, at: 60*time.Hour + 20*time.Minute}
	first, second := room.decide(turn), room.decide(next)
	if first.Kind != news.Update || second.Kind != news.Update {
		t.Fatalf("got %s (%s) and %s (%s), want two updates", first.Kind, first.Reason, second.Kind, second.Reason)
	}
	if got := channels(second.Alerts, news.Update) + ", " + channels(second.Alerts, news.Refresh); got != "slack, slack" {
		t.Fatalf("update and refresh over %q, want slack", got)
	}
	due := noon.Add(60*time.Hour + 30*time.Minute)
	for i, a := range second.Alerts {
		if a.ID != first.Alerts[i].ID || !a.DueAt.Equal(due) {
			t.Errorf("%s is due at %v, want %s at %v", a.ID, a.DueAt, first.Alerts[i].ID, due)
		}
	}
	var titles []string
	for _, u := range second.Alerts[0].Updates {
		titles = append(titles, u.Title)
	}
	if diff := cmp.Diff([]string{turn.title, next.title}, titles); diff != "" {
		t.Error(diff)
	}
	copied := turn
	copied.publisher, copied.at = "echo", turn.at+time.Minute
	if d := room.decide(copied); d.Kind != news.Copy || channels(d.Alerts, news.Update) != "" || channels(d.Alerts, news.Refresh) != "slack" {
		t.Errorf("a copy: %s, update over %q, refresh over %q; want only a refresh", d.Kind, channels(d.Alerts, news.Update), channels(d.Alerts, news.Refresh))
	}
}

// Quiet hours hold the updates of a thread too, all of a night for one
// message; those of a critical story come at once, and edits, which make no
// sound, do as well.
func TestQuietHoursHoldUpdates(t *testing.T) {
	room := newsroom{policy: news.Policy{
		Routes: []news.Route{{To: []string{"slack"}, Severity: news.Medium, Quiet: &news.Quiet{From: 22 * time.Hour, To: 7 * time.Hour, Zone: time.UTC}}},
		Gather: 30 * time.Minute, Threads: []string{"slack"}, Edits: []string{"slack"},
	}}
	turn := func(title, summary string, at time.Duration, severity news.Severity) news.Decision {
		return room.decide(told{publisher: title[:6], title: title, summary: summary, entities: mali, at: at, severity: severity})
	}
	room.decide(born)
	night := 60 * time.Hour // midnight of the third day
	first := turn("Trial of colonels opens in Bamako over coup plot", "Judges hear the first witnesses behind closed doors.", night+5*time.Minute, news.High)
	second := turn("Goita flies to Algiers for talks on gold after plot", "The delegation has nine ministers and a geologist.", night+2*time.Hour, news.High)
	morning := noon.Add(night + 7*time.Hour)
	for _, d := range []news.Decision{first, second} {
		for _, a := range d.Alerts {
			if quick := a.DueAt.Before(morning); quick != (a.Kind == news.Refresh) || a.DueAt.After(morning) {
				t.Errorf("%s is due at %v, want an update at %v and an edit at once", a.ID, a.DueAt, morning)
			}
		}
	}
	if a := second.Alerts[0]; a.ID != first.Alerts[0].ID || len(a.Updates) != 2 {
		t.Errorf("the second update is owed as %s with %d developments, want those of the night together as %s", a.ID, len(a.Updates), first.Alerts[0].ID)
	}
	graver := turn("Soldiers seize palace in Bamako in coup against Mali's Goita", "Shots are heard at dawn.", night+3*time.Hour, news.Critical)
	if len(graver.Alerts) == 0 || !graver.Alerts[0].DueAt.Equal(noon.Add(night+3*time.Hour)) {
		t.Fatalf("a critical step is owed as %+v, want at once", graver.Alerts)
	}
	last := turn("Airport of Bamako reopens for pilgrims after plot", "The first flight carries rice, mail and a choir.", night+4*time.Hour, news.High)
	if due := last.Alerts[0].DueAt; last.Kind != news.Update || !due.Equal(noon.Add(night+4*time.Hour+30*time.Minute)) {
		t.Errorf("%s of a critical story is due at %v, want in half an hour", last.Kind, due)
	}
}

func TestOriginsEscalate(t *testing.T) {
	room := newsroom{policy: policy}
	room.policy.Origins = 3
	var kinds []news.Kind
	for i, title := range []string{
		"Soldiers reportedly plot coup against Goita in Mali", "Rumours of a coup plot by soldiers in Mali against Goita", "Mali soldiers reportedly in a plot for a coup against Goita",
		"In Mali rumours of a coup plot of soldiers against Goita", "Goita of Mali and the soldiers who reportedly plot a coup",
	} {
		x := told{publisher: fmt.Sprint("p", i), title: title, entities: mali, at: time.Duration(i) * time.Hour}
		kinds = append(kinds, room.decide(x).Kind)
	}
	want := []news.Kind{news.New, news.Copy, news.Escalation, news.Copy, news.Copy}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Error(diff)
	}
}

func TestSurge(t *testing.T) {
	var room newsroom
	day := 24 * time.Hour
	var kinds []news.Kind
	for i, at := range []time.Duration{0, day, 2 * day, 8 * day, 8*day + 5*time.Hour, 8*day + 10*time.Hour, 8*day + 11*time.Hour} {
		x := born
		x.publisher, x.at = string(rune('a'+i)), at
		d := room.decide(x)
		if d.Kind == news.Update {
			d.Kind = news.Copy
		}
		kinds = append(kinds, d.Kind)
	}
	want := []news.Kind{news.New, news.Copy, news.Copy, news.Copy, news.Copy, news.Escalation, news.Copy}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Error(diff)
	}
}

// People hear of a denial also if the story was told officially, and it is no
// copy of what it denies; they hear of it once.
func TestDenialIsHeard(t *testing.T) {
	mali := []string{"country:ml", "goita"}
	room := newsroom{policy: policy}
	first := told{publisher: "herald", title: "Mali army announces it foiled plot by officers against Goita", entities: mali}
	denial := told{publisher: "wire", title: "Mali presidency denies officers plot against Goita", entities: mali, at: 3 * time.Hour}
	if d := room.decide(first); d.Story.Status != news.Official {
		t.Fatalf("status %s, want official", d.Story.Status)
	}
	d := room.decide(denial)
	if d.Kind != news.Escalation || channels(d.Alerts, news.Escalation) != "slack" || d.Update != d.Story.Updates[1].ID {
		t.Errorf("got %s (%s), update %s of %v; want an escalation with a development of its own", d.Kind, d.Reason, d.Update, d.Story.Updates)
	}
	if a := d.Alerts[0]; a.Reason != "it is now denied, by Mali presidency; told officially before by Mali army" {
		t.Errorf("people are told %q, want what changed and no more", a.Reason)
	}
	again := denial
	again.publisher, again.at = "post", 4*time.Hour
	if d := room.decide(again); d.Kind != news.Copy {
		t.Errorf("told again: got %s (%s), want copy", d.Kind, d.Reason)
	}
}

// Who heard a word that was corrected or taken back hears that, and by whom;
// who hears the same word again does not.
func TestWrongStepIsTakenBack(t *testing.T) {
	mali := []string{"country:ml", "goita"}
	var room newsroom
	tell := func(hours int, publisher, title string) news.Decision {
		return room.decide(told{publisher: publisher, title: title, entities: mali, at: time.Duration(hours) * time.Hour})
	}
	for i, x := range []struct {
		publisher, title string
		kind             news.Kind
		status           news.Status
		reason           string
	}{
		{"a", "Officers plot coup against Goita in Mali, exile claims", news.New, news.Claim, ""},
		{"b", "Mali army confirms officers' coup plot against Goita", news.Escalation, news.Official, "it is now told officially, by Mali army"},
		{"c", "Mali presidency denies officers' coup plot against Goita", news.Escalation, news.Denied, "it is now denied, by Mali presidency; told officially before by Mali army"},
		{"d", "Army of Mali confirms officers' coup plot against Goita", "", news.Denied, ""},
		{"e", "Mali court sentences officers over coup plot against Goita", news.Escalation, news.Official, "it is now told officially, by Mali court; denied before by Mali presidency"},
		{"e", "Correction: no sentences of officers over coup plot against Goita in Mali", news.Escalation, news.Denied, "what Mali court told is withdrawn: it is now told as denied"},
	} {
		d := tell(i, x.publisher, x.title)
		if x.kind != "" && d.Kind != x.kind || x.kind == "" && (d.Kind == news.New || d.Kind == news.Escalation) || d.Story.Status != x.status {
			t.Fatalf("%s: %s, %s (%s); want %s, %s", x.title, d.Kind, d.Story.Status, d.Reason, x.kind, x.status)
		}
		if x.reason != "" && (len(d.Alerts) == 0 || d.Alerts[0].Reason != x.reason) {
			t.Errorf("%s: people are told %q, want %q", x.title, d.Reason, x.reason)
		}
	}
}

// An official word interrupts, however soon it comes after the event was told
// as a fact.
func TestOfficialWordIsHeardAtOnce(t *testing.T) {
	var room newsroom
	mali := []string{"country:ml"}
	room.decide(told{publisher: "a", title: "Soldiers seize palace in Mali in coup", entities: mali})
	d := room.decide(told{publisher: "b", title: "Army of Mali announces on television that it took power in coup", entities: mali, at: 10 * time.Minute})
	if d.Kind != news.Escalation || d.Story.Status != news.Official {
		t.Errorf("got %s, %s (%s), want an escalation", d.Kind, d.Story.Status, d.Reason)
	}
}

// What is told officially beside the event does not make the event official.
func TestSideWordIsNoStep(t *testing.T) {
	for _, title := range []string{
		"France's foreign ministry announces evacuation of citizens after coup in Mali",
		"Paris denies any role in coup in Mali",
		"Mali transport ministry announces new flights after coup",
	} {
		var room newsroom
		mali := []string{"country:ml"}
		room.decide(told{publisher: "a", title: "Soldiers plot coup in Mali, exile claims", entities: mali})
		d := room.decide(told{publisher: "b", title: title, entities: mali, at: time.Hour})
		if d.Story.Status != news.Claim || d.Kind == news.Escalation {
			t.Errorf("%s: %s, the story is %s (%s)", title, d.Kind, d.Story.Status, d.Reason)
		}
	}
}
