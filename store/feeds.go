package store

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// lease is how long a feed is kept for the one who claimed it.
const lease = 2 * time.Minute

// feedColumns are what scanFeed scans.
const feedColumns = `url, name, publisher, language, schedule, tags, etag, last_modified, checksum, problem,
	next_at, last_read, last_good, last_new, failures, items, size, recent, wish, moved, signs, told, hub, topic`

func scanFeed(rows *sql.Rows) (news.FeedState, error) {
	var f news.FeedState
	var tags, recent, moved, signs, told string
	var next, read, good, fresh, wish int64
	err := rows.Scan(&f.URL, &f.Name, &f.Publisher, &f.Language, &f.Schedule, &tags, &f.ETag, &f.LastModified, &f.Checksum, &f.Problem,
		&next, &read, &good, &fresh, &f.Failures, &f.Items, &f.Size, &recent, &wish, &moved, &signs, &told, &f.Hub.URL, &f.Hub.Topic)
	if err != nil {
		return f, err
	}
	f.NextAt, f.LastRead, f.LastGood, f.LastNew = row.UTC(next), row.UTC(read), row.UTC(good), row.UTC(fresh)
	f.Wish = time.Duration(wish) * time.Millisecond
	for _, part := range []struct {
		text string
		of   any
	}{{moved, &f.Moved}, {signs, &f.Signs}, {told, &f.Told}} {
		if err := row.Decode("feed "+f.URL, part.text, part.of); err != nil {
			return f, err
		}
	}
	var seconds []int64
	if err := row.Decode("feed "+f.URL, recent, &seconds); err != nil {
		return f, err
	}
	for _, s := range seconds {
		f.Recent = append(f.Recent, time.Unix(s, 0).UTC())
	}
	return f, row.Decode("feed "+f.URL, tags, &f.Tags)
}

// Feed returns the feed at a URL, and whether it is known.
func (db *DB) Feed(ctx context.Context, url string) (f news.FeedState, known bool, err error) {
	f, known, err = row.First(ctx, db.reads, scanFeed, `SELECT `+feedColumns+` FROM feeds WHERE url = $1`, url)
	return f, known, db.fail("look for a feed", err)
}

// Feeds returns the feeds that are read, sorted by name, but for that of the canary.
func (db *DB) Feeds(ctx context.Context) ([]news.FeedState, error) {
	sorted, err := row.Collect(ctx, db.reads, func(rows *sql.Rows) (*news.FeedState, error) {
		f, err := scanFeed(rows)
		return &f, err
	}, `SELECT `+feedColumns+` FROM feeds WHERE listed = 1 AND url <> $1`, news.CanaryFeed)
	if err != nil {
		return nil, db.fail("list feeds", err)
	}
	held, err := db.held(ctx)
	if err != nil {
		return nil, db.fail("list hosts", err)
	}
	pushes, err := db.Pushes(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(sorted, func(a, b *news.FeedState) int { // there is much in a feed, to be moved once
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.URL, b.URL))
	})
	feeds := make([]news.FeedState, len(sorted))
	for i, f := range sorted {
		feeds[i] = *f
		feeds[i].Push = pushes[f.URL]
		feeds[i].HeldUntil = row.UTC(held[news.HostOf(f.URL)])
	}
	return feeds, nil
}

// held returns until when each host is left alone that is not being read.
func (db *DB) held(ctx context.Context) (map[string]int64, error) {
	until := map[string]int64{}
	_, err := row.Collect(ctx, db.reads, func(rows *sql.Rows) (host string, err error) {
		var at int64
		err = rows.Scan(&host, &at)
		until[host] = at
		return host, err
	}, `SELECT host, lease_until FROM hosts WHERE lease_until > 0 AND reading = ''`)
	return until, err
}

// SetFeeds makes feeds the ones to read. What is known of a feed that stays
// is kept; one whose schedule changed is due at once. A feed that is no longer
// listed is never due, but not forgotten. Of feeds with the same URL the first
// counts. Setting the same feeds again costs one small query.
func (db *DB) SetFeeds(ctx context.Context, feeds []news.Feed) error {
	mark, err := row.Encode(feeds)
	if err != nil {
		return db.fail("set feeds", err)
	}
	hows := make([]string, len(feeds)+1)
	for i, f := range feeds {
		hows[i+1] = f.How()
	}
	mark = news.ItemID("", mark+strings.Join(hows, "\x00")) // a short hash
	stored, _, err := row.First(ctx, db.reads, row.One[string], `SELECT value FROM settings WHERE name = 'feeds'`)
	if err != nil {
		return db.fail("set feeds", err)
	}
	if stored == mark {
		return nil
	}
	return db.fail("set feeds", db.update(ctx, func(tx *sql.Tx) error {
		if err := db.alone(ctx, tx, row.FeedsLock); err != nil {
			return err
		}
		if err := setFeeds(ctx, tx, feeds); err != nil {
			return err
		}
		if err := setHosts(ctx, tx); err != nil {
			return err
		}
		_, err := row.Exec(ctx, tx, `INSERT INTO settings (name, value) VALUES ('feeds', $1)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, mark)
		return err
	}))
}

// setFeeds writes the feeds that are new or changed and takes those that are
// not in feeds off the list.
func setFeeds(ctx context.Context, tx *sql.Tx, feeds []news.Feed) error {
	listed, err := row.Collect(ctx, tx, scanFeed, `SELECT `+feedColumns+` FROM feeds WHERE listed = 1`)
	if err != nil {
		return err
	}
	hows := map[string]string{}
	_, err = row.Collect(ctx, tx, func(rows *sql.Rows) (url string, err error) {
		var how string
		err = rows.Scan(&url, &how)
		hows[url] = how
		return url, err
	}, `SELECT url, how FROM feeds WHERE listed = 1 AND how <> ''`)
	if err != nil {
		return err
	}
	before, after := map[string]news.Feed{}, map[string]news.Feed{}
	for _, f := range listed {
		before[f.URL] = f.Feed
	}
	for _, f := range slices.Backward(feeds) { // the first of its URL is last to be put
		after[f.URL] = f
	}
	urls := slices.AppendSeq(slices.Collect(maps.Keys(before)), maps.Keys(after))
	slices.Sort(urls) // whoever locks several feeds does so in this order
	for _, url := range slices.Compact(urls) {
		was, listed := before[url]
		f, stays := after[url]
		switch {
		case !stays:
			_, err = row.Exec(ctx, tx, `UPDATE feeds SET listed = 0 WHERE url = $1`, url)
		case !listed || !sameFeed(was, f) || hows[url] != f.How():
			err = setFeed(ctx, tx, f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func sameFeed(a, b news.Feed) bool {
	return a.Name == b.Name && a.Publisher == b.Publisher && a.Language == b.Language &&
		a.Schedule == b.Schedule && slices.Equal(a.Tags, b.Tags)
}

// setFeed writes what rules.yaml says of f. A feed with another schedule than
// before is due at once. One with another language, or that is asked for otherwise,
// is too, and is read in full, even if it has not changed: what is odd about it
// may not be any more.
func setFeed(ctx context.Context, tx *sql.Tx, f news.Feed) error {
	tags, err := row.Encode(f.Tags)
	if err != nil {
		return err
	}
	_, err = row.Exec(ctx, tx, `
		INSERT INTO feeds (url, host, listed, name, publisher, language, schedule, tags, how)
		VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (url) DO UPDATE SET
			listed = excluded.listed, name = excluded.name, publisher = excluded.publisher,
			language = excluded.language, tags = excluded.tags, schedule = excluded.schedule, how = excluded.how,
			etag = CASE WHEN feeds.language = excluded.language AND feeds.how = excluded.how THEN feeds.etag ELSE '' END,
			last_modified = CASE WHEN feeds.language = excluded.language AND feeds.how = excluded.how THEN feeds.last_modified ELSE '' END,
			checksum = CASE WHEN feeds.language = excluded.language AND feeds.how = excluded.how THEN feeds.checksum ELSE '' END,
			next_at = CASE WHEN feeds.schedule = excluded.schedule AND feeds.language = excluded.language AND feeds.how = excluded.how
				THEN feeds.next_at ELSE 0 END`,
		f.URL, news.HostOf(f.URL), f.Name, f.Publisher, f.Language, f.Schedule, tags, f.How())
	return err
}

// addFeed adds f, not listed, if it is not known.
func addFeed(ctx context.Context, tx *sql.Tx, f news.Feed) error {
	tags, err := row.Encode(f.Tags)
	if err != nil {
		return err
	}
	_, err = row.Exec(ctx, tx, `
		INSERT INTO feeds (url, host, listed, name, publisher, language, schedule, tags)
		VALUES ($1, $2, 0, $3, $4, $5, $6, $7) ON CONFLICT (url) DO NOTHING`,
		f.URL, news.HostOf(f.URL), f.Name, f.Publisher, f.Language, f.Schedule, tags)
	return err
}

// setHosts derives the hosts from the feeds. Leases stay.
func setHosts(ctx context.Context, tx *sql.Tx) error {
	_, err := row.Exec(ctx, tx, `
		INSERT INTO hosts (host, due_at)
		SELECT host, MIN(next_at) FROM feeds WHERE listed = 1 GROUP BY host ORDER BY host
		ON CONFLICT (host) DO UPDATE SET due_at = excluded.due_at`)
	if err != nil {
		return err
	}
	_, err = row.Exec(ctx, tx, `
		DELETE FROM hosts WHERE NOT EXISTS (SELECT 1 FROM feeds WHERE feeds.host = hosts.host AND listed = 1)`)
	return err
}

// Claim returns up to n feeds that are due at now, each of another host, those
// first that are due for longest. It keeps each and all feeds of its host from
// other callers until [DB.Ingest], or for two minutes, or until it is seen that this
// process died. If it returns fewer than
// n, next is when one is due that it did not return; zero if none ever is.
// While nothing is due it only looks.
func (db *DB) Claim(ctx context.Context, now time.Time, n int) (feeds []news.FeedState, next time.Time, err error) {
	if next, err = db.nextReading(ctx, now); err != nil || next.IsZero() || next.After(now) {
		return nil, next, db.fail("look for a feed to read", err)
	}
	err = db.update(ctx, func(tx *sql.Tx) error {
		feeds, err = db.claim(ctx, tx, row.Millis(now), n)
		return err
	})
	if err != nil {
		return nil, time.Time{}, db.fail("claim a feed", err)
	}
	if len(feeds) == n {
		return feeds, now, nil
	}
	next, err = db.nextReading(ctx, now)
	return feeds, next, db.fail("look for a feed to read", err)
}

// nextReading returns when a feed is due first whose host is free then; zero if
// none ever is.
func (db *DB) nextReading(ctx context.Context, now time.Time) (time.Time, error) {
	// The first host that is free now is found by a few steps through the index
	// of due times, and so are those that are due and leased: they are few.
	at, _, err := row.First(ctx, db.reads, row.One[int64], `
		SELECT COALESCE(MIN(at), -1) FROM (
			SELECT * FROM (SELECT due_at AS at FROM hosts WHERE lease_until <= $1 AND due_at < $2 ORDER BY due_at LIMIT 1) AS free
			UNION ALL
			SELECT lease_until AS at FROM hosts WHERE due_at <= $1 AND lease_until > $1
		) AS hosts`, row.Millis(now), int64(row.Never))
	if at < 0 || err != nil {
		return time.Time{}, err
	}
	return time.UnixMilli(at).UTC(), nil
}

// claim leases the hosts of up to n feeds that are due.
func (db *DB) claim(ctx context.Context, tx *sql.Tx, now int64, n int) (feeds []news.FeedState, err error) {
	for len(feeds) < n {
		free, err := row.Collect(ctx, tx, row.One[string], `
			SELECT host FROM hosts WHERE due_at <= $1 AND lease_until <= $1
			ORDER BY due_at, host LIMIT $2`+db.skipLocked, now, n-len(feeds))
		if err != nil || len(free) == 0 {
			return feeds, err
		}
		for _, host := range free {
			f, found, err := db.leaseHost(ctx, tx, host, now)
			if err != nil {
				return nil, err
			}
			if found {
				feeds = append(feeds, f)
			}
		}
	}
	return feeds, nil
}

// leaseHost leases the host and returns its feed that is due for longest. It
// reports false if none is: the host was thought to be due earlier than it is.
func (db *DB) leaseHost(ctx context.Context, tx *sql.Tx, host string, now int64) (f news.FeedState, found bool, err error) {
	// A statement of its own, so that it sees what was recorded while the row
	// of the host was waited for.
	f, listed, err := row.First(ctx, tx, scanFeed, `
		SELECT `+feedColumns+` FROM feeds WHERE host = $1 AND listed = 1
		ORDER BY next_at, url LIMIT 1`, host)
	if err != nil {
		return f, false, err
	}
	if listed && row.Millis(f.NextAt) <= now {
		_, err := row.Exec(ctx, tx, `UPDATE hosts SET lease_until = $1, reading = $2, holder = $3 WHERE host = $4`,
			now+lease.Milliseconds(), f.URL, db.engine.Holder, host)
		return f, true, err
	}
	due := int64(row.Never)
	if listed {
		due = row.Millis(f.NextAt)
	}
	_, err = row.Exec(ctx, tx, `UPDATE hosts SET due_at = $1 WHERE host = $2`, due, host)
	return f, false, err
}
