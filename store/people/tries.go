package people

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"time"

	"github.com/coupwatch/coupwatch/store/internal/row"
)

// Try reports whether what has a name may be tried once more, and counts that, for all
// replicas together: so many times at once, and then once every so often. The time is
// the server's with PostgreSQL, since clocks of replicas differ, and else now. What a
// name was is not to be read in the database.
func (p *People) Try(ctx context.Context, name string, atOnce int, every time.Duration, now time.Time) (may bool, err error) {
	sum := sha256.Sum256([]byte(name))
	err = p.db.Update(ctx, func(tx *sql.Tx) error {
		at, err := p.clock(ctx, tx, now)
		if err != nil {
			return err
		}
		if err := p.forgetTries(ctx, tx, at); err != nil {
			return err
		}
		counted, err := row.Exec(ctx, tx, `
			INSERT INTO login_tries (id, full_at) VALUES ($1, CAST($2 AS BIGINT) + $3)
			ON CONFLICT (id) DO UPDATE SET full_at = CASE WHEN login_tries.full_at < $2 THEN $2 ELSE login_tries.full_at END + $3
			WHERE login_tries.full_at <= $4`,
			hex.EncodeToString(sum[:]), at, every.Milliseconds(), at+int64(atOnce-1)*every.Milliseconds())
		may = counted == 1
		return err
	})
	return may, p.db.Fail("count how often passwords are tried", err)
}

// clock returns the time of the server, or now where the database is this process's own.
func (p *People) clock(ctx context.Context, tx *sql.Tx, now time.Time) (int64, error) {
	if p.db.Path != "" {
		return row.Millis(now), nil
	}
	at, _, err := row.First(ctx, tx, row.One[int64], `SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)`)
	return at, err
}

// forgetTries forgets what may be tried as often as ever; others may be at it.
func (p *People) forgetTries(ctx context.Context, tx *sql.Tx, at int64) error {
	const atOnce = 100
	_, err := row.Exec(ctx, tx, `
		DELETE FROM login_tries WHERE id IN (SELECT id FROM login_tries WHERE full_at < $1 ORDER BY full_at LIMIT $2`+p.db.SkipLocked+`)`, at, atOnce)
	return err
}
