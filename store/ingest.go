package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/store/pages"
)

// An ingestTx is what a transaction does to ingest a reading.
type ingestTx struct {
	db        *DB
	tx        *sql.Tx
	reading   news.Reading
	feed      news.FeedState         // as it is stored
	late      bool                   // a later reading of the feed was recorded already
	edited    bool                   // the hub sent an item otherwise than it is stored
	reports   map[string]news.Report // by id of the item
	undecided []news.Report          // those to decide, the oldest first
	decider   news.Decider
	tally     news.Tally
	arrival
	wanted  pages.Wanted    // pages of its items
	locked  map[string]bool // feeds that the transaction has locked
	decided bool            // the decider was asked
	version int64           // of the stories that it stored, 0 for none
}

// Ingest stores the outcome of reading a feed in one transaction: the items
// that are new or edited, the decisions about those of them that are among
// reports, the stories and the alerts owed that follow, and the state of the
// feed, which it frees for the next to claim it. If it returns an error,
// nothing was stored. Readings of other feeds that wait to be ingested may
// share the transaction; if it fails, each gets one of its own.
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
// the same, unless it mentions nothing and only was a near miss, which is kept
// for [DB.NearMisses]. The decider must not use the database, and one decider is for one
// DB, whose transactions may share it at the same time. Ingesting a reading
// twice, or after a later one, does no harm.
func (db *DB) Ingest(ctx context.Context, r news.Reading, reports []news.Report, decider news.Decider) (news.Tally, error) {
	p := &pending{ctx: ctx, reading: r, reports: reports, decider: decider}
	if err := db.ingests.Do(p); err != nil {
		return news.Tally{}, db.fail("record "+r.Feed.URL, err)
	}
	if p.tally.New > 0 {
		db.engine.NoteWrite(nil, true)
	}
	return p.tally, nil
}

// newIngestTx begins to ingest what p asks for within tx.
func newIngestTx(db *DB, tx *sql.Tx, p *pending) *ingestTx {
	in := &ingestTx{db: db, tx: tx, reading: p.reading, decider: p.decider, reports: make(map[string]news.Report, len(p.reports)), wanted: pages.Wanted{}}
	for _, rep := range p.reports {
		if _, twice := in.reports[rep.ID]; !twice {
			in.reports[rep.ID] = rep
		}
	}
	return in
}

// lockFeed loads the feed and makes others who ingest it wait. A feed that
// is not known is added, not listed.
func (in *ingestTx) lockFeed(ctx context.Context) error {
	query := `SELECT ` + feedColumns + ` FROM feeds WHERE url = $1` + in.db.forUpdate
	for range 2 {
		feed, found, err := row.First(ctx, in.tx, scanFeed, query, in.reading.Feed.URL)
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

// putItems stores the items and notes the reports to decide.
func (in *ingestTx) putItems(ctx context.Context) error {
	items := distinct(in.reading.Items)
	known, err := knownItems(ctx, in.tx, items)
	if err != nil {
		return err
	}
	if items, known, err = in.identify(ctx, items, known); err != nil {
		return err
	}
	var fresh, changed []news.Item
	var seen []string
	forgetful := row.Millis(in.reading.At.Add(-seenEvery))
	for _, it := range items {
		k, found := known[it.ID]
		switch {
		case !found:
			fresh = append(fresh, it)
		case k.hash != textHash(it) && in.reading.Pushed:
			in.edited = true
		case k.hash != textHash(it) && !in.late:
			changed = append(changed, it)
		case k.seenAt < forgetful:
			seen = append(seen, it.ID)
		}
	}
	if err := markSeen(ctx, in.tx, seen, in.reading.At); err != nil {
		return err
	}
	in.turned = len(items) > 0 && len(fresh) == len(items) && !in.reading.Pushed // hubs may leave out what they sent before
	undecided, err := in.addItems(ctx, fresh)
	if err != nil {
		return err
	}
	revised, err := in.changeItems(ctx, changed)
	if err != nil {
		return err
	}
	if undecided, err = in.putNearMisses(ctx, append(undecided, revised...)); err != nil {
		return err
	}
	slices.SortFunc(undecided, oldestFirst)
	for _, rep := range undecided {
		if len(rep.Matches) > 0 {
			in.tally.Matched++
		}
	}
	in.undecided = undecided
	return nil
}

func oldestFirst(a, b news.Report) int {
	return cmp.Or(a.When().Compare(b.When()), strings.Compare(a.ID, b.ID))
}

// putFeed stores the state of the feed after the reading. A late reading does
// not bring an old state back.
func (in *ingestTx) putFeed(ctx context.Context) error {
	if in.reading.Pushed {
		return in.putPushed(ctx)
	}
	r, f := in.reading, in.feed
	full := r.Failures == 0 && !r.Unchanged
	if !in.late {
		f.NextAt, f.LastRead, f.Failures, f.Problem = r.NextAt, r.At, r.Failures, r.Problem
		if r.Failures == 0 {
			f.LastGood = r.At
			f.Wish, f.Moved, f.Hub = r.Wish, r.Moved, r.Hub
		}
		f.Signs = in.signs()
		if f.Signs.Gap.At.Equal(r.At) && !r.IfGap.IsZero() {
			f.NextAt = r.IfGap
		}
		if r.Recent != nil {
			f.Recent = r.Recent
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
	recent, err := row.Encode(seconds(f.Recent))
	if err != nil {
		return err
	}
	moved, err := row.Encode(f.Moved)
	if err != nil {
		return err
	}
	signs, err := row.Encode(f.Signs)
	if err != nil {
		return err
	}
	_, err = row.Exec(ctx, in.tx, `
		UPDATE feeds SET next_at = $1, last_read = $2, last_good = $3, last_new = $4, failures = $5, problem = $6,
			etag = $7, last_modified = $8, checksum = $9, items = items + $10,
			full_at = CASE WHEN full_at < $11 THEN $11 ELSE full_at END, size = $12, recent = $13, wish = $14, moved = $15, signs = $16, hub = $17, topic = $18
		WHERE url = $19`,
		row.Millis(f.NextAt), row.Millis(f.LastRead), row.Millis(f.LastGood), row.Millis(f.LastNew), f.Failures, f.Problem,
		f.ETag, f.LastModified, f.Checksum, in.tally.New, row.Millis(fullAt), f.Size, recent, f.Wish.Milliseconds(), moved, signs, f.Hub.URL, f.Hub.Topic, f.URL)
	return err
}

// atEarliest is how soon after a reading a feed is read again because of what its
// hub sent.
const atEarliest = time.Minute

// putPushed stores what a hub has sent of the feed: new items, what they tell of its
// cadence, and nothing of how the feed is read. What is edited waits for a reading, which is due at once unless
// the feed fails: a hub may send again what it sent before, and anybody who saw
// that may send it again too.
func (in *ingestTx) putPushed(ctx context.Context) error {
	f := in.feed
	if in.tally.New > 0 {
		f.LastNew = latest(f.LastNew, in.reading.At)
	}
	if in.edited && f.Failures == 0 && in.reading.At.Sub(f.LastRead) > atEarliest && in.reading.At.Before(f.NextAt) {
		f.NextAt = in.reading.At
	}
	signs, err := row.Encode(f.Signs)
	if err != nil {
		return err
	}
	_, err = row.Exec(ctx, in.tx, `UPDATE feeds SET next_at = $1, last_new = $2, items = items + $3, signs = $4 WHERE url = $5`,
		row.Millis(f.NextAt), row.Millis(f.LastNew), in.tally.New, signs, f.URL)
	return err
}

// seconds returns times as seconds since 1970.
func seconds(times []time.Time) []int64 {
	all := make([]int64, len(times))
	for i, t := range times {
		all[i] = t.Unix()
	}
	return all
}

// A freeing is what becomes of a host after a reading.
type freeing struct {
	in    *ingestTx
	host  string
	until int64 // when it may be read again; 0 for at once
}

// freeings returns what becomes of the hosts that the readings of ins are about,
// in the order in which others lock them.
func freeings(ins []*ingestTx) (all []freeing) {
	for _, in := range ins {
		if in.reading.Pushed && !in.edited {
			continue // its host was not asked
		}
		until := map[string]int64{news.HostOf(in.feed.URL): 0}
		for _, rest := range in.reading.Rests {
			h := news.HostOf(rest.Address)
			until[h] = max(until[h], row.Millis(rest.Until))
		}
		for h, at := range until {
			all = append(all, freeing{in, h, at})
		}
	}
	slices.SortFunc(all, func(a, b freeing) int {
		return cmp.Or(strings.Compare(a.host, b.host), strings.Compare(a.in.feed.URL, b.in.feed.URL))
	})
	return all
}

// do ends the lease of the feed that was read, unless another feed of the host
// was leased since. A host that is to be left alone belongs to no reading until
// then, so that none which ends meanwhile frees it.
func (f freeing) do(ctx context.Context) error {
	if f.in.reading.Pushed { // it is another's who reads the feed now
		_, err := row.Exec(ctx, f.in.tx, `
			UPDATE hosts SET due_at = (SELECT MIN(next_at) FROM feeds WHERE feeds.host = hosts.host AND listed = 1)
			WHERE host = $1 AND EXISTS (SELECT 1 FROM feeds WHERE feeds.host = hosts.host AND listed = 1)`, f.host)
		return err
	}
	_, err := row.Exec(ctx, f.in.tx, `
		UPDATE hosts SET
			lease_until = CASE WHEN reading = $1 THEN $2 WHEN lease_until < $2 THEN $2 ELSE lease_until END,
			reading = CASE WHEN reading = $1 OR lease_until < $2 THEN '' ELSE reading END,
			due_at = COALESCE((SELECT MIN(next_at) FROM feeds WHERE feeds.host = hosts.host AND listed = 1), $3)
		WHERE host = $4`, f.in.feed.URL, f.until, int64(row.Never), f.host)
	return err
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
