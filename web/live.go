package web

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

const (
	lookEvery  = 2 * time.Second  // so often it is looked whether stories changed, while anybody waits
	comeBack   = 5 * time.Second  // who lost the connection tries again after it
	pulseEvery = 25 * time.Second // so often those who wait hear that the connection stands
	mostLive   = 200              // so many may wait at once
)

// A live tells who has a page open when stories changed. However many wait, it
// looks once.
type live struct {
	version             func(context.Context) (int64, error)
	lookEvery, comeBack time.Duration

	mu      sync.Mutex
	waiting map[chan int64]bool
}

// serve answers with server-sent events until the reader goes: "stories", with
// the version of the stories, whenever that changed, and at once if it is not the
// one that the reader has.
func (l *live) serve(w http.ResponseWriter, r *http.Request) {
	mine, ok := l.join(r.Context())
	if !ok {
		w.Header().Set("Retry-After", "60")
		http.Error(w, "too many pages are open", http.StatusServiceUnavailable)
		return
	}
	defer l.leave(mine)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no")
	out := http.NewResponseController(w)
	say := func(text string) bool {
		_ = out.SetWriteDeadline(time.Now().Add(2 * pulseEvery)) // who does not read that long is gone
		if _, err := io.WriteString(w, text); err != nil {
			return false
		}
		return out.Flush() == nil
	}
	pulse := time.NewTicker(pulseEvery)
	defer pulse.Stop()
	alive := say(fmt.Sprintf("retry: %d\n\n", l.comeBack.Milliseconds()))
	if version, err := l.version(r.Context()); err == nil && fmt.Sprint(version) != cmp.Or(r.Header.Get("Last-Event-ID"), r.FormValue("after")) {
		alive = alive && say(event(version))
	}
	for alive {
		select {
		case version := <-mine:
			alive = say(event(version))
		case <-pulse.C:
			alive = say(": well\n\n")
		case <-r.Context().Done():
			return
		}
	}
}

// event writes that the stories are others now.
func event(version int64) string {
	return fmt.Sprintf("event: stories\nid: %d\ndata: %d\n\n", version, version)
}

// join takes in somebody who waits, unless there are too many; the first has it
// looked for changes, until nobody is left.
func (l *live) join(ctx context.Context) (chan int64, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting) >= mostLive {
		return nil, false
	}
	if l.waiting == nil {
		l.waiting = map[chan int64]bool{}
		go l.look(context.WithoutCancel(ctx))
	}
	mine := make(chan int64, 1)
	l.waiting[mine] = true
	return mine, true
}

func (l *live) leave(mine chan int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.waiting, mine)
}

// look tells those who wait of each change, until nobody does. A database that
// does not answer is told by the page that is asked for.
func (l *live) look(ctx context.Context) {
	known, _ := l.version(ctx)
	tick := time.NewTicker(l.lookEvery)
	defer tick.Stop()
	for range tick.C {
		version, err := l.version(ctx)
		if err != nil {
			version = known
		}
		if !l.tell(version, version != known) {
			return
		}
		known = version
	}
}

// tell tells those who wait of a version if it is another, and reports whether
// there are any. Who has not read the last one is told of this in its place.
func (l *live) tell(version int64, other bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.waiting) == 0 {
		l.waiting = nil
		return false
	}
	for mine := range l.waiting {
		if !other {
			break
		}
		select {
		case <-mine:
		default:
		}
		mine <- version
	}
	return true
}
