// Package tracing tells a collector of OpenTelemetry what takes time: readings of
// feeds, deliveries and pages, with what they are made of. It is the one door of
// OpenTelemetry. What leaves it names feeds and problems, but no login, key or query
// of an address, and nobody who is told something.
package tracing

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"github.com/coupwatch/coupwatch/internal/span"
)

// Options say where traces go. The zero value is nowhere.
type Options struct {
	Endpoint string            // the collector's address for OTLP over HTTP, to which v1/traces is added; "" for no traces
	Headers  map[string]string // that are sent along, such as a key
	Share    float64           // of what is begun that is traced, up to 1
	Version  string            // of the program
	Log      *slog.Logger
}

// goodbye is how long the last spans may take to leave.
const goodbye = 2 * time.Second

// Start returns a context whose spans are traced, and what is to be called in the end:
// it sends what was not sent yet, for a moment. A collector that does not answer costs
// its spans and is told once in the log; nobody waits for it.
func Start(ctx context.Context, o Options) (traced context.Context, stop func(), err error) {
	if o.Endpoint == "" {
		return ctx, func() {}, nil
	}
	to, err := newClient(strings.TrimRight(o.Endpoint, "/")+"/v1/traces", o.Headers)
	if err != nil {
		return ctx, nil, fmt.Errorf("trace to OTEL_EXPORTER_OTLP_ENDPOINT: %s", scrub(err.Error()))
	}
	exporter := otlptrace.NewUnstarted(to)
	if err := exporter.Start(ctx); err != nil {
		return ctx, nil, fmt.Errorf("trace to OTEL_EXPORTER_OTLP_ENDPOINT: %s", scrub(err.Error()))
	}
	heedErrors(o.Log)
	provider := sdk.NewTracerProvider(
		sdk.WithBatcher(exporter),
		sdk.WithSampler(sdk.ParentBased(sdk.TraceIDRatioBased(o.Share))),
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", "coupwatch"), attribute.String("service.version", o.Version))))
	stop = func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), goodbye)
		defer cancel()
		if err := provider.Shutdown(ctx); err != nil {
			o.Log.Warn("the last traces did not leave", "err", scrub(err.Error()))
		}
	}
	return span.With(ctx, tracer{provider.Tracer("coupwatch")}), stop, nil
}

// silence is for how long nothing is said again of a collector that does not answer.
const silence = time.Hour

// heedErrors has errors of the collector in the log, now and then.
func heedErrors(log *slog.Logger) {
	var said atomic.Int64
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) {
		last, now := said.Load(), time.Now().Unix()
		if now-last > int64(silence/time.Second) && said.CompareAndSwap(last, now) {
			log.Warn("traces are lost: the collector does not take them; see OTEL_EXPORTER_OTLP_ENDPOINT", "err", scrub(err.Error()))
		}
	}))
}

// A tracer implements [span.Tracer].
type tracer struct{ to trace.Tracer }

// Begin implements [span.Tracer].
func (t tracer) Begin(ctx context.Context, name string) (context.Context, span.Recorder) {
	ctx, s := t.to.Start(ctx, name)
	return ctx, recorder{s}
}

// A recorder implements [span.Recorder].
type recorder struct{ of trace.Span }

func (r recorder) Rename(name string) { r.of.SetName(name) }

func (r recorder) Text(key, value string) { r.of.SetAttributes(attribute.String(key, scrub(value))) }

func (r recorder) Number(key string, value int64) { r.of.SetAttributes(attribute.Int64(key, value)) }

func (r recorder) Fail(problem string) { r.of.SetStatus(codes.Error, scrub(problem)) }

func (r recorder) End() { r.of.End() }

var (
	logins  = regexp.MustCompile(`://[^/\s"'<>@]*@`)
	queries = regexp.MustCompile(`(://[^\s"'<>?#]*)[?#][^\s"'<>]*`)
	people  = regexp.MustCompile(`[^\s"'<>:/(),;]+@[^\s"'<>:/(),;]+`)
)

// scrub takes out of a text what is nobody's business: of addresses what stands
// before the host and behind the path, and mail addresses.
func scrub(text string) string {
	text = logins.ReplaceAllString(text, "://")
	text = queries.ReplaceAllString(text, "$1?…")
	return people.ReplaceAllString(text, "…@…")
}
