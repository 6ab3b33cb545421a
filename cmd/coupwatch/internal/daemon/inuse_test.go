package daemon

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
)

// The policy in use is that of the file with what only the program knows.
func TestPolicyIsComplete(t *testing.T) {
	d := newDesk(t)
	p := d.use.Policy()
	same(t, "routes", p.Routes[0].To, []string{"slack", "email:a@desk.example", "email:b@desk.example"})
	same(t, "digest", p.Digest.To, []string{"email:a@desk.example", "email:b@desk.example"})
	same(t, "operators", p.Operators, []string{"slack"})
	same(t, "threads", p.Threads, []string{"slack", "email:a@desk.example", "email:b@desk.example"}) // mail is not set up: it is printed
	same(t, "edits", p.Edits, p.Threads)
	if len(d.use.File.Current().Policy().Routes[0].To) != 2 {
		t.Error("the policy of the file was changed")
	}
}

// The same rules are the same value, until a mute or the file changes them.
func TestRulesAreOneValue(t *testing.T) {
	d := newDesk(t)
	first := d.use.Rules()
	if d.use.Rules() != first {
		t.Error("the rules are another value though nothing changed")
	}
	if err := d.use.ReadMutes(t.Context(), d.db); err != nil {
		t.Fatal(err)
	}
	if d.use.Rules() != first {
		t.Error("to read that nobody muted anything changed the rules")
	}
	mute := news.Mute{Rule: "mutiny", Until: time.Now().Add(time.Hour).UTC().Truncate(time.Millisecond), By: "ana"}
	if err := d.db.Mute(t.Context(), mute, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := d.use.ReadMutes(t.Context(), d.db); err != nil {
		t.Fatal(err)
	}
	muted := d.use.Rules()
	if muted == first || len(muted.Policy().Mutes) != 1 || muted.Policy().Mutes[0].Rule != "mutiny" {
		t.Errorf("the mute is not in use: %+v", muted.Policy().Mutes)
	}
	d.write(t, strings.Replace(deskRules, "severity: high", "severity: critical", 1))
	if err := d.use.File.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	if now := d.use.Rules(); now == muted || len(now.Policy().Mutes) != 1 {
		t.Error("new rules are not in use, or without what was muted")
	}
}

func TestWhoIsPrintedAndWhoIsChecked(t *testing.T) {
	d := newDesk(t)
	for channel, want := range map[string]struct{ printed, checked bool }{
		"slack": {false, true}, "slack:C1": {false, true}, "email:a@desk.example": {true, false},
		"console": {true, false}, "nonsense": {false, false},
	} {
		if got := d.use.Printed(channel); got != want.printed {
			t.Errorf("%s: printed %v, want %v", channel, got, want.printed)
		}
		if got := d.use.Checker(channel) != nil; got != want.checked {
			t.Errorf("%s: checked %v, want %v", channel, got, want.checked)
		}
	}
	same(t, "slack's channels", d.use.ChannelsOfKind("slack"), []string{"slack"})
	same(t, "mail's channels", d.use.ChannelsOfKind("email"), []string{"email:a@desk.example", "email:b@desk.example"})
	same(t, "a kind that the rules do not name", d.use.ChannelsOfKind("webhook"), []string{"webhook"})
}

func TestSendTest(t *testing.T) {
	d := newDesk(t)
	if err := d.use.SendTest(t.Context(), "slack:C7"); err != nil {
		t.Fatal(err)
	}
	if len(d.slack.got) != 1 || d.slack.got[0].Kind != news.Notice || !strings.Contains(d.slack.got[0].Notice, "slack:C7") {
		t.Errorf("sent %+v, want a notice for slack:C7", d.slack.got)
	}
	d.slack.fails = errors.New("no_such_token")
	if err := d.use.SendTest(t.Context(), "slack"); err == nil || !strings.Contains(err.Error(), "no_such_token") {
		t.Errorf("got %v, want what Slack says", err)
	}
	if err := d.use.SendTest(t.Context(), "nonsense"); !notify.IsOfChannel(err) {
		t.Errorf("got %v, want that there is no such channel", err)
	}
}
