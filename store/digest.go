package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// sickAfter is after how many failed readings in a row a feed is sick.
const sickAfter = 3

// Digest returns what happened from one moment until before another: the
// stories with a report published or read then, the gravest first, how many
// items were read and how many of them matched, and which feeds could not be
// read the last three times or more. Its Date is left to the caller.
func (db *DB) Digest(ctx context.Context, from, to time.Time) (news.Digest, error) {
	d := news.Digest{From: from, To: to}
	var err error
	if d.Stories, err = db.digestStories(ctx, from, to); err != nil {
		return news.Digest{}, db.fail("make a digest", err)
	}
	d.Items, _, err = first(ctx, db.reads, scanOne[int], `
		SELECT COUNT(*) FROM items WHERE fetched_at >= $1 AND fetched_at < $2`, millis(from), millis(to))
	if err != nil {
		return news.Digest{}, db.fail("make a digest", err)
	}
	d.Reports, _, err = first(ctx, db.reads, scanOne[int], `
		SELECT COUNT(*) FROM items WHERE fetched_at >= $1 AND fetched_at < $2 AND kind <> ''`, millis(from), millis(to))
	if err != nil {
		return news.Digest{}, db.fail("make a digest", err)
	}
	feeds, err := db.Feeds(ctx)
	if err != nil {
		return news.Digest{}, err
	}
	d.Feeds = len(feeds)
	for _, f := range feeds {
		if f.Failures >= sickAfter {
			d.Sick = append(d.Sick, f)
		}
	}
	return d, nil
}

func (db *DB) digestStories(ctx context.Context, from, to time.Time) ([]news.Story, error) {
	stories, err := collect(ctx, db.reads, scanStory, `
		SELECT id, body FROM stories
		WHERE last_seen >= $1 AND last_seen < $2 OR id IN (
			SELECT story FROM items WHERE fetched_at >= $1 AND fetched_at < $2 AND kind <> ''
		)`, millis(from), millis(to))
	slices.SortFunc(stories, func(a, b news.Story) int {
		return cmp.Or(int(b.Severity-a.Severity), len(b.Sources)-len(a.Sources), b.Reports-a.Reports, latestFirst(a, b))
	})
	return stories, err
}
