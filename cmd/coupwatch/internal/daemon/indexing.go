package daemon

import (
	"context"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/search"
	"github.com/coupwatch/coupwatch/store"
	index "github.com/coupwatch/coupwatch/store/search"
	"github.com/coupwatch/coupwatch/text/keys"
)

// An Indexing puts the words of items into the index by which they are searched.
type Indexing struct {
	DB    *store.DB
	Rules func() *matcher.Rules

	// Eager is for who waits: it does not rest between batches, and stops after this
	// long, done or not. 0 is for who does not wait.
	Eager time.Duration
}

// NewIndexing returns what indexes a database, for a program that works for as long
// as it runs, or once.
func NewIndexing(db *store.DB, rules func() *matcher.Rules, once bool) Indexing {
	x := Indexing{DB: db, Rules: rules}
	if once {
		x.Eager = 5 * time.Second
	}
	return x
}

// batch is how many items are indexed in one transaction, for which readings wait.
const batch = 100

// Round indexes what is to be indexed, for as long as there is something: what came
// since, and at first all that is stored, the latest first. It works half the time
// only, so that who waits for the database or the processor gets it. It may stop
// anywhere, and run on several replicas at once.
func (x Indexing) Round(ctx context.Context) error {
	clerk, start, filed := x.Rules().NewClerk(), time.Now(), false
	for ctx.Err() == nil {
		began := time.Now()
		more, err := x.step(ctx, clerk)
		if err == nil && !more && filed {
			return x.DB.Search.Settle(ctx)
		}
		if err != nil || !more {
			return err
		}
		filed = true
		if x.Eager > 0 && time.Since(start) < x.Eager {
			continue
		} else if x.Eager > 0 {
			return nil
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Since(began)):
		}
	}
	return ctx.Err()
}

// step indexes one batch and reports whether there may be more.
func (x Indexing) step(ctx context.Context, clerk *search.Clerk) (more bool, err error) {
	b, err := x.DB.Search.Wanted(ctx, search.Version, batch)
	if err != nil || b.Empty() {
		return false, err
	}
	verdicts, err := x.DB.ItemsByID(ctx, b.IDs...)
	if err != nil {
		return false, err
	}
	docs := make([]index.Doc, len(verdicts))
	for i, v := range verdicts {
		docs[i] = filed(clerk, v)
	}
	return true, x.DB.Search.File(ctx, b, docs)
}

// filed returns an item as it is indexed.
func filed(clerk *search.Clerk, v store.Verdict) index.Doc {
	f := clerk.File(v.Item)
	d := index.Doc{ID: v.ID, At: v.When(), Entry: f.Entry, Facets: index.Facets{Language: f.Language, Feed: v.Feed, Countries: f.Countries, Story: v.Story}}
	for _, m := range v.Matches {
		d.Rules, d.Severity = append(d.Rules, m.Rule), max(d.Severity, m.Severity)
		d.More = append(d.More, keys.Rule(m.Rule))
	}
	if v.Story != "" {
		d.More = append(d.More, keys.InStory)
	}
	return d
}
