package feedlist

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// newPage returns a page with a rules.yaml of its own, how often that was written, and
// a site that has two feeds.
func newPage(t *testing.T) (p *Page, wrote *int, site string) {
	t.Helper()
	d, _, site := newDesk(t, "")
	file, err := matcher.Open(d.Rules, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	wrote = new(int)
	return NewPage(d.Rules, file, true, d.Fetch, d.Abroad, func(ctx context.Context) {
		*wrote++
		if err := file.Reload(ctx); err != nil {
			t.Error(err)
		}
	}), wrote, site
}

// What is found is added as it is chosen, is in the rules the moment after, and is
// taken out again.
func TestPage(t *testing.T) {
	p, wrote, site := newPage(t)
	found, err := p.Find(t.Context(), site, news.Feed{Language: "en"})
	if err != nil || len(found.Candidates) != 2 || !strings.HasPrefix(found.Candidates[0].Is, "RSS") || found.Candidates[0].Title != "Wire /a.xml" || len(found.Candidates[0].Items) != 1 {
		t.Fatalf("found %+v, %v", found, err)
	}
	f := news.Feed{URL: found.Candidates[0].URL, Name: "Wire", Language: "en", Tags: []string{"sahel"}}
	lines, place, err := p.Lines(t.Context(), f)
	if err != nil || !strings.Contains(lines, "- {url: ") || strings.Count(lines, "\n") != 1 || !strings.HasSuffix(place, "rules.yaml, as line 4") {
		t.Errorf("lines %q of %s, %v", lines, place, err)
	}
	name, place, err := p.Add(t.Context(), f)
	if err != nil || name != "Wire" || !strings.HasSuffix(place, "rules.yaml:4") || *wrote != 1 {
		t.Fatalf("added %s to %s, %v, wrote %d times", name, place, err, *wrote)
	}
	text, err := os.ReadFile(p.path)
	if want := someRule + lines; err != nil || string(text) != want {
		t.Errorf("the rules are\n%s, want\n%s", text, want)
	}
	if listed, at := p.Listed(f.URL); listed.Name != "Wire" || at != place {
		t.Errorf("listed %+v at %s", listed, at)
	}
	if found, err = p.Find(t.Context(), f.URL, news.Feed{}); err != nil || found.Candidates[0].There != "Wire, in "+place {
		t.Errorf("found %+v, %v, want that it is there", found, err)
	}
	if _, _, err := p.Add(t.Context(), f); err == nil || !strings.Contains(err.Error(), "is there already: Wire") {
		t.Errorf("added twice: %v", err)
	}
	if _, _, err := p.Add(t.Context(), news.Feed{URL: found.Candidates[0].URL + "2", Schedule: "often"}); err == nil || !strings.Contains(err.Error(), "schedule") {
		t.Errorf("a schedule that is none: %v", err)
	}
	if place, err := p.Remove(t.Context(), f.URL); err != nil || !strings.HasSuffix(place, "rules.yaml:4") || *wrote != 2 {
		t.Errorf("removed from %s, %v, wrote %d times", place, err, *wrote)
	}
	if text, _ := os.ReadFile(p.path); string(text) != someRule && string(text) != someRule+"  []\n" {
		t.Errorf("the rules are\n%s", text)
	}
	if _, err := p.Remove(t.Context(), f.URL); err == nil {
		t.Error("removed twice")
	}
}

// Only so many look at sites at once; files of this machine are none of the page's.
func TestPageFindsWithinBounds(t *testing.T) {
	p, _, site := newPage(t)
	if _, err := p.Find(t.Context(), p.path, news.Feed{}); err == nil || strings.Contains(err.Error(), "is a file") {
		t.Errorf("a file: %v", err)
	}
	for range searchesAtOnce {
		p.searches <- struct{}{}
	}
	if _, err := p.Find(t.Context(), site, news.Feed{}); !errors.Is(err, errBusy) {
		t.Errorf("one more than may: %v", err)
	}
}

func TestInserted(t *testing.T) {
	for _, tt := range []struct {
		before, after, lines string
		line                 int
	}{
		{"a\nb\n", "a\nx\nb\n", "x\n", 2},
		{"a\n", "a\na\n", "a\n", 2},
		{"", "x\n", "x\n", 1},
		{"a\nb", "a\nb\nc\n", "b\nc\n", 2},
		{"a\n", "a\n", "", 3},
	} {
		if lines, line := inserted(tt.before, tt.after); lines != tt.lines || line != tt.line && tt.lines != "" {
			t.Errorf("from %q to %q: %q at %d", tt.before, tt.after, lines, line)
		}
	}
}
