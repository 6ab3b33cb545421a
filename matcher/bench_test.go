package matcher

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/internal/draft"
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
	items := draft.Made(10_000)
	for _, terms := range []int{100, 1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(terms), func(b *testing.B) { matchAll(b, rulesOf(b, draft.ManyTerms(terms)), items) })
	}
}

func BenchmarkCompile(b *testing.B) {
	for _, terms := range []int{3_000, 100_000} {
		s := draft.ManyTerms(terms).Spec(b)
		b.Run(fmt.Sprint(terms), func(b *testing.B) {
			for b.Loop() {
				engine.Compile(s)
			}
		})
	}
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
}

func BenchmarkExplain(b *testing.B) {
	r := rulesOf(b, draft.Newsroom())
	it := draft.Mixed()[0]
	for b.Loop() {
		r.Explain(it, nil)
	}
}
