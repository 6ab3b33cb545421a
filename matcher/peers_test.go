package matcher

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coregx/ahocorasick"

	"github.com/coupwatch/coupwatch/internal/cputime"
	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/news"
)

// BenchmarkPeers looks for the same plain terms in the same news with Match and
// with what else looks for terms: a plain trie of words, an Aho-Corasick
// automaton, a Go regexp and ripgrep. They take turns, and what counts is the time of
// the processor; it says how many times Match is as fast as each. Match finds
// more than they do: inflected forms, accents or none, and where what was found
// stands.
func BenchmarkPeers(b *testing.B) {
	items := peersText(b)
	lines := make([]string, len(items))
	for i, it := range items {
		lines[i] = strings.Join(strings.Fields(it.Title+" "+it.Summary), " ")
	}
	for _, n := range []int{100, 1_000, 10_000, 100_000} {
		terms := plainTerms(lines, n)
		d := duel{match: termRules(b, terms), items: items, lines: lines}
		b.Run(fmt.Sprintf("trie/%d", n), func(b *testing.B) { d.run(b, "match/trie", newPlainTrie(terms).count) })
		if n <= 10_000 { // of more it takes half a gigabyte
			b.Run(fmt.Sprintf("ahocorasick/%d", n), func(b *testing.B) { d.run(b, "match/ahocorasick", ahoCorasickOf(b, terms)) })
		}
		if n <= 1_000 {
			b.Run(fmt.Sprintf("regexp/%d", n), func(b *testing.B) { d.run(b, "match/regexp", regexpOf(terms)) })
		}
		if n <= 10_000 { // it refuses more: the regexp that it makes of them is too large
			b.Run(fmt.Sprintf("ripgrep/%d", n), func(b *testing.B) { d.ripgrep(b, terms) })
		}
	}
}

// A duel is between Match and a peer.
type duel struct {
	match *Rules
	items []news.Item
	lines []string // what the items say
	next  int      // where the next round begins
}

// round returns the next items and what they say.
func (d *duel) round() (items []news.Item, lines []string) {
	const size = 2_000
	from := d.next
	to := min(from+size, len(d.items))
	d.next = to % len(d.items)
	return d.items[from:to], d.lines[from:to]
}

// run lets Match and find, which returns how many terms it finds, take turns.
func (d *duel) run(b *testing.B, name string, find func(string) int) {
	var ours, theirs time.Duration
	var bytes, matched, found int
	for _, it := range d.items { // words that it has met once it knows
		d.match.Match(it)
	}
	for b.Loop() {
		items, lines := d.round()
		ours += cputime.Of(func() {
			for _, it := range items {
				if _, ok := d.match.Match(it); ok {
					matched++
				}
			}
		})
		theirs += cputime.Of(func() {
			for _, l := range lines {
				if find(l) > 0 {
					found++
				}
			}
		})
		bytes += bytesOf(lines)
	}
	if 100*matched < 99*found {
		b.Errorf("Match finds something in %d items, the other in %d", matched, found)
	}
	report(b, name, bytes, ours, theirs)
}

// report says how fast both went through so many bytes, and how many times Match
// is as fast.
func report(b *testing.B, name string, bytes int, ours, theirs time.Duration) {
	b.ReportMetric(float64(bytes)/1e6/ours.Seconds(), "match-MB/s")
	b.ReportMetric(float64(bytes)/1e6/theirs.Seconds(), "peer-MB/s")
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), name)
}

// peersText returns the archive if it is there, else items that are made.
func peersText(b *testing.B) []news.Item {
	if _, err := os.Stat(archive); err != nil {
		return draft.Made(50_000)
	}
	return archived(b, 20_000)
}

// plainTerms returns n terms: two words of the news side by side, as they might
// stand in a list of names, of which few are found; and some rare words.
func plainTerms(lines []string, n int) []string {
	rnd := rand.New(rand.NewPCG(5, 6))
	letters := regexp.MustCompile(`[a-zA-Z]{4,}`)
	pick := func() string {
		for {
			if words := letters.FindAllString(lines[rnd.IntN(len(lines))], -1); len(words) > 0 {
				return strings.ToLower(words[rnd.IntN(len(words))])
			}
		}
	}
	terms := map[string]bool{}
	var out []string
	for len(out) < n {
		term := pick() + " " + pick()
		if rnd.IntN(10) == 0 {
			term = pick() + draft.Word(rnd.IntN(1_000))
		}
		if !terms[term] {
			terms[term] = true
			out = append(out, term)
		}
	}
	return out
}

// termRules returns rules with one rule, for any of the terms.
func termRules(b *testing.B, terms []string) *Rules {
	return rulesOf(b, draft.Draft{
		Lists: map[string]string{"terms": strings.Join(terms, ", ")},
		Rules: []draft.Rule{{ID: "terms", Match: "$terms"}},
	})
}

// regexpOf returns a function that looks for the terms with one regexp.
func regexpOf(terms []string) func(string) int {
	alternatives := slices.Clone(terms)
	for i := range alternatives {
		alternatives[i] = regexp.QuoteMeta(alternatives[i])
	}
	re := regexp.MustCompile(`(?i)\b(?:` + strings.Join(alternatives, "|") + `)\b`)
	return func(s string) int {
		if re.MatchString(s) {
			return 1
		}
		return 0
	}
}

// ahoCorasickOf returns a function that looks for the terms with an automaton. It
// knows neither case nor words, so that these are seen to around it.
func ahoCorasickOf(tb testing.TB, terms []string) func(string) int {
	ac, err := ahocorasick.NewBuilder().AddStrings(terms).Build()
	if err != nil {
		tb.Fatal(err)
	}
	var lower []byte
	return func(s string) (found int) {
		lower = lower[:0]
		for i := range len(s) {
			c := s[i]
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			lower = append(lower, c)
		}
		inWord := func(i int) bool { return i >= 0 && i < len(lower) && plainBytes[lower[i]] != 0 }
		for at := 0; ; {
			m, ok := ac.Find(lower, at)
			if !ok {
				return found
			}
			if !inWord(m.Start-1) && !inWord(m.End) {
				found++
			}
			at = m.Start + 1
		}
	}
}

// ripgrep lets Match and ripgrep take turns. The other reads the terms and a file of
// all lines each time.
func (d *duel) ripgrep(b *testing.B, terms []string) {
	rg, err := exec.LookPath("rg")
	if err != nil {
		b.Skipf("needs ripgrep: %v", err)
	}
	dir := b.TempDir()
	write := func(name string, lines []string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			b.Fatal(err)
		}
		return name
	}
	file, patterns := write("news", d.lines), write("terms", terms)
	var ours, theirs time.Duration
	bytes := 0
	for b.Loop() {
		ours += cputime.Of(func() {
			for _, it := range d.items {
				d.match.Match(it)
			}
		})
		search := exec.Command(rg, "-F", "-i", "-w", "-c", "-f", patterns, file)
		out, err := search.CombinedOutput()
		if err != nil && len(out) > 0 { // without output: nothing was found
			b.Fatalf("%v: %s", err, out)
		}
		theirs += search.ProcessState.UserTime() + search.ProcessState.SystemTime()
		bytes += bytesOf(d.lines)
	}
	report(b, "match/ripgrep", bytes, ours, theirs)
}

// bytesOf returns how many bytes the lines are.
func bytesOf(lines []string) int {
	sum := 0
	for _, l := range lines {
		sum += len(l) + 1
	}
	return sum
}
