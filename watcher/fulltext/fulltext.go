// Package fulltext reads the pages behind the links of items, for what the feed
// leaves out: who says so, through whom, and words that no summary has.
//
// [Reader.Read] asks for one page, as its site lets programs do, and [Extract]
// takes the article out of it: menus, teasers of other articles, walls and
// comments must not be taken for news. What comes of it is used only if it is
// what the item tells, at greater length.
package fulltext

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// A Server is asked for pages. *fetch.HTTP is one.
type Server interface {
	// Page asks for the page at an address that an item of the feed f names, and
	// Robots for the robots.txt of its host. What goes wrong there is a
	// [*fetch.Trouble].
	Page(ctx context.Context, f news.Feed, address string) (fetch.Answer, error)
	Robots(ctx context.Context, f news.Feed, address string) (fetch.Answer, error)
}

// A Reader reads pages. It is safe for concurrent use; make one with [New].
type Reader struct {
	server  Server
	robots  robots
	parsing sync.Mutex // held while a page is taken apart, which takes memory
}

// New returns a Reader that asks s.
func New(s Server) *Reader { return &Reader{server: s} }

// An Outcome is what came of reading a page. One of Text and Problem is "".
type Outcome struct {
	Text    string        // of the article
	Problem string        // why there is none, for people
	Again   bool          // it may be otherwise later
	Delay   time.Duration // how long the host wants to be left alone before the next page; zero if it does not say
	Rest    fetch.Rest    // for how long a server wants to be left alone with everything
	After   time.Duration // how long the server asked us to wait for this page
}

// Read reads the page behind the link of an item of the feed f. The error is of ctx.
func (r *Reader) Read(ctx context.Context, f news.Feed, it news.Item) (Outcome, error) {
	address := it.PageAddress()
	allowed, delay, err := r.robots.ask(ctx, r.server, f, address)
	if err != nil || ctx.Err() != nil {
		return Outcome{Problem: fmt.Sprint(err)}, ctx.Err()
	}
	if !allowed {
		return Outcome{Problem: "the site's robots.txt does not let programs read it", Delay: delay}, nil
	}
	a, err := r.server.Page(ctx, f, address)
	defer a.Release()
	if ctx.Err() != nil {
		return Outcome{}, ctx.Err()
	}
	if err != nil {
		return failed(err, delay), nil
	}
	if a.Cut != nil {
		return failed(a.Cut, delay), nil
	}
	r.parsing.Lock()
	defer r.parsing.Unlock()
	found, err := Extract(a.Data, a.ContentType, a.Address, it.Language, it.Title)
	if err == nil {
		err = doubt(it, found, a.Data, a.Address)
	}
	if err != nil {
		return Outcome{Problem: err.Error(), Delay: delay, Rest: a.Rest}, nil
	}
	return Outcome{Text: found.Text, Delay: delay, Rest: a.Rest}, nil
}

// failed is what comes of a page that could not be had. That a server refuses it,
// or has no such page, is for good.
func failed(err error, delay time.Duration) Outcome {
	out := Outcome{Problem: err.Error(), Delay: delay}
	var t *fetch.Trouble
	if errors.As(err, &t) {
		out.Rest, out.After = t.Rest, t.After
		out.Again = t.Status == 0 && t.Pace == 0 || t.Status == 408 || t.Status == 429 || t.Status >= 500
		if t.Status > 0 {
			out.Problem = fmt.Sprintf("HTTP %d: the server does not give us the page", t.Status)
		}
	}
	return out
}
