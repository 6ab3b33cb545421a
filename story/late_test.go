package story_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story"
)

// A report that comes months late joins the story of its time, wakes nobody,
// and is not taken for what is told now; and it leaves nothing in memory.
func TestLateReports(t *testing.T) {
	now := noon.Add(200 * 24 * time.Hour)
	var stories story.Stories
	decide := func(x told, closed ...news.Story) news.Decision {
		return stories.At(policy, now).Decide(x.report(), closed...)
	}
	today := told{id: "today", publisher: "herald", title: born.title, summary: born.summary, entities: mali, at: 200 * 24 * time.Hour}
	open := decide(today).Story
	first := decide(born)
	if first.Story.ID == open.ID || first.Kind != news.DigestOnly {
		t.Fatalf("what was told months ago: %s in %s (%s), want a story of its own for the digest", first.Kind, first.Story.ID, first.Reason)
	}
	again := told{publisher: "wire", title: "Mali officers plot coup against Goita, sources say", summary: "Soldiers planned to seize the palace in Bamako.", entities: mali, at: time.Hour}
	second := decide(again, first.Story)
	if second.Story.ID != first.Story.ID || second.Story.Reports != 2 || len(second.Alerts) > 0 {
		t.Errorf("what an outlet told then: %s in %s (%s), want in %s", second.Kind, second.Story.ID, second.Reason, first.Story.ID)
	}
	alone := decide(told{publisher: "post", title: again.title, summary: again.summary, entities: mali, at: 2 * time.Hour})
	if alone.Story.ID == first.Story.ID {
		t.Error("a closed story that was not given is known")
	}
	edited := born.edit("Soldiers plotted coup against Goita in Mali", mali, 0)
	if d := stories.At(policy, now).Decide(edited, second.Story); d.Story.ID != first.Story.ID || len(d.Alerts) > 0 || d.Story.Reports != 2 {
		t.Errorf("its edited report: %s in %s with %d reports (%s), want it in its closed story, counted once", d.Kind, d.Story.ID, d.Story.Reports, d.Reason)
	}
}
