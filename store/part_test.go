package store_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// A divider is a fake that takes reports out of stories.
type divider struct {
	*fake
	panics bool
	resets int
}

func dividing() *divider { return &divider{fake: asking(decide)} }

func (d *divider) Reset() { d.resets++; d.fake.Reset() }

func (d *divider) Part(s news.Story, stay, out []news.Verdict, says news.Stray) news.Parting {
	if d.panics {
		panic("in the midst of it")
	}
	left := s
	left.Reports = len(stay)
	p := news.Parting{Left: left, Updates: map[string]string{stay[0].ID: "another"}}
	p.Alerts = []news.Alert{{ID: "story/" + s.ID + "/slack/less", Channel: "slack", Kind: news.Escalation, Story: left, DueAt: says.At}}
	own := news.Story{ID: "own-" + out[0].ID, Headline: out[0].Title, FirstSeen: out[0].When(), LastSeen: out[0].When(), Reports: 1}
	for _, v := range out {
		made := news.Decision{Story: own, Kind: news.DigestOnly, Reason: "by itself"}
		if len(v.Matches) == 0 {
			made = news.Decision{}
		}
		p.Out = append(p.Out, made)
		p.Left.Strays = append(p.Left.Strays, v.ID)
		d.open[own.ID] = own
	}
	d.open[s.ID] = p.Left
	return p
}

// known says of items what the fake finds in them.
func known(it news.Item) (news.Report, bool) { return news.Report{Item: it}, false }

// three records a story of three reports, of which the second is another feed's
// too, and returns its id and those of the items.
func three(t *testing.T, db *store.DB, w news.Decider) (story string, items []news.Item) {
	t.Helper()
	for n, keys := range map[int][]string{1: {"a", "b", "c"}, 2: {"b"}} {
		var some []news.Item
		for i, key := range keys {
			it := item(feed(n), key, "Coup "+key)
			it.Published = noon.Add(time.Duration(i) * time.Minute)
			some = append(some, it)
		}
		if _, err := db.Ingest(t.Context(), reading(feed(n), noon, some...), reports("coup", some...), w); err != nil {
			t.Fatal(err)
		}
		items = append(items, some...)
	}
	slices.SortFunc(items, func(a, b news.Item) int { return -cmpFeed(a, b) })
	for _, s := range storiesAt(t, db) {
		story = s.ID
	}
	return story, items
}

func cmpFeed(a, b news.Item) int {
	if a.Feed == b.Feed {
		return b.Published.Compare(a.Published)
	}
	if a.Feed < b.Feed {
		return 1
	}
	return -1
}

// What is taken out of a story is out with all that leads to the same article, is
// kept as a label, and is told of; pressed again, nothing follows.
func TestTakeOut(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, w := open(t, location), dividing()
		story, items := three(t, db, w)
		b, b2 := items[1], items[3]
		says := news.Stray{Item: b.ID, Story: story, By: "ada", At: noon.Add(time.Hour)}
		done, now, err := db.TakeOut(t.Context(), says, known, w)
		says.Own, says.Title, says.Link = "own-"+b.ID, b.Title, b.Link
		if diff := cmp.Diff(says, done); err != nil || !now || diff != "" {
			t.Fatalf("%v, %v (-want +got):\n%s", now, err, diff)
		}
		left, err := db.ItemsOfStory(t.Context(), story)
		if err != nil || len(left) != 2 || left[0].Update != "another" {
			t.Errorf("%d items stay (%v): %+v", len(left), err, left)
		}
		own, err := db.ItemsOfStory(t.Context(), done.Own)
		if err != nil || len(own) != 2 || own[0].Kind != news.DigestOnly || own[0].Reason != "by itself" {
			t.Errorf("%d items are of the story of its own (%v): %+v", len(own), err, own)
		}
		if s, err := db.Story(t.Context(), story); err != nil || s.Reports != 2 || !slices.Equal(s.Strays, []string{b.ID, b2.ID}) {
			t.Errorf("the story is %+v, %v", s, err)
		}
		strays, err := db.StraysOf(t.Context(), story)
		of, err2 := db.StraysOf(t.Context(), done.Own)
		all, err3 := db.Strays(t.Context())
		if diff := cmp.Diff(all, strays); len(all) != 2 || diff != "" || cmp.Diff(all, of) != "" || errors.Join(err, err2, err3) != nil {
			t.Errorf("kept of it is %+v, %v, %v: %s", all, err, err2, diff)
		}
		if owed, err := db.AlertsOf(t.Context(), story); err != nil || !slices.ContainsFunc(owed, func(d outbox.Delivery) bool { return d.ID == "story/"+story+"/slack/less" }) {
			t.Errorf("owed is %+v, %v", owed, err)
		}
		before := w.version
		again, now, err := db.TakeOut(t.Context(), news.Stray{Item: b.ID, Story: story, By: "bo", At: noon.Add(2 * time.Hour)}, known, w)
		if diff := cmp.Diff(done, again); err != nil || now || diff != "" || w.version != before {
			t.Errorf("pressed again: %v, %v, version %d after %d (-want +got):\n%s", now, err, w.version, before, diff)
		}
	})
}

// Of several who press at once, on two machines, one takes it out.
func TestTakeOutAtOnce(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		here, there, w := open(t, location), open(t, location), dividing()
		story, items := three(t, here, w)
		var mu sync.Mutex
		took := 0
		var all sync.WaitGroup
		for i := range 6 {
			all.Go(func() {
				db := []*store.DB{here, there}[i%2]
				_, now, err := db.TakeOut(t.Context(), news.Stray{Item: items[0].ID, Story: story, By: "ada", At: noon}, known, dividing())
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					t.Error(err)
				}
				if now {
					took++
				}
			})
		}
		all.Wait()
		if took != 1 {
			t.Errorf("it was taken out %d times", took)
		}
		other := witnessing()
		storyOf(t, there, other, "z", 0)
		if told := other.told(); !slices.Contains(told, story) || !slices.Contains(told, "own-"+items[0].ID) {
			t.Errorf("who decides elsewhere is told of %q", told)
		}
	})
}

// What cannot be taken out, and what became of the story meanwhile.
func TestTakeOutOfWhatMoved(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, w := open(t, location), dividing()
		story, items := three(t, db, w)
		alone := storyOf(t, db, w, "alone", 0)
		lonely, err := db.ItemsOfStory(t.Context(), alone)
		if err != nil {
			t.Fatal(err)
		}
		take := func(item, story string) (bool, error) {
			_, now, err := db.TakeOut(t.Context(), news.Stray{Item: item, Story: story, By: "ada", At: noon}, known, w)
			return now, err
		}
		if _, err := take(lonely[0].ID, alone); !errors.Is(err, store.ErrOnly) {
			t.Errorf("the only report: %v", err)
		}
		for _, what := range [][2]string{{lonely[0].ID, story}, {"nothing", story}, {items[0].ID, "nothing"}} {
			if _, err := take(what[0], what[1]); !errors.Is(err, store.ErrUnknown) {
				t.Errorf("%q: %v", what, err)
			}
		}
		w.ask = func(r news.Report, open []news.Story) news.Decision { // two turn out to be one
			d := decide(r, open)
			ends := w.open[story]
			d.Story.Parts = []string{story}
			ends.Into = news.Reference{ID: alone}
			d.Others = []news.Story{ends}
			return d
		}
		storyOf(t, db, w, "alone", time.Hour)
		if now, err := take(items[0].ID, story); err != nil || !now {
			t.Errorf("by the story that ended: %v, %v", now, err)
		}
		for _, of := range []string{story, alone} {
			if now, err := take(items[0].ID, of); err != nil || now {
				t.Errorf("again, of %s: %v, %v", of, now, err)
			}
		}
		if left, err := db.ItemsOfStory(t.Context(), alone); err != nil || len(left) != 5 {
			t.Errorf("%d items stay (%v), want 5", len(left), err)
		}
	})
}

// What dies half-way leaves nothing behind, and the decider asks for all again.
func TestTakeOutIsWhole(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, w := open(t, location), dividing()
		story, items := three(t, db, w)
		w.panics = true
		func() {
			defer func() {
				if recover() == nil {
					t.Error("nobody panics")
				}
			}()
			_, _, _ = db.TakeOut(t.Context(), news.Stray{Item: items[0].ID, Story: story, At: noon}, known, w)
		}()
		all, err := db.Strays(t.Context())
		left, err2 := db.ItemsOfStory(t.Context(), story)
		if len(all) > 0 || len(left) != 4 || w.resets != 1 || errors.Join(err, err2) != nil {
			t.Errorf("%d strays, %d items stay, %d resets: %v, %v", len(all), len(left), w.resets, err, err2)
		}
		w.panics = false
		if _, now, err := db.TakeOut(t.Context(), news.Stray{Item: items[0].ID, Story: story, At: noon}, known, w); !now || err != nil {
			t.Errorf("afterwards: %v, %v", now, err)
		}
	})
}
