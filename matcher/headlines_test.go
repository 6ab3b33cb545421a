package matcher_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// A headline is a line of a table of headlines, with what a desk wants of it.
type headline struct {
	label, kind string
	item        news.Item
}

// headlines reads a table of headlines in testdata.
func headlines(t *testing.T, file string) []headline {
	t.Helper()
	table, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []headline
	for line := range strings.Lines(string(table)) {
		f := append(strings.Split(strings.TrimRight(line, "\n"), "\t"), "")
		if strings.HasPrefix(line, "#") {
			continue
		}
		published, err := time.Parse(time.DateOnly, f[3])
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		out = append(out, headline{f[0], f[1], news.Item{Language: f[2], Published: published.Add(12 * time.Hour), Title: f[4], Summary: f[5]}})
	}
	return out
}

// A share is how many of so many.
type share struct{ got, of int }

// add counts one more, and whether it is got.
func (s *share) add(got bool) {
	s.of++
	if got {
		s.got++
	}
}

// part returns the share as a number from 0 to 1; of nothing it is 0.
func (s share) part() float64 { return float64(s.got) / float64(max(s.of, 1)) }

// String returns the share as people write it.
func (s share) String() string { return fmt.Sprintf("%d/%d", s.got, s.of) }

// A tally is what a set of rules made of headlines.
type tally struct {
	told, wanted, falseAlarms share // of the told: those that are wanted
	byKind, byLanguage        map[string]*share
	falseByLanguage           map[string]*share
}

// tallied asks rules of headlines.
func tallied(r *matcher.Rules, lines []headline) tally {
	all := tally{byKind: map[string]*share{}, byLanguage: map[string]*share{}, falseByLanguage: map[string]*share{}}
	for _, h := range lines {
		severity, _ := loudest(r, h.item)
		loud := severity.IsWorthAlert()
		if h.label == "A" {
			all.wanted.add(loud)
			count(all.byKind, h.kind).add(loud)
			count(all.byLanguage, h.item.Language).add(loud)
		} else {
			all.falseAlarms.add(loud)
			count(all.falseByLanguage, h.item.Language).add(loud)
		}
		if loud {
			all.told.add(h.label == "A")
		}
	}
	return all
}

// f1 returns the harmonic mean of precision and recall.
func (a tally) f1() float64 {
	precision, recall := a.told.part(), a.wanted.part()
	return 2 * precision * recall / (precision + recall)
}

// Of headlines by people who did not know the rules, so many of those that a
// desk wants are told, and so few of the others. The bounds lie a little under
// what is measured, so that no change loses what another has won.
func TestHeadlines(t *testing.T) {
	if testing.Short() {
		t.Skip("asks one after the other; takes minutes where races are watched for")
	}
	r := shippedRules(t)
	for _, tt := range []struct {
		file                string
		recall, falseAlarms float64
	}{
		{"headlines-seen.tsv", .74, .065},
		{"headlines-fit.tsv", .59, .1},
		{"headlines-fit-world.tsv", .68, .02},
		{"headlines-unseen.tsv", .57, .09},
	} {
		all := tallied(r, headlines(t, "testdata/"+tt.file))
		if all.wanted.of < 180 || all.falseAlarms.of < 120 {
			t.Fatalf("%s: %d headlines that are wanted and %d others, want 200 and 140", tt.file, all.wanted.of, all.falseAlarms.of)
		}
		recall, falseAlarms := all.wanted.part(), all.falseAlarms.part()
		t.Logf("%s: recall %.3f (%v), false %.3f (%v), precision %.3f, F1 %.3f", tt.file, recall, all.wanted, falseAlarms, all.falseAlarms, all.told.part(), all.f1())
		t.Log(shares(all.byKind))
		t.Log("wanted:", shares(all.byLanguage))
		t.Log("false:", shares(all.falseByLanguage))
		if recall < tt.recall || falseAlarms > tt.falseAlarms {
			t.Errorf("%s: recall %.3f, false %.3f; want at least %.2f, at most %.2f", tt.file, recall, falseAlarms, tt.recall, tt.falseAlarms)
		}
	}
}

// count returns the share of a name, and makes it where there is none.
func count(of map[string]*share, name string) *share {
	if of[name] == nil {
		of[name] = &share{}
	}
	return of[name]
}

// shares returns shares in order of their names.
func shares(of map[string]*share) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(of)) {
		fmt.Fprintf(&b, "%s %v  ", name, of[name])
	}
	return b.String()
}
