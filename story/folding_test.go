package story_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/story/storytest"
)

// Where labelled news lies beside the project; it belongs to its publishers
// and is no part of it.
const (
	archive = "../../shared/data/news-2022-09_2023-04.jsonl.gz"
	events  = "../../shared/data/events-dev.tsv"
)

// TestFolding folds labelled news, as the shipped rules see it, and compares
// the stories with the events that people found in it, by B-cubed (Bagga and
// Baldwin, 1998).
func TestFolding(t *testing.T) {
	longtest.Alone(t)
	truth := readEvents(t)
	rules := readRules(t)
	var stories story.Stories
	got := map[string]string{}
	for _, it := range labelled(t, truth) {
		r, ok := rules.Match(it)
		if !ok {
			continue
		}
		d := stories.At(news.Policy{}, it.Published).Decide(r)
		got[it.ID] = d.Story.ID
	}
	if len(got) == 0 {
		t.Fatal("no labelled item matched")
	}
	p, r := storytest.BCubed(got, truth)
	f := 2 * p * r / (p + r)
	t.Logf("%d of %d items matched: precision %.3f, recall %.3f, F1 %.3f", len(got), len(truth), p, r, f)
	if p < 0.98 || f < 0.88 {
		t.Errorf("precision %.3f, F1 %.3f; want at least 0.98 and 0.88", p, f)
	}
}

func readEvents(t *testing.T) map[string]string {
	t.Helper()
	src, err := os.ReadFile(events)
	if err != nil {
		t.Skipf("no labelled news here: %v", err)
	}
	truth := map[string]string{}
	for line := range strings.Lines(string(src)) {
		if f := strings.Split(line, "\t"); f[0] != "id" {
			truth[f[0]] = f[1]
		}
	}
	return truth
}

func readRules(t *testing.T) *matcher.Rules {
	t.Helper()
	src, err := os.ReadFile("../rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := matcher.Parse("../rules.yaml", src)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// labelled returns the items of the archive that truth names, the oldest
// first.
func labelled(t *testing.T, truth map[string]string) []news.Item {
	t.Helper()
	f, err := os.Open(archive)
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
		if len(scan.Bytes()) < 24 || truth[string(scan.Bytes()[8:24])] == "" {
			continue
		}
		var x struct {
			ID, Feed, Title, Description, Link string
			Published                          time.Time
		}
		if err := json.Unmarshal(scan.Bytes(), &x); err != nil {
			t.Fatal(err)
		}
		items = append(items, news.Item{ID: x.ID, Feed: x.Feed, Publisher: x.Feed, Title: x.Title, Summary: x.Description, Link: x.Link, Language: "en", Published: x.Published})
	}
	slices.SortStableFunc(items, func(a, b news.Item) int { return a.Published.Compare(b.Published) })
	return items
}
