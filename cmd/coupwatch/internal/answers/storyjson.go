package answers

import (
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// A wholeStory is a story as story --json prints it.
type wholeStory struct {
	Story   listedStory   `json:"story"`
	Ladder  []shownStep   `json:"ladder"`
	Roots   []shownRoot   `json:"roots"` // at most so many are independent
	Updates []shownUpdate `json:"updates"`
	Alerts  []shownAlert  `json:"alerts"`
	Linked  []linkedStory `json:"linked"`
	Mutes   []shownMute   `json:"mutes"`
	Strays  []shownStray  `json:"strays,omitempty"`
}

// A shownStray is a report that somebody took out of a story.
type shownStray struct {
	Item  string    `json:"item"`
	Title string    `json:"title"`
	Story string    `json:"story"`         // that it was in
	Own   string    `json:"own,omitempty"` // that it became
	By    string    `json:"by"`
	At    time.Time `json:"at"`
}

type shownStep struct {
	Status    news.Status `json:"status"`
	At        time.Time   `json:"at"`
	Publisher string      `json:"publisher"`
	Link      string      `json:"link"`
	Sentence  string      `json:"sentence"`
	Speaker   string      `json:"speaker,omitempty"` // who says so there
	Entity    string      `json:"entity,omitempty"`  // their id in rules.yaml
	Withdrawn bool        `json:"withdrawn,omitempty"`
	Again     time.Time   `json:"again,omitzero"` // when another who could know last said the same
}

type shownRoot struct {
	Name     string        `json:"name"`
	At       time.Time     `json:"at"`
	Link     string        `json:"link"`
	Quote    string        `json:"quote"`
	Reports  int           `json:"reports"`
	Branches []shownBranch `json:"branches"`
}

type shownBranch struct {
	Via        string   `json:"via"` // "" for those who have it from the root itself
	Publishers []string `json:"publishers"`
}

type shownUpdate struct {
	ID        string      `json:"id"`
	At        time.Time   `json:"at"`
	Title     string      `json:"title"`
	Link      string      `json:"link"`
	Publisher string      `json:"publisher"`
	Status    news.Status `json:"status"`
	Reports   int         `json:"reports"`
	Copies    []string    `json:"copies"` // publishers
}

type shownAlert struct {
	ID       string     `json:"id"`
	Kind     news.Kind  `json:"kind"`
	Channel  string     `json:"channel"`
	Reason   string     `json:"reason"`
	Due      time.Time  `json:"due"`
	Sent     *time.Time `json:"sent"`
	GivenUp  *time.Time `json:"given_up"`
	Attempts int        `json:"attempts"`
	Problem  string     `json:"problem,omitempty"`
}

type linkedStory struct {
	ID       string    `json:"id"`
	Headline string    `json:"headline"`
	Latest   time.Time `json:"latest"`
}

type shownMute struct {
	Story  string     `json:"story,omitempty"`
	Rule   string     `json:"rule,omitempty"`
	Entity string     `json:"entity,omitempty"`
	Until  *time.Time `json:"until"` // null for ever
	Why    string     `json:"why,omitempty"`
	By     string     `json:"by,omitempty"`
}

// JSON returns the story as story --json prints it.
func (x Told) JSON() any { return wholeStoryOf(x) }

func wholeStoryOf(x Told) wholeStory {
	var untold *outbox.Untold
	if u, is := x.untold(); is {
		untold = &u
	}
	w := wholeStory{Story: listed(x.story, untold), Alerts: shownAlerts(x.alerts)}
	for _, s := range x.story.Ladder {
		w.Ladder = append(w.Ladder, shownStep(s))
	}
	for _, o := range x.story.Origins {
		root := shownRoot{Name: o.Name, At: o.At, Link: o.Link, Quote: o.Quote, Reports: o.Reports}
		for _, b := range o.Branches(x.story.Sources) {
			if b.Via != "" || len(b.Sources) > 0 {
				root.Branches = append(root.Branches, shownBranch{b.Via, List(b.Publishers())})
			}
		}
		root.Branches = List(root.Branches)
		w.Roots = append(w.Roots, root)
	}
	copies := copiesOf(x.items)
	for _, u := range x.story.Updates {
		w.Updates = append(w.Updates, shownUpdate{u.ID, u.At, u.Title, u.Link, u.Publisher, u.Status, u.Reports, List(copies[u.ID])})
	}
	for _, s := range x.linked {
		w.Linked = append(w.Linked, linkedStory{s.ID, s.Headline, s.LastSeen})
	}
	for _, m := range x.mutes {
		w.Mutes = append(w.Mutes, shownMute{m.Story, m.Rule, m.Entity, OrNull(m.Until), m.Why, m.By})
	}
	for _, s := range x.strays {
		w.Strays = append(w.Strays, shownStray{s.Item, s.Title, s.Story, s.Own, s.By, s.At})
	}
	w.Ladder, w.Roots, w.Updates, w.Linked, w.Mutes = List(w.Ladder), List(w.Roots), List(w.Updates), List(w.Linked), List(w.Mutes)
	return w
}

func shownAlerts(alerts []outbox.Delivery) []shownAlert {
	list := []shownAlert{}
	for _, a := range alerts {
		list = append(list, shownAlert{a.ID, a.Kind, a.Channel, a.Reason, a.DueAt, OrNull(a.Sent), OrNull(a.Failed), a.Attempts, a.Problem})
	}
	return list
}
