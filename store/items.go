package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/store/search"
)

// seenEvery is how often it is noted that an item still stands in its feed.
const seenEvery = 6 * time.Hour

// How many rows one statement asks for or adds. SQLite takes 32,766
// parameters, PostgreSQL 65,535.
const (
	idsAtOnce  = 500
	rowsAtOnce = 50
)

// known is what is asked of each item at each reading.
type known struct {
	hash   int64
	seenAt int64
}

// distinct returns items without those whose id came before. A feed that
// gives one guid to several items would revise the one by the other for ever.
func distinct(items []news.Item) []news.Item {
	ids := make(map[string]bool, len(items))
	out := make([]news.Item, 0, len(items))
	for _, it := range items {
		if !ids[it.ID] {
			ids[it.ID] = true
			out = append(out, it)
		}
	}
	return out
}

// textHash changes when a text of it does, white space around it aside.
func textHash(it news.Item) int64 {
	return hash(strings.TrimSpace(it.Title), strings.TrimSpace(it.Summary), strings.TrimSpace(it.Body))
}

// hash returns the first eight bytes of a hash of texts.
func hash(texts ...string) int64 {
	h := sha256.New()
	for _, s := range texts {
		h.Write([]byte(s))
		h.Write([]byte{0xff}) // in no UTF-8 text
	}
	return int64(binary.BigEndian.Uint64(h.Sum(nil)))
}

// knownItems returns those of items that are stored, by id.
func knownItems(ctx context.Context, q row.Querier, items []news.Item) (map[string]known, error) {
	all := make(map[string]known, len(items))
	ids := make([]string, len(items))
	for i, it := range items {
		ids[i] = it.ID
	}
	for some := range slices.Chunk(ids, idsAtOnce) {
		_, err := row.Collect(ctx, q, func(rows *sql.Rows) (id string, err error) {
			var k known
			err = rows.Scan(&id, &k.hash, &k.seenAt)
			all[id] = k
			return id, err
		}, `SELECT id, hash, seen_at FROM items WHERE id IN `+row.List(1, len(some)), row.Anys(some)...)
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// addItems stores items that are not known, and returns the reports of those
// that really were not.
func (in *ingestTx) addItems(ctx context.Context, items []news.Item) (undecided []news.Report, err error) {
	for some := range slices.Chunk(items, rowsAtOnce) {
		var args []any
		for _, it := range some {
			if it.Fetched.IsZero() {
				it.Fetched = in.reading.At
			}
			tags, err := row.Encode(it.Tags)
			if err != nil {
				return nil, err
			}
			args = append(args, it.ID, textHash(it), row.Millis(in.reading.At), row.Millis(it.Fetched), row.Millis(it.Published),
				in.feed.URL, it.GUID, it.Link, canonical(it.Link), it.Author, it.Publisher, it.Language, tags, it.Title, it.Summary, it.Body)
		}
		added, err := row.Collect(ctx, in.tx, row.One[string], `
			INSERT INTO items (id, hash, seen_at, fetched_at, published_at,
				feed, guid, link, canonical, author, publisher, language, tags, title, summary, body)
			VALUES `+row.Tuples(len(some), 16)+` ON CONFLICT (id) DO NOTHING RETURNING id`, args...)
		if err != nil {
			return nil, err
		}
		in.tally.New += len(added)
		in.note(some, added)
		in.wanted.New(some, added, in.reading)
		if err := search.Want(ctx, in.tx, added); err != nil {
			return nil, err
		}
		for _, id := range added {
			if rep, found := in.reports[id]; found {
				if rep.Fetched.IsZero() {
					rep.Fetched = in.reading.At
				}
				undecided = append(undecided, rep)
			}
		}
	}
	return undecided, nil
}

// A past is what an item was before its text changed.
type past struct {
	id, title, summary, kind, story string
	fetched                         time.Time
}

// changeItems stores the new texts of items, and returns the reports of those
// that were edited.
func (in *ingestTx) changeItems(ctx context.Context, items []news.Item) (undecided []news.Report, err error) {
	scan := func(rows *sql.Rows) (p past, err error) {
		var fetched int64
		err = rows.Scan(&p.id, &p.title, &p.summary, &p.kind, &p.story, &fetched)
		p.fetched = row.UTC(fetched)
		return p, err
	}
	var edited, changed []string
	for _, it := range items {
		was, found, err := row.First(ctx, in.tx, scan, `
			SELECT id, title, summary, kind, story, fetched_at FROM items WHERE id = $1`, it.ID)
		if err != nil {
			return nil, err
		}
		if !found { // pruned this moment
			continue
		}
		rep, reported := in.reports[it.ID]
		revised := differ(was.title, it.Title) || differ(was.summary, it.Summary) || len(rep.Matches) > 0 && was.kind == ""
		if err := in.changeItem(ctx, was, it, revised); err != nil {
			return nil, err
		}
		changed = append(changed, it.ID)
		if !revised {
			continue
		}
		in.tally.Revised++
		edited = append(edited, it.ID)
		if reported {
			rep.Revised, rep.Story, rep.Fetched = true, was.story, was.fetched
			undecided = append(undecided, rep)
		}
	}
	if err := search.Want(ctx, in.tx, changed); err != nil {
		return nil, err
	}
	return undecided, forgetNearMisses(ctx, in.tx, edited)
}

// differ reports whether the text that was stored as before has become after.
func differ(before, after string) bool {
	return strings.TrimSpace(before) != strings.TrimSpace(row.Clean(after))
}

// changeItem stores the new texts of an item, and its old title if it has
// another now.
func (in *ingestTx) changeItem(ctx context.Context, was past, it news.Item, revised bool) error {
	_, err := row.Exec(ctx, in.tx, `
		UPDATE items SET hash = $1, seen_at = $2, revision = revision + $3, title = $4, summary = $5, body = $6
		WHERE id = $7`,
		textHash(it), row.Millis(in.reading.At), row.Number(revised), it.Title, it.Summary, it.Body, it.ID)
	if err != nil || !differ(was.title, it.Title) {
		return err
	}
	_, err = row.Exec(ctx, in.tx, `
		INSERT INTO revisions (item, revision, title, at)
		SELECT id, revision, $1, CAST($2 AS BIGINT) FROM items WHERE id = $3
		ON CONFLICT (item, revision) DO NOTHING`, was.title, row.Millis(in.reading.At), it.ID)
	return err
}

// canonical returns the canonical form of an item's link, "" if it has none.
func canonical(link string) string {
	if link == "" {
		return ""
	}
	return news.CanonicalLink(link)
}

// markSeen notes that the items stood in their feed.
func markSeen(ctx context.Context, q row.Querier, ids []string, at time.Time) error {
	for some := range slices.Chunk(ids, idsAtOnce) {
		args := append([]any{row.Millis(at)}, row.Anys(some)...)
		if _, err := row.Exec(ctx, q, `UPDATE items SET seen_at = $1 WHERE id IN `+row.List(2, len(some)), args...); err != nil {
			return err
		}
	}
	return nil
}
