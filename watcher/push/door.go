package push

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"hash"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/internal/say"
	"github.com/coupwatch/coupwatch/watcher/pace"
)

// Path is where a [Subscriber] is to be served: hubs ask and send to what lies
// below it.
const Path = "/websub/"

const (
	longestLease     = 30 * 24 * time.Hour
	longestChallenge = 1024
)

// ServeHTTP answers hubs. Who does not know the address of a subscription, which
// nobody can guess, is told nothing, and nothing of theirs is read.
func (s *Subscriber) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id := strings.TrimPrefix(r.URL.Path, Path)
	sub, found, err := s.use.Store.Subscription(r.Context(), id)
	switch {
	case err != nil:
		s.failed(w, err)
	case r.Method == http.MethodGet && found:
		s.answer(w, r, sub)
	case r.Method == http.MethodGet:
		http.NotFound(w, r)
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", "GET, POST")
		http.Error(w, "GET or POST", http.StatusMethodNotAllowed)
	case !found || sub.Ending:
		http.Error(w, "there is no such subscription", http.StatusGone)
	default:
		s.take(w, r, sub)
	}
}

// failed says that the hub is to try again.
func (s *Subscriber) failed(w http.ResponseWriter, err error) {
	s.use.Log.Error("hub not heard", "err", err)
	w.Header().Set("Retry-After", "60")
	http.Error(w, "try again", http.StatusServiceUnavailable)
}

// answer answers a hub that asks back whether we asked for a subscription, or for
// its end, or that says that there will be none.
func (s *Subscriber) answer(w http.ResponseWriter, r *http.Request, sub news.Subscription) {
	q, now, store := r.URL.Query(), time.Now().UTC(), s.use.Store
	topic, challenge := q.Get("hub.topic"), q.Get("hub.challenge")
	agreed, err := false, error(nil)
	switch mode := q.Get("hub.mode"); {
	case mode == "denied":
		problem := "the hub denies the subscription"
		if reason := say.Excerpt(q.Get("hub.reason"), 120); reason != "" {
			problem += ": " + reason
		}
		agreed, err = store.DenySubscription(r.Context(), sub.ID, topic, news.Redact(problem), now.Add(denied))
		challenge = ""
	case !echoable(challenge):
	case mode == "subscribe":
		promised := leaseOf(q.Get("hub.lease_seconds"))
		agreed, err = store.VerifySubscription(r.Context(), sub.ID, topic, now, now.Add(promised), now.Add(renewal(sub.ID, promised)))
	case mode == "unsubscribe":
		agreed, err = store.EndSubscription(r.Context(), sub.ID, topic)
	}
	switch {
	case err != nil:
		s.failed(w, err)
	case !agreed:
		http.NotFound(w, r)
	default: // as what no browser shows or runs
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = w.Write([]byte(challenge)) // a hub that has gone asks again
	}
}

// echoable reports whether a challenge is one to repeat: short, and plain.
func echoable(challenge string) bool {
	return challenge != "" && len(challenge) <= longestChallenge && !strings.ContainsFunc(challenge, func(r rune) bool { return r < ' ' || r > '~' })
}

// leaseOf reads for how long a hub promises to send; what makes no sense, which
// earlier hubs left out, is what they were asked for.
func leaseOf(seconds string) time.Duration {
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) || n <= 0 {
		return lease
	}
	return time.Duration(min(n, int64(longestLease/time.Second))) * time.Second
}

// take takes what a hub sends. What it did not sign as agreed is passed over, and it
// is not told, so that nobody can try signatures out. It is asked to send again what
// could not be recorded.
func (s *Subscriber) take(w http.ResponseWriter, r *http.Request, sub news.Subscription) {
	if e := r.Header.Get("Content-Encoding"); e != "" && e != "identity" {
		http.Error(w, "send it as it is, not compressed", http.StatusUnsupportedMediaType)
		return
	}
	a, err := s.use.Network.Receive(w, r)
	switch trouble := (*fetch.Trouble)(nil); {
	case errors.As(err, &trouble) && trouble.Pace == pace.Slow:
		http.Error(w, trouble.Text, http.StatusRequestEntityTooLarge)
		return
	case trouble != nil: // there is no memory for it now
		s.failed(w, err)
		return
	case err != nil:
		http.Error(w, "the body broke off", http.StatusBadRequest)
		return
	}
	defer a.Release()
	a.Address = sub.Hub.Topic
	problem, listed := "what came from the hub was not signed as agreed, and was not taken", true
	if signed(r.Header, sub.Secret, a.Data) {
		problem, listed, err = s.use.Reader.Take(r.Context(), sub.Feed, a)
	}
	if err == nil && listed {
		err = s.use.Store.NoteSent(r.Context(), sub.ID, problem, time.Now().UTC())
	}
	switch {
	case err != nil:
		s.failed(w, err)
	case !listed:
		http.Error(w, "there is no such subscription", http.StatusGone)
	default:
		if problem != "" && problem != sub.Problem {
			s.use.Log.Warn("what a hub sent was not taken", "feed", news.Redact(sub.Feed), "problem", problem)
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

// methods are those by which a hub may sign.
var methods = map[string]func() hash.Hash{"sha1": sha1.New, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New}

// signed reports whether one of the signatures of a body is right. How long that
// takes does not depend on how much of it is.
func signed(header http.Header, secret string, body []byte) bool {
	for _, value := range append(header.Values("X-Hub-Signature-256"), header.Values("X-Hub-Signature")...) {
		name, digits, _ := strings.Cut(strings.TrimSpace(value), "=")
		method := methods[strings.ToLower(name)]
		said, err := hex.DecodeString(digits)
		if method == nil || err != nil {
			continue
		}
		mac := hmac.New(method, []byte(secret))
		_, _ = mac.Write(body) // it never fails
		if hmac.Equal(mac.Sum(nil), said) {
			return true
		}
	}
	return false
}
