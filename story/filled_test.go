package story_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
)

// A paged is a report and the text of its page.
type paged struct {
	told
	page string
}

// filled returns the report as it is when its page was read, after it was decided
// as what the story has of it.
func (x paged) filled(d news.Decision) news.Report {
	r := x.whole()
	r.Filled, r.Story = true, d.Story.ID
	return r
}

// whole returns the report as it is when its page was read before it was decided.
func (x paged) whole() news.Report {
	r := x.report()
	r.Item = r.WithPage(x.page)
	for _, span := range found(x.page) {
		span.Field = news.Body
		r.Matches[0].Spans = append(r.Matches[0].Spans, span)
	}
	return r
}

const interview = `Officers of the palace guard of Mali are preparing a coup, the exile Oumar Bellal told Radio Sahel Libre.
According to Bellal the officers met twice in a villa by the river and counted who would follow them.
He said that the colonel who leads them was passed over for promotion in spring and never forgave it.
The government in Bamako called the plot of a coup an invention and did not answer further questions on Friday evening.`

// Reports of one rumour: their feeds do not say where it comes from, their pages
// do.
var rumours = []paged{
	{told{publisher: "The Meridian", title: "Palace guard of Mali plans coup, exile says", summary: "Trouble in Bamako.", entities: mali}, interview},
	{
		told{publisher: "Harbour Post", title: "Coup is planned in Mali palace guard", summary: "Unrest in Bamako grows.", entities: mali, at: time.Hour},
		`A coup is planned in the palace guard of Mali, Oumar Bellal said in an interview with Radio Sahel Libre that was broadcast on Friday.` + "\n" + `Bellal left the country two years ago.`,
	},
	{told{publisher: "Valley Courier", title: "Mali: coup planned in the palace guard", summary: "A villa by the river.", entities: mali, at: 2 * time.Hour}, interview},
}

// A report whose page comes late ends where it would have with its page at once,
// and people are told no more.
func TestFilledIsAsReadAtOnce(t *testing.T) {
	var late, atOnce newsroom
	for _, x := range rumours {
		want := atOnce.read(x.whole(), noon.Add(x.at))
		first := late.read(x.report(), noon.Add(x.at))
		got := late.read(x.filled(first), noon.Add(x.at+time.Minute))
		if n := len(got.Alerts); n > 0 {
			t.Errorf("%s: people are told again: %s (%s)", x.publisher, got.Alerts[0].Kind, got.Reason)
		}
		if again := late.read(x.filled(got), noon.Add(x.at+2*time.Minute)); len(again.Alerts) > 0 || again.Story.Reports != got.Story.Reports {
			t.Errorf("%s: decided twice it makes %d reports of %d, and %d alerts", x.publisher, again.Story.Reports, got.Story.Reports, len(again.Alerts))
		}
		if got.Story.Reports != want.Story.Reports || got.Story.Status != want.Story.Status {
			t.Errorf("%s: %d reports, %v; want %d, %v", x.publisher, got.Story.Reports, got.Story.Status, want.Story.Reports, want.Story.Status)
		}
		if diff := cmp.Diff(originsOf(want.Story), originsOf(got.Story)); diff != "" {
			t.Errorf("%s: origins (-want +got):\n%s", x.publisher, diff)
		}
		if diff := cmp.Diff(want.Says, got.Says); diff != "" {
			t.Errorf("%s: who says so (-want +got):\n%s", x.publisher, diff)
		}
	}
}

func originsOf(s news.Story) (all []string) {
	for _, o := range s.Origins {
		all = append(all, o.Name+" through "+strings.Join(o.Via, ", "))
	}
	return all
}

// What summaries make three voices of is one where the pages name it.
func TestFilledNamesTheRoot(t *testing.T) {
	var room newsroom
	var last news.Decision
	for _, x := range rumours {
		last = room.read(x.report(), noon.Add(x.at))
	}
	before := last.Story.Independent()
	for _, x := range rumours {
		last = room.read(x.filled(last), noon.Add(3*time.Hour))
	}
	if after := last.Story.Independent(); before < 2 || after != 1 || !strings.Contains(last.Story.Origins[0].Name, "Bellal") {
		t.Errorf("%d origins by the summaries and %d by the pages (%q), want several and Bellal alone", before, after, originsOf(last.Story))
	}
}

// A text that makes a story graver interrupts, as any report would that does.
func TestFilledThatIsGraver(t *testing.T) {
	var room newsroom
	x := paged{told{publisher: "herald", title: "Guards meet in Bamako", summary: "A meeting.", rule: "unrest", severity: news.Low, entities: mali}, interview}
	first := room.read(x.report(), noon)
	if len(first.Alerts) > 0 {
		t.Fatal("no case: people hear of the summary")
	}
	r := x.filled(first)
	r.Matches = []news.Match{{Rule: "coup", Severity: news.High, Spans: []news.Span{{Field: news.Body, Start: 46, End: 50}}}}
	d := room.read(r, noon.Add(time.Minute))
	if got := channels(d.Alerts, news.New); got != "slack" || d.Story.Reports != 1 {
		t.Errorf("told over %q (%s), a story of %d reports", got, d.Reason, d.Story.Reports)
	}
	if again := room.read(x.filled(d), noon.Add(2*time.Minute)); len(again.Alerts) > 0 {
		t.Error("people are told twice")
	}
}
