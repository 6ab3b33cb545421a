package ladder_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/ladder"
)

// TestSeeds reads the articles that coupwatch was made for.
func TestSeeds(t *testing.T) {
	src, err := os.ReadFile(shared + "data/seeds-expected.json")
	if err != nil {
		t.Skipf("no articles here: %v", err)
	}
	var expected struct {
		Articles []struct{ File, Status string }
	}
	if err := json.Unmarshal(src, &expected); err != nil || len(expected.Articles) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	rules := shippedRules(t)
	for _, a := range expected.Articles {
		all, err := os.ReadFile(shared + "seeds/" + a.File)
		if err != nil {
			t.Fatal(err)
		}
		title, body, _ := strings.Cut(string(all), "\n")
		r, _ := rules.Match(news.Item{ID: a.File, Title: title, Body: body, Language: "en"})
		if got := ladder.Read(r); got.Status != statuses[a.Status] {
			t.Errorf("%s: status %q because of %q, want %q", a.File, got.Status, got.Sentence, a.Status)
		}
	}
}
