package ladder_test

import (
	"os"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/ladder"
)

// Who is named beside a verb and does not speak is no speaker: testdata/objects.tsv
// has whom it is done to, whose something is, by whom somebody fell, and beside
// them those who do speak; "-" is nobody.
func TestNobodySpeaksWhoDoesNot(t *testing.T) {
	rules := shippedRules(t)
	src, err := os.ReadFile("testdata/objects.tsv")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(src)) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if f[0] == "lang" {
			continue
		}
		n++
		r, _ := rules.Match(news.Item{ID: "x", Title: f[1], Summary: f[2], Language: f[0]})
		got := ladder.Read(r)
		if got.Status.String() != f[3] || got.Speaker != strings.Trim(f[4], "-") {
			t.Errorf("%s: %s, by %q, want %s, by %q (%s): %s | %s", f[0], got.Status, got.Speaker, f[3], f[4], f[5], f[1], f[2])
		}
	}
	if n == 0 {
		t.Fatal("no cases")
	}
}
