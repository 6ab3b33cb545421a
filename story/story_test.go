package story_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story"
)

func TestDecide(t *testing.T) {
	tests := []struct {
		name   string
		before []told
		report told
		kind   news.Kind
		same   bool   // it joins the first story
		to     string // channels told, joined by a space
		reason string // part of it
	}{
		{name: "first report", report: born, kind: news.New, to: "slack", reason: "a new story"},
		{name: "critical reaches all", report: told{publisher: "herald", title: born.title, severity: news.Critical}, kind: news.New, to: "slack email:duty@example.org"},
		{name: "a route for one rule", report: told{publisher: "herald", title: "Colonel defects from Mali", rule: "defection"}, kind: news.New, to: "slack slack:C9"},
		{name: "a route for a country and a tag", report: told{publisher: "herald", title: born.title, entities: mali, tags: []string{"africa"}}, kind: news.New, to: "slack slack:MALI"},
		{name: "first reading wakes nobody", report: told{publisher: "herald", title: born.title, first: true}, kind: news.DigestOnly, reason: "first reading"},
		{name: "old news wakes nobody", before: nil, report: told{publisher: "herald", title: born.title, severity: news.Low}, kind: news.DigestOnly, reason: "low severity"},
		{
			name: "another publisher tells it", before: []told{born},
			report: told{publisher: "wire", title: "Mali officers plot coup against Goita, sources say", summary: "Soldiers planned to seize the palace in Bamako.", entities: mali, at: time.Hour},
			kind:   news.Copy, same: true, reason: "told already",
		},
		{
			name: "the same publisher again", before: []told{born},
			report: told{publisher: "herald", title: "Coup plot against Mali's Goita: soldiers planned to seize palace", entities: mali, at: time.Hour},
			kind:   news.Copy, same: true,
		},
		{
			name: "graver", before: []told{born},
			report: told{publisher: "wire", title: "Soldiers seize palace in Bamako in coup against Mali's Goita", entities: mali, at: time.Hour, severity: news.Critical},
			kind:   news.Escalation, same: true, to: "slack email:duty@example.org", reason: "from high to critical",
		},
		{
			name: "told officially", before: []told{born},
			report: told{publisher: "wire", title: "Mali government announces it foiled coup plot by soldiers against Goita", entities: mali, at: time.Hour},
			kind:   news.Escalation, same: true, to: "slack", reason: "told officially",
		},
		{
			name: "denied", before: []told{born},
			report: told{publisher: "wire", title: "Mali presidency denies soldiers plot coup against Goita", entities: mali, at: time.Hour},
			kind:   news.Escalation, same: true, to: "slack", reason: "denied",
		},
		{
			name: "a turn of events", before: []told{born},
			report: told{publisher: "wire", title: "Trial of colonels opens in Bamako over coup plot", summary: "Judges hear the first witnesses behind closed doors.", entities: mali, at: 60 * time.Hour},
			kind:   news.Update, same: true, reason: "a new development",
		},
		{
			name: "in another language", before: []told{born},
			report: told{publisher: "vesti", title: "В Мали военные готовили переворот против Гойты", language: "ru", entities: mali, at: time.Hour},
			kind:   news.Update, same: true,
		},
		{
			name: "another country", before: []told{born},
			report: told{publisher: "wire", title: "Soldiers plot coup against president in Gabon", entities: []string{"country:ga"}, at: time.Hour},
			kind:   news.New, to: "slack",
		},
		{
			name: "a first reading opens the story, a fresh report tells it", before: []told{{publisher: "herald", title: born.title, summary: born.summary, entities: mali, first: true}},
			report: told{publisher: "wire", title: "Officers plot coup in Mali against Goita", entities: mali, at: time.Hour},
			kind:   news.New, same: true, to: "slack", reason: "first report of its story that is worth an alert",
		},
		{
			name: "edited", before: []told{born},
			report: told{publisher: "herald", id: "heraldSoldiers plot coup against Goita in Mali", title: "Soldiers plotted coup against Goita in Mali", entities: mali, at: time.Hour, inStory: "s-heraldSoldiers plot coup against Goita in Mali"},
			kind:   news.Copy, same: true, reason: "an edited text",
		},
		{
			name: "years later it is another event", before: []told{born},
			report: told{publisher: "wire", title: born.title, summary: born.summary, entities: mali, at: 400 * 24 * time.Hour},
			kind:   news.New, to: "slack",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var room newsroom
			first := ""
			for _, b := range tt.before {
				if d := room.decide(b); first == "" {
					first = d.Story.ID
				}
			}
			d := room.decide(tt.report)
			if d.Kind != tt.kind {
				t.Errorf("kind = %s (%s), want %s", d.Kind, d.Reason, tt.kind)
			}
			if same := d.Story.ID == first; same != tt.same {
				t.Errorf("joins the first story: %v (%s), want %v", same, d.Reason, tt.same)
			}
			if got := channels(d.Alerts, news.New, news.Escalation); got != tt.to {
				t.Errorf("told over %q, want %q", got, tt.to)
			}
			if !strings.Contains(d.Reason, tt.reason) {
				t.Errorf("reason %q lacks %q", d.Reason, tt.reason)
			}
		})
	}
}

// Where a rule finds every other item, a country says less: two events of a
// rule for all that police do are no one story.
func TestBroadRule(t *testing.T) {
	var room newsroom
	for i := range 60 {
		room.decide(told{publisher: "herald", rule: "police", title: fmt.Sprintf("Police report number%d about town%d", i, i), entities: []string{fmt.Sprintf("country:x%d", i)}})
	}
	first := room.decide(told{publisher: "herald", rule: "police", title: "Police seize frozen dormice near Bamako", entities: mali})
	second := room.decide(told{publisher: "wire", rule: "police", title: "Church painted over, police look for vandals", entities: mali, at: time.Hour})
	third := room.decide(told{publisher: "wire", rule: "police", title: "Frozen dormice seized by police near Bamako", entities: mali, at: 2 * time.Hour})
	if first.Story.ID == second.Story.ID || first.Story.ID != third.Story.ID {
		t.Errorf("in stories %s, %s (%s) and %s (%s), want the second apart", first.Story.ID, second.Story.ID, second.Reason, third.Story.ID, third.Reason)
	}
}

func TestOldNewsWakesNobody(t *testing.T) {
	r := told{publisher: "herald", title: "Soldiers plot coup in Mali"}.report()
	d := new(story.Stories).At(policy, noon.Add(25*time.Hour)).Decide(r)
	if d.Kind != news.DigestOnly || !strings.Contains(d.Reason, "max_age") {
		t.Errorf("got %s (%s), want digest because of max_age", d.Kind, d.Reason)
	}
}

func TestQuietHoursDelay(t *testing.T) {
	quiet := policy
	quiet.Routes = []news.Route{{To: []string{"slack"}, Severity: news.Medium, Quiet: &news.Quiet{From: 10 * time.Hour, To: 14 * time.Hour, Zone: time.UTC}}}
	for severity, want := range map[news.Severity]time.Time{news.High: noon.Add(2 * time.Hour), news.Critical: noon} {
		d := new(story.Stories).At(quiet, noon).Decide(told{publisher: "herald", title: "Soldiers plot coup in Mali", severity: severity}.report())
		if len(d.Alerts) != 1 || !d.Alerts[0].DueAt.Equal(want) {
			t.Errorf("%s: got %v, want one alert due at %v", severity, d.Alerts, want)
		}
	}
}

// Mali is where most of the tests take place.
var mali = []string{"country:ml", "goita"}

// born is the first report of the story that most of the tests tell.
var born = told{publisher: "herald", title: "Soldiers plot coup against Goita in Mali", summary: "Officers in Bamako planned to seize the palace, sources said.", entities: mali}

func TestAnotherEvent(t *testing.T) {
	week := 7 * 24 * time.Hour
	fears := told{publisher: "wire", title: "Fears of a coup in Mali as officers grumble over pay", summary: "Diplomats in Bamako are uneasy.", entities: []string{"country:ml"}, severity: news.Medium}
	tests := []struct {
		name         string
		before       []told
		report       told
		kind         news.Kind
		same, linked bool
	}{
		{
			name: "soon after, of the same people", before: []told{born},
			report: told{publisher: "wire", title: "Goita dismisses the head of the electricity board in feud over contracts", summary: "The board had awarded turbines to a cousin.", entities: mali, rule: "feud", at: 2 * week},
			kind:   news.New, linked: true,
		},
		{
			name: "the event that was feared", before: []told{fears, {publisher: "herald", title: "Coup fears in Mali, says analyst", entities: []string{"country:ml"}, severity: news.Medium, at: time.Hour}},
			report: told{publisher: "wire", title: "Gunfire at the palace: troops on television say Goita is deposed", summary: "Borders are shut and a curfew begins at nine.", entities: mali, severity: news.Critical, at: 12 * 24 * time.Hour},
			kind:   news.New, linked: true,
		},
		{
			name: "an anniversary", before: []told{born},
			report: told{publisher: "wire", title: born.title, summary: born.summary, entities: mali, at: 52 * week},
			kind:   news.New,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var room newsroom
			var first news.Decision
			for _, b := range tt.before {
				if d := room.decide(b); first.Story.ID == "" {
					first = d
				}
			}
			d := room.decide(tt.report)
			if d.Kind != tt.kind && d.Kind != news.Escalation {
				t.Errorf("kind = %s (%s), want people to be interrupted", d.Kind, d.Reason)
			}
			if tt.kind == news.New && d.Story.ID == first.Story.ID {
				t.Errorf("it joined the earlier story: %s", d.Reason)
			}
			if got := slices.Contains(d.Story.Linked, first.Story.ID); got != tt.linked {
				t.Errorf("linked to the earlier story: %v, want %v (%s)", got, tt.linked, d.Reason)
			}
		})
	}
}

func TestSameText(t *testing.T) {
	const wire = "Colonels of the northern garrison met in a disused brickworks outside Bamako in March. They agreed that nothing should be put in writing before the rains had ended."
	tests := []struct {
		name          string
		first, second told
		reason        string
	}{
		{
			name:  "the same link in another feed",
			first: told{publisher: "herald", title: "Soldiers plot coup against Goita in Mali", entities: mali, link: "https://herald.example/world/1?utm_source=rss"}, second: told{id: "2", publisher: "herald", title: "Mali: what the officers wanted", entities: []string{"country:ml"}, link: "https://m.herald.example/world/1"},
			reason: "the same article, read in another feed",
		},
		{
			name:  "the same text by another publisher, under another headline",
			first: told{publisher: "wire", title: "Plot in a brickworks", body: wire, entities: []string{"country:ml"}}, second: told{publisher: "post", title: "How colonels hatched a coup", body: "BAMAKO (Wire) — " + wire, at: 30 * time.Hour},
			reason: "the text of wire again",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var room newsroom
			first, second := room.decide(tt.first), room.decide(tt.second)
			if second.Story.ID != first.Story.ID || second.Kind != news.Copy || !strings.Contains(second.Reason, tt.reason) {
				t.Errorf("got %s of %s (%s), want a copy in %s because of %s", second.Kind, second.Story.ID, second.Reason, first.Story.ID, tt.reason)
			}
			if second.Update != first.Update {
				t.Errorf("it copies %q, want %q", second.Update, first.Update)
			}
			if n := len(second.Story.Origins); n != 1 {
				t.Errorf("%d origins, want 1: %v", n, second.Story.Origins)
			}
		})
	}
}

// A story that came to people again and again keeps its country warm.
func TestWarm(t *testing.T) {
	aftermath := told{publisher: "post", title: "Bamako shops reopen as curfew after palace siege is eased", summary: "Soldiers who held the palace against Goita are still at large in Mali.", rule: "none", entities: mali}
	elsewhere := told{publisher: "post", title: "Shops reopen in Lima as curfew is eased", rule: "none", entities: []string{"country:pe"}}
	unlike := told{publisher: "post", title: "Mali striker signs for a club in Lyon", summary: "The forward scored twelve goals.", rule: "none", entities: []string{"country:ml"}}
	tests := []struct {
		name    string
		reports int // worth an alert
		report  told
		after   time.Duration
		joins   bool
	}{
		{"hot", 12, aftermath, 36 * time.Hour, true},
		{"hot, but of low severity", 12, told{publisher: "post", title: aftermath.title, summary: aftermath.summary, severity: news.Low, entities: mali}, 36 * time.Hour, true},
		{"hot, and only its people are named", 12, told{publisher: "post", title: "Curfew after palace siege is eased, and Goita thanks soldiers who held the palace", rule: "none", entities: []string{"goita"}}, 36 * time.Hour, true},
		{"never hot", 1, aftermath, 36 * time.Hour, false},
		{"cooled", 12, aftermath, 50 * 24 * time.Hour, false},
		{"another country", 12, elsewhere, 36 * time.Hour, false},
		{"another matter", 12, unlike, 36 * time.Hour, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var room newsroom
			var hot news.Decision
			for i := range tt.reports {
				hot = room.decide(told{
					publisher: fmt.Sprint("p", i), title: "Soldiers hold the palace in Bamako in coup against Goita", summary: fmt.Sprint("The siege of the palace goes on, and a curfew is in force in Mali. Day ", i),
					entities: mali, at: time.Duration(i) * 2 * time.Hour,
				})
			}
			x := tt.report
			x.at = tt.after
			d := room.decide(x)
			joined := d.Kind == news.Update || d.Kind == news.Copy
			if joined != tt.joins {
				t.Fatalf("joins: %v (%s: %s), want %v", joined, d.Kind, d.Reason, tt.joins)
			}
			if !joined && x.rule == "none" && d.Story.ID != "" {
				t.Errorf("a report without a match went to %s: %s", d.Story.ID, d.Reason)
			}
			if joined && (!strings.Contains(d.Reason, "has had many reports of late") || d.Story.Severity != hot.Story.Severity || d.Story.Status != hot.Story.Status) {
				t.Errorf("got %s, %s, %s; want the story as grave and firm as before, because it has had many reports of late", d.Reason, d.Story.Severity, d.Story.Status)
			}
		})
	}
}

func TestStatus(t *testing.T) {
	tests := []struct {
		title string
		want  news.Status
	}{
		{"Rumours of a coup sweep the capital", news.Rumour},
		{"Слухи о перевороте в столице", news.Rumour},
		{"Чутки про переворот у столиці", news.Rumour},
		{"Coup is near, exile claims", news.Claim},
		{"Диссидент заявил о перевороте", news.Claim},
		{"Дисидент повідомив про заколот", news.Claim},
		{"Soldiers storm the palace", news.Reported},
		{"Army announces it has taken power", news.Official},
		{"Министерство обороны объявило о мятеже", news.Official},
		{"Президент оголосив воєнний стан", news.Official},
		{"Government denies coup", news.Denied},
		{"Кремль опроверг слухи об отставке", news.Denied},
		{"Влада спростувала чутки", news.Denied},
	}
	for _, tt := range tests {
		d := new(story.Stories).At(policy, noon).Decide(told{publisher: "a", title: tt.title}.report())
		if d.Story.Status != tt.want {
			t.Errorf("%q: status %q, want %q", tt.title, d.Story.Status, tt.want)
		}
	}
}
