package feedlist

import (
	"fmt"
	"strings"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
)

// Odd says of the feeds of the rules what is odd about them before any is read:
// those that seem to be one feed, and those whose secrets are not there, which
// missing tells of one.
func Odd(feeds []news.Feed, missing func(*news.Access) []string) (lines []string) {
	first := map[string]news.Feed{}
	for _, f := range feeds {
		key := news.AddressKey(f.URL)
		if other, twice := first[key]; twice && other.URL != f.URL {
			lines = append(lines, fmt.Sprintf("feeds %q and %q are read at nearly the same address, %s and %s; if they are one feed, take one of them out", other.Name, f.Name, other.URL, f.URL))
		} else if !twice {
			first[key] = f
		}
		if lost := missing(f.Access); len(lost) > 0 {
			lines = append(lines, fmt.Sprintf("feed %s: %s", f.Name, strings.Join(lost, "; ")))
		}
	}
	for i, line := range lines {
		lines[i] = terminal.Safe(line)
	}
	return lines
}
