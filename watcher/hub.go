package watcher

import (
	"cmp"
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/internal/say"
)

// hubOf returns the hub that the feed f names in an answer: in a header, else in
// the document (WebSub, section 4). Who is let in by a secret, or asks over a proxy
// of the feed's own, names none: a hub is not let in, and is told where we are.
func hubOf(raw rawFeed, a *fetch.Answer, f news.Feed) (hub news.Hub) {
	hidden := f.Login != "" || f.Access.Secret() || f.Access != nil && f.Access.Proxy != news.Value{}
	hubs, self := a.Hubs, a.Self
	if len(hubs) == 0 {
		hubs, self = raw.hubs, raw.self
	}
	topic := onTheWeb(cmp.Or(self, raw.self, a.Address), a.Address)
	if hidden || topic == "" {
		return news.Hub{}
	}
	for _, h := range hubs {
		if h = onTheWeb(h, a.Address); h != "" && (hub.URL == "" || !strings.HasPrefix(hub.URL, "https:") && strings.HasPrefix(h, "https:")) {
			hub = news.Hub{URL: h, Topic: topic}
		}
	}
	return hub
}

// maxAddress is the longest address of a hub that is kept.
const maxAddress = 2048

// onTheWeb returns a link of the document at base as an address of the web, "" if it
// is none, or if it holds a secret.
func onTheWeb(link, base string) string {
	from, err := url.Parse(base)
	if err != nil {
		return ""
	}
	u, err := from.Parse(strings.TrimSpace(link))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.Fragment = ""
	if plain, secrets := news.SplitSecrets(u.String()); secrets != "" || plain != u.String() || len(plain) > maxAddress {
		return ""
	}
	return u.String()
}

// Take takes what the hub of the feed at url sent: the items that are new go the way
// of those that are read. The problem is what is wrong with what was sent, "" for
// nothing; an error is that it could not be recorded. A feed that is no longer in the
// rules is not listed.
func (w *Watcher) Take(ctx context.Context, url string, a fetch.Answer) (problem string, listed bool, err error) {
	if err := w.setFeeds(ctx); err != nil {
		return "", true, err
	}
	w.feeds.Lock()
	f, listed := w.listed[url]
	w.feeds.Unlock()
	if !listed {
		return "", false, nil
	}
	state := news.FeedState{Feed: f}
	defer w.survive(state)
	now := time.Now().UTC()
	d, err := w.document(&a, f, now, nil)
	if err != nil {
		return "the hub sent what is no feed: " + say.Excerpt(err.Error(), 200), true, nil
	}
	rules, reading := w.use.Rules(), news.Reading{Feed: f, At: now, Items: d.Items, Pushed: true}
	tally, err := w.ingest(ctx, rules, reading, w.reports(ctx, rules, &reading))
	if tally.Renamed > 0 {
		w.editions.put(url, nil)
	}
	w.use.Wake(now) // what the hub sent otherwise than it is known is to be read
	w.tell(state, reading, tally, err)
	return "", true, err
}
