package finding

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/matcher/search"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	index "github.com/coupwatch/coupwatch/store/search"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/web/find"
)

// A match is an item in which the query was found.
type match struct {
	hit   index.Hit
	item  store.Verdict
	spans []news.Span
}

// atOnce is how many items one goroutine looks at.
const atOnce = 64

// look returns those hits in which the query is found, and that are of what else is
// asked for, in their order.
func (s *searching) look(ctx context.Context, hits []index.Hit) (found []match, err error) {
	parts := slices.Collect(slices.Chunk(hits, atOnce))
	results := make([][]match, len(parts))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, part := range parts {
		g.Go(func() (err error) {
			results[i], err = s.lookAt(ctx, part)
			return err
		})
	}
	err = g.Wait()
	return slices.Concat(results...), err
}

func (s *searching) lookAt(ctx context.Context, hits []index.Hit) (found []match, err error) {
	ids := make([]string, 0, len(hits))
	for _, h := range hits {
		if s.meant(h) {
			ids = append(ids, h.Item)
		}
	}
	verdicts, err := s.db.ItemsByID(ctx, ids...)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]store.Verdict, len(verdicts))
	for _, v := range verdicts {
		byID[v.ID] = v
	}
	for _, h := range hits {
		v, there := byID[h.Item]
		if !there {
			continue
		}
		if spans, ok := s.query.Find(v.Item); ok {
			found = append(found, match{h, v, spans})
		}
	}
	return found, nil
}

// meant reports whether a hit is of what is asked for beside the text: keys of the
// index may stand for something else by chance, or for what is doubtful.
func (s *searching) meant(h index.Hit) bool {
	return (s.ask.Language == "" || h.Language == s.ask.Language) && (s.ask.Feed == "" || h.Feed == s.ask.Feed) &&
		(s.ask.Country == "" || slices.Contains(h.Countries, s.ask.Country)) && (s.ask.Rule == "" || slices.Contains(h.Rules, s.ask.Rule))
}

// items returns matches as the page shows them.
func (s *searching) items(ctx context.Context, matches []match) (items []find.Item, err error) {
	stories := map[string]news.Story{}
	for _, m := range matches {
		id := m.item.Story
		if _, known := stories[id]; known || id == "" {
			continue
		}
		if stories[id], err = s.db.Story(ctx, id); err != nil && !isUnknown(err) {
			return nil, err
		}
	}
	for _, m := range matches {
		v := m.item
		x := find.Item{
			ID: v.ID, Link: v.Link, Publisher: cmp.Or(v.Publisher, v.Feed), Language: m.hit.Language, Published: v.When(),
			Countries: m.hit.Countries, Rules: m.hit.Rules, Severity: m.hit.Severity,
		}
		x.Title, x.Passage = find.Quoted(v.Item, m.spans)
		if story := stories[v.Story]; story.ID != "" {
			x.Story, x.Headline, x.Told = story.ID, story.Headline, !story.Told.IsZero()
		}
		items = append(items, x)
	}
	return items, nil
}

func countryName(code string) string { return cmp.Or(places.Name(code), code) }

func languageName(code string) string { return cmp.Or(text.LanguageName(code), code) }

// A cache keeps queries that were made ready: who turns pages asks the same again.
type cache struct {
	mu    sync.Mutex
	known []kept // the one that was asked last is the last
}

type kept struct {
	rules, text string
	query       *search.Query
}

// mostKept is how many queries are kept. One that asks for countries takes some
// megabytes.
const mostKept = 8

// query returns what a text means by rules.
func (c *cache) query(rules *matcher.Rules, text string) (*search.Query, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, k := range c.known {
		if k.text == text && k.rules == rules.Version() {
			c.known = append(slices.Delete(c.known, i, i+1), k)
			return k.query, nil
		}
	}
	q, err := rules.Search(text)
	if err != nil {
		return nil, err
	}
	if len(c.known) == mostKept {
		c.known = slices.Delete(c.known, 0, 1)
	}
	c.known = append(c.known, kept{rules.Version(), text, q})
	return q, nil
}
