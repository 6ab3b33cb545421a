package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Unfinished stands among the migrations of a database that is being filled from
// another one. No coupwatch of any version opens such a database: to each it has a
// migration that is not known.
const Unfinished = "unfinished"

// A Table is a table as the catalogue of its database describes it.
type Table struct {
	Name    string
	Columns []string // by name; without those that the database makes by itself
	Key     []string // columns of its primary key, in the order of that
	Parents []string // tables to which its rows refer
}

// Derived begins the names of tables of which all can be made of the others, and that
// engines have otherwise.
const Derived = "search_"

// Tables returns the tables of the database, by name, without those that are
// [Derived] or serve an index of SQLite alone.
func (db *DB) Tables(ctx context.Context) (all []Table, err error) {
	rows, err := db.Reads.QueryContext(ctx, db.columns)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err says what went wrong
	place := map[string]int{}           // of columns in keys
	for rows.Next() {
		var table, column string
		var key int
		if err := rows.Scan(&table, &column, &key); err != nil {
			return nil, err
		}
		if strings.HasPrefix(table, Derived) {
			continue
		}
		if len(all) == 0 || all[len(all)-1].Name != table {
			all = append(all, Table{Name: table})
			clear(place)
		}
		t := &all[len(all)-1]
		t.Columns = append(t.Columns, column)
		if key > 0 {
			place[column] = key
			t.Key = append(t.Key, column)
			slices.SortFunc(t.Key, func(a, b string) int { return place[a] - place[b] })
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return all, db.addParents(ctx, all)
}

// addParents adds to tables those to which they refer.
func (db *DB) addParents(ctx context.Context, tables []Table) error {
	rows, err := db.Reads.QueryContext(ctx, db.parents)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err says what went wrong
	for rows.Next() {
		var child, parent string
		if err := rows.Scan(&child, &parent); err != nil {
			return err
		}
		for i := range tables {
			if tables[i].Name == child {
				tables[i].Parents = append(tables[i].Parents, parent)
			}
		}
	}
	return rows.Err()
}

// Applied returns the names of the migrations that the database has, in order. It
// has to have some.
func (db *DB) Applied(ctx context.Context) ([]string, error) { return applied(ctx, db.Writes) }

// refuseUnfinished returns an error if the database holds a part of another one.
func (db *DB) refuseUnfinished(done []string) error {
	if !slices.Contains(done, Unfinished) {
		return nil
	}
	return fmt.Errorf("%s holds a part of another database that coupwatch migrate brings there; run that again, and it will finish", db.Name)
}
