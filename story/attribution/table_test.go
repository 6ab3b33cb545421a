package attribution_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/attribution"
	"github.com/coupwatch/coupwatch/story/outlets"
)

// From whom each sentence of the tables in testdata has it.
func TestSentences(t *testing.T) {
	files, err := filepath.Glob("testdata/*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	table := outlets.New(nil)
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sentences := 0
		for line := range strings.Lines(string(src)) {
			want, sentence, ok := strings.Cut(strings.TrimSpace(line), "\t")
			if strings.HasPrefix(line, "#") {
				continue
			}
			if !ok {
				t.Fatalf("%s: no case: %s", file, line)
			}
			sentences++
			r := news.Report{Item: news.Item{Title: "Title", Summary: sentence}}
			if got := brief(attribution.Find(r, table)); got != strings.TrimPrefix(want, "-") {
				t.Errorf("%s: %s\n\tis from %q, want %q", filepath.Base(file), sentence, got, want)
			}
		}
		if sentences < 20 {
			t.Errorf("%s has %d sentences", file, sentences)
		}
	}
}
