package watchdog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A Notice is what operators hear of feeds.
type Notice struct {
	ID   string // begins with "feed/"; the same as long as it is about the same failure
	Text string
	URL  string // of the feed whose line in rules.yaml is to be changed, "" if none is
}

const (
	mostNamed = 10 // feeds in one notice
	mostTold  = 4  // of which it says why
)

// why says for operators what is wrong with a feed in a state.
func why(f news.FeedState, is news.State, now time.Time) string {
	switch {
	case is == news.FeedDead && f.Signs.Fails == news.FeedDead:
		return "its server says that there will be no such feed again (HTTP 410); remove it from rules.yaml, or write its new address there"
	case is == news.FeedDead && f.LastGood.IsZero():
		return "it could never be read: " + f.Problem
	case is == news.FeedDead, is == news.FeedBlocked && !f.LastGood.IsZero():
		return fmt.Sprintf("it has not been read since %s: %s", Date(f.LastGood), f.Problem)
	case is == news.FeedLate:
		return f.Silence().String() + "; look whether it has moved"
	}
	return f.Why(now)
}

// Date returns a moment as notices have it.
func Date(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }

// Notices returns what operators are to know of feeds now; name is what they call
// one. Feeds that turned together are in one notice, which stays as it is until all
// of them are well.
func Notices(feeds []news.FeedState, name func(news.Feed) string) (all []Notice) {
	groups := map[string][]news.FeedState{}
	for _, f := range feeds {
		if f.Told.Trouble != "" {
			groups[f.Told.Trouble] = append(groups[f.Told.Trouble], f)
		}
	}
	for id, group := range groups {
		if !slices.ContainsFunc(group, func(f news.FeedState) bool { return f.Told.State.Wrong() }) {
			continue
		}
		n := Notice{ID: id, Text: news.Redact(text(group, name))}
		if len(group) == 1 && group[0].Told.As == news.FeedDead && group[0].Signs.Fails == news.FeedDead {
			n.URL = group[0].URL
		}
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b Notice) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// text says what is wrong with feeds that turned together.
func text(group []news.FeedState, name func(news.Feed) string) string {
	slices.SortStableFunc(group, func(a, b news.FeedState) int {
		return cmp.Or(b.Told.As.Grave()-a.Told.As.Grave(), strings.Compare(name(a.Feed), name(b.Feed)))
	})
	if len(group) == 1 {
		return fmt.Sprintf("The feed %s is %s: %s.", name(group[0].Feed), group[0].Told.As, group[0].Told.Text)
	}
	var parts []string
	for rest := group; len(rest) > 0; {
		state := rest[0].Told.As
		n := slices.IndexFunc(rest, func(f news.FeedState) bool { return f.Told.As != state })
		if n < 0 {
			n = len(rest)
		}
		parts = append(parts, alike(rest[:n], len(group) <= mostTold, name))
		rest = rest[n:]
	}
	said := strings.Join(parts, " ")
	if len(group) > mostTold {
		said += " If so many began at once, look at this network first; coupwatch feeds, and /feeds of the page, have the reason of each."
	}
	return said
}

// alike says what is wrong with feeds that are in the same state, and why of each.
func alike(feeds []news.FeedState, why bool, name func(news.Feed) string) string {
	var names []string
	same := true
	for _, f := range feeds {
		n := name(f.Feed)
		if same = same && f.Told.Text == feeds[0].Told.Text; why {
			n += " (" + f.Told.Text + ")"
		}
		names = append(names, n)
	}
	if same && len(feeds) > 1 {
		for i, f := range feeds {
			names[i] = name(f.Feed)
		}
	}
	said, of := list(names), ""
	if host := hostOf(feeds[0].URL); len(feeds) > 1 && !slices.ContainsFunc(feeds, func(f news.FeedState) bool { return hostOf(f.URL) != host }) {
		of = " of " + host
	}
	if len(feeds) == 1 {
		return fmt.Sprintf("One feed is %s: %s.", feeds[0].Told.As, said)
	}
	if same {
		said += ". " + strings.ToUpper(feeds[0].Told.Text[:1]) + feeds[0].Told.Text[1:]
	}
	return fmt.Sprintf("%d feeds%s are %s: %s.", len(feeds), of, feeds[0].Told.As, said)
}

// list returns names as a sentence has them, the first of many.
func list(names []string) string {
	last := len(names) - 1
	switch {
	case last == 0:
		return names[0]
	case len(names) > mostNamed:
		return fmt.Sprintf("%s and %d others", strings.Join(names[:mostNamed], ", "), len(names)-mostNamed)
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
