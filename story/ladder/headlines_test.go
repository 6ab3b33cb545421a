package ladder_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/ladder"
)

// TestHeadlines reads headlines that people wrote, in six languages, as the
// shipped rules see them. At least 95 of 100 must be read right, and no denial
// may be read as an official word.
func TestHeadlines(t *testing.T) {
	files, err := filepath.Glob("testdata/*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no headlines: %v", err)
	}
	if more := os.Getenv("HEADLINES"); more != "" {
		files = []string{more}
	}
	rules := shippedRules(t)
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		right, all := 0, 0
		for line := range strings.Lines(string(src)) {
			f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
			if len(f) < 5 || f[0] == "lang" {
				continue
			}
			var want news.Status
			if err := want.UnmarshalText([]byte(f[3])); err != nil {
				t.Fatal(err)
			}
			r, _ := rules.Match(news.Item{ID: "x", Title: f[1], Summary: f[2], Language: f[0]})
			got := ladder.Read(r)
			all++
			named := (got.Status != news.Official && got.Status != news.Denied) || got.Speaker != ""
			if got.Status == want && named {
				right++
			}
			if got.Status != want || f[4] != "" && !alike(got.Speaker, f[4]) {
				t.Logf("%s %-8s for %-8s by %q (want %q): %s | %s", f[0], got.Status, want, got.Speaker, f[4], f[1], f[2])
			}
			if want == news.Denied && got.Status == news.Official {
				t.Errorf("a denial is read as official, by %q: %s", got.Speaker, f[1])
			}
			if !named {
				t.Errorf("%s, by nobody: %s", got.Status, f[1])
			}
		}
		t.Logf("%s: %d of %d right", file, right, all)
		if 100*right < 95*all {
			t.Errorf("%s: %d of %d are right, want 95 in 100", file, right, all)
		}
	}
}

// sameSpeaker reports whether two names of a speaker have a word in common.
func alike(a, b string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(a)) {
		if strings.Contains(strings.ToLower(b), strings.Trim(w, "’'.,")) {
			return true
		}
	}
	return false
}
