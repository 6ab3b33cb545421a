package people

import (
	"context"
	"database/sql"
	"time"

	"github.com/coupwatch/coupwatch/store/internal/row"
)

// SetKey gives somebody a key for the feeds of alerts, by its hash. The one before
// is worth nothing any more.
func (p *People) SetKey(ctx context.Context, name, hash string, now time.Time) error {
	return row.Change(ctx, p.db, "make a key", `
		INSERT INTO feed_keys (name, hash, made_at) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, made_at = excluded.made_at`, name, hash, row.Millis(now))
}

// RevokeKey takes somebody's key, and reports whether there was one.
func (p *People) RevokeKey(ctx context.Context, name string) (found bool, err error) {
	found, err = p.change(ctx, `DELETE FROM feed_keys WHERE name = $1`, name)
	return found && err == nil, p.db.Fail("revoke a key", err)
}

// OwnerOf returns whose key has a hash; "" for nobody's.
func (p *People) OwnerOf(ctx context.Context, hash string) (name string, err error) {
	name, _, err = row.First(ctx, p.db.Reads, row.One[string], `SELECT name FROM feed_keys WHERE hash = $1`, hash)
	return name, p.db.Fail("look for a key", err)
}

// Keys returns who has a key, and since when, by name.
func (p *People) Keys(ctx context.Context) (names []string, made map[string]time.Time, err error) {
	made = map[string]time.Time{}
	names, err = row.Collect(ctx, p.db.Reads, func(rows *sql.Rows) (name string, err error) {
		var at int64
		err = rows.Scan(&name, &at)
		made[name] = row.UTC(at)
		return name, err
	}, `SELECT name, made_at FROM feed_keys ORDER BY name`)
	return names, made, p.db.Fail("list keys", err)
}

// KeyOf returns when somebody's key was made; the zero time if there is none.
func (p *People) KeyOf(ctx context.Context, name string) (made time.Time, err error) {
	at, _, err := row.First(ctx, p.db.Reads, row.One[int64], `SELECT made_at FROM feed_keys WHERE name = $1`, name)
	return row.UTC(at), p.db.Fail("look for a key", err)
}
