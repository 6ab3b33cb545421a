package story_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/news"
)

// Articles in which people found who says what, and which tell the same.
const (
	seeds         = "../../shared/seeds"
	seedsExpected = "../../shared/data/seeds-expected.json"
)

// TestSeeds folds articles that all came on one day: those that rest on one
// interview are one story, whose root is told once, and the others are each
// their own, though all tell of unrest in the same service.
func TestSeeds(t *testing.T) {
	longtest.Alone(t)
	src, err := os.ReadFile(seedsExpected)
	if err != nil {
		t.Skipf("no articles here: %v", err)
	}
	var want struct {
		Articles []struct{ File, Title, Language string }
		Same     [][2]string `json:"same_story"`
		Others   [][2]string `json:"not_same_story"`
	}
	if err := json.Unmarshal(src, &want); err != nil {
		t.Fatal(err)
	}
	if len(want.Same) == 0 || len(want.Others) == 0 {
		t.Fatal("no articles are compared")
	}
	rules := readRules(t)
	for range 2 { // in the order of the list, and from its end
		var room newsroom
		of := map[string]news.Decision{}
		for _, a := range want.Articles {
			text, err := os.ReadFile(filepath.Join(seeds, a.File))
			if err != nil {
				t.Fatal(err)
			}
			_, body, _ := strings.Cut(string(text), "\n")
			r, _ := rules.Match(news.Item{ID: a.File, Publisher: a.File, Title: a.Title, Body: body, Language: a.Language, Published: noon, Fetched: noon})
			of[a.File] = room.read(r, noon)
		}
		for _, pair := range want.Same {
			if of[pair[0]].Story.ID != of[pair[1]].Story.ID {
				t.Errorf("%s and %s are apart", pair[0], pair[1])
			}
		}
		for _, pair := range want.Others {
			if of[pair[0]].Story.ID == of[pair[1]].Story.ID {
				t.Errorf("%s and %s are one story", pair[0], pair[1])
			}
		}
		checkOrigins(t, room.made[of[want.Same[0][0]].Story.ID])
		slices.Reverse(want.Articles)
	}
}

// checkOrigins reports origins of s that are told twice.
func checkOrigins(t *testing.T, s news.Story) {
	t.Helper()
	seen := map[string]bool{}
	for _, o := range s.Origins {
		if seen[o.Name] {
			t.Errorf("%s is an origin of %s twice", o.Name, s.ID)
		}
		seen[o.Name] = true
	}
	if len(seen) == 0 {
		t.Errorf("%s has no origins", s.ID)
	}
}
