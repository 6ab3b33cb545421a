package transfer

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"strconv"

	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// compareAll compares both databases table by table. What is not the same was
// changed in the source since it was brought: that table is brought anew, once.
func (m *Move) compareAll(ctx context.Context) (all []Sum, err error) {
	var rows int64
	for _, t := range m.tables {
		n, err := count(ctx, m.target, t)
		if err != nil {
			return nil, err
		}
		rows += n
	}
	counted, stop := m.watch("compared", rows)
	defer stop()
	for _, t := range m.tables {
		sum, same, err := m.compare(ctx, t, counted)
		if err == nil && !same {
			if err = m.again(ctx, t); err == nil {
				sum, same, err = m.compare(ctx, t, func(int64) {})
			}
		}
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", t.Name, err)
		}
		if !same {
			return nil, fmt.Errorf("table %s is not the same; does anybody write to one of both? End that, and run this again", t.Name)
		}
		all = append(all, sum)
	}
	return all, nil
}

// compare returns the sum of a table in the source, and whether the target has the
// same.
func (m *Move) compare(ctx context.Context, t engine.Table, counted func(int64)) (Sum, bool, error) {
	source, err := sum(ctx, m.source, t, func(int64) {})
	if err != nil {
		return source, false, err
	}
	target, err := sum(ctx, m.target, t, counted)
	return source, source == target, err
}

// again brings a table anew. What refers to it goes with it, and is found missing
// when its turn comes.
func (m *Move) again(ctx context.Context, t engine.Table) error {
	if err := m.clear(ctx, t); err != nil {
		return err
	}
	return m.copyTable(ctx, t, func(int64) {})
}

// sum returns the sum of a table. The checksum is that of all its rows added up, so
// that their order, which the engines see differently, does not matter.
func sum(ctx context.Context, db *engine.DB, t engine.Table, counted func(int64)) (Sum, error) {
	s := Sum{Table: t.Name}
	var high, low uint64
	var line []byte
	err := each(ctx, db, t, nil, func(values []any) (err error) {
		line = line[:0]
		for _, v := range values {
			if line, err = appendValue(line, v); err != nil {
				return err
			}
		}
		hash := sha256.Sum256(line)
		high += binary.BigEndian.Uint64(hash[:])
		low += binary.BigEndian.Uint64(hash[8:])
		s.Rows++
		counted(1)
		return nil
	})
	s.Checksum = fmt.Sprintf("%016x%016x", high, low)
	return s, err
}

// appendValue appends a value as the checksum takes it: alike for both engines, and
// no two values alike.
func appendValue(line []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return append(line, 'n'), nil
	case int64:
		return append(strconv.AppendInt(append(line, 'i'), v, 10), ' '), nil
	case string:
		v = row.Clean(v)
		return append(append(strconv.AppendInt(append(line, 't'), int64(len(v)), 10), ' '), v...), nil
	case []byte:
		return append(append(strconv.AppendInt(append(line, 'b'), int64(len(v)), 10), ' '), v...), nil
	case float64:
		return append(strconv.AppendFloat(append(line, 'f'), v, 'g', -1, 64), ' '), nil
	}
	return nil, fmt.Errorf("a column has a value of a kind that is not brought, %T", v)
}

// finish makes of the target a database as any other, unless a daemon has begun to
// use the source meanwhile.
func (m *Move) finish(ctx context.Context) error {
	if m.source.Path == "" { // nothing keeps a daemon off it
		who, err := m.sights[0].Beaten(ctx)
		if err == nil && who != "" {
			err = fmt.Errorf("coupwatch (%s) has begun to use %s; stop that, and run this again", who, m.source.Name)
		}
		if err != nil {
			return err
		}
	}
	return m.target.Update(ctx, func(tx *sql.Tx) error {
		for _, query := range []string{
			`DROP TABLE ` + marksTable,
			`DELETE FROM migrations WHERE name = '` + engine.Unfinished + `'`,
		} {
			if _, err := row.Exec(ctx, tx, query); err != nil {
				return err
			}
		}
		return nil
	})
}
