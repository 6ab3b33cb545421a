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

// An Archive knows what happened in a span of time and keeps alerts to be
// sent. *store.DB is one.
type Archive interface {
	// Digest returns what happened from the moment from until before to. Its
	// days are those of the zone of to.
	Digest(ctx context.Context, from, to time.Time) (news.Digest, error)
	// Queue queues a unless an alert of its ID was queued before.
	Queue(ctx context.Context, a news.Alert) (queued bool, err error)
}

// A Digest queues the daily digest.
type Digest struct {
	// Almost, if not nil, returns the items published from the moment from
	// until before to that a rule all but matched, those that lack least first.
	// Those that the digest tells anyway it leaves out.
	// Set it before the first Queue.
	Almost func(ctx context.Context, from, to time.Time) []news.NearMiss

	// Now, if not nil, is the clock. Set it before the first Queue.
	Now func() time.Time

	archive    Archive
	policy     func() news.Policy
	recipients []string

	mu   sync.Mutex
	date string          // of the latest digest
	done map[string]bool // its ids that need no second look: queued, or of an empty day
}

// NewDigest returns a Digest of archive by the policy in use. The channel
// "email" stands for one mail to each of recipients.
func NewDigest(archive Archive, policy func() news.Policy, recipients ...string) *Digest {
	return &Digest{archive: archive, policy: policy, recipients: recipients}
}

// Queue queues the latest digest that was due, for each channel that gets it.
// It may be called at any time, any number of times, by any replica: a digest
// is queued once for each date and channel. After a time in which nobody
// called it, only the latest is queued; and none is for a time before the
// first item was read, nor for a day without stories if the plan wants none.
func (d *Digest) Queue(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	plan := d.plan()
	latest, before := plan.Due(d.now())
	latest, before = latest.In(plan.Zone), before.In(plan.Zone) // days are those of the zone
	date := latest.In(plan.Zone).Format(time.DateOnly)
	if date != d.date {
		d.date, d.done = date, map[string]bool{}
	}
	var owed []news.Alert
	for _, channel := range Expand(plan.To, d.recipients) {
		id := "digest/" + date + "/" + channel
		if !d.done[id] {
			owed = append(owed, news.Alert{ID: id, Channel: channel, Kind: news.Daily, DueAt: latest.UTC()})
		}
	}
	if len(owed) == 0 {
		return nil
	}
	digest, err := d.read(ctx, date, before, latest)
	if err != nil || digest == nil {
		return err
	}
	for _, a := range owed {
		if empty(digest) && !plan.Empty {
			d.done[a.ID] = true
			continue
		}
		a.Digest = digest
		if _, err := d.archive.Queue(ctx, a); err != nil {
			return fmt.Errorf("queue the digest of %s for %s: %w", date, a.Channel, err)
		}
		d.done[a.ID] = true
	}
	return nil
}

// Preview returns the digest as it would be if it were due at now.
func (d *Digest) Preview(ctx context.Context, now time.Time) (news.Digest, error) {
	local := now.In(d.plan().Zone)
	from, to := local.AddDate(0, 0, -1), local
	digest, err := d.archive.Digest(ctx, from, to)
	if err != nil {
		return news.Digest{}, fmt.Errorf("read the digest: %w", err)
	}
	d.complete(ctx, &digest, local.Format(time.DateOnly), from, to)
	return digest, nil
}

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

// read returns the digest of a date, or nil if nothing was ever read before it
// was due: then coupwatch was not there.
func (d *Digest) read(ctx context.Context, date string, from, to time.Time) (*news.Digest, error) {
	digest, err := d.archive.Digest(ctx, from, to)
	if err != nil {
		return nil, fmt.Errorf("read the digest of %s: %w", date, err)
	}
	if digest.Items == 0 {
		ever, err := d.archive.Digest(ctx, time.Unix(0, 0).UTC(), to)
		if err != nil {
			return nil, fmt.Errorf("read the digest of %s: %w", date, err)
		}
		if ever.Items == 0 {
			return nil, nil
		}
	}
	d.complete(ctx, &digest, date, from, to)
	return &digest, nil
}

// complete adds to a digest what the archive does not know.
func (d *Digest) complete(ctx context.Context, digest *news.Digest, date string, from, to time.Time) {
	digest.Date, digest.From, digest.To = date, from.UTC(), to.UTC()
	if d.Almost != nil {
		digest.Almost = unlisted(d.Almost(ctx, from, to), digest.Stories)
	}
	digest.Stories, digest.Muted = brief(digest.Stories), brief(digest.Muted)
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
		out[i].Gists, out[i].Updates, out[i].Heard = nil, nil, nil
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
