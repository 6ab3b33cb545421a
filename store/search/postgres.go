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

// postgres keeps words in a column of type tsvector, which it is given as it is to
// be: PostgreSQL knows nothing of languages here.
type postgres struct {
	db     *engine.DB
	shares *shares
}

func (p postgres) put(ctx context.Context, q row.Querier, docs []Doc) error {
	const atOnce = 50
	for some := range slices.Chunk(docs, atOnce) {
		var args []any
		rows := make([]string, len(some))
		for i, d := range some {
			args = append(args, d.place, d.ID, d.Language, d.Feed, strings.Join(d.Countries, " "), strings.Join(d.Rules, " "), int(d.Severity), d.Story, vector(d.Entry))
			rows[i] = strings.TrimSuffix(row.List(1+i*9, 9), ")") + `::text::tsvector)`
		}
		_, err := row.Exec(ctx, q, `
			INSERT INTO search_items (place, item, language, feed, countries, rules, severity, story, words)
			VALUES `+strings.Join(rows, ","), args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// Of a word so many places are told, and none that is further down.
const (
	mostPlaces = 200
	furthest   = 16_383
)

// vector returns the keys of an entry as the text of a tsvector.
func vector(e keys.Entry) string {
	places := map[string][]int{}
	var order []string
	for i, w := range e.Words[:min(len(e.Words), mostWords)] {
		if places[w] == nil {
			order = append(order, w)
		}
		if len(places[w]) < mostPlaces {
			places[w] = append(places[w], min(i+1, furthest))
		}
	}
	var b strings.Builder
	for _, w := range order {
		b.WriteString("'" + w + "'")
		for i, at := range places[w] {
			b.WriteByte(":,"[min(i, 1)])
			b.WriteString(strconv.Itoa(at))
		}
		b.WriteByte(' ')
	}
	for _, key := range e.More {
		b.WriteString("'" + key + "' ")
	}
	return b.String()
}

// having returns the condition that an item has what is asked for. The keys stand in
// the text, where the planner sees how common they are; none has a quote or a
// backslash in it.
func having(s keys.Sieve) string {
	if s.Op == keys.Nothing {
		return ``
	}
	return ` AND words @@ '` + strings.ReplaceAll(tsquery(s), "'", "''") + `'::tsquery`
}

// manyKeys is how many keys PostgreSQL is asked for at once: of each item that has
// one of them it looks for all.
const manyKeys = 16

// pieces returns sieves of few keys each: what comes through s comes through one.
func pieces(s keys.Sieve) (all []keys.Sieve) {
	long, rest := s, keys.Sieve{}
	if s.Op == keys.All {
		last := len(s.Of) - 1 // the largest
		long, rest = s.Of[last], keys.AllOf(s.Of[:last]...)
	}
	if long.Op != keys.Any || long.Size() <= manyKeys {
		return []keys.Sieve{s}
	}
	for piece := range slices.Chunk(long.Of, manyKeys) {
		all = append(all, keys.AllOf(keys.AnyOf(piece...), rest))
	}
	return all
}

// dense is which share of all items is so large that the latest are found quickest by
// looking at one after another. The planner would do so for rare keys too, since it
// takes what is found to lie evenly, and there to be some.
const dense = 0.02

func (p postgres) hits(ctx context.Context, a asked, most int) (all []Hit, err error) {
	share, err := p.thin(ctx, &a)
	if err != nil {
		return nil, err
	}
	if share >= dense {
		err := p.in(ctx, interpreted, func(tx *sql.Tx) error {
			all, err = row.Collect(ctx, tx, scanHit, `
				SELECT `+facets+` FROM search_items WHERE place >= $1 AND place < $2`+having(a.Sieve)+a.told()+`
				ORDER BY place DESC LIMIT $3`, int64(a.from), int64(a.before), most)
			return err
		})
		return all, err
	}
	places, err := p.places(ctx, a, most)
	const atOnce = 1000
	for some := range slices.Chunk(places, atOnce) {
		more, err := row.Collect(ctx, p.db.Reads, scanHit, `
			SELECT `+facets+` FROM search_items WHERE place IN `+row.List(1, len(some))+` ORDER BY place DESC`, some...)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, err
}

// places returns the places of the latest hits, by the index of words.
func (p postgres) places(ctx context.Context, a asked, most int) (places []any, err error) {
	err = p.in(ctx, byIndex, func(tx *sql.Tx) error {
		places, err = row.Collect(ctx, tx, row.One[any], `SELECT place FROM (`+a.legs()+`) AS found ORDER BY place DESC LIMIT `+strconv.Itoa(most), int64(a.from), int64(a.before))
		return err
	})
	return places, err
}

// legs returns the query for the places of all hits, each once, with $1 and $2 for
// their bounds.
func (a asked) legs() string {
	var legs []string
	for _, piece := range pieces(a.Sieve) {
		legs = append(legs, `SELECT place FROM search_items WHERE place >= $1 AND place < $2`+having(piece)+a.told())
	}
	return strings.Join(legs, ` UNION `)
}

func (p postgres) days(ctx context.Context, a asked, add func(int64, int)) (int64, error) {
	share, err := p.thin(ctx, &a)
	if err != nil {
		return int64(a.before), err
	}
	if share >= dense {
		err = p.in(ctx, interpreted, func(tx *sql.Tx) error {
			return collectDays(ctx, tx, `
				SELECT place / `+strconv.Itoa(inDay)+` AS day, COUNT(*) FROM search_items WHERE place >= $1 AND place < $2`+having(a.Sieve)+a.told()+`
				GROUP BY day ORDER BY day DESC`, []any{int64(a.from), int64(a.before)}, add)
		})
	} else {
		err = p.in(ctx, byIndex, func(tx *sql.Tx) error {
			return collectDays(ctx, tx, `
				SELECT place / `+strconv.Itoa(inDay)+` AS day, COUNT(*) FROM (`+a.legs()+`) AS found
				GROUP BY day ORDER BY day DESC`, []any{int64(a.from), int64(a.before)}, add)
		})
	}
	if err != nil {
		return int64(a.before), err
	}
	return 0, nil
}

// thin leaves a long list beside what few items have to who looks at the items, and
// returns about which share of all items comes through.
func (p postgres) thin(ctx context.Context, a *asked) (float64, error) {
	if last := len(a.Sieve.Of) - 1; a.Sieve.Op == keys.All && a.Sieve.Of[last].Size() > manyKeys {
		rest := keys.AllOf(a.Sieve.Of[:last]...)
		if share, err := p.shares.of(ctx, p.db, rest); err != nil || share == 0 && rest.Size() <= manyKeys {
			a.Sieve = rest
			return share, err
		}
	}
	return p.shares.of(ctx, p.db, a.Sieve)
}

// How a question is answered, for [postgres.in]. To compile it, as PostgreSQL does
// where it thinks that it will take long, takes longer than to answer it. And of many
// keys it thinks that each is in some items, and would look at all of these: then it
// is made to go by the index of words.
const (
	interpreted = `SELECT set_config('jit', 'off', true)`
	byIndex     = interpreted + `, set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)`
)

// in runs f in a transaction of that way to answer.
func (p postgres) in(ctx context.Context, way string, f func(*sql.Tx) error) error {
	tx, err := p.db.Reads.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing was changed
	if _, err := tx.ExecContext(ctx, way); err != nil {
		return err
	}
	return f(tx)
}

// tsquery returns a sieve in the language of PostgreSQL.
func tsquery(s keys.Sieve) string {
	switch s.Op {
	case keys.Key, keys.Row:
		return `'` + strings.Join(s.Keys, `' <-> '`) + `'`
	case keys.Prefix:
		return `'` + s.Keys[0] + `':*`
	}
	parts := make([]string, len(s.Of))
	for i, of := range s.Of {
		parts[i] = tsquery(of)
	}
	if s.Op == keys.Any {
		return "(" + strings.Join(parts, " | ") + ")"
	}
	return "(" + strings.Join(parts, " & ") + ")"
}

// settle puts into the index what PostgreSQL has laid aside for it, and goes through
// at each question.
func (p postgres) settle(ctx context.Context) error {
	if _, err := p.db.Writes.ExecContext(ctx, `SELECT gin_clean_pending_list('search_items_words')`); err != nil {
		return err
	}
	// From the second time on PostgreSQL counts by itself which keys are common.
	_, counted, err := row.First(ctx, p.db.Reads, row.One[string], `
		SELECT attname FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'search_items' AND attname = 'words'`)
	if err == nil && !counted {
		_, err = p.db.Writes.ExecContext(ctx, analyse)
	}
	return err
}

const analyse = `ANALYZE search_items`

// tidy has nothing to do: what is forgotten is forgotten.
func (postgres) tidy(context.Context) error { return nil }

func (p postgres) clear(ctx context.Context, q row.Querier) error {
	_, err := row.Exec(ctx, q, `DELETE FROM search_items`)
	return err
}
