package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// Stories returns the stories whose latest report was published at from or
// later and before to, the latest first, without their gists. One that turned
// out to be of another is not listed: the other one is.
func (db *DB) Stories(ctx context.Context, from, to time.Time) ([]news.Story, error) {
	stories, err := collect(ctx, db.reads, scanListed, `
		SELECT id, body FROM stories WHERE last_seen >= $1 AND last_seen < $2
		ORDER BY last_seen DESC, id`, millis(from), millis(to))
	stories = slices.DeleteFunc(stories, goesOn)
	return stories, db.fail("list stories", err)
}

// LatestStories is as [DB.Stories] for those who list a part at a time: it passes
// over the first skip stories and returns the next n at the most, and how many
// there are in all.
func (db *DB) LatestStories(ctx context.Context, from, to time.Time, skip, n int) (stories []news.Story, all int, err error) {
	all, _, err = first(ctx, db.reads, scanOne[int], `SELECT COUNT(*) FROM stories WHERE last_seen >= $1 AND last_seen < $2`, millis(from), millis(to))
	if err != nil {
		return nil, 0, db.fail("count stories", err)
	}
	stories, err = collect(ctx, db.reads, scanListed, `
		SELECT id, body FROM stories WHERE last_seen >= $1 AND last_seen < $2
		ORDER BY last_seen DESC, id LIMIT $3 OFFSET $4`, millis(from), millis(to), n, skip)
	return slices.DeleteFunc(stories, goesOn), all, db.fail("list stories", err)
}

// ToldStories is as [DB.Stories], of the stories that people were told of.
func (db *DB) ToldStories(ctx context.Context, from, to time.Time) ([]news.Story, error) {
	stories, err := collect(ctx, db.reads, scanListed, `
		SELECT id, body FROM stories WHERE told_at > 0 AND last_seen >= $1 AND last_seen < $2
		ORDER BY last_seen DESC, id`, millis(from), millis(to))
	return slices.DeleteFunc(stories, goesOn), db.fail("list the stories that were told", err)
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
	full, err := db.expand(ctx, "story", "stories", id)
	if err != nil {
		return news.Story{}, db.fail("look for story "+id, err)
	}
	s, found, err := first(ctx, db.reads, scanStory, `SELECT id, body FROM stories WHERE id = $1`, full)
	if err == nil && !found { // pruned this moment
		err = unknown("story", id)
	}
	return s, db.fail("look for story "+id, err)
}

// expand returns the one id in a table that is id or begins with it; what says
// of what it is. A whole id wins over those that begin with it.
func (db *DB) expand(ctx context.Context, what, table, id string) (string, error) {
	if id == "" {
		return "", unknown(what, id)
	}
	column := "id" + db.bytewise
	ids, err := collect(ctx, db.reads, scanOne[string],
		`SELECT id FROM `+table+` WHERE `+column+` >= $1 AND `+column+` < $2 ORDER BY `+column+` LIMIT 4`, id, id+"\U0010FFFF")
	switch {
	case err != nil:
		return "", err
	case len(ids) == 0:
		return "", unknown(what, id)
	case len(ids) == 1 || ids[0] == id:
		return ids[0], nil
	}
	return "", ambiguousError{id, ids}
}

// ErrAmbiguous is the cause of an error about the beginning of several ids.
var ErrAmbiguous = errors.New("several ids begin so")

// An ambiguousError says which ids begin with what was meant for one.
type ambiguousError struct {
	id  string
	ids []string // a few of them
}

func (e ambiguousError) Error() string {
	return fmt.Sprintf("several ids begin with %q, such as %s; write more of the one you mean", e.id, strings.Join(e.ids, ", "))
}

func (ambiguousError) Is(target error) bool { return target == ErrAmbiguous }

// ErrUnknown is the cause of an error about an id that nothing stored has.
var ErrUnknown = errors.New("it is not stored")

// An unknownError says what is not stored.
type unknownError struct{ what, id string }

func (e unknownError) Error() string {
	return fmt.Sprintf("no %s has the id %q or one that begins so", e.what, e.id)
}

func (unknownError) Is(target error) bool { return target == ErrUnknown }

func unknown(what, id string) error { return unknownError{what, id} }

func scanStory(rows *sql.Rows) (s news.Story, err error) {
	var id, body string
	if err := rows.Scan(&id, &body); err != nil {
		return s, err
	}
	return s, decode("story "+id, body, &s)
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
	return s, decode("story "+id, body, &listed)
}

// unread is JSON that is passed over.
type unread struct{}

// UnmarshalJSON implements [json.Unmarshaler].
func (*unread) UnmarshalJSON([]byte) error { return nil }
