package search

import (
	"fmt"
	"testing"

	"github.com/coupwatch/coupwatch/text/keys"
)

// What FTS4 would not take becomes several questions that it takes, of which each
// item passes one; what cannot be asked so is not asked.
func TestAlternatives(t *testing.T) {
	many := func(n int, name string) keys.Sieve {
		var all []keys.Sieve
		for i := range n {
			all = append(all, keys.AllOf(keys.AnyOf(keys.Of(fmt.Sprint(name, i)), keys.Of(fmt.Sprint(name, "b", i))), keys.Of("x")))
		}
		return keys.AnyOf(all...)
	}
	for name, tt := range map[string]struct {
		of        keys.Sieve
		most, all int // questions, keys in all
	}{
		"one":          {keys.Of("a"), 1, 1},
		"few":          {keys.AllOf(many(30, "a"), keys.Of("b")), 1, 91},
		"many":         {many(500, "a"), 8, 1500},
		"many and one": {keys.AllOf(many(500, "a"), keys.Of("b")), 16, 0},
		"twice many":   {keys.AllOf(many(400, "a"), many(400, "b"), keys.Of("c")), mostAlternatives, 0},
	} {
		got := alternatives(tt.of)
		size := 0
		for _, s := range got {
			if size += s.Size(); depth(s) > deepest || s.Op == keys.Nothing {
				t.Errorf("%s: %d deep", name, depth(s))
			}
		}
		if len(got) > tt.most || tt.all > 0 && size != tt.all {
			t.Errorf("%s: %d questions of %d keys, want at most %d of %d", name, len(got), size, tt.most, tt.all)
		}
	}
}
