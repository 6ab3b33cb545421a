package web

import (
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A message is one in which people heard of a story: all that they were notified
// of at once.
type message struct {
	Key      string   // of the first [news.Notification] that it is
	Says     string   // what it told: "first told", "now critical, now official"
	Channels []string // none if it was silenced
	At       time.Time
}

// messages returns those in which people heard of a story, in order. One may
// tell several things, each of which is a notification: the first tells how
// grave and how firm the story is, too.
func messages(s news.Story) []message {
	if len(s.Notified) == 0 && !s.Told.IsZero() { // it was told before notifications were kept
		return []message{{Key: string(news.New), Says: announced(string(news.New)), At: s.Told}}
	}
	var all []message
	told := map[string]bool{} // by the last message, by the kind of what it told
	for _, h := range s.Notified {
		kind, _, _ := strings.Cut(h.Key, "-")
		last := len(all) - 1
		if last < 0 || told[kind] || h.Key == string(news.New) || !h.At.Equal(all[last].At) || !slices.Equal(h.Channels, all[last].Channels) {
			all = append(all, message{h.Key, announced(h.Key), h.Channels, h.At})
			told = map[string]bool{kind: true}
			continue
		}
		told[kind] = true
		if all[last].Key != string(news.New) {
			all[last].Says += ", " + announced(h.Key)
		}
	}
	return all
}

// firstMessages returns the messages in which people heard of a story that
// were sent to anybody, each key once: channels may have heard of it one after
// the other.
func firstMessages(s news.Story) []message {
	seen := map[string]bool{}
	return slices.DeleteFunc(messages(s), func(m message) bool {
		again := seen[m.Key] || len(m.Channels) == 0 && len(s.Notified) > 0
		if !again {
			seen[m.Key] = true
		}
		return again
	})
}

// announced returns what people heard of a story, by the key of a
// [news.Notification].
func announced(key string) string {
	what, rest, _ := strings.Cut(key, "-")
	switch what {
	case string(news.New):
		return "first told"
	case "status", "severity":
		if strings.HasPrefix(rest, "withdrawn-") {
			return "a word was taken back"
		}
		rest, critical := strings.CutSuffix(rest, "-of-critical")
		rest, _, _ = strings.Cut(rest, "-") // the second such word is "official-2"
		return "now " + rest + map[bool]string{true: ", as critical"}[critical]
	case "origins":
		return rest + " independent origins"
	case "surge":
		return "told again after a silence"
	case "turn":
		return "another turn"
	case "end":
		return "told to end"
	}
	return key
}

// headed returns what stands before the headline of a story because of what
// people heard of it.
func headed(m message) string {
	if m.Key == string(news.New) {
		return ""
	}
	return m.Says + ": "
}
