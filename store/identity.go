package store

import (
	"context"
	"database/sql"
	"slices"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// An identifying finds out by which ids the items of a reading are stored that
// are not known by their own, or are known by it with another text.
type identifying struct {
	rec    *ingestTx
	items  []news.Item
	rows   map[string]article // what is stored, by id
	copies map[copied]string  // ids of what is stored, by what tells that it is the same
	taken  map[string]bool    // ids of what is in the reading
	named  map[int]string     // ids that were found, by place in items
}

// An article is an item as it is stored.
type article struct {
	known
	title, link string
}

// copied is a text at an address: what has both is the same, whatever its guid.
// The address is the whole of it, for some sites tell pages apart by the fragment.
type copied struct {
	link string
	hash int64
}

// identify gives items the ids by which they are stored, or are to be, and
// returns what is known of them; has is what is known by their own. A guid is a
// hint: the feed may spell it otherwise than before, change it at each reading,
// or use it again for another article; see [news.Item.IsArticle]. Where the
// items are as they were it asks the database nothing. The ids follow from what
// is stored alone, so that a reading that is recorded again finds them again.
func (in *ingestTx) identify(ctx context.Context, items []news.Item, has map[string]known) ([]news.Item, map[string]known, error) {
	by := &identifying{rec: in, items: items, taken: map[string]bool{}, named: map[int]string{}}
	var unsure []int
	for i, it := range items {
		k, found := has[it.ID]
		if found && k.hash != textHash(it) || !found && in.feed.Items > 0 {
			unsure = append(unsure, i)
		} else {
			by.named[i], by.taken[it.ID] = it.ID, true
		}
	}
	if len(unsure) == 0 {
		return items, has, nil
	}
	if err := by.load(ctx, unsure); err != nil {
		return nil, nil, err
	}
	for _, ids := range []func(news.Item) []string{by.sameText, by.sameTitle, by.sameArticle, by.unused, ownID} {
		unsure = by.name(unsure, ids)
	}
	items, has = by.renamed(has)
	return items, has, nil
}

// load loads what may be stored of the unsure items.
func (by *identifying) load(ctx context.Context, unsure []int) error {
	by.rows, by.copies = map[string]article{}, map[copied]string{}
	scan := func(rows *sql.Rows) (id string, err error) {
		var a article
		err = rows.Scan(&id, &a.hash, &a.seenAt, &a.title, &a.link)
		by.rows[id] = a
		by.copies[copied{news.PlainAddress(a.link), a.hash}] = id
		return id, err
	}
	var ids, links []string
	for _, i := range unsure {
		it := by.items[i]
		ids = append(ids, by.ids(it)...)
		if link := it.ArticleLink(); link != "" {
			links = append(links, link)
		}
	}
	for some := range slices.Chunk(ids, idsAtOnce) {
		_, err := row.Collect(ctx, by.rec.tx, scan, `
			SELECT id, hash, seen_at, title, link FROM items WHERE id IN `+row.List(1, len(some)), row.Anys(some)...)
		if err != nil {
			return err
		}
	}
	for some := range slices.Chunk(links, idsAtOnce) {
		_, err := row.Collect(ctx, by.rec.tx, scan, atLinks+row.List(2, len(some))+` ORDER BY seen_at, id`, append([]any{by.rec.feed.URL}, row.Anys(some)...)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// atLinks goes by the index of links, whose condition it repeats; by that of feeds all that a feed ever carried would be looked through.
const atLinks = `SELECT id, hash, seen_at, title, link FROM items WHERE feed || '' = $1 AND canonical <> '' AND canonical IN `

// name gives each of the unsure items the first of its ids that no other item
// of the reading has, and returns those that there is none for.
func (by *identifying) name(unsure []int, ids func(news.Item) []string) (rest []int) {
	for _, i := range unsure {
		of := ids(by.items[i])
		if at := slices.IndexFunc(of, func(id string) bool { return !by.taken[id] }); at >= 0 {
			by.named[i] = of[at]
			by.taken[of[at]] = true
		} else {
			rest = append(rest, i)
		}
	}
	return rest
}

// ids returns the ids by which it may be stored, its own first. A feed that has
// a login was stored with it by an older coupwatch.
func (by *identifying) ids(it news.Item) []string {
	ids := append([]string{it.ID}, it.OtherIDs()...)
	if login := by.rec.reading.Feed.Login; login != "" {
		it.Feed = login.In(it.Feed)
		ids = append(ids, it.OtherIDs()...)
	}
	return ids
}

// stored returns those ids by which it may be stored that are of what is.
func (by *identifying) stored(it news.Item, is func(article) bool) []string {
	return slices.DeleteFunc(by.ids(it), func(id string) bool {
		a, found := by.rows[id]
		return !found || !is(a)
	})
}

// sameText returns the ids of what has the text of it, be it under a new guid.
func (by *identifying) sameText(it news.Item) []string {
	ids := by.stored(it, func(a article) bool { return a.hash == textHash(it) })
	if id, found := by.copies[copied{news.PlainAddress(it.Link), textHash(it)}]; found && it.ArticleLink() != "" {
		ids = append(ids, id)
	}
	return ids
}

// sameTitle returns the ids of what has the title of it.
func (by *identifying) sameTitle(it news.Item) []string {
	return by.stored(it, func(a article) bool { return !differ(a.title, it.Title) && it.IsArticle(a.title, a.link) })
}

// sameArticle returns the ids of what it is an edit of.
func (by *identifying) sameArticle(it news.Item) []string {
	return by.stored(it, func(a article) bool { return it.IsArticle(a.title, a.link) })
}

// unused returns the ids under which it may be stored as what is new.
func (by *identifying) unused(it news.Item) []string {
	return slices.DeleteFunc([]string{it.ID, it.IDByArticle(), it.IDByTitle()}, func(id string) bool {
		_, found := by.rows[id]
		return found
	})
}

func ownID(it news.Item) []string { return []string{it.ID} }

// renamed returns the items and what is known of them, by the ids found, and
// renames the reports of the reading. An item that got none is there twice.
func (by *identifying) renamed(has map[string]known) ([]news.Item, map[string]known) {
	items := make([]news.Item, 0, len(by.items))
	reports := make(map[string]news.Report, len(by.rec.reports))
	for i, it := range by.items {
		id, found := by.named[i]
		if id != it.ID {
			by.rec.tally.Renamed++
		}
		if !found {
			continue
		}
		rep, reported := by.rec.reports[it.ID]
		it.ID, rep.ID = id, id
		if a, found := by.rows[it.ID]; found {
			has[it.ID] = a.known
		}
		if reported {
			reports[it.ID] = rep
		}
		items = append(items, it)
	}
	by.rec.reports = reports
	return items, has
}
