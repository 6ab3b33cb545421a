package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// How many stories a late report is compared with: for each of so many of its
// keys, so many that began before it and as many that began after. However
// many stories there are, a late report costs the same.
const (
	keysOfStory  = 12
	keysOfReport = 6
	nearOfKey    = 2
)

// aroundLate is how long before or after a late report the stories began that
// it may belong to. Nothing joins a story after a longer silence.
const aroundLate = news.Window / 2

// closedStories returns the stories that rep may belong to beside those that
// the decider knows: the one of which it is an edited report, and if it was
// published before the horizon, those that were told around that time.
func (in *ingestTx) closedStories(ctx context.Context, rep news.Report, horizon time.Time) ([]news.Story, error) {
	var closed []news.Story
	if rep.Story != "" {
		own, err := row.Collect(ctx, in.tx, scanStory, `
			SELECT id, body FROM stories WHERE id = $1 AND last_seen < $2`, rep.Story, row.Millis(horizon))
		if err != nil {
			return nil, err
		}
		closed = own
	}
	if !rep.When().Before(horizon) {
		return closed, nil
	}
	var ids []string
	for _, key := range reportKeys(rep) {
		some, err := in.storiesNear(ctx, key, rep.When())
		if err != nil {
			return nil, err
		}
		ids = append(ids, some...)
	}
	slices.Sort(ids)
	ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == rep.Story })
	near, err := in.storiesByID(ctx, ids)
	return append(closed, near...), err
}

// storiesByID returns the stories with ids, those that are known as they are
// without decoding them again.
func (in *ingestTx) storiesByID(ctx context.Context, ids []string) ([]news.Story, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var stories []news.Story
	var missing []string
	versions := map[string]int64{}
	_, err := row.Collect(ctx, in.tx, func(rows *sql.Rows) (id string, err error) {
		var version int64
		err = rows.Scan(&id, &version)
		versions[id] = version
		if s, ok := in.db.closed.Get(id, version); ok {
			stories = append(stories, s)
		} else {
			missing = append(missing, id)
		}
		return id, err
	}, `SELECT id, version FROM stories WHERE id IN `+row.List(1, len(ids)), row.Anys(ids)...)
	if err != nil || len(missing) == 0 {
		return stories, err
	}
	loaded, err := row.Collect(ctx, in.tx, scanStory, `SELECT id, body FROM stories WHERE id IN `+row.List(1, len(missing)), row.Anys(missing)...)
	for _, s := range loaded {
		in.db.closed.Put(s, versions[s.ID])
	}
	stories = append(stories, loaded...)
	slices.SortFunc(stories, func(a, b news.Story) int { return strings.Compare(a.ID, b.ID) })
	return stories, err
}

// storiesNear returns the ids of the stories with the key that began next
// before and after a moment, not long from it.
func (in *ingestTx) storiesNear(ctx context.Context, key string, at time.Time) ([]string, error) {
	before, err := row.Collect(ctx, in.tx, row.One[string], `
		SELECT story FROM story_keys WHERE key = $1 AND first_seen <= $2 AND first_seen >= $3
		ORDER BY first_seen DESC, story LIMIT $4`, key, row.Millis(at), row.Millis(at.Add(-aroundLate)), nearOfKey)
	if err != nil {
		return nil, err
	}
	after, err := row.Collect(ctx, in.tx, row.One[string], `
		SELECT story FROM story_keys WHERE key = $1 AND first_seen > $2 AND first_seen <= $3
		ORDER BY first_seen, story LIMIT $4`, key, row.Millis(at), row.Millis(at.Add(aroundLate)), nearOfKey)
	return append(before, after...), err
}

// storyKeys returns by what late reports find s.
func storyKeys(s news.Story) []string {
	return keysOf(s.Entities, s.Countries, keysOfStory)
}

// reportKeys returns by what rep, if it is late, finds stories.
func reportKeys(rep news.Report) []string {
	var entities, countries []string
	for _, m := range rep.Mentions {
		if m.Country != "" {
			countries = append(countries, m.Country)
		}
		if m.Entity != "country:"+m.Country && m.Entity != m.Country {
			entities = append(entities, m.Entity)
		}
	}
	return keysOf(entities, countries, keysOfReport)
}

// keysOf returns at most n keys, half of them for entities if there are so
// many.
func keysOf(entities, countries []string, n int) []string {
	var keys []string
	add := func(key string, most int) {
		if len(keys) < most && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, id := range entities {
		add(id, n/2)
	}
	for _, code := range countries {
		add("+"+code, n)
	}
	return keys
}

// putKeys stores by what late reports find s.
func (in *ingestTx) putKeys(ctx context.Context, s news.Story) error {
	keys := storyKeys(s)
	if len(keys) == 0 {
		return nil
	}
	var args []any
	for _, key := range keys {
		args = append(args, s.ID, key, row.Millis(s.FirstSeen))
	}
	_, err := row.Exec(ctx, in.tx, `
		INSERT INTO story_keys (story, key, first_seen) VALUES `+row.Tuples(len(keys), 3)+` ON CONFLICT (story, key) DO NOTHING`, args...)
	return err
}
