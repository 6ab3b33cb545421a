// Package coverage is what a database knows of how feeds, countries and tags are
// covered: when something usually comes, whether something may have been missed, and
// what operators were told. It is a part of package store, whose database has its
// methods.
package coverage

import (
	"context"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/cadence"
	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// A Book is what is known of coverage in a database. It is safe for concurrent use;
// make one with [New].
type Book struct {
	db    *engine.DB
	heard heardCache
}

// New returns the book of a database, whose schema is package store's.
func New(db *engine.DB) *Book { return &Book{db: db, heard: heardCache{at: map[string]int64{}}} }

const (
	gapSlack  = time.Hour     // by how much an item may be dated before it came into its feed
	unwatched = 6 * time.Hour // without a reading, after which what is new does not tell when something came
)

// Learn learns in a transaction what the items that are new in a reading of the feed
// f tell of its cadence; f is as it was before, but for its gap, and came is when
// they were published, zero for unknown. It returns the silence of the feed from
// then on. It costs nothing where nothing is new, and little where something came a
// moment before.
func Learn(ctx context.Context, q row.Querier, f news.FeedState, r news.Reading, came []time.Time) (news.Silence, error) {
	was := f.Signs.Silence
	if len(came) == 0 {
		return was, nil
	}
	moments := cadence.Arrivals(came, f.LastGood, r.At)
	if !f.LastGood.IsZero() && !cadence.After(moments[len(moments)-1], was.Since) {
		return was, nil
	}
	c, err := loadCadence(ctx, q, "feed "+f.URL)
	if err != nil {
		return was, err
	}
	from := time.Time{}
	away := r.At.Sub(f.LastGood) > unwatched
	switch oldest := earliest(came); {
	case c.Until.IsZero():
		from, moments = cadence.Begun(append(publishedAt(r.Items), f.Recent...), r.At)
		if len(moments) == 0 {
			moments = []time.Time{r.At}
		}
	case away && oldest.IsZero():
		c.Pause(r.At)
	case away && f.Signs.Gap.At.Equal(r.At): // nobody knows what was before
		c.Pause(oldest)
	}
	c.Learn(from, r.At, moments)
	return c.Silence(), putCadence(ctx, q, "feed "+f.URL, c)
}

// GapAfter returns what of the feed f may have been missed after a reading of it, in
// which nothing was known if turned is true: it may be that something stood in it
// only meanwhile; not if it shows what is older than the last reading all the same.
// The feed is as it was before, and came as for [Learn].
func GapAfter(f news.FeedState, r news.Reading, turned bool, came []time.Time) news.Gap {
	was, before := f.Signs.Gap, f.LastGood
	if !turned || r.Passed > 0 || before.IsZero() || f.Items == 0 {
		return was
	}
	oldest := earliest(came)
	if !oldest.IsZero() && oldest.Before(before.Add(-gapSlack)) {
		return was
	}
	g := news.Gap{From: before, At: r.At, Times: 1}
	if !oldest.IsZero() {
		g.Span = max(r.At.Sub(oldest), 0)
	}
	if was.Open(r.At) {
		g.Times += was.Times
	}
	return g
}

// earliest returns the first of times, zero if one of them is not known.
func earliest(times []time.Time) (first time.Time) {
	for i, t := range times {
		if i == 0 || t.Before(first) {
			first = t
		}
	}
	return first
}

func publishedAt(items []news.Item) []time.Time {
	all := make([]time.Time, len(items))
	for i, it := range items {
		all[i] = it.Published
	}
	return all
}

func loadCadence(ctx context.Context, q row.Querier, name string) (*cadence.Cadence, error) {
	c := new(cadence.Cadence)
	body, found, err := row.First(ctx, q, row.One[string], `SELECT body FROM cadences WHERE name = $1`, name)
	if err != nil || !found {
		return c, err
	}
	return c, row.Decode("cadence of "+name, body, c)
}

// WeekOf returns how many items of the feed at url are to be expected in each hour of
// the day, in UTC, of each day of the week from Monday on, what comes at once counted
// once. It is not known, and what there is little more than a guess, until the feed was
// watched for a week and a day and brought something a dozen times.
func (b *Book) WeekOf(ctx context.Context, url string) (week [7][24]float64, known bool, err error) {
	c, err := loadCadence(ctx, b.db.Reads, "feed "+url)
	return c.Week(), c.Known(), b.db.Fail("look for the cadence of "+url, err)
}

func putCadence(ctx context.Context, q row.Querier, name string, c *cadence.Cadence) error {
	body, err := row.Encode(c)
	if err != nil {
		return err
	}
	_, err = row.Exec(ctx, q, `
		INSERT INTO cadences (name, body) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET body = excluded.body`, name, body)
	return err
}
