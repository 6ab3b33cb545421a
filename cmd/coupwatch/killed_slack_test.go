package main

import (
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/slackdouble"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// The long run is: go test ./cmd/coupwatch -run TestKilledTellsOnce -alerts 1000 -kills 50
var (
	killedAlerts = flag.Int("alerts", 50, "how many alerts TestKilledTellsOnce sends")
	killedTimes  = flag.Int("kills", 4, "how often TestKilledTellsOnce kills the program")
	killedSeed   = flag.Uint64("seed", 7, "of the troubles that TestKilledTellsOnce makes")
)

// Killed again and again while a Slack that is slow, has enough, breaks and
// cuts connections takes its alerts, the program tells of each, and of none
// twice.
func TestKilledTellsOnce(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(*killedSeed, *killedSeed))
	slack := slackdouble.New(slackdouble.Options{Page: 100, Trouble: slackdouble.Trouble{Share: 0.05, Slow: 300 * time.Millisecond, Dice: slackdouble.NewDice(*killedSeed)}})
	t.Cleanup(slack.Close)
	dir, feed := t.TempDir(), newFeed(t)
	write(t, filepath.Join(dir, "rules.yaml"), feed.rules("coup"))
	settings := []string{"SLACK_BOT_TOKEN=" + slackdouble.Token, "SLACK_CHANNEL=C1", "SLACK_API_URL=" + slack.URL + slackdouble.API}
	db := openStore(t, dir)
	owed := owe(t, db, *killedAlerts)
	for range *killedTimes {
		before := slack.Calls("chat.postMessage")
		d := start(t, dir, settings)
		for end := time.Now().Add(5 * time.Second); time.Now().Before(end) && slack.Calls("chat.postMessage") == before; {
			<-time.After(time.Millisecond) // until it is at work
		}
		<-time.After(time.Duration(random.IntN(400)) * time.Millisecond)
		_ = d.cmd.Process.Kill()
		d.exit()
	}
	unsent := len(unsentOf(t, db))
	began := time.Now()
	d := start(t, dir, settings)
	limit := began.Add(10 * time.Minute)
	for left := unsentOf(t, db); len(left) > 0; left = unsentOf(t, db) {
		if time.Now().After(limit) {
			t.Fatalf("%d alerts were not sent, such as %+v:\n%s", len(left), left[0], d.seen.String())
		}
		<-time.After(50 * time.Millisecond)
	}
	checkTold(t, slack.Messages(), owed)
	t.Logf("%d alerts, of which %d were left after %d kills and took %v more; %d calls to post, %d to look", len(owed), unsent, *killedTimes, time.Since(began).Round(time.Second),
		slack.Calls("chat.postMessage"), slack.Calls("conversations.history")+slack.Calls("conversations.replies"))
}

// owe queues so many alerts for a few channels, a twentieth of a second apart:
// stories and what followed, and a fifth of all at one moment in one channel.
func owe(t *testing.T, db *store.DB, n int) map[string]news.Alert {
	t.Helper()
	owed := map[string]news.Alert{}
	now := time.Now()
	for i := range n {
		story, kind := fmt.Sprint(i/3), []news.Kind{news.New, news.Update, news.Escalation}[i%3]
		channel, due := fmt.Sprintf("slack:C%d", 100+i/3%10), now.Add(time.Duration(i)*50*time.Millisecond)
		if i >= n*4/5 {
			story, kind, channel, due = fmt.Sprint("burst", i), news.New, "slack:C999", now.Add(2*time.Second)
		}
		a := news.Alert{
			ID: fmt.Sprintf("story/%s/%s/%s", story, channel, kind), Channel: channel, Kind: kind, DueAt: due,
			Story: news.Story{ID: story, Headline: "Coup number " + story, Severity: news.High, Status: news.Claim, Reports: 1},
		}
		if queued, err := db.Queue(t.Context(), a); err != nil || !queued {
			t.Fatalf("alert not queued: %v", err)
		}
		owed[a.ID] = a
	}
	return owed
}

// unsentOf returns the alerts that are not sent.
func unsentOf(t *testing.T, db *store.DB) []outbox.Delivery {
	t.Helper()
	all, err := db.Outbox(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	var unsent []outbox.Delivery
	for _, d := range all {
		if d.Sent.IsZero() && strings.HasPrefix(d.Channel, "slack") {
			unsent = append(unsent, d)
		}
	}
	return unsent
}

// checkTold checks that each of the alerts was told once, and in the thread of
// its story if that was told before.
func checkTold(t *testing.T, messages []slackdouble.Message, owed map[string]news.Alert) {
	t.Helper()
	short := map[string]string{} // ids by the form in which summaries have them
	for id := range owed {
		sum := sha256.Sum256([]byte(id))
		short[base64.RawURLEncoding.EncodeToString(sum[:9])] = id
	}
	told, first := map[string]int{}, map[string]string{}
	for _, m := range messages {
		if id, ok := m.Metadata.EventPayload["id"].(string); ok {
			a := owed[id]
			if told[id]++; first[a.Story.ID] == "" {
				first[a.Story.ID] = m.TS
			} else if m.Thread != first[a.Story.ID] {
				t.Errorf("%s is in the thread %q, want %q", id, m.Thread, first[a.Story.ID])
			}
		}
		ids, _ := m.Metadata.EventPayload["ids"].(string)
		for _, id := range strings.Fields(ids) {
			told[short[id]]++
			first[owed[short[id]].Story.ID] = m.TS
		}
	}
	for id := range owed {
		if told[id] != 1 {
			t.Errorf("%s was told %d times", id, told[id])
		}
	}
	if len(told) != len(owed) || len(owed) == 0 {
		t.Errorf("told of %d alerts, want %d", len(told), len(owed))
	}
}
