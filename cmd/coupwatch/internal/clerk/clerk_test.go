package clerk_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/clerk"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/storetest"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/web/handles"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const rules = `
feeds: [{url: "https://herald.example/rss", name: Herald, schedule: "@every 5m"}]
entities: [{id: goita, kind: person, name: Assimi Goita}]
rules: [{id: coup, title: Coup, severity: high, match: coup}]
routes: [{to: [slack], severity: medium}]
mutes: [{entity: country:td, why: always}]
digest: {at: "07:00", timezone: Europe/Kyiv, to: [slack]}
`

// A desk is a clerk at work on a database of its own.
type desk struct {
	*testing.T
	*clerk.Clerk
	due int
	now time.Time
}

// forEach runs a test with a desk on each engine.
func forEach(t *testing.T, test func(d *desk)) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		file := filepath.Join(t.TempDir(), "rules.yaml")
		if err := os.WriteFile(file, []byte(rules), 0o600); err != nil {
			t.Fatal(err)
		}
		held, err := matcher.Open(file, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		db, err := store.Open(t.Context(), location)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		use := &daemon.InUse{File: held}
		d := &desk{T: t, now: time.Now().UTC().Truncate(time.Minute)}
		d.Clerk = &clerk.Clerk{Use: use, DB: db, Decide: new(story.Stories).At, Due: func(time.Time) { d.due++ }, Next: notify.NewDigest(db, use.Policy), Version: "1.2", Where: "here"}
		test(d)
	})
}

// read records that an outlet has an article, some minutes ago, and returns the story
// that it is in then.
func (d *desk) read(outlet, key, title string, ago int) (item, story string) {
	d.Helper()
	feed := news.Feed{URL: "https://" + outlet + ".example/rss", Name: outlet, Publisher: outlet}
	at := d.now.Add(-time.Duration(ago) * time.Minute)
	it := news.Item{
		ID: news.ItemID(feed.URL, key), Feed: feed.URL, GUID: key, Link: "https://press.example/" + key, Title: title, Summary: title + ".",
		Publisher: outlet, Language: "en", Published: at, Fetched: at,
	}
	var reports []news.Report
	if r, is := watcher.Report(d.Use.Rules(), it); is {
		reports = append(reports, r)
	}
	if _, err := d.DB.Ingest(d.Context(), news.Reading{Feed: feed, At: at, Items: []news.Item{it}, NextAt: at.Add(time.Hour)}, reports, d.Decide(d.Use.Policy(), at)); err != nil {
		d.Fatal(err)
	}
	stored, err := d.DB.ItemsByID(d.Context(), it.ID)
	if err != nil || len(stored) != 1 {
		d.Fatalf("%d items, %v", len(stored), err)
	}
	return it.ID, stored[0].Story
}

// plot records a story that is told officially by one report, and returns it and the
// ids of its reports.
func (d *desk) plot() (story string, items []string) {
	d.Helper()
	for i, x := range [][3]string{
		{"herald", "a", "Officers plot coup against Goita in Mali, exile Bellal says"},
		{"gazette", "b", "Coup plot of officers against Goita in Mali feared"},
		{"wire", "x", "Mali army confirms officers' coup plot against Goita"},
		{"courier", "c", "Officers' coup plot against Goita: Mali tense"},
	} {
		item, in := d.read(x[0], x[1], x[2], 100-10*i)
		if story != "" && in != story {
			d.Fatalf("%q is in %s, want %s", x[2], in, story)
		}
		story, items = in, append(items, item)
	}
	return story, items
}

// What is taken out of a story is told without it, and never comes back: edited, in
// another feed, or after a stop.
func TestTakeOut(t *testing.T) {
	forEach(t, func(d *desk) {
		id, items := d.plot()
		before, err := d.DB.Story(d.Context(), id)
		if err != nil || before.Status != news.Official || before.Reports != 4 {
			d.Fatalf("%s with %d reports, %v", before.Status, before.Reports, err)
		}
		taken, err := d.TakeOut(d.Context(), id[:8], items[2], "ada")
		if err != nil || taken.Before || taken.Own == "" || taken.Own == id || d.due != 1 {
			d.Fatalf("%+v, %v, due %d times", taken, err, d.due)
		}
		after, err := d.DB.Story(d.Context(), id)
		if err != nil || after.Status == news.Official || after.Reports != 3 || len(after.Sources) != 3 || !slices.Contains(after.Strays, items[2]) {
			d.Errorf("it is %s with %d reports of %d publishers, without %q: %v", after.Status, after.Reports, len(after.Sources), after.Strays, err)
		}
		alerts, err := d.DB.AlertsOf(d.Context(), id)
		if last := alerts[len(alerts)-1]; err != nil || last.Kind != news.Escalation || !strings.Contains(last.Reason, "is withdrawn: it is now told as") {
			d.Errorf("the last alert is %s: %q, %v", last.Kind, last.Reason, err)
		}
		if again, err := d.TakeOut(d.Context(), id, items[2], "bo"); err != nil || !again.Before || again.By != "ada" || d.due != 2 {
			d.Errorf("again: %+v, %v", again, err)
		}
		d.read("wire", "x", "Mali army confirms a coup plot of officers against Goita", 20)
		d.read("mirror", "x", "Mali army confirms officers' coup plot against Goita", 15)
		d.Decide = new(story.Stories).At
		d.read("wire", "x", "Mali's army confirms coup plot of officers against Goita", 10)
		if _, in := d.read("daily", "d", "Officers' coup plot against Goita in Mali: arrests", 5); in == "" {
			d.Error("what comes next is of no story")
		}
		left, err := d.DB.ItemsOfStory(d.Context(), id)
		for _, it := range left {
			if it.ID == items[2] || it.Link == "https://press.example/x" {
				d.Errorf("%q of %s is back: %s", it.Title, it.Publisher, it.Reason)
			}
		}
		if len(left) < 3 || err != nil {
			d.Errorf("%d reports are left, %v", len(left), err)
		}
	})
}

// On the command line a report is named by its link or its id.
func TestTakeOutNamed(t *testing.T) {
	forEach(t, func(d *desk) {
		id, items := d.plot()
		for _, c := range []struct{ name, says string }{
			{"http://www.press.example/x?utm_source=mail", "is not of story " + id + " any more; it is a story of its own, s-"},
			{items[2], "was taken out before, by coupwatch story; it is a story of its own"},
		} {
			if _, answer, err := d.TakeOutNamed(d.Context(), id, c.name, "coupwatch story"); err != nil || !strings.Contains(answer, c.says) {
				d.Errorf("%s: %q, %v", c.name, answer, err)
			}
		}
		told, err := answers.ReadStory(d.Context(), d.DB, id, nil)
		screen := terminal.NewScreen(200, false)
		told.Show(screen)
		if err != nil || !strings.Contains(screen.String(), "not of it, says coupwatch story: Mali army confirms officers' coup plot against Goita (s-") {
			d.Errorf("the story is shown so, %v:\n%s", err, screen)
		}
	})
}

// What cannot be taken out is refused in words for people.
func TestTakeOutRefused(t *testing.T) {
	forEach(t, func(d *desk) {
		id, items := d.plot()
		alone, lonely := d.read("daily", "e", "Coup in Tuvalu", 5)
		for _, c := range [][3]string{{id, alone, "not of the story"}, {lonely, alone, "nothing would be left"}, {"s-none", items[0], "no story with this id"}} {
			if _, err := d.TakeOut(d.Context(), c[0], c[1], "ada"); !errors.As(err, new(handles.Refusal)) || !strings.Contains(err.Error(), c[2]) {
				d.Errorf("%q: %v", c, err)
			}
		}
		if r, found, err := d.Report(d.Context(), id, items[1]); err != nil || !found || !r.Matched || r.Publisher != "gazette" {
			d.Errorf("%+v, %v, %v", r, found, err)
		}
		if _, found, err := d.Report(d.Context(), id, alone); err != nil || found {
			d.Errorf("the report of another story: %v, %v", found, err)
		}
		d.read("herald", "z", "Harvest is good", -8*60)
		if err := d.DB.Prune(d.Context(), d.now.Add(time.Hour), d.now.Add(time.Hour)); err != nil {
			d.Fatal(err)
		}
		if _, err := d.TakeOut(d.Context(), id, items[1], "ada"); !errors.As(err, new(handles.Refusal)) || !strings.Contains(err.Error(), "forgotten") {
			d.Errorf("of what is forgotten in part: %v", err)
		}
	})
}

// A label from the page is about what those in Slack are about, and is taken back by
// whoever gave it.
func TestLabel(t *testing.T) {
	forEach(t, func(d *desk) {
		id, items := d.plot()
		for _, by := range []string{"ada", "bo"} {
			if said, err := d.Label(d.Context(), id, by, by == "ada"); err != nil || !strings.HasPrefix(said, "Noted as ") {
				d.Errorf("%q, %v", said, err)
			}
		}
		labels, err := d.DB.Labels(d.Context())
		if err != nil || len(labels) != 2 || labels[0].Item != items[2] || labels[0].Rule != "coup" || labels[0].Version == "" {
			d.Fatalf("%+v, %v; want them about %s, by which people heard last", labels, err, items[2])
		}
		for _, want := range []bool{true, false} {
			if found, err := d.Unlabel(d.Context(), id, "ada"); err != nil || found != want {
				d.Errorf("taken back: %v, %v", found, err)
			}
		}
		h, found, err := d.Handled(d.Context(), id)
		if err != nil || !found || len(h.Labels) != 1 || h.Labels[0].By != "bo" || h.Labels[0].Relevant || h.Rule != "Coup" {
			d.Errorf("%+v, %v, %v", h, found, err)
		}
	})
}

// A mute from the page is in use at once and says how long it lasts; what is named
// wrongly is refused, with what was meant.
func TestMutes(t *testing.T) {
	forEach(t, func(d *desk) {
		id, _ := d.plot()
		end := d.now.Add(time.Hour)
		for _, m := range []news.Mute{{Story: id[:9]}, {Entity: "Mali"}, {Rule: "coup"}} {
			m.Until, m.By = end, "ada"
			held, err := d.Mute(d.Context(), m)
			if err != nil || len(held) != 1 || !held[0].Until.Equal(end) || held[0].Name == "" {
				d.Errorf("%+v: %+v, %v", m, held, err)
			}
		}
		if h, _, err := d.Handled(d.Context(), id); err != nil || len(h.Mutes) != 3 || len(d.Use.Policy().Mutes) != 4 {
			d.Errorf("the story is under %+v, %v, and in use are %d", h.Mutes, err, len(d.Use.Policy().Mutes))
		}
		_, err := d.Mute(d.Context(), news.Mute{Rule: "coop", Until: end})
		if !errors.As(err, new(handles.Refusal)) || !strings.Contains(err.Error(), `did you mean "coup"`) {
			d.Error(err)
		}
		all, err := d.Muted(d.Context())
		if err != nil || len(all) != 4 || all[3].Kind != "entity" || !all[3].Fixed || all[3].Name != "Chad" {
			d.Errorf("%+v, %v", all, err)
		}
		for _, want := range []bool{true, false} {
			if found, err := d.Unmute(d.Context(), news.Mute{Entity: "country:ml"}); err != nil || found != want {
				d.Errorf("ended: %v, %v", found, err)
			}
		}
		if n := len(d.Use.Policy().Mutes); n != 3 {
			d.Errorf("%d mutes are in use", n)
		}
	})
}

// What is owed is retried and dropped by name, and what was dropped says who and why.
func TestOutbox(t *testing.T) {
	forEach(t, func(d *desk) {
		id, _ := d.plot()
		owed, err := d.Alerts(d.Context(), handles.Query{State: "owed", Story: id})
		if err != nil || len(owed.Alerts) == 0 || len(owed.Channels) != 1 || owed.Channels[0].Owed != len(owed.Alerts) {
			d.Fatalf("%+v, %v", owed, err)
		}
		alert := owed.Alerts[0].ID
		if err := errors.Join(d.Drop(d.Context(), alert, "ada", "too old"), d.Retry(d.Context(), owed.Alerts[1].ID)); err != nil || d.due != 1 {
			d.Errorf("%v, due %d times", err, d.due)
		}
		if n, err := d.RetryChannel(d.Context(), "slack"); err != nil || n != len(owed.Alerts)-1 {
			d.Errorf("%d retried with the channel, %v: what was dropped is not", n, err)
		}
		a, found, err := d.Alert(d.Context(), alert)
		if err != nil || !found || a.State != "failed" || a.Problem != "dropped by ada: too old" || a.Title == "" || a.Ended.IsZero() {
			d.Errorf("%+v, %v, %v", a, found, err)
		}
		if err := errors.Join(d.Retry(d.Context(), alert), d.DB.Sent(d.Context(), alert, "x:1", d.now)); err != nil {
			d.Fatal(err)
		}
		for _, err := range []error{d.Retry(d.Context(), alert), d.Drop(d.Context(), alert, "ada", "")} {
			if !errors.As(err, new(handles.Refusal)) || !strings.Contains(err.Error(), "It was sent on") {
				d.Error(err)
			}
		}
		if n, err := d.DropChannel(d.Context(), "slack", "bo", ""); err != nil || n != len(owed.Alerts)-1 {
			d.Errorf("%d dropped with the channel, %v", n, err)
		}
	})
}

// The status has what the program knows of itself, and the digest what would be sent.
func TestStatusAndDigest(t *testing.T) {
	forEach(t, func(d *desk) {
		id, _ := d.plot()
		s, err := d.Status(d.Context())
		if err != nil || s.Version != "1.2" || s.Rules.Rules != 1 || s.Database.Stories != 1 || s.Database.Owed == 0 || len(s.Channels) != 2 || s.Channels[1].Name != "slack" || s.Channels[1].Owed == 0 {
			d.Errorf("%+v, %v", s, err)
		}
		digest, err := d.Preview(d.Context())
		if err != nil || len(digest.Stories) != 1 || digest.Stories[0].ID != id {
			d.Errorf("%d stories, %v", len(digest.Stories), err)
		}
		if text, err := d.DigestText(digest); err != nil || !strings.Contains(text, "Goita") {
			d.Errorf("%q, %v", text, err)
		}
		key := d.now.Format("2006-01-02T15:04Z")
		if _, err := d.DB.Queue(d.Context(), news.Alert{ID: "digest/" + key + "/slack", Channel: "slack", Kind: news.Daily, DueAt: d.now, Digest: &digest}); err != nil {
			d.Fatal(err)
		}
		past, err := d.Past(d.Context())
		if err != nil || len(past) != 1 || past[0].Key != key {
			d.Errorf("%+v, %v", past, err)
		}
		if kept, found, err := d.Digest(d.Context(), key); err != nil || !found || len(kept.Stories) != 1 {
			d.Errorf("%v, %v", found, err)
		}
	})
}
