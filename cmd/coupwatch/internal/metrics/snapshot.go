package metrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/census"
)

// Sight is what is to be seen of a daemon at a moment. Its methods may be called
// at the same time.
type Sight interface {
	Feeds(ctx context.Context) ([]news.FeedState, error)
	Census(ctx context.Context, now time.Time) (census.Census, error)
	// RulesLoaded returns when the rules in use were read, and whether they are
	// those of the file as it is now.
	RulesLoaded() (at time.Time, current bool)
}

var (
	feeds = prometheus.NewDesc("coupwatch_feeds", "Feeds that are watched, by state: fresh, quiet, late, dead and so on.", []string{"state"}, nil)

	stories = prometheus.NewDesc("coupwatch_stories", "Stories that had a report in the last seven days.", nil, nil)
	owed    = prometheus.NewDesc("coupwatch_alerts_owed", "Alerts that are neither sent nor given up, by channel.", []string{"channel"}, nil)
	paused  = prometheus.NewDesc("coupwatch_channels_paused", "Channels over which nothing is tried at the moment, by kind.", []string{"channel"}, nil)
	digest  = prometheus.NewDesc("coupwatch_last_digest_timestamp_seconds", "The end of the last digest; absent if there was none.", nil, nil)
	size    = prometheus.NewDesc("coupwatch_database_bytes", "What the database takes on disk.", nil, nil)
	up      = prometheus.NewDesc("coupwatch_database_up", "1 if the database answers, else 0; what it knows is absent then.", nil, nil)

	loaded  = prometheus.NewDesc("coupwatch_rules_loaded_timestamp_seconds", "When the rules in use were read.", nil, nil)
	current = prometheus.NewDesc("coupwatch_rules_current", "1 if the rules file as it is now is in use, 0 if it has mistakes.", nil, nil)
)

// A snapshot collects what is to be seen at the moment.
type snapshot struct{ sight Sight }

// Describe implements [prometheus.Collector].
func (s snapshot) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{feeds, stories, owed, paused, digest, size, up, loaded, current} {
		to <- d
	}
}

// Collect implements [prometheus.Collector]. What the database does not answer is
// left out.
func (s snapshot) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	at, isCurrent := s.sight.RulesLoaded()
	gauge(to, loaded, seconds(at))
	gauge(to, current, oneIf(isCurrent))
	all, err := s.sight.Feeds(ctx)
	if err != nil {
		gauge(to, up, 0)
		return
	}
	c, err := s.sight.Census(ctx, time.Now())
	gauge(to, up, oneIf(err == nil))
	if err != nil {
		return
	}
	counts(to, feeds, byState(all))
	gauge(to, stories, float64(c.Stories))
	counts(to, owed, byKind(c.Owed))
	pausing := map[string]int{}
	for _, channel := range c.Paused {
		pausing[kind(channel)]++
	}
	counts(to, paused, pausing)
	if !c.Digest.IsZero() {
		gauge(to, digest, seconds(c.Digest))
	}
	gauge(to, size, float64(c.Bytes))
}

func gauge(to chan<- prometheus.Metric, d *prometheus.Desc, v float64, labels ...string) {
	to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
}

func counts(to chan<- prometheus.Metric, d *prometheus.Desc, n map[string]int) {
	for label, n := range n {
		gauge(to, d, float64(n), label)
	}
}

func byState(all []news.FeedState) map[string]int {
	n := map[string]int{}
	for _, state := range news.States {
		n[string(state)] = 0
	}
	for state, feeds := range news.CountStates(all, time.Now()) {
		n[string(state)] = feeds
	}
	return n
}

func byKind(channels map[string]int) map[string]int {
	n := map[string]int{}
	for channel, owed := range channels {
		n[kind(channel)] += owed
	}
	return n
}

// seconds returns a time as Prometheus has it, to the millisecond.
func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

func oneIf(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
