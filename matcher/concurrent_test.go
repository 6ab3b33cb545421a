package matcher

import (
	"reflect"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/news"
)

func TestConcurrentUse(t *testing.T) {
	r := rulesOf(t, draft.Newsroom())
	items := draft.Mixed()
	want := make([]news.Report, len(items))
	fresh := rulesOf(t, draft.Newsroom())
	for i, it := range items {
		want[i], _ = fresh.Match(it)
	}
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			for i := range items {
				i = (i + g*37) % len(items)
				if got, _ := r.Match(items[i]); !reflect.DeepEqual(got, want[i]) {
					t.Errorf("goroutine %d: another report for %q:\n%s", g, items[i].Title, cmp.Diff(want[i], got))
					return
				}
				if g == 0 {
					r.Explain(items[i], nil)
				}
			}
		})
	}
	group.Wait()
}
