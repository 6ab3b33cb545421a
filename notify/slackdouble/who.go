package slackdouble

import (
	"net/http"
	"strings"
)

// knows reports whether a token is that of the bot.
func (s *Double) knows(token string) bool {
	return token == Token || s.options.AnyToken && strings.HasPrefix(token, "xoxb-")
}

// whoAmI says whose a token is, and what it may do.
func (s *Double) whoAmI(w http.ResponseWriter, r *http.Request) {
	token := r.FormValue("token") + strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	switch {
	case s.refusing != "":
		Refuse(w, s.refusing)
		return
	case !s.knows(token):
		Refuse(w, "invalid_auth")
		return
	}
	scopes := "chat:write,channels:read,channels:history"
	if s.options.NoHistory {
		scopes = "chat:write,channels:read"
	}
	w.Header().Set("X-OAuth-Scopes", scopes)
	answer(w, map[string]any{"ok": true, "url": "https://double.slack.example/", "team": "Double", "user": "coupwatch", "user_id": "U0DOUBLE", "bot_id": "B0DOUBLE"})
}

// info says what a channel is.
func (s *Double) info(w http.ResponseWriter, r *http.Request) {
	id := idOf(r.FormValue("channel"))
	answer(w, map[string]any{"ok": true, "channel": map[string]any{"id": id, "name": "coups", "is_channel": true, "is_member": true}})
}
