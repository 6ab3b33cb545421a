package pages

import (
	"context"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web"
	"github.com/coupwatch/coupwatch/web/api"
	"github.com/coupwatch/coupwatch/web/board"
	"github.com/coupwatch/coupwatch/web/filter"
)

// records are the database as the pages of feeds and programs ask for it; see
// [sources.Archive] and [api.Archive].
type records struct {
	daemon.WebRecords
	board *board.Board
	read  func(time.Time) // has feeds read that are due
	state func() web.State
}

// FeedsAbout implements [sources.Archive].
func (r records) FeedsAbout(ctx context.Context, countries []string) (map[string]bool, error) {
	cards, err := r.board.Find(ctx, filter.Filter{Countries: countries}, board.Kept, time.Now().UTC())
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(cards))
	for i, c := range cards {
		ids[i] = c.ID
	}
	return r.FeedsOfStories(ctx, ids)
}

// ReadNow implements [sources.Archive].
func (r records) ReadNow(ctx context.Context, url string, now time.Time) (listed bool, err error) {
	if listed, err = r.DB.ReadNow(ctx, url, now); listed {
		r.read(now)
	}
	return listed, err
}

// FeedJSON implements [api.Archive]. It is as feeds --json prints it.
func (r records) FeedJSON(f news.FeedState, now time.Time) any { return answers.FeedJSON(f, now) }

// Why implements [api.Archive]. It is as why --json prints it.
func (r records) Why(ctx context.Context, link string) (why any, found bool, err error) {
	x, err := answers.FindItem(ctx, r.DB, link, func() (*matcher.Rules, error) { return r.Use.File.Current(), nil })
	if err != nil || x.Unknown() != nil {
		return nil, false, err
	}
	return x.JSON(), true, nil
}

// Deeds implements [api.Audit].
func (r records) Deeds(ctx context.Context, n int) ([]news.Deed, error) {
	return r.DB.Deeds(ctx, time.Now().Add(time.Minute), n)
}

// Status implements [api.Archive].
func (r records) Status(ctx context.Context) (s api.Status, err error) {
	now, state, rules := time.Now().UTC(), r.state(), r.Use.File.Status()
	s = api.Status{
		Version: state.Version, At: now, Rules: api.Rules{Version: rules.Hash, Loaded: state.RulesLoaded.UTC(), Problem: state.RulesProblem},
		Unrecorded: state.Unrecorded, NextDigest: answers.OrNull(state.NextDigest),
	}
	feeds, err := r.Feeds(ctx)
	if err != nil {
		return s, err
	}
	s.Feeds = news.CountStates(feeds, now)
	channels, err := r.Undelivered(ctx)
	if err != nil {
		return s, err
	}
	for _, c := range channels {
		s.Channels = append(s.Channels, api.Channel(c))
	}
	s.Wrong, err = r.Wrong(ctx)
	return s, err
}
