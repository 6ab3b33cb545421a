// Package filter says of which stories a page or a feed of alerts is asked for,
// and writes that as the query of an address: what one desk looks at is a link.
package filter

import (
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// Told is whether people were told of a story; the zero value is for all stories.
type Told string

// The values of Told.
const (
	Yes Told = "yes" // people were told of it
	No  Told = "no"  // only the digest tells it
)

// A Filter is what is asked for. Of a list any will do; the zero Filter is for
// all stories.
type Filter struct {
	Severity  news.Severity // so grave or graver
	Statuses  []news.Status // now
	Rules     []string      // ids
	Countries []string      // two-letter codes; see [news.Story.Where]
	Entities  []string      // ids
	Languages []string      // of a report, such as "ru"
	Tags      []string      // of the feed of a report
	Words     []string      // in small letters: each is in what is shown of the story
	Told      Told
	Since     time.Duration // back from now, of the latest report; 0 for what the page shows anyway
}

// Matches reports whether s is asked for, as far as it says so itself: how long
// ago it was, and the languages and tags of its reports, are for the caller.
func (f Filter) Matches(s news.Story) bool {
	switch {
	case s.Severity < f.Severity:
		return false
	case f.Told == Yes && s.Told.IsZero(), f.Told == No && !s.Told.IsZero():
		return false
	case len(f.Statuses) > 0 && !slices.Contains(f.Statuses, s.Status):
		return false
	}
	return meet(f.Rules, s.Rules) && meet(f.Entities, s.Entities) && (len(f.Countries) == 0 || meet(f.Countries, s.Where())) && f.spoken(s)
}

// meet reports whether one of any, or none is asked for, is in all.
func meet(any, all []string) bool {
	return len(any) == 0 || slices.ContainsFunc(any, func(x string) bool { return slices.Contains(all, x) })
}

// spoken reports whether each of the words is in what is shown of s.
func (f Filter) spoken(s news.Story) bool {
	if len(f.Words) == 0 {
		return true
	}
	var text strings.Builder
	for _, part := range []string{s.Headline, s.Was, s.Quote.Text, s.Quote.By} {
		text.WriteString(part + "\n")
	}
	for _, o := range s.Origins {
		text.WriteString(o.Name + "\n")
	}
	for _, src := range s.Sources {
		text.WriteString(src.Publisher + "\n")
	}
	shown := strings.ToLower(text.String())
	return !slices.ContainsFunc(f.Words, func(w string) bool { return !strings.Contains(shown, w) })
}
