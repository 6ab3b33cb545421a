package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Locks that a transaction may take. Whoever takes several kinds of rows and
// locks takes them in this order, so that no two wait for each other: the turn to
// ingest, the list of feeds, feeds, items, stories, troubles, digests, alerts,
// hosts. Of feeds and of hosts the least comes first.
const (
	feedsLock   = 7264872 // any fixed numbers
	storiesLock = 7264873

	troublesLock = 7264874
	digestsLock  = 7264875
)

// A querier is a *sql.DB or *sql.Tx.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// exec runs a statement and returns how many rows it changed.
func exec(ctx context.Context, q querier, query string, args ...any) (int64, error) {
	res, err := q.ExecContext(ctx, query, clean(args)...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// collect returns what scan makes of each row of a query.
func collect[T any](ctx context.Context, q querier, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
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

// first is collect for a query of one row at most.
func first[T any](ctx context.Context, q querier, scan func(*sql.Rows) (T, error), query string, args ...any) (one T, found bool, err error) {
	all, err := collect(ctx, q, scan, query, args...)
	if err != nil || len(all) == 0 {
		return one, false, err
	}
	return all[0], true, nil
}

// scanOne scans a row of one column.
func scanOne[T any](rows *sql.Rows) (v T, err error) {
	err = rows.Scan(&v)
	return v, err
}

// clean makes of args what both engines can store: PostgreSQL refuses NUL
// bytes and text that is not UTF-8.
func clean(args []any) []any {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = cleanText(s)
		}
	}
	return args
}

func cleanText(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// list returns n placeholders from $from on, "($2,$3,$4)".
func list(from, n int) string {
	b := make([]byte, 0, n*5+1)
	for i := range n {
		b = append(b, "(,"[min(i, 1)], '$')
		b = strconv.AppendInt(b, int64(from+i), 10)
	}
	return string(append(b, ')'))
}

// tuples returns n lists of width placeholders, "($1,$2),($3,$4)". Their order
// ascends, as SQLite needs it.
func tuples(n, width int) string {
	lists := make([]string, n)
	for i := range lists {
		lists[i] = list(1+i*width, width)
	}
	return strings.Join(lists, ",")
}

// anys returns list as arguments of a query.
func anys(list []string) []any {
	args := make([]any, len(list))
	for i, s := range list {
		args[i] = s
	}
	return args
}

// never is later than all times.
const never = 1 << 62

// millis returns t as it is stored; utc is its inverse.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func utc(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// number returns how yes is stored.
func number(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// encode returns v as JSON.
func encode(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

// decode fills v from JSON that encode made; what is the name of v for people.
func decode(what, text string, v any) error {
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return fmt.Errorf("%s is stored damaged: %w", what, err)
	}
	return nil
}

// hash returns the first eight bytes of a hash of texts.
func hash(texts ...string) int64 {
	h := sha256.New()
	for _, s := range texts {
		h.Write([]byte(s))
		h.Write([]byte{0xff}) // in no UTF-8 text
	}
	return int64(binary.BigEndian.Uint64(h.Sum(nil)))
}
