package web

import (
	"context"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

const (
	aMoment  = 3 * time.Second // for so long what was made is handed to others
	mostMade = 8               // and so much of it at once, some 100 kB each
)

// A moment makes once what many ask for at the same time: all who have a page open
// hear of a change together, and ask for the page anew. What is of one reader alone
// has no place in it. The zero moment is ready; it is safe for concurrent use.
type moment struct {
	flight singleflight.Group

	mu   sync.Mutex
	made []made // the latest last
}

// A made is what was made, and what it is called.
type made struct {
	key string
	at  time.Time
	of  any
}

// get returns what was made under the key in this moment, or what is made now. Who
// goes while it is made takes it from nobody else.
func (m *moment) get(ctx context.Context, key string, make func(context.Context) (any, error)) (any, error) {
	if of, ok := m.find(key); ok {
		return of, nil
	}
	of, err, _ := m.flight.Do(key, func() (any, error) {
		if of, ok := m.find(key); ok { // made between the look above and here
			return of, nil
		}
		of, err := make(context.WithoutCancel(ctx))
		if err == nil {
			m.keep(made{strings.Clone(key), time.Now(), of})
		}
		return of, err
	})
	return of, err
}

func (m *moment) find(key string) (any, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, x := range m.made {
		if x.key == key && time.Since(x.at) < aMoment {
			return x.of, true
		}
	}
	return nil, false
}

// keep keeps x for a moment, and forgets what is older or too much.
func (m *moment) keep(x made) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.made = append(m.made, x)
	if more := len(m.made) - mostMade; more > 0 {
		clear(m.made[:more])
		m.made = m.made[more:]
	}
	time.AfterFunc(aMoment, m.forget)
}

// forget forgets what is older than a moment.
func (m *moment) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	var left []made
	for _, x := range m.made {
		if time.Since(x.at) < aMoment {
			left = append(left, x)
		}
	}
	m.made = left
}
