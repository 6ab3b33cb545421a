package transfer

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// Bounds of what is written in one transaction. SQLite takes 32,766 arguments at
// once, PostgreSQL 65,535.
const (
	mostRows      = 500
	mostArguments = 16_000
	mostBytes     = 4 << 20
)

// copyAll brings what has not been brought of each table.
func (m *Move) copyAll(ctx context.Context) error {
	var all int64
	for _, t := range m.tables {
		n, err := count(ctx, m.source, t)
		if err != nil {
			return err
		}
		all += n
	}
	counted, stop := m.watch("brought", all)
	defer stop()
	for _, t := range m.tables {
		if err := m.copyTable(ctx, t, counted); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return nil
}

// A batch is rows of a table that are written together.
type batch struct {
	table  engine.Table
	values []any // column by column, row by row
	rows   int
	bytes  int
}

// copyTable brings what has not been brought of a table, in the order of its key.
func (m *Move) copyTable(ctx context.Context, t engine.Table, counted func(int64)) error {
	after, before, err := m.reached(ctx, t)
	if err == nil && before > 0 {
		after, before, err = m.check(ctx, t, after, before)
	}
	if err != nil {
		return err
	}
	counted(before)
	b := batch{table: t}
	write := func() error {
		if b.rows == 0 {
			return nil
		}
		before += int64(b.rows)
		if err := m.write(ctx, &b, before); err != nil {
			return err
		}
		counted(int64(b.rows))
		b = batch{table: t}
		return nil
	}
	err = each(ctx, m.source, t, after, func(values []any) error {
		b.add(values)
		if b.full() {
			return write()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return write()
}

// each calls f with the values of each row of a table that comes after a key in the
// order of keys; of all rows, in whatever order, if after is nil.
func each(ctx context.Context, db *engine.DB, t engine.Table, after []any, f func(values []any) error) error {
	query := `SELECT ` + quoteAll(t.Columns) + ` FROM ` + quote(t.Name)
	if len(after) > 0 {
		query += ` WHERE (` + quoteAll(t.Key) + `) > ` + row.List(1, len(t.Key))
	}
	if after != nil {
		query += ` ORDER BY ` + quoteAll(t.Key)
	}
	rows, err := db.Reads.QueryContext(ctx, query, after...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err says what went wrong
	for rows.Next() {
		values := make([]any, len(t.Columns))
		into := make([]any, len(values))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := f(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (b *batch) add(values []any) {
	b.values = append(b.values, values...)
	b.rows++
	for _, v := range values {
		switch v := v.(type) {
		case string:
			b.bytes += len(v)
		case []byte:
			b.bytes += len(v)
		}
	}
}

func (b *batch) full() bool {
	return b.rows >= mostRows || b.bytes >= mostBytes || len(b.values)+len(b.table.Columns) > mostArguments
}

// write writes a batch and marks how far its table is now.
func (m *Move) write(ctx context.Context, b *batch, rows int64) error {
	last := b.values[len(b.values)-len(b.table.Columns):]
	var key []any
	for _, column := range b.table.Key {
		key = append(key, last[slices.Index(b.table.Columns, column)])
	}
	mark, err := json.Marshal(reach{key, rows})
	if err != nil {
		return err
	}
	query := `INSERT INTO ` + quote(b.table.Name) + ` (` + quoteAll(b.table.Columns) + `) VALUES ` + row.Tuples(b.rows, len(b.table.Columns))
	return m.target.Update(ctx, func(tx *sql.Tx) error {
		if _, err := row.Exec(ctx, tx, query, b.values...); err != nil {
			return err
		}
		return setMark(ctx, tx, "table/"+b.table.Name, string(mark))
	})
}

// A reach is how far a table is brought, as its mark says in JSON.
type reach struct {
	Key  []any // of the last row
	Rows int64
}

// reached returns the key of the last row of a table that was brought, an empty one
// if none was, and how many were.
func (m *Move) reached(ctx context.Context, t engine.Table) (after []any, rows int64, err error) {
	text, found, err := m.mark(ctx, "table/"+t.Name)
	if err != nil || !found {
		return []any{}, 0, err
	}
	var r reach
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	if err := d.Decode(&r); err != nil {
		return nil, 0, err
	}
	for i, k := range r.Key {
		if n, ok := k.(json.Number); ok {
			if r.Key[i], err = n.Int64(); err != nil {
				return nil, 0, err
			}
		}
	}
	return r.Key, r.Rows, nil
}

// check looks whether the source still has as many rows up to a key as were brought.
// If not the table is brought from its beginning: what else was added may refer to
// rows that would be missing.
func (m *Move) check(ctx context.Context, t engine.Table, after []any, rows int64) ([]any, int64, error) {
	n, _, err := row.First(ctx, m.source.Reads, row.One[int64],
		`SELECT COUNT(*) FROM `+quote(t.Name)+` WHERE (`+quoteAll(t.Key)+`) <= `+row.List(1, len(t.Key)), slices.Clone(after)...)
	if err != nil || n == rows {
		return after, rows, err
	}
	return []any{}, 0, m.clear(ctx, t)
}

// clear takes out of the target what was brought of a table, with what refers to it.
func (m *Move) clear(ctx context.Context, t engine.Table) error {
	return m.target.Update(ctx, func(tx *sql.Tx) error {
		if _, err := row.Exec(ctx, tx, `DELETE FROM `+quote(t.Name)); err != nil {
			return err
		}
		_, err := row.Exec(ctx, tx, `DELETE FROM `+marksTable+` WHERE name = $1`, "table/"+t.Name)
		return err
	})
}

// mark returns what was noted in the target under a name.
func (m *Move) mark(ctx context.Context, name string) (string, bool, error) {
	return row.First(ctx, m.target.Reads, row.One[string], `SELECT value FROM `+marksTable+` WHERE name = $1`, name)
}

func setMark(ctx context.Context, tx *sql.Tx, name, value string) error {
	_, err := row.Exec(ctx, tx, `INSERT INTO `+marksTable+` (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}
