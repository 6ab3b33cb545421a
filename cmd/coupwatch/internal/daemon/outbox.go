package daemon

import (
	"context"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/store"
)

// An Outbox is the database for those who owe alerts and those who send them. It
// tells when one is due.
type Outbox struct {
	*store.DB
	Due func(time.Time) // must be set; may be called at any time by anybody
}

// Ingest implements [watcher.Store].
func (o Outbox) Ingest(ctx context.Context, r news.Reading, reports []news.Report, decider news.Decider) (news.Tally, error) {
	tally, err := o.DB.Ingest(ctx, r, reports, decider)
	if tally.Alerts > 0 {
		o.Due(time.Now())
	}
	return tally, err
}

// Fill implements [fulltext.Store].
func (o Outbox) Fill(ctx context.Context, page news.PageText, now time.Time, reports []news.Report, decider news.Decider) (news.Tally, error) {
	tally, err := o.DB.Fill(ctx, page, now, reports, decider)
	if tally.Alerts > 0 {
		o.Due(time.Now())
	}
	return tally, err
}

// Retry implements [notify.Queue].
func (o Outbox) Retry(ctx context.Context, id string, next time.Time, problem string) error {
	defer o.Due(next)
	return o.DB.Retry(ctx, id, next, problem)
}

// Unclear implements [notify.Queue].
func (o Outbox) Unclear(ctx context.Context, id string, next time.Time, problem string) error {
	defer o.Due(next)
	return o.DB.Unclear(ctx, id, next, problem)
}

// Pause implements [notify.Queue].
func (o Outbox) Pause(ctx context.Context, channel string, until time.Time) error {
	defer o.Due(until)
	return o.DB.Pause(ctx, channel, until)
}

// Trouble implements [notify.Queue].
func (o Outbox) Trouble(ctx context.Context, channel, problem string, until, now time.Time) error {
	defer o.Due(until)
	return o.DB.Trouble(ctx, channel, problem, until, now)
}

// Flush returns the job that sends what is due, and tells when more is.
func (o Outbox) Flush(send *notify.Sender) func(context.Context) error {
	return func(ctx context.Context) error {
		if err := send.Flush(ctx); err != nil {
			return err
		}
		next, err := o.NextDue(ctx)
		if err == nil && next.After(time.Now()) { // what is due and was not sent waits for its channel
			o.Due(next)
		}
		return err
	}
}
