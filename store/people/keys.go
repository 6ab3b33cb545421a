package people

import (
	"context"
	"database/sql"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// SetKey gives somebody a key for a purpose, by its hash. The one before is worth
// nothing any more.
func (p *People) SetKey(ctx context.Context, name string, purpose news.Purpose, hash string, now time.Time) error {
	return row.Change(ctx, p.db, "make a key", `
		INSERT INTO keys (name, purpose, hash, made_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (name, purpose) DO UPDATE SET hash = excluded.hash, made_at = excluded.made_at`, name, string(purpose), hash, row.Millis(now))
}

// RevokeKey takes somebody's key for a purpose, and reports whether there was one.
func (p *People) RevokeKey(ctx context.Context, name string, purpose news.Purpose) (found bool, err error) {
	found, err = p.change(ctx, `DELETE FROM keys WHERE name = $1 AND purpose = $2`, name, string(purpose))
	return found && err == nil, p.db.Fail("revoke a key", err)
}

// OwnerOf returns whose key for a purpose has a hash, "" for nobody's, and what they
// may do: [news.Nobody] of who is no user.
func (p *People) OwnerOf(ctx context.Context, purpose news.Purpose, hash string) (name string, role news.Role, err error) {
	type owner struct{ name, role string }
	o, _, err := row.First(ctx, p.db.Reads, func(rows *sql.Rows) (o owner, err error) {
		err = rows.Scan(&o.name, &o.role)
		return o, err
	}, `
		SELECT keys.name, COALESCE(users.role, '') FROM keys LEFT JOIN users ON users.name = keys.name
		WHERE keys.hash = $1 AND keys.purpose = $2`, hash, string(purpose))
	role, _ = news.ParseRole(o.role)
	return o.name, role, p.db.Fail("look for a key", err)
}

// Keys returns all keys, without them, by the names of who has them.
func (p *People) Keys(ctx context.Context) ([]news.Key, error) {
	return p.keys(ctx, `SELECT name, purpose, made_at FROM keys ORDER BY name, purpose`)
}

// KeysOf returns the keys of somebody, without them.
func (p *People) KeysOf(ctx context.Context, name string) ([]news.Key, error) {
	return p.keys(ctx, `SELECT name, purpose, made_at FROM keys WHERE name = $1 ORDER BY purpose`, name)
}

func (p *People) keys(ctx context.Context, query string, args ...any) ([]news.Key, error) {
	keys, err := row.Collect(ctx, p.db.Reads, func(rows *sql.Rows) (k news.Key, err error) {
		var at int64
		err = rows.Scan(&k.Name, &k.Purpose, &at)
		k.Made = row.UTC(at)
		return k, err
	}, query, args...)
	return keys, p.db.Fail("list keys", err)
}
