// Package sources is what people ask a database about one feed, and of it: its last
// items and what was decided of them, how many came on each day, and that it be read
// now. It is a part of package store, whose database has its methods.
package sources

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// Sources are the feeds of a database. They are safe for concurrent use; make them
// with [New].
type Sources struct{ db *engine.DB }

// New returns the sources of a database, whose schema is package store's.
func New(db *engine.DB) *Sources { return &Sources{db} }

// ItemsOfFeed returns the n items of the feed at url that were first read last, the
// latest first.
func (s *Sources) ItemsOfFeed(ctx context.Context, url string, n int) ([]news.Taken, error) {
	all, err := row.Collect(ctx, s.db.Reads, func(rows *sql.Rows) (x news.Taken, err error) {
		var published, fetched int64
		var matches string
		err = rows.Scan(&x.ID, &x.Link, &x.Title, &x.Language, &published, &fetched, &x.Kind, &x.Story, &x.Reason, &x.Status, &matches)
		if err != nil {
			return x, err
		}
		x.Published, x.Fetched = row.UTC(published), row.UTC(fetched)
		return x, row.Decode("item "+x.ID, matches, &x.Matches)
	}, `
		SELECT id, link, title, language, published_at, fetched_at, kind, story, reason, status, matches
		FROM items WHERE feed = $1 ORDER BY fetched_at DESC, id DESC LIMIT $2`, url, n)
	return all, s.db.Fail("list the items of "+url, err)
}

const day = 24 * time.Hour

// DaysOfFeed returns how many items of the feed at url were first read on each of the
// n days in UTC of which now is of the last.
func (s *Sources) DaysOfFeed(ctx context.Context, url string, now time.Time, n int) ([]int, error) {
	first := now.UTC().Truncate(day).AddDate(0, 0, 1-n)
	counts := make([]int, n)
	_, err := row.Collect(ctx, s.db.Reads, func(rows *sql.Rows) (none struct{}, err error) {
		var at int64
		var items int
		if err = rows.Scan(&at, &items); err == nil {
			if i := int(at - row.Millis(first)/day.Milliseconds()); i >= 0 && i < n {
				counts[i] = items
			}
		}
		return none, err
	}, `
		SELECT fetched_at / 86400000 AS day, COUNT(*) FROM items WHERE feed = $1 AND fetched_at >= $2
		GROUP BY fetched_at / 86400000`, url, row.Millis(first))
	return counts, s.db.Fail("count the items of "+url, err)
}

// idsAtOnce is how many ids one statement asks for.
const idsAtOnce = 500

// FeedsOfStories returns the URLs of the feeds that brought a report of one of the
// stories with ids.
func (s *Sources) FeedsOfStories(ctx context.Context, ids []string) (map[string]bool, error) {
	feeds := map[string]bool{}
	for some := range slices.Chunk(ids, idsAtOnce) {
		urls, err := row.Collect(ctx, s.db.Reads, row.One[string], `SELECT DISTINCT feed FROM items WHERE story IN `+row.List(1, len(some))+` AND story <> ''`, row.Anys(some)...)
		if err != nil {
			return nil, s.db.Fail("list the feeds of stories", err)
		}
		for _, url := range urls {
			feeds[url] = true
		}
	}
	return feeds, nil
}

// ReadNow makes the feed at url due at now, for whichever replica looks first; its
// host may still want to be left alone for a while. It reports whether the feed is one
// of those that are read.
func (s *Sources) ReadNow(ctx context.Context, url string, now time.Time) (listed bool, err error) {
	err = s.db.Update(ctx, func(tx *sql.Tx) error {
		at := row.Millis(now)
		n, err := row.Exec(ctx, tx, `UPDATE feeds SET next_at = CASE WHEN next_at < $1 THEN next_at ELSE $1 END WHERE url = $2 AND listed = 1`, at, url)
		if listed = n > 0; err != nil || !listed {
			return err
		}
		_, err = row.Exec(ctx, tx, `UPDATE hosts SET due_at = $1 WHERE host = $2 AND due_at > $1`, at, news.HostOf(url))
		return err
	})
	return listed && err == nil, s.db.Fail("have "+url+" read", err)
}
