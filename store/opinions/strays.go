package opinions

import (
	"context"
	"database/sql"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// PutStray keeps that an item is not of a story. What was said first of both stays.
func PutStray(ctx context.Context, q row.Querier, s news.Stray) error {
	_, err := row.Exec(ctx, q, `
		INSERT INTO strays (item, story, own, title, link, said_by, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (item, story) DO NOTHING`,
		s.Item, s.Story, s.Own, s.Title, s.Link, s.By, row.Millis(s.At))
	return err
}

// StrayOf returns what was said first of an item and one of some stories, and
// whether something was.
func StrayOf(ctx context.Context, q row.Querier, item string, stories []string) (s news.Stray, found bool, err error) {
	return row.First(ctx, q, scanStray, `
		SELECT item, story, own, title, link, said_by, at FROM strays
		WHERE item = $1 AND story IN `+row.List(2, len(stories))+` ORDER BY at, story LIMIT 1`,
		append([]any{item}, row.Anys(stories)...)...)
}

// StraysOf returns the items that people took out of a story, and those of it that
// they took out of another, the oldest first.
func (o *Opinions) StraysOf(ctx context.Context, story string) ([]news.Stray, error) {
	strays, err := row.Collect(ctx, o.db.Reads, scanStray, `
		SELECT item, story, own, title, link, said_by, at FROM strays
		WHERE story = $1 OR own = $1 ORDER BY at, item`, story)
	return strays, o.db.Fail("list what was taken out of story "+story, err)
}

// Strays returns all items that people took out of stories, the oldest first.
func (o *Opinions) Strays(ctx context.Context) ([]news.Stray, error) {
	strays, err := row.Collect(ctx, o.db.Reads, scanStray, `SELECT item, story, own, title, link, said_by, at FROM strays ORDER BY at, item, story`)
	return strays, o.db.Fail("list what was taken out of stories", err)
}

func scanStray(rows *sql.Rows) (s news.Stray, err error) {
	var at int64
	err = rows.Scan(&s.Item, &s.Story, &s.Own, &s.Title, &s.Link, &s.By, &at)
	s.At = row.UTC(at)
	return s, err
}
