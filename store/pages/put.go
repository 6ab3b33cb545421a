package pages

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// PutPage puts down what came of reading a page, and frees its host after the gap
// that r asks for. A page with a text is due at once, for its items to be decided
// by it. A text that another page of the host has, word for word, is what the site
// shows in place of articles: it is not kept, and the result says so.
func (p *Pages) PutPage(ctx context.Context, r news.PageReading) (stored news.PageText, err error) {
	err = p.db.Update(ctx, func(tx *sql.Tx) error {
		stored = r.PageText
		if r.Rest.Address != "" { // the order in which readings lock: hosts, then pages
			if err := rest(ctx, tx, r.Rest); err != nil {
				return err
			}
		}
		due, sum := int64(row.Never), int64(0)
		if !r.Again.IsZero() {
			due = row.Millis(r.Again)
		}
		if r.Text != "" {
			due, sum = row.Millis(r.At), hash(r.Text)
			twin, found, err := row.First(ctx, tx, row.One[string], `
				SELECT link FROM pages WHERE host = $1 AND hash = $2 AND hash <> 0 AND link <> $3 LIMIT 1`, r.Host, sum, r.Link)
			if err != nil {
				return err
			}
			if found {
				stored.Text, stored.Problem, due = "", "its text is that of "+twin+", word for word: what the site shows in place of articles", int64(row.Never)
			}
		}
		if _, err := row.Exec(ctx, tx, `
			UPDATE pages SET due_at = $1, lease_until = 0, attempts = attempts + 1, read_at = $2, hash = $3, problem = $4, text = $5
			WHERE link = $6 AND text = ''`,
			due, row.Millis(r.At), sum, stored.Problem, stored.Text, r.Link); err != nil {
			return err
		}
		return freeHost(ctx, tx, r.Host, r.At.Add(r.Gap))
	})
	return stored, p.db.Fail("store the page "+r.Link, err)
}

// rest leaves a host alone with its feeds, too.
func rest(ctx context.Context, tx *sql.Tx, r news.Rest) error {
	host := news.HostOf(r.Address)
	if _, err := row.Exec(ctx, tx, `
		UPDATE hosts SET lease_until = $1, reading = '' WHERE host = $2 AND lease_until < $1`, row.Millis(r.Until), host); err != nil {
		return err
	}
	_, err := row.Exec(ctx, tx, `
		INSERT INTO page_hosts (host, free_at, holder) VALUES ($1, $2, '')
		ON CONFLICT (host) DO UPDATE SET free_at = excluded.free_at WHERE page_hosts.free_at < excluded.free_at`, host, row.Millis(r.Until))
	return err
}

func hash(text string) int64 {
	sum := sha256.Sum256([]byte(text))
	return int64(binary.BigEndian.Uint64(sum[:]))
}

// Done notes that the items of a page were decided by its text, or that there are
// none.
func Done(ctx context.Context, q row.Querier, link string) error {
	_, err := row.Exec(ctx, q, `UPDATE pages SET due_at = $1, lease_until = 0 WHERE link = $2 AND (text <> '' OR attempts = 0)`, int64(row.Never), link)
	return err
}

// Drop gives up a page that was claimed, since no item wants it, and frees its host,
// which nobody asked. It stays due if an item came to want it meanwhile.
func (p *Pages) Drop(ctx context.Context, page news.PageText) error {
	return p.db.Fail("drop the page "+page.Link, p.db.Update(ctx, func(tx *sql.Tx) error {
		if page.Text == "" { // else its host was not taken
			if _, err := row.Exec(ctx, tx, `UPDATE page_hosts SET free_at = 0, holder = '' WHERE host = $1 AND holder = $2`, page.Host, p.db.Holder); err != nil {
				return err
			}
		}
		_, err := row.Exec(ctx, tx, `
			UPDATE pages SET lease_until = 0, due_at = CASE
				WHEN EXISTS (SELECT 1 FROM items WHERE canonical = pages.link AND canonical <> '') THEN due_at ELSE CAST($1 AS BIGINT) END
			WHERE link = $2`, int64(row.Never), page.Link)
		return err
	}))
}

// Prune forgets pages that were named before a moment and that no item has.
func (p *Pages) Prune(ctx context.Context, before time.Time) error {
	query := `DELETE FROM pages WHERE link IN (
		SELECT link FROM pages WHERE asked_at < $1 AND NOT EXISTS (SELECT 1 FROM items WHERE canonical = pages.link AND canonical <> '')
		LIMIT $2` + p.db.SkipLocked + `)`
	if err := row.Prune(ctx, p.db, query, before); err != nil {
		return p.db.Fail("prune pages", err)
	}
	return row.Change(ctx, p.db, "prune hosts of pages", `DELETE FROM page_hosts WHERE free_at < $1`, row.Millis(before))
}

// Text is the text of the page of an item in a query of items, "" for none.
const Text = `COALESCE((SELECT text FROM pages WHERE link = items.canonical AND items.canonical <> ''), '')`
