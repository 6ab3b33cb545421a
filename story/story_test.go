package story_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

var policy = news.Policy{
	MaxAge: 24 * time.Hour,
	Routes: []news.Route{
		{To: []string{"slack"}, Severity: news.Medium},
		{To: []string{"email:duty@example.org", "slack"}, Severity: news.Critical},
		{To: []string{"slack:C9"}, Severity: news.Medium, Rules: []string{"defection"}},
		{To: []string{"slack:MALI"}, Severity: news.High, Entities: []string{"country:ml"}, Tags: []string{"africa"}},
	},
}

// A told is a report in short.
type told struct {
	id, publisher  string
	title, summary string
	rule           string // default "coup"
	severity       news.Severity
	entities       []string // "country:ml" for countries
	at             time.Duration
	language       string
	first          bool
	inStory        string
	tags           []string
}

func (x told) report() news.Report {
	if x.id == "" {
		x.id = x.publisher + x.title
	}
	if x.rule == "" {
		x.rule = "coup"
	}
	if x.severity == 0 {
		x.severity = news.High
	}
	if x.language == "" {
		x.language = "en"
	}
	r := news.Report{
		Item: news.Item{
			ID: x.id, Publisher: x.publisher, Title: x.title, Summary: x.summary, Language: x.language,
			Tags: x.tags, Link: "https://" + x.publisher + ".example/1", Published: noon.Add(x.at), Fetched: noon.Add(x.at),
		},
		Matches: []news.Match{{Rule: x.rule, Severity: x.severity}},
		First:   x.first, Revised: x.inStory != "", Story: x.inStory,
	}
	for _, e := range x.entities {
		m := news.Mention{Entity: e}
		if c, ok := strings.CutPrefix(e, "country:"); ok {
			m.Country = c
		}
		r.Mentions = append(r.Mentions, m)
	}
	return r
}

// a newsroom decides about reports one after the other.
type newsroom struct {
	stories story.Stories
	made    map[string]news.Story // by id, as they were last
	now     time.Time
}

func (n *newsroom) decide(x told) news.Decision {
	r := x.report()
	n.now = noon.Add(x.at)
	d := n.stories.At(policy, n.now).Decide(r)
	if n.made == nil {
		n.made = map[string]news.Story{}
	}
	n.made[d.Story.ID] = d.Story
	return d
}

func TestDecide(t *testing.T) {
	mali := []string{"country:ml", "goita"}
	born := told{publisher: "herald", title: "Soldiers plot coup against Goita in Mali", summary: "Officers in Bamako planned to seize the palace, sources said.", entities: mali}
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
			kind:   news.Update, same: true, reason: "one more publisher",
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
			var to []string
			for _, a := range d.Alerts {
				to = append(to, a.Channel)
			}
			if got := strings.Join(to, " "); got != tt.to {
				t.Errorf("told over %q, want %q", got, tt.to)
			}
			if !strings.Contains(d.Reason, tt.reason) {
				t.Errorf("reason %q lacks %q", d.Reason, tt.reason)
			}
		})
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

// Whatever the reports and their order, nobody is told the same thing twice, a
// story's severity never falls, and the stories given are never written to.
func TestDecideNeverRepeatsItself(t *testing.T) {
	titles := []string{
		"Soldiers plot coup against Goita in Mali", "Mali denies coup plot", "Army announces coup in Mali", "Coup in Mali: rumours spread",
		"General dismissed in Niger", "Niger junta announces dismissal of general", "Guards officer defects from Velmaria", "Mutiny in Tolmin barracks",
	}
	for seed := range uint64(50) {
		random := rand.New(rand.NewPCG(seed, 1))
		var room newsroom
		alerts := map[string]bool{}
		for i := range 60 {
			x := told{
				id: fmt.Sprint(i), publisher: fmt.Sprint("p", random.IntN(5)), title: titles[random.IntN(len(titles))],
				severity: news.Severity(1 + random.IntN(4)), at: time.Duration(random.IntN(72)) * time.Hour, first: random.IntN(10) == 0,
			}
			before := maps.Clone(room.made)
			copies := fmt.Sprint(before)
			d := room.decide(x)
			if fmt.Sprint(before) != copies {
				t.Fatal("Decide wrote to a story that it gave away")
			}
			if b := before[d.Story.ID]; d.Story.Severity < b.Severity {
				t.Errorf("severity of %s fell from %s to %s", b.ID, b.Severity, d.Story.Severity)
			}
			for _, a := range d.Alerts {
				if alerts[a.ID] {
					t.Errorf("seed %d: %s is owed twice", seed, a.ID)
				}
				alerts[a.ID] = true
			}
		}
		if len(alerts) == 0 {
			t.Fatal("nobody was told anything")
		}
	}
}

func TestDecideIsDeterministic(t *testing.T) {
	run := func() []news.Decision {
		var room newsroom
		var out []news.Decision
		for i := range 20 {
			out = append(out, room.decide(told{publisher: fmt.Sprint("p", i%4), title: "Soldiers plot coup against Goita in Mali " + fmt.Sprint(i%7), at: time.Duration(i) * time.Hour}))
		}
		return out
	}
	if diff := cmp.Diff(run(), run()); diff != "" {
		t.Error(diff)
	}
}
