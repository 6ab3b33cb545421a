package store

import (
	"context"
	"database/sql"

	"github.com/coupwatch/coupwatch/news"
)

// A Verdict is an item and what was decided about it.
type Verdict struct {
	news.Item
	Kind     news.Kind // "" if no rule matched
	Reason   string    // a sentence for people
	Story    string    // id of the story it is in, or ""
	Matches  []news.Match
	Revision int // how often its text was edited
}

// putVerdict stores what was decided about the report rep.
func putVerdict(ctx context.Context, q querier, rep news.Report, d news.Decision) error {
	matches, err := encode(rep.Matches)
	if err != nil {
		return err
	}
	_, err = exec(ctx, q, `UPDATE items SET kind = $1, reason = $2, story = $3, matches = $4 WHERE id = $5`,
		string(d.Kind), d.Reason, d.Story.ID, matches, rep.ID)
	return err
}

// ItemsByLink returns the items with the link, first read first, and what was
// decided about them.
func (db *DB) ItemsByLink(ctx context.Context, link string) ([]Verdict, error) {
	if link == "" {
		return nil, nil
	}
	verdicts, err := collect(ctx, db.reads, scanVerdict, `
		SELECT id, feed, guid, link, author, publisher, language, tags, title, summary, body,
			published_at, fetched_at, kind, reason, story, matches, revision
		FROM items WHERE link = $1 AND link <> '' ORDER BY fetched_at, id`, link)
	return verdicts, db.fail("look for items by link", err)
}

func scanVerdict(rows *sql.Rows) (v Verdict, err error) {
	var tags, matches string
	var published, fetched int64
	err = rows.Scan(&v.ID, &v.Feed, &v.GUID, &v.Link, &v.Author, &v.Publisher, &v.Language, &tags, &v.Title, &v.Summary, &v.Body,
		&published, &fetched, &v.Kind, &v.Reason, &v.Story, &matches, &v.Revision)
	if err != nil {
		return v, err
	}
	v.Published, v.Fetched = utc(published), utc(fetched)
	if err := decode("item "+v.ID, tags, &v.Tags); err != nil {
		return v, err
	}
	return v, decode("item "+v.ID, matches, &v.Matches)
}
