package backtest

import (
	"cmp"
	"slices"
	"time"
)

// A LateEvent is one that people did not hear of by its third item.
type LateEvent struct {
	Event string `json:"event"`
	Items int    `json:"items"`
	After int    `json:"after"` // how many of its items were out when people first heard of it; 0 if they never did
}

// soon is by which of its items people are to hear of an event, and how many
// items make it worth counting.
const soon = 3

// heard counts the events of at least three items, and those of them of which
// people heard by the third: by a post of a story that is mostly of that event.
// It returns the others too.
func (f *Folding) heard() (large, inTime int, late []LateEvent) {
	posts := f.ownPosts()
	for event, times := range f.itemTimes() {
		if len(times) < soon {
			continue
		}
		large++
		after := 0
		if first, told := posts[event]; told {
			if after = outBy(times, first); after <= soon {
				inTime++
				continue
			}
		}
		late = append(late, LateEvent{Event: event, Items: len(times), After: after})
	}
	slices.SortFunc(late, func(a, b LateEvent) int { return cmp.Or(b.Items-a.Items, cmp.Compare(a.Event, b.Event)) })
	return large, inTime, late
}

// outBy returns how many of some times, in order, are not after t.
func outBy(times []time.Time, t time.Time) int {
	n := slices.IndexFunc(times, t.Before)
	if n < 0 {
		return len(times)
	}
	return n
}

// itemTimes returns when the items of each event were published, in order; of
// items that were not read it knows nothing.
func (f *Folding) itemTimes() map[string][]time.Time {
	out := map[string][]time.Time{}
	for id, event := range f.events {
		if t, known := f.times[id]; known {
			out[event] = append(out[event], t)
		}
	}
	for _, times := range out {
		slices.SortFunc(times, time.Time.Compare)
	}
	return out
}

// ownPosts returns when people first heard of each event by a story of its own.
// A story is that of the event of most of its items, the first of several.
func (f *Folding) ownPosts() map[string]time.Time {
	items, owner := map[group]int{}, map[string]string{}
	for _, t := range f.told {
		items[group{story: t.story, event: t.event}]++
	}
	for _, t := range f.told {
		if items[group{story: t.story, event: t.event}] > items[group{story: t.story, event: owner[t.story]}] {
			owner[t.story] = t.event
		}
	}
	out := map[string]time.Time{}
	for story, event := range owner {
		for _, t := range f.posts[story] {
			if before, known := out[event]; !known || t.Before(before) {
				out[event] = t
			}
		}
	}
	return out
}
