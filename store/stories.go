package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// Stories returns the stories whose latest report was published at from or
// later and before to, the latest first, without their gists. One that turned
// out to be of another is not listed: the other one is.
func (db *DB) Stories(ctx context.Context, from, to time.Time) ([]news.Story, error) {
	stories, err := row.Collect(ctx, db.reads, scanListed, `
		SELECT id, body FROM stories WHERE last_seen >= $1 AND last_seen < $2
		ORDER BY last_seen DESC, id`, row.Millis(from), row.Millis(to))
	stories = slices.DeleteFunc(stories, goesOn)
	return stories, db.fail("list stories", err)
}

// ChangedStories returns what changed after a version of the stories, 0 for all:
// those whose latest report was published at from or later, n at the most, the
// latest first, without their gists, and the version up to which that is. Those
// that turned out to be of another are among them. A version below after says
// that the database is an older one than that which was asked before, and the
// stories are all of it.
func (db *DB) ChangedStories(ctx context.Context, after int64, from time.Time, n int) (stories []news.Story, version int64, err error) {
	version, _, err = row.First(ctx, db.reads, row.One[int64], `SELECT CAST(value AS BIGINT) FROM settings WHERE name = 'stories'`)
	if err != nil || version == after {
		return nil, version, db.fail("look for the version of the stories", err)
	}
	if version < after {
		after = 0
	}
	stories, err = row.Collect(ctx, db.reads, scanListed, `
		SELECT id, body FROM stories WHERE version > $1 AND last_seen >= $2
		ORDER BY last_seen DESC, id LIMIT $3`, after, row.Millis(from), n)
	return stories, version, db.fail("list the stories that changed", err)
}

// StoriesIn returns the ids of the stories that have a report, first read at from
// or later, in one of languages, or all if there are none, of a feed with one of
// tags, or all if there are none.
func (db *DB) StoriesIn(ctx context.Context, from time.Time, languages, tags []string) (map[string]bool, error) {
	ids := map[string]bool{}
	_, err := row.Collect(ctx, db.reads, func(rows *sql.Rows) (none struct{}, err error) {
		var story, language, feed string
		if err := rows.Scan(&story, &language, &feed); err != nil {
			return none, err
		}
		var has []string
		if len(tags) > 0 {
			err = row.Decode("the tags of an item of story "+story, feed, &has)
		}
		if (len(languages) == 0 || slices.Contains(languages, language)) && (len(tags) == 0 || slices.ContainsFunc(has, func(t string) bool { return slices.Contains(tags, t) })) {
			ids[story] = true
		}
		return none, err
	}, `SELECT DISTINCT story, language, tags FROM items WHERE fetched_at >= $1 AND kind <> '' AND story <> ''`, row.Millis(from))
	return ids, db.fail("look for stories by language and tag", err)
}

// ToldStories is as [DB.Stories], of the stories that people were told of.
func (db *DB) ToldStories(ctx context.Context, from, to time.Time) ([]news.Story, error) {
	stories, err := row.Collect(ctx, db.reads, scanListed, `
		SELECT id, body FROM stories WHERE told_at > 0 AND last_seen >= $1 AND last_seen < $2
		ORDER BY last_seen DESC, id`, row.Millis(from), row.Millis(to))
	return slices.DeleteFunc(stories, goesOn), db.fail("list the stories that were told", err)
}

// WarmStories returns the stories that people were told of whose latest report was
// published at from or later, whole: they say what is warm since.
func (db *DB) WarmStories(ctx context.Context, from time.Time) ([]news.Story, error) {
	stories, err := row.Collect(ctx, db.reads, scanStory, `
		SELECT id, body FROM stories WHERE told_at > 0 AND last_seen >= $1 ORDER BY id`, row.Millis(from))
	return stories, db.fail("list the stories that were told", err)
}

// rank returns what the place of s among others follows from, as it is stored.
func rank(s news.Story) int64 {
	if goesOn(s) {
		return -1
	}
	return s.Rank()
}

// goesOn reports whether s turned out to be of another story.
func goesOn(s news.Story) bool { return s.Into.ID != "" }

// Story returns the story whose id is id, or begins with it if no other does.
// Its error is [ErrUnknown] if there is none.
func (db *DB) Story(ctx context.Context, id string) (news.Story, error) {
	full, err := row.Expand(ctx, db.engine, "story", "stories", id)
	if err != nil {
		return news.Story{}, db.fail("look for story "+id, err)
	}
	s, found, err := row.First(ctx, db.reads, scanStory, `SELECT id, body FROM stories WHERE id = $1`, full)
	if err == nil && !found { // pruned this moment
		err = row.Unknown("story", id)
	}
	return s, db.fail("look for story "+id, err)
}

// ErrUnknown is the cause of an error about an id that nothing stored has, and
// ErrAmbiguous of one about the beginning of several ids.
var (
	ErrUnknown   = row.ErrUnknown
	ErrAmbiguous = row.ErrAmbiguous
)

func scanStory(rows *sql.Rows) (s news.Story, err error) {
	var id, body string
	if err := rows.Scan(&id, &body); err != nil {
		return s, err
	}
	return s, row.Decode("story "+id, body, &s)
}

// scanListed is scanStory for who lists stories: without the gists, which are
// three quarters of what is stored and which only package story reads.
func scanListed(rows *sql.Rows) (s news.Story, err error) {
	var id, body string
	if err := rows.Scan(&id, &body); err != nil {
		return s, err
	}
	listed := struct {
		*news.Story
		Gists unread
	}{Story: &s}
	return s, row.Decode("story "+id, body, &listed)
}

// unread is JSON that is passed over.
type unread struct{}

// UnmarshalJSON implements [json.Unmarshaler].
func (*unread) UnmarshalJSON([]byte) error { return nil }
