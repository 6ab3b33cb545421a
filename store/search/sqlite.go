package search

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/text/keys"
)

// sqlite keeps words in tables of FTS4, one for each stretch of time, without the
// texts: these it could delete by only if it had them twice. So the index of a
// stretch goes as a whole when its items have gone, and is made anew when most have.
type sqlite struct{ db *engine.DB }

// inPart is how many places one table has: those of 90 days.
const inPart = 90 * inDay

func table(part int64) string { return "search_words_" + strconv.FormatInt(part, 10) }

func terms(part int64) string { return "search_terms_" + strconv.FormatInt(part, 10) }

func (s sqlite) put(ctx context.Context, q row.Querier, docs []Doc) error {
	for len(docs) > 0 {
		part := docs[0].place / inPart
		n := 1
		for n < len(docs) && docs[n].place/inPart == part {
			n++
		}
		if err := s.putPart(ctx, q, part, docs[:n]); err != nil {
			return err
		}
		docs = docs[n:]
	}
	return nil
}

func (s sqlite) putPart(ctx context.Context, q row.Querier, part int64, docs []Doc) error {
	name := table(part)
	added, err := row.Exec(ctx, q, `INSERT INTO search_parts (part, filed) VALUES ($1, 0) ON CONFLICT (part) DO NOTHING`, part)
	if err != nil {
		return err
	}
	if added > 0 {
		for _, create := range []string{
			`CREATE VIRTUAL TABLE ` + name + ` USING fts4 (words, content="", tokenize=simple, matchinfo=fts3, order=desc)`,
			`CREATE VIRTUAL TABLE ` + terms(part) + ` USING fts4aux (` + name + `)`, // how many items have a key
		} {
			if _, err := row.Exec(ctx, q, create); err != nil {
				return err
			}
		}
	}
	if err := putFacets(ctx, q, docs); err != nil {
		return err
	}
	for _, d := range docs {
		if _, err := row.Exec(ctx, q, `INSERT INTO `+name+` (docid, words) VALUES ($1, $2)`, d.place, line(d.Entry)); err != nil {
			return err
		}
	}
	if _, err := row.Exec(ctx, q, `UPDATE search_parts SET filed = filed + $1 WHERE part = $2`, len(docs), part); err != nil {
		return err
	}
	// What was just written is merged with what there is bit by bit: left alone, the
	// index would do so all at once, and whoever writes would wait for seconds.
	_, err = row.Exec(ctx, q, `INSERT INTO `+name+` (`+name+`) VALUES ($1)`, "merge="+strconv.Itoa(2*len(docs))+",6")
	return err
}

// mostWords is how many words of an item are search_items.
const mostWords = 30_000

// line returns the keys of an entry as one text.
func line(e keys.Entry) string {
	var b strings.Builder
	for _, list := range [][]string{e.Words[:min(len(e.Words), mostWords)], {"¦"}, e.More} {
		for _, key := range list {
			b.WriteString(key)
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// putFacets adds what is known of documents beside their words.
func putFacets(ctx context.Context, q row.Querier, docs []Doc) error {
	const atOnce = 50
	for some := range slices.Chunk(docs, atOnce) {
		var args []any
		for _, d := range some {
			args = append(args, d.place, d.ID, d.Language, d.Feed, strings.Join(d.Countries, " "), strings.Join(d.Rules, " "), int(d.Severity), d.Story)
		}
		_, err := row.Exec(ctx, q, `
			INSERT INTO search_items (place, item, language, feed, countries, rules, severity, story)
			VALUES `+row.Tuples(len(some), 8), args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// facets are what scanHit scans.
const facets = `search_items.place, search_items.item, search_items.language, search_items.feed, search_items.countries, search_items.rules, search_items.severity, search_items.story`

func scanHit(rows *sql.Rows) (h Hit, err error) {
	var countries, rules string
	err = rows.Scan(&h.Place, &h.Item, &h.Language, &h.Feed, &countries, &rules, &h.Severity, &h.Story)
	h.Countries, h.Rules = split(countries), split(rules)
	return h, err
}

// parts returns the numbers of the tables that have places of a question, the latest
// first.
func (s sqlite) parts(ctx context.Context, a asked) ([]int64, error) {
	return row.Collect(ctx, s.db.Reads, row.One[int64], `
		SELECT part FROM search_parts WHERE part >= $1 AND part <= $2 ORDER BY part DESC`, int64(a.from)/inPart, int64(a.before)/inPart)
}

func (s sqlite) hits(ctx context.Context, a asked, most int) (hits []Hit, err error) {
	if a.Sieve.Op == keys.Nothing {
		return row.Collect(ctx, s.db.Reads, scanHit, `
			SELECT `+facets+` FROM search_items WHERE place >= $1 AND place < $2`+a.told()+`
			ORDER BY place DESC LIMIT $3`, int64(a.from), int64(a.before), most)
	}
	parts, err := s.parts(ctx, a)
	if err != nil {
		return nil, err
	}
	for _, part := range parts {
		legs, args, err := s.legs(ctx, part, a, most-len(hits))
		if err != nil {
			return nil, err
		}
		more, err := row.Collect(ctx, s.db.Reads, scanHit, `
			SELECT `+facets+` FROM (`+legs+`) AS found CROSS JOIN search_items ON search_items.place = found.docid
			WHERE found.docid >= 0`+a.told()+` ORDER BY found.docid DESC LIMIT $1`, args...)
		if err != nil {
			return nil, err
		}
		if hits = append(hits, more...); len(hits) >= most {
			break
		}
	}
	return hits, nil
}

// legs returns the query for the places of a part at which an item may have what is
// asked for, and its arguments: $1 is how many are asked for, $2 and $3 are the bounds.
func (s sqlite) legs(ctx context.Context, part int64, a asked, most int) (query string, args []any, err error) {
	thin, err := s.thin(ctx, part, a.Sieve)
	if err != nil {
		return "", nil, err
	}
	args = []any{most, int64(a.from), int64(a.before)}
	var legs []string
	for _, of := range alternatives(thin) {
		if of.Op == keys.Nothing {
			return `SELECT place AS docid FROM search_items WHERE $1 > 0 AND place >= $2 AND place < $3`, args, nil
		}
		args = append(args, match(of))
		legs = append(legs, `SELECT docid FROM `+table(part)+` WHERE $1 > 0 AND docid >= $2 AND docid < $3 AND `+table(part)+` MATCH $`+strconv.Itoa(len(args)))
	}
	if len(legs) > 1 && a.Told == Either { // of each the latest will do
		for i, leg := range legs {
			legs[i] = `SELECT docid FROM (` + leg + ` ORDER BY docid DESC LIMIT $1)`
		}
	}
	return strings.Join(legs, " UNION "), args, nil
}

func (s sqlite) days(ctx context.Context, a asked, add func(int64, int)) (reached int64, err error) {
	parts, err := s.parts(ctx, a)
	reached = int64(a.before)
	for _, part := range parts {
		query, args := `
			SELECT place / $1 AS day, COUNT(*) FROM search_items WHERE place >= $2 AND place < $3`+a.told()+`
			GROUP BY day ORDER BY day DESC`, []any{inDay, max(int64(a.from), part*inPart), min(int64(a.before), (part+1)*inPart)}
		if a.Sieve.Op != keys.Nothing {
			var legs string
			if legs, args, err = s.legs(ctx, part, a, 1<<40); err != nil {
				return reached, err
			}
			of := `(` + legs + `) AS found`
			if a.Told != Either {
				of += ` CROSS JOIN search_items ON search_items.place = found.docid`
			}
			query = `SELECT found.docid / ` + strconv.Itoa(inDay) + ` AS day, COUNT(*) FROM ` + of + ` WHERE found.docid >= 0` + a.told() + ` GROUP BY day ORDER BY day DESC`
		}
		if err := collectDays(ctx, s.db.Reads, query, args, add); err != nil {
			return reached, err
		}
		reached = part * inPart
	}
	return reached, err
}

// collectDays runs a query of days and numbers.
func collectDays(ctx context.Context, q row.Querier, query string, args []any, add func(int64, int)) error {
	type count struct {
		day int64
		n   int
	}
	days, err := row.Collect(ctx, q, func(rows *sql.Rows) (c count, err error) {
		err = rows.Scan(&c.day, &c.n)
		return c, err
	}, query, args...)
	if err != nil {
		return err
	}
	for _, c := range days {
		add(c.day, c.n)
	}
	return nil
}

// Settling merges pages of two or more segments, so many in one transaction, and goes
// on for so many of them: the rest is for the next time.
const (
	mergedPages = 200
	mostMerges  = 50
)

// settle merges what was written in pieces: each question looks into every piece.
func (s sqlite) settle(ctx context.Context) error {
	parts, err := s.parts(ctx, asked{before: last})
	for _, part := range parts {
		for range mostMerges {
			if err != nil {
				return err
			}
			var merged int64
			err = s.db.Update(ctx, func(tx *sql.Tx) error {
				before, _, err := row.First(ctx, tx, row.One[int64], `SELECT total_changes()`)
				if err == nil {
					_, err = row.Exec(ctx, tx, `INSERT INTO `+table(part)+` (`+table(part)+`) VALUES ($1)`, "merge="+strconv.Itoa(mergedPages)+",2")
				}
				if err != nil {
					return err
				}
				merged, _, err = row.First(ctx, tx, row.One[int64], `SELECT total_changes()`)
				merged -= before
				return err
			})
			if merged < 2 {
				break
			}
		}
	}
	return err
}

func (s sqlite) tidy(ctx context.Context) error {
	parts, err := row.Collect(ctx, s.db.Reads, row.One[int64], `
		SELECT part FROM search_parts
		WHERE filed > 2 * (SELECT COUNT(*) FROM search_items WHERE place >= part * $1 AND place < part * $1 + $1)`, inPart)
	if err != nil {
		return err
	}
	for _, part := range parts {
		err := s.db.Update(ctx, func(tx *sql.Tx) error {
			_, err := row.Exec(ctx, tx, `
				INSERT INTO search_wanted (item, at) SELECT items.id, fetched_at FROM search_items JOIN items ON items.id = search_items.item
				WHERE place >= $1 AND place < $2
				ON CONFLICT (item) DO UPDATE SET version = search_wanted.version + 1`, part*inPart, (part+1)*inPart)
			if err == nil {
				err = s.drop(ctx, tx, part)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// drop forgets a part.
func (s sqlite) drop(ctx context.Context, q row.Querier, part int64) error {
	for _, query := range []string{
		`DELETE FROM search_items WHERE place >= ` + strconv.FormatInt(part*inPart, 10) + ` AND place < ` + strconv.FormatInt((part+1)*inPart, 10),
		`DELETE FROM search_parts WHERE part = ` + strconv.FormatInt(part, 10),
		`DROP TABLE IF EXISTS ` + terms(part),
		`DROP TABLE IF EXISTS ` + table(part),
	} {
		if _, err := row.Exec(ctx, q, query); err != nil {
			return err
		}
	}
	return nil
}

func (s sqlite) clear(ctx context.Context, q row.Querier) error {
	parts, err := row.Collect(ctx, q, row.One[int64], `SELECT part FROM search_parts`)
	for _, part := range parts {
		if err == nil {
			err = s.drop(ctx, q, part)
		}
	}
	return err
}
