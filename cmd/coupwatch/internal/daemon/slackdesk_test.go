package daemon

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// told is a desk whose feed told of a mutiny, and the story of it.
func told(t *testing.T) (*desk, *SlackDesk, news.Story) {
	t.Helper()
	d := newDesk(t)
	now := time.Now().UTC()
	d.ingest(t, "https://wire.example/rss", now.Add(-2*time.Hour), news.Item{Link: "https://wire.example/0", Title: "Harvest is good"})
	d.ingest(t, "https://wire.example/rss", now,
		news.Item{Link: "https://wire.example/1", Title: "Mutiny in Tolmin: soldiers hold colonel Andrei Voskan"},
		news.Item{Link: "https://wire.example/2", Title: "Market opens in Tolmin"})
	stories, err := d.db.Stories(t.Context(), now.Add(-time.Hour), now.Add(time.Hour))
	if err != nil || len(stories) != 1 {
		t.Fatalf("stories: %+v, %v, want one", stories, err)
	}
	return d, &SlackDesk{Use: d.use, DB: d.db, Version: "v1", Rules: func() (*matcher.Rules, error) { return d.use.File.Current(), nil }}, stories[0]
}

func TestSlackDeskAnswers(t *testing.T) {
	d, desk, story := told(t)
	contains := func(answer string, err error, parts ...string) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
		for _, p := range parts {
			if !strings.Contains(answer, p) {
				t.Errorf("got %q, want it to say %q", answer, p)
			}
		}
	}
	answer, err := desk.Status(t.Context())
	contains(answer, err, "coupwatch v1: 2 feeds: 1 fresh, 1 new; 2 rules.", "1 story, 1 of them told.", "Owed now: 3 alerts; given up: 0.")

	answer, err = desk.Label(t.Context(), news.Label{Story: story.ID, Rule: "mutiny", Relevant: true, By: "ana", At: time.Now()})
	contains(answer, err, "Noted as relevant for the rule Mutiny.")
	answer, err = desk.Label(t.Context(), news.Label{Story: story.ID, Rule: "mutiny", By: "ben", At: time.Now()})
	contains(answer, err, "Noted as noise")

	answer, err = desk.Why(t.Context(), "https://wire.example/1")
	contains(answer, err, "Mutiny in Tolmin")
	answer, err = desk.Why(t.Context(), "https://elsewhere.example/9")
	contains(answer, err, "is not stored, and no feed of elsewhere.example is watched")
	answer, err = desk.Missed(t.Context(), "https://wire.example/2", "ana")
	contains(answer, err, "Noted as missed", "Market opens")

	deeds, err := d.db.Deeds(t.Context(), time.Now().Add(time.Minute), 10)
	byAna := slices.IndexFunc(deeds, func(x news.Deed) bool { return x.Who == "ana" }) // both may be of one millisecond
	if err != nil || len(deeds) != 2 || byAna < 0 || deeds[byAna].From != "Slack" || deeds[byAna].What != "called story "+story.ID+" relevant" {
		t.Errorf("the audit has %+v, %v", deeds, err)
	}
	labels, err := d.db.Labels(t.Context())
	if err != nil || len(labels) != 3 {
		t.Fatalf("labels: %+v, %v, want three", labels, err)
	}
	for _, l := range labels {
		if l.Version != d.use.File.Current().Version() {
			t.Errorf("label %+v does not say by which rules", l)
		}
		if l.Rule == "" && (l.Item != news.ItemID("https://wire.example/rss", "https://wire.example/2") || !l.Relevant) {
			t.Errorf("what was missed is noted as %+v", l)
		}
	}
}

// A mute from Slack says what it does in words of people, is in use at once, and
// shortens none that lasts longer.
func TestMuteFromSlack(t *testing.T) {
	d, desk, story := told(t)
	until := time.Now().Add(24 * time.Hour).UTC().Truncate(time.Millisecond)
	for _, c := range []struct {
		mute news.Mute
		says string
	}{
		{news.Mute{Story: story.ID[:8]}, "the story “Mutiny in Tolmin"},
		{news.Mute{Rule: "mutiny"}, "the rule Mutiny"},
		{news.Mute{Entity: "voskan"}, "Andrei Voskan"},
		{news.Mute{Feed: "https://wire.example/rss"}, "feed https://wire.example/rss"},
	} {
		c.mute.Until, c.mute.By = until, "ana"
		answer, err := desk.Mute(t.Context(), c.mute)
		if err != nil || !strings.Contains(answer, c.says) || !strings.Contains(answer, "To end it: coupwatch unmute ") {
			t.Errorf("%+v: got %q, %v, want %q", c.mute, answer, err, c.says)
		}
	}
	deeds, err := d.db.Deeds(t.Context(), time.Now().Add(time.Minute), 10)
	if err != nil || len(deeds) != 4 || deeds[2].What != "muted rule mutiny until "+endOf(news.Mute{Until: until}) {
		t.Errorf("the audit has %+v, %v", deeds, err)
	}
	if n := len(d.use.Policy().Mutes); n != 4 {
		t.Errorf("%d mutes are in use, want 4", n)
	}
	answer, err := desk.Mute(t.Context(), news.Mute{Rule: "mutiny", Until: until.Add(-time.Hour), By: "ben"})
	if err != nil || !strings.Contains(answer, endOf(news.Mute{Until: until})) {
		t.Errorf("a shorter mute: got %q, %v, want the longer one to last", answer, err)
	}
	for _, unknown := range []news.Mute{{Rule: "no-such"}, {Story: "s-none"}} {
		if answer, err := desk.Mute(t.Context(), unknown); err == nil {
			t.Errorf("%+v: got %q, want an error", unknown, answer)
		}
	}
}

func TestLasting(t *testing.T) {
	now := time.Now()
	have := []news.Mute{{Rule: "coup", Until: now.Add(2 * time.Hour)}, {Entity: "voskan"}}
	for _, c := range []struct {
		mute news.Mute
		want bool
	}{
		{news.Mute{Rule: "coup", Until: now.Add(time.Hour)}, true},
		{news.Mute{Rule: "coup", Until: now.Add(3 * time.Hour)}, false},
		{news.Mute{Rule: "plot", Until: now.Add(time.Hour)}, false},
		{news.Mute{Entity: "voskan", Until: now.Add(time.Hour)}, true}, // for ever is longer
		{news.Mute{Entity: "voskan", Rule: "coup", Until: now}, false},
	} {
		if got := lasting(have, c.mute) != nil; got != c.want {
			t.Errorf("%+v: got %v, want %v", c.mute, got, c.want)
		}
	}
}

// The page has the story with its items, what could not be told, and what is
// wrong.
func TestWebRecords(t *testing.T) {
	d, _, story := told(t)
	r := WebRecords{DB: d.db, Use: d.use}
	s, found, err := r.Story(t.Context(), story.ID)
	if err != nil || !found || s.Headline != story.Headline {
		t.Errorf("story: %+v, %v, %v", s, found, err)
	}
	if _, found, err := r.Story(t.Context(), "s-none"); found || err != nil {
		t.Errorf("a story that is not there: found %v, %v", found, err)
	}
	items, err := r.ItemsOfStory(t.Context(), story.ID)
	if err != nil || len(items) != 1 || items[0].Story != story.ID || items[0].Kind != news.New || len(items[0].Matches) != 1 {
		t.Errorf("items: %+v, %v", items, err)
	}
	if items, err := r.ItemsByLink(t.Context(), "https://wire.example/2"); err != nil || len(items) != 1 || items[0].Story != "" {
		t.Errorf("an item of no story: %+v, %v", items, err)
	}
	if r.RuleTitle("mutiny") != "Mutiny" || r.CountryName("ml") != "Mali" {
		t.Errorf("names: %q, %q", r.RuleTitle("mutiny"), r.CountryName("ml"))
	}
	if wrong, err := r.Wrong(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("wrong: %q, %v, want nothing", wrong, err)
	}
	began := time.Now().Add(-time.Hour).UTC().Truncate(time.Millisecond)
	if err := d.db.Trouble(t.Context(), "slack", "token_revoked", began, began); err != nil {
		t.Fatal(err)
	}
	channels, err := r.Undelivered(t.Context())
	if err != nil || len(channels) != 1 || channels[0].Channel != "slack" || channels[0].Reason != "token_revoked" || channels[0].Owed != 1 {
		t.Errorf("channels: %+v, %v", channels, err)
	}
	untold, err := r.Untold(t.Context())
	if err != nil || !strings.HasPrefix(untold[story.ID], "Owed since ") {
		t.Errorf("untold: %q, %v, want it to say since when", untold, err)
	}
	for _, name := range []string{ofFeeds + "/x", ofRules} {
		if _, err := d.db.Report(t.Context(), name, "text of "+name, nil, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	wrong, err := r.Wrong(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "wrong without the mistakes in the rules", wrong, []string{"text of feed/x"})
}

// Channel checks record what they see, once a minute and then more seldom, and
// leave a channel alone that owes something.
func TestChannelChecks(t *testing.T) {
	d := newDesk(t)
	checks := NewChannelChecks(d.ops.log, d.use, d.db)
	run := func() []outbox.Channel {
		t.Helper()
		if err := checks.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		troubles, err := d.db.Troubles(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return troubles
	}
	d.slack.finds = wrong("token_revoked")
	if got := run(); len(got) != 1 || got[0].Name != "slack" || got[0].Problem != "token_revoked" {
		t.Fatalf("troubles: %+v, want that of Slack", got)
	}
	run()
	if d.slack.looks != 1 {
		t.Errorf("it was looked at %d times within a minute", d.slack.looks)
	}
	if !d.logged.says("nothing can be sent over a channel", "slack", "token_revoked") {
		t.Error("the log does not say what is wrong")
	}
	wait := time.Until(checks.next["slack"])
	checks.next["slack"] = time.Time{}
	run()
	if longer := time.Until(checks.next["slack"]); longer < wait+30*time.Second {
		t.Errorf("the second wait is %v after %v, want it longer", longer, wait)
	}
	d.slack.finds = nil
	checks.next["slack"] = time.Time{}
	if got := run(); len(got) != 0 || !d.logged.says("channel is well again", "slack") {
		t.Errorf("troubles: %+v, want none", got)
	}
	if wait := time.Until(checks.next["slack"]); wait < wellCheck-time.Minute {
		t.Errorf("a channel that is well is looked at again in %v", wait)
	}
}
