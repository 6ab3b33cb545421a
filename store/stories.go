package store

import (
	"cmp"
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
// later and before to, the latest first. One that turned out to be of another
// is not listed: the other one is.
func (db *DB) Stories(ctx context.Context, from, to time.Time) ([]news.Story, error) {
	stories, err := collect(ctx, db.reads, scanStory, `
		SELECT id, body FROM stories WHERE last_seen >= $1 AND last_seen < $2
		ORDER BY last_seen DESC, id`, millis(from), millis(to))
	stories = slices.DeleteFunc(stories, goesOn)
	return stories, db.fail("list stories", err)
}

// goesOn reports whether s turned out to be of another story.
func goesOn(s news.Story) bool { return s.Into.ID != "" }

// Story returns the story whose id is id, or begins with it if no other does.
// Its error is [ErrUnknown] if there is none.
func (db *DB) Story(ctx context.Context, id string) (news.Story, error) {
	full, err := expand(ctx, db.reads, "story", id, `
		SELECT id FROM stories WHERE id = $1 OR substr(id, 1, length($1)) = $1 
		ORDER BY length(id), id LIMIT 4`)
	if err != nil {
		return news.Story{}, db.fail("look for story "+id, err)
	}
	s, found, err := first(ctx, db.reads, scanStory, `SELECT id, body FROM stories WHERE id = $1`, full)
	if err == nil && !found { // pruned this moment
		err = unknown("story", id)
	}
	return s, db.fail("look for story "+id, err)
}

// expand returns the one id that query finds for an id or the beginning of
// one; what says of what it is. The query puts the shortest first, so that a
// whole id wins over those that begin with it.
func expand(ctx context.Context, q querier, what, id, query string) (string, error) {
	ids, err := collect(ctx, q, scanOne[string], query, id)
	switch {
	case err != nil:
		return "", err
	case len(ids) == 0 || id == "":
		return "", unknown(what, id)
	case len(ids) == 1 || ids[0] == id:
		return ids[0], nil
	}
	return "", fmt.Errorf("several ids begin with %q, such as %s; write more of the one you mean", id, strings.Join(ids, ", "))
}

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

func latestFirst(a, b news.Story) int {
	return cmp.Or(b.LastSeen.Compare(a.LastSeen), strings.Compare(a.ID, b.ID))
}
