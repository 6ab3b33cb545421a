package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

// Behind a PgBouncer that gives each transaction to another connection two replicas
// share the work as they do without: each item is stored once, and told once. All of
// the tests run behind it with POSTGRES_POOLER=1 go test ./store/...
func TestBehindPgBouncer(t *testing.T) {
	t.Parallel()
	const items, times = 8, 12
	location := enginetest.NewPooled(t)
	first, second := open(t, location), open(t, location)
	setFeeds(t, first, feed(1))
	var wait sync.WaitGroup
	for i := range times {
		for _, db := range []*store.DB{first, second} {
			wait.Go(func() {
				f := feed(1)
				var all []news.Item
				for n := range items {
					all = append(all, item(f, fmt.Sprint(i, n), "Soldiers seize the palace"))
				}
				if _, err := db.Ingest(t.Context(), reading(f, noon.Add(time.Duration(i)*time.Minute), all...), reports(fmt.Sprint("coup", i), all...), asking(decide)); err != nil {
					t.Error(err)
				}
				beat(t, db)
			})
		}
	}
	wait.Wait()
	if got := len(storiesAt(t, first)); got != times {
		t.Errorf("%d stories, want %d", got, times)
	}
	told := map[string]int{}
	for _, db := range []*store.DB{first, second} {
		for _, a := range due(t, db, noon.Add(time.Hour), "slack") {
			told[a.ID]++
		}
	}
	for id, n := range told {
		if n != 1 {
			t.Errorf("%s was claimed %d times", id, n)
		}
	}
	if len(told) != times {
		t.Errorf("%d alerts are owed, want %d", len(told), times)
	}
}
