package watcher

import (
	"log/slog"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// How long it takes to see whether one feed cannot be reached or none: at the
// start all are asked at once.
const (
	doubtAtStart = 3 * time.Second
	doubtLater   = 30 * time.Second
)

// A network holds back what is to be logged of feeds that cannot be reached
// until it is seen whether others can: that nothing can be is one line and not
// one for each.
type network struct {
	mu      sync.Mutex
	waiting []unreachedFeed
	since   time.Time // when the first of them failed
	once    bool      // a server answered at some time
	down    bool
	log     *slog.Logger
}

type unreachedFeed struct {
	name    string
	reading news.Reading
}

// missed notes that a feed could not be reached, and returns when to conclude
// what that means.
func (n *network) missed(name string, r news.Reading, now time.Time) time.Time {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.waiting) == 0 {
		n.since = now
	}
	n.waiting = append(n.waiting, unreachedFeed{name, r})
	return n.since.Add(n.doubt())
}

// doubt returns how long to wait for other feeds. The caller holds mu.
func (n *network) doubt() time.Duration {
	if n.once {
		return doubtLater
	}
	return doubtAtStart
}

// inDoubt reports whether a feed that cannot be reached says more of this network
// than of the feed.
func (n *network) inDoubt() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.down || !n.once
}

// reached notes that a server answered, so that those which did not are told
// one by one.
func (n *network) reached() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.down {
		n.log.Info("feeds can be reached again")
	}
	n.down, n.once = false, true
	n.tell()
}

// conclude tells what has waited for long enough.
func (n *network) conclude(now time.Time, feeds int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case len(n.waiting) == 0 || now.Sub(n.since) < n.doubt():
	case n.down:
		n.waiting = nil
	case len(n.waiting) >= fewFeeds:
		n.down = true
		n.log.Warn("feeds have a problem", "problem", networkDown(len(n.waiting), feeds), "such as", n.waiting[0].name, "there", n.waiting[0].reading.Problem)
		n.waiting = nil
	default:
		n.tell()
	}
}

// tell logs each feed that waits.
func (n *network) tell() {
	for _, w := range n.waiting {
		n.log.Warn("feed has a problem", "feed", w.name, "problem", w.reading.Problem, "next", w.reading.NextAt)
	}
	n.waiting = nil
}
