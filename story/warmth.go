package story

import (
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A warmth knows of whom people were told, by the stories that it was given. The
// zero value knows of nobody. It is not safe for concurrent use.
type warmth struct {
	tellings map[string][]telling // by entity, or country such as "country:ml"
	heated   map[string][]string  // of each story that people were told of, its entities and countries
	swept    time.Time            // what was told before is forgotten
}

// A telling is when people were told of a story: at each of the times, in order.
type telling struct {
	story string
	times []time.Time
}

// put takes in a story as it stands now.
func (w *warmth) put(s news.Story) {
	if s.Told.IsZero() {
		return
	}
	w.forget(s.ID)
	if w.heated == nil {
		w.tellings, w.heated = map[string][]telling{}, map[string][]string{}
	}
	t := telling{s.ID, toldAt(s)}
	w.heated[s.ID] = warms(s)
	for _, id := range w.heated[s.ID] {
		w.tellings[id] = append(w.tellings[id], t)
	}
}

// sweep forgets the stories of which people were last told before a moment. It
// looks once a day.
func (w *warmth) sweep(before time.Time) {
	if before.Sub(w.swept) < 24*time.Hour {
		return
	}
	w.swept = before
	for story, ids := range w.heated {
		for _, id := range ids {
			if t := w.tellings[id]; slices.ContainsFunc(t, func(t telling) bool {
				return t.story == story && t.times[len(t.times)-1].Before(before)
			}) {
				w.forget(story)
				break
			}
		}
	}
}

// forget takes out a story.
func (w *warmth) forget(story string) {
	for _, id := range w.heated[story] {
		w.tellings[id] = slices.DeleteFunc(w.tellings[id], func(t telling) bool { return t.story == story })
		if len(w.tellings[id]) == 0 {
			delete(w.tellings, id)
		}
	}
	delete(w.heated, story)
}

// lastTold is [news.Warmth.LastTold]. Of stories that were told at the same time
// it takes the one whose id is first.
func (w *warmth) lastTold(entity string, before time.Time) (last news.Telling, ok bool) {
	for _, t := range w.tellings[entity] {
		i, _ := slices.BinarySearchFunc(t.times, before, time.Time.Compare)
		if i == 0 {
			continue
		}
		at := t.times[i-1]
		if c := at.Compare(last.At); !ok || c > 0 || c == 0 && strings.Compare(t.story, last.Story) < 0 {
			last, ok = news.Telling{Story: t.story, At: at}, true
		}
	}
	return last, ok
}

// toldAt returns when people were told of a story, in order.
func toldAt(s news.Story) []time.Time {
	times := []time.Time{s.Told}
	for _, n := range s.Notified {
		times = append(times, n.At)
	}
	slices.SortFunc(times, time.Time.Compare)
	return slices.CompactFunc(times, time.Time.Equal)
}

// oneIn is in how many of its reports somebody must be named that a story is
// about: in one of so many.
const oneIn = 3

// warms returns the countries and entities that a story is about: not those that
// it names in passing.
func warms(s news.Story) []string {
	var ids []string
	for _, code := range s.Where() {
		ids = append(ids, "country:"+code)
	}
	named := map[string]int{}
	for _, g := range s.Gists {
		for _, name := range g.Names {
			named[name]++
		}
	}
	for _, id := range s.Entities {
		if oneIn*named["@"+id] >= max(1, len(s.Gists)) {
			ids = append(ids, id)
		}
	}
	return ids
}

// WarmBy returns of whom people were told by some stories.
func WarmBy(stories []news.Story) news.Warmth {
	by := &Stories{}
	for _, s := range stories {
		by.warmth.put(s)
	}
	return known{by}
}

// known is what stories that others share, and may add to, know to be warm.
type known struct{ *Stories }

// LastTold implements [news.Warmth].
func (k known) LastTold(entity string, before time.Time) (news.Telling, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.warmth.lastTold(entity, before)
}
