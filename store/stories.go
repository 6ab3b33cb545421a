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
)

// Stories returns the stories whose latest report was published at from or
// later and before to, the latest first.
func (db *DB) Stories(ctx context.Context, from, to time.Time) ([]news.Story, error) {
	stories, err := collect(ctx, db.reads, scanStory, `
		SELECT id, body FROM stories WHERE last_seen >= $1 AND last_seen < $2
		ORDER BY last_seen DESC, id`, millis(from), millis(to))
	return stories, db.fail("list stories", err)
}

func scanStory(rows *sql.Rows) (s news.Story, err error) {
	var id, body string
	if err := rows.Scan(&id, &body); err != nil {
		return s, err
	}
	return s, decode("story "+id, body, &s)
}

// openStories are the stories that reports may join, the latest first.
type openStories struct {
	cache   *storyCache
	all     []news.Story
	changed map[string]news.Story
}

// openStories returns the stories last seen at since or later.
func (db *DB) openStories(ctx context.Context, tx *sql.Tx, since time.Time) (*openStories, error) {
	versions, err := collect(ctx, tx, scanVersion, `SELECT id, hash FROM stories WHERE last_seen >= $1`, millis(since))
	if err != nil {
		return nil, err
	}
	all, missing := db.stories.get(versions)
	for some := range slices.Chunk(missing, idsAtOnce) {
		ids := make([]string, len(some))
		for i, v := range some {
			ids[i] = v.id
		}
		stories, err := collect(ctx, tx, scanVersioned, `
			SELECT id, hash, body FROM stories WHERE id IN `+list(1, len(ids)), anys(ids)...)
		if err != nil {
			return nil, err
		}
		for _, s := range stories {
			db.stories.put(s.version, s.Story)
			all = append(all, s.Story)
		}
	}
	slices.SortFunc(all, latestFirst)
	return &openStories{&db.stories, all, map[string]news.Story{}}, nil
}

func latestFirst(a, b news.Story) int {
	return cmp.Or(b.LastSeen.Compare(a.LastSeen), strings.Compare(a.ID, b.ID))
}

// put adds s or puts it in the place of the story with its id. A story
// without an id is none.
func (o *openStories) put(s news.Story) {
	if s.ID == "" {
		return
	}
	o.changed[s.ID] = s
	o.all = slices.DeleteFunc(o.all, func(other news.Story) bool { return other.ID == s.ID })
	i, _ := slices.BinarySearchFunc(o.all, s, latestFirst)
	o.all = slices.Insert(o.all, i, s)
}

// flush stores what was put.
func (o *openStories) flush(ctx context.Context, tx *sql.Tx) error {
	for _, id := range slices.Sorted(maps.Keys(o.changed)) {
		s := o.changed[id]
		body, err := encode(s)
		if err != nil {
			return err
		}
		version := storyVersion{id, hash(body)}
		_, err = exec(ctx, tx, `
			INSERT INTO stories (id, hash, first_seen, last_seen, told_at, severity, body)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, first_seen = excluded.first_seen,
				last_seen = excluded.last_seen, told_at = excluded.told_at, severity = excluded.severity, body = excluded.body`,
			id, version.hash, millis(s.FirstSeen), millis(s.LastSeen), millis(s.Told), int(s.Severity), body)
		if err != nil {
			return err
		}
		o.cache.put(version, s)
	}
	return nil
}
