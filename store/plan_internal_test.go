package store

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/store/internal/row"
)

// What is asked at each reading goes by an index, whatever is stored.
func TestReadingsGoByIndexes(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for query, index := range map[string]string{
		atLinks + row.List(2, 2) + ` ORDER BY seen_at, id`:                     "items_canonical",
		`SELECT id, hash, seen_at, title, link FROM items WHERE id IN ($1,$2)`: "sqlite_autoindex_items_1",
	} {
		steps, err := row.Collect(t.Context(), db.reads, func(rows *sql.Rows) (step string, err error) {
			var id, parent, unused int
			err = rows.Scan(&id, &parent, &unused, &step)
			return step, err
		}, `EXPLAIN QUERY PLAN `+query, "https://wire.example/rss", "a", "b")
		if plan := strings.Join(steps, "; "); err != nil || !strings.Contains(plan, "USING INDEX "+index) {
			t.Errorf("%s\n%s, %v; want it to go by %s", query, plan, err, index)
		}
	}
}
