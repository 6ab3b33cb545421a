package origins_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/attribution"
	"github.com/coupwatch/coupwatch/story/origins"
	"github.com/coupwatch/coupwatch/story/outlets"
)

// Where the articles that coupwatch was made for lie beside the project; they
// belong to their publishers and are no part of it.
const shared = "../../../shared/"

// A seed is such an article and what people found in it.
type seed struct {
	File         string
	Attributions []struct{ Speaker, Via, Text string }
	Origins      []string `json:"independent_origins"`
}

func (x seed) says(body string) (all []news.Attribution) {
	for _, a := range x.Attributions {
		at := strings.Index(body, a.Text)
		if at < 0 {
			continue
		}
		clean := func(s string) string { // without remarks in brackets, and the last of a chain
			s, _, _ = strings.Cut(s, " (")
			if i := strings.LastIndex(s, ", "); i >= 0 {
				s = s[i+2:]
			}
			return strings.TrimPrefix(s, "-")
		}
		speaker := clean(a.Speaker)
		lower := strings.ToLower(speaker)
		hidden := strings.HasPrefix(lower, "unnamed") || strings.HasPrefix(lower, "anonymous") || strings.HasPrefix(lower, "rumours") || strings.HasPrefix(lower, "social media")
		if speaker == clean(a.Via) {
			speaker = ""
		}
		all = append(all, news.Attribution{Speaker: speaker, Via: clean(a.Via), Hearsay: hidden, Span: news.Span{Field: news.Body, Start: at, End: at + len(a.Text)}})
	}
	return all
}

// TestSeeds finds the origins of the articles that coupwatch was made for by
// what people found them to say.
func TestSeeds(t *testing.T) {
	src, err := os.ReadFile(shared + "data/seeds-expected.json")
	if err != nil {
		t.Skipf("no articles here: %v", err)
	}
	var expected struct{ Articles []seed }
	if err := json.Unmarshal(src, &expected); err != nil || len(expected.Articles) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	source, err := os.ReadFile("../../rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := matcher.Parse("../../rules.yaml", source)
	if err != nil {
		t.Fatal(err)
	}
	press := outlets.New(nil)
	var both news.Story // the two articles that are one story
	for _, x := range expected.Articles {
		all, err := os.ReadFile(shared + "seeds/" + x.File)
		if err != nil {
			t.Fatal(err)
		}
		title, body, _ := strings.Cut(string(all), "\n")
		r, _ := rules.Match(news.Item{ID: x.File, Title: title, Body: body, Language: "en", Publisher: "Daily Example"})
		told := news.Story{Sources: []news.Source{{Publisher: r.Publisher}}}
		origins.Add(&told, r, x.says(body), press)
		t.Logf("%s: want %q\nby what people found: %q", x.File, x.Origins, names(told))
		if len(told.Origins) > len(x.Origins) {
			t.Errorf("%s: origins %q, more than the %d that people found", x.File, names(told), len(x.Origins))
		}
		found := news.Story{Sources: []news.Source{{Publisher: r.Publisher}}}
		origins.Add(&found, r, attribution.Find(r, press), press)
		t.Logf("by what is read: %q", names(found))
		if strings.Contains(strings.Join(x.Origins, " "), "Osechkin") {
			r.Publisher = x.File
			both.Sources = append(both.Sources, news.Source{Publisher: r.Publisher})
			origins.Add(&both, r, attribution.Find(r, press), press)
		}
	}
	if n := strings.Count(strings.Join(names(both), " "), "Osechkin"); n != 1 || len(both.Sources) != 2 {
		t.Errorf("two articles on one exile have the origins %q", names(both))
	}
}
