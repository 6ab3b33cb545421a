package daemon

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/matcher/explain"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// leastAlmost is how near a near miss must be for a digest. Those that are
// further away are mostly noise.
const leastAlmost = 0.5

// Almost returns what finds the items of a time that a rule all but matched,
// for the digest. A near miss is better not shown than the digest not sent, so
// trouble with the database is only logged.
func Almost(use *InUse, db *store.DB, log *slog.Logger) func(ctx context.Context, from, to time.Time) []news.NearMiss {
	return func(ctx context.Context, from, to time.Time) []news.NearMiss {
		rules := use.File.Current()
		var all []news.NearMiss
		err := db.Items(ctx, from, func(it news.Item) error {
			if !it.Fetched.Before(to) {
				return nil
			}
			if m, near := rules.Almost(it); near && m.Nearness >= leastAlmost {
				all = append(all, m)
			}
			return nil
		})
		if err != nil && ctx.Err() == nil {
			log.Error("near misses not found", "err", err)
		}
		return nearest(all)
	}
}

// nearest returns the nearest misses, the nearest first, each title and link
// once.
func nearest(all []news.NearMiss) []news.NearMiss {
	slices.SortStableFunc(all, explain.Ranks)
	seen := map[string]bool{}
	all = slices.DeleteFunc(all, func(m news.NearMiss) bool {
		known := seen[m.Title] || m.Link != "" && seen[m.Link]
		seen[m.Title], seen[m.Link] = true, true
		return known
	})
	return all
}
