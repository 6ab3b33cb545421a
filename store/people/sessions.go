package people

import (
	"context"
	"database/sql"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// BeginSession keeps a session. That of a user begins only if the user still has
// the password whose hash is hash, which is not looked at of others: whoever was
// removed, or given another password, while it was checked is not let in.
func (p *People) BeginSession(ctx context.Context, s news.Session, hash string) (begun bool, err error) {
	groups, err := row.Encode(s.Groups)
	if err == nil {
		begun, err = p.change(ctx, `
			INSERT INTO sessions (id, name, login, groups, began_at, seen_at)
			SELECT $1, $2, $3, $4, CAST($5 AS BIGINT), CAST($6 AS BIGINT)
			WHERE $7 <> $8 OR EXISTS (SELECT 1 FROM users WHERE users.name = $9 AND users.password = $10)`,
			s.ID, s.Name, s.By, groups, row.Millis(s.Began), row.Millis(s.Seen), s.By, news.ByPassword, s.Name, hash)
	}
	return begun, p.db.Fail("begin a session", err)
}

// SessionOf returns the session with an id, however old it is.
func (p *People) SessionOf(ctx context.Context, id string) (s news.Session, found bool, err error) {
	s, found, err = row.First(ctx, p.db.Reads, func(rows *sql.Rows) (s news.Session, err error) {
		var groups, role string
		var began, seen int64
		if err = rows.Scan(&s.ID, &s.Name, &s.By, &groups, &began, &seen, &role); err != nil {
			return s, err
		}
		s.Role, _ = news.ParseRole(role)
		s.Began, s.Seen = row.UTC(began), row.UTC(seen)
		return s, row.Decode("a session", groups, &s.Groups)
	}, `
		SELECT sessions.id, sessions.name, sessions.login, sessions.groups, sessions.began_at, sessions.seen_at, COALESCE(users.role, '')
		FROM sessions LEFT JOIN users ON users.name = sessions.name AND sessions.login = $1
		WHERE sessions.id = $2`, news.ByPassword, id)
	return s, found, p.db.Fail("look for a session", err)
}

// UseSession notes that a session was used at now.
func (p *People) UseSession(ctx context.Context, id string, now time.Time) error {
	return row.Change(ctx, p.db, "note that a session is used", `UPDATE sessions SET seen_at = $1 WHERE id = $2 AND seen_at < $1`, row.Millis(now), id)
}

// EndSession ends the session with an id, if there is one.
func (p *People) EndSession(ctx context.Context, id string) error {
	return row.Change(ctx, p.db, "end a session", `DELETE FROM sessions WHERE id = $1`, id)
}

// EndSessions ends all sessions of somebody but the one with the id except, which
// may be "".
func (p *People) EndSessions(ctx context.Context, name, except string) error {
	return row.Change(ctx, p.db, "end sessions", `DELETE FROM sessions WHERE name = $1 AND id <> $2`, name, except)
}
