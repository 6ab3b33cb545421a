package slackdouble

import (
	"bytes"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

// A Trouble makes a Slack unreliable, now and then and at random. The zero
// Trouble makes none.
type Trouble struct {
	Share float64       // of calls that meet with one, up to 1
	Slow  time.Duration // how long Slack thinks at most
	Dice  *Dice
}

// Dice are random numbers for several goroutines.
type Dice struct {
	mu   sync.Mutex
	rand *rand.Rand
}

// NewDice returns dice that always fall in the same way.
func NewDice(seed uint64) *Dice { return &Dice{rand: rand.New(rand.NewPCG(seed, seed))} }

// throw returns a number from 0 up to but not including n, and a share.
func (d *Dice) throw(n int) (int, float64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.rand.IntN(n), d.rand.Float64()
}

// around calls do, or not, and answers with what it says, or not.
func (t Trouble) around(w http.ResponseWriter, do func(http.ResponseWriter)) {
	if t.Dice == nil {
		do(w)
		return
	}
	kind, share := t.Dice.throw(5)
	if share >= t.Share {
		do(w)
		return
	}
	switch kind {
	case 0: // slow
		_, part := t.Dice.throw(1)
		answer := httptest.NewRecorder()
		do(answer)
		<-time.After(time.Duration(part * float64(t.Slow)))
		give(w, answer)
	case 1: // has had enough
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
	case 2: // broken before it did anything
		http.Error(w, "<html>", http.StatusInternalServerError)
	case 3: // broken after it did
		do(httptest.NewRecorder())
		http.Error(w, "<html>", http.StatusBadGateway)
	default: // takes it and cuts the connection
		do(httptest.NewRecorder())
		panic(http.ErrAbortHandler)
	}
}

// give writes an answer that was kept.
func give(w http.ResponseWriter, a *httptest.ResponseRecorder) {
	for name, values := range a.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(a.Code)
	_, _ = w.Write(bytes.TrimSpace(a.Body.Bytes()))
}
