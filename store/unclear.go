package store

import (
	"context"
	"time"
)

// Unclear is [DB.Retry] for an attempt that came to no known end: the message
// may be there. When the alert is due again it is in doubt.
func (db *DB) Unclear(ctx context.Context, id string, next time.Time, problem string) error {
	return db.change(ctx, "note that alert "+id+" may not have been sent", `
		UPDATE alerts SET due_at = $1, problem = $2, tried_at = 0, doubt = 1
		WHERE id = $3 AND sent_at = 0 AND failed_at = 0`, millis(next), problem, id)
}
