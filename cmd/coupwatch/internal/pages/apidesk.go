package pages

import (
	"context"
	"errors"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/api"
	"github.com/coupwatch/coupwatch/web/handles"
)

// An apiDesk is a desk as programs ask for it; see [api.Desk].
type apiDesk struct{ desk handles.Desk }

// refused returns an error as it is told to programs.
func refused(err error) error {
	if said := handles.Refusal(""); errors.As(err, &said) {
		return api.Refusal(said)
	}
	return err
}

// Handled implements [api.Desk].
func (d apiDesk) Handled(ctx context.Context, story string) (any, bool, error) {
	h, found, err := d.desk.Handled(ctx, story)
	h.Mutes, h.Labels, h.Strays = answers.List(h.Mutes), answers.List(h.Labels), answers.List(h.Strays)
	return h, found, refused(err)
}

// Label implements [api.Desk].
func (d apiDesk) Label(ctx context.Context, story, by string, relevant bool) (string, error) {
	says, err := d.desk.Label(ctx, story, by, relevant)
	return says, refused(err)
}

// Unlabel implements [api.Desk].
func (d apiDesk) Unlabel(ctx context.Context, story, by string) (bool, error) {
	found, err := d.desk.Unlabel(ctx, story, by)
	return found, refused(err)
}

// TakeOut implements [api.Desk].
func (d apiDesk) TakeOut(ctx context.Context, story, item, by string) (any, error) {
	taken, err := d.desk.TakeOut(ctx, story, item, by)
	return taken.Stray, refused(err)
}

// Muted implements [api.Desk].
func (d apiDesk) Muted(ctx context.Context) (any, error) {
	all, err := d.desk.Muted(ctx)
	return answers.List(all), refused(err)
}

// Mute implements [api.Desk].
func (d apiDesk) Mute(ctx context.Context, m news.Mute) (any, error) {
	all, err := d.desk.Mute(ctx, m)
	return answers.List(all), refused(err)
}

// Unmute implements [api.Desk].
func (d apiDesk) Unmute(ctx context.Context, m news.Mute) (bool, error) {
	found, err := d.desk.Unmute(ctx, m)
	return found, refused(err)
}

// Outbox implements [api.Desk].
func (d apiDesk) Outbox(ctx context.Context, state, channel, story string, from int) (any, error) {
	owed, err := d.desk.Alerts(ctx, handles.Query{State: state, Channel: channel, Story: story, From: from})
	owed.Channels, owed.Alerts = answers.List(owed.Channels), answers.List(owed.Alerts)
	return owed, refused(err)
}

// Retry implements [api.Desk].
func (d apiDesk) Retry(ctx context.Context, id string) error { return refused(d.desk.Retry(ctx, id)) }

// Drop implements [api.Desk].
func (d apiDesk) Drop(ctx context.Context, id, by, why string) error {
	return refused(d.desk.Drop(ctx, id, by, why))
}

// Digests implements [api.Desk].
func (d apiDesk) Digests(ctx context.Context) (any, error) {
	all, err := d.desk.Past(ctx)
	return answers.List(all), refused(err)
}

// Digest implements [api.Desk].
func (d apiDesk) Digest(ctx context.Context, key string) (text string, found bool, err error) {
	var digest news.Digest
	if found = key == "next"; found {
		digest, err = d.desk.Preview(ctx)
	} else {
		digest, found, err = d.desk.Digest(ctx, key)
	}
	if err != nil || !found {
		return "", found, refused(err)
	}
	text, err = d.desk.DigestText(digest)
	return text, true, refused(err)
}
