package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/store/search"
)

// A Verdict is an item and what was decided about it.
type Verdict struct {
	news.Item
	Kind     news.Kind          // "" if it belongs to no story
	Reason   string             // a sentence for people
	Story    string             // id of the story it is in, or ""
	Update   string             // id of the development of the story that it brought or copies, or ""
	Status   news.Status        // how firmly it tells the story by itself
	Says     []news.Attribution // who says so, in the item
	Muted    bool               // people would have heard of it but for a mute
	Matches  []news.Match
	Revision int // how often its text was edited
}

// A Revision is what an item was called before its title was edited.
type Revision struct {
	Title string
	At    time.Time // when the next title was read
}

// putVerdict stores what was decided about the report rep.
func putVerdict(ctx context.Context, q row.Querier, rep news.Report, d news.Decision) error {
	matches, err := row.Encode(rep.Matches)
	if err != nil {
		return err
	}
	says, err := row.Encode(d.Says)
	if err != nil {
		return err
	}
	_, err = row.Exec(ctx, q, `
		UPDATE items SET kind = $1, reason = $2, story = $3, development = $4, status = $5, says = $6, muted = $7, matches = $8
		WHERE id = $9`,
		string(d.Kind), d.Reason, d.Story.ID, d.Update, int(d.Status), says, row.Number(d.Muted), matches, rep.ID)
	if err != nil {
		return err
	}
	return search.Want(ctx, q, []string{rep.ID})
}

// verdictColumns are what scanVerdict scans.
const verdictColumns = itemColumns + `, kind, reason, story, development, status, says, muted, matches, revision`

func scanVerdict(rows *sql.Rows) (v Verdict, err error) {
	var item itemRow
	var says, matches string
	err = rows.Scan(append(item.into(&v.Item), &v.Kind, &v.Reason, &v.Story, &v.Update, &v.Status, &says, &v.Muted, &matches, &v.Revision)...)
	if err != nil {
		return v, err
	}
	if err := item.finish(&v.Item); err != nil {
		return v, err
	}
	if err := row.Decode("item "+v.ID, says, &v.Says); err != nil {
		return v, err
	}
	return v, row.Decode("item "+v.ID, matches, &v.Matches)
}

// ItemsByID returns the items that have one of ids, first read first, and what
// was decided about them.
func (db *DB) ItemsByID(ctx context.Context, ids ...string) ([]Verdict, error) {
	var all []Verdict
	for some := range slices.Chunk(ids, idsAtOnce) {
		verdicts, err := row.Collect(ctx, db.reads, scanVerdict, `
			SELECT `+verdictColumns+` FROM items WHERE id IN `+row.List(1, len(some))+`
			ORDER BY fetched_at, id`, row.Anys(some)...)
		if err != nil {
			return nil, db.fail("look for items by id", err)
		}
		all = append(all, verdicts...)
	}
	return all, nil
}

// ItemsByLink returns the items whose link leads where link does, first read
// first, and what was decided about them. See [news.CanonicalLink].
func (db *DB) ItemsByLink(ctx context.Context, link string) ([]Verdict, error) {
	if link == "" {
		return nil, nil
	}
	verdicts, err := row.Collect(ctx, db.reads, scanVerdict, `
		SELECT `+verdictColumns+` FROM items WHERE canonical = $1 AND canonical <> ''
		ORDER BY fetched_at, id`, news.CanonicalLink(link))
	return verdicts, db.fail("look for items by link", err)
}

// ItemsOfPage returns the items whose link leads to a page, first read first.
func (db *DB) ItemsOfPage(ctx context.Context, link string) (items []news.Item, err error) {
	verdicts, err := db.ItemsByLink(ctx, link)
	for _, v := range verdicts {
		items = append(items, v.Item)
	}
	return items, err
}

// ItemsOfStory returns the items of the story, first published first, and what
// was decided about them.
func (db *DB) ItemsOfStory(ctx context.Context, story string) ([]Verdict, error) {
	if story == "" {
		return nil, nil
	}
	verdicts, err := row.Collect(ctx, db.reads, scanVerdict, `
		SELECT `+verdictColumns+` FROM items WHERE story = $1 AND story <> ''
		ORDER BY `+when+`, id`, story)
	return verdicts, db.fail("look for the items of story "+story, err)
}

// Revisions returns the titles that the item had before, the oldest first.
func (db *DB) Revisions(ctx context.Context, item string) ([]Revision, error) {
	revisions, err := row.Collect(ctx, db.reads, func(rows *sql.Rows) (r Revision, err error) {
		var at int64
		err = rows.Scan(&r.Title, &at)
		r.At = row.UTC(at)
		return r, err
	}, `SELECT title, at FROM revisions WHERE item = $1 ORDER BY revision`, item)
	return revisions, db.fail("look for the titles of item "+item, err)
}
