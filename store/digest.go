package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

const (
	days       = 14  // that a digest counts the stories of
	mostListed = 500 // stories; of more, the digest counts those of the lowest rank
)

// Digest returns what happened in a period: the stories that changed, those of
// the highest rank first and no more than a few hundred, those of them with a report that a mute kept from people, how many
// items were read and how many of them rules matched, how many feeds are in which
// state, and those in which something is wrong.
//
// Days are the 14 days that end when the digest does: each lasts until the time
// of day of the period's end, in its zone, and bears the date of its end, as
// the digest of that day does. The digest's own Date is left to the caller, and Almost too.
func (db *DB) Digest(ctx context.Context, period news.Period) (news.Digest, error) {
	d := news.Digest{From: period.From.UTC(), To: period.To.UTC()}
	err := db.fillStories(ctx, &d, period)
	for _, fill := range []func(context.Context, *news.Digest) error{db.fillCounts, db.fillFeeds} {
		if err == nil {
			err = fill(ctx, &d)
		}
	}
	if err == nil {
		d.Days, err = db.countDays(ctx, period.To)
	}
	if err != nil {
		return news.Digest{}, db.fail("make a digest", err)
	}
	return d, nil
}

// highestFirst orders stories as a digest lists them; see [news.Story.Rank].
const highestFirst = ` ORDER BY rank DESC, last_seen DESC, id`

// fillStories reads the stories that the digest lists, and counts the others
// by the index alone.
func (db *DB) fillStories(ctx context.Context, d *news.Digest, period news.Period) error {
	after, upTo, oldest := period.After, period.UpTo, row.Millis(period.Oldest)
	all, _, err := row.First(ctx, db.reads, row.One[int], `
		SELECT COUNT(*) FROM stories WHERE version > $1 AND version <= $2 AND last_seen >= $3 AND rank >= 0`, after, upTo, oldest)
	if err != nil {
		return err
	}
	d.Older, _, err = row.First(ctx, db.reads, row.One[int], `
		SELECT COUNT(*) FROM stories WHERE version > $1 AND version <= $2 AND last_seen < $3`, after, upTo, oldest)
	if err != nil {
		return err
	}
	d.Stories, err = row.Collect(ctx, db.reads, scanStory, `
		SELECT id, body FROM stories WHERE id IN (
			SELECT id FROM stories WHERE version > $1 AND version <= $2 AND last_seen >= $3 AND rank >= 0
			ORDER BY rank DESC, last_seen DESC, id LIMIT $4
		)`+highestFirst, after, upTo, oldest, mostListed)
	if err != nil {
		return err
	}
	d.More = all - len(d.Stories)
	d.Stories = slices.DeleteFunc(d.Stories, goesOn)
	d.Muted, err = row.Collect(ctx, db.reads, scanStory, `
		SELECT id, body FROM stories WHERE id IN (
			SELECT id FROM stories WHERE version > $1 AND version <= $2 AND last_seen >= $3 AND rank >= 0 AND id IN (
				SELECT story FROM items WHERE fetched_at >= $4 AND fetched_at < $5 AND kind <> '' AND muted = 1
			) ORDER BY rank DESC, last_seen DESC, id LIMIT $6
		)`+highestFirst, after, upTo, oldest, row.Millis(d.From), row.Millis(d.To), mostListed)
	return err
}

func (db *DB) fillCounts(ctx context.Context, d *news.Digest) (err error) {
	d.Items, _, err = row.First(ctx, db.reads, row.One[int], `
		SELECT COUNT(*) FROM items WHERE fetched_at >= $1 AND fetched_at < $2`, row.Millis(d.From), row.Millis(d.To))
	if err != nil {
		return err
	}
	d.Reports, _, err = row.First(ctx, db.reads, row.One[int], `
		SELECT COUNT(*) FROM items WHERE fetched_at >= $1 AND fetched_at < $2 AND kind <> '' AND matches NOT IN ('null', '[]')`,
		row.Millis(d.From), row.Millis(d.To))
	return err
}

func (db *DB) fillFeeds(ctx context.Context, d *news.Digest) error {
	feeds, err := db.Feeds(ctx)
	d.Feeds, d.States = len(feeds), news.CountStates(feeds, d.To)
	for _, f := range feeds {
		if f.State(d.To).Wrong() || f.Failures > 0 && f.LastGood.IsZero() { // one that never worked is not well at its first failure
			d.Sick = append(d.Sick, f)
		}
	}
	slices.SortStableFunc(d.Sick, func(a, b news.FeedState) int { return b.State(d.To).Grave() - a.State(d.To).Grave() })
	return err
}

// countDays returns the days up to the one that ends at to, the first first.
func (db *DB) countDays(ctx context.Context, to time.Time) ([]news.Day, error) {
	ends := make([]time.Time, days)
	for i := range ends {
		ends[i] = to.AddDate(0, 0, i+1-days)
	}
	from := row.Millis(to.AddDate(0, 0, -days))
	day := func(at int64) int { // the index of the day in which at is
		return slices.IndexFunc(ends, func(end time.Time) bool { return at < row.Millis(end) })
	}
	stories, told := make([]map[string]bool, days), make([]int, days)
	_, err := row.Collect(ctx, db.reads, func(rows *sql.Rows) (story string, err error) {
		var at int64
		err = rows.Scan(&at, &story)
		if i := day(at); stories[i] == nil {
			stories[i] = map[string]bool{story: true}
		} else {
			stories[i][story] = true
		}
		return story, err
	}, `SELECT fetched_at, story FROM items WHERE fetched_at >= $1 AND fetched_at < $2 AND kind <> ''`, from, row.Millis(to))
	if err != nil {
		return nil, err
	}
	all, err := row.Collect(ctx, db.reads, row.One[int64], `
		SELECT told_at FROM stories WHERE told_at >= $1 AND told_at < $2 AND told_at > 0`, from, row.Millis(to))
	for _, at := range all {
		told[day(at)]++
	}
	counts := make([]news.Day, days)
	for i, end := range ends {
		counts[i] = news.Day{Date: end.Format(time.DateOnly), Stories: len(stories[i]), Told: told[i]}
	}
	return counts, err
}
