package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/text/numbers"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// Rules looks over the rules file, which loaded with err.
func Rules(rules *matcher.Rules, err error) Ward {
	var problems matcher.Problems
	switch {
	case errors.As(err, &problems):
		return Ward{"rules", []notify.Finding{bad("rules file", fmt.Errorf("it has mistakes; see: coupwatch check\n%w", err))}}
	case err != nil:
		return Ward{"rules", []notify.Finding{bad("rules file", err)}}
	}
	found := []notify.Finding{good("rules file", "%s, %s", count(len(rules.RuleIDs()), "rule"), count(len(rules.Feeds()), "feed"))}
	if len(rules.Feeds()) == 0 {
		found = append(found, bad("feeds", errors.New("there are none; add one with: coupwatch feeds add SITE")))
	}
	return Ward{"rules", found}
}

// leastRoom is below how much room on its disk a database is told of.
const leastRoom = 500 << 20

// Database looks over the database, which opened with err.
func Database(ctx context.Context, db *store.DB, err error, now time.Time) Ward {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Ward{"database", []notify.Finding{unseen("opens", "%v", err)}}
	case err != nil:
		return Ward{"database", []notify.Finding{bad("opens", err)}}
	}
	census, err := db.Census(ctx, now)
	if err != nil {
		return Ward{"database", []notify.Finding{bad("answers", err)}}
	}
	found := []notify.Finding{good("answers", "%s; %s in the last seven days", numbers.Bytes(census.Bytes), count(census.Stories, "story"))}
	if problem := db.Probe(ctx); problem != "" {
		found = append(found, bad("takes writes", errors.New(problem)))
	} else {
		found = append(found, good("takes writes", "yes"))
	}
	if room, known := db.Room(); known {
		if room < leastRoom {
			found = append(found, bad("room on its disk", fmt.Errorf("%s are left; make room, or remember items for less long (COUPWATCH_RETENTION)", numbers.Bytes(int64(room)))))
		} else {
			found = append(found, good("room on its disk", "%s are left", numbers.Bytes(int64(room))))
		}
	}
	if file := db.Exposed(); file != "" {
		found = append(found, unseen("who can read it", "others on this machine can, and it has hashes of passwords in it; if they should not: chmod 600 %s*", file))
	}
	return Ward{"database", found}
}

// Feeds looks over the state of the feeds, which was asked for with err.
func Feeds(feeds []news.FeedState, err error) Ward {
	if err != nil {
		return Ward{"feeds", []notify.Finding{bad("answers", err)}}
	}
	var found []notify.Finding
	read, now, down := 0, time.Now(), watcher.Down(feeds)
	if down != "" {
		found = append(found, bad("network", errors.New(down+" Look at its name server, proxy and firewall.")))
	}
	for _, f := range feeds {
		switch state := f.State(now); {
		case down != "" && fetch.Unreached(f.Problem): // said once, of all
		case f.Failures == 0 && state.Wrong():
			found = append(found, bad(f.Name, fmt.Errorf("it is %s: %s", state, f.Why(now))))
		case f.Failures > 0:
			found = append(found, bad(f.Name, fmt.Errorf("%s (%s in a row)", f.Problem, count(f.Failures, "attempt"))))
		case !f.LastGood.IsZero():
			read++
		}
	}
	if len(feeds) == 0 {
		return Ward{"feeds", []notify.Finding{unseen("feeds", "none was read yet; start coupwatch")}}
	}
	return Ward{"feeds", append([]notify.Finding{good("feeds", "%d of %d were read well the last time", read, len(feeds))}, found...)}
}

// Outbox looks over what waits to be sent.
func Outbox(ctx context.Context, db *store.DB, now time.Time) Ward {
	troubles, err := db.Troubles(ctx)
	if err != nil {
		return Ward{"outbox", []notify.Finding{bad("answers", err)}}
	}
	overdue, problem, err := db.Overdue(ctx, now)
	if err != nil {
		return Ward{"outbox", []notify.Finding{bad("answers", err)}}
	}
	var found []notify.Finding
	switch {
	case overdue > 0 && problem != "":
		found = append(found, bad("alerts", fmt.Errorf("%s should have been sent by now: %s; see: coupwatch outbox", count(overdue, "alert"), problem)))
	case overdue > 0:
		found = append(found, bad("alerts", fmt.Errorf("%s should have been sent by now; does coupwatch run? see: coupwatch outbox", count(overdue, "alert"))))
	default:
		found = append(found, good("alerts", "none is overdue"))
	}
	for _, t := range troubles {
		found = append(found, bad(t.Name, fmt.Errorf("nothing can be sent since %s: %s", t.Since.Format("2 Jan 15:04 MST"), t.Problem)))
	}
	return Ward{"outbox", found}
}

// count returns how many of a thing there are, such as "2 rules".
func count(n int, thing string) string { return numbers.Thousands(n) + " " + numbers.Plural(n, thing) }
