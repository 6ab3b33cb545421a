package transfer

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// What the target alone has: its migrations, and while it is being filled the marks
// of how far that is.
const (
	migrationsTable = "migrations"
	marksTable      = "transfer"
)

// prepare makes the target ready, or finds that it is, and plans what is brought. It
// reports whether an earlier transfer had begun.
func (m *Move) prepare(ctx context.Context) (resumed bool, err error) {
	sourceTables, err := m.source.Tables(ctx)
	if err != nil {
		return false, err
	}
	if !has(sourceTables, migrationsTable) {
		return false, fmt.Errorf("%s holds nothing of coupwatch's; name another database to bring", m.source.Name)
	}
	if resumed, err = m.begun(ctx); err != nil {
		return false, err
	}
	if !resumed {
		if err := m.begin(ctx); err != nil {
			return false, err
		}
	}
	if err := m.compareVersions(ctx); err != nil {
		return resumed, err
	}
	targetTables, err := m.target.Tables(ctx)
	if err != nil {
		return resumed, err
	}
	m.tables, err = plan(sourceTables, targetTables)
	return resumed, err
}

func has(tables []engine.Table, name string) bool {
	return slices.ContainsFunc(tables, func(t engine.Table) bool { return t.Name == name })
}

// begun reports whether the target holds a part of the source. It refuses what holds
// a part of another one.
func (m *Move) begun(ctx context.Context) (bool, error) {
	tables, err := m.target.Tables(ctx)
	if err != nil || !has(tables, marksTable) {
		return false, err
	}
	whose, _, err := m.mark(ctx, "source")
	if err == nil && whose != nameOf(m.source) {
		err = fmt.Errorf("it holds a part of %s; finish that, or name an empty database", whose)
	}
	return true, err
}

// nameOf returns the name of a database by which it is known again.
func nameOf(db *engine.DB) string {
	if path, err := filepath.Abs(db.Path); err == nil && db.Path != "" {
		return path
	}
	return db.Name
}

// begin makes the schema of the target, which has to be empty, and marks it as
// unfinished.
func (m *Move) begin(ctx context.Context) error {
	if err := m.refuseFull(ctx); err != nil {
		return err
	}
	if err := m.Make(ctx, m.To); err != nil {
		return err
	}
	return m.target.Update(ctx, func(tx *sql.Tx) error {
		for _, query := range []string{
			`CREATE TABLE ` + marksTable + ` (name TEXT PRIMARY KEY, value TEXT NOT NULL)`,
			`DELETE FROM settings`, // of a new database; those of the source are brought
			`INSERT INTO migrations (name) VALUES ('` + engine.Unfinished + `')`,
		} {
			if _, err := row.Exec(ctx, tx, query); err != nil {
				return err
			}
		}
		return setMark(ctx, tx, "source", nameOf(m.source))
	})
}

// refuseFull returns an error if the target remembers anything.
func (m *Move) refuseFull(ctx context.Context) error {
	tables, err := m.target.Tables(ctx)
	if err != nil || len(tables) == 0 {
		return err
	}
	if !has(tables, migrationsTable) {
		return fmt.Errorf("it has a table %q and none of coupwatch's: it belongs to another program; name an empty database", tables[0].Name)
	}
	for _, t := range tables {
		if t.Name == migrationsTable || t.Name == "settings" {
			continue
		}
		n, err := count(ctx, m.target, t)
		if err != nil {
			return err
		}
		if n > 0 {
			return fmt.Errorf("it is not empty: its table %q has %d rows; name a new database", t.Name, n)
		}
	}
	return nil
}

// compareVersions returns an error if the two have not the same schema.
func (m *Move) compareVersions(ctx context.Context) error {
	source, err := m.source.Applied(ctx)
	if err != nil {
		return err
	}
	target, err := m.target.Applied(ctx)
	if err != nil {
		return err
	}
	target = slices.DeleteFunc(target, func(name string) bool { return name == engine.Unfinished })
	switch {
	case slices.Contains(source, engine.Unfinished):
		return fmt.Errorf("%s is itself only a part of another database; finish that first", m.source.Name)
	case len(source) < len(target):
		return fmt.Errorf("%s is of an older coupwatch; bring it up to date with: coupwatch stories --database sqlite:FILE (or postgres://…)", m.source.Name)
	case !slices.Equal(source, target):
		return fmt.Errorf("%s and %s are of different versions of coupwatch; use one of both, and an empty database", m.source.Name, m.target.Name)
	}
	return nil
}

// plan returns the tables that both databases have, those before that others refer
// to, with the columns that both have. What only one has serves its own indexes.
func plan(source, target []engine.Table) (tables []engine.Table, err error) {
	var left []engine.Table
	for _, t := range source {
		i := slices.IndexFunc(target, func(o engine.Table) bool { return o.Name == t.Name })
		if i < 0 || t.Name == migrationsTable || t.Name == marksTable {
			continue
		}
		t.Columns = slices.DeleteFunc(t.Columns, func(c string) bool { return !slices.Contains(target[i].Columns, c) })
		if len(t.Key) == 0 {
			return nil, fmt.Errorf("its table %s has no primary key", t.Name)
		}
		left = append(left, t)
	}
	for len(left) > 0 {
		i := slices.IndexFunc(left, func(t engine.Table) bool {
			return !slices.ContainsFunc(t.Parents, func(p string) bool { return p != t.Name && has(left, p) })
		})
		if i < 0 {
			return nil, fmt.Errorf("its tables refer to each other in a circle, %s among them", left[0].Name)
		}
		tables = append(tables, left[i])
		left = slices.Delete(left, i, i+1)
	}
	return tables, nil
}

// count returns how many rows a table has.
func count(ctx context.Context, db *engine.DB, t engine.Table) (n int64, err error) {
	n, _, err = row.First(ctx, db.Reads, row.One[int64], `SELECT COUNT(*) FROM `+quote(t.Name))
	return n, err
}

// quote returns a name of a table or column as it stands in a query, whatever word
// it is.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func quoteAll(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = quote(name)
	}
	return strings.Join(quoted, ", ")
}
