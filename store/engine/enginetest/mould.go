//go:build unix

package enginetest

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"
)

// A Mould makes databases that are as Make leaves a new one. Make is asked once for each
// engine, and what it made is copied. It is safe for concurrent use.
type Mould struct {
	Make func(ctx context.Context, location string) error

	file     once[[]byte] // what is in a SQLite file
	database once[string] // the name of a PostgreSQL database
}

// ForEach is [ForEach] with such a database.
func (m *Mould) ForEach(t *testing.T, test func(t *testing.T, location string)) {
	t.Helper()
	forEach(t, m.NewSQLite, m.NewPostgres, test)
}

// NewSQLite returns the location of a file.
func (m *Mould) NewSQLite(t testing.TB) string {
	t.Helper()
	location := NewSQLite(t)
	file := strings.TrimPrefix(location, "sqlite:")
	text := m.file.get(t, func(ctx context.Context) ([]byte, error) {
		if err := m.Make(ctx, location); err != nil {
			return nil, err
		}
		return os.ReadFile(file)
	})
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return location
}

// NewPostgres returns the location of a database on the server of [NewPostgres]. If
// POSTGRES_POOLER is set it is that of [NewPooled], which is empty.
func (m *Mould) NewPostgres(t testing.TB) string {
	t.Helper()
	p := require(t)
	if os.Getenv("POSTGRES_POOLER") != "" {
		return p.pooled(t)
	}
	mould := m.database.get(t, func(ctx context.Context) (string, error) {
		name := p.newName()
		_, err := p.admin.Writes.ExecContext(ctx, "CREATE DATABASE "+name+" STRATEGY file_copy")
		if err != nil {
			return "", err
		}
		return name, m.Make(ctx, p.location(name))
	})
	name := p.newName()
	if _, err := p.admin.Writes.ExecContext(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+mould+" STRATEGY file_copy"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.drop(name) })
	return p.location(name)
}

// A once is a value that is made once, whichever test needs it first.
type once[T any] struct {
	sync.Once
	value T
	err   error
}

func (o *once[T]) get(t testing.TB, make func(context.Context) (T, error)) T {
	t.Helper()
	o.Do(func() { o.value, o.err = make(context.WithoutCancel(t.Context())) })
	if o.err != nil {
		t.Fatal(o.err)
	}
	return o.value
}
