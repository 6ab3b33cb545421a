package email

import (
	"sync"
	"time"
)

// mailsAnHour is how many mails about stories a recipient gets within an hour,
// unless told otherwise; then only critical ones. Who gets a mail every
// three minutes reads none.
const mailsAnHour = 20

// An allowance counts the mails about stories that recipients got. It is in
// memory: a restart begins anew, and each replica counts its own. It is safe for
// concurrent use.
type allowance struct {
	limit int // mails an hour and recipient

	mu      sync.Mutex
	readers map[string]*reader // by address
}

// A reader is what an allowance knows of a recipient.
type reader struct {
	got  []time.Time // when, of the mails within the last hour
	held int         // mails held back since
}

// A turn says what becomes of a mail.
type turn int

const (
	goes  turn = iota
	warns      // the first over the limit: a mail says that more will not be mailed
	waits      // it is held back
)

func newAllowance(limit int) *allowance {
	if limit == 0 {
		limit = mailsAnHour
	}
	return &allowance{limit: limit, readers: map[string]*reader{}}
}

// turn returns what becomes of a mail to a recipient at now, when there will be
// room again, and how many mails were held back before it.
func (a *allowance) turn(to string, now time.Time, critical bool) (t turn, again time.Time, held int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	r := a.reader(to, now)
	switch {
	case critical || a.limit < 0 || len(r.got) < a.limit:
		return goes, time.Time{}, r.held
	case r.held == 0:
		return warns, r.got[len(r.got)-a.limit].Add(time.Hour), 0
	default:
		r.held++
		return waits, time.Time{}, r.held
	}
}

// sent notes that a recipient got a mail at now.
func (a *allowance) sent(to string, now time.Time, t turn) {
	a.mu.Lock()
	defer a.mu.Unlock()
	r := a.reader(to, now)
	if t == warns {
		r.held = 1
		return
	}
	r.got, r.held = append(r.got, now), 0
}

// reader returns what is known of a recipient and forgets what is older than an
// hour.
func (a *allowance) reader(to string, now time.Time) *reader {
	r := a.readers[to]
	if r == nil {
		r = &reader{}
		a.readers[to] = r
	}
	for len(r.got) > 0 && now.Sub(r.got[0]) >= time.Hour {
		r.got = r.got[1:]
	}
	return r
}
