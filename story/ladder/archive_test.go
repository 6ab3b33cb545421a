package ladder_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/ladder"
	"github.com/coupwatch/coupwatch/text"
)

// Where labelled news lies beside the project; it belongs to its publishers
// and is no part of it.
const shared = "../../../shared/"

// statuses are the words for statuses in the labels.
var statuses = map[string]news.Status{
	"rumour": news.Rumour, "claim": news.Claim, "reported": news.Reported, "official": news.Official, "denial": news.Denied,
}

// periods are spans of labelled news, with the share of statuses that must be
// read as people read them.
var periods = []struct {
	name, events, archive string
	floor                 float64
}{
	{"2021", "events-2021.tsv", "news-2021-01_2021-09.jsonl.gz", 0.68},
	{"2022", "events-dev.tsv", "news-2022-09_2023-04.jsonl.gz", 0.77},
	{"2023", "events-2023.tsv", "news-2023-05_2023-08.jsonl.gz", 0.68},
}

// TestArchive compares what Read says of labelled news, as the shipped rules
// see it, with what people said.
func TestArchive(t *testing.T) {
	longtest.Alone(t)
	rules := shippedRules(t)
	for _, p := range periods {
		t.Run(p.name, func(t *testing.T) {
			want := labels(t, p.events)
			var confusion [news.Denied + 1][news.Denied + 1]int
			for _, it := range labelled(t, p.archive, want) {
				r, _ := rules.Match(it)
				got := ladder.Read(r)
				confusion[want[it.ID]][got.Status]++
				if got.Status != want[it.ID] && testing.Verbose() {
					t.Logf("%s\t%s\t%s\t%s\t%s\t%s", want[it.ID], got.Status, got.Speaker, it.Title, it.Summary, got.Sentence)
				}
			}
			right, all := 0, 0
			for w := news.Rumour; w <= news.Denied; w++ {
				t.Logf("%8s told as rumour, claim, reported, official, denied: %v", w, confusion[w][1:])
				for g, n := range confusion[w] {
					all += n
					if news.Status(g) == w {
						right += n
					}
				}
			}
			if all == 0 {
				t.Fatal("no cases")
			}
			t.Logf("%d of %d right, %.3f", right, all, float64(right)/float64(all))
			if float64(right) < p.floor*float64(all) {
				t.Errorf("%d of %d are right, want %.0f %%", right, all, 100*p.floor)
			}
		})
	}
}

func labels(t *testing.T, file string) map[string]news.Status {
	t.Helper()
	src, err := os.ReadFile(shared + "data/" + file)
	if err != nil {
		t.Skipf("no labelled news here: %v", err)
	}
	out := map[string]news.Status{}
	for line := range strings.Lines(string(src)) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); f[0] != "id" {
			out[f[0]] = statuses[f[4]]
		}
	}
	return out
}

func shippedRules(t *testing.T) *matcher.Rules {
	t.Helper()
	rules, err := parsedRules()
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// parsedRules returns the rules that coupwatch comes with, read once.
var parsedRules = sync.OnceValues(func() (*matcher.Rules, error) {
	src, err := os.ReadFile("../../rules.yaml")
	if err != nil {
		return nil, err
	}
	return matcher.Parse("../../rules.yaml", src)
})

// labelled returns the items of an archive that have a label, the oldest
// first.
func labelled(t *testing.T, archive string, want map[string]news.Status) []news.Item {
	t.Helper()
	f, err := os.Open(shared + "data/" + archive)
	if err != nil {
		t.Skipf("no archive of news here: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var items []news.Item
	scan := bufio.NewScanner(z)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		if len(scan.Bytes()) < 24 || want[string(scan.Bytes()[8:24])] == 0 {
			continue
		}
		var x struct {
			ID, Feed, Title, Description, Link string
			Published                          time.Time
		}
		if err := json.Unmarshal(scan.Bytes(), &x); err != nil {
			t.Fatal(err)
		}
		items = append(items, news.Item{ID: x.ID, Feed: x.Feed, Publisher: x.Feed, Title: text.Plain(x.Title), Summary: text.Plain(x.Description), Link: x.Link, Language: "en", Published: x.Published})
	}
	slices.SortStableFunc(items, func(a, b news.Item) int { return a.Published.Compare(b.Published) })
	return items
}
