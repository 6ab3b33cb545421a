package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/coverage"
)

// An arrival is what is new in a reading.
type arrival struct {
	came   []time.Time // when the items that are new were published, zero for unknown
	added  []string    // their ids
	turned bool        // nothing that the feed carries was known
}

// note notes which of items were stored now and were not known.
func (a *arrival) note(items []news.Item, added []string) {
	for _, it := range items {
		if slices.Contains(added, it.ID) {
			a.came, a.added = append(a.came, it.Published), append(a.added, it.ID)
		}
	}
}

// learn learns of the feed from what is new in it.
func (in *ingestTx) learn(ctx context.Context) (err error) {
	if in.late {
		return nil
	}
	in.feed.Signs.Gap = coverage.GapAfter(in.feed, in.reading, in.turned, in.came)
	in.feed.Signs.Silence, err = coverage.Learn(ctx, in.tx, in.feed, in.reading, in.came)
	return err
}

// signs returns those of the feed after the reading.
func (in *ingestTx) signs() news.Signs {
	s := in.reading.Signs
	s.Silence, s.Gap = in.feed.Signs.Silence, in.feed.Signs.Gap
	return s
}

// heardOf returns of which countries and tags a reading brought something new.
func (in *ingestTx) heardOf() map[string]bool {
	names := map[string]bool{}
	if in.late || in.reading.First || len(in.came) == 0 {
		return names
	}
	for _, tag := range in.feed.Tags {
		names["tag "+tag] = true
	}
	for _, id := range in.added {
		for _, m := range in.reports[id].Mentions {
			if m.Country != "" {
				names["country "+m.Country] = true
			}
		}
	}
	return names
}

// putHeard writes down of what the readings of ins brought something new. It returns
// what to note when that is committed.
func (db *DB) putHeard(ctx context.Context, tx *sql.Tx, ins []*ingestTx) (committed func(), err error) {
	all, at := map[string]bool{}, time.Time{}
	for _, in := range ins {
		maps.Copy(all, in.heardOf())
		at = latest(at, in.reading.At)
	}
	names, err := db.PutHeard(ctx, tx, all, at)
	return func() { db.Wrote(names, at) }, err
}
