// Package views remembers the filters that people keep under a name. It is a part of
// package store, whose database has its methods.
package views

import (
	"context"
	"database/sql"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// Most is how many views there may be.
const Most = 50

// A Shelf has the views of a database. It is safe for concurrent use; make one with
// [New].
type Shelf struct{ db *engine.DB }

// New returns the shelf of a database, whose schema is package store's.
func New(db *engine.DB) *Shelf { return &Shelf{db} }

// Views returns all views by name, in the order of their bytes.
func (v *Shelf) Views(ctx context.Context) ([]news.View, error) {
	all, err := row.Collect(ctx, v.db.Reads, func(rows *sql.Rows) (x news.View, err error) {
		var at int64
		err = rows.Scan(&x.Name, &x.Query, &x.By, &at)
		x.At = row.UTC(at)
		return x, err
	}, `SELECT name, query, made_by, made_at FROM views ORDER BY name`+v.db.Bytewise)
	return all, v.db.Fail("list saved views", err)
}

// SaveView keeps a view, in the place of one that has its name. It is not saved if
// there are [Most] others; of two that are saved at once one more may be kept.
func (v *Shelf) SaveView(ctx context.Context, x news.View) (saved bool, err error) {
	err = v.db.Update(ctx, func(tx *sql.Tx) error {
		others, _, err := row.First(ctx, tx, row.One[int], `SELECT COUNT(*) FROM views WHERE name <> $1`, x.Name)
		if saved = others < Most; err != nil || !saved {
			return err
		}
		_, err = row.Exec(ctx, tx, `
			INSERT INTO views (name, query, made_by, made_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (name) DO UPDATE SET query = excluded.query, made_by = excluded.made_by, made_at = excluded.made_at`,
			x.Name, x.Query, x.By, row.Millis(x.At))
		return err
	})
	return saved && err == nil, v.db.Fail("save a view", err)
}

// DropView forgets the view of a name. To forget what is not there is no error.
func (v *Shelf) DropView(ctx context.Context, name string) error {
	return row.Change(ctx, v.db, "remove a saved view", `DELETE FROM views WHERE name = $1`, name)
}
