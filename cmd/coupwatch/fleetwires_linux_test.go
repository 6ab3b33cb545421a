package main

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// Wires are many feeds, whose items grow in number.
type wires struct {
	urls []string

	mu    sync.Mutex
	items [][]string // titles by feed
}

func newWires(feeds int) *wires {
	p := &wires{items: make([][]string, feeds)}
	for n := range p.items {
		p.items[n] = []string{fmt.Sprintf("Rain in town%d", n)}
	}
	return p
}

// name says where the feeds are: spread over hosts.
func (p *wires) name(hosts []string) {
	for n := range p.items {
		p.urls = append(p.urls, fmt.Sprintf("%s/%d", hosts[n%len(hosts)], n))
	}
}

// plant publishes the item i in a feed, every third in two of one channel, and
// returns their ids. No two tell of one thing.
func (p *wires) plant(i int) (ids []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	word := func(n int) string {
		return strings.Repeat(string(rune('b'+n%20)), 1) + "a" + strconv.FormatInt(int64(n)*7919+5003, 36)
	}
	title := fmt.Sprintf("Putsch %s %s %s %s", word(4*i), word(4*i+1), word(4*i+2), word(4*i+3))
	n := i * 37 % len(p.items)
	feeds := []int{n}
	if i%3 == 0 {
		feeds = append(feeds, (n+fleetChannels*fleetHosts/8)%len(p.items))
	}
	for _, n := range feeds {
		ids = append(ids, news.ItemID(p.urls[n], fmt.Sprint("g", len(p.items[n]))))
		p.items[n] = append(p.items[n], title)
	}
	return ids
}

func (p *wires) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(strings.Trim(r.URL.Path, "/")) // 0 for what is no feed
	p.mu.Lock()
	titles := p.items[n]
	p.mu.Unlock()
	if n%8 == 0 { // slow, so that many are being read when a daemon is killed
		select {
		case <-time.After(time.Duration(500+n%7*250) * time.Millisecond):
		case <-r.Context().Done():
			return
		}
	}
	tag := fmt.Sprintf(`"%d"`, len(titles))
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	fmt.Fprint(w, `<rss version="2.0"><channel><title>Wire</title>`)
	for i, title := range titles {
		fmt.Fprintf(w, `<item><title>%s</title><guid>g%d</guid></item>`, title, i)
	}
	fmt.Fprint(w, `</channel></rss>`)
}

// alerts returns all alerts to Slack.
func (f *fleet) alerts() (all []outbox.Delivery) {
	deliveries, err := f.db.Outbox(f.t.Context(), 10_000)
	if err != nil {
		f.t.Fatal(err)
	}
	for _, d := range deliveries {
		if strings.HasPrefix(d.Channel, "slack:") {
			all = append(all, d)
		}
	}
	return all
}

// longestClaim watches the database until ctx ends, and returns the longest time for
// which something was claimed by a daemon that did not beat. The time for which the
// database was away does not count: a PgBouncer lets whoever asks wait then.
func (f *fleet) longestClaim(ctx context.Context) (longest time.Duration) {
	const away = 3 * time.Second
	db, err := engine.Connect(f.daemonsBy)
	if err != nil {
		f.t.Error(err)
		return 0
	}
	defer db.Close()
	type pulse struct {
		beat  int64
		since time.Time
	}
	pulses := map[string]pulse{}
	for tick := time.NewTicker(100 * time.Millisecond); ; {
		select {
		case <-ctx.Done():
			return longest
		case <-tick.C:
		}
		asked := time.Now()
		claims, err := beatsOfHolders(ctx, db)
		now := time.Now()
		if err != nil || now.Sub(asked) > away {
			clear(pulses) // it is away, or was, or all is over
			continue
		}
		for holder, beat := range claims {
			if p, known := pulses[holder]; !known || p.beat != beat {
				pulses[holder] = pulse{beat, now}
			}
			longest = max(longest, now.Sub(pulses[holder].since))
		}
	}
}

// beatsOfHolders returns the beats of those who have claimed something, 0 for those
// who are no longer known.
func beatsOfHolders(ctx context.Context, db *engine.DB) (map[string]int64, error) {
	rows, err := db.Reads.QueryContext(ctx, `
		SELECT c.holder, COALESCE(MAX(r.beat), 0) FROM (
			SELECT holder FROM hosts WHERE reading <> '' AND lease_until > $1
			UNION SELECT holder FROM alerts WHERE tried_at > 0 AND sent_at = 0 AND failed_at = 0
		) AS c LEFT JOIN replicas AS r ON r.id = c.holder GROUP BY c.holder`, time.Now().UnixMilli())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	beats := map[string]int64{}
	for rows.Next() {
		var holder string
		var beat int64
		if err := rows.Scan(&holder, &beat); err != nil {
			return nil, err
		}
		beats[holder] = beat
	}
	return beats, rows.Err()
}
