package story_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/news"
)

var titles = []string{
	"Soldiers plot coup against Goita in Mali", "Mali denies coup plot", "Army announces coup in Mali", "Coup in Mali: rumours spread",
	"General dismissed in Niger", "Niger junta announces dismissal of general", "Guards officer defects from Velmaria", "Mutiny in Tolmin barracks",
}

// someReport returns the report i of a random stream of them.
func someReport(random *rand.Rand, i int) told {
	title := titles[random.IntN(len(titles))]
	x := told{
		id: fmt.Sprint(i), publisher: fmt.Sprint("p", random.IntN(5)), title: title,
		severity: news.Severity(1 + random.IntN(4)), at: time.Duration(i)*time.Hour + time.Duration(random.IntN(40))*time.Minute, first: random.IntN(10) == 0,
	}
	for name, code := range map[string]string{"Mali": "ml", "Niger": "ne"} {
		if strings.Contains(title, name) {
			x.entities = []string{"country:" + code}
		}
	}
	if random.IntN(8) == 0 {
		x.rule = "none"
	}
	return x
}

// Whatever the reports and their order, nobody is told the same thing twice, a
// story's severity never falls, and the stories given are never written to.
func TestDecideNeverRepeatsItself(t *testing.T) {
	for seed := range uint64(15) {
		random := rand.New(rand.NewPCG(seed, 1))
		var room newsroom
		alerts := map[string]bool{}
		for i := range 60 {
			x := someReport(random, i)
			before := maps.Clone(room.made)
			copies := fmt.Sprint(before)
			d := room.decide(x)
			if fmt.Sprint(before) != copies {
				t.Fatal("Decide wrote to a story that it gave away")
			}
			if b := before[d.Story.ID]; d.Story.Severity < b.Severity {
				t.Errorf("severity of %s fell from %s to %s", b.ID, b.Severity, d.Story.Severity)
			}
			for _, a := range d.Alerts {
				if alerts[a.ID] {
					t.Errorf("seed %d: %s is owed twice", seed, a.ID)
				}
				alerts[a.ID] = true
			}
		}
		if len(alerts) == 0 {
			t.Fatal("nobody was told anything")
		}
	}
}

func TestDecideIsDeterministic(t *testing.T) {
	run := func() []news.Decision {
		var room newsroom
		var out []news.Decision
		for i := range 20 {
			out = append(out, room.decide(told{publisher: fmt.Sprint("p", i%4), title: "Soldiers plot coup against Goita in Mali " + fmt.Sprint(i%7), at: time.Duration(i) * time.Hour}))
		}
		return out
	}
	if diff := cmp.Diff(run(), run()); diff != "" {
		t.Error(diff)
	}
}

// A newsroom that is stopped and started between any two reports decides as one
// that never was.
func TestRestartChangesNothing(t *testing.T) {
	longtest.Alone(t)
	for seed := range uint64(4) {
		random := rand.New(rand.NewPCG(seed, 2))
		var lived, restarted newsroom
		kinds := map[news.Kind]int{}
		var pause time.Duration
		for i := range 80 {
			if random.IntN(20) == 0 {
				pause += time.Duration(random.IntN(40)) * 24 * time.Hour
			}
			x := someReport(random, i)
			x.at += pause
			want := lived.decide(x)
			restarted.restart(t)
			got := restarted.decide(x)
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("seed %d, report %d: %s", seed, i, diff)
			}
			kinds[got.Kind]++
		}
		if kinds[news.New] == 0 || kinds[news.Copy] == 0 {
			t.Fatalf("not much was decided: %v", kinds)
		}
	}
}

// A report that is decided again, since nobody knows whether it was stored, is
// no second one.
func TestTwiceIsOnce(t *testing.T) {
	var room newsroom
	first, second := room.decide(born), room.decide(born)
	if second.Story.ID != first.Story.ID || second.Story.Reports != 1 || second.Kind != news.Copy || len(second.Alerts) > 0 {
		t.Errorf("got %s of %s with %d reports and %d alerts, want a copy", second.Kind, second.Story.ID, second.Story.Reports, len(second.Alerts))
	}
}

// In whatever order the feeds of one poll are read, they give the same stories.
func TestOrderWithinAPoll(t *testing.T) {
	var poll []told
	for i, publisher := range []string{"herald", "wire", "post"} {
		for j, x := range []told{
			{title: "Soldiers plot coup against Goita in Mali", summary: "Officers in Bamako planned to seize the palace.", entities: mali},
			{title: "Guards officer defects from Velmaria to the north", summary: "Captain Ilko Brandt crossed the river at night.", rule: "defection", entities: []string{"country:vm"}},
			{title: "Mutiny in the Tolmin barracks of Orlandia", summary: "Recruits refuse to board the trains.", rule: "mutiny", entities: []string{"country:ol"}},
			{title: "Fiji commander warns the cabinet of a coup", summary: "The prime minister in Suva calls it a misunderstanding.", entities: []string{"country:fj"}},
		} {
			x.publisher, x.id, x.at = publisher, fmt.Sprint(publisher, j), time.Duration(10*i+j)*time.Minute
			poll = append(poll, x)
		}
	}
	want := ""
	for seed := range uint64(30) {
		random := rand.New(rand.NewPCG(seed, 3))
		random.Shuffle(len(poll), func(i, j int) { poll[i], poll[j] = poll[j], poll[i] })
		var room newsroom
		stories := map[string][]string{}
		for _, x := range poll {
			d := room.read(x.report(), noon.Add(time.Hour))
			stories[d.Story.ID] = append(stories[d.Story.ID], x.id)
		}
		var set []string
		for _, ids := range stories {
			slices.Sort(ids)
			set = append(set, strings.Join(ids, "+"))
		}
		slices.Sort(set)
		if got := strings.Join(set, " "); want == "" {
			want = got
		} else if got != want {
			t.Fatalf("in another order the stories are %s, not %s", got, want)
		}
	}
	if n := len(strings.Fields(want)); n != 4 {
		t.Errorf("%d stories, want 4: %s", n, want)
	}
}

// However many reports a story has, it takes some tens of kilobytes.
func TestStoriesStaySmall(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 4))
	var room newsroom
	var last news.Decision
	for i := range 300 {
		var words []string
		for range 60 {
			words = append(words, fmt.Sprint("w", random.IntN(5000)))
		}
		last = room.decide(told{id: fmt.Sprint(i), publisher: fmt.Sprint("p", i%40), title: "Soldiers plot coup against Goita in Mali", summary: strings.Join(words, " "), entities: mali, at: time.Duration(i) * time.Hour})
	}
	if last.Story.Reports < 200 {
		t.Fatalf("the story has %d reports", last.Story.Reports)
	}
	text, err := json.Marshal(last.Story)
	if err != nil {
		t.Fatal(err)
	}
	if most := 100 << 10; len(text) > most {
		t.Errorf("the story takes %d bytes, want at most %d", len(text), most)
	}
	t.Logf("a story of %d reports takes %d bytes", last.Story.Reports, len(text))
}
