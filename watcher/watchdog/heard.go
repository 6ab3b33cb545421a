package watchdog

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

const (
	steady     = 4 // times a day that a country or tag is heard of, at least, for its silence to be told
	fewestTags = 2 // feeds of a tag: of one it is told anyway
)

// Watching reports whether enough of feeds can be read to say that nothing comes.
func Watching(feeds []news.FeedState) bool {
	well := 0
	for _, f := range feeds {
		if f.Failures == 0 && !f.LastGood.IsZero() {
			well++
		}
	}
	return well > 0 && well*2 >= len(feeds)
}

// JudgeHeard returns what operators know of countries and tags after they were
// looked at, at now, by name: of those of which that has changed. They hear of the
// silence of those that are heard of steadily, and when they are heard of again.
func JudgeHeard(all []news.Heard, feeds []news.FeedState, now time.Time) map[string]news.Told {
	tagged := map[string]int{}
	for _, f := range feeds {
		for _, tag := range f.Tags {
			tagged["tag "+tag]++
		}
	}
	told := make([]news.Told, len(all))
	for i, h := range all {
		s, t := h.Silence, h.Told
		isTag := strings.HasPrefix(h.Name, "tag ")
		silent := s.Known && s.Rate >= steady && now.After(s.Late) && (!isTag || tagged[h.Name] >= fewestTags)
		switch {
		case silent && t.State != news.FeedLate:
			t = news.Told{State: news.FeedLate, As: news.FeedLate, Trouble: "coverage/" + now.UTC().Format("20060102T150405.000"), Since: now.UTC(), Text: s.String()}
		case !silent && t.State == news.FeedLate:
			t.State = news.FeedFresh
		}
		told[i] = t
	}
	settle(told)
	changed := map[string]news.Told{}
	for i, h := range all {
		if told[i] != h.Told {
			changed[h.Name] = told[i]
		}
	}
	return changed
}

// Unheard returns what operators are to know now of countries and tags; name is what
// they call one. What fell silent at one moment is in one notice.
func Unheard(all []news.Heard, name func(string) string) (notices []Notice) {
	groups := map[string][]news.Heard{}
	for _, h := range all {
		if h.Told.Trouble != "" {
			groups[h.Told.Trouble] = append(groups[h.Told.Trouble], h)
		}
	}
	for id, group := range groups {
		if !slices.ContainsFunc(group, func(h news.Heard) bool { return h.Told.State == news.FeedLate }) {
			continue
		}
		text := fmt.Sprintf("Nothing was heard of %s: %s.", name(group[0].Name), group[0].Told.Text)
		if len(group) > 1 {
			var names []string
			for _, h := range group {
				names = append(names, fmt.Sprintf("%s (%s)", name(h.Name), h.Told.Text))
			}
			text = fmt.Sprintf("Nothing was heard of %s.", list(names))
		}
		notices = append(notices, Notice{ID: id, Text: text + " Look whether the feeds that tell of it can be read: coupwatch feeds, or /feeds of the page."})
	}
	slices.SortFunc(notices, func(a, b Notice) int { return strings.Compare(a.ID, b.ID) })
	return notices
}
