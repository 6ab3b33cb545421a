// Package metrics tells Prometheus how the daemon is: what it reads, matches and
// sends, counted as it passes, and what it owes and holds, asked of the database
// whenever somebody looks. It is the one door of client_golang. Labels have few
// values: rules, kinds of channels, states; never a feed, story or address.
package metrics

import (
	"net/http"
	"runtime"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics count what the daemon does. They are safe for concurrent use; make them
// with [New].
type Metrics struct {
	registry *prometheus.Registry
	reads    *prometheus.CounterVec // by result
	reading  prometheus.Histogram
	items    *prometheus.CounterVec // by what they are
	matches  *prometheus.CounterVec // by rule
	alerts   *prometheus.CounterVec // by channel and outcome
	delay    prometheus.Histogram
	pages    *prometheus.CounterVec // by pattern and code
	paging   *prometheus.HistogramVec
	pushes   *prometheus.CounterVec // by result
}

// New returns metrics of a program with this version.
func New(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		reads: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "coupwatch_feed_readings_total", Help: "Readings of feeds, by result: new, nothing_new, unchanged, failed or unrecorded.",
		}, []string{"result"}),
		reading: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "coupwatch_feed_reading_duration_seconds", Help: "From asking for a feed until what it brought is recorded.",
			Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60},
		}),
		items: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "coupwatch_items_total", Help: "Items, by what they are: new or revised.",
		}, []string{"as"}),
		matches: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "coupwatch_matches_total", Help: "New or revised items that a rule matched, by the gravest of their rules.",
		}, []string{"rule"}),
		alerts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "coupwatch_alert_attempts_total", Help: "Attempts to send an alert, by channel and outcome: sent, put_off, unclear or given_up.",
		}, []string{"channel", "outcome"}),
		delay: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "coupwatch_alert_delay_seconds", Help: "From the publication of an item until people were told of it at once, by all channels.",
			Buckets: []float64{5, 15, 30, 60, 120, 300, 600, 1800, 3600, 6 * 3600, 24 * 3600},
		}),
		pages: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "coupwatch_page_requests_total", Help: "Requests of the page that were answered, by the pattern of its address and the code; refused are those that the gate did not let in.",
		}, []string{"page", "code"}),
		paging: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "coupwatch_page_duration_seconds", Help: "From a request of the page until it was answered, but for what goes on, such as /live.",
			Buckets: []float64{.005, .025, .1, .5, 2.5},
		}, []string{"page"}),
		pushes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "coupwatch_pushes_total", Help: "What hubs sent of feeds, by result: taken, refused or unrecorded.",
		}, []string{"result"}),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "coupwatch_build_info", Help: "1, with the version as a label."}, []string{"version", "goversion"})
	build.WithLabelValues(version, runtime.Version()).Set(1)
	m.registry.MustRegister(m.reads, m.reading, m.items, m.matches, m.alerts, m.delay, m.pages, m.paging, m.pushes, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler answers Prometheus, and asks sight what cannot be counted in passing. It
// is to be called once.
func (m *Metrics) Handler(sight Sight) http.Handler {
	m.registry.MustRegister(snapshot{sight})
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Timeout: 10 * time.Second, MaxRequestsInFlight: 4})
}

// kind returns what a channel is, without whom it reaches: "email" of
// "email:desk@example.org".
func kind(channel string) string {
	kind, _, _ := strings.Cut(channel, ":")
	return kind
}
