package search

import (
	"cmp"
	"context"
	"database/sql"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/store/internal/row"
)

// Want notes that items came or changed, in the transaction in which they did.
func Want(ctx context.Context, q row.Querier, items []string) error {
	const atOnce = 500
	for some := range slices.Chunk(items, atOnce) {
		_, err := row.Exec(ctx, q, `
			INSERT INTO search_wanted (item, at) SELECT id, fetched_at FROM items WHERE id IN `+row.List(1, len(some))+`
			ON CONFLICT (item) DO UPDATE SET version = search_wanted.version + 1`, row.Anys(some)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// A mark says how far back the index reaches. Items that came since are noted one by
// one.
type mark struct {
	Version int64  // of the keys
	At      int64  // fetched_at of the last item that was indexed going back
	ID      string // of that item
	Done    bool   // there are none before it
}

func readMark(ctx context.Context, q row.Querier) (m mark, text string, err error) {
	text, found, err := row.First(ctx, q, row.One[string], `SELECT value FROM search_mark WHERE name = 'reach'`)
	if err != nil || !found {
		return mark{}, "", err
	}
	return m, text, row.Decode("the mark of the search", text, &m)
}

// A Batch is some items to index.
type Batch struct {
	IDs      []string
	versions map[string]int64 // of those that were noted
	was      string           // the mark, as it is stored
	will     mark             // and as it is when the others are indexed
	further  bool             // there are others
	anew     bool             // all are to be indexed again
}

// Wanted returns at most so many items that are to be indexed under keys of a
// version, the latest first: those that came or changed, and if these are few
// others from before. An empty batch says that the index is complete, or that a
// newer program keeps it.
func (x *Index) Wanted(ctx context.Context, version int64, most int) (Batch, error) {
	b := Batch{versions: map[string]int64{}}
	m, text, err := readMark(ctx, x.db.Reads)
	if err != nil || m.Version > version {
		return b, x.db.Fail("look how far the index reaches", err)
	}
	b.was, b.anew = text, m.Version < version
	if b.anew {
		m = mark{Version: version, At: row.Never}
	}
	_, err = row.Collect(ctx, x.db.Reads, func(rows *sql.Rows) (id string, err error) {
		var v int64
		err = rows.Scan(&id, &v)
		b.versions[id], b.IDs = v, append(b.IDs, id)
		return id, err
	}, `SELECT item, version FROM search_wanted ORDER BY at DESC, item DESC LIMIT $1`, most)
	if err != nil || m.Done || len(b.IDs) == most {
		return b, x.db.Fail("look for what is to be indexed", err)
	}
	return b, x.db.Fail("look for what is to be indexed", x.before(ctx, &b, m, most-len(b.IDs)))
}

// before adds items from before a mark.
func (x *Index) before(ctx context.Context, b *Batch, m mark, most int) error {
	b.further, b.will, b.will.Done = true, m, true
	_, err := row.Collect(ctx, x.db.Reads, func(rows *sql.Rows) (id string, err error) {
		err = rows.Scan(&b.will.At, &id)
		b.will.ID, b.will.Done = id, false
		if _, noted := b.versions[id]; !noted {
			b.IDs = append(b.IDs, id)
		}
		return id, err
	}, `SELECT fetched_at, id FROM items WHERE (fetched_at, id) < ($1, $2) ORDER BY fetched_at DESC, id DESC LIMIT $3`, m.At, m.ID, most)
	return err
}

// Empty reports whether nothing is to be done.
func (b Batch) Empty() bool { return len(b.IDs) == 0 && !b.further }

// File puts the items of a batch into the index. Those that changed since, or that
// another program has filed, are left out: they are in another batch.
func (x *Index) File(ctx context.Context, b Batch, docs []Doc) error {
	if len(b.IDs)+len(docs) == 0 && !b.further {
		return nil
	}
	return x.db.Fail("index items", x.db.Update(ctx, func(tx *sql.Tx) error {
		if err := x.db.Alone(ctx, tx, row.SearchLock); err != nil {
			return err
		}
		if b.further {
			n, err := x.move(ctx, tx, b)
			if err != nil || n == 0 {
				return err // another program went on from here
			}
		}
		mine, err := x.claim(ctx, tx, b)
		if err != nil {
			return err
		}
		return x.put(ctx, tx, slices.DeleteFunc(slices.Clone(docs), func(d Doc) bool { return !mine[d.ID] }))
	}))
}

// move stores the mark of a batch, unless another did since.
func (x *Index) move(ctx context.Context, tx *sql.Tx, b Batch) (int64, error) {
	text, err := row.Encode(b.will)
	if err != nil {
		return 0, err
	}
	n, err := row.Exec(ctx, tx, `
		INSERT INTO search_mark (name, value) VALUES ('reach', $1)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE search_mark.value = $2`, text, b.was)
	if err == nil && n > 0 && b.anew {
		err = x.words.clear(ctx, tx)
	}
	return n, err
}

// claim returns which items of a batch are there and as they were, and notes that
// they are search_items.
func (x *Index) claim(ctx context.Context, tx *sql.Tx, b Batch) (map[string]bool, error) {
	mine := map[string]bool{}
	const atOnce = 500
	held := ""
	if x.db.Path == "" {
		held = " FOR KEY SHARE" // so that none is pruned meanwhile
	}
	for some := range slices.Chunk(b.IDs, atOnce) {
		there, err := row.Collect(ctx, tx, row.One[string], `SELECT id FROM items WHERE id IN `+row.List(1, len(some))+held, row.Anys(some)...)
		if err != nil {
			return nil, err
		}
		for _, id := range there {
			mine[id] = true
		}
	}
	for _, id := range b.IDs {
		version, noted := b.versions[id]
		if !noted || !mine[id] {
			continue
		}
		n, err := row.Exec(ctx, tx, `DELETE FROM search_wanted WHERE item = $1 AND version = $2`, id, version)
		if err != nil {
			return nil, err
		}
		mine[id] = n > 0
	}
	return mine, nil
}

// tries is how many places are tried for an item: a minute, and the next ones.
const tries = 8 * inMinute

// put adds documents to the index, in place of what was there of their items.
func (x *Index) put(ctx context.Context, tx *sql.Tx, docs []Doc) error {
	slices.SortFunc(docs, func(a, b Doc) int { return cmp.Or(a.At.Compare(b.At), strings.Compare(a.ID, b.ID)) })
	const atOnce = 500
	for some := range slices.Chunk(docs, atOnce) {
		ids := make([]any, len(some))
		for i, d := range some {
			ids[i] = d.ID
		}
		if _, err := row.Exec(ctx, tx, `DELETE FROM search_items WHERE item IN `+row.List(1, len(ids)), ids...); err != nil {
			return err
		}
	}
	taken, err := x.taken(ctx, tx, docs)
	if err != nil {
		return err
	}
	placed := docs[:0]
	for _, d := range docs {
		for p, n := free(d), 0; n < tries; p, n = p+1, n+1 {
			if !taken[p] {
				taken[p], d.place = true, p
				placed = append(placed, d)
				break
			}
		}
	}
	slices.SortFunc(placed, func(a, b Doc) int { return cmp.Compare(a.place, b.place) })
	return x.words.put(ctx, tx, placed)
}

// free returns the place that is tried first for a document.
func free(d Doc) int64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(d.ID)) // never fails
	return int64(placeOf(d.At)) + int64(h.Sum32()%inMinute)
}

// taken returns which places that documents may get are taken.
func (x *Index) taken(ctx context.Context, tx *sql.Tx, docs []Doc) (map[int64]bool, error) {
	taken := map[int64]bool{}
	for len(docs) > 0 { // stretches of documents that lie together
		n := 1
		for n < len(docs) && free(docs[n]) < free(docs[n-1])+2*tries {
			n++
		}
		from, to := int64(placeOf(docs[0].At)), int64(placeOf(docs[n-1].At))+inMinute+tries
		places, err := row.Collect(ctx, tx, row.One[int64], `SELECT place FROM search_items WHERE place >= $1 AND place < $2`, from, to)
		if err != nil {
			return nil, err
		}
		for _, p := range places {
			taken[p] = true
		}
		docs = docs[n:]
	}
	return taken, nil
}

// A State is how far the index is.
type State struct {
	Behind bool      // some items are not in it yet, or not as they are now
	Since  time.Time // of those that came before, none is; zero if all are
}

// State returns how far the index is.
func (x *Index) State(ctx context.Context) (s State, err error) {
	m, _, err := readMark(ctx, x.db.Reads)
	if err != nil {
		return s, x.db.Fail("look how far the index reaches", err)
	}
	_, s.Behind, err = row.First(ctx, x.db.Reads, row.One[string], `SELECT item FROM search_wanted LIMIT 1`)
	if m.Done || err != nil {
		return s, x.db.Fail("look how far the index reaches", err)
	}
	oldest := m.At
	if m.Version == 0 {
		oldest = row.Never
	}
	first, any, err := row.First(ctx, x.db.Reads, row.One[int64], `SELECT fetched_at FROM items WHERE fetched_at < $1 ORDER BY fetched_at DESC LIMIT 1`, oldest)
	if any {
		s.Behind, s.Since = true, row.UTC(min(oldest, first+1))
	}
	return s, x.db.Fail("look how far the index reaches", err)
}

// Tidy gives back the room of items that were forgotten. It may stop at any point
// and be done again.
func (x *Index) Tidy(ctx context.Context) error {
	return x.db.Fail("tidy the index", x.words.tidy(ctx))
}

// Settle makes what was filed since the last time quick to ask. It is for when nothing
// is left to file, and may stop at any point.
func (x *Index) Settle(ctx context.Context) error {
	return x.db.Fail("settle the index", x.words.settle(ctx))
}
