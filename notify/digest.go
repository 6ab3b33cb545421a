package notify

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// An Archive knows what happened and keeps digests to be sent. *store.DB is
// one.
type Archive interface {
	// NextDigest returns what a digest that ends at to covers: all since the
	// last one. It reports false if nothing was read by then.
	NextDigest(ctx context.Context, to time.Time) (period news.Period, found bool, err error)
	// Digest returns what happened in a period. Its days are those of the zone
	// of the period's end.
	Digest(ctx context.Context, period news.Period) (news.Digest, error)
	// QueueDigest queues the alerts that are the digest of a period, all or
	// none, unless another digest was queued since the period was asked for.
	QueueDigest(ctx context.Context, period news.Period, alerts []news.Alert) (queued bool, err error)
	// EndDigest corrects when the last digest ended, which cannot be true.
	EndDigest(ctx context.Context, at time.Time) error
}

// clocksDiffer is how far the end of the last digest may lie ahead: the clock
// was put back a little, or that of another replica is ahead.
const clocksDiffer = 25 * time.Hour

// halfDay is how long at least a digest covers that has nothing to tell.
const halfDay = 12 * time.Hour

// A Digest queues the daily digest.
type Digest struct {
	// Almost, if not nil, returns the items read from the moment from until
	// before to that a rule all but matched, those that lack least first. Those
	// that the digest tells anyway it leaves out. Set it before the first Queue.
	Almost func(ctx context.Context, from, to time.Time) []news.NearMiss

	// Now, if not nil, is the clock. Set it before the first Queue.
	Now func() time.Time

	archive    Archive
	policy     func() news.Policy
	recipients []string

	mu   sync.Mutex
	seen time.Time // the latest moment at which a digest was due and needs no second look
}

// NewDigest returns a Digest of archive by the policy in use. The channel
// "email" stands for one mail to each of recipients.
func NewDigest(archive Archive, policy func() news.Policy, recipients ...string) *Digest {
	return &Digest{archive: archive, policy: policy, recipients: recipients}
}

// Queue queues the digest if one is due, for each channel that gets it. It may
// be called at any time, any number of times, by any replica. Each digest
// begins where the last one ended, whatever became of the hour, the zone or the
// clock since, so that everything is in one digest. After a time in which
// nobody called it there is one digest of all that time; and there is none
// before the first item was read, nor while there are no stories if the plan
// wants none then.
func (d *Digest) Queue(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	plan, now := d.plan(), d.now()
	channels := Expand(plan.To, d.recipients)
	due, _ := plan.Due(now)
	if len(channels) == 0 || due.Equal(d.seen) {
		return nil
	}
	period, found, err := d.archive.NextDigest(ctx, due.In(plan.Zone)) // days are those of the zone
	switch {
	case err != nil:
		return fmt.Errorf("look for a digest: %w", err)
	case !found:
		return nil
	case period.From.After(now.Add(clocksDiffer)):
		return d.archive.EndDigest(ctx, now)
	case !period.From.Before(due):
		d.seen = due
		return nil
	}
	digest, err := d.read(ctx, period)
	if err != nil {
		return err
	}
	if empty(&digest) && due.Sub(period.From) < halfDay { // the hour was moved; the next one covers it
		d.seen = due
		return nil
	}
	var owed []news.Alert
	for _, channel := range channels {
		if !empty(&digest) || plan.Empty {
			id := "digest/" + due.UTC().Format("2006-01-02T15:04Z") + "/" + channel
			owed = append(owed, news.Alert{ID: id, Channel: channel, Kind: news.Daily, DueAt: due, Digest: &digest})
		}
	}
	if _, err := d.archive.QueueDigest(ctx, period, owed); err != nil {
		return fmt.Errorf("queue the digest of %s: %w", digest.Date, err)
	}
	d.seen = due
	return nil
}

// Preview returns the digest as it would be if it were due at now: what has
// been since the last one. Where nobody gets digests there is no last one, and it is
// of a day: to ask all that was ever read takes minutes.
func (d *Digest) Preview(ctx context.Context, now time.Time) (news.Digest, error) {
	local := now.In(d.plan().Zone)
	period, found, err := d.archive.NextDigest(ctx, local)
	switch {
	case err != nil:
		return news.Digest{}, fmt.Errorf("look for the last digest: %w", err)
	case !found || period.From.After(now):
		period.From, period.Oldest = local, local
	}
	day := local.AddDate(0, 0, -1)
	if len(Expand(d.plan().To, d.recipients)) > 0 || !period.From.Before(day) {
		return d.read(ctx, period)
	}
	period.From, period.Oldest = day, day
	digest, err := d.read(ctx, period)
	digest.Older = 0 // all that there ever were
	return digest, err
}

// now returns the time by the clock.
func (d *Digest) now() time.Time {
	if d.Now != nil {
		return d.Now()
	}
	return time.Now()
}

// plan returns the plan in use, which always has a zone.
func (d *Digest) plan() news.DigestPlan {
	plan := d.policy().Digest
	if plan.Zone == nil {
		plan.Zone = time.UTC
	}
	return plan
}

// read returns the digest of a period, with what the archive does not know.
func (d *Digest) read(ctx context.Context, period news.Period) (news.Digest, error) {
	date := period.To.Format(time.DateOnly)
	digest, err := d.archive.Digest(ctx, period)
	if err != nil {
		return digest, fmt.Errorf("read the digest of %s: %w", date, err)
	}
	digest.Date, digest.From, digest.To = date, period.From.UTC(), period.To.UTC()
	if d.Almost != nil {
		digest.Almost = unlisted(d.Almost(ctx, period.From, period.To), digest.Stories)
	}
	digest.Stories, digest.Muted = brief(digest.Stories), brief(digest.Muted)
	return digest, nil
}

// mostAlmost is how many near misses a digest has at the most. Those that are
// further away are mostly noise.
const mostAlmost = 10

// unlisted returns the first of the near misses that the digest does not tell
// anyway, as a report of one of its stories.
func unlisted(all []news.NearMiss, stories []news.Story) []news.NearMiss {
	told := map[string]bool{}
	for _, s := range stories {
		told[news.CanonicalLink(s.Link)], told[s.Headline] = true, true
		for _, u := range s.Updates {
			told[news.CanonicalLink(u.Link)], told[u.Title] = true, true
		}
		for _, g := range s.Gists {
			told[g.Link] = true
		}
	}
	delete(told, "")
	left := slices.DeleteFunc(slices.Clone(all), func(m news.NearMiss) bool { return told[news.CanonicalLink(m.Link)] || told[m.Title] })
	return left[:min(len(left), mostAlmost)]
}

// brief returns stories without what no digest shows, of which there is much.
func brief(stories []news.Story) []news.Story {
	out := slices.Clone(stories)
	for i := range out {
		out[i].Gists, out[i].Updates, out[i].Notified = nil, nil, nil
	}
	return out
}

// empty reports whether there is nothing in a digest that people could want to
// read. Of sick and silent feeds the operators hear otherwise.
func empty(d *news.Digest) bool { return len(d.Stories)+len(d.Almost)+len(d.Muted) == 0 }

// DigestText writes d as plain text.
func DigestText(w io.Writer, d news.Digest, style Style) error {
	_, err := w.Write(style.Text(news.Alert{Kind: news.Daily, Digest: &d}, false))
	return err
}

// DigestHTML writes d as a page for mail programs and browsers.
func DigestHTML(w io.Writer, d news.Digest, style Style) error {
	page, err := style.HTML(news.Alert{Kind: news.Daily, Digest: &d})
	if err != nil {
		return err
	}
	_, err = w.Write(page)
	return err
}
