package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web"
)

// BenchmarkPages makes pages of as many stories as are kept, 10,000, of which
// 3,300 are of the last week.
func BenchmarkPages(b *testing.B) {
	d := crowd(0, now)
	few := crowd(90, now).stories
	for i := range 10_000 {
		s := few[i%len(few)]
		s.ID, s.LastSeen = fmt.Sprintf("s-%016x", i), now.Add(-time.Duration(i)*3*time.Minute)
		if i%30 > 0 {
			s.Told = time.Time{}
		}
		s.Entities, s.About = []string{fmt.Sprint("entity-", i%500)}, news.Words{{Text: s.Countries[0], Weight: 1}}
		d.stories = append(d.stories, s)
	}
	h := web.Handler(whole(d, web.State{}))
	for _, path := range []string{"/", "/?since=30d", "/?since=30d&country=ml&rule=overthrow&q=soldiers", "/wall", "/story/s-0000000000000007", "/feeds"} {
		b.Run(path, func(b *testing.B) {
			size := 0
			for b.Loop() {
				w := httptest.NewRecorder()
				h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
				if w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
				size = w.Body.Len()
			}
			b.ReportMetric(float64(size)/1000, "kB")
		})
	}
}
