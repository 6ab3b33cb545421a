// Package watchdog says what is wrong with the feeds, and what of that operators
// hear: once when it begins and once when it is over. It decides and does nothing
// else; the clock is an argument.
package watchdog

import (
	"fmt"
	"math"
	"time"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
)

const (
	learning = 8 * 24 * time.Hour  // for how long nothing that a feed carries is too little
	adapts   = 14 * 24 * time.Hour // how long it takes until less is the usual
	aDay     = 24 * time.Hour      // for how long it need not have dates
	someOf   = 10                  // a feed with fewer items may carry half of them
	telling  = 20                  // characters of a text that tell that there are texts
)

// Measure returns what a feed usually carries after a reading in full at now, when
// its document had so many items, of which items were read: what stands in it as it
// did may be left out.
func Measure(c news.Content, all int, items []news.Item, now time.Time) news.Content {
	first := c.Since.IsZero()
	if first {
		c.Since, c.At, c.Fewest = now, now, max(float64(all), 1)
	}
	c.Fewest = fewest(c, float64(all), now)
	c.At = now
	for i, it := range items {
		length, dated := float64(utf8.RuneCountInString(it.Summary)+utf8.RuneCountInString(it.Body)), 0.0
		if !it.Published.IsZero() {
			dated = 1
		}
		long, short := 1.0/200, 1.0/10
		if first {
			long, short = 1/float64(i+1), 1/float64(i+1)
		}
		c.Length += (length - c.Length) * long
		c.Lately += (length - c.Lately) * short
		c.Dated += (dated - c.Dated) * short
	}
	c.WasDated = c.WasDated || len(items) > 0 && c.Dated >= 0.5
	c.Fewest, c.Length, c.Lately, c.Dated = rounded(c.Fewest), rounded(c.Length), rounded(c.Lately), rounded(c.Dated)
	return c
}

// fewest returns how many items a document carried lately when they were fewest,
// after one with n: less is usual at once if it is not too few, or nothing is known
// yet, and else when it has been so for long; more, when it has been for longer.
func fewest(c news.Content, n float64, now time.Time) float64 {
	share := func(whole time.Duration) float64 { return min(now.Sub(c.At).Seconds()/whole.Seconds(), 1) }
	young := now.Sub(c.Since) < learning
	switch {
	case n >= c.Fewest:
		return c.Fewest + (n-c.Fewest)*share(4*adapts)
	case n > 0 && young, !tooFew(c, n):
		return n
	case young:
		return c.Fewest + (n-c.Fewest)*share(aDay)
	}
	return c.Fewest + (n-c.Fewest)*share(adapts)
}

// tooFew reports whether n items are too few for a feed.
func tooFew(c news.Content, n float64) bool {
	return n == 0 && c.Fewest >= 1 || c.Fewest >= someOf && n < c.Fewest/2
}

func rounded(x float64) float64 { return math.Round(x*1000) / 1000 }

// Ails returns what is wrong with what a feed carried in a reading in full, when
// its document had so many items, and says it; before is what it usually carried
// until then, and after what it does with the reading.
func Ails(before, after news.Content, all, stored int) (ails news.State, says string) {
	known := !before.Since.IsZero() && after.At.Sub(before.Since) > learning
	switch {
	case all == 0 && stored == 0:
		return news.FeedEmpty, "the feed carries no items; look whether it is the right one"
	case all == 0 && (before.Since.IsZero() || tooFew(before, 0)):
		return news.FeedEmpty, "the feed is empty, although it carried items before"
	case all == 0:
		return "", ""
	case known && tooFew(before, float64(all)):
		return news.FeedPartial, fmt.Sprintf("it carries %d items, where it had %.0f and more", all, before.Fewest)
	case known && before.Length >= 10*telling && after.Lately < before.Length/4:
		return news.FeedPartial, fmt.Sprintf("its texts are cut: they have %.0f characters, where they had %.0f", after.Lately, before.Length)
	case after.Dated < 0.5 && after.At.Sub(after.Since) >= aDay:
		return news.FeedUndated, "most of its items have no date, so that old ones pass for new"
	}
	return "", ""
}
