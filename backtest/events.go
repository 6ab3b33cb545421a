package backtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/backtest/archive"
)

// A Folding holds the stories of a backtest against the events that people saw
// in the same items. An event that was silent for two weeks may begin again as a
// new story: it is in episodes, and no item is blamed for standing apart from, or
// with, those of another episode of its event.
type Folding struct {
	events map[string]string    // of items, by id
	times  map[string]time.Time // of the same items, as far as they are known
	told   []toldItem
	posts  map[string][]time.Time // when each story interrupted, by its id
}

// A toldItem is one of an event that was put into a story.
type toldItem struct {
	story, event string
	episode      int
	at           time.Time
}

// silence is how long nothing is heard of an event between two episodes.
const silence = 14 * 24 * time.Hour

// NewFolding returns a folding of items into events, by id, that has seen no
// stories yet. times says when items were published; of one that it does not name
// the time is that of its report.
func NewFolding(events map[string]string, times map[string]time.Time) *Folding {
	f := &Folding{events: events, times: map[string]time.Time{}, posts: map[string][]time.Time{}}
	maps.Copy(f.times, times)
	return f
}

// Add takes in what became of a report.
func (f *Folding) Add(s Step) {
	if s.interrupts() {
		f.posts[s.Story] = append(f.posts[s.Story], s.Time)
	}
	for _, item := range s.Items {
		if event := f.events[item]; event != "" && s.Story != "" {
			f.told = append(f.told, toldItem{story: s.Story, event: event, at: s.Time})
			if _, known := f.times[item]; !known {
				f.times[item] = s.Time
			}
		}
	}
}

// Following returns a function that takes in each step and gives it to next, which
// may be nil.
func (f *Folding) Following(next func(Step) error) func(Step) error {
	return func(s Step) error {
		f.Add(s)
		if next == nil {
			return nil
		}
		return next(s)
	}
}

// FoldingFigures say how well stories are events. That of all items may be that
// of one event; so there are those of all other events, and of the largest.
type FoldingFigures struct {
	Items   int          `json:"items"`          // that are of an event
	Told    int          `json:"told"`           // of them those in a story; the others count nowhere
	Events  int          `json:"events"`         // that have an item in a story
	Largest string       `json:"largest"`        // the event with the most such items
	Large   int          `json:"large"`          // events of at least three items, in stories or not
	Soon    int          `json:"soon"`           // of the large those with a post of their own by their third item
	Late    []LateEvent  `json:"late,omitempty"` // the other large ones, the largest first
	Whole   FoldingScore `json:"whole"`
	Others  FoldingScore `json:"without_largest"`
	Alone   FoldingScore `json:"largest_alone"`
}

// A FoldingScore is by B-cubed (Bagga and Baldwin, 1998), in the mean of some
// items: how much of the story of each is of its event, and how much of its event,
// or at least of its episode, is in its story. Of no items all are 0.
type FoldingScore struct {
	Items     int     `json:"items"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// Figures returns the figures of what was taken in.
func (f *Folding) Figures() FoldingFigures {
	f.divide()
	items := map[string]int{} // by event
	for _, t := range f.told {
		items[t.event]++
	}
	out := FoldingFigures{Items: len(f.events), Told: len(f.told), Events: len(items)}
	for event, n := range items {
		if c := cmp.Or(n-items[out.Largest], strings.Compare(out.Largest, event)); out.Largest == "" || c > 0 {
			out.Largest = event
		}
	}
	out.Large, out.Soon, out.Late = f.heard()
	of := f.count()
	out.Whole = f.score(of, func(*toldItem) bool { return true })
	out.Others = f.score(of, func(t *toldItem) bool { return t.event != out.Largest })
	out.Alone = f.score(of, func(t *toldItem) bool { return t.event == out.Largest })
	return out
}

// WriteFolding writes figures as a line of JSON.
func WriteFolding(w io.Writer, f FoldingFigures) error {
	return json.NewEncoder(w).Encode(struct {
		FoldingFigures `json:"folding"`
	}{f})
}

// divide divides the events into episodes.
func (f *Folding) divide() {
	slices.SortStableFunc(f.told, func(a, b toldItem) int { return a.at.Compare(b.at) })
	last := map[string]toldItem{}
	for i := range f.told {
		t := &f.told[i]
		if before, known := last[t.event]; known {
			t.episode = before.episode
			if t.at.Sub(before.at) > silence {
				t.episode++
			}
		}
		last[t.event] = *t
	}
}

// A group is a story, an event, an episode, or items of one that are in a story;
// what does not matter is left out.
type group struct {
	story, event string
	episode      int
}

// anyEpisode stands for all episodes of an event.
const anyEpisode = -1

// count returns of how many items each group is.
func (f *Folding) count() map[group]float64 {
	n := map[group]float64{}
	for _, t := range f.told {
		together := []group{{t.story, "", anyEpisode}, {t.story, t.event, anyEpisode}, {"", t.event, t.episode}, {t.story, t.event, t.episode}}
		for _, g := range together {
			n[g]++
		}
	}
	return n
}

// score returns the mean of some items, with the sizes of groups.
func (f *Folding) score(size map[group]float64, counts func(*toldItem) bool) FoldingScore {
	var s FoldingScore
	for i := range f.told {
		t := &f.told[i]
		if !counts(t) {
			continue
		}
		together := size[group{t.story, t.event, anyEpisode}]
		apart := size[group{"", t.event, t.episode}] - size[group{t.story, t.event, t.episode}] // of the episode, in other stories
		s.Items++
		s.Precision += together / size[group{t.story, "", anyEpisode}]
		s.Recall += together / (together + apart)
	}
	if s.Items == 0 {
		return s
	}
	s.Precision /= float64(s.Items)
	s.Recall /= float64(s.Items)
	s.F1 = 2 * s.Precision * s.Recall / (s.Precision + s.Recall)
	return s
}

// ReadEvents reads a file that says of which event items tell: a line of headings,
// and then for each item its id and its event, with a tab between them; what
// follows after another tab is left alone.
func ReadEvents(name string) (map[string]string, error) {
	events := map[string]string{}
	for l, err := range archive.Lines(name, nil) {
		if err != nil {
			return nil, err
		}
		if l.Number == 1 {
			continue
		}
		f := strings.Split(strings.TrimRight(string(l.Text), "\r"), "\t")
		if len(f) < 2 || f[0] == "" || f[1] == "" {
			return nil, fmt.Errorf("%s:%d: want the id of an item and its event, with a tab between them", name, l.Number)
		}
		events[f[0]] = f[1]
	}
	if len(events) == 0 {
		return nil, fmt.Errorf("%s: there are no events", name)
	}
	return events, nil
}
