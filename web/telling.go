package web

import (
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A telling is a message of its own in which people heard of a story.
type telling struct {
	Key      string   // of the first [news.Notification] that it is
	Says     string   // what it told: "first told", "now critical, now official"
	Channels []string // none if it was silenced
	At       time.Time
}

// tellings returns the messages in which people heard of a story, in order.
// One message may tell several things, each of which is a hearing: the first
// tells how grave and how firm the story is, too.
func tellings(s news.Story) []telling {
	if len(s.Notified) == 0 && !s.Told.IsZero() { // it was told before notifications were kept
		return []telling{{Key: string(news.New), Says: announced(string(news.New)), At: s.Told}}
	}
	var all []telling
	told := map[string]bool{} // by the last message, by the kind of what it told
	for _, h := range s.Notified {
		kind, _, _ := strings.Cut(h.Key, "-")
		last := len(all) - 1
		if last < 0 || told[kind] || h.Key == string(news.New) || !h.At.Equal(all[last].At) || !slices.Equal(h.Channels, all[last].Channels) {
			all = append(all, telling{h.Key, announced(h.Key), h.Channels, h.At})
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

// firstTellings returns the messages in which people heard of a story that
// were sent to anybody, each key once: channels may have heard of it one after
// the other.
func firstTellings(s news.Story) []telling {
	seen := map[string]bool{}
	return slices.DeleteFunc(tellings(s), func(t telling) bool {
		again := seen[t.Key] || len(t.Channels) == 0 && len(s.Notified) > 0
		if !again {
			seen[t.Key] = true
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
		rest, critical := strings.CutSuffix(rest, "-of-critical")
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
func headed(t telling) string {
	if t.Key == string(news.New) {
		return ""
	}
	return t.Says + ": "
}
