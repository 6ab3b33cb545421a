package names

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/coupwatch/coupwatch/matcher/names/slavic"
	"github.com/coupwatch/coupwatch/text"
)

//go:embed given.tsv
var givenTSV string

// A given is a given name in the languages of the region.
type given struct {
	woman bool
	in    [slavic.NumLangs][]string // in Cyrillic, by language
	latin []string                  // spellings that no system makes
}

// A givenIndex finds given names by any of their spellings, folded.
type givenIndex map[string][]sighting

// A sighting is a given name and the languages in which it is spelled so; for
// a Latin spelling, those whose romanisation of it this is.
type sighting struct {
	name *given
	in   [slavic.NumLangs]bool
}

// givens are the given names of given.tsv.
var givens = sync.OnceValue(func() givenIndex {
	index := givenIndex{}
	for line := range strings.Lines(givenTSV) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		if len(fields) == 5 && !strings.HasPrefix(line, "#") {
			index.add(readGiven(fields))
		}
	}
	return index
})

// readGiven reads the five fields of a line.
func readGiven(fields []string) *given {
	g := &given{woman: fields[0] == "f", latin: strings.Fields(fields[4])}
	for l := range slavic.NumLangs {
		if fields[l+1] != "-" {
			g.in[l] = strings.Split(fields[l+1], "/")
		}
	}
	return g
}

// add makes g found by all its spellings.
func (index givenIndex) add(g *given) {
	seen := map[string]*sighting{}
	note := func(spelling string, langs ...slavic.Lang) {
		k := key(text.Words(spelling))
		if seen[k] == nil {
			seen[k] = &sighting{name: g}
		}
		for _, l := range langs {
			seen[k].in[l] = true
		}
	}
	for l, spellings := range g.in {
		for _, s := range spellings {
			note(s, slavic.Lang(l))
			for _, table := range systems(slavic.Lang(l))[:4] {
				for _, latin := range table.Spell(s, 4) {
					note(latin, slavic.Lang(l))
				}
			}
		}
	}
	for _, s := range g.latin {
		note(s)
	}
	for k, s := range seen {
		index[k] = append(index[k], *s)
	}
}

// find returns the given name spelled so, or nil. Where several are, it is the
// one that comes first in the table.
func (index givenIndex) find(spelling string) (g *given, in [slavic.NumLangs]bool) {
	all := index[key(text.Words(spelling))]
	if len(all) == 0 {
		return nil, in
	}
	return all[0].name, all[0].in
}
