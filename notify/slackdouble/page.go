package slackdouble

import (
	_ "embed"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// A pageView is what the page shows.
type pageView struct {
	Channels []channelView
	Refusing string
	Codes    []string
}

// A channelView is a channel as Slack shows it.
type channelView struct {
	Name     string
	Messages []messageView
}

// A messageView is a message as Slack shows it, with its thread below.
type messageView struct {
	When      string
	Edited    bool
	Broadcast bool // it stands in a thread too
	Text      string
	Blocks    []blockView
	Replies   []messageView
}

// refusals are the codes with which the page can make the double refuse, to see
// what coupwatch does then.
var refusals = []string{"token_revoked", "missing_scope", "is_archived", "channel_not_found"}

// servePage shows what was posted. A form on it makes the double refuse.
func (s *Double) servePage(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/refuse" && r.Method == http.MethodPost:
		if code := r.PostFormValue("code"); code == "" || slices.Contains(refusals, code) {
			s.Refuse(code)
		}
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	case r.URL.Path != "/":
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
	s.mu.Lock()
	v := pageView{channels(s.messages), s.refusing, refusals}
	s.mu.Unlock()
	_ = pageTemplate.Execute(w, v) // the reader has gone; nobody is left to tell
}

// channels returns messages by channel, as they stand there.
func channels(messages []Message) []channelView {
	var all []channelView
	for _, m := range messages {
		if m.User != "" {
			continue
		}
		i := slices.IndexFunc(all, func(c channelView) bool { return c.Name == m.Channel })
		if i < 0 {
			i = len(all)
			all = append(all, channelView{Name: m.Channel})
		}
		v := viewOf(m)
		if m.Thread == "" || m.Broadcast {
			v.Broadcast = m.Broadcast
			all[i].Messages = append(all[i].Messages, v)
		}
		if m.Thread == "" {
			for _, reply := range messages {
				if reply.Thread == m.TS && idOf(reply.Channel) == idOf(m.Channel) && reply.User == "" {
					last := &all[i].Messages[len(all[i].Messages)-1]
					last.Replies = append(last.Replies, viewOf(reply))
				}
			}
		}
	}
	return all
}

func viewOf(m Message) messageView {
	v := messageView{Edited: m.Edits > 0, Text: plainMarkup(m.Text), Blocks: blocks(m.Blocks)}
	seconds, _, _ := strings.Cut(m.TS, ".")
	if n, err := strconv.ParseInt(seconds, 10, 64); err == nil {
		v.When = time.Unix(n, 0).UTC().Format("2 Jan 15:04:05")
	}
	return v
}
