package people

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

const (
	auditKept    = 366 * 24 * time.Hour // how long what people did is kept
	sessionsKept = 31 * 24 * time.Hour  // longer than any session lasts
)

// noted counts the deeds that this process noted, for their order within a moment.
var noted atomic.Uint32

// NoteDeed keeps what somebody did.
func (p *People) NoteDeed(ctx context.Context, d news.Deed) error {
	return row.Change(ctx, p.db, "note what was changed", `
		INSERT INTO audit (id, at, who, from_addr, what) VALUES ($1, $2, $3, $4, $5)`,
		fmt.Sprintf("%016x-%08x-%s", d.At.UnixNano(), noted.Add(1), rand.Text()), row.Millis(d.At), d.Who, d.From, d.What)
}

// Deeds returns what people did before a moment, the latest first, at most so many.
func (p *People) Deeds(ctx context.Context, before time.Time, most int) ([]news.Deed, error) {
	deeds, err := row.Collect(ctx, p.db.Reads, func(rows *sql.Rows) (d news.Deed, err error) {
		var at int64
		err = rows.Scan(&at, &d.Who, &d.From, &d.What)
		d.At = row.UTC(at)
		return d, err
	}, `SELECT at, who, from_addr, what FROM audit WHERE at < $1 ORDER BY at DESC, id DESC LIMIT $2`, row.Millis(before), most)
	return deeds, p.db.Fail("read what people changed", err)
}

// ForgetDeeds forgets what people did more than a year ago, and sessions that ended
// long before now. It may stop at any point and be done again.
func (p *People) ForgetDeeds(ctx context.Context, now time.Time) error {
	old := `DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < $1 ORDER BY at LIMIT $2)`
	if err := row.Prune(ctx, p.db, old, now.Add(-auditKept)); err != nil {
		return p.db.Fail("forget what people changed", err)
	}
	return row.Change(ctx, p.db, "forget sessions", `DELETE FROM sessions WHERE began_at < $1`, row.Millis(now.Add(-sessionsKept)))
}
