package main

import (
	"context"
	"errors"

	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/web"
)

// webRecords is the database as the page asks for it, and what things are
// called; see [web.Records] and [web.Names].
type webRecords struct {
	*store.DB
	use *inUse
}

// CountryName implements [web.Names].
func (r webRecords) CountryName(code string) string { return places.Name(code) }

// RuleTitle implements [web.Names].
func (r webRecords) RuleTitle(id string) string { return r.use.file.Current().Title(id) }

// Story implements [web.Records].
func (r webRecords) Story(ctx context.Context, id string) (s news.Story, found bool, err error) {
	s, err = r.DB.Story(ctx, id)
	if errors.Is(err, store.ErrUnknown) {
		return s, false, nil
	}
	return s, err == nil, err
}

// ItemsOfStory implements [web.Records].
func (r webRecords) ItemsOfStory(ctx context.Context, id string) ([]web.Verdict, error) {
	return pageVerdicts(r.DB.ItemsOfStory(ctx, id))
}

// ItemsByLink implements [web.Records].
func (r webRecords) ItemsByLink(ctx context.Context, link string) ([]web.Verdict, error) {
	return pageVerdicts(r.DB.ItemsByLink(ctx, link))
}

func pageVerdicts(verdicts []store.Verdict, err error) ([]web.Verdict, error) {
	var out []web.Verdict
	for _, v := range verdicts {
		out = append(out, web.Verdict{Item: v.Item, Story: v.Story, Kind: v.Kind, Reason: v.Reason, Status: v.Status, Matches: v.Matches})
	}
	return out, err
}
