// Package row is how the rooms of store ask a database: it runs statements, makes
// values of rows, and stores times, truths and what else there is alike in SQLite
// and PostgreSQL. It knows no table, only the order in which those who know them
// lock what they change.
package row

import (
	"context"
	"database/sql"
	"strings"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/store/engine"
)

// A Querier is a *sql.DB or *sql.Tx.
type Querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Exec runs a statement and returns how many rows it changed.
func Exec(ctx context.Context, q Querier, query string, args ...any) (int64, error) {
	res, err := q.ExecContext(ctx, query, clean(args)...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// Collect returns what scan makes of each row of a query.
func Collect[T any](ctx context.Context, q Querier, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, clean(args)...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err says what went wrong
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// First is [Collect] for a query of one row at most.
func First[T any](ctx context.Context, q Querier, scan func(*sql.Rows) (T, error), query string, args ...any) (one T, found bool, err error) {
	all, err := Collect(ctx, q, scan, query, args...)
	if err != nil || len(all) == 0 {
		return one, false, err
	}
	return all[0], true, nil
}

// One scans a row of one column, for [Collect] and [First].
func One[T any](rows *sql.Rows) (v T, err error) {
	err = rows.Scan(&v)
	return v, err
}

// Change runs one statement in a transaction of its own; doing says for people
// what it is for.
func Change(ctx context.Context, db *engine.DB, doing, query string, args ...any) error {
	return db.Fail(doing, db.Update(ctx, func(tx *sql.Tx) error {
		_, err := Exec(ctx, tx, query, args...)
		return err
	}))
}

// clean makes of args what both engines can store; see [Clean].
func clean(args []any) []any {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = Clean(s)
		}
	}
	return args
}

// Clean returns s as it is stored: PostgreSQL refuses NUL bytes and text that is
// not UTF-8. Arguments are cleaned anyway; whoever compares a text with one that
// was stored cleans it too.
func Clean(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
