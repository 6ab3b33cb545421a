// Package push has hubs send us what feeds bring, in the moment that they do
// (WebSub, the Recommendation of the W3C). A [Subscriber] asks the hubs that feeds
// name, and is the door at which these ask back and to which they send.
//
// Nothing hangs on it: feeds are read as if there were no hubs. What is asked of
// whom is in the store, so that any replica may ask, be asked back and be sent to,
// and none has to live on for what it began.
package push

import (
	"context"
	"errors"
	"hash/fnv"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// A Store remembers subscriptions. *store.DB is one, and says what each method
// does.
type Store interface {
	ArrangeSubscriptions(ctx context.Context, base string, now time.Time) error
	ClaimSubscriptions(ctx context.Context, base string, now time.Time, n int) ([]news.Subscription, error)
	NoteAccepted(ctx context.Context, s news.Subscription, next time.Time) error
	NoteRefused(ctx context.Context, s news.Subscription, problem string, next time.Time) error

	Subscription(ctx context.Context, id string) (s news.Subscription, found bool, err error)
	VerifySubscription(ctx context.Context, id, topic string, now, until, next time.Time) (bool, error)
	EndSubscription(ctx context.Context, id, topic string) (bool, error)
	DenySubscription(ctx context.Context, id, topic, problem string, next time.Time) (bool, error)
	NoteSent(ctx context.Context, id, problem string, now time.Time) error
}

// A Network asks hubs, and reads what they send. *fetch.HTTP is one.
type Network interface {
	Ask(ctx context.Context, feed, hub string, form url.Values) error
	Receive(w http.ResponseWriter, r *http.Request) (fetch.Answer, error)
}

// A Reader takes what hubs send. *watcher.Watcher is one.
type Reader interface {
	Take(ctx context.Context, feed string, a fetch.Answer) (problem string, listed bool, err error)
}

// Options are what a [Subscriber] is made of. All must be set.
type Options struct {
	Base    string // where hubs reach us, such as "https://coupwatch.example.org", without a slash at the end
	Store   Store
	Network Network
	Reader  Reader
	Log     *slog.Logger
}

// A Subscriber subscribes to feeds at their hubs. It is safe for concurrent use;
// make one with [New].
type Subscriber struct{ use Options }

// New returns a Subscriber.
func New(o Options) *Subscriber { return &Subscriber{o} }

const (
	atOnce = 4                   // hubs that are asked at the same time
	lease  = 10 * 24 * time.Hour // for how long they are asked to send
	backIn = 5 * time.Minute     // by when they should have asked back
	rest   = 12 * time.Hour      // the longest pause after failures
	denied = 7 * 24 * time.Hour  // the pause after they said no
)

// Ask asks the hubs of which something is due: to send, to go on, or to end.
func (s *Subscriber) Ask(ctx context.Context) error {
	if err := s.use.Store.ArrangeSubscriptions(ctx, s.use.Base, time.Now().UTC()); err != nil {
		return err
	}
	for {
		due, err := s.use.Store.ClaimSubscriptions(ctx, s.use.Base, time.Now().UTC(), atOnce)
		if err != nil {
			return err
		}
		var asking sync.WaitGroup
		for _, sub := range due {
			asking.Go(func() { s.ask(ctx, sub) })
		}
		asking.Wait()
		if len(due) < atOnce || ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// ask asks one hub, and notes what it says.
func (s *Subscriber) ask(ctx context.Context, sub news.Subscription) {
	form := url.Values{
		"hub.mode":     {"subscribe"},
		"hub.topic":    {sub.Hub.Topic},
		"hub.callback": {s.use.Base + Path + sub.ID},
	}
	if sub.Ending {
		form.Set("hub.mode", "unsubscribe")
	} else {
		form.Set("hub.lease_seconds", strconv.Itoa(int(lease/time.Second)))
		form.Set("hub.secret", sub.Secret)
	}
	err := s.use.Network.Ask(ctx, sub.Feed, sub.Hub.URL, form)
	if ctx.Err() != nil {
		return // the claim ends by itself
	}
	now, log := time.Now().UTC(), s.use.Log.With("feed", news.Redact(sub.Feed))
	if err == nil {
		err = s.use.Store.NoteAccepted(ctx, sub, now.Add(max(backIn, pause(sub.Failures))))
	} else {
		if sub.Problem != err.Error() {
			log.Warn("feed is not pushed, and is read as always", "problem", err)
		}
		wait := pause(sub.Failures + 1)
		if trouble := (*fetch.Trouble)(nil); errors.As(err, &trouble) {
			wait = max(wait, trouble.After)
		}
		err = s.use.Store.NoteRefused(ctx, sub, err.Error(), now.Add(wait))
	}
	if err != nil && ctx.Err() == nil {
		log.Error("hub asked but that not recorded", "err", err)
	}
}

// pause returns how long a hub is left alone after so many failures.
func pause(failures int) time.Duration {
	if failures == 0 {
		return 0
	}
	return min(backIn<<min(failures-1, 10), rest)
}

// renewal returns how long after the hub promised to send for a time it is asked to
// go on: well before its end, and not for all subscriptions at once.
func renewal(id string, promised time.Duration) time.Duration {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // it never fails
	early := promised/8 + time.Duration(float64(promised/8)*float64(h.Sum32())/(1<<32))
	return max(promised-early, time.Minute)
}
