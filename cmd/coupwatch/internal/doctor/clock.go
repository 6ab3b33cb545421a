package doctor

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
)

// askTime is how long a server may take to tell the time.
const askTime = 5 * time.Second

// mostSkew is how wrong the clock of this machine may be: beyond it news are too
// old before they are read, or have not happened yet.
const mostSkew = time.Minute

// mostServers is how many servers are asked for the time.
const mostServers = 5

// Clock compares the clock of this machine with those of some servers of feeds,
// which are asked over the proxy that fits their address, if any. It goes by what
// they say in the header Date of their answers (RFC 9110, section 6.6.1), and by
// the one in the middle: some are wrong.
func Clock(ctx context.Context, proxy func(*url.URL) (*url.URL, error), feeds []news.Feed) Ward {
	transport := &http.Transport{}
	if proxy != nil {
		transport.Proxy = func(r *http.Request) (*url.URL, error) { return proxy(r.URL) }
	}
	defer transport.CloseIdleConnections()
	var skews []time.Duration
	for i, server := range servers(feeds) {
		if i == mostServers {
			break
		}
		if skew, known := skewOf(ctx, &http.Client{Transport: transport}, server); known {
			skews = append(skews, skew)
		}
	}
	return Ward{"clock", []notify.Finding{judgeSkews(skews)}}
}

// servers returns the addresses of the servers of feeds, each once.
func servers(feeds []news.Feed) (all []string) {
	for _, f := range feeds {
		u, err := url.Parse(f.URL)
		if err != nil {
			continue
		}
		if root := u.Scheme + "://" + u.Host + "/"; !slices.Contains(all, root) {
			all = append(all, root)
		}
	}
	return all
}

func judgeSkews(skews []time.Duration) notify.Finding {
	if len(skews) == 0 {
		return unseen("time", "no feed's server tells the time; see that this machine keeps it (NTP)")
	}
	slices.Sort(skews)
	skew := skews[len(skews)/2].Round(time.Second)
	switch {
	case skew > mostSkew:
		return bad("time", fmt.Errorf("the clock of this machine is %s slow; set it, and keep it right with NTP", skew))
	case skew < -mostSkew:
		return bad("time", fmt.Errorf("the clock of this machine is %s fast; set it, and keep it right with NTP", -skew))
	}
	return good("time", "within %s of what servers say", max(skew.Abs(), time.Second))
}

// skewOf returns how much later it is at a server than here.
func skewOf(ctx context.Context, client *http.Client, address string) (skew time.Duration, known bool) {
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, address, nil)
	if err != nil {
		return 0, false
	}
	asked := time.Now()
	resp, err := client.Do(req)
	if err != nil {
		return 0, false
	}
	_ = resp.Body.Close() // it has none
	at, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil || resp.Header.Get("Age") != "" { // what a cache kept says when it was made
		return 0, false
	}
	half := time.Since(asked) / 2
	return at.Add(time.Second / 2).Sub(asked.Add(half)), true // seconds are cut off, half of one on the average
}
