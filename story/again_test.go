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

// edit returns the report x after its text was edited, as it is read later.
func (x told) edit(title string, entities []string, later time.Duration) news.Report {
	id := x.report().ID
	x.id, x.title, x.entities, x.at, x.inStory = id, title, entities, x.at+later, "s-"+id
	return x.report()
}

// A report that was edited is compared by what it tells now, as it would be
// after a restart.
func TestEditIsRememberedAsItIsNow(t *testing.T) {
	var lived, restarted newsroom
	first := told{publisher: "herald", title: "Mutiny of guards in Bamako", summary: "The palace is closed.", rule: "mutiny", entities: mali}
	edited := first.edit("Mutiny of guards in Bamako over unpaid harpsichord lessons", mali, time.Hour)
	edited.Summary = "Colonel Fofana sold the instruments to a circus."
	next := told{publisher: "wire", title: "Harpsichord lessons unpaid, circus keeps instruments of Colonel Fofana", rule: "other", at: 2 * time.Hour}
	for _, room := range []*newsroom{&lived, &restarted} {
		room.decide(first)
		room.read(edited, noon.Add(time.Hour))
	}
	restarted.restart(t)
	got, want := lived.decide(next), restarted.decide(next)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	if got.Story.Reports != 2 {
		t.Errorf("what is told like the edited text: %s, a story of %d reports; want it in the story", got.Reason, got.Story.Reports)
	}
}

// What an edited text says more is of the story: its rules and entities choose
// who hears, its countries where the digest has it, and its words what is like
// it.
func TestEditAddsToTheStory(t *testing.T) {
	room := newsroom{policy: policy}
	first := told{publisher: "herald", title: "Mutiny of guards in Bamako", rule: "mutiny", entities: mali}
	room.decide(first)
	r := first.edit("Mutiny of guards in Bamako: colonel defects to Niger", []string{"country:ml", "country:ne", "keita"}, time.Hour)
	r.Matches = append(r.Matches, news.Match{Rule: "defection", Severity: news.High})
	d := room.read(r, noon.Add(time.Hour))
	s := d.Story
	if !slices.Contains(s.Rules, "defection") || !slices.Contains(s.Entities, "keita") || !slices.Contains(s.Countries, "ne") || s.Reports != 1 {
		t.Errorf("a story of rules %q, entities %q, countries %q and %d reports; want those of the edited text too, of one report", s.Rules, s.Entities, s.Countries, s.Reports)
	}
	if got := channels(d.Alerts, news.New); got != "slack:C9" {
		t.Errorf("told over %q (%s), want over the channel of the new rule", got, d.Reason)
	}
	if !slices.ContainsFunc(s.Gists[0].Words, func(w news.Word) bool { return strings.HasPrefix(w.Text, "colonel") }) || len(s.Gists) != 1 {
		t.Errorf("its report is remembered as %v, want by the words of the edited text", s.Gists)
	}
}

// An outlet that uses one entry for what comes next tells of another event.
func TestEditTellsOfAnotherEvent(t *testing.T) {
	room := newsroom{policy: policy}
	first := told{publisher: "herald", title: "Officers plot a coup in Mali", entities: mali}
	old := room.decide(first).Story
	r := first.edit("Army mutiny and coup shake the Niger capital", []string{"country:ne"}, 30*time.Hour)
	r.Published = noon // the entry keeps its date
	d := room.read(r, noon.Add(30*time.Hour))
	if d.Kind != news.New || d.Story.ID == old.ID || channels(d.Alerts, news.New) != "slack" {
		t.Fatalf("%s of %s over %q (%s), want a new story that people hear of", d.Kind, d.Story.ID, channels(d.Alerts, news.New), d.Reason)
	}
	if slices.Contains(d.Story.Countries, "ml") || room.made[old.ID].Reports != 1 {
		t.Errorf("the story is of %q, want Niger alone, and the old one as it was", d.Story.Countries)
	}
	again := first.edit("Army mutiny and coup shake the capital of Niger", []string{"country:ne"}, 31*time.Hour)
	again.Story = d.Story.ID
	if e := room.read(again, noon.Add(31*time.Hour)); e.Story.ID != d.Story.ID || e.Kind != news.Copy || e.Story.Reports != 1 {
		t.Errorf("edited again: %s of %s with %d reports, want a copy of the new story's one", e.Kind, e.Story.ID, e.Story.Reports)
	}
}

// A denial by way of an edit is heard as one that comes as an item of its own,
// and once.
func TestEditDenies(t *testing.T) {
	room := newsroom{policy: policy}
	first := told{publisher: "herald", title: "Coup in Mali, officers say", entities: mali}
	room.decide(first)
	r := first.edit("Government of Mali denies coup", mali, 2*time.Hour)
	d := room.read(r, noon.Add(2*time.Hour))
	if d.Kind != news.Escalation || d.Story.Status != news.Denied || channels(d.Alerts, news.Escalation) != "slack" || len(d.Story.Updates) != 2 {
		t.Fatalf("%s, %s over %q (%s), %d developments; want a denial that people hear, as a development of its own",
			d.Kind, d.Story.Status, channels(d.Alerts, news.Escalation), d.Reason, len(d.Story.Updates))
	}
	typo := first.edit("Government of Mali denies a coup", mali, 3*time.Hour)
	if d = room.read(typo, noon.Add(3*time.Hour)); d.Kind != news.Copy || channels(d.Alerts, news.Escalation) != "" {
		t.Errorf("edited again: %s (%s), want a copy", d.Kind, d.Reason)
	}
}

// A word changed here and there is no turn of events.
func TestEditOfWordsIsSilent(t *testing.T) {
	room := newsroom{policy: policy}
	room.policy.Gather, room.policy.Threads = 30*time.Minute, []string{"slack"}
	room.decide(born)
	for i, title := range []string{"Soldiers plotted coup against Goita in Mali", "Soldiers 'plotted coup' against Mali leader Goita, says army source"} {
		r := born.edit(title, mali, time.Duration(i+1)*time.Hour)
		if d := room.read(r, r.Published); d.Kind != news.Copy || len(d.Alerts) > 0 || d.Story.Reports != 1 {
			t.Errorf("%q: %s (%s), %d alerts, %d reports; want a silent copy", title, d.Kind, d.Reason, len(d.Alerts), d.Story.Reports)
		}
	}
}

// The number that people read is of articles: one at two addresses counts once.
func TestArticleCountsOnce(t *testing.T) {
	base := told{id: "1", publisher: "herald", title: "Soldiers plot coup against Goita in Mali", summary: "Officers in Bamako planned to seize the palace.", entities: mali, link: "http://herald.example/a/1"}
	for _, tt := range []struct {
		name  string
		again func(*told)
		want  int
	}{
		{"under https", func(x *told) { x.link = "https://herald.example/a/1" }, 1},
		{"under www", func(x *told) { x.link = "https://www.herald.example/a/1?utm_source=rss" }, 1},
		{"in a feed of the same outlet's other desk", func(x *told) { x.feed = "https://herald.example/africa" }, 1},
		{"in an aggregator", func(x *told) { x.publisher, x.feed = "All The News", "https://all.example/rss" }, 1},
		{"under another slug", func(x *told) { x.link = "https://herald.example/b/soldiers-plot" }, 1},
		{"under another slug, a slip mended", func(x *told) {
			x.title, x.link = "Soldirs plot coup against Goita in Mali", "https://herald.example/b/soldiers-plot"
		}, 1},
		{"by another outlet", func(x *told) { x.publisher, x.link = "wire", "https://wire.example/7" }, 2},
		{"the next day", func(x *told) { x.link, x.at = "https://herald.example/b", 26*time.Hour }, 2},
		{"with other words", func(x *told) {
			x.title, x.link = "Soldiers plot third coup against Goita in Mali", "https://herald.example/b"
		}, 2},
	} {
		room := newsroom{policy: policy}
		room.decide(base)
		x := base
		x.id, x.at = "2", time.Hour
		tt.again(&x)
		d := room.decide(x)
		reports := 0
		for _, o := range d.Story.Origins {
			reports += o.Reports
		}
		if d.Story.Reports != tt.want || d.Story.Sources[0].Reports+len(d.Story.Sources)-1 != tt.want || reports != tt.want || d.Kind == news.New {
			t.Errorf("%s: %d reports, sources %+v, %d for its origins (%s, %s); want %d", tt.name, d.Story.Reports, d.Story.Sources, reports, d.Kind, d.Reason, tt.want)
		}
	}
}
