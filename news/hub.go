package news

import (
	"net/url"
	"time"
)

// A Hub is a server that sends on what a feed brings, in the moment that it does,
// to whoever subscribed (WebSub). The zero value is that the feed names none.
type Hub struct {
	URL   string // where to subscribe
	Topic string // to what: the address of the feed as the feed has it
}

// A Push is how a feed comes from its hub. The zero value is that nobody
// subscribed to it.
type Push struct {
	Since   time.Time // since when it comes without a gap; zero if it does not
	Until   time.Time // how long it will unless the hub is asked again
	Last    time.Time // when the hub last sent something; zero if it never did
	Problem string    // why it does not come, or what is wrong with what does; "" if all is well
}

// On reports whether the feed comes from its hub at now.
func (p Push) On(now time.Time) bool { return !p.Since.IsZero() && now.Before(p.Until) }

// PushNote says how the feed comes from its hub, or why it does not; "" if nobody
// subscribed to it.
func (f FeedState) PushNote(now time.Time) string {
	host := "its hub"
	if u, err := url.Parse(f.Hub.URL); err == nil && u.Host != "" {
		host = u.Hostname()
	}
	switch p := f.Push; {
	case p.Problem != "" && p.On(now):
		return "pushed by " + host + ", but: " + p.Problem
	case p.Problem != "":
		return "not pushed: " + p.Problem
	case p.On(now):
		return "pushed by " + host + ", since " + p.Since.Format("2 January 15:04 UTC")
	}
	return ""
}

// A Subscription is what coupwatch asked a hub for, or is to ask it for.
type Subscription struct {
	ID       string // the end of the address to which the hub sends, which nobody can guess
	Feed     string // the URL of the feed
	Hub      Hub
	Secret   string // by which the hub signs what it sends; shown nowhere
	Ending   bool   // it is to end, and nothing more is taken
	Asked    time.Time
	Failures int    // how often in a row asking came to nothing
	Problem  string // why; "" if it did not
}
