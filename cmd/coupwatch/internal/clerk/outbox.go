package clerk

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/store/outbox"
	"github.com/coupwatch/coupwatch/web/handles"
)

const (
	mostAlerts    = 40                  // that a page lists
	mostDigests   = 60                  // likewise
	givenUpLately = 30 * 24 * time.Hour // how far back what was given up is tried again with all of its channel
)

// Alerts implements [handles.Outbox].
func (c *Clerk) Alerts(ctx context.Context, q handles.Query) (owed handles.Owed, err error) {
	found, more, err := c.DB.Find(ctx, outbox.Search{State: q.State, Channel: q.Channel, Story: q.Story}, q.From+mostAlerts)
	if err != nil {
		return owed, err
	}
	owed.More = more
	for _, a := range found[min(q.From, len(found)):] {
		owed.Alerts = append(owed.Alerts, alertOf(a))
	}
	owed.Channels, err = c.channels(ctx)
	return owed, err
}

// alertOf returns an alert as pages show it.
func alertOf(a outbox.Delivery) handles.Alert {
	out := handles.Alert{
		ID: a.ID, State: a.State(), Channel: a.Channel, Kind: a.Kind, Story: a.Story.ID, Title: answers.AlertTitle(a.Alert), Reason: a.Reason,
		Attempts: a.Attempts, Problem: a.Problem, Summary: a.Summary, Doubt: a.OutcomeUnknown && a.Sent.IsZero(), Owed: a.Owed, Due: a.DueAt,
	}
	if !a.Sent.IsZero() || !a.Failed.IsZero() {
		out.Ended = answers.EndOrDue(a)
	}
	return out
}

// channels returns those that owe or lost something, or are in trouble, sorted.
func (c *Clerk) channels(ctx context.Context) (all []handles.Channel, err error) {
	unsent, err := c.DB.Unsent(ctx)
	if err != nil {
		return nil, err
	}
	troubles, err := c.DB.Troubles(ctx)
	if err != nil {
		return nil, err
	}
	known := map[string]handles.Channel{}
	for name, n := range unsent {
		known[name] = handles.Channel{Name: name, Owed: n["owed"], Lost: n["failed"]}
	}
	for _, t := range troubles {
		of := known[t.Name]
		of.Name, of.Since, of.Problem, of.Failures, of.Next = t.Name, t.Since, t.Problem, t.Failures, t.Until
		known[t.Name] = of
	}
	return slices.SortedFunc(maps.Values(known), func(a, b handles.Channel) int { return cmp.Compare(a.Name, b.Name) }), nil
}

// Alert implements [handles.Outbox].
func (c *Clerk) Alert(ctx context.Context, id string) (handles.Alert, bool, error) {
	a, found, err := c.DB.One(ctx, id)
	return alertOf(a), found, err
}

// Retry implements [handles.Outbox].
func (c *Clerk) Retry(ctx context.Context, id string) error {
	now := time.Now()
	if _, err := c.DB.RetryAlert(ctx, id, now); err != nil {
		return c.refusal(ctx, id, err)
	}
	c.due(now)
	return nil
}

// refusal says why nothing can be done with an alert, if that is for people.
func (c *Clerk) refusal(ctx context.Context, id string, err error) error {
	a, found, asked := c.DB.One(ctx, id)
	switch {
	case asked != nil:
		return err
	case !found:
		return handles.Refusal("There is no such alert any more.")
	case !a.Sent.IsZero():
		return handles.Refusal("It was sent on " + a.Sent.Format("2 January at 15:04 UTC") + "; nothing is owed of it.")
	case a.Sending:
		return handles.Refusal("It is being sent this moment; see what comes of it.")
	}
	return err
}

// RetryChannel implements [handles.Outbox].
func (c *Clerk) RetryChannel(ctx context.Context, channel string) (int, error) {
	now := time.Now()
	n, err := c.DB.RetryChannel(ctx, channel, now.Add(-givenUpLately), now)
	if n > 0 {
		c.due(now)
	}
	return n, err
}

// Drop implements [handles.Outbox].
func (c *Clerk) Drop(ctx context.Context, id, by, why string) error {
	_, err := c.DB.DropAlert(ctx, id, dropped(by, why), time.Now())
	if err != nil {
		return c.refusal(ctx, id, err)
	}
	return nil
}

// DropChannel implements [handles.Outbox].
func (c *Clerk) DropChannel(ctx context.Context, channel, by, why string) (int, error) {
	return c.DB.DropChannel(ctx, channel, dropped(by, why), time.Now())
}

// dropped is the reason that the outbox keeps.
func dropped(by, why string) string {
	text := fmt.Sprintf("dropped by %s", by)
	if why != "" {
		text += ": " + why
	}
	return text
}

// Past implements [handles.Digests].
func (c *Clerk) Past(ctx context.Context) (all []handles.Past, err error) {
	kept, err := c.DB.Digests(ctx, mostDigests)
	for _, p := range kept {
		slices.Sort(p.Channels)
		all = append(all, handles.Past(p))
	}
	return all, err
}

// DigestText implements [handles.Digests].
func (c *Clerk) DigestText(digest news.Digest) (string, error) {
	var text strings.Builder
	err := notify.DigestText(&text, digest, c.Style)
	return text.String(), err
}

// Digest implements [handles.Digests].
func (c *Clerk) Digest(ctx context.Context, key string) (news.Digest, bool, error) {
	return c.DB.DigestOf(ctx, key)
}
