package replay

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// deskRules are those of a small desk, without a country in them.
const deskRules = `
defaults: {max_age: 48h}
feeds:
  - {url: "https://wire.example/rss", name: Wire, publisher: The Wire, schedule: "0 * * * *", language: en}
rules:
  - {id: mutiny, title: Mutiny, severity: high, match: mutin*}
routes: [{to: slack, severity: medium}]
digest: {at: "18:00", timezone: UTC, to: [email]}
stories: {gather: 1m}
`

func parsedRules(t *testing.T) *matcher.Rules {
	t.Helper()
	rules, err := matcher.Parse("rules.yaml", []byte(deskRules))
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// A line is an item as files have it.
type line struct {
	ID          string `json:"id"`
	Published   string `json:"published,omitempty"`
	Feed        string `json:"feed"`
	Title       string `json:"title"`
	Link        string `json:"link"`
	Description string `json:"description,omitempty"`
}

// written returns a file of lines.
func written(t *testing.T, lines ...line) string {
	t.Helper()
	var b strings.Builder
	for _, l := range lines {
		j, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(j, '\n'))
	}
	name := filepath.Join(t.TempDir(), "items.jsonl")
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func at(minutes int) string {
	return noon.Add(time.Duration(minutes) * time.Minute).Format(time.RFC3339)
}

func TestPlaytimeHolds(t *testing.T) {
	hour := time.Hour
	for _, c := range []struct {
		play Playtime
		at   time.Duration // from noon
		want bool
	}{
		{Playtime{}, 0, true},
		{Playtime{From: noon}, -time.Second, false},
		{Playtime{From: noon}, 0, true},
		{Playtime{From: noon, Warm: hour}, -hour, true},
		{Playtime{From: noon, Warm: hour}, -hour - time.Second, false},
		{Playtime{To: noon}, -time.Second, true},
		{Playtime{To: noon}, 0, false},
		{Playtime{From: noon, To: noon.Add(hour)}, hour, false},
	} {
		if got := c.play.holds(noon.Add(c.at)); got != c.want {
			t.Errorf("%+v at %v: got %v, want %v", c.play, c.at, got, c.want)
		}
	}
}

// What a feed brings at one reading is one; feeds that the rules do not name are
// known by their host.
func TestReadGroupsByReading(t *testing.T) {
	file := written(t,
		line{ID: "3", Published: at(95), Feed: "https://wire.example/rss", Title: "Third", Link: "https://wire.example/3"},
		line{ID: "1", Published: at(5), Feed: "https://wire.example/rss", Title: "First", Link: "https://wire.example/1"},
		line{ID: "2", Published: at(40), Feed: "https://wire.example/rss", Title: "Second", Link: "https://wire.example/2"},
		line{ID: "4", Published: at(40), Feed: "https://www.other.example/rss", Title: "Fourth", Link: "https://other.example/4"},
		line{ID: "5", Feed: "https://www.other.example/rss", Title: "Fifth, without a time", Link: "https://other.example/5"},
	)
	rules := parsedRules(t)
	f, err := Read(t.Context(), []string{file}, rules, Playtime{}, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	if f.items != 5 || len(f.feeds) != 2 || f.feeds[0].Name != "Wire" || f.feeds[1].Name != "other.example" {
		t.Errorf("%d items of %+v, want 5 of the named feed and a host", f.items, f.feeds)
	}
	if !slices.IsSortedFunc(f.readings, func(a, b news.Reading) int { return a.At.Compare(b.At) }) {
		t.Error("the readings are not in order of time")
	}
	var wire []string
	for _, r := range f.readings {
		var titles []string
		for _, it := range r.Items {
			titles = append(titles, it.Title)
			if r.At.Before(it.When()) {
				t.Errorf("%q is read at %v, before it was published", it.Title, r.At)
			}
			if r.Feed.Name == "Wire" && (it.Publisher != "The Wire" || it.Language != "en") {
				t.Errorf("%q has not what its feed says: %+v", it.Title, it)
			}
		}
		if r.NextAt != r.At {
			t.Errorf("a reading is due again at %v and not when it was", r.NextAt)
		}
		if r.Feed.Name == "Wire" {
			wire = append(wire, strings.Join(titles, "+"))
		}
	}
	if got := strings.Join(wire, " / "); got != "First+Second / Third" {
		t.Errorf("the readings of the hourly feed are %s", got)
	}

	f, err = Read(t.Context(), []string{file}, rules, Playtime{}, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range f.readings {
		if len(r.Items) != 1 || !r.At.Equal(r.Items[0].When()) {
			t.Errorf("at once: %d items read at %v, want one when it was published", len(r.Items), r.At)
		}
	}
}

func TestReadTakesThePlaytimeOnly(t *testing.T) {
	file := written(t,
		line{ID: "1", Published: at(-180), Feed: "f", Title: "Early", Link: "https://f.example/1"},
		line{ID: "2", Published: at(-30), Feed: "f", Title: "Warm", Link: "https://f.example/2"},
		line{ID: "3", Published: at(30), Feed: "f", Title: "Played", Link: "https://f.example/3"},
		line{ID: "4", Published: at(90), Feed: "f", Title: "Late", Link: "https://f.example/4"},
	)
	play := Playtime{From: noon, To: noon.Add(time.Hour), Warm: time.Hour}
	f, err := Read(t.Context(), []string{file}, parsedRules(t), play, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, r := range f.readings {
		titles = append(titles, r.Items[0].Title)
	}
	if got := strings.Join(titles, " "); got != "Warm Played" {
		t.Errorf("played %s", got)
	}
	if _, err := Read(t.Context(), []string{file}, parsedRules(t), Playtime{From: noon.AddDate(1, 0, 0)}, true, nil); err == nil || !strings.Contains(err.Error(), "no items with a time in the time that is to be played") {
		t.Errorf("got %v for a time without items", err)
	}
	if _, err := Read(t.Context(), []string{"no-such-file"}, parsedRules(t), play, true, nil); err == nil {
		t.Error("got no error for a file that is not there")
	}
}
