package matcher

import (
	"cmp"
	"flag"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/news"
)

var hits = flag.Int("hits", 0, "how many hits of surnames alone and of aliases to list, for people to judge")

// A shortHit is an entity named by one word or by an alias, and the words
// around.
type shortHit struct{ entity, words, around string }

// TestShortNames lists what may be taken for an entity of the shipped rules
// and be another: surnames on their own, and aliases, in the archive. Whether
// they are meant only people can tell; so it lists a sample, and how often
// each entity is named so.
func TestShortNames(t *testing.T) {
	if *hits == 0 {
		t.Skip("lists names for people to judge; ask with -hits 150")
	}
	src, err := os.ReadFile(shipped)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Parse(shipped, src)
	if err != nil {
		t.Fatal(err)
	}
	var all []shortHit
	for _, it := range archived(t, 1<<20) {
		all = append(all, shortHits(r.program(), it)...)
	}
	if len(all) == 0 {
		t.Fatal("no entity is named by one word or an alias")
	}
	tell(t, all)
}

// shortHits returns those of an item.
func shortHits(r *engine.Program, it news.Item) []shortHit {
	s := r.Read(it)
	defer s.Release()
	var out []shortHit
	for i := range s.Sightings {
		g := &s.Sightings[i]
		n := &s.Names[g.Name]
		alias := s.Hows[g.How] == "alias"
		if g.Doubt != engine.NoDoubt || n.Kind == "" || !alias && (n.Kind != "person" || g.First != g.Last) {
			continue
		}
		span := s.Span(g.First, g.Last, "")
		text := it.Text(span.Field)
		from, to := max(0, span.Start-70), min(len(text), span.End+70)
		around := text[from:span.Start] + "[" + text[span.Start:span.End] + "]" + text[span.End:to]
		out = append(out, shortHit{n.ID, strings.ToLower(text[span.Start:span.End]), strings.ToValidUTF8(strings.Join(strings.Fields(around), " "), "")})
	}
	return out
}

// tell prints how often each entity is named by which words, and a sample of
// the rarer ones as well: from each entity as many as from any other, until
// there are enough.
func tell(t *testing.T, all []shortHit) {
	byWords := map[string]map[string]int{}
	byEntity := map[string][]shortHit{}
	for _, h := range all {
		if byWords[h.entity] == nil {
			byWords[h.entity] = map[string]int{}
		}
		byWords[h.entity][h.words]++
		byEntity[h.entity] = append(byEntity[h.entity], h)
	}
	rnd := rand.New(rand.NewPCG(7, 8))
	var ids []string
	for id, hits := range byEntity {
		ids = append(ids, id)
		rnd.Shuffle(len(hits), func(i, j int) { hits[i], hits[j] = hits[j], hits[i] })
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(len(byEntity[b])-len(byEntity[a]), cmp.Compare(a, b)) })
	for _, id := range ids {
		t.Logf("%6d %s %v", len(byEntity[id]), id, byWords[id])
	}
	for i, left := 0, *hits; left > 0 && i < len(all); i++ {
		for _, id := range ids {
			if i < len(byEntity[id]) && left > 0 {
				t.Logf("@%s: %s", id, byEntity[id][i].around)
				left--
			}
		}
	}
}
