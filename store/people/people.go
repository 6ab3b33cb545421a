// Package people remembers who may use the page: users with the hashes of their
// passwords, who has logged in, keys of feed readers, and what people changed. It
// holds no password, session or key itself, only their hashes. It is a part of
// package store, whose database has its methods.
package people

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// People are those of a database. They are safe for concurrent use; make them with
// [New].
type People struct{ db *engine.DB }

// New returns the people of a database, whose schema is package store's.
func New(db *engine.DB) *People { return &People{db} }

// Causes of errors about users.
var (
	ErrUserThere   = errors.New("there is such a user already")
	ErrUserUnknown = errors.New("there is no such user")
)

// AddUser makes a user with the hash of a password. It is [ErrUserThere] if the
// name is taken.
func (p *People) AddUser(ctx context.Context, name string, role news.Role, hash string, now time.Time) error {
	added, err := p.change(ctx, `
		INSERT INTO users (name, role, password, made_at, changed_at) VALUES ($1, $2, $3, $4, $4)
		ON CONFLICT (name) DO NOTHING`, name, role.String(), hash, row.Millis(now))
	if err == nil && !added {
		err = fmt.Errorf("%s: %w", name, ErrUserThere)
	}
	return p.db.Fail("add a user", err)
}

// SetRole changes what a user may do, from the next request on. It is
// [ErrUserUnknown] if there is no such user.
func (p *People) SetRole(ctx context.Context, name string, role news.Role) error {
	found, err := p.change(ctx, `UPDATE users SET role = $1 WHERE name = $2`, role.String(), name)
	return p.found("change a role", name, found, err)
}

// SetPassword puts the hash of another password in the place of a user's, and ends
// the sessions of the user but the one with the id except, which may be "". It is
// [ErrUserUnknown] if there is no such user.
func (p *People) SetPassword(ctx context.Context, name, hash, except string, now time.Time) error {
	var found int64
	err := p.db.Update(ctx, func(tx *sql.Tx) (err error) {
		if found, err = row.Exec(ctx, tx, `UPDATE users SET password = $1, changed_at = $2 WHERE name = $3`, hash, row.Millis(now), name); err != nil {
			return err
		}
		_, err = row.Exec(ctx, tx, `DELETE FROM sessions WHERE name = $1 AND login = $2 AND id <> $3`, name, news.ByPassword, except)
		return err
	})
	return p.found("set a password", name, found > 0, err)
}

// RemoveUser forgets a user, with sessions and keys. It is [ErrUserUnknown] if there
// is no such user.
func (p *People) RemoveUser(ctx context.Context, name string) error {
	var found int64
	err := p.db.Update(ctx, func(tx *sql.Tx) (err error) {
		if found, err = row.Exec(ctx, tx, `DELETE FROM users WHERE name = $1`, name); err != nil || found == 0 {
			return err
		}
		if _, err = row.Exec(ctx, tx, `DELETE FROM sessions WHERE name = $1 AND login = $2`, name, news.ByPassword); err != nil {
			return err
		}
		_, err = row.Exec(ctx, tx, `DELETE FROM keys WHERE name = $1`, name)
		return err
	})
	return p.found("remove a user", name, found > 0, err)
}

// Users returns all users, by name.
func (p *People) Users(ctx context.Context) ([]news.User, error) {
	users, err := row.Collect(ctx, p.db.Reads, func(rows *sql.Rows) (u news.User, err error) {
		var role string
		var made, changed, seen int64
		err = rows.Scan(&u.Name, &role, &made, &changed, &seen)
		u.Role, _ = news.ParseRole(role)
		u.Since, u.Changed, u.Seen = row.UTC(made), row.UTC(changed), row.UTC(seen)
		return u, err
	}, `
		SELECT users.name, users.role, users.made_at, users.changed_at,
			COALESCE((SELECT MAX(seen_at) FROM sessions WHERE sessions.name = users.name), 0)
		FROM users ORDER BY users.name`)
	return users, p.db.Fail("list users", err)
}

// HasUsers reports whether there is a user.
func (p *People) HasUsers(ctx context.Context) (bool, error) {
	_, found, err := row.First(ctx, p.db.Reads, row.One[string], `SELECT name FROM users LIMIT 1`)
	return found, p.db.Fail("look for users", err)
}

// PasswordOf returns the hash of a user's password, "" if there is no such user.
func (p *People) PasswordOf(ctx context.Context, name string) (hash string, err error) {
	hash, _, err = row.First(ctx, p.db.Reads, row.One[string], `SELECT password FROM users WHERE name = $1`, name)
	return hash, p.db.Fail("look for a user", err)
}

// change runs one statement in a transaction of its own and reports whether it
// changed a row.
func (p *People) change(ctx context.Context, query string, args ...any) (changed bool, err error) {
	err = p.db.Update(ctx, func(tx *sql.Tx) error {
		n, err := row.Exec(ctx, tx, query, args...)
		changed = n > 0
		return err
	})
	return changed, err
}

// found is the error of doing something to a user that may not be there.
func (p *People) found(doing, name string, found bool, err error) error {
	if err == nil && !found {
		err = fmt.Errorf("%s: %w", name, ErrUserUnknown)
	}
	return p.db.Fail(doing, err)
}
