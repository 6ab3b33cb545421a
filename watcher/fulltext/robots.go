package fulltext

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"time"

	"github.com/temoto/robotstxt"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

const (
	robotName    = "Coupwatch"
	robotsDay    = 24 * time.Hour // how long a robots.txt holds (RFC 9309, section 2.4)
	robotsSoon   = time.Hour      // and one that could not be asked for
	robotsKept   = 2000           // hosts that are remembered
	longestDelay = time.Minute    // that a robots.txt may ask for between two pages
)

// robots are what hosts let programs read. The zero value knows none.
type robots struct {
	mu    sync.Mutex
	hosts map[string]permit // by scheme and host
}

// A permit is what one host lets us read. The group is nil if nothing.
type permit struct {
	group *robotstxt.Group
	until time.Time
}

// ask returns whether the page at an address may be read, and how long to wait
// between two of its host. A host that has no robots.txt lets all read all; one
// whose robots.txt cannot be asked for lets nobody (RFC 9309, section 2.3.1).
func (r *robots) ask(ctx context.Context, s Server, f news.Feed, address string) (allowed bool, delay time.Duration, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false, 0, errors.New("its address is no http or https URL")
	}
	host := u.Scheme + "://" + u.Host
	p, known := r.known(host, time.Now())
	if !known {
		if p, err = permitOf(ctx, s, f, address); err != nil {
			return false, 0, err
		}
		r.keep(host, p)
	}
	if p.group == nil {
		return false, 0, nil
	}
	path := u.EscapedPath()
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return p.group.Test(path), min(p.group.CrawlDelay, longestDelay), nil
}

func (r *robots) known(host string, now time.Time) (permit, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p, known := r.hosts[host]
	return p, known && now.Before(p.until)
}

func (r *robots) keep(host string, p permit) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.hosts == nil || len(r.hosts) >= robotsKept {
		r.hosts = map[string]permit{}
	}
	r.hosts[host] = p
}

// permitOf asks a host for its robots.txt. The error is of ctx.
func permitOf(ctx context.Context, s Server, f news.Feed, address string) (permit, error) {
	a, err := s.Robots(ctx, f, address)
	defer a.Release()
	status := 200
	if err != nil {
		if ctx.Err() != nil {
			return permit{}, ctx.Err()
		}
		var trouble *fetch.Trouble
		if errors.As(err, &trouble); trouble == nil || trouble.Status < 400 || trouble.Status >= 500 || trouble.Status == 429 {
			return permit{nil, time.Now().Add(robotsSoon)}, nil
		}
		status = trouble.Status
	}
	rules, err := robotstxt.FromStatusAndBytes(status, a.Data[:min(len(a.Data), 500<<10)])
	if err != nil { // it is none: such as a page that a site has in place of all that it has not
		rules, _ = robotstxt.FromStatusAndBytes(404, nil)
	}
	return permit{rules.FindGroup(robotName), time.Now().Add(robotsDay)}, nil
}
