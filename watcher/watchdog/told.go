package watchdog

import (
	"cmp"
	"net/url"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// How long a feed is in a state before operators hear of it: what passes by itself
// is no news. Late and dead are what has lasted already.
var patience = map[news.State]time.Duration{
	news.FeedBlocked: time.Hour,
	news.FeedEmpty:   time.Hour,
	news.FeedForeign: time.Hour,
	news.FeedPartial: 6 * time.Hour,
	news.FeedUndated: 6 * time.Hour,
}

const (
	calm    = 2 * time.Hour  // how long a feed is well before it is said that it is, if it comes and goes
	oneTold = 24 * time.Hour // a feed that is well again and turns within so long belongs to what was told, if that is open
)

// Judge returns what operators know of feeds after they were looked at, at now, by
// URL: of those of which that has changed.
func Judge(feeds []news.FeedState, now time.Time) map[string]news.Told {
	told := make([]news.Told, len(feeds))
	turned := map[place]bool{} // of which hosts operators hear what now
	for i, f := range feeds {
		told[i] = next(f, now)
		if told[i].State.Wrong() && told[i].State != f.Told.State {
			turned[place{hostOf(f.URL), told[i].State}] = true
		}
	}
	for i, f := range feeds { // the others of such a host are not told a little later
		if t := told[i]; t.Turning.Wrong() && turned[place{hostOf(f.URL), t.Turning}] {
			told[i] = turn(t, t.Turning, f, now)
		}
	}
	settle(told)
	changed := map[string]news.Told{}
	for i, f := range feeds {
		if told[i] != f.Told {
			changed[f.URL] = told[i]
		}
	}
	return changed
}

// A place is where something is wrong, and what.
type place struct {
	host  string
	state news.State
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
}

// settle forgets troubles all of whose feeds are well.
func settle(told []news.Told) {
	open := map[string]bool{}
	for _, t := range told {
		if t.State.Wrong() {
			open[t.Trouble] = true
		}
	}
	for i, t := range told {
		if !open[t.Trouble] {
			told[i].Trouble, told[i].Since, told[i].As, told[i].Text = "", time.Time{}, "", ""
		}
	}
}

// next returns what operators know of a feed after it was looked at, by itself.
func next(f news.FeedState, now time.Time) news.Told {
	t, is := f.Told, heardOf(f.State(now))
	if is == news.FeedUndated && !f.Signs.Content.WasDated { // it was so when it was added
		is = news.FeedFresh
	}
	known := cmp.Or(t.State, news.FeedFresh)
	if is == known {
		t.Turning, t.Turned = "", time.Time{}
		return t
	}
	if t.Turning != is {
		t.Turning, t.Turned = is, now.UTC()
	}
	if now.Sub(t.Turned) < wait(known, is) {
		return t
	}
	return turn(t, is, f, now)
}

// heardOf returns what operators hear of a state: of all in which nothing is wrong
// the same.
func heardOf(s news.State) news.State {
	if s.Wrong() {
		return s
	}
	return news.FeedFresh
}

// wait returns how long a feed has to be in a state before that is told.
func wait(from, to news.State) time.Duration {
	if to == news.FeedFresh && patience[from] > 0 {
		return calm
	}
	return patience[to]
}

// turn returns what operators know when they have heard that a feed is in a state.
// Its trouble is over when all its feeds are well; a feed that is and falls ill
// again meanwhile, in the same way, is no news.
func turn(t news.Told, is news.State, f news.FeedState, now time.Time) news.Told {
	again := !t.State.Wrong() && t.As == is && now.Sub(t.Since) < oneTold
	worse := t.State.Wrong() && t.Trouble != ""
	t.State, t.Turning, t.Turned = is, "", time.Time{}
	if is == news.FeedFresh || again {
		return t
	}
	if !worse {
		t.Trouble, t.Since = "feed/"+now.UTC().Format("20060102T150405.000"), now.UTC()
	}
	t.As, t.Text = is, why(f, is, now)
	return t
}
