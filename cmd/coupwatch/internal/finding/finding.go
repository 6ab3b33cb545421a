// Package finding searches the archive: rules say what a query means, the index of
// the database which items may have it, and each of those that are shown is looked
// at.
package finding

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/search"
	"github.com/coupwatch/coupwatch/store"
	index "github.com/coupwatch/coupwatch/store/search"
	"github.com/coupwatch/coupwatch/text/keys"
	"github.com/coupwatch/coupwatch/web/find"
)

// An Archive is a database that is searched by rules. It is safe for concurrent use;
// make one with [New].
type Archive struct {
	db    *store.DB
	rules func() *matcher.Rules
	ready cache
}

// New returns the archive of a database, with the rules in use.
func New(db *store.DB, rules func() *matcher.Rules) *Archive {
	return &Archive{db: db, rules: rules}
}

// How long a search takes at most, or nearly so: then it says how far it has come.
const (
	patience = 220 * time.Millisecond // to look at items
	counting = 150 * time.Millisecond // to count them a day
)

const (
	usual  = 20    // items of a page
	most   = 200   // items that may be asked for at once
	few    = 300   // items that are all looked at, to count those that are meant
	sample = 3_000 // items that facets are of, if there are more
)

// Search implements [find.Archive].
func (a *Archive) Search(ctx context.Context, ask find.Ask) (find.Result, error) {
	began := time.Now()
	rules := a.rules()
	q, err := a.ready.query(rules, ask.Text)
	if err != nil {
		return find.Result{}, mistakes(err)
	}
	s := &searching{db: a.db, rules: rules, query: q, ask: ask, until: began.Add(patience), question: question(q, ask)}
	if s.most = ask.Most; s.most <= 0 {
		s.most = usual
	}
	s.most = min(s.most, most)
	r, err := s.run(ctx)
	if err != nil {
		return find.Result{}, err
	}
	r.Items, r.Days = list(r.Items), list(r.Days)
	state, err := a.db.Search.State(ctx)
	r.Query, r.Behind, r.Since, r.Took = q.String(), state.Behind, state.Since, time.Since(began).Milliseconds()
	return r, err
}

// list returns a list that is written as one even if nothing is in it.
func list[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// mistakes returns an error of a query as the page tells it.
func mistakes(err error) error {
	var all find.Mistakes
	for _, m := range search.Mistakes(err) {
		all = append(all, find.Mistake{From: m.Pos, To: m.End, Says: m.Msg, Hint: m.Hint})
	}
	if all == nil {
		return err
	}
	return all
}

// question returns what the index is asked.
func question(q *search.Query, ask find.Ask) index.Question {
	sieves := []keys.Sieve{q.Sieve()}
	add := func(value, key string) {
		if value != "" {
			sieves = append(sieves, keys.Of(key))
		}
	}
	add(ask.Language, keys.Language(ask.Language))
	add(ask.Country, keys.Country(ask.Country))
	add(ask.Feed, keys.Feed(ask.Feed))
	add(ask.Rule, keys.Rule(ask.Rule))
	return index.Question{
		Sieve: keys.AllOf(sieves...), From: ask.From, To: ask.To,
		Told: map[string]index.Choice{"yes": index.Yes, "no": index.No}[ask.Told],
	}
}

// A searching is one search under way.
type searching struct {
	db       *store.DB
	rules    *matcher.Rules
	query    *search.Query
	ask      find.Ask
	question index.Question
	until    time.Time
	most     int
}

// run looks at all that may be meant if that is little, and else at what is shown,
// while the rest is counted.
func (s *searching) run(ctx context.Context) (find.Result, error) {
	hits, err := s.db.Search.Hits(ctx, s.question, 0, few+1)
	if err != nil {
		return find.Result{}, err
	}
	if len(hits) <= few {
		return s.all(ctx, hits)
	}
	var r find.Result
	var days find.Result
	g, within := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		days, err = s.count(within, slices.Clone(hits))
		return err
	})
	g.Go(func() (err error) {
		r, err = s.page(within, hits)
		return err
	})
	if err := g.Wait(); err != nil {
		return r, err
	}
	r.Days, r.Total, r.About, r.More, r.Facets, r.Latest = days.Days, days.Total, true, days.More, days.Facets, days.Latest
	return r, nil
}

// all returns a page of hits, which are all that there are, with what all have.
func (s *searching) all(ctx context.Context, hits []index.Hit) (r find.Result, err error) {
	found, err := s.look(ctx, hits)
	if err != nil {
		return r, err
	}
	var met []index.Hit
	var shown []match
	for _, m := range found {
		met = append(met, m.hit)
		if s.ask.Before == 0 || int64(m.hit.Place) < s.ask.Before {
			shown = append(shown, m)
		}
	}
	if len(shown) > s.most {
		shown = shown[:s.most]
		r.Next = int64(shown[len(shown)-1].hit.Place)
	}
	r.Total, r.Days, r.Facets = len(met), perDay(met), s.facets(met)
	r.Items, err = s.items(ctx, shown)
	return r, err
}

// page looks at hits, and at those further back, until it has as many as are to be
// shown, or its time is over.
func (s *searching) page(ctx context.Context, hits []index.Hit) (r find.Result, err error) {
	var shown []match
	at := index.Place(s.ask.Before)
	if at > 0 {
		hits = nil
	}
	for n := 2 * s.most; ; n = min(2*n, sample) {
		if hits == nil {
			if hits, err = s.db.Search.Hits(ctx, s.question, at, n); err != nil {
				return r, err
			}
		}
		some := hits[:min(n, len(hits))]
		hits = hits[len(some):]
		found, err := s.look(ctx, some)
		if err != nil {
			return r, err
		}
		shown = append(shown, found...)
		over := len(some) == 0
		if !over {
			at = some[len(some)-1].Place
		}
		if len(shown) >= s.most || over {
			break
		}
		if time.Now().After(s.until) {
			r.Next, r.Searched = int64(at), at.Time()
			break
		}
		if len(hits) == 0 {
			hits = nil
		}
	}
	if len(shown) >= s.most {
		shown = shown[:s.most]
		r.Next = int64(shown[s.most-1].hit.Place)
	}
	r.Items, err = s.items(ctx, shown)
	return r, err
}

// count counts what the index lets through, a day, and the latest of it by facets: as
// much as it can in its time, and at least what was found first.
func (s *searching) count(ctx context.Context, first []index.Hit) (r find.Result, err error) {
	within, cancel := context.WithTimeout(ctx, counting)
	defer cancel()
	latest, days, complete := first, []index.Day(nil), false
	var g errgroup.Group
	g.Go(func() error {
		more, err := s.db.Search.Hits(within, s.question, 0, sample)
		if err == nil {
			latest = more
		} else if within.Err() != nil {
			err = nil
		}
		return err
	})
	g.Go(func() (err error) {
		days, _, complete, err = s.db.Search.Days(within, s.question)
		return err
	})
	if err := g.Wait(); err != nil {
		return r, err
	}
	r.Facets, r.Latest = s.facets(latest), len(latest)
	for _, d := range days {
		r.Days, r.Total = append(r.Days, find.Day{Date: d.Date, N: d.N}), r.Total+d.N
	}
	if r.Total < len(latest) {
		r.Days, r.Total = perDay(latest), len(latest)
	}
	if r.More = !complete; complete && r.Total == len(latest) {
		r.Latest = 0
	}
	return r, nil
}

func perDay(hits []index.Hit) (days []find.Day) {
	for _, h := range hits { // the latest first
		day := h.Time().Truncate(24 * time.Hour)
		if n := len(days); n == 0 || !days[n-1].Date.Equal(day) {
			days = append(days, find.Day{Date: day})
		}
		days[len(days)-1].N++
	}
	return days
}

// mostValues is how many values of a facet are told.
const mostValues = 12

// facets counts hits.
func (s *searching) facets(hits []index.Hit) (all []find.Facet) {
	names := map[string]string{}
	for _, f := range s.rules.Feeds() {
		names[f.URL] = f.Name
	}
	for _, f := range []struct {
		key  string
		of   func(index.Hit) []string
		name func(string) string
	}{
		{"country", func(h index.Hit) []string { return h.Countries }, countryName},
		{"language", func(h index.Hit) []string { return []string{h.Language} }, languageName},
		{"feed", func(h index.Hit) []string { return []string{h.Feed} }, func(url string) string { return cmp.Or(names[url], url) }},
		{"rule", func(h index.Hit) []string { return h.Rules }, s.rules.Title},
	} {
		n := map[string]int{}
		for _, h := range hits {
			for _, v := range f.of(h) {
				if v != "" {
					n[v]++
				}
			}
		}
		values := slices.SortedFunc(maps.Keys(n), func(a, b string) int { return cmp.Or(cmp.Compare(n[b], n[a]), cmp.Compare(a, b)) })
		facet := find.Facet{Key: f.key, Values: []find.Value{}}
		for _, v := range values[:min(mostValues, len(values))] {
			facet.Values = append(facet.Values, find.Value{Value: v, Text: f.name(v), N: n[v]})
		}
		all = append(all, facet)
	}
	return all
}
