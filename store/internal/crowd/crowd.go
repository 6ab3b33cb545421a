// Package crowd lets those who wait for the writer of a database at the same time
// share one transaction: committing costs as much as storing little, and readings come
// in crowds. Whoever gets the turn works for all that wait.
package crowd

import (
	"fmt"
	"sync"
	"time"
)

// A Group is those who share. It is safe for concurrent use; make one with [New].
type Group[T any] struct {
	key      func(T) string
	together func(all []T) error

	mu      sync.Mutex
	waiting []*member[T]
	turn    chan struct{} // holds one while somebody works
	crowded bool          // several waited the last time; who has the turn may look
}

// A member waits to be worked on, or was.
type member[T any] struct {
	it    T
	done  chan struct{} // closed when it was worked on, or is to be alone
	alone bool          // the transaction that it shared failed: it gets its own
}

// gathering is how long others are waited for while they come in crowds.
const gathering = 10 * time.Millisecond

// New returns a group of which together works on some, all or none of them. Of those
// with one key it is given one at a time: a second one is to see what the first did.
func New[T any](key func(T) string, together func(all []T) error) *Group[T] {
	return &Group[T]{key: key, together: together, turn: make(chan struct{}, 1)}
}

// Alone waits until nobody works, and keeps others from it until release is called.
func (g *Group[T]) Alone() (release func()) {
	g.turn <- struct{}{}
	return func() { <-g.turn }
}

// Waiting returns how many wait.
func (g *Group[T]) Waiting() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.waiting)
}

// Do works on it with whatever else waits, or alone if that fails: what is wrong with
// one costs the others nothing.
func (g *Group[T]) Do(it T) error {
	m := &member[T]{it: it, done: make(chan struct{})}
	g.mu.Lock()
	g.waiting = append(g.waiting, m)
	g.mu.Unlock()
	for {
		select {
		case g.turn <- struct{}{}:
			g.work()
			<-g.turn
		case <-m.done:
			if !m.alone {
				return nil
			}
			defer g.Alone()()
			return g.together([]T{it})
		}
	}
}

// work works on what waits. Who waits alone is left to himself, and so is each if
// their transaction fails: an error is told to whom it concerns, and a panic is his
// own.
func (g *Group[T]) work() {
	if g.crowded {
		<-time.After(gathering)
	}
	all := g.take()
	g.crowded = len(all) > 1
	alone := len(all) == 1 || len(all) > 1 && g.try(all) != nil
	for _, m := range all {
		m.alone = alone
		close(m.done)
	}
}

// try works on all together. It returns a panic as an error.
func (g *Group[T]) try(all []*member[T]) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	its := make([]T, len(all))
	for i, m := range all {
		its[i] = m.it
	}
	return g.together(its)
}

// take returns what waits, but of each key one.
func (g *Group[T]) take() (all []*member[T]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	taken := map[string]bool{}
	var rest []*member[T]
	for _, m := range g.waiting {
		if key := g.key(m.it); taken[key] {
			rest = append(rest, m)
		} else {
			taken[key] = true
			all = append(all, m)
		}
	}
	g.waiting = rest
	return all
}
