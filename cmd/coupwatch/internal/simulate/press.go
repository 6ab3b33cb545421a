package simulate

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/coupwatch/coupwatch/internal/cputime"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/pace"
)

// A press answers for all feeds of a world, as their servers would: in 200 to 900 ms,
// with a validator, and with what is new when something is.
type press struct {
	world *World
	*Gauges
	out func(time.Time) bool
}

// Fetch implements [watcher.Fetcher].
func (p *press) Fetch(ctx context.Context, f news.FeedState) (fetch.Answer, error) {
	n, err := strconv.Atoi(f.URL[strings.LastIndexByte(f.URL, '/')+1:])
	if err != nil {
		return fetch.Answer{}, fmt.Errorf("no feed of this world: %w", err)
	}
	p.late(f)
	select {
	case <-time.After(200*time.Millisecond + time.Duration(chance(n, p.count(&p.readings), 20)%700)*time.Millisecond):
	case <-ctx.Done():
		return fetch.Answer{}, ctx.Err()
	}
	if p.out != nil && p.out(time.Now()) {
		return fetch.Answer{}, &fetch.Trouble{Text: "the name server gives no answer for " + news.HostOf(f.URL) + "; it may pass"}
	}
	if isDead(n) {
		return fetch.Answer{}, &fetch.Trouble{Text: "the server answers 404", Pace: pace.Slow, Status: 404}
	}
	a := fetch.Answer{Address: f.URL, ContentType: "application/rss+xml"}
	p.pressTime.add(func() {
		items := p.world.Items(n, time.Now())
		if a.ETag = strconv.Itoa(items); a.ETag == f.ETag {
			a.NotModified = true
			return
		}
		a.Data = p.world.document(n, items)
	})
	p.bytes.Add(int64(len(a.Data)))
	return a, nil
}

// count counts one more, and returns how many there were.
func (*press) count(n *atomic.Int64) int { return int(n.Add(1)) }

// document returns feed n when it has carried so many items.
func (w *World) document(n, items int) []byte {
	var b strings.Builder
	f := w.Feeds[n]
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>%s</title><language>%s</language>`, f.Name, f.Language)
	for k := items - 1; k >= max(0, items-kept); k-- {
		d := w.dispatch(n, k)
		fmt.Fprintf(&b, `<item><title>%s</title><link>https://host%d.example/%d/%d</link><guid isPermaLink="false">%d-%d</guid><pubDate>%s</pubDate><description>%s</description></item>`,
			d.title, n/aHost, n, k, n, k, w.published(n, k).UTC().Format(time.RFC1123Z), d.text)
	}
	b.WriteString(`</channel></rss>`)
	return []byte(b.String())
}

// A stopwatch adds up how long the processor works at something.
type stopwatch struct{ nanos, times atomic.Int64 }

// add does something.
func (s *stopwatch) add(do func()) {
	s.nanos.Add(cputime.Of(do).Nanoseconds())
	s.times.Add(1)
}

// each returns how long it took each time.
func (s *stopwatch) each() time.Duration {
	return time.Duration(s.nanos.Load() / max(1, s.times.Load()))
}

func (s *stopwatch) total() time.Duration { return time.Duration(s.nanos.Load()) }
