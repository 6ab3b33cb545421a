package discover

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// follow reads where leads lead, and adds to found what is a feed and what only
// pretends to be one.
func (s *Searcher) follow(ctx context.Context, leads []lead, found *Found) error {
	leads = distinct(leads)
	leads = leads[:min(len(leads), mostLeads)]
	read := make([]Candidate, len(leads))
	problems := make([]error, len(leads))
	pages := make([]*page, len(leads))
	var work errgroup.Group
	work.SetLimit(atOnce)
	var resting sync.Map // as found.resting
	for host, problem := range found.resting {
		resting.Store(host, problem)
	}
	for i, l := range leads {
		work.Go(func() error {
			if problem, rests := resting.Load(hostOf(l.url)); rests {
				problems[i] = problem.(error)
				return nil
			}
			if !l.guess {
				pages[i] = &page{}
			}
			began := time.Now()
			read[i], problems[i] = s.read(ctx, l, pages[i])
			if t := (*fetch.Trouble)(nil); errors.As(problems[i], &t) && (t.Rest.For > 0 || t.Status == 0 && time.Since(began) > patience) {
				resting.Store(hostOf(l.url), problems[i])
			}
			return nil
		})
	}
	if err := errors.Join(work.Wait(), ctx.Err()); err != nil {
		return err
	}
	found.resting = map[string]error{}
	resting.Range(func(host, problem any) bool {
		found.resting[host.(string)] = problem.(error)
		return true
	})
	for i, l := range leads {
		if index := (*watcher.SitemapIndex)(nil); errors.As(problems[i], &index) {
			found.maps = append(found.maps, index.Maps...)
		}
		switch web := (*watcher.WebPage)(nil); {
		case problems[i] == nil:
			found.add(read[i])
		case l.loose && errors.As(problems[i], &web):
			found.pages = append(found.pages, pages[i])
		case !l.guess:
			found.Failed = append(found.Failed, Failed{l.url, l.why, problems[i]})
			if errors.As(problems[i], &web) {
				found.pages = append(found.pages, pages[i])
			}
		}
	}
	slices.SortStableFunc(found.Candidates, func(a, b Candidate) int { return rank(a) - rank(b) })
	return nil
}

// hostOf returns the name and port of the host of an address.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// add adds a candidate, unless the same feed is there under another address.
func (f *Found) add(c Candidate) {
	same := func(known Candidate) bool {
		return news.SameAddress(known.Feed.URL, c.Feed.URL) || sameItems(known.Document.Items, c.Document.Items)
	}
	if !slices.ContainsFunc(f.Candidates, same) {
		f.Candidates = append(f.Candidates, c)
	}
}

// sameItems reports whether two feeds have the same items, in the same order.
func sameItems(a, b []news.Item) bool {
	return len(a) > 0 && slices.EqualFunc(a, b, func(x, y news.Item) bool { return x.Title == y.Title && x.Link == y.Link })
}

// rank puts feeds without items behind others, and those of what readers say
// behind all.
func rank(c Candidate) int {
	switch {
	case strings.Contains(strings.ToLower(c.Feed.URL), "comment"):
		return 2
	case len(c.Document.Items) == 0:
		return 1
	}
	return 0
}

// read fetches and reads a feed. If it is none, what is there is put into p,
// unless p is nil.
func (s *Searcher) read(ctx context.Context, l lead, p *page) (Candidate, error) {
	f, watched := s.feed(l)
	ask := s.Fetch
	if l.abroad {
		ask = s.Abroad
	}
	a, err := ask.Fetch(ctx, news.FeedState{Feed: f})
	if err != nil {
		return Candidate{}, err
	}
	defer a.Release()
	if !watched {
		f.URL = settled(f.URL, a.Address)
	}
	data := a.Data
	doc, err := watcher.ReadAnswer(a, f)
	if err != nil {
		if p != nil {
			p.parse(data, a.ContentType, a.Address)
		}
		return Candidate{}, err
	}
	return Candidate{Feed: f, Why: l.why, Document: doc}, nil
}

// feed returns the feed to which a lead leads, and whether it is watched. What is
// asked for with a login is read with that.
func (s *Searcher) feed(l lead) (f news.Feed, watched bool) {
	for _, f := range s.Watched {
		if news.SameAddress(f.URL, l.url) {
			f.Login = cmp.Or(l.login, f.Login)
			return f, true
		}
	}
	f = s.As
	f.URL, f.Login = l.url, l.login
	return f, false
}

// settled returns where a feed is that was asked for at one address and found at
// another: at the second if that is of the same site. Where a site sends its
// readers elsewhere, the first is what it will keep.
func settled(asked, found string) string {
	found, _ = news.SplitSecrets(found)
	a, err1 := url.Parse(asked)
	b, err2 := url.Parse(found)
	if err1 != nil || err2 != nil || b.Host == "" || strings.TrimPrefix(a.Hostname(), "www.") != strings.TrimPrefix(b.Hostname(), "www.") {
		return asked
	}
	return found
}
