package metrics_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/metrics"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/store/census"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/push"
)

// A sight is a daemon with two feeds.
type sight struct{ dead bool }

func (s sight) Feeds(context.Context) ([]news.FeedState, error) {
	if s.dead {
		return nil, errors.New("the database does not answer")
	}
	return []news.FeedState{{Failures: 2, LastRead: time.Now(), Signs: news.Signs{Fails: news.FeedBlocked}}, {LastRead: time.Now(), LastGood: time.Now()}}, nil
}

func (sight) Census(context.Context, time.Time) (census.Census, error) {
	return census.Census{
		Stories: 7, Owed: map[string]int{"slack": 1, "email:a@example.org": 2, "email:b@example.org": 3},
		Paused: []string{"email:a@example.org"}, Digest: time.UnixMilli(1_700_000_000_500), Bytes: 4096,
	}, nil
}

func (sight) RulesLoaded() (time.Time, bool) { return time.UnixMilli(1_700_000_000_000), true }

// A wire is a store and a queue that take whatever comes.
type wire struct {
	watcher.Store
	notify.Queue
}

func (wire) Ingest(_ context.Context, _ news.Reading, reports []news.Report, decider news.Decider) (news.Tally, error) {
	for _, r := range reports {
		decider.Decide(r)
	}
	return news.Tally{New: len(reports) + 3, Revised: 1}, nil
}

func (wire) ClaimDue(_ context.Context, now time.Time, channel string, _ int) ([]news.Alert, error) {
	return []news.Alert{
		{ID: "a", Channel: channel, Kind: news.New, Item: news.Item{Published: now.Add(-40 * time.Second)}},
		{ID: "b", Channel: channel, Kind: news.New},
	}, nil
}
func (wire) Sent(context.Context, string, string, time.Time) error   { return nil }
func (wire) Failed(context.Context, string, string, time.Time) error { return nil }

// hubs are subscriptions, one of which cannot be recorded.
type hubs struct{ push.Store }

func (hubs) NoteSent(_ context.Context, id, _ string, _ time.Time) error {
	if id == "locked" {
		return errors.New("the database is locked")
	}
	return nil
}

type decider struct{ news.Decider }

func (decider) Decide(news.Report, ...news.Story) news.Decision { return news.Decision{} }

func scrape(t *testing.T, h http.Handler) string {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("code %d: %s", w.Code, w.Body)
	}
	problems, err := promlint.New(strings.NewReader(w.Body.String())).Lint()
	if err != nil || len(problems) > 0 {
		t.Errorf("promlint: %v, %v", problems, err)
	}
	return w.Body.String()
}

func check(t *testing.T, page string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(page, line+"\n") {
			t.Errorf("no line %q", line)
		}
	}
	if t.Failed() {
		t.Log(page)
	}
}

func TestMetrics(t *testing.T) {
	m := metrics.New("v1.2.3")
	h := m.Handler(sight{})
	reports := []news.Report{{Matches: []news.Match{{Rule: "coup"}, {Rule: "plot"}}}, {}}
	if _, err := m.Store(wire{}).Ingest(t.Context(), news.Reading{At: time.Now()}, reports, decider{}); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Store(wire{}).Ingest(t.Context(), news.Reading{At: time.Now(), Failures: 1}, nil, decider{}); err != nil {
		t.Fatal(err)
	}
	queue := m.Queue(wire{})
	if _, err := queue.ClaimDue(t.Context(), time.Now(), "email:a@example.org", 2); err != nil {
		t.Fatal(err)
	}
	_, _ = queue.Sent(t.Context(), "a", "", time.Now()), queue.Failed(t.Context(), "b", "too large", time.Now())
	_ = queue.Sent(t.Context(), "nobody claimed it", "", time.Now())

	m.Served("GET /story/{id}", 404, 30*time.Millisecond)
	m.Served("GET /live", 200, time.Hour)
	m.Served("", 401, time.Millisecond)
	for _, sent := range []struct{ problem, id string }{{"", "a"}, {"not signed", "a"}, {"", "locked"}, {"", "a"}} {
		_ = m.Pushes(hubs{}).NoteSent(t.Context(), sent.id, sent.problem, time.Now())
	}

	page := scrape(t, h)
	check(t, page,
		`coupwatch_page_requests_total{code="404",page="GET /story/{id}"} 1`, `coupwatch_page_requests_total{code="401",page="refused"} 1`,
		`coupwatch_page_requests_total{code="200",page="GET /live"} 1`,
		`coupwatch_page_duration_seconds_bucket{page="GET /story/{id}",le="0.025"} 0`, `coupwatch_page_duration_seconds_bucket{page="GET /story/{id}",le="0.1"} 1`,
		`coupwatch_pushes_total{result="taken"} 2`, `coupwatch_pushes_total{result="refused"} 1`, `coupwatch_pushes_total{result="unrecorded"} 1`,
		`coupwatch_feed_readings_total{result="new"} 1`, `coupwatch_feed_readings_total{result="failed"} 1`,
		`coupwatch_feed_reading_duration_seconds_count 2`, `coupwatch_items_total{as="new"} 8`, `coupwatch_items_total{as="revised"} 2`,
		`coupwatch_matches_total{rule="coup"} 1`,
		`coupwatch_alert_attempts_total{channel="email",outcome="sent"} 1`, `coupwatch_alert_attempts_total{channel="email",outcome="given_up"} 1`,
		`coupwatch_alert_delay_seconds_bucket{le="30"} 0`, `coupwatch_alert_delay_seconds_bucket{le="60"} 1`,
		`coupwatch_feeds{state="blocked"} 1`, `coupwatch_feeds{state="fresh"} 1`, `coupwatch_feeds{state="late"} 0`,
		`coupwatch_stories 7`, `coupwatch_alerts_owed{channel="email"} 5`, `coupwatch_channels_paused{channel="email"} 1`,
		`coupwatch_last_digest_timestamp_seconds 1.7000000005e+09`, `coupwatch_database_bytes 4096`, `coupwatch_database_up 1`, `coupwatch_rules_current 1`,
	)
	if strings.Contains(page, `duration_seconds_count{page="GET /live"}`) {
		t.Error("it is told how long somebody listened")
	}
	if strings.Contains(page, "example.org") {
		t.Error("an address is shown")
	}
}

// A database that does not answer is told, and the rest as ever.
func TestMetricsWithoutDatabase(t *testing.T) {
	page := scrape(t, metrics.New("v1.2.3").Handler(sight{dead: true}))
	check(t, page, `coupwatch_database_up 0`, `coupwatch_rules_current 1`)
	if strings.Contains(page, "coupwatch_stories") {
		t.Error("stories are counted that nobody could count")
	}
}

// What operators are given for Prometheus and Grafana asks only for what is told.
func TestOpsAskForWhatIsTold(t *testing.T) {
	m := metrics.New("v1.2.3")
	h := m.Handler(sight{})
	if _, err := m.Store(wire{}).Ingest(t.Context(), news.Reading{At: time.Now()}, []news.Report{{Matches: []news.Match{{Rule: "coup"}}}}, decider{}); err != nil {
		t.Fatal(err)
	}
	queue := m.Queue(wire{})
	if _, err := queue.ClaimDue(t.Context(), time.Now(), "slack", 1); err != nil {
		t.Fatal(err)
	}
	_ = queue.Sent(t.Context(), "a", "", time.Now())
	m.Served("GET /{$}", 200, time.Millisecond)
	_ = m.Pushes(hubs{}).NoteSent(t.Context(), "a", "", time.Now())
	page := scrape(t, h)
	name := regexp.MustCompile(`\bcoupwatch_[a-z_]+`)
	for _, file := range []string{"prometheus-alerts.yaml", "grafana-dashboard.json"} {
		text, err := os.ReadFile("../../../../ops/" + file)
		if err != nil {
			t.Fatal(err)
		}
		asked := name.FindAllString(string(text), -1)
		if len(asked) < 5 {
			t.Errorf("%s asks for %d metrics: nothing is tested", file, len(asked))
		}
		for _, metric := range asked {
			if !strings.Contains(page, "\n"+metric+"{") && !strings.Contains(page, "\n"+metric+" ") {
				t.Errorf("%s asks for %s, which is not told", file, metric)
			}
		}
	}
}
