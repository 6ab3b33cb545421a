package answers

import (
	"context"
	"fmt"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// A Told story is one with all that is known of it.
type Told struct {
	story  news.Story
	names  []string // of its entities
	items  []store.Verdict
	alerts []outbox.Delivery
	linked []news.Story // earlier stories of the same people, as far as they are stored
	mutes  []news.Mute
	strays []news.Stray // what people took out of it, and what of it out of another
}

// untold returns why nobody has heard of the story, and whether it is so though
// people should have.
func (x Told) untold() (outbox.Untold, bool) {
	return untoldOf(x.alerts, func(outbox.Delivery) bool { return true }, time.Now())
}

// A storyStore knows stories; *store.DB is one.
type storyStore interface {
	Story(ctx context.Context, id string) (news.Story, error)
	ItemsOfStory(ctx context.Context, id string) ([]store.Verdict, error)
	AlertsOf(ctx context.Context, id string) ([]outbox.Delivery, error)
	Mutes(ctx context.Context, now time.Time) ([]news.Mute, error)
	StraysOf(ctx context.Context, id string) ([]news.Stray, error)
}

// ReadStory returns the story with the id, or whose id begins so. Without
// rules, which may be nil, their mutes are not known.
func ReadStory(ctx context.Context, db storyStore, id string, rules *matcher.Rules) (x Told, err error) {
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
	if x.strays, err = db.StraysOf(ctx, x.story.ID); err != nil {
		return x, err
	}
	x.names = x.story.Entities
	if rules != nil {
		mutes = append(mutes, rules.Policy().Mutes...)
		x.names = namesOf(x.story.Entities, rules)
	}
	x.mutes = MutesOf(x.story, mutes, now)
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

// Untold says why nobody has heard of a story of which people should have.
func Untold(u outbox.Untold) string {
	if u.Lost {
		return fmt.Sprintf("Nobody was told: given up%s", because(u.Problem))
	}
	if u.Problem == "" {
		return fmt.Sprintf("Owed since %s UTC, not delivered yet", terminal.Moment(u.Owed))
	}
	return fmt.Sprintf("Owed since %s UTC, not delivered%s", terminal.Moment(u.Owed), because(u.Problem))
}

// because returns what follows a sentence that has a reason, "" if none is
// known.
func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + terminal.Safe(reason)
}

// untoldOf returns the alerts of a story as an [outbox.Untold], and whether
// nobody has heard of what of it interrupts. Alerts that only some want,
// as those of one item, are chosen by which.
func untoldOf(alerts []outbox.Delivery, which func(outbox.Delivery) bool, now time.Time) (u outbox.Untold, untold bool) {
	for _, d := range alerts {
		if d.Kind != news.New && d.Kind != news.Escalation || !which(d) || d.Owed.After(now) {
			continue
		}
		if !d.Sent.IsZero() {
			return outbox.Untold{}, false
		}
		lost := !d.Failed.IsZero() && d.Summary == ""
		if !untold || u.Lost && !lost {
			u = outbox.Untold{Owed: d.Owed, Problem: d.Problem, Lost: lost}
		}
		untold = true
	}
	return u, untold
}
