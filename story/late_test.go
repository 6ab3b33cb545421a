package story_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

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

// What was learnt for one late report says nothing to the next: it is decided
// as by who never decided before, whichever closed stories come with it, in
// whatever state.
func TestLateReportsAreDecidedAlone(t *testing.T) {
	now := noon.Add(200 * 24 * time.Hour)
	random := rand.New(rand.NewPCG(7, 7))
	var lived story.Stories
	var closed []news.Story
	joined := 0
	for i := range 300 {
		x := someReport(random, i)
		x.at %= 20 * 24 * time.Hour
		r := x.report()
		given := some(random, closed)
		got := lived.At(policy, now).Decide(r, given...)
		want := new(story.Stories).At(policy, now).Decide(r, given...)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("report %d with %d stories: %s", i, len(given), diff)
		}
		if got.Story.Reports > 1 {
			joined++
		}
		if got.Story.ID != "" {
			closed = put(closed, got.Story)
		}
	}
	if joined < 20 || len(closed) < 10 {
		t.Fatalf("%d reports joined %d stories; want many", joined, len(closed))
	}
}

// some returns some of stories.
func some(random *rand.Rand, stories []news.Story) (out []news.Story) {
	for _, s := range stories {
		if random.IntN(3) == 0 {
			out = append(out, s)
		}
	}
	return out
}

// put returns stories with s as it is now.
func put(stories []news.Story, s news.Story) []news.Story {
	for i := range stories {
		if stories[i].ID == s.ID {
			stories[i] = s
			return stories
		}
	}
	return append(stories, s)
}
