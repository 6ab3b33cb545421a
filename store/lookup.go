package store

import (
	"context"
	"slices"
)

// ItemsByID returns the items that have one of ids, first read first, and what
// was decided about them.
func (db *DB) ItemsByID(ctx context.Context, ids ...string) ([]Verdict, error) {
	var all []Verdict
	for some := range slices.Chunk(ids, idsAtOnce) {
		verdicts, err := collect(ctx, db.reads, scanVerdict, `
			SELECT `+verdictColumns+` FROM items WHERE id IN `+list(1, len(some))+`
			ORDER BY fetched_at, id`, anys(some)...)
		if err != nil {
			return nil, db.fail("look for items by id", err)
		}
		all = append(all, verdicts...)
	}
	return all, nil
}
