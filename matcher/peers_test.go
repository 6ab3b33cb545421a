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

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/news"
)

// BenchmarkPeers looks for the same plain terms in the same news with Match,
// with one Go regexp and with ripgrep, and says how many times Match is as fast
// as these. Match finds more than they do: inflected forms, accents or none,
// and where what was found stands.
func BenchmarkPeers(b *testing.B) {
	items := peersText(b)
	lines := make([]string, len(items))
	for i, it := range items {
		lines[i] = strings.Join(strings.Fields(it.Title+" "+it.Summary), " ")
	}
	for _, n := range []int{100, 1_000, 10_000, 100_000} {
		terms := plainTerms(lines, n)
		var match float64
		b.Run(fmt.Sprintf("match/%d", n), func(b *testing.B) {
			matchAll(b, termRules(b, terms), items)
			match = speed(b, bytesOf(lines)/len(lines))
		})
		if n <= 1_000 {
			b.Run(fmt.Sprintf("regexp/%d", n), func(b *testing.B) {
				regexpAll(b, terms, lines)
				b.ReportMetric(match/speed(b, bytesOf(lines)/len(lines)), "match/regexp")
			})
		}
		b.Run(fmt.Sprintf("ripgrep/%d", n), func(b *testing.B) {
			some := lines
			switch { // of more it takes minutes
			case n > 10_000:
				b.Skip("ripgrep refuses so many terms: the regexp that it makes of them is too large")
			case n > 1_000:
				some = lines[:min(len(lines), 20_000)]
			}
			ripgrepAll(b, terms, some)
			b.ReportMetric(match/speed(b, bytesOf(some)), "match/ripgrep")
		})
	}
}

// peersText returns the archive if it is there, else items that are made.
func peersText(b *testing.B) []news.Item {
	if _, err := os.Stat(archive); err != nil {
		return draft.Made(50_000)
	}
	return archived(b, 1<<20)
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

func regexpAll(b *testing.B, terms, lines []string) {
	alternatives := slices.Clone(terms)
	for i := range alternatives {
		alternatives[i] = regexp.QuoteMeta(alternatives[i])
	}
	re := regexp.MustCompile(`(?i)\b(?:` + strings.Join(alternatives, "|") + `)\b`)
	b.SetBytes(int64(bytesOf(lines) / len(lines)))
	i := 0
	for b.Loop() {
		re.MatchString(lines[i%len(lines)])
		i++
	}
}

// ripgrepAll searches a file of all lines, the reading of the terms included.
func ripgrepAll(b *testing.B, terms, lines []string) {
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
	file, patterns := write("news", lines), write("terms", terms)
	b.SetBytes(int64(bytesOf(lines)))
	for b.Loop() {
		out, err := exec.Command(rg, "-F", "-i", "-w", "-c", "-f", patterns, file).CombinedOutput()
		if err != nil && len(out) > 0 { // without output: nothing was found
			b.Fatalf("%v: %s", err, out)
		}
	}
}

// bytesOf returns how many bytes the lines are.
func bytesOf(lines []string) int {
	sum := 0
	for _, l := range lines {
		sum += len(l) + 1
	}
	return sum
}

// speed returns the bytes a second of a benchmark that has run, of so many
// bytes each time.
func speed(b *testing.B, bytes int) float64 {
	return float64(bytes) * float64(b.N) / b.Elapsed().Seconds()
}
