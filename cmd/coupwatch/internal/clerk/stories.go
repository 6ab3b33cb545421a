package clerk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/web/handles"
)

// story returns a story, whose id may be cut short; the error is a refusal if there
// is none.
func (c *Clerk) story(ctx context.Context, id string) (news.Story, error) {
	s, err := c.DB.Story(ctx, id)
	if errors.Is(err, store.ErrUnknown) || errors.Is(err, store.ErrAmbiguous) {
		return s, handles.Refusal("There is no story with this id, or several begin so. Stories are forgotten after a time.")
	}
	return s, err
}

// last returns a story, or that in which it goes on.
func (c *Clerk) last(ctx context.Context, id string) (s news.Story, err error) {
	s, err = c.story(ctx, id)
	for err == nil && s.Into.ID != "" {
		s, err = c.story(ctx, s.Into.ID)
	}
	return s, err
}

// Handled implements [handles.Stories].
func (c *Clerk) Handled(ctx context.Context, id string) (h handles.Handled, found bool, err error) {
	s, err := c.story(ctx, id)
	if errors.As(err, new(handles.Refusal)) {
		return h, false, nil
	} else if err != nil {
		return h, false, err
	}
	now := time.Now()
	mutes, err := c.DB.Mutes(ctx, now)
	if err != nil {
		return h, false, err
	}
	labels, err := c.DB.LabelsOf(ctx, s.ID)
	if err != nil {
		return h, false, err
	}
	strays, err := c.DB.StraysOf(ctx, s.ID)
	if err != nil {
		return h, false, err
	}
	h = handles.Handled{ID: s.ID, Into: s.Into.ID}
	h.Mutes = c.named(ctx, answers.MutesOf(s, mutes, now), false)
	h.Mutes = append(h.Mutes, c.named(ctx, answers.MutesOf(s, c.rules().Policy().Mutes, now), true)...)
	for _, l := range labels {
		h.Labels = append(h.Labels, handles.Label{By: l.By, Relevant: l.Relevant, Rule: c.rules().Title(l.Rule), At: l.At})
	}
	for _, x := range strays {
		h.Strays = append(h.Strays, strayOf(x))
	}
	if filed := s.Filed(); len(filed) > 0 {
		h.Rule = c.rules().Title(filed[0])
	}
	return h, true, nil
}

// strayOf returns what was taken out as pages show it.
func strayOf(x news.Stray) handles.Stray {
	return handles.Stray{Item: x.Item, Title: x.Title, Link: x.Link, Story: x.Story, Own: x.Own, By: x.By, At: x.At}
}

// Report implements [handles.Stories].
func (c *Clerk) Report(ctx context.Context, story, item string) (r handles.Report, found bool, err error) {
	s, err := c.last(ctx, story)
	if err != nil {
		return r, false, err
	}
	items, err := c.DB.ItemsByID(ctx, item)
	if err != nil || len(items) == 0 || items[0].Story != s.ID {
		return r, false, err
	}
	it := items[0]
	return handles.Report{Item: it.ID, Title: it.Title, Link: it.Link, Publisher: it.Publisher, At: it.When(), Matched: len(it.Matches) > 0}, true, nil
}

// TakeOut implements [handles.Stories].
func (c *Clerk) TakeOut(ctx context.Context, story, item, by string) (taken handles.Taken, err error) {
	s, err := c.last(ctx, story)
	if err != nil {
		return taken, err
	}
	if len(s.Gists) > 0 {
		if first, err := c.DB.ItemsByID(ctx, s.Gists[0].Item); err != nil {
			return taken, err
		} else if len(first) == 0 {
			return taken, handles.Refusal("The first reports of this story are older than the retention and forgotten: it cannot be told anew. Mute it, or call it not relevant.")
		}
	}
	if err := c.Use.ReadMutes(ctx, c.DB); err != nil {
		return taken, err
	}
	now, rules := time.Now().UTC(), c.Use.Rules()
	parter, is := c.Decide(rules.Policy(), now).(news.Parter)
	if !is {
		return taken, errors.New("who decides cannot take reports out of stories")
	}
	report := func(it news.Item) (news.Report, bool) { return watcher.Report(rules, it) }
	done, first, err := c.DB.TakeOut(ctx, news.Stray{Item: item, Story: s.ID, By: by, At: now}, report, parter)
	switch {
	case errors.Is(err, store.ErrOnly):
		return taken, handles.Refusal("No other report of this story was matched by a rule: nothing would be left of it. Mute the story, or call it not relevant.")
	case errors.Is(err, store.ErrUnknown):
		return taken, handles.Refusal("This report is not of the story, or not any more.")
	case err != nil:
		return taken, err
	}
	c.due(now)
	return handles.Taken{Stray: strayOf(done), Before: !first}, nil
}

// TakeOutNamed takes a report, which is named by its link or id, out of a story, and
// returns what became of it, also as a sentence for people.
func (c *Clerk) TakeOutNamed(ctx context.Context, story, name, by string) (taken handles.Taken, answer string, err error) {
	s, err := c.story(ctx, story)
	if err != nil {
		return taken, "", err
	}
	items, err := c.DB.ItemsByLink(ctx, name)
	if err != nil {
		return taken, "", err
	}
	item := name
	for _, it := range items {
		if item == name || it.Story == s.ID {
			item = it.ID
		}
	}
	taken, err = c.TakeOut(ctx, s.ID, item, by)
	switch {
	case err != nil:
		return taken, "", err
	case taken.Before:
		answer = fmt.Sprintf("“%s” was taken out before, by %s", taken.Title, taken.By)
	default:
		answer = fmt.Sprintf("“%s” is not of story %s any more", taken.Title, taken.Story)
	}
	if taken.Own == "" {
		return taken, answer + "; no rule matches it, so it is of no other", nil
	}
	return taken, answer + "; it is a story of its own, " + taken.Own, nil
}

// Label implements [handles.Stories]. It is about what the buttons in Slack are
// about: the last report by which people heard, and its gravest rule.
func (c *Clerk) Label(ctx context.Context, story, by string, relevant bool) (string, error) {
	s, err := c.story(ctx, story)
	if err != nil {
		return "", err
	}
	l := news.Label{Story: s.ID, By: by, Relevant: relevant, At: time.Now().UTC()}
	if filed := s.Filed(); len(filed) > 0 {
		l.Rule = filed[0]
	}
	alerts, err := c.DB.AlertsOf(ctx, s.ID)
	if err != nil {
		return "", err
	}
	for _, a := range slices.Backward(alerts) {
		if l.Item == "" && (a.Kind == news.New || a.Kind == news.Escalation) {
			if l.Item = a.Item.ID; len(a.Matches) > 0 {
				l.Rule = a.Matches[0].Rule
			}
		}
	}
	if l.Item == "" {
		items, err := c.DB.ItemsOfStory(ctx, s.ID)
		if err != nil {
			return "", err
		}
		for _, it := range slices.Backward(items) {
			if l.Item == "" || it.Link == s.Link && it.Title == s.Headline {
				l.Item = it.ID
			}
		}
	}
	if l.Item == "" || l.Rule == "" {
		return "", handles.Refusal("No report of this story is kept that a rule matched; there is nothing to label.")
	}
	return c.slack().KeepLabel(ctx, l)
}

// Unlabel implements [handles.Stories].
func (c *Clerk) Unlabel(ctx context.Context, story, by string) (found bool, err error) {
	s, err := c.story(ctx, story)
	if err != nil {
		return false, err
	}
	labels, err := c.DB.LabelsOf(ctx, s.ID)
	now := time.Now().UTC()
	for _, l := range labels {
		if l.By != by {
			continue
		}
		l.At = now
		back, err := c.DB.Unlabel(ctx, l)
		if err != nil {
			return found, err
		}
		found = found || back
	}
	return found, err
}
