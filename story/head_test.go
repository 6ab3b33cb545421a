package story_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A story is headed by what is told of it now, and remembers what people knew
// it by.
func TestHeadline(t *testing.T) {
	quarrel := told{publisher: "herald", title: "Guard chief of Mali accuses ministry over pay, plot is feared", entities: mali}
	march := told{publisher: "wire", title: "Guard chief's plot becomes a march on Bamako in Mali, soldiers seize town", summary: "Columns of the guard chief took Segou at noon, officers say.", entities: mali, at: 8 * time.Hour, severity: news.Critical, rule: "march"}
	retold := told{publisher: "post", title: "What is known of the march on Bamako in Mali by the guard chief, a plot over pay", entities: mali, at: 9 * time.Hour}
	denial := told{publisher: "post", title: "Mali presidency denies guard chief's coup plot and march on Bamako", entities: mali, at: 10 * time.Hour}
	var room newsroom
	for _, x := range []struct {
		told
		headline, was, rule string
	}{
		{quarrel, quarrel.title, "", "coup"},
		{march, march.title, quarrel.title, "march"},
		{retold, march.title, quarrel.title, "march"},
		{denial, denial.title, quarrel.title, "march"}, // the rule that made it critical
	} {
		d := room.decide(x.told)
		if s := d.Story; s.Headline != x.headline || s.Was != x.was || s.Rule != x.rule {
			t.Errorf("after %q the story (%s, %s) is headed %q, was %q, by rule %s; want %q, %q, %s", x.title, d.Kind, d.Reason, s.Headline, s.Was, s.Rule, x.headline, x.was, x.rule)
		}
		for _, a := range d.Alerts {
			if a.Story.Headline != d.Story.Headline || a.Story.Was != d.Story.Was {
				t.Errorf("%s shows %q, was %q; want those of the story", a.ID, a.Story.Headline, a.Story.Was)
			}
		}
		if x.title == march.title && d.Story.Quote.Text != "Columns of the guard chief took Segou at noon, officers say." {
			t.Errorf("the story quotes %q, want the sentence that tells of the march", d.Story.Quote.Text)
		}
	}
}

// A story of before that knows its first headline only goes on from there, and
// what nobody was told leaves no trace.
func TestHeadlineOfWhatNobodyHeard(t *testing.T) {
	var room newsroom
	room.decide(told{publisher: "herald", title: "Fears of a coup plot in Mali", entities: mali, severity: news.Low})
	d := room.decide(told{publisher: "wire", title: "Officers plot a coup in Mali", entities: mali, at: time.Hour})
	if d.Kind != news.New || d.Story.Headline != "Officers plot a coup in Mali" || d.Story.Was != "" {
		t.Errorf("%s, headed %q, was %q; want the headline that people hear, and no other", d.Kind, d.Story.Headline, d.Story.Was)
	}
}
