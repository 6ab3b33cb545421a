package engine

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
)

// BenchmarkWords cuts items into words, without looking for any.
func BenchmarkWords(b *testing.B) {
	s, items := newEvaluator(programOf(b, draft.Draft{})), draft.Made(1_000)
	i := 0
	for b.Loop() {
		s.Item = items[i%len(items)]
		s.segment()
		i++
	}
	b.ReportMetric(float64(i)/b.Elapsed().Seconds(), "items/s")
}
