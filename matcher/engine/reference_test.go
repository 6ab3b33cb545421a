package engine

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/news"
)

// A place is where the reference finds something: the words of a title from
// first to last, and the words that serve it.
type place struct {
	first, last int
	words       []int
}

// reference finds all places of a query in the words of a title by trying
// everything. It knows what is said of each construct, and no cleverness.
func reference(n query.Node, words []string) []place {
	switch n := n.(type) {
	case *query.Term:
		var all []place
		for i, w := range words {
			if w == n.Words[0].Text {
				all = append(all, place{i, i, []int{i}})
			}
		}
		return all
	case *query.Or:
		var all []place
		for _, p := range n.Parts {
			all = append(all, reference(p, words)...)
		}
		return all
	case *query.And:
		for _, p := range append(slices.Clone(n.Parts), n.Not...) {
			if (len(reference(p, words)) == 0) != slices.Contains(n.Not, p) {
				return nil
			}
		}
		return reference(n.Parts[0], words)
	case *query.Near:
		var all []place
		for _, l := range reference(n.Left, words) {
			for _, r := range reference(n.Right, words) {
				away := max(r.first-l.last, l.first-r.last) - 1
				if away <= n.N && !shared(l, r) && (!n.Ordered || l.last < r.first) {
					all = append(all, joined(l, r))
				}
			}
		}
		return all
	case *query.Within:
		all := reference(n.Parts[0], words)
		for _, p := range n.Parts[1:] {
			var next []place
			for _, l := range all {
				for _, r := range reference(p, words) {
					if j := joined(l, r); j.last-j.first < n.N && !shared(l, r) {
						next = append(next, j)
					}
				}
			}
			all = next
		}
		return all
	}
	panic(fmt.Sprintf("%T", n))
}

func shared(a, b place) bool {
	return slices.ContainsFunc(a.words, func(w int) bool { return slices.Contains(b.words, w) })
}

func joined(a, b place) place {
	return place{min(a.first, b.first), max(a.last, b.last), append(slices.Clone(a.words), b.words...)}
}

// drawn draws a query of words from a to e.
func drawn(rnd *rand.Rand, depth int) string {
	if depth == 0 {
		return string(rune('a'+rnd.IntN(5))) + "1"
	}
	part := func() string { return "(" + drawn(rnd, rnd.IntN(depth)) + ")" }
	switch rnd.IntN(6) {
	case 0:
		return part() + " OR " + part()
	case 1:
		return part() + " AND " + part()
	case 2:
		return part() + " AND NOT " + part()
	case 3:
		return fmt.Sprintf("%s ONEAR/%d %s", part(), rnd.IntN(5), part())
	case 4:
		return fmt.Sprintf("WITHIN/%d(%s, %s, %s)", 3+rnd.IntN(5), part(), part(), part())
	default:
		return fmt.Sprintf("%s NEAR/%d %s", part(), rnd.IntN(5), part())
	}
}

// Queries of which every part is a word or two agree with the reference always.
// Within others ours takes the nearest of many and the shortest of stretches,
// where the reference takes any; that this matters is very rare.
func TestAgreesWithReference(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for _, tt := range []struct {
		name    string
		depth   int
		allowed float64 // part of the cases that may differ
	}{
		{"flat", 1, 0},
		{"nested", 3, 0.0005},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cases := map[bool]int{}
			var differ []string
			rounds := 8
			if testing.Short() {
				rounds = 1 // one goroutine has no races
			}
			for range rounds {
				var d draft.Draft
				var queries []query.Node
				for i := range 500 {
					src := drawn(rnd, tt.depth)
					if n, err := query.Parse(src); err == nil {
						d.Rules = append(d.Rules, draft.Rule{ID: fmt.Sprint(i), Match: src})
						queries = append(queries, n)
					}
				}
				r := programOf(t, d)
				for range 8 {
					title := drawnTitle(rnd)
					matched := map[string]bool{}
					rep, _ := r.Match(news.Item{Title: title, Language: "en"})
					for _, m := range rep.Matches {
						matched[m.Rule] = true
					}
					for i, n := range queries {
						want := len(reference(n, strings.Fields(title))) > 0
						cases[want]++
						if got := matched[d.Rules[i].ID]; got != want {
							differ = append(differ, fmt.Sprintf("%s in %q: %v, want %v", query.Format(n), title, got, want))
						}
					}
				}
			}
			if cases[true] == 0 || cases[false] == 0 {
				t.Fatal("no cases")
			}
			if all := cases[true] + cases[false]; float64(len(differ)) > tt.allowed*float64(all) {
				t.Errorf("%d of %d cases differ:\n%s", len(differ), all, strings.Join(differ[:min(len(differ), 10)], "\n"))
			}
		})
	}
}

func drawnTitle(rnd *rand.Rand) string {
	words := make([]string, 1+rnd.IntN(12))
	for i := range words {
		words[i] = string(rune('a'+rnd.IntN(7))) + "1"
	}
	return strings.Join(words, " ")
}
