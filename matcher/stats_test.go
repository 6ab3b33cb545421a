package matcher

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
)

// BenchmarkStats counts real news; compare BenchmarkNews/one.
func BenchmarkStats(b *testing.B) {
	items := archived(b, 50_000)
	r := rulesOf(b, draft.Newsroom())
	b.Run("match", func(b *testing.B) { matchAll(b, r, items) })
	b.Run("count", func(b *testing.B) {
		s, done := r.NewStats(), 0
		for b.Loop() {
			s.Add(items[done%len(items)])
			done++
		}
		b.ReportMetric(float64(done)/b.Elapsed().Seconds(), "items/s")
	})
}
