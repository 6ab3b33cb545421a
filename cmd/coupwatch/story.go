package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

func storyCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "story ID",
		Short: "Show a story: how firm it is, who says so, what happened, who heard",
		Long: `Story shows everything of one story: how it climbed from rumour to official, each
step with the sentence that carried it; on whom its reports rest, through which
outlets, and who has it from there; what happened in it and who copied that; and
what people heard of it, when, and over which channels.

The beginning of an id is enough; "coupwatch stories" and "coupwatch why" show
ids. The number of independent origins is an upper bound: reports may have more
in common than their texts admit.`,
		Example: `  coupwatch story s-4a1610a1
  coupwatch story --json s-4a1610a1 | jq .ladder`,
		Args: exactlyOneID,
		RunE: func(cmd *cobra.Command, args []string) error {
			db, err := p.openStored(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			rules, _ := readRules(p.Rules) // a story can be read without them
			x, err := readStory(cmd.Context(), db, strings.TrimSpace(args[0]), rules)
			if err != nil {
				return fmt.Errorf("%w; see coupwatch stories", err)
			}
			if asJSON {
				return json.NewEncoder(p.out).Encode(wholeStoryOf(x))
			}
			s := p.newScreen()
			showStory(s, x)
			return s.Show(p.out)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

func exactlyOneID(cmd *cobra.Command, args []string) error {
	if len(args) != 1 || strings.TrimSpace(args[0]) == "" {
		return usageError{fmt.Errorf("give the id of one story, or its beginning; coupwatch stories shows them; see %s --help", cmd.CommandPath())}
	}
	return nil
}

// A told story is one with all that is known of it.
type told struct {
	story  news.Story
	names  []string // of its entities
	items  []store.Verdict
	alerts []store.Delivery
	linked []news.Story // earlier stories of the same people, as far as they are stored
	mutes  []news.Mute
}

// untold returns why nobody has heard of the story, and whether it is so though
// people should have.
func (x told) untold() (store.Untold, bool) {
	return untoldOf(x.alerts, func(store.Delivery) bool { return true }, time.Now())
}

// A storyStore knows stories; *store.DB is one.
type storyStore interface {
	Story(ctx context.Context, id string) (news.Story, error)
	ItemsOfStory(ctx context.Context, id string) ([]store.Verdict, error)
	AlertsOf(ctx context.Context, id string) ([]store.Delivery, error)
	Mutes(ctx context.Context, now time.Time) ([]news.Mute, error)
}

// readStory returns the story with the id, or whose id begins so. Without
// rules, which may be nil, their mutes are not known.
func readStory(ctx context.Context, db storyStore, id string, rules *matcher.Rules) (x told, err error) {
	if x.story, err = db.Story(ctx, id); err != nil {
		return x, err
	}
	if x.items, err = db.ItemsOfStory(ctx, x.story.ID); err != nil {
		return x, err
	}
	if x.alerts, err = db.AlertsOf(ctx, x.story.ID); err != nil {
		return x, err
	}
	for _, earlier := range x.story.Linked {
		if s, err := db.Story(ctx, earlier); err == nil { // else it was pruned
			x.linked = append(x.linked, s)
		}
	}
	now := time.Now()
	mutes, err := db.Mutes(ctx, now)
	if err != nil {
		return x, err
	}
	x.names = x.story.Entities
	if rules != nil {
		mutes = append(mutes, rules.Policy().Mutes...)
		x.names = namesOf(x.story.Entities, rules)
	}
	x.mutes = mutesOf(x.story, mutes, now)
	return x, nil
}

// namesOf returns entities as people read and as rules name them.
func namesOf(ids []string, rules *matcher.Rules) []string {
	var names []string
	for _, id := range ids {
		name := rules.EntityName(id)
		if name != id {
			name += " (@" + id + ")"
		}
		names = append(names, name)
	}
	return names
}

// A wholeStory is a story as story --json prints it.
type wholeStory struct {
	Story   listedStory   `json:"story"`
	Ladder  []shownStep   `json:"ladder"`
	Roots   []shownRoot   `json:"roots"` // at most so many are independent
	Updates []shownUpdate `json:"updates"`
	Alerts  []shownAlert  `json:"alerts"`
	Linked  []linkedStory `json:"linked"`
	Mutes   []shownMute   `json:"mutes"`
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

func wholeStoryOf(x told) wholeStory {
	var untold *store.Untold
	if u, is := x.untold(); is {
		untold = &u
	}
	w := wholeStory{Story: listed(x.story, untold), Alerts: shownAlerts(x.alerts)}
	for _, s := range x.story.Ladder {
		w.Ladder = append(w.Ladder, shownStep(s))
	}
	for _, o := range x.story.Origins {
		root := shownRoot{Name: o.Name, At: o.At, Link: o.Link, Quote: o.Quote, Reports: o.Reports}
		for _, b := range branchesOf(o, x.story.Sources) {
			if b.via != "" || len(b.publishers) > 0 {
				root.Branches = append(root.Branches, shownBranch{b.via, some(b.publishers)})
			}
		}
		root.Branches = some(root.Branches)
		w.Roots = append(w.Roots, root)
	}
	copies := copiesOf(x.items)
	for _, u := range x.story.Updates {
		w.Updates = append(w.Updates, shownUpdate{u.ID, u.At, u.Title, u.Link, u.Publisher, u.Status, u.Reports, some(copies[u.ID])})
	}
	for _, s := range x.linked {
		w.Linked = append(w.Linked, linkedStory{s.ID, s.Headline, s.LastSeen})
	}
	for _, m := range x.mutes {
		w.Mutes = append(w.Mutes, shownMute{m.Story, m.Rule, m.Entity, orNull(m.Until), m.Why, m.By})
	}
	w.Ladder, w.Roots, w.Updates, w.Linked, w.Mutes = some(w.Ladder), some(w.Roots), some(w.Updates), some(w.Linked), some(w.Mutes)
	return w
}

func shownAlerts(alerts []store.Delivery) []shownAlert {
	list := []shownAlert{}
	for _, a := range alerts {
		list = append(list, shownAlert{a.ID, a.Kind, a.Channel, a.Reason, a.DueAt, orNull(a.Sent), orNull(a.Failed), a.Attempts, a.Problem})
	}
	return list
}
