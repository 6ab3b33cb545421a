package daemon

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A channel in trouble is told over the other ways, once, and once that it is
// mended.
func TestChannelInTroubleIsTold(t *testing.T) {
	d := newDesk(t)
	began := time.Now().Add(-time.Hour)
	tell := func(times int) {
		for range times { // a job may run twice
			if err := d.ops.Tell(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := d.db.Trouble(t.Context(), "slack", "token_revoked", began, began); err != nil {
		t.Fatal(err)
	}
	tell(3)
	owed := d.owed(t)
	if len(owed) != 1 || !strings.HasPrefix(owed[0], "console: Nothing can be sent to slack since ") || !strings.Contains(owed[0], "token_revoked. What is owed goes out") {
		t.Fatalf("owed: %q, want one notice on the console, for Slack itself cannot tell it", owed)
	}
	if d.logged.says("operators told") {
		t.Error("the log says what the console shows")
	}
	d.send(t)
	if err := d.db.Well(t.Context(), "slack"); err != nil {
		t.Fatal(err)
	}
	tell(3)
	owed = d.owed(t)
	if len(owed) != 2 || !strings.Contains(owed[1], "Alerts to slack go out again. (It lasted ") {
		t.Errorf("owed: %q, want that it is mended", owed)
	}
}

// Who has patience hears nothing of what passes.
func TestShortTroubleIsNotTold(t *testing.T) {
	d := newDesk(t)
	d.ops.patience = time.Hour
	if err := d.db.Trouble(t.Context(), "slack", "token_revoked", time.Now(), time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := d.ops.Tell(t.Context()); err != nil {
		t.Fatal(err)
	}
	same(t, "owed", d.owed(t), nil)
}

// Mistakes in the rules are told over the operators' channel, and that they are
// mended; the log has them one by one.
func TestMistakesAreTold(t *testing.T) {
	d := newDesk(t)
	d.write(t, strings.Replace(deskRules, "severity: high", "severity: hgih", 1))
	problem := d.use.File.Reload(t.Context())
	if problem == nil {
		t.Fatal("the mistake was not seen")
	}
	d.ops.LogMistakes(problem)
	if !d.logged.says("mistake in the rules", "rules.yaml:7:", "hgih") {
		t.Error("the log does not say where the mistake is")
	}
	for range 2 {
		if err := d.ops.Tell(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	owed := d.owed(t)
	if len(owed) != 1 || !strings.HasPrefix(owed[0], "slack: ") || !strings.Contains(owed[0], "hgih") {
		t.Fatalf("owed: %q, want the mistake in Slack once", owed)
	}
	d.send(t)
	d.write(t, deskRules+"\n# mended\n")
	if err := d.use.File.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.ops.Tell(t.Context()); err != nil {
		t.Fatal(err)
	}
	if owed := d.owed(t); len(owed) != 2 || !strings.Contains(owed[1], "The rules file is without mistakes again") {
		t.Errorf("owed: %q, want that it is mended", owed)
	}
	d.ops.LogMistakes(errors.New("the disk is gone"))
	if !d.logged.says("rules file not taken in", "the disk is gone") {
		t.Error("what is no mistake of the file is not in the log")
	}
}

// That nobody listens in Slack is a trouble of this process: another replica
// ends it only when it was not confirmed for long.
func TestDeafness(t *testing.T) {
	d := newDesk(t)
	d.ops.Deaf(errors.New("not_allowed"))
	if err := d.ops.Tell(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !d.logged.says("operators told", "socket", "not_allowed") {
		t.Error("what goes to Slack is not in the log")
	}
	other := NewOperators(d.ops.log, d.use, d.db, 0)
	if err := other.Tell(t.Context()); err != nil {
		t.Fatal(err)
	}
	if owed := d.owed(t); len(owed) != 1 || !strings.Contains(owed[0], "The buttons in Slack and /coupwatch do nothing") {
		t.Errorf("owed: %q, want it told once and not ended by a replica that hears well", owed)
	}
}

// What the log says is not printed beside it; who is not on this console hears
// of it.
func TestDownNetworkIsToldOnce(t *testing.T) {
	const down = "50 of 50 feeds cannot be reached: this network seems to be down."
	for name, c := range map[string]struct {
		operators string
		text      string
		want      []string
	}{
		"printed":        {"console", down, nil},
		"in Slack":       {"[slack, console]", down, []string{"slack: " + down}},
		"another reason": {"console", "More than 20 of 50 feeds fail", []string{"console: More than 20 of 50 feeds fail"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDeskOf(t, strings.Replace(deskRules, "operators: [slack]", "operators: "+c.operators, 1))
			if err := d.ops.reconcile(t.Context(), ofFeeds, []trouble{{name: allFeeds, text: c.text}}); err != nil {
				t.Fatal(err)
			}
			same(t, "owed", d.owed(t), c.want)
			if d.logged.says("operators told") {
				t.Error("the log says it a second time")
			}
			if open, err := d.db.OpenTroubles(t.Context()); err != nil || len(open) != 1 { // the page has it
				t.Fatalf("open: %+v, %v", open, err)
			}
			d.send(t)
			if err := d.ops.reconcile(t.Context(), ofFeeds, nil); err != nil {
				t.Fatal(err)
			}
			if owed := d.owed(t); len(owed) != 2*len(c.want) || len(owed) > 0 && !strings.Contains(owed[1], "Most feeds can be read again.") {
				t.Errorf("owed: %q, want the end where the beginning was told", owed)
			}
		})
	}
}

func TestOtherWays(t *testing.T) {
	for _, c := range []struct {
		channels []string
		failing  string
		want     []string
	}{
		{[]string{"slack", "email:a@desk.example"}, "slack", []string{"email:a@desk.example"}},
		{[]string{"slack"}, "slack", []string{"console"}},
		{[]string{"slack:C1", "slack:C2"}, "slack:C1", []string{"slack:C2", "console"}}, // the same token
		{[]string{"slack"}, "email:a@desk.example", []string{"slack"}},
		{nil, "slack", []string{"console"}},
	} {
		same(t, c.failing+" fails", otherWays(c.channels, c.failing), c.want)
	}
}

// Who would not hear of an alert hears that it was given up, by another way and
// once however often that is said.
func TestLostAlertIsTold(t *testing.T) {
	d := newDesk(t)
	lost := news.Alert{ID: "story/1/slack/new", Channel: "slack", Kind: news.New, Story: news.Story{ID: "1", Headline: "Soldiers seize the palace"}}
	daily := news.Alert{ID: "digest/1/slack", Channel: "slack", Kind: news.Daily, Digest: &news.Digest{Date: "2026-08-22"}}
	for range 2 {
		d.ops.Lost(t.Context(), lost, errors.New("msg_too_long"))
	}
	d.ops.Lost(t.Context(), daily, errors.New("msg_too_long"))
	owed := d.owed(t)
	if len(owed) != 2 || !strings.Contains(strings.Join(owed, "\n"), `console: "Soldiers seize the palace" could not be told to slack, and was given up: msg_too_long`) ||
		!strings.Contains(strings.Join(owed, "\n"), "the digest of 2026-08-22") {
		t.Errorf("owed: %q", owed)
	}
}
