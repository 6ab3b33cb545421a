package replay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// newTape returns a tape whose clock stands at noon.
func newTape(out *bytes.Buffer) *Tape {
	return &Tape{Out: out, now: func() time.Time { return noon }, Use: &daemon.InUse{}}
}

func storyAlert(kind news.Kind, story, channel, thread string) news.Alert {
	return news.Alert{
		ID: "story/" + story + "/" + channel + "/" + string(kind), Channel: channel, Kind: kind, Thread: thread,
		Story: news.Story{ID: story, Headline: "Headline of " + story, Severity: news.High, Status: news.Claim, Reports: 3},
		Item:  news.Item{Title: "Title of " + story, Published: noon.Add(-10 * time.Minute)},
	}
}

// Messages are numbered by channel, what follows a message stands in its thread,
// and an edit has the number of what it edits.
func TestTapeNumbersMessages(t *testing.T) {
	tape := newTape(&bytes.Buffer{})
	channels := tape.Channels()
	for _, c := range []struct {
		alert   news.Alert
		receipt string
	}{
		{storyAlert(news.New, "a", "slack", ""), "1 "},
		{storyAlert(news.New, "b", "slack", ""), "2 "},
		{storyAlert(news.Update, "a", "slack", "1 "), "3 "},
		{storyAlert(news.Refresh, "b", "slack", "2 "), "2 "},
		{storyAlert(news.Escalation, "a", "slack", "1 "), "4 "},
		{storyAlert(news.New, "a", "email:x@desk.example", ""), "1"},
		{storyAlert(news.Update, "c", "slack", ""), ""}, // of a story that is not on the tape
	} {
		to, err := channels.For(c.alert.Channel)
		if err != nil {
			t.Fatal(err)
		}
		receipt, err := to.Notify(t.Context(), c.alert)
		if err != nil || receipt != c.receipt {
			t.Errorf("%s of %s: receipt %q, %v, want %q", c.alert.Kind, c.alert.Story.ID, receipt, err, c.receipt)
		}
	}
	sum := tape.sum
	if got := fmt.Sprint(sum.Posts, sum.Escalations, sum.Updates, sum.Edits); got != "2 1 1 1" {
		t.Errorf("posts, escalations, updates, edits: %s, want 2 1 1 1: a channel more is not one more message", got)
	}
	if len(sum.Stories) != 2 || sum.Stories[0].ID != "a" || sum.Stories[0].Updates != 1 || sum.Stories[1].Edits != 1 || sum.Stories[0].Headline != "Headline of a" {
		t.Errorf("stories: %+v", sum.Stories)
	}
	if channels.Takes("email", news.Update) || !channels.Takes("slack", news.Refresh) || channels.Takes("console", news.Refresh) || !channels.Takes("webhook", news.Update) {
		t.Error("the channels of a tape take what the real ones do not")
	}
}

// A crowd of alerts is one message and a story of its own for each.
func TestTapeTakesACrowd(t *testing.T) {
	tape := newTape(&bytes.Buffer{})
	k := &slackTrack{track{tape, nil}}
	receipt, err := k.Summarise(t.Context(), []news.Alert{storyAlert(news.New, "a", "slack", ""), storyAlert(news.New, "b", "slack", ""), storyAlert(news.New, "a", "slack", "")})
	if err != nil || receipt != "1 " {
		t.Fatalf("receipt %q, %v", receipt, err)
	}
	if tape.sum.Posts != 1 || len(tape.sum.Stories) != 2 || tape.sum.Stories[0].Posts != 1 {
		t.Errorf("counted %+v", tape.sum)
	}
	if m := tape.taken[0]; m.Headline != "3 alerts at once" || m.Story != "" || !m.Published.IsZero() {
		t.Errorf("on the tape is %+v", m)
	}
	if k.Pace() != 0 {
		t.Errorf("a tape waits %v between messages", k.Pace())
	}
}

// Nothing is on the tape of the time before its own.
func TestTapeBeginsInTime(t *testing.T) {
	tape := newTape(&bytes.Buffer{})
	tape.Since = noon.Add(time.Second)
	k := &slackTrack{track{tape, nil}}
	if receipt, err := k.Notify(t.Context(), storyAlert(news.New, "a", "slack", "")); receipt != "" || err != nil || len(tape.taken) > 0 {
		t.Errorf("receipt %q, %v, taken %+v", receipt, err, tape.taken)
	}
	if receipt, err := k.Summarise(t.Context(), []news.Alert{storyAlert(news.New, "a", "slack", "")}); receipt != "" || err != nil || len(tape.taken) > 0 {
		t.Errorf("together: receipt %q, %v", receipt, err)
	}
}

func TestCutReceipt(t *testing.T) {
	for receipt, want := range map[string]string{"": "0 ", "7": "7 ", "7 C1:12.5": "7 C1:12.5", "x": "0 "} {
		if n, there := cutReceipt(receipt); fmt.Sprint(n, " ", there) != want {
			t.Errorf("%q: got %d and %q", receipt, n, there)
		}
	}
}

// The line above a message says when and where, and how long after the report.
func TestTapePrints(t *testing.T) {
	for _, c := range []struct {
		message Message
		want    []string
		not     string
	}{
		{Message{Channel: "slack", Number: 1, Kind: news.New, Published: noon.Add(-10 * time.Minute), Text: "TEXT\n"}, []string{"slack 1 · 10m after the report", "TEXT"}, "thread"},
		{Message{Channel: "slack", Number: 4, Kind: news.Escalation, Thread: 1, Text: "TEXT\n"}, []string{"slack 4, in the thread of 1 and in the channel"}, ""},
		{Message{Channel: "slack", Number: 5, Kind: news.Escalation, Text: "TEXT\n"}, []string{"slack 5, a story that was told before"}, "thread"},
		{Message{Channel: "slack", Number: 3, Kind: news.Update, Thread: 1, Text: "TEXT\n"}, []string{"slack 3, in the thread of 1 ──"}, "channel"},
		{Message{Channel: "slack", Number: 1, Kind: news.Refresh, Headline: "Now this", Reports: 9, Origins: 2, Text: "HIGH · CLAIM\nold text\n"}, []string{"slack 1 is edited", "HIGH · CLAIM\nNow this\n9 reports, 2 origins"}, "old text"},
	} {
		var out bytes.Buffer
		tape := newTape(&out)
		tape.Use = inUse(t)
		c.message.Time = noon
		if err := tape.print(c.message); err != nil {
			t.Fatal(err)
		}
		for _, want := range c.want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("got\n%s\nwant %q", out.String(), want)
			}
		}
		if c.not != "" && strings.Contains(out.String(), c.not) {
			t.Errorf("got\n%s\nwant no %q", out.String(), c.not)
		}
	}
}

// inUse returns the small desk's rules as they are in use.
func inUse(t *testing.T) *daemon.InUse {
	t.Helper()
	file := filepath.Join(t.TempDir(), "rules.yaml")
	if err := os.WriteFile(file, []byte(deskRules), 0o600); err != nil {
		t.Fatal(err)
	}
	rules, err := matcher.Open(file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return &daemon.InUse{File: rules}
}

// A replay plays a day through the whole program at a clock of its own: each
// message once, in order of time, the digest at its hour, and a sum at the end.
func TestPlay(t *testing.T) {
	file := written(t,
		line{ID: "0", Published: at(-600), Feed: "https://wire.example/rss", Title: "Harvest is good", Link: "https://wire.example/0"},
		line{ID: "1", Published: at(5), Feed: "https://wire.example/rss", Title: "Mutiny in Tolmin: soldiers hold their colonel", Link: "https://wire.example/1"},
		line{ID: "2", Published: at(130), Feed: "https://wire.example/rss", Title: "Market opens in Tolmin", Link: "https://wire.example/2"},
	)
	var out bytes.Buffer
	use := inUse(t)
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "replay.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	tape := &Tape{Out: &out, Use: use, AsJSON: true}
	use.Channels = tape.Channels()
	footage, err := Read(t.Context(), []string{file}, use.File.Current(), Playtime{}, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	player := NewPlayer(tape, db, 0, slog.New(slog.DiscardHandler), func(int) (*archive.Meter, func()) { return nil, func() {} })
	began := time.Now()
	if err := player.Play(t.Context(), footage); err != nil {
		t.Fatal(err)
	}
	if err := player.SumUp(footage); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > time.Minute {
		t.Errorf("it took %v, as if time went by", took)
	}
	var kinds []string
	var last time.Time
	for l := range strings.Lines(out.String()) {
		var x struct {
			Message
			Summary *Summary `json:"summary"`
		}
		if err := json.Unmarshal([]byte(l), &x); err != nil {
			t.Fatalf("%v in %s", err, l)
		}
		if x.Summary != nil {
			if x.Summary.Items != 3 || x.Summary.Posts != 1 || x.Summary.Digests != 1 || x.Summary.Feeds != 1 || len(x.Summary.Stories) != 1 {
				t.Errorf("the sum is %+v", x.Summary)
			}
			continue
		}
		if x.Time.Before(last) {
			t.Errorf("%s of %v comes after %v", x.Kind, x.Time, last)
		}
		last = x.Time
		kinds = append(kinds, string(x.Kind)+" "+x.Time.Format("15"))
	}
	if got := strings.Join(kinds, ", "); got != string(news.New)+" 13, "+string(news.Daily)+" 18" {
		t.Errorf("the desk heard %s", got)
	}
}
