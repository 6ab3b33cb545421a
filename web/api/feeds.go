package api

import (
	"net/http"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/filter"
	"github.com/coupwatch/coupwatch/web/gate"
)

// How much of a feed is served.
const (
	lastItems = 50
	lastDays  = 30
	soon      = 30 * time.Second // a feed that was read so lately is not read again
)

// feeds answers with those that are asked for, by name.
func (a *API) feeds(r *http.Request) (any, error) {
	ask, err := filter.ParseFeeds(r.URL.Query())
	if err != nil {
		return nil, wrong("%v", err)
	}
	p, err := paged(r)
	if err != nil {
		return nil, err
	}
	all, err := a.archive.Feeds(r.Context())
	if err != nil {
		return nil, err
	}
	var about map[string]bool
	if len(ask.Countries) > 0 {
		if about, err = a.archive.FeedsAbout(r.Context(), ask.Countries); err != nil {
			return nil, err
		}
	}
	now := time.Now().UTC()
	var found []news.FeedState
	for _, f := range all {
		if ask.Matches(f, now) && (about == nil || about[f.URL]) {
			found = append(found, f)
		}
	}
	from, to := p.cut(r, len(found))
	shown := []any{}
	for _, f := range found[from:to] {
		shown = append(shown, a.archive.FeedJSON(f, now))
	}
	return struct {
		Feeds  []any            `json:"feeds"`
		States news.StateCounts `json:"states"` // of all feeds
		Page   page             `json:"page"`
	}{shown, news.CountStates(all, now), p}, nil
}

// one returns the feed whose id is asked for.
func (a *API) one(r *http.Request) (news.FeedState, error) {
	all, err := a.archive.Feeds(r.Context())
	if err != nil {
		return news.FeedState{}, err
	}
	for _, f := range all {
		if news.FeedID(f.URL) == r.PathValue("id") {
			return f, nil
		}
	}
	return news.FeedState{}, unknown("no feed that is read has the id %q", r.PathValue("id"))
}

// A feedItem is an item of a feed and what was decided of it.
type feedItem struct {
	ID        string      `json:"id"`
	Title     string      `json:"title"`
	Link      string      `json:"link"`
	Language  string      `json:"language"`
	Published *time.Time  `json:"published"`
	Read      time.Time   `json:"read"`
	Rules     []string    `json:"rules"`
	Kind      news.Kind   `json:"kind"`
	Status    news.Status `json:"status"`
	Story     string      `json:"story"`
	Reason    string      `json:"reason"`
}

// feed answers with all that is known of one.
func (a *API) feed(r *http.Request) (any, error) {
	f, err := a.one(r)
	if err != nil {
		return nil, err
	}
	now := time.Now().UTC()
	taken, err := a.archive.ItemsOfFeed(r.Context(), f.URL, lastItems)
	if err != nil {
		return nil, err
	}
	days, err := a.archive.DaysOfFeed(r.Context(), f.URL, now, lastDays)
	if err != nil {
		return nil, err
	}
	hours, known, err := a.archive.WeekOf(r.Context(), f.URL)
	if err != nil {
		return nil, err
	}
	whole := struct {
		Feed  any             `json:"feed"`
		Days  []int           `json:"days"` // items read first on each day, the last is today
		Week  *[7][24]float64 `json:"week"` // to be expected in each hour of each day from Monday on; null if not known
		Items []feedItem      `json:"items"`
	}{a.archive.FeedJSON(f, now), list(days), nil, []feedItem{}}
	if known {
		whole.Week = &hours
	}
	for _, t := range taken {
		whole.Items = append(whole.Items, itemOf(t))
	}
	return whole, nil
}

func itemOf(t news.Taken) feedItem {
	it := feedItem{ID: t.ID, Title: t.Title, Link: t.Link, Language: t.Language, Published: orNull(t.Published), Read: t.Fetched, Rules: []string{}, Kind: t.Kind, Status: t.Status, Story: t.Story, Reason: t.Reason}
	for _, m := range t.Matches {
		it.Rules = append(it.Rules, m.Rule)
	}
	return it
}

// readNow has a feed read.
func (a *API) readNow(r *http.Request) (any, error) {
	f, err := a.one(r)
	if err != nil {
		return nil, err
	}
	now := time.Now().UTC()
	if now.Sub(f.LastRead) < soon {
		return nil, problem{http.StatusTooManyRequests, "it was read a moment ago"}
	}
	if _, err := a.archive.ReadNow(r.Context(), f.URL, now); err != nil {
		return nil, err
	}
	gate.Note(r.Context(), "had the feed "+f.Name+" read")
	return none{http.StatusAccepted}, nil
}
