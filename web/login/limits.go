package login

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// So often somebody may try a password: a few times at once, then every so often.
const (
	tries      = 10
	tryEvery   = 10 * time.Second
	allTries   = 30 // of all together, who cost time and memory
	allEvery   = time.Second / 3
	mostLimits = 10_000
)

// limits are how often passwords may be tried with this process: of one name, from one
// address, and of all together.
type limits struct {
	mu        sync.Mutex
	all       *rate.Limiter
	byName    map[string]*rate.Limiter
	byAddress map[string]*rate.Limiter
}

func newLimits() *limits {
	return &limits{all: rate.NewLimiter(rate.Every(allEvery), allTries), byName: map[string]*rate.Limiter{}, byAddress: map[string]*rate.Limiter{}}
}

// allow reports whether a password of a name may be tried from an address at now. An
// address that tries too often keeps nobody else from it.
func (l *limits) allow(name, address string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return take(l.byAddress, network(address), now) && l.all.AllowN(now, 1) && take(l.byName, name, now)
}

// mayTry reports whether a password of a name may be tried from an address at now: of
// what this process let through already, as much as all replicas together may. So the
// database is asked a few times a second at most.
func (d *Desk) mayTry(ctx context.Context, name, address string, now time.Time) (bool, error) {
	if !d.limits.allow(name, address, now) {
		return false, nil
	}
	for _, key := range []string{"address " + network(address), "name " + name} {
		if may, err := d.Store.Try(ctx, key, tries, tryEvery, now); err != nil || !may {
			return false, err
		}
	}
	return true, nil
}

// take takes a try off a limiter, and forgets those that are full again.
func take(of map[string]*rate.Limiter, key string, now time.Time) bool {
	l := of[key]
	if l == nil {
		if len(of) >= mostLimits {
			for k, old := range of {
				if old.TokensAt(now) >= tries {
					delete(of, k)
				}
			}
		}
		if len(of) >= mostLimits {
			return false
		}
		l = rate.NewLimiter(rate.Every(tryEvery), tries)
		of[key] = l
	}
	return l.AllowN(now, 1)
}

// network returns the network that one customer of a provider has: an address of
// IPv4, sixty-four bits of IPv6.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Is4() {
		return address
	}
	n, _ := ip.Prefix(64) // it has as many
	return n.String()
}
