// Package discover finds the feeds that a site offers, for people who know its
// address or its name only.
//
// [Searcher.Find] reads the address as the daemon would. If it is no feed, the
// finders look at it in turn: they know the services whose feeds have addresses
// of their own, what a page names in its head, what its links say, and where
// feeds usually are. What they find is a lead; only what can be read as a feed
// becomes a [Candidate].
package discover

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// A Candidate is a feed that was found and could be read.
type Candidate struct {
	Feed     news.Feed // one of those that are watched, or what else it would be
	Why      string    // how it was found, such as "named by the page"; "" for the address itself
	Document watcher.Document
}

// Found is what came of a search. The zero value is nothing.
type Found struct {
	Candidates []Candidate // the best first
	Failed     []Failed    // what was named as a feed and is none
	Advice     string      // where else to look, "" for nowhere

	pages []*page  // that were linked as if they were feeds
	maps  []string // of news, that maps of the site name

	resting map[string]error // hosts that want to be left alone, and how they said so
}

// Failed is an address that somebody names as that of a feed, and which cannot
// be read as one.
type Failed struct {
	URL string // without secrets
	Why string // how it was found
	Err error
}

// A Searcher searches sites. It is safe for concurrent use.
type Searcher struct {
	Fetch   watcher.Fetcher
	Abroad  watcher.Fetcher // of what a page names on other hosts, which must not lead us into a network of our own
	Watched []news.Feed     // which are read as what they are, if they are found
	As      news.Feed       // what is set of others, beside URL and Login
}

// What is asked of a site at the most.
const (
	atOnce    = 2
	mostLeads = 16 // of each kind of finder
	mostLists = 3

	patience = 10 * time.Second // with a host that does not answer, before it is asked no more
)

// Find returns the feeds of what people name: the address of a feed or of a
// page, the name of a host, a profile such as @desk@social.example, or words to
// search the news for. The error says in plain words why there are none.
func (s *Searcher) Find(ctx context.Context, named string) (Found, error) {
	at, err := s.address(named)
	if err != nil {
		return Found{}, err
	}
	at, login := news.SplitSecrets(at)
	u, err := url.Parse(at)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return Found{}, fmt.Errorf("%s is no address of the web; write one such as https://example.org/, or words to search the news for", at)
	}
	found, done, err := s.services(ctx, u)
	if done || err != nil {
		return found, err
	}
	return s.site(ctx, u, login, found.Advice)
}

// services asks those finders that go by the address alone. It is done if they
// found a feed, or if there is no use in looking on.
func (s *Searcher) services(ctx context.Context, u *url.URL) (found Found, done bool, err error) {
	for _, service := range services {
		leads, advice := service.find(u)
		if err := s.follow(ctx, leads, &found); err != nil {
			return found, true, err
		}
		if len(found.Candidates) > 0 {
			return found, true, nil
		}
		if advice != "" {
			found.Advice = advice
		}
	}
	return found, false, nil
}

// site reads an address, and looks for feeds in what is there.
func (s *Searcher) site(ctx context.Context, u *url.URL, login news.Login, advice string) (Found, error) {
	p := &page{url: u, login: login}
	self, err := s.read(ctx, lead{url: u.String(), login: login}, p)
	switch {
	case err == nil:
		return Found{Candidates: []Candidate{self}}, nil
	case ctx.Err() != nil:
		return Found{}, ctx.Err()
	case s.selects(u), p.root == nil && !refused(err):
		return Found{}, fmt.Errorf("%s: %w", u, err)
	}
	found := Found{Advice: advice}
	for _, f := range finders {
		if err := s.follow(ctx, f.find(p), &found); err != nil {
			return Found{}, err
		}
		if err := s.lists(ctx, &found); err != nil {
			return Found{}, err
		}
		if len(found.Candidates) > 0 {
			return found, nil
		}
	}
	if err := s.maps(ctx, p, &found); err != nil || len(found.Candidates) > 0 {
		return found, err
	}
	return found, nothing(p, err, found)
}

// selects reports whether rules.yaml says by selectors what is on a page: then it
// is to be known why they find nothing, and not what else the site has.
func (s *Searcher) selects(u *url.URL) bool {
	f, watched := s.feed(lead{url: u.String()})
	return watched && f.Page != (news.Page{})
}

// lists looks into the pages that were linked as if they were feeds: some sites
// have a page that lists theirs.
func (s *Searcher) lists(ctx context.Context, found *Found) error {
	pages := found.pages[:min(len(found.pages), mostLists)]
	found.pages = nil
	for _, p := range pages {
		if len(found.Candidates) > 0 {
			return nil
		}
		if err := s.follow(ctx, append(named{}.find(p), linked{}.find(p)...), found); err != nil {
			return err
		}
	}
	found.pages = nil // of lists of lists there are none
	return nil
}

// refused reports whether a server answered and there may be more on it.
func refused(err error) bool {
	var t *fetch.Trouble
	return !errors.As(err, &t) || t.Status == http.StatusNotFound || t.Status == http.StatusGone || t.Status == http.StatusForbidden
}

// nothing says that a page has no feed, and what to do.
func nothing(p *page, err error, found Found) error {
	say := fmt.Sprintf("no feed was found at %s, nor where feeds usually are on that site", p.url)
	if closed(p.url) {
		say = fmt.Sprintf("no feed was found at %s", p.url)
	}
	if web := (*watcher.WebPage)(nil); !errors.As(err, &web) {
		say += " (" + err.Error() + ")"
	}
	if found.Advice != "" {
		return fmt.Errorf("%s; %s", say, found.Advice)
	}
	if _, err := netip.ParseAddr(p.url.Hostname()); err != nil && strings.Contains(p.url.Hostname(), ".") {
		say += fmt.Sprintf("; see whether Google News knows the site (coupwatch feeds try %q), or say with page: in rules.yaml where its items are", "site:"+strings.TrimPrefix(p.url.Hostname(), "www."))
	}
	return errors.New(say)
}
