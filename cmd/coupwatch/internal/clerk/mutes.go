package clerk

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/web/handles"
)

// named returns mutes as people know them; fixed ones are of rules.yaml.
func (c *Clerk) named(ctx context.Context, mutes []news.Mute, fixed bool) (all []handles.Mute) {
	for _, m := range mutes {
		kind, id, _ := strings.Cut(answers.MutedWhat(m), " ")
		all = append(all, handles.Mute{Kind: kind, ID: id, Name: c.slack().Called(ctx, m), Until: m.Until, Why: m.Why, By: m.By, Fixed: fixed})
	}
	return all
}

// Muted implements [handles.Mutes].
func (c *Clerk) Muted(ctx context.Context) ([]handles.Mute, error) {
	now := time.Now()
	mutes, err := c.DB.Mutes(ctx, now)
	if err != nil {
		return nil, err
	}
	fixed := Running(c.rules().Policy().Mutes, now)
	return append(c.named(ctx, mutes, false), c.named(ctx, fixed, true)...), nil
}

// Running returns those of mutes that have not ended.
func Running(mutes []news.Mute, now time.Time) (left []news.Mute) {
	for _, m := range mutes {
		if m.Until.IsZero() || now.Before(m.Until) {
			left = append(left, m)
		}
	}
	return left
}

// Mute implements [handles.Mutes].
func (c *Clerk) Mute(ctx context.Context, m news.Mute) ([]handles.Mute, error) {
	if _, err := c.rules().Resolve(m); err != nil && m.Story == "" {
		return nil, handles.Refusal(err.Error())
	}
	held, err := c.slack().MuteAll(ctx, m)
	if errors.Is(err, store.ErrUnknown) || errors.Is(err, store.ErrAmbiguous) {
		return nil, handles.Refusal("There is no story with this id, or several begin so. Stories are forgotten after a time.")
	}
	return c.named(ctx, held, false), err
}

// Unmute implements [handles.Mutes].
func (c *Clerk) Unmute(ctx context.Context, m news.Mute) (found bool, err error) {
	if m.Story != "" {
		s, err := c.story(ctx, m.Story)
		if err == nil {
			m.Story = s.ID
		} else if !errors.As(err, new(handles.Refusal)) { // a mute may outlive its story
			return false, err
		}
	}
	mutes := []news.Mute{m}
	if more, err := c.rules().Resolve(m); err == nil {
		mutes = more
	}
	for _, m := range mutes {
		ended, err := c.DB.Unmute(ctx, m, time.Now())
		if err != nil {
			return found, err
		}
		found = found || ended
	}
	return found, c.Use.ReadMutes(ctx, c.DB)
}

// mostChoices is how many names a form offers, so that its page stays small; others can
// be written.
const mostChoices = 400

// Mutable implements [handles.Mutes].
func (c *Clerk) Mutable() (all []handles.Choice) {
	rules := c.rules()
	for _, id := range rules.RuleIDs() {
		all = append(all, handles.Choice{Kind: "rule", ID: id, Name: rules.Title(id)})
	}
	for _, name := range places.Names() {
		if code, known := places.Code(name); known {
			all = append(all, handles.Choice{Kind: "entity", ID: "country:" + code, Name: name})
		}
	}
	for _, id := range rules.EntityIDs() {
		all = append(all, handles.Choice{Kind: "entity", ID: id, Name: rules.EntityName(id)})
	}
	return all[:min(mostChoices, len(all))]
}
