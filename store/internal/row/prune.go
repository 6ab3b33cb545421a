package row

import (
	"context"
	"database/sql"
	"time"

	"github.com/coupwatch/coupwatch/store/engine"
)

// PrunedAtOnce is how many rows are deleted in one transaction, so that others
// who write wait milliseconds and not minutes.
const PrunedAtOnce = 500

// Prune runs a query that deletes with a moment and a number of rows until it
// deletes none. It may stop at any point and be done again.
func Prune(ctx context.Context, db *engine.DB, query string, before time.Time) error {
	for {
		var n int64
		err := db.Update(ctx, func(tx *sql.Tx) (err error) {
			n, err = Exec(ctx, tx, query, Millis(before), PrunedAtOnce)
			return err
		})
		if err != nil || n == 0 {
			return err
		}
	}
}
