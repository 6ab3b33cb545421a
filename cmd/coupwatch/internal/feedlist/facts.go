package feedlist

import (
	"fmt"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/discover"
)

// facts are what somebody wants to know of a feed before watching it.
type facts struct {
	discover.Candidate
	items      []news.Item // the newest first, those without a date behind
	newest     time.Time   // zero if no item has a date
	span       time.Duration
	dated      int
	linked     int
	summarised int
	problems   []string
}

func factsOf(c discover.Candidate, now time.Time) facts {
	f := facts{Candidate: c, items: slices.Clone(c.Document.Items)}
	slices.SortStableFunc(f.items, func(a, b news.Item) int { return b.Published.Compare(a.Published) })
	var oldest time.Time
	for _, it := range f.items {
		if !it.Published.IsZero() {
			f.dated++
			oldest = it.Published
		}
		f.linked += count(it.Link)
		f.summarised += count(it.Summary + it.Body)
	}
	if f.dated > 0 {
		f.newest = f.items[0].Published
		f.span = f.newest.Sub(oldest)
	}
	f.problems = f.oddities(now)
	return f
}

func count(text string) int {
	if text == "" {
		return 0
	}
	return 1
}

// perDay returns how many items a day the feed brings, by those that it has; 0
// if that is not known.
func (f facts) perDay() float64 {
	if f.dated < 2 || f.span < time.Minute {
		return 0
	}
	return float64(f.dated-1) / (f.span.Hours() / 24)
}

// pace says how much a feed brings.
func (f facts) pace() string {
	switch n := f.perDay(); {
	case n == 0:
		return ""
	case n >= 1.5:
		return fmt.Sprintf("about %s a day", terminal.Thousands(int(n+0.5)))
	case n >= 0.75:
		return "about one a day"
	case n*7 >= 1.5:
		return fmt.Sprintf("about %.0f a week", n*7)
	default:
		return fmt.Sprintf("about %.0f a month", max(n*30, 1))
	}
}

// When a feed is odd.
const (
	asleep = 30 * 24 * time.Hour // its newest item is older
	fleet  = 45 * time.Minute    // its oldest item is younger, of many
	many   = 10
)

// oddities says what is wrong with a feed, and what to do about it.
func (f facts) oddities(now time.Time) (said []string) {
	say := func(when bool, format string, args ...any) {
		if when {
			said = append(said, fmt.Sprintf(format, args...))
		}
	}
	n := len(f.items)
	say(f.Document.Problem != "", "%s", f.Document.Problem)
	say(f.Document.Foreign != "", "%s", f.Document.Foreign)
	say(n == 0 && f.Document.Problem == "", "it has no items now; look again tomorrow, or take another")
	if n == 0 {
		return said
	}
	say(f.dated == 0, "no item has a date: each counts as published when it is first read")
	say(f.dated > 0 && f.dated < n, "%s no date; such an item counts as published when it is first read", have(n-f.dated, n))
	say(f.linked < n, "%s no link: nobody can read on", have(n-f.linked, n))
	say(f.summarised == 0, "it has titles only: rules that look into the text find less")
	old := f.dated > 0 && now.Sub(f.newest) > asleep
	say(old, "its newest item is of %s: the site may have given it up; look there for another", f.newest.Format("2 January 2006"))
	say(!old && n >= many && f.dated == n && f.span >= time.Minute && f.span < fleet, "its %d items reach back %s only: read it more often than that, with schedule: %q", n, terminal.Duration(f.span), "@every "+often(f.span))
	return said
}

// have says how many of n items have something, for "… no link".
func have(some, n int) string {
	switch some {
	case n:
		return "its items have"
	case 1:
		return "one item has"
	}
	return fmt.Sprintf("%d of %d items have", some, n)
}

// often returns how often to read a feed whose items are gone after span.
func often(span time.Duration) string {
	return fmt.Sprintf("%dm", max(int(span.Minutes()/3), 1))
}
