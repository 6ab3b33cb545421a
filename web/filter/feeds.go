package filter

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// State is the key of [Feeds] that a filter of stories has not.
const State = "state"

// Wrong stands for all states of a feed in which somebody should look after it.
const Wrong news.State = "wrong"

// Feeds says which feeds are asked for: those of which all that it names is true. The
// zero value asks for all.
type Feeds struct {
	States    []news.State // any of these
	Tags      []string     // any of these
	Languages []string     // any of these
	Countries []string     // any of these is what stories are about to which the feed brought reports; codes, in small letters
	Words     []string     // each is in its name, publisher or address, or in what is wrong with it
}

// ParseFeeds reads from a query which feeds are asked for, as [Parse] does for stories.
func ParseFeeds(query url.Values) (f Feeds, err error) {
	for _, list := range []struct {
		key string
		to  *[]string
	}{{Tag, &f.Tags}, {Language, &f.Languages}, {Country, &f.Countries}} {
		if *list.to, err = values(query, list.key); err != nil {
			return Feeds{}, err
		}
	}
	for i, c := range f.Countries {
		f.Countries[i] = strings.ToLower(c)
	}
	states, err := values(query, State)
	if err != nil {
		return Feeds{}, err
	}
	for _, v := range states {
		s := news.State(v)
		if s != Wrong && s.Grave() < 0 {
			return Feeds{}, fmt.Errorf("state=%s: write wrong for all that somebody should look after, or one of %s", v, allStates())
		}
		f.States = append(f.States, s)
	}
	f.Words = strings.Fields(strings.ToLower(strings.Map(seen, query.Get(Words))))
	f.Words = f.Words[:min(len(f.Words), most)]
	return f, nil
}

func allStates() string {
	var names []string
	for _, s := range news.States {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}

// Matches reports whether a feed is asked for at now, as far as it says so itself: of
// which countries it told is for the caller.
func (f Feeds) Matches(s news.FeedState, now time.Time) bool {
	state := s.State(now)
	if len(f.States) > 0 && !slices.Contains(f.States, state) && !(slices.Contains(f.States, Wrong) && state.Wrong()) {
		return false
	}
	if !meet(f.Tags, s.Tags) || !meet(f.Languages, []string{s.Language}) {
		return false
	}
	if len(f.Words) == 0 {
		return true
	}
	shown := strings.ToLower(strings.Join([]string{s.Name, s.Publisher, s.URL, s.Why(now)}, "\n"))
	return !slices.ContainsFunc(f.Words, func(w string) bool { return !strings.Contains(shown, w) })
}

// Parts returns what f asks for, in the order of its address.
func (f Feeds) Parts() (parts []Part) {
	for _, s := range f.States {
		parts = append(parts, Part{State, string(s)})
	}
	for _, list := range []struct {
		key    string
		values []string
	}{{Tag, f.Tags}, {Language, f.Languages}, {Country, f.Countries}} {
		for _, v := range list.values {
			parts = append(parts, Part{list.key, v})
		}
	}
	if len(f.Words) > 0 {
		parts = append(parts, Part{Words, strings.Join(f.Words, " ")})
	}
	return parts
}

// Query returns the query of f's address, with "?" before it, or "".
func (f Feeds) Query() string { return query(f.Parts()) }

// Without returns the query of f's address without a part.
func (f Feeds) Without(p Part) string {
	return query(slices.DeleteFunc(f.Parts(), func(x Part) bool { return x == p }))
}
