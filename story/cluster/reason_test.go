package cluster

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

// The reason why a report joined a story is a whole sentence, though nothing
// that the two have in common can be written.
func TestReason(t *testing.T) {
	like := &Cluster{Story: news.Story{Headline: "Mutiny in Mali"}}
	for why, want := range map[string]string{
		"Mali, colonel": `like "Mutiny in Mali": both tell of Mali, colonel`,
		"":              `like "Mutiny in Mali"`,
	} {
		if got := (likeness{story: like, why: why}).reason(); got != want || strings.HasSuffix(got, " ") {
			t.Errorf("%q in common: %q, want %q", why, got, want)
		}
	}
}
