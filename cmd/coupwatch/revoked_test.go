package main

import (
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/notify/slackdouble"
)

// A token that is revoked while news comes in costs nothing: all stays owed,
// whoever asks is told so, also after the daemon was killed, and when the token
// is good again everything is told once.
func TestRevokedTokenLosesNothing(t *testing.T) {
	t.Parallel()
	slack := slackdouble.New(slackdouble.Options{})
	t.Cleanup(slack.Close)
	dir, feed := t.TempDir(), newFeed(t)
	write(t, filepath.Join(dir, "rules.yaml"), feed.rules("coup")+"routes: [{to: slack, severity: medium}]\n")
	settings := []string{"SLACK_BOT_TOKEN=" + slackdouble.Token, "SLACK_CHANNEL=C0123", "SLACK_API_URL=" + slack.URL + slackdouble.API, "COUPWATCH_LISTEN=127.0.0.1:0"}
	d := start(t, dir, settings)
	page := regexp.MustCompile(`http://[^ ]+/`).FindString(d.await(`page +http`))
	d.await(`msg="feed read"`)
	feed.add("Coup in Ardania: tanks circle the broadcaster")
	d.await(`msg="alert sent"`)
	slack.Refuse("token_revoked")
	feed.add("Colonel leads Belmora coup before breakfast")
	d.await(`msg="alert not sent".*token_revoked`)
	if h := healthOf(t, page); h.Status != "degraded" || len(h.Channels) != 1 || h.Channels[0].Channel != "slack" || !strings.Contains(h.Channels[0].Reason, "token_revoked") || h.Channels[0].Since.IsZero() {
		t.Errorf("/healthz says %+v", h)
	}
	host := strings.TrimSuffix(strings.TrimPrefix(page, "http://"), "/")
	if out, errs, code := coupwatch(t, dir, []string{"COUPWATCH_LISTEN=" + host}, "health"); code != 1 || !strings.Contains(errs, "nothing can be sent to slack") {
		t.Errorf("health exits with %d and says\n%s%s", code, out, errs)
	}
	if _, _, code := coupwatch(t, dir, []string{"COUPWATCH_LISTEN=" + host}, "health", "--alive"); code != 0 {
		t.Errorf("health --alive exits with %d", code)
	}
	if text := get(t, page); !strings.Contains(text, "not delivered: slack: token_revoked") {
		t.Errorf("the page does not say what is owed:\n%s", text)
	}
	_ = d.cmd.Process.Kill()
	d.exit()
	feed.add("Cordavia wakes to a coup and shut borders")
	d = start(t, dir, settings)
	// The look at the start and the first reading go on side by side.
	d.awaitEach(`nothing can be sent over a channel.*token_revoked`, `alerts=1`)
	slack.Refuse("")
	if out, errs, code := coupwatch(t, dir, nil, "retry", "--channel", "slack"); code != 0 || !strings.Contains(out, "due now") {
		t.Errorf("retry exits with %d and says\n%s%s", code, out, errs)
	}
	awaitTold(t, d, slack, "Ardania", "Belmora", "Cordavia")
	if h := healthOf(t, regexp.MustCompile(`http://[^ ]+/`).FindString(d.seen.String())); len(h.Channels) > 0 {
		t.Errorf("/healthz says %+v after all was told", h)
	}
}

// awaitTold waits until Slack was told of each place once, in order.
func awaitTold(t *testing.T, d *process, slack *slackdouble.Server, places ...string) {
	t.Helper()
	var told []string
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end) && len(told) < len(places); <-time.After(50 * time.Millisecond) {
		told = nil
		for _, m := range slack.Messages() {
			for _, place := range places {
				if strings.Contains(m.Text, place) {
					told = append(told, place)
				}
			}
		}
	}
	if !slices.Equal(told, places) {
		t.Errorf("told of %q, want each of %q once:\n%s", told, places, d.seen.String())
	}
}

type healthAnswer struct {
	Status   string
	Problems []string
	Channels []struct {
		Channel, Reason string
		Since           time.Time
	}
}

func healthOf(t *testing.T, page string) (h healthAnswer) {
	t.Helper()
	if err := json.Unmarshal([]byte(get(t, page+"healthz")), &h); err != nil {
		t.Fatal(err)
	}
	return h
}

func get(t *testing.T, url string) string {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
