package news

import (
	"slices"
	"time"
)

// A Policy is what rules.yaml says about telling people.
type Policy struct {
	MaxAge    time.Duration // an item older than this, when it is first read, interrupts nobody
	Routes    []Route       // who hears what
	Operators []string      // channels on which coupwatch reports its own troubles
	Digest    DigestPlan

	Gather  time.Duration // how long the updates of a story are gathered into one message; 0 for not telling them
	Origins int           // an escalation when so many independent origins tell a story; 0 for never
	Threads []string      // channels that are told the updates of stories that they were told
	Edits   []string      // channels whose messages can show later how a story stands
	Mutes   []Mute
	Outlets []Outlet // beside those that are known anyway
}

// Channels returns the channels that the policy names, each once, in the order of
// their names.
func (p Policy) Channels() []string {
	all := append(slices.Clone(p.Digest.To), p.Operators...)
	for _, r := range p.Routes {
		all = append(all, r.To...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// A Route says who hears of which stories. Conditions left empty are met by
// every story; the others must all be met.
type Route struct {
	To       []string // channels, such as "slack" or "email:desk@example.org"
	Severity Severity // at least
	Rules    []string // ids: one of them matched
	Entities []string // ids, "country:ml" for a country: one of them is named
	Tags     []string // one of them is on the feed
	Quiet    *Quiet   // when only critical stories are told; nil for never
	Limit    int      // how many alerts of stories that are not critical a channel may take an hour; 0 for any number
}

// A Mute keeps people from being interrupted by some reports for a time; the
// digest still lists them. One of Story, Rule, Entity and Feed is set.
type Mute struct {
	Story  string    // id of a story
	Rule   string    // id of a rule: reports that no other rule matched
	Entity string    // id of an entity or "country:ml": reports that name it
	Feed   string    // URL of a feed
	Until  time.Time // when it ends; zero for never
	Why    string    // for people, or ""
	By     string    // who muted it, or ""
}

// An Outlet is who publishes or is quoted as publishing.
type Outlet struct {
	Name    string   // as people know it: "The Times"
	Domains []string // "thetimes.co.uk"; those below are its as well
	Aliases []string // other names: "Times of London"
	Family  string   // outlets of one family are one voice; "" if it stands alone
}

// A Label is what a person thinks of an alert.
type Label struct {
	Item     string // id of the item that caused it
	Story    string
	Rule     string // id of the rule that matched
	Version  string // of the rules then
	Relevant bool   // else it was noise
	By       string // who says so
	At       time.Time
}

// A Stray is an item of which a person said that it is not of a story. That holds
// whatever the story is joined with, and is kept for longer than the item.
type Stray struct {
	Item  string // its id
	Story string // id of the story that it was in
	Own   string // id of the story that it became, "" if no rule matched it
	Title string // of the item
	Link  string // of the item
	By    string // who says so
	At    time.Time
}

// Quiet hours are a time of day in which only critical stories are told at
// once; the others wait for its end.
type Quiet struct {
	From, To time.Duration // since midnight; From > To spans midnight
	Zone     *time.Location
}

// Until returns when the quiet hours that hold at t end, or t itself if none
// hold.
func (q *Quiet) Until(t time.Time) time.Time {
	if q == nil {
		return t
	}
	local := t.In(q.Zone)
	clock := func(day int, d time.Duration) time.Time {
		y, m, dd := local.Date()
		return time.Date(y, m, dd+day, 0, int(d/time.Minute), 0, 0, q.Zone)
	}
	for _, day := range []int{-1, 0} {
		from, to := clock(day, q.From), clock(day, q.To)
		if q.From > q.To {
			to = clock(day+1, q.To)
		}
		if !t.Before(from) && t.Before(to) {
			return to.UTC()
		}
	}
	return t
}

// A DigestPlan says when the daily digest is due and who gets it.
type DigestPlan struct {
	At    time.Duration // since midnight
	Zone  *time.Location
	To    []string // channels; empty for no digest
	Empty bool     // it is due on a day without stories, too
}

// Due returns the latest moment at or before now at which a digest was due,
// and the one before it. On a day whose clock lacks the hour it is due when
// the clock has passed it; on a day that has the hour twice, the first time.
func (p DigestPlan) Due(now time.Time) (latest, before time.Time) {
	y, m, d := now.In(p.Zone).Date()
	at := func(day int) time.Time {
		return time.Date(y, m, day, 0, int(p.At/time.Minute), 0, 0, p.Zone).UTC()
	}
	if at(d).After(now) {
		d--
	}
	return at(d), at(d - 1)
}

// Next returns the first moment after now at which a digest is due.
func (p DigestPlan) Next(now time.Time) time.Time {
	y, m, d := now.In(p.Zone).Date()
	for ; ; d++ {
		if at := time.Date(y, m, d, 0, int(p.At/time.Minute), 0, 0, p.Zone); at.After(now) {
			return at.UTC()
		}
	}
}
