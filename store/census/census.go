// Package census counts what a database holds, for those who watch the program. It
// is a part of package store, whose database has its methods.
package census

import (
	"context"
	"database/sql"
	"time"

	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// A Counter counts what a database holds. It is safe for concurrent use; make one
// with [New].
type Counter struct{ db *engine.DB }

// New returns the counter of a database, whose schema is package store's.
func New(db *engine.DB) *Counter { return &Counter{db} }

// A Census is what the database holds, for those who watch the program.
type Census struct {
	Stories int            // that had a report in the last seven days
	Owed    map[string]int // alerts that are neither sent nor given up, by channel
	Paused  []string       // channels over which nothing is tried at the moment, sorted
	Digest  time.Time      // the end of the last digest; zero if there was none
	Bytes   int64          // that the database takes on disk
}

// Census returns what the database holds at now. It takes no longer if that is
// much: each count goes over an index of what is recent or owed.
func (x *Counter) Census(ctx context.Context, now time.Time) (c Census, err error) {
	c.Stories, _, err = row.First(ctx, x.db.Reads, row.One[int], `SELECT COUNT(*) FROM stories WHERE last_seen >= $1 AND last_seen < $2`, row.Millis(now.AddDate(0, 0, -7)), row.Millis(now))
	if err != nil {
		return c, x.db.Fail("count stories", err)
	}
	c.Owed = map[string]int{}
	count := func(rows *sql.Rows) (channel string, err error) {
		var n int
		err = rows.Scan(&channel, &n)
		c.Owed[channel] = n
		return channel, err
	}
	_, err = row.Collect(ctx, x.db.Reads, count, `
		SELECT channel, COUNT(*) FROM alerts WHERE sent_at = 0 AND failed_at = 0 GROUP BY channel`)
	if err != nil {
		return c, x.db.Fail("count what is owed", err)
	}
	c.Paused, err = row.Collect(ctx, x.db.Reads, row.One[string], `
		SELECT channel FROM channels WHERE until > $1 ORDER BY channel`, row.Millis(now))
	if err != nil {
		return c, x.db.Fail("look for channels that pause", err)
	}
	digest, _, err := row.First(ctx, x.db.Reads, row.One[int64], `SELECT COALESCE(MAX(to_at), 0) FROM digests`)
	if err != nil {
		return c, x.db.Fail("look for the last digest", err)
	}
	c.Digest = row.UTC(digest)
	c.Bytes, err = x.db.Size(ctx)
	return c, x.db.Fail("measure the database", err)
}
