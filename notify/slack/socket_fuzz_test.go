package slack

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/slackdouble"
)

// An echo is a desk that answers with what it was told.
type echo struct{}

func (echo) Label(_ context.Context, l news.Label) (string, error) { return l.By + l.Rule, nil }

func (echo) Mute(_ context.Context, m news.Mute) (string, error) {
	return "muted " + m.Story + m.Rule + m.Entity + m.Feed + "\n" + m.Why, nil
}

func (echo) Status(context.Context) (string, error) { return "well", nil }

func (echo) Why(_ context.Context, link string) (string, error) { return link, nil }

func (echo) Missed(_ context.Context, link, by string) (string, error) { return link + " " + by, nil }

// FuzzCommand holds that whatever somebody types is answered, and that Slack
// takes the answer and calls nobody.
func FuzzCommand(f *testing.F) {
	for _, text := range []string{
		"", "status", "why https://e.org/a_b?x=1&amp;y=2", "missed <https://e.org|e.org>", "mute @beseda 3d old <!here>", "mute feed:<https://e.org/rss> 2w",
		"mute story: 1h", "mute @", "why <", "why <|>", "<@U1> <!channel>", "mute country:ML \u202e9999w", strings.Repeat("why ", 2000), "mute rule:\xff 1h\x00",
	} {
		f.Add(text, "anna")
	}
	s := &Socket{desk: echo{}}
	f.Fuzz(func(t *testing.T, text, name string) {
		b, err := json.Marshal(s.command(t.Context(), slack.SlashCommand{Text: text, UserID: "U1", UserName: name}))
		if err != nil {
			t.Fatal(err)
		}
		m := slackdouble.Message{}
		if err := json.Unmarshal(b, &m); err != nil {
			t.Fatal(err)
		}
		m.Metadata = &slackdouble.Metadata{} // nobody may be called
		if problem := m.Refused(); problem != "" || len(b) >= 20_000 {
			t.Errorf("%q: an answer of %d bytes: %s", text, len(b), problem)
		}
		if mute, err := muteOf(append(strings.Fields(text), "x"), time.Unix(0, 0)); err == nil && mute.Until.After(time.Unix(0, 0).AddDate(1, 0, 2)) {
			t.Errorf("%q mutes until %v", text, mute.Until)
		}
	})
}
