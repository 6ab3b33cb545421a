package main

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/replay"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/newswire"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/slackdouble"
)

// A stage is where the newswire is replayed, with routes of its own.
type stage struct {
	*program
	items   []news.Item
	archive string // has the items the wrong way round
	out     *bytes.Buffer
}

func newStage(t *testing.T, routes string) *stage {
	t.Helper()
	dir, out := t.TempDir(), &bytes.Buffer{}
	rules, _, found := strings.Cut(newswire.Rules(wireAddress), "\nroutes:")
	if !found {
		t.Fatal("the newswire's rules have no routes")
	}
	s := &stage{items: wireItems(t), archive: filepath.Join(dir, "items.jsonl"), out: out, program: &program{out: out, err: io.Discard}}
	s.Rules, s.Database = filepath.Join(dir, "rules.yaml"), "sqlite:"+filepath.Join(dir, "coupwatch.db")
	s.log = slog.New(slog.DiscardHandler)
	write(t, s.Rules, rules+"\n"+routes)
	reversed := slices.Clone(s.items)
	slices.Reverse(reversed)
	write(t, s.archive, asLines(t, reversed))
	return s
}

// play plays the newswire and returns what is printed.
func (s *stage) play(t *testing.T, o replayOptions) string {
	t.Helper()
	s.out.Reset()
	if o.speed == "" {
		o.speed = "max"
	}
	if err := s.replay(t.Context(), []string{s.archive}, o); err != nil {
		t.Fatal(err)
	}
	return s.out.String()
}

// messages plays the newswire and returns its messages and the sum of them.
func (s *stage) messages(t *testing.T, o replayOptions) (all []replay.Message, sum replay.Summary) {
	t.Helper()
	o.asJSON = true
	for line := range strings.Lines(s.play(t, o)) {
		var last struct{ Summary *replay.Summary }
		if err := json.Unmarshal([]byte(line), &last); err != nil {
			t.Fatal(err)
		}
		if last.Summary != nil {
			return all, *last.Summary
		}
		var m replay.Message
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	t.Fatal("the messages are not summed up")
	return nil, sum
}

const deskRoutes = `
routes: [{to: [slack, email], severity: medium}]
digest: {at: "07:00", timezone: Europe/Kyiv, to: [email]}
`

// A replay that reads each item when it was published decides as a backtest of
// the same archive does, which needs no database.
func TestReplayIsTheBacktest(t *testing.T) {
	t.Parallel()
	s := newStage(t, deskRoutes)
	s.play(t, replayOptions{atOnce: true, keep: true})
	db := openStore(t, filepath.Dir(s.Rules))
	var ids []string
	for _, it := range s.items {
		ids = append(ids, it.ID)
	}
	verdicts, err := db.ItemsByID(t.Context(), ids...)
	if err != nil || len(verdicts) != len(s.items) {
		t.Fatalf("%d items are stored, want %d: %v", len(verdicts), len(s.items), err)
	}
	played := map[string]fate{}
	for _, v := range verdicts {
		if v.Kind != "" {
			played[v.ID] = fate{v.Story, v.Update, v.Kind}
		}
	}
	s.out.Reset()
	if err := s.backtest(t.Context(), []string{s.archive}, backtestOptions{since: "30d", asJSON: true}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(fates(t, s.out), played); diff != "" {
		t.Errorf("the replay is not what a backtest says (-backtest +replay):\n%s", diff)
	}
	if kinds := kindsOf(played); kinds[news.New] < 2 || kinds[news.Update]+kinds[news.Copy] < 20 {
		t.Errorf("what was played is no test: %v", kinds)
	}
}

// Two replays of one archive are the same to the byte, also at another speed,
// and their messages come in order of time, none before the report that it
// tells.
func TestReplayIsAlwaysTheSame(t *testing.T) {
	t.Parallel()
	s := newStage(t, deskRoutes)
	first := s.play(t, replayOptions{})
	if again := s.play(t, replayOptions{speed: "1e8"}); again != first {
		t.Errorf("the second replay differs:\n%s", cmp.Diff(first, again))
	}
	all, sum := s.messages(t, replayOptions{})
	var last time.Time
	kinds := map[news.Kind]int{}
	for _, m := range all {
		if kinds[m.Kind]++; m.Time.Before(last) || m.Time.Before(m.Published) {
			t.Errorf("%s: a message of %v comes after %v and tells a report of %v", m.Headline, m.Time, last, m.Published)
		}
		last = m.Time
		if m.Channel == "email" && (m.Kind == news.Update || m.Kind == news.Refresh) {
			t.Errorf("a mail of kind %s", m.Kind)
		}
	}
	if kinds[news.New] < 4 || kinds[news.Escalation] == 0 || kinds[news.Update] == 0 || kinds[news.Refresh] == 0 || kinds[news.Daily] < 3 {
		t.Errorf("the messages are no test: %v", kinds)
	}
	if sum.Posts*2 != kinds[news.New] || sum.Escalations*2 != kinds[news.Escalation] || sum.Updates != kinds[news.Update] || sum.Digests != kinds[news.Daily] {
		t.Errorf("the sum is %+v, and the messages to two channels are %v", sum, kinds)
	}
}

// What comes before --from is remembered and not told; what follows it in a
// thread that nobody sees is left out.
func TestReplayFrom(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	s := newStage(t, deskRoutes)
	whole, _ := s.messages(t, replayOptions{warm: 240 * time.Hour})
	from := s.items[0].Published.Add(30 * time.Hour).Truncate(time.Minute)
	part, _ := s.messages(t, replayOptions{from: from.Format(time.RFC3339), warm: 240 * time.Hour})
	var want []string
	told := map[string]bool{}
	for _, m := range whole {
		if told[m.Story] = told[m.Story] || m.Time.Before(from); m.Time.Before(from) {
			continue
		}
		if m.Kind == news.New || m.Kind == news.Escalation || !told[m.Story] && m.Story != "" {
			want = append(want, m.Time.String()+" "+m.Channel+" "+string(m.Kind)+" "+m.Headline)
		}
	}
	var got []string
	for _, m := range part {
		if m.Time.Before(from) {
			t.Errorf("%s is told at %v, before %v", m.Headline, m.Time, from)
		}
		if m.Kind == news.New || m.Kind == news.Escalation || !told[m.Story] && m.Story != "" {
			got = append(got, m.Time.String()+" "+m.Channel+" "+string(m.Kind)+" "+m.Headline)
		}
	}
	if len(want) < 5 {
		t.Fatalf("no cases: %q", want)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("from the middle on it is another story (-whole +part):\n%s", diff)
	}
}

// With --to-slack the same messages stand in the channel that was named, in
// threads as on the tape, and in no other.
func TestReplayToSlack(t *testing.T) {
	t.Parallel()
	slack := slackdouble.New(slackdouble.Options{})
	t.Cleanup(slack.Close)
	s := newStage(t, `
routes: [{to: ["slack:C0REAL"], severity: high}]
digest: {at: "07:00", timezone: UTC, to: ["slack:C0REAL"]}
`)
	s.SlackToken, s.SlackAPI = slackdouble.Token, slack.URL+slackdouble.API
	all, _ := s.messages(t, replayOptions{slack: "C0REHEARSAL", pace: time.Millisecond})
	posted := slack.Messages()
	var taped []replay.Message
	for _, m := range all {
		if m.Kind != news.Refresh {
			taped = append(taped, m)
		}
	}
	if len(taped) < 5 || len(posted) != len(taped) {
		t.Fatalf("%d messages are posted, and %d on the tape", len(posted), len(taped))
	}
	for i, m := range taped {
		p := posted[i]
		if p.Channel != "C0REHEARSAL" || (p.Thread != "") != (m.Thread != 0) || p.Broadcast != (m.Thread != 0 && m.Kind == news.Escalation) {
			t.Errorf("%d: %s to thread %d of the tape is posted to %q, thread %q, broadcast %v", i, m.Kind, m.Thread, p.Channel, p.Thread, p.Broadcast)
		}
	}
	if slack.Calls("chat.update") == 0 {
		t.Error("no message was edited")
	}
}
