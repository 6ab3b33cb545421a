package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// An ingestTx is the transaction that ingests a reading.
type ingestTx struct {
	db      *DB
	tx      *sql.Tx
	reading news.Reading
	feed    news.FeedState         // as it is stored
	late    bool                   // a later reading of the feed was recorded already
	reports map[string]news.Report // by id of the item
	decider news.Decider
	tally   news.Tally

	deciding bool  // it holds DB.deciding
	version  int64 // of the stories that it stored, 0 for none
}

// Ingest stores the outcome of reading a feed in one transaction: the items
// that are new or edited, the decisions about those of them that are among
// reports, the stories and the alerts owed that follow, and the state of the
// feed, which it frees for the next to claim it. If it returns an error,
// nothing was stored.
//
// An item is what is stored under its ID, unless that is of another article or
// the feed knew it by another key; see [news.Item.IsArticle].
//
// It asks the decider about each report of an item that is new or edited, the
// oldest first, after telling it of the open stories that it does not know,
// which are those that others changed since; and it makes the decider forget
// all if what it decided was not stored. An item is edited if its title or
// summary changed, or if its body changed and now a rule matches. For such a
// report, Fetched is when the item was first read, and Revised and Story are
// set. An item whose text is as it was is not decided again, whatever the rules
// have become.
//
// A report that no rule matched is of an item that may belong to a story all
// the same. The decider must not use the database, and one decider is for one
// DB, whose transactions may share it at the same time. Ingesting a reading
// twice, or after a later one, does no harm.
func (db *DB) Ingest(ctx context.Context, r news.Reading, reports []news.Report, decider news.Decider) (news.Tally, error) {
	in := ingestTx{db: db, reading: r, decider: decider, reports: make(map[string]news.Report, len(reports))}
	for _, rep := range reports {
		if _, twice := in.reports[rep.ID]; !twice {
			in.reports[rep.ID] = rep
		}
	}
	stored := false
	defer func() { in.releaseDecider(stored) }() // also after a panic
	err := db.update(ctx, func(tx *sql.Tx) error {
		in.tx = tx
		return in.run(ctx)
	})
	stored = err == nil
	if err != nil {
		return news.Tally{}, db.fail("record "+r.Feed.URL, err)
	}
	if in.tally.New > 0 {
		db.noteWrite(nil, true)
	}
	return in.tally, nil
}

func (in *ingestTx) run(ctx context.Context) error {
	if err := in.lockFeed(ctx); err != nil {
		return err
	}
	todo, err := in.putItems(ctx)
	if err != nil {
		return err
	}
	if len(todo) > 0 {
		if err := in.decideAll(ctx, todo); err != nil {
			return err
		}
	}
	if err := in.putFeed(ctx); err != nil {
		return err
	}
	return in.freeHost(ctx)
}

// lockFeed loads the feed and makes others who ingest it wait. A feed that
// is not known is added, not listed.
func (in *ingestTx) lockFeed(ctx context.Context) error {
	query := `SELECT ` + feedColumns + ` FROM feeds WHERE url = $1` + in.db.forUpdate
	for range 2 {
		feed, found, err := first(ctx, in.tx, scanFeed, query, in.reading.Feed.URL)
		if err != nil {
			return err
		}
		if found {
			in.feed, in.late = feed, in.reading.At.Before(feed.LastRead)
			return nil
		}
		if err := addFeed(ctx, in.tx, in.reading.Feed); err != nil {
			return err
		}
	}
	return sql.ErrNoRows
}

// putItems stores the items and returns the reports to decide, the oldest
// first.
func (in *ingestTx) putItems(ctx context.Context) ([]news.Report, error) {
	items := distinct(in.reading.Items)
	known, err := knownItems(ctx, in.tx, items)
	if err != nil {
		return nil, err
	}
	if items, known, err = in.identify(ctx, items, known); err != nil {
		return nil, err
	}
	var fresh, changed []news.Item
	var seen []string
	forgetful := millis(in.reading.At.Add(-seenEvery))
	for _, it := range items {
		k, found := known[it.ID]
		switch {
		case !found:
			fresh = append(fresh, it)
		case k.hash != textHash(it) && !in.late:
			changed = append(changed, it)
		case k.seenAt < forgetful:
			seen = append(seen, it.ID)
		}
	}
	if err := markSeen(ctx, in.tx, seen, in.reading.At); err != nil {
		return nil, err
	}
	todo, err := in.addItems(ctx, fresh)
	if err != nil {
		return nil, err
	}
	revised, err := in.changeItems(ctx, changed)
	if err != nil {
		return nil, err
	}
	todo = append(todo, revised...)
	slices.SortFunc(todo, oldestFirst)
	for _, rep := range todo {
		if len(rep.Matches) > 0 {
			in.tally.Matched++
		}
	}
	return todo, nil
}

func oldestFirst(a, b news.Report) int {
	return cmp.Or(a.When().Compare(b.When()), strings.Compare(a.ID, b.ID))
}

// putFeed stores the state of the feed after the reading. A late reading does
// not bring an old state back.
func (in *ingestTx) putFeed(ctx context.Context) error {
	r, f := in.reading, in.feed
	full := r.Failures == 0 && !r.Unchanged
	if !in.late {
		f.NextAt, f.LastRead, f.Failures, f.Problem = r.NextAt, r.At, r.Failures, r.Problem
		if r.Failures == 0 {
			f.LastGood = r.At
		}
		if full || r.ETag != "" || r.LastModified != "" || r.Checksum != "" {
			f.ETag, f.LastModified, f.Checksum = r.ETag, r.LastModified, r.Checksum
		}
	}
	if in.tally.New > 0 {
		f.LastNew = latest(f.LastNew, r.At)
	}
	if r.Size > 0 && !in.late {
		f.Size = r.Size
	}
	var fullAt time.Time
	if full {
		fullAt = r.At
	}
	_, err := exec(ctx, in.tx, `
		UPDATE feeds SET next_at = $1, last_read = $2, last_good = $3, last_new = $4, failures = $5, problem = $6,
			etag = $7, last_modified = $8, checksum = $9, items = items + $10,
			full_at = CASE WHEN full_at < $11 THEN $11 ELSE full_at END, size = $12
		WHERE url = $13`,
		millis(f.NextAt), millis(f.LastRead), millis(f.LastGood), millis(f.LastNew), f.Failures, f.Problem,
		f.ETag, f.LastModified, f.Checksum, in.tally.New, millis(fullAt), f.Size, f.URL)
	return err
}

// freeHost ends the lease, unless another feed of the host was leased since.
func (in *ingestTx) freeHost(ctx context.Context) error {
	_, err := exec(ctx, in.tx, `
		UPDATE hosts SET
			lease_until = CASE WHEN reading = $1 THEN 0 ELSE lease_until END,
			due_at = COALESCE((SELECT MIN(next_at) FROM feeds WHERE feeds.host = hosts.host AND listed = 1), $2)
		WHERE host = $3`, in.feed.URL, int64(never), host(in.feed.URL))
	return err
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
