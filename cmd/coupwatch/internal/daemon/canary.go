package daemon

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/outbox"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// A Canary is a harmless item that goes the whole way once a day: it is read when
// its feed is due, which answers from here and not from a server, matched by a rule
// of its own, stored, owed and sent, to operators alone. That it has not arrived
// after a while is told. Make one with [NewCanary]; nil is none.
type Canary struct {
	plan    settings.Canary
	rules   *matcher.Rules
	started time.Time
}

// canaryRules match the canary, and nothing that is not one.
const canaryRules = `
rules:
  - {id: canary, title: Canary, severity: high, match: '"coupwatch canary"'}
routes: [{to: console}]
`

// NewCanary returns the canary that goes as planned, from now on; nil if none is.
func NewCanary(plan settings.Canary, now time.Time) (*Canary, error) {
	if plan.Zone == nil {
		return nil, nil
	}
	rules, err := matcher.Parse("canary", []byte(canaryRules))
	if err != nil {
		return nil, err
	}
	return &Canary{plan: plan, rules: rules, started: now}, nil
}

// withCanary are rules in use that know the canary and its feed.
type withCanary struct {
	watcher.Rules
	canary *Canary
}

// Feeds returns those of the rules, and that of the canary.
func (r withCanary) Feeds() []news.Feed {
	return append(slices.Clone(r.Rules.Feeds()), news.Feed{URL: news.CanaryFeed, Name: "Canary", Publisher: "Coupwatch", Language: "en", Schedule: r.canary.plan.Schedule()})
}

// Match matches the canary by its own rule.
func (r withCanary) Match(it news.Item) (news.Report, bool) {
	if it.Feed == news.CanaryFeed {
		return r.canary.rules.Match(it)
	}
	return r.Rules.Match(it)
}

// Watch makes a watcher of o watch the canary too.
func (c *Canary) Watch(o *watcher.Options) {
	if c == nil {
		return
	}
	rules, next, decide := o.Rules, o.Fetch, o.Decide
	o.Rules = func() watcher.Rules { return withCanary{rules(), c} }
	o.Fetch = canaryFetcher{next, c}
	o.Decide = func(p news.Policy, now time.Time) news.Decider {
		return canaryDecider{decide(p, now), c.channels(p), now, c}
	}
}

// channels returns where the canary is heard.
func (c *Canary) channels(p news.Policy) []string {
	if len(c.plan.To) > 0 {
		return c.plan.To
	}
	return p.Operators
}

// A canaryFetcher answers for the feed of the canary.
type canaryFetcher struct {
	watcher.Fetcher
	canary *Canary
}

// Fetch implements [watcher.Fetcher]. What a feed carries when it is first read
// wakes nobody, so that is another item.
func (c canaryFetcher) Fetch(ctx context.Context, f news.FeedState) (fetch.Answer, error) {
	if f.URL != news.CanaryFeed {
		return c.Fetcher.Fetch(ctx, f)
	}
	now := time.Now()
	day := c.canary.plan.Last(now)
	key := day.Format(time.DateOnly)
	if f.LastGood.IsZero() {
		key = "first"
	}
	return fetch.Answer{Address: "https://canary.invalid/", Data: fmt.Appendf(nil, `<?xml version="1.0"?><rss version="2.0"><channel><title>Canary</title><language>en</language>
<item><title>Coupwatch canary of %s</title><guid>%s</guid><pubDate>%s</pubDate><description>It sings, and nothing has happened.</description></item></channel></rss>`,
		day.Format("2 January 2006"), key, now.UTC().Format(time.RFC1123Z))}, nil
}

// A canaryDecider owes the canary to operators, and leaves all else to another.
type canaryDecider struct {
	news.Decider
	to     []string
	now    time.Time
	canary *Canary
}

// Decide implements [news.Decider].
func (d canaryDecider) Decide(r news.Report, closed ...news.Story) (owed news.Decision) {
	if r.Feed != news.CanaryFeed {
		return d.Decider.Decide(r, closed...)
	}
	if r.First || len(r.Matches) == 0 {
		return owed
	}
	id := "canary/" + r.GUID // as canaryOf has it
	text := fmt.Sprintf("%s: this is the daily test of coupwatch itself, and no news. An item was read, matched, decided about, stored and sent; so would one of a coup.", r.Title)
	for _, channel := range d.to {
		owed.Alerts = append(owed.Alerts, news.Alert{ID: id + "/" + channel, Channel: channel, Kind: news.Notice, Trouble: id, Notice: text, DueAt: d.now})
	}
	return owed
}

// missing says why the last canary that should have arrived at now has not, "" if it
// has, and by which channel it was not sent; "" for none.
func (c *Canary) missing(ctx context.Context, db *store.DB, now time.Time) (text, channel string, err error) {
	due := c.plan.Last(now)
	if now.Before(c.deadline(due)) { // the one before is the last that should have
		due = c.plan.Last(due.Add(-time.Minute))
	}
	f, known, err := db.Feed(ctx, news.CanaryFeed)
	if err != nil || now.Before(c.deadline(due)) {
		return "", "", err
	}
	says := fmt.Sprintf("The canary of %s has not arrived within %s: ", due.Format("2 January 15:04 MST"), news.Roughly(c.plan.Within))
	switch never := f.LastGood.IsZero(); {
	case !known, never && c.started.Before(due), !never && f.LastGood.Before(due):
		return says + "nothing reads the feeds that are due. Look whether coupwatch runs and reads: coupwatch feeds.", "", nil
	case never, !f.Signs.Content.Since.Before(due): // the first one was not due yet
		return "", "", nil
	}
	sent, err := db.AlertsOf(ctx, canaryOf(due))
	switch i := slices.IndexFunc(sent, func(d outbox.Delivery) bool { return d.Sent.IsZero() }); {
	case err != nil:
		return "", "", err
	case len(sent) == 0:
		return says + "it was read, but no rule matched it or nothing came of that. Start coupwatch again, and tell those who make it.", "", nil
	case i >= 0:
		return says + fmt.Sprintf("it is owed to %s but was not sent; see coupwatch outbox.", sent[i].Channel), sent[i].Channel, nil
	}
	return "", "", nil
}

// deadline returns by when the canary that was due at a time should have arrived.
func (c *Canary) deadline(due time.Time) time.Time {
	if c.started.After(due) { // it goes late
		due = c.started
	}
	return due.Add(c.plan.Within)
}

// canaryOf returns what the alerts of the canary that was due at a time are about.
func canaryOf(due time.Time) string { return "canary/" + due.Format(time.DateOnly) }

// tellOfCanary tells that a canary has not arrived, and when one has again.
func (o *Operators) tellOfCanary(ctx context.Context) error {
	if o.Canary == nil {
		return nil
	}
	text, channel, err := o.Canary.missing(ctx, o.db, time.Now().UTC())
	if err != nil {
		return err
	}
	var now []trouble
	if text != "" {
		now = []trouble{{name: ofCanary, text: text}}
	}
	if channel != "" {
		now[0].to = otherWays(o.use.Policy().Operators, channel)
	}
	return o.reconcile(ctx, ofCanary, now)
}
