// Package slackdouble is a Slack for tests, and for people who want to see what
// they would be told without a workspace: it takes what Slack takes, refuses
// what Slack refuses, remembers what was posted and shows it on a page, and can
// be as unreliable as one likes. It also refuses what Slack would take though
// nobody should send it: calls to people and foreign links.
package slackdouble

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// What a Server accepts unless it is told otherwise.
const (
	Token = "xoxb-very-secret-token"
	Hook  = "/services/T000/B000/very-secret-hook" // path of an incoming webhook
	API   = "/api/"                                // path of the API
)

// A Message is what was posted.
type Message struct {
	Channel   string           `json:"channel"` // as the client named it
	TS        string           `json:"ts"`
	Thread    string           `json:"thread_ts,omitempty"`
	Broadcast bool             `json:"-"`
	User      string           `json:"-"` // who alone sees it, for an ephemeral one
	Edits     int              `json:"-"`
	Text      string           `json:"text"`
	Blocks    []map[string]any `json:"blocks,omitempty"`
	Metadata  *Metadata        `json:"metadata,omitempty"`
}

// Metadata is what a message carries for programs.
type Metadata struct {
	EventType    string         `json:"event_type"`
	EventPayload map[string]any `json:"event_payload"`
}

// Options are settings of a Server. The zero value is a reliable Slack.
type Options struct {
	NoHistory bool    // the bot lacks the scope that history needs
	PerSecond float64 // messages a channel takes, beyond which it answers 429; 0 for any number
	Page      int     // messages on a page of history at most; 0 for as many as are asked for
	Trouble   Trouble
	AnyToken  bool // it takes the token of any bot
}

// A Server is a Slack on a port of this machine.
type Server struct {
	*httptest.Server
	*Double
}

// A Double is a Slack. It is safe for concurrent use; make one with [NewDouble].
type Double struct {
	options Options

	mu       sync.Mutex
	messages []Message
	calls    map[string]int // by method
	limited  int
	next     []http.HandlerFunc // answers that come before the usual ones
	more     map[string]http.HandlerFunc
	taken    map[string]float64 // messages of late, by channel
	at       time.Time          // then
	stamp    int64
	refusing string // the code with which it refuses whatever the bot asks; "" for none
}

// NewDouble returns a Double. The answers to its first calls are those given.
func NewDouble(o Options, first ...http.HandlerFunc) *Double {
	return &Double{options: o, next: first, calls: map[string]int{}, more: map[string]http.HandlerFunc{}, taken: map[string]float64{}, at: time.Now()}
}

// New starts a Server. The answers to its first calls are those given.
func New(o Options, first ...http.HandlerFunc) *Server {
	d := NewDouble(o, first...)
	return &Server{httptest.NewServer(d), d}
}

// Refuse makes it refuse whatever the bot asks with a code, such as
// "token_revoked", until it is called with "".
func (s *Double) Refuse(code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusing = code
}

// Next gives answers that come before the usual ones.
func (s *Double) Next(answers ...http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = append(s.next, answers...)
}

// Handle answers a method of the API, such as "apps.connections.open".
func (s *Double) Handle(method string, h http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.more[method] = h
}

// Messages returns what was posted, in order.
func (s *Double) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.messages)
}

// Calls returns how often a method was called; "" is the webhook.
func (s *Double) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// Limited returns how many calls were answered 429 because of PerSecond.
func (s *Double) Limited() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.limited
}

// ServeHTTP implements [http.Handler].
func (s *Double) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	method, called := strings.CutPrefix(r.URL.Path, API)
	switch {
	case r.URL.Path == Hook:
		method = ""
	case !called && s.options.AnyToken:
		s.servePage(w, r)
		return
	}
	s.mu.Lock()
	s.calls[method]++
	do, more := s.answer(method), s.more[method]
	if len(s.next) > 0 {
		do, more = s.next[0], nil
		s.next = s.next[1:]
	}
	s.mu.Unlock()
	if more != nil { // it may last
		more(w, r)
		return
	}
	s.options.Trouble.around(w, func(w http.ResponseWriter) {
		s.mu.Lock()
		defer s.mu.Unlock()
		do(w, r)
	})
}

// answer returns what answers a method.
func (s *Double) answer(method string) http.HandlerFunc {
	switch method {
	case "":
		return s.hook
	case "auth.test":
		return s.whoAmI
	case "conversations.info":
		return s.asBot(s.info)
	case "chat.postMessage", "chat.postEphemeral":
		return s.asBot(s.post)
	case "chat.update":
		return s.asBot(s.update)
	case "conversations.history":
		return s.asBot(s.history)
	case "conversations.replies":
		return s.asBot(s.replies)
	default:
		return func(w http.ResponseWriter, _ *http.Request) { Refuse(w, "unknown_method") }
	}
}

// Refuse answers as Slack does if it refuses a call with a code.
func Refuse(w http.ResponseWriter, code string) {
	answer(w, map[string]any{"ok": false, "error": code})
}

func answer(w http.ResponseWriter, v map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

// asBot calls do for calls of the bot about a channel that it can see.
func (s *Double) asBot(do http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token := r.FormValue("token") + strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		channel := r.FormValue("channel")
		refusals := map[string]string{"C-lonely": "not_in_channel", "C-old": "is_archived"}
		switch {
		case s.refusing != "":
			Refuse(w, s.refusing)
		case !s.knows(token):
			Refuse(w, "invalid_auth")
		case refusals[channel] != "":
			Refuse(w, refusals[channel])
		case idOf(channel) == "", channel[0] == '#' && !strings.HasSuffix(r.URL.Path, "chat.postMessage"):
			Refuse(w, "channel_not_found")
		default:
			do(w, r)
		}
	}
}

// idOf returns the id of a channel: of all ids, and of the name #coups.
func idOf(channel string) string {
	if channel == "#coups" {
		return "C0123"
	}
	if regexp.MustCompile(`^C[0-9A-Z]+$`).MatchString(channel) {
		return channel
	}
	return ""
}

func (s *Double) hook(w http.ResponseWriter, r *http.Request) {
	var m Message
	if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
		http.Error(w, "invalid_payload", http.StatusBadRequest)
		return
	}
	m.Metadata = &Metadata{} // a webhook answers nobody
	if code := m.Refused(); code != "" {
		http.Error(w, code, http.StatusBadRequest)
		return
	}
	s.messages = append(s.messages, m)
	fmt.Fprint(w, "ok")
}

// read reads a message out of a form. The code is why Slack refuses it.
func (s *Double) read(r *http.Request) (m Message, code string) {
	m = Message{Channel: r.FormValue("channel"), Thread: r.FormValue("thread_ts"), User: r.FormValue("user"), Text: r.FormValue("text")}
	m.Broadcast = r.FormValue("reply_broadcast") == "true"
	if b := r.FormValue("blocks"); b != "" && json.Unmarshal([]byte(b), &m.Blocks) != nil {
		return m, "invalid_blocks_format"
	}
	if b := r.FormValue("metadata"); b != "" {
		if json.Unmarshal([]byte(b), &m.Metadata) != nil || m.Metadata.EventType == "" {
			return m, "invalid_metadata_format"
		}
		if len(b) > 8000 {
			return m, "metadata_too_large"
		}
	}
	return m, m.Refused()
}

func (s *Double) post(w http.ResponseWriter, r *http.Request) {
	m, code := s.read(r)
	id := idOf(m.Channel)
	switch {
	case s.tooMany(id):
		s.limited++
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
		return
	case code != "":
		Refuse(w, code)
		return
	case m.Thread != "" && s.find(id, m.Thread) == nil:
		Refuse(w, "thread_not_found")
		return
	}
	s.stamp++
	m.TS = fmt.Sprintf("%d.%06d", time.Now().Unix(), s.stamp%1e6)
	s.messages = append(s.messages, m)
	answer(w, map[string]any{"ok": true, "channel": id, "ts": m.TS, "message_ts": m.TS})
}

// tooMany counts a message in a channel that takes so many a second, and a few
// at once.
func (s *Double) tooMany(id string) bool {
	if s.options.PerSecond <= 0 {
		return false
	}
	const atOnce = 4
	drained := time.Since(s.at).Seconds() * s.options.PerSecond
	s.at = time.Now()
	for c := range s.taken {
		s.taken[c] = max(0, s.taken[c]-drained)
	}
	if s.taken[id] > atOnce-1 {
		return true
	}
	s.taken[id]++
	return false
}

// find returns the message at a place, or nil.
func (s *Double) find(id, ts string) *Message {
	for i := range s.messages {
		if m := &s.messages[i]; m.TS == ts && idOf(m.Channel) == id && m.User == "" {
			return m
		}
	}
	return nil
}

// Delete removes the message at a place, as a person might.
func (s *Double) Delete(channel, ts string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages = slices.DeleteFunc(s.messages, func(m Message) bool { return idOf(m.Channel) == channel && m.TS == ts })
}

func (s *Double) update(w http.ResponseWriter, r *http.Request) {
	m, code := s.read(r)
	there := s.find(idOf(m.Channel), r.FormValue("ts"))
	switch {
	case code != "":
		Refuse(w, code)
	case there == nil:
		Refuse(w, "message_not_found")
	default:
		there.Text, there.Blocks = m.Text, m.Blocks
		there.Metadata = cmp.Or(m.Metadata, there.Metadata)
		there.Edits++
		answer(w, map[string]any{"ok": true, "channel": idOf(m.Channel), "ts": there.TS, "text": m.Text})
	}
}

// history gives what stands in a channel, the latest first.
func (s *Double) history(w http.ResponseWriter, r *http.Request) {
	var all []Message
	for _, m := range slices.Backward(s.messages) {
		if m.Thread == "" || m.Broadcast {
			all = append(all, m)
		}
	}
	s.list(w, r, all)
}

// replies gives a thread, its first message before the others.
func (s *Double) replies(w http.ResponseWriter, r *http.Request) {
	ts := r.FormValue("ts")
	if s.find(r.FormValue("channel"), ts) == nil {
		Refuse(w, "thread_not_found")
		return
	}
	var all []Message
	for _, m := range s.messages {
		if m.TS == ts || m.Thread == ts {
			all = append(all, m)
		}
	}
	s.list(w, r, all)
}

// list gives a page of messages: those of the channel that are recent enough.
func (s *Double) list(w http.ResponseWriter, r *http.Request, all []Message) {
	if s.options.NoHistory {
		Refuse(w, "missing_scope")
		return
	}
	var fit []Message
	for _, m := range all {
		if idOf(m.Channel) != idOf(r.FormValue("channel")) || m.User != "" || m.TS < r.FormValue("oldest") {
			continue
		}
		if r.FormValue("include_all_metadata") != "1" {
			m.Metadata = nil
		}
		fit = append(fit, m)
	}
	limit, _ := strconv.Atoi(cmp.Or(r.FormValue("limit"), "100"))
	if s.options.Page > 0 {
		limit = min(limit, s.options.Page)
	}
	from, _ := strconv.Atoi(r.FormValue("cursor"))
	to := min(len(fit), from+limit)
	next := ""
	if to < len(fit) {
		next = strconv.Itoa(to)
	}
	answer(w, map[string]any{
		"ok": true, "messages": fit[min(from, to):to], "has_more": next != "",
		"response_metadata": map[string]any{"next_cursor": next},
	})
}
