package api

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/board"
	"github.com/coupwatch/coupwatch/web/filter"
)

const (
	week       = 7 * 24 * time.Hour // for how long back there are stories if nothing else is asked
	ahead      = time.Hour          // by how much clocks of publishers may be wrong
	mostAPage  = 200
	usualAPage = 50
)

// A page is a part of a list.
type page struct {
	Number  int     `json:"number"` // from 1
	PerPage int     `json:"per_page"`
	Total   int     `json:"total"` // on all pages
	Next    *string `json:"next"`  // address of the page after this, null if it is the last
}

// paged reads which page is asked for.
func paged(r *http.Request) (p page, err error) {
	p = page{Number: 1, PerPage: usualAPage}
	for key, to := range map[string]struct {
		n    *int
		most int
	}{"page": {&p.Number, 100_000}, "per_page": {&p.PerPage, mostAPage}} {
		text := r.URL.Query().Get(key)
		if text == "" {
			continue
		}
		if *to.n, err = strconv.Atoi(text); err != nil || *to.n < 1 || *to.n > to.most {
			return p, wrong("%s: write a number from 1 to %d", key, to.most)
		}
	}
	return p, nil
}

// cut returns what of n things the page has, and says how many there are and where the
// next page is.
func (p *page) cut(r *http.Request, n int) (from, to int) {
	p.Total = n
	from = min((p.Number-1)*p.PerPage, n)
	to = min(from+p.PerPage, n)
	if to < n {
		query := r.URL.Query()
		query.Set("page", strconv.Itoa(p.Number+1))
		next := (&url.URL{Path: r.URL.Path, RawQuery: query.Encode()}).String()
		p.Next = &next
	}
	return from, to
}

// A story is one as lists have it.
type story struct {
	ID         string        `json:"id"`
	Headline   string        `json:"headline"`
	Was        string        `json:"was,omitempty"`
	Link       string        `json:"link,omitempty"`
	Severity   news.Severity `json:"severity"`
	Status     news.Status   `json:"status"`
	Reports    int           `json:"reports"`
	Origins    int           `json:"origins"`
	Publishers []string      `json:"publishers"` // the first dozen
	Rules      []string      `json:"rules"`
	Entities   []string      `json:"entities"`
	Countries  []string      `json:"countries"`
	First      time.Time     `json:"first"`
	Latest     time.Time     `json:"latest"`
	Told       *time.Time    `json:"told"`
	Problem    string        `json:"problem,omitempty"` // why people have not heard of it who should have
}

func storyOf(c *board.Card, untold string) story {
	s := story{
		ID: c.ID, Headline: c.Headline, Was: c.Was, Link: c.Link, Severity: c.Severity, Status: c.Status, Reports: c.Reports, Origins: c.Independent(),
		Publishers: []string{}, Rules: list(c.Filed()), Entities: list(c.Entities), Countries: list(c.Where()), First: c.FirstSeen, Latest: c.LastSeen, Told: orNull(c.Told), Problem: untold,
	}
	for _, src := range c.Sources {
		s.Publishers = append(s.Publishers, src.Publisher)
	}
	return s
}

// list returns a list that is written as JSON as [] if there is nothing in it.
func list[T any](all []T) []T { return append([]T{}, all...) }

// orNull returns a time, or nil if it is not known.
func orNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// stories answers with those that are asked for, what matters most first.
func (a *API) stories(r *http.Request) (any, error) {
	ask, err := filter.Parse(r.URL.Query())
	if err != nil {
		return nil, wrong("%v", err)
	}
	p, err := paged(r)
	if err != nil {
		return nil, err
	}
	cards, err := a.board.Find(r.Context(), ask, week, time.Now().UTC())
	if err != nil {
		return nil, err
	}
	untold, err := a.archive.Untold(r.Context())
	if err != nil {
		return nil, err
	}
	from, to := p.cut(r, len(cards))
	all := []story{}
	for _, c := range cards[from:to] {
		all = append(all, storyOf(c, untold[c.ID]))
	}
	return struct {
		Stories []story `json:"stories"`
		Page    page    `json:"page"`
	}{all, p}, nil
}

// story answers with all that is known of one.
func (a *API) story(r *http.Request) (any, error) {
	s, found, err := a.archive.Story(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, unknown("there is no story with the id %q, or several begin so; stories are forgotten after a time", r.PathValue("id"))
	}
	return a.archive.Export(r.Context(), s.ID)
}

// items answers with what was decided of the items behind a link.
func (a *API) items(r *http.Request) (any, error) {
	link := strings.TrimSpace(r.URL.Query().Get("link"))
	if link == "" {
		return nil, wrong("link: name the address of an article")
	}
	why, found, err := a.archive.Why(r.Context(), link)
	if err == nil && !found {
		err = unknown("no item that is stored leads there")
	}
	return why, err
}

// An alert is that people were told of a story.
type alert struct {
	ID        string        `json:"id"`   // as the feeds of alerts have it
	Key       string        `json:"key"`  // of what they were told: "new", "status-official", "severity-high"
	At        time.Time     `json:"at"`   // when
	Over      []string      `json:"over"` // channels
	Story     string        `json:"story"`
	Headline  string        `json:"headline"`
	Severity  news.Severity `json:"severity"` // of the story now, and the rest likewise
	Status    news.Status   `json:"status"`
	Countries []string      `json:"countries"`
}

// mostAlerts is how many alerts are served at the most, the latest.
const mostAlerts = 500

// alerts answers with what people were told of the stories that are asked for, the
// latest first.
func (a *API) alerts(r *http.Request) (any, error) {
	ask, err := filter.Parse(r.URL.Query())
	if err != nil {
		return nil, wrong("%v", err)
	}
	now := time.Now().UTC()
	stories, err := a.archive.ToldStories(r.Context(), now.Add(-cmp.Or(ask.Since, week)), now.Add(ahead))
	if err != nil {
		return nil, err
	}
	spoken, err := a.board.Spoken(r.Context(), ask, now)
	if err != nil {
		return nil, err
	}
	all := []alert{}
	for _, s := range stories {
		if ask.Matches(s) && (spoken == nil || spoken[s.ID]) {
			all = append(all, alertsOf(s)...)
		}
	}
	return struct {
		Alerts []alert `json:"alerts"`
	}{latest(all)}, nil
}
