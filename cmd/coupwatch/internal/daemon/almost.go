package daemon

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/explain"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// NearMisses finds what rules all but matched, for the digest. It is remembered
// of each item as it is read. When the rules change, what was read before is
// asked again a little at a time, so that reading goes on meanwhile; what is left
// of it when a digest is made is asked then, and so a digest always tells by the
// rules in use.
type NearMisses struct {
	Use *InUse
	DB  *store.DB
	Log *slog.Logger
	Now func() time.Time // the clock; nil for that of the computer
}

// Find returns the items of a time that a rule all but matched, the nearest
// first. A near miss is better not shown than the digest not sent, so trouble
// with the database is only logged.
func (n NearMisses) Find(ctx context.Context, from, to time.Time) []news.NearMiss {
	rules := n.Use.File.Current()
	all, since, err := n.DB.NearMisses(ctx, rules.Version(), from, to)
	if err == nil && from.Before(since) {
		err = n.DB.Items(ctx, from, func(it news.Item) error {
			if !it.Fetched.Before(since) {
				return nil
			}
			if m, near := almost(rules, it); near {
				all = append(all, m)
			}
			return nil
		})
	}
	if err != nil && ctx.Err() == nil {
		n.Log.Error("near misses not found", "err", err)
	}
	return nearest(all)
}

// stretches is how many stretches of items are asked again in one go: more than a
// day of many feeds in an hour of minutes.
const stretches = 4

// AskAgain asks some of the items that the next digest covers and that were read
// by other rules than those in use; all of them when it was called often enough.
// What is read after the first call by rules is not asked again by them.
func (n NearMisses) AskAgain(ctx context.Context) error {
	rules, now := n.Use.File.Current(), time.Now()
	if n.Now != nil {
		now = n.Now()
	}
	if len(n.Use.Policy().Digest.To) == 0 {
		return nil
	}
	period, found, err := n.DB.NextDigest(ctx, now)
	if err != nil {
		return err
	}
	if !found { // nothing was read yet
		period.From = now
	}
	ask := func(it news.Item) (news.NearMiss, bool) { return almost(rules, it) }
	for range stretches {
		if more, err := n.DB.AskAgain(ctx, rules.Version(), period.From, now, ask); err != nil || !more {
			return err
		}
	}
	return nil
}

// almost returns the near miss of an item that is near enough to be told.
func almost(rules *matcher.Rules, it news.Item) (news.NearMiss, bool) {
	report, _ := rules.Match(it)
	if report.Almost == nil {
		return news.NearMiss{}, false
	}
	return *report.Almost, true
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
