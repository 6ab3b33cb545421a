// Package pages remembers the pages behind the links of items: which are to be
// read, by whom, and the text of those that were. It is a part of package store,
// whose database has its methods.
//
// That a page is wanted is stored with what wants it, by [Settle] in the
// transaction of a reading. Whoever reads pages claims one that is due
// ([Pages.ClaimPage]) and puts down what came of it ([Pages.PutPage]): from then on
// nobody asks its server again, whatever becomes of the program. Then the items are
// decided by its text, in a transaction that ends with [Done].
package pages

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// Pages are the pages of a database. They are safe for concurrent use; make them
// with [New].
type Pages struct{ db *engine.DB }

// New returns the pages of a database, whose schema is package store's.
func New(db *engine.DB) *Pages { return &Pages{db} }

// lease is how long a page is kept for who claimed it, and its host from others.
const lease = 2 * time.Minute

// columns are what scan scans.
const columns = `link, host, feed, text, problem, attempts`

func scan(rows *sql.Rows) (p news.PageText, err error) {
	err = rows.Scan(&p.Link, &p.Host, &p.Feed, &p.Text, &p.Problem, &p.Attempts)
	return p, err
}

// PageTexts returns what is known of the pages with links, by link.
func (p *Pages) PageTexts(ctx context.Context, links []string) (map[string]news.PageText, error) {
	const atOnce = 500
	all := map[string]news.PageText{}
	for some := range slices.Chunk(links, atOnce) {
		found, err := row.Collect(ctx, p.db.Reads, scan, `SELECT `+columns+` FROM pages WHERE link IN `+row.List(1, len(some)), row.Anys(some)...)
		if err != nil {
			return nil, p.db.Fail("look for the texts of pages", err)
		}
		for _, x := range found {
			all[x.Link] = x
		}
	}
	return all, nil
}

// LeasePages gives the caller those of pages that nobody knows: of which there is
// no item yet, that nobody is reading, and whose hosts are free at now. One that is
// not put down by [Pages.PutPage] within two minutes is for others to claim.
func (p *Pages) LeasePages(ctx context.Context, now time.Time, pages []news.PageText) (leased []news.PageText, err error) {
	pages = slices.Clone(pages)
	slices.SortFunc(pages, func(a, b news.PageText) int {
		return cmp.Or(strings.Compare(a.Host, b.Host), strings.Compare(a.Link, b.Link))
	})
	err = p.db.Update(ctx, func(tx *sql.Tx) error {
		leased = nil
		for _, x := range pages {
			free, err := p.takeHost(ctx, tx, x.Host, x.Feed, now)
			if err != nil {
				return err
			}
			if !free {
				continue
			}
			added, err := row.Exec(ctx, tx, `
				INSERT INTO pages (link, host, feed, asked_at, due_at, lease_until, holder)
				SELECT $1, $2, $3, CAST($4 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT), $6
				WHERE NOT EXISTS (SELECT 1 FROM items WHERE canonical = $1 AND canonical <> '')
				ON CONFLICT (link) DO NOTHING`,
				x.Link, x.Host, x.Feed, row.Millis(now), row.Millis(now.Add(lease)), p.db.Holder)
			if err != nil {
				return err
			}
			if added > 0 {
				leased = append(leased, x)
			} else if err := freeHost(ctx, tx, x.Host, now); err != nil {
				return err
			}
		}
		return nil
	})
	return leased, p.db.Fail("claim pages", err)
}

// takeHost keeps others from asking a host for pages and reports whether nobody
// else did so before. A host of which a feed is read, but for the one that the
// caller has read, or that wants to be left alone with its feeds, is asked later.
func (p *Pages) takeHost(ctx context.Context, tx *sql.Tx, host, feed string, now time.Time) (bool, error) {
	n, err := row.Exec(ctx, tx, `
		INSERT INTO page_hosts (host, free_at, holder)
		SELECT $1, CAST($2 AS BIGINT), $3 WHERE NOT EXISTS (SELECT 1 FROM hosts WHERE host = $1 AND lease_until > $4 AND (reading <> $5 OR reading = ''))
		ON CONFLICT (host) DO UPDATE SET free_at = excluded.free_at, holder = excluded.holder WHERE page_hosts.free_at <= $4`,
		host, row.Millis(now.Add(lease)), p.db.Holder, row.Millis(now), feed)
	return n > 0, err
}

func freeHost(ctx context.Context, tx *sql.Tx, host string, at time.Time) error {
	_, err := row.Exec(ctx, tx, `UPDATE page_hosts SET free_at = $1, holder = '' WHERE host = $2`, row.Millis(at), host)
	return err
}

// ClaimPage returns the page that is due for longest at now, of those whose hosts
// are free, and keeps it from others until [Pages.PutPage] or for two minutes. One
// that has a text was read; its items are to be decided by it. If there is none,
// found is false and next is when there may be one; zero if none ever is.
func (p *Pages) ClaimPage(ctx context.Context, now time.Time) (page news.PageText, found bool, next time.Time, err error) {
	if next, err = p.nextPage(ctx); err != nil || next.IsZero() || next.After(now) {
		return page, false, next, err
	}
	ms := row.Millis(now)
	err = p.db.Update(ctx, func(tx *sql.Tx) error {
		page, found, err = row.First(ctx, tx, scan, `
			SELECT `+columns+` FROM pages
			WHERE due_at <= $1 AND lease_until <= $1 AND (text <> ''
				OR NOT EXISTS (SELECT 1 FROM page_hosts WHERE page_hosts.host = pages.host AND free_at > $1)
				AND NOT EXISTS (SELECT 1 FROM hosts WHERE hosts.host = pages.host AND hosts.lease_until > $1))
			ORDER BY due_at, link LIMIT 1`+p.db.SkipLocked, ms)
		if err != nil || !found {
			return err
		}
		if page.Text == "" {
			free, err := p.takeHost(ctx, tx, page.Host, "", now)
			if err != nil || !free { // another replica was faster
				found = false
				return err
			}
		}
		_, err = row.Exec(ctx, tx, `UPDATE pages SET lease_until = $1, holder = $2 WHERE link = $3`, row.Millis(now.Add(lease)), p.db.Holder, page.Link)
		return err
	})
	if err != nil || found {
		return page, found, now, p.db.Fail("claim a page", err)
	}
	next, err = p.nextPage(ctx)
	return page, false, next, err
}

// nextPage returns when a page may be read that is due; zero if none is ever. It
// looks at the hundred that are due first. A feed that is being read is soon done.
func (p *Pages) nextPage(ctx context.Context) (time.Time, error) {
	at, found, err := row.First(ctx, p.db.Reads, row.One[int64], `
		SELECT CASE WHEN text = '' AND free > due THEN free ELSE due END AS at FROM (
			SELECT text, CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END AS due, COALESCE((
				SELECT MAX(until) FROM (
					SELECT free_at AS until FROM page_hosts WHERE page_hosts.host = pages.host
					UNION ALL SELECT lease_until AS until FROM hosts WHERE hosts.host = pages.host AND reading = ''
				) AS held), 0) AS free
			FROM pages WHERE due_at < $1 ORDER BY due_at, link LIMIT 100
		) AS waiting ORDER BY at LIMIT 1`, int64(row.Never))
	if err != nil || !found {
		return time.Time{}, p.db.Fail("look for a page to read", err)
	}
	return row.UTC(max(at, 1)), nil
}

// Disclaim frees what a replica had claimed that is dead, or anybody if holder is
// "".
func Disclaim(ctx context.Context, tx *sql.Tx, holder string) error {
	for _, query := range []string{
		`UPDATE page_hosts SET free_at = 0, holder = '' WHERE holder <> '' AND ($1 = '' OR holder = $1)`,
		`UPDATE pages SET lease_until = 0 WHERE lease_until > 0 AND ($1 = '' OR holder = $1)`,
	} {
		if _, err := row.Exec(ctx, tx, query, holder); err != nil {
			return err
		}
	}
	return nil
}
