package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/notify/slackdouble"
)

// A telltale runs coupwatch in rounds: each reads one more item of a feed and
// tells a Slack, and at last a digest goes out by mail.
type telltale struct {
	t        *testing.T
	dir      string
	feed     *newsfeed
	slack    *slackdouble.Server
	settings []string
	rounds   int
}

func newTelltale(t *testing.T, box *postbox) *telltale {
	t.Helper()
	slack := slackdouble.New(slackdouble.Options{})
	t.Cleanup(slack.Close)
	return &telltale{t: t, dir: t.TempDir(), feed: newFeed(t), slack: slack, settings: []string{
		"SLACK_BOT_TOKEN=" + slackdouble.Token, "SLACK_CHANNEL=C1", "SLACK_API_URL=" + slack.URL + slackdouble.API,
		"SMTP_URL=smtp://" + box.addr + "?from=coupwatch@example.org", "MAIL_TO=desk@example.org",
	}}
}

// run runs coupwatch once, with the feed due and with more in its rules.
func (x *telltale) run(more string) string {
	x.t.Helper()
	x.rounds++
	write(x.t, filepath.Join(x.dir, "rules.yaml"), fmt.Sprintf(`
feeds: [{url: %q, name: Example, schedule: "@every %dh"}]
entities: [{id: tolmin, name: Tolmin}, {id: brigade, name: Fourth Brigade}, {id: belov, kind: person, name: Ivan Belov}]
rules: [{id: mutiny, title: Mutiny, severity: high, match: mutin*}]
routes: [{to: slack, severity: medium}]
operators: console
stories: {gather: 1s}
%s`, x.feed.URL, x.rounds, more))
	out, _ := once(x.t, x.dir, x.settings)
	return out
}

// tell adds an item of so many hours ago and runs coupwatch until Slack has so many messages and the
// first was edited so many times.
func (x *telltale) tell(title string, hours, messages, edits int) []slackdouble.Message {
	x.t.Helper()
	x.feed.addAt(title, time.Duration(hours)*time.Hour)
	said := ""
	for range 20 {
		said += x.run(fmt.Sprintf("digest: {at: %q}\n", time.Now().UTC().Add(12*time.Hour).Format("15:04"))) // not yet, whatever the hour
		if all := x.slack.Messages(); len(all) >= messages && all[0].Edits >= edits {
			return all
		}
	}
	x.t.Fatalf("after %q Slack has %+v, want %d messages and %d edits:\n%s", title, x.slack.Messages(), messages, edits, said)
	return nil
}

// shows checks that a message shows all of want.
func (x *telltale) shows(m slackdouble.Message, want ...string) {
	x.t.Helper()
	b, err := json.Marshal(m.Blocks)
	if err != nil {
		x.t.Fatal(err)
	}
	for _, w := range want {
		if !strings.Contains(string(b), w) {
			x.t.Errorf("the message does not show %q: %s", w, b)
		}
	}
}

// From the feed to the desk: a story is one message, what follows goes into its
// thread, the message shows how the story stands, what is grave is shown in the
// channel too, and the digest says who says so.
func TestStoryIsToldToItsEnd(t *testing.T) {
	t.Parallel()
	box := newPostbox(t)
	x := newTelltale(t, box)
	recordBefore(t, x.dir, x.feed.URL, time.Now().UTC().Add(-2*time.Hour), "Palace in Ardania speaks of a coup") // a digest of now covers what was read then

	all := x.tell("Fourth Brigade mutinies in Tolmin, Ivan Belov told The Times", 22, 1, 0)
	top := all[0]
	if len(all) != 1 || top.Thread != "" {
		t.Fatalf("the story begins with %+v, want one message", all)
	}
	x.shows(top, "Fourth Brigade mutinies in Tolmin", "Ivan Belov → The Times", "1 report · 1 origin")

	all = x.tell("President offers an amnesty as mutineers hold the airport of Tolmin", 2, 2, 1)
	if up := all[1]; len(all) != 2 || up.Thread != top.TS || up.Broadcast {
		t.Errorf("what is new is told as %+v, want one message in the thread %s", all[1:], top.TS)
	}
	x.shows(all[1], "offers an amnesty")
	x.shows(all[0], "2 reports")

	all = x.tell("Defence ministry confirms mutiny of Fourth Brigade in Tolmin", 1, 3, 2)
	if rise := all[2]; len(all) != 3 || rise.Thread != top.TS || !rise.Broadcast {
		t.Errorf("that it is official is told as %+v, want it in the thread and in the channel", all[2:])
	}
	x.shows(all[2], "now official")
	x.shows(all[0], "now official", "3 reports · at most 2 independent origins")

	x.run(fmt.Sprintf("digest: {at: %q, timezone: UTC, to: email}\n", time.Now().UTC().Format("15:04")))
	mails := box.got("desk@example.org")
	if len(mails) != 1 {
		t.Fatalf("the desk got %d mails, want the digest", len(mails))
	}
	_, parts := mailParts(t, mails[0])
	for kind, text := range parts {
		for _, want := range []string{"Fourth Brigade mutinies in Tolmin", "Ivan Belov → The Times", "at most 2 independent origins"} {
			if !strings.Contains(text, want) {
				t.Errorf("the digest as %s lacks %q:\n%s", kind, want, text)
			}
		}
	}
	if again := x.slack.Messages(); len(again) != 3 {
		t.Errorf("one more round brings Slack to %d messages, want 3", len(again))
	}
}

// What somebody mutes while the daemon runs stays quiet from then on, and the
// digest lists it as muted.
func TestMuteWhileItRuns(t *testing.T) {
	t.Parallel()
	dir, feed := t.TempDir(), newFeed(t)
	file := filepath.Join(dir, "rules.yaml")
	rules := feed.rules("coup") + "  - {id: mutiny, title: Mutiny, severity: high, match: mutin*}\n"
	write(t, file, rules)
	d := start(t, dir, nil)
	d.await(`msg="feed read"`)
	out, errs, code := coupwatch(t, dir, nil, "mute", "rule", "watch", "--for", "1h", "--why", "we know")
	if code != 0 || !strings.Contains(out, "rule watch is muted until") {
		t.Fatalf("mute exits with %d and says\n%s%s", code, out, errs)
	}
	write(t, file, rules+"# changed\n")
	d.await(`rules loaded`) // in the same turn as mutes are read
	feed.add("Coup in Farland")
	feed.add("Mutiny in Gormania")
	d.await(`^Mutiny in Gormania`)
	if strings.Contains(d.seen.String(), "Coup in Farland") {
		t.Errorf("people were told what is muted:\n%s", d.seen.String())
	}
	out, errs, code = coupwatch(t, dir, nil, "digest")
	_, muted, found := strings.Cut(out, "MUTED")
	if code != 0 || !found || !strings.Contains(muted, "Coup in Farland") || strings.Contains(muted, "Mutiny in Gormania") {
		t.Errorf("the digest exits with %d and does not list what was muted:\n%s%s", code, out, errs)
	}
}
