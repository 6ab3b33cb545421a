package bench

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
)

// drafts are edited rules, made ready: that takes a second of a processor and some
// 40 MB, so that one is made at a time and only the last is kept, for a while.
type drafts struct {
	turn sync.Mutex // held while one is made, or only read

	mu   sync.Mutex
	key  [32]byte
	edit matcher.Edit
	err  error
	gone *time.Timer
}

// keptFor is for how long a draft is kept that nobody asks for again.
const keptFor = 5 * time.Minute

// draft returns the rules with lines in the place of an entry, or what is wrong with
// them.
func (b *Room) draft(ctx context.Context, s *matcher.Sources, e matcher.Entry, lines string) (matcher.Edit, error) {
	d := &b.drafts
	key := sha256.Sum256([]byte(s.Version() + "\x00" + e.Place() + "\x00" + lines))
	d.turn.Lock()
	defer d.turn.Unlock()
	if edit, known, err := d.known(key); known {
		return edit, err
	}
	if err := ctx.Err(); err != nil { // who asked has gone while others had their turn
		return matcher.Edit{}, err
	}
	edit, err := s.With(e, lines)
	d.keep(key, edit, err)
	return edit, err
}

// known returns a draft that is kept, and whether it is.
func (d *drafts) known(key [32]byte) (edit matcher.Edit, known bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.key != key || d.gone == nil {
		return matcher.Edit{}, false, nil
	}
	d.gone.Reset(keptFor)
	return d.edit, true, d.err
}

func (d *drafts) keep(key [32]byte, edit matcher.Edit, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.gone != nil {
		d.gone.Stop()
	}
	d.key, d.edit, d.err = key, edit, err
	d.gone = time.AfterFunc(keptFor, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.key == key {
			d.key, d.edit, d.err, d.gone = [32]byte{}, matcher.Edit{}, nil, nil
		}
	})
}

func isTooLarge(err error) bool {
	var large *http.MaxBytesError
	return errors.As(err, &large)
}
