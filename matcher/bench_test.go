package matcher

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

const (
	archive = "../../shared/data/news-2022-09_2023-04.jsonl.gz"
	shipped = "../rules.yaml"
)

// archived returns the first n items of the archive, which is not part of the
// repository.
func archived(tb testing.TB, n int) []news.Item {
	tb.Helper()
	f, err := os.Open(archive)
	if err != nil {
		tb.Skipf("needs the archive of real news: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	var items []news.Item
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() && len(items) < n {
		var it struct {
			ID, Feed, Title, Description, Link string
			Published                          time.Time
		}
		if err := json.Unmarshal(lines.Bytes(), &it); err != nil {
			tb.Fatal(err)
		}
		items = append(items, news.Item{ID: it.ID, Feed: it.Feed, Title: it.Title, Summary: it.Description, Link: it.Link, Published: it.Published, Language: "en"})
	}
	if lines.Err() != nil || len(items) == 0 {
		tb.Fatalf("no items in the archive: %v", lines.Err())
	}
	return items
}

// readShipped reads the rules that are shipped, once for all tests.
var readShipped = sync.OnceValues(func() (*Rules, error) {
	src, err := os.ReadFile(shipped)
	if err != nil {
		return nil, err
	}
	return Parse(shipped, src)
})

// shippedRules returns the rules that are shipped.
func shippedRules(tb testing.TB) *Rules {
	tb.Helper()
	r, err := readShipped()
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// made returns n items of words that are used about as unevenly as real ones.
func made(n int) []news.Item {
	rnd := rand.New(rand.NewPCG(1, 2))
	often := rand.NewZipf(rnd, 1.07, 3, 60_000)
	text := func(words int) string {
		var b strings.Builder
		for range words {
			b.WriteString(word(int(often.Uint64())))
			b.WriteByte(' ')
		}
		return b.String()
	}
	items := make([]news.Item, n)
	for i := range items {
		items[i] = news.Item{Title: text(10), Summary: text(35), Language: "en"}
	}
	return items
}

// word returns a word that nobody uses, another for each number.
func word(n int) string {
	const first, second = "bdfgklmnprstvz", "aeiou"
	var b []byte
	for n += 70; n > 0; n /= 70 {
		b = append(b, first[n%14], second[n/14%5])
	}
	return string(b)
}

// manyTerms returns rules with so many terms, 75 to a rule. A few of the first
// thousand are found in made items; none of the others is, though many begin
// with words that are.
func manyTerms(terms int) draft {
	rnd := rand.New(rand.NewPCG(3, 4))
	d := draft{lists: map[string]string{"actors": word(40) + ", " + word(90) + ", " + word(300)}}
	for total := terms; terms > 0; {
		var entries []string
		for range min(terms, 75) {
			rare := 60_000 + rnd.IntN(300_000)
			if total-terms < 1_000 {
				rare = 2_000 + rnd.IntN(58_000)
			}
			switch {
			case rnd.IntN(100) < 40:
				entries = append(entries, word(rare))
			case rnd.IntN(100) < 20:
				entries = append(entries, word(rare)[:4]+"x*")
			default:
				entries = append(entries, word(rnd.IntN(20_000))+" "+word(rare))
			}
		}
		id := fmt.Sprintf("rule%d", len(d.rules))
		d.lists[id] = strings.Join(entries, ", ")
		d.rules = append(d.rules, draftRule{id: id, match: "$" + id + " NEAR/12 $actors", unless: []draftChange{{when: word(77)}}})
		terms -= len(entries)
	}
	return d
}

// matchAll matches all items again and again and says how many a second.
func matchAll(b *testing.B, r *Rules, items []news.Item) {
	size := 0
	for _, it := range items {
		size += len(it.Title) + len(it.Summary) + len(it.Body)
	}
	b.ReportAllocs()
	b.SetBytes(int64(size / len(items)))
	matched, done := 0, 0
	for b.Loop() {
		if _, ok := r.Match(items[done%len(items)]); ok {
			matched++
		}
		done++
	}
	b.ReportMetric(float64(done)/b.Elapsed().Seconds(), "items/s")
	b.ReportMetric(100*float64(matched)/float64(done), "%matched")
}

func BenchmarkTerms(b *testing.B) {
	items := made(10_000)
	for _, terms := range []int{100, 1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(terms), func(b *testing.B) { matchAll(b, manyTerms(terms).rulesOf(b), items) })
	}
}

func BenchmarkCompile(b *testing.B) {
	for _, terms := range []int{3_000, 100_000} {
		s := manyTerms(terms).spec(b)
		b.Run(fmt.Sprint(terms), func(b *testing.B) {
			for b.Loop() {
				compile(s)
			}
		})
	}
}

// newsroom returns rules of about the size that is shipped.
func newsroom() draft {
	d := manyTerms(2_700)
	d.lists["coup"] = "coup, putsch, junta, overthrow, mutiny, palace revolution, state of emergency, martial law, seize power, oust"
	d.lists["force"] = "army, soldier, troop, general, colonel, military, guard, officer, paramilitary, militia, security service"
	d.lists["leader"] = "president, prime minister, king, government, regime, minister"
	d.lists["history"] = "anniversary, years ago, film, book, documentary, trial, museum, novel"
	d.lists["figurative"] = "\"coup for\", diplomatic coup, sporting, championship, album"
	for _, n := range []string{"Vladimir Putin", "Sergei Shoigu", "Yevgeny Prigozhin", "Min Aung Hlaing", "Assimi Goita", "Kim Jong Un", "Xi Jinping"} {
		id := strings.ToLower(strings.ReplaceAll(n, " ", "-"))
		d.entities = append(d.entities, entity{id: id, kind: "person", name: n, groups: []string{"leaders"}})
	}
	unless := []draftChange{{when: "$figurative"}}
	lower := []draftChange{{when: "$history OR PAST_YEAR", to: news.Low}, {when: "QUESTION", to: news.Low}}
	for i, q := range []string{
		"$coup NEAR/12 ($force OR $leader OR @leaders OR @countries)",
		"SENTENCE((topple OR overthrow OR oust) NEAR/7 $leader) NEAR/9 (plot OR accuse OR plan OR warn)",
		"(defect OR desert) NEAR/12 ($force OR @leaders OR diplomat)",
		"WITHIN/12($force, revolt OR refuse OR rebel, order OR command)",
		"SENTENCE((arrest OR detain OR execute) NEAR/5 $force) AND @countries",
		"(purge OR dismiss OR sack OR fire) NEAR/6 ($force OR minister) AND @countries",
		"(missing OR \"not seen\" OR whereabouts) NEAR/6 ($leader OR general)",
		"title:(power AND struggle)",
	} {
		d.rules = append(d.rules, draftRule{id: fmt.Sprint("real", i), match: q, unless: unless, lower: lower})
	}
	return d
}

// BenchmarkNews matches real news with the rules that are shipped.
func BenchmarkNews(b *testing.B) {
	items := archived(b, 1<<20)
	r := shippedRules(b)
	b.Run("one", func(b *testing.B) { matchAll(b, r, items) })
	b.Run("all processors", func(b *testing.B) {
		b.ReportAllocs()
		b.RunParallel(func(p *testing.PB) {
			for i := rand.IntN(len(items)); p.Next(); i++ {
				r.Match(items[i%len(items)])
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "items/s")
	})
	b.Run("words only", func(b *testing.B) {
		s := newScratch(r)
		i := 0
		for b.Loop() {
			s.item = items[i%len(items)]
			s.segment()
			i++
		}
		b.ReportMetric(float64(i)/b.Elapsed().Seconds(), "items/s")
	})
}

func BenchmarkExplain(b *testing.B) {
	r := newsroom().rulesOf(b)
	it := mixed()[0]
	for b.Loop() {
		r.Explain(it)
	}
}
