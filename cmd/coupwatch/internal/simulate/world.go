// Package simulate runs the daemon's parts on a made-up world of any number of feeds,
// at a clock that stands still while they work: what comes of an hour of 100,000
// feeds, and what it costs, is seen in minutes. Only the network is not real; see
// docs/scaling.md for what it showed. It is for tests: the clock is that of
// testing/synctest.
package simulate

import (
	"fmt"
	"math"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// How the world is, by what two archives of real news showed: one item in two names
// a country or somebody else whom the rules know, and 5 to 12 in a thousand are
// matched by a rule.
const (
	aDay      = 100         // items of a feed, on average
	naming    = 0.5         // share of the items that name a country
	telling   = 0.008       // share that tells of an event
	dead      = 0.02        // share of the feeds that answer with an error
	aHost     = 3           // feeds
	kept      = 20          // items in a feed's document
	following = 6 * 60 * 60 // seconds after an event in which two of three of its reports come
)

// A World is feeds and what they carry, all of it a function of their number and of
// the time. It may be used at any number of places at once.
type World struct {
	Feeds []news.Feed
	Began time.Time // nothing was published before
	every float64   // seconds between two events
}

// NewWorld returns a world that begins now, of feeds that are read every so often as
// a schedule says. The more feeds, the smaller the events that they tell of too: ten
// times as many have twice the events.
func NewWorld(feeds int, schedule string) *World {
	w := &World{Began: time.Now(), every: 24 * 60 * 60 / (60 * math.Pow(float64(feeds)/1000, 0.3))}
	for n := range feeds {
		w.Feeds = append(w.Feeds, news.Feed{
			URL: fmt.Sprintf("https://host%d.example/%d", n/aHost, n), Name: fmt.Sprintf("Wire %d", n),
			Publisher: fmt.Sprintf("Publisher %d", n/aHost), Language: languages[n%len(languages)].code, Schedule: schedule,
		})
	}
	return w
}

// interval returns how long it is from one item of feed n to the next: few feeds
// carry most of the news.
func interval(n int) time.Duration {
	share := [...]float64{.1, .1, .1, .1, .4, .4, .4, 1.3, 1.3, 5.8}[chance(n, 1)%10] // a hundredth of it is the average of ten
	return time.Duration(24 * float64(time.Hour) / (aDay * share))
}

// Items returns how many items feed n has carried until t. Of what it carried before
// the world began one is left.
func (w *World) Items(n int, t time.Time) int {
	every := interval(n)
	phase := time.Duration(chance(n, 2) % uint64(every))
	return 1 + int((t.Sub(w.Began)+phase)/every)
}

// published returns when item k of feed n was.
func (w *World) published(n, k int) time.Time {
	every := interval(n)
	return w.Began.Add(time.Duration(k)*every - time.Duration(chance(n, 2)%uint64(every)))
}

// isDead reports whether feed n answers with an error.
func isDead(n int) bool { return part(n, 3) < dead }

// event returns of which event item k of feed n tells that was published at t, if of
// any. One in two tells of what few do, and one in four of what many do.
func (w *World) event(n, k int, t time.Time) (number int, tells bool) {
	if part(n, k, 4) >= telling {
		return 0, false
	}
	age := -math.Log(1-part(n, k, 5)) * following
	number = int((t.Sub(w.Began).Seconds() + 30*24*60*60 - age) / w.every)
	switch size := part(n, k, 6); {
	case size < .25:
		number -= number % 16
	case size < .5:
		number -= number % 4
	}
	return number, true
}

// chance returns a number that is always the same for keys, and else like any other.
func chance(keys ...int) uint64 {
	h := uint64(0x9e3779b97f4a7c15)
	for _, k := range keys {
		h ^= uint64(k) // any bits will do
		h *= 0xbf58476d1ce4e5b9
		h ^= h >> 29
		h *= 0x94d049bb133111eb
		h ^= h >> 32
	}
	return h
}

// part returns such a number from 0 up to 1.
func part(keys ...int) float64 { return float64(chance(keys...)>>11) / (1 << 53) }
