package store

import (
	"context"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/cadence"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

const (
	gapSlack  = time.Hour     // by how much an item may be dated before it came into its feed
	unwatched = 6 * time.Hour // without a reading, after which what is new does not tell when something came
)

// note notes when items were published that are stored now and were not known.
func (in *ingestTx) note(items []news.Item, added []string) {
	for _, it := range items {
		if slices.Contains(added, it.ID) {
			in.came = append(in.came, it.Published)
		}
	}
}

// learn learns the cadence of the feed from what is new in it. It costs nothing
// where nothing is, and little where something came a moment before.
func (in *ingestTx) learn(ctx context.Context) error {
	r := in.reading
	if in.late || len(in.came) == 0 {
		return nil
	}
	came := cadence.Arrivals(in.came, in.feed.LastGood, r.At)
	if !in.feed.LastGood.IsZero() && !cadence.After(came[len(came)-1], in.feed.Signs.Silence.Since) {
		return nil
	}
	c, err := loadCadence(ctx, in.tx, "feed "+in.feed.URL)
	if err != nil {
		return err
	}
	from := time.Time{}
	away := r.At.Sub(in.feed.LastGood) > unwatched
	switch oldest := earliest(in.came); {
	case c.Until.IsZero():
		from, came = cadence.Begun(append(publishedAt(r.Items), in.feed.Recent...), r.At)
		if len(came) == 0 {
			came = []time.Time{r.At}
		}
	case away && oldest.IsZero():
		c.Pause(r.At)
	case away && in.gap().At.Equal(r.At): // nobody knows what was before
		c.Pause(oldest)
	}
	c.Learn(from, r.At, came)
	in.feed.Signs.Silence = c.Silence()
	return putCadence(ctx, in.tx, "feed "+in.feed.URL, c)
}

// signs returns those of the feed after the reading.
func (in *ingestTx) signs() news.Signs {
	s := in.reading.Signs
	s.Silence, s.Gap = in.feed.Signs.Silence, in.gap()
	return s
}

// gap returns what of the feed may have been missed after the reading: if nothing
// in it was known, it may be that something stood in it only meanwhile; not if it
// shows what is older than the last reading all the same.
func (in *ingestTx) gap() news.Gap {
	r, was := in.reading, in.feed.Signs.Gap
	before := in.feed.LastGood
	if in.late || !in.turned || r.Passed > 0 || before.IsZero() || in.feed.Items == 0 {
		return was
	}
	oldest := earliest(in.came)
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
