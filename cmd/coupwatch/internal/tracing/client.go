package tracing

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
)

const (
	patience   = 10 * time.Second // for one answer
	firstPause = 5 * time.Second  // before the first try again; later ones wait longer
	longest    = 30 * time.Second // that is waited between two tries
	persevere  = time.Minute      // with one batch; the SDK gives it half of that
	mostAnswer = 64 << 10         // bytes of an answer that are read
)

// A client sends spans by OTLP over HTTP. It implements otlptrace.Client in place of
// otlptracehttp, whose types of request and answer bring gRPC and its gateway into the
// program; those of the spans do not, and have the same form on the wire.
type client struct {
	url     string
	headers map[string]string
	http    http.Client
	stopped context.Context // which stop ends
	stop    context.CancelFunc
}

func newClient(url string, headers map[string]string) (*client, error) {
	if _, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url, nil); err != nil {
		return nil, err
	}
	stopped, stop := context.WithCancel(context.Background())
	// A transport of its own: what others do to the default one is no matter of traces.
	transport := http.DefaultTransport.(*http.Transport).Clone()
	return &client{url: url, headers: headers, http: http.Client{Transport: transport, Timeout: patience}, stopped: stopped, stop: stop}, nil
}

// Start implements otlptrace.Client; connections are made when they are needed.
func (*client) Start(context.Context) error { return nil }

// Stop implements otlptrace.Client: what is being sent is given up.
func (c *client) Stop(context.Context) error {
	c.stop()
	c.http.CloseIdleConnections()
	return nil
}

// UploadTraces implements otlptrace.Client. A collector that is busy, or not there, is
// asked again, by its Retry-After or ever later, as OTLP wants it.
func (c *client) UploadTraces(ctx context.Context, spans []*tracepb.ResourceSpans) error {
	body, err := pack(spans)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(c.stopped, cancel)()
	var last error
	_, err = backoff.Retry(ctx, func() (struct{}, error) {
		last = c.post(ctx, body)
		return struct{}{}, last
	}, backoff.WithBackOff(&backoff.ExponentialBackOff{
		InitialInterval: firstPause, MaxInterval: longest,
		Multiplier: backoff.DefaultMultiplier, RandomizationFactor: backoff.DefaultRandomizationFactor,
	}), backoff.WithMaxElapsedTime(persevere))
	if err != nil && ctx.Err() != nil && last != nil {
		return last // and not that time was up, which says nothing of the collector
	}
	return err
}

// pack returns spans as the body of a request. A batch, its one field, is what an
// ExportTraceServiceRequest is.
func pack(spans []*tracepb.ResourceSpans) ([]byte, error) {
	plain, err := proto.Marshal(&tracepb.TracesData{ResourceSpans: spans})
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	z := gzip.NewWriter(&body)
	if _, err := z.Write(plain); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return body.Bytes(), nil
}

// post sends body once. An error says whether it is worth a second try, in the words of
// [backoff.Retry].
func (c *client) post(ctx context.Context, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return backoff.Permanent(err)
	}
	req.Header.Set("User-Agent", "coupwatch")
	for name, value := range c.headers {
		req.Header.Set(name, value)
	}
	req.Header.Set("Content-Type", "application/x-protobuf")
	req.Header.Set("Content-Encoding", "gzip")
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, mostAnswer))
	switch {
	case resp.StatusCode/100 != 2:
		return refusal(resp, answer)
	case err != nil:
		return backoff.Permanent(err) // it has them, whatever it wanted to say
	case resp.Header.Get("Content-Type") == "application/x-protobuf":
		return refused(answer)
	}
	return nil
}

// refusal is the error of an answer that takes nothing.
func refusal(resp *http.Response, answer []byte) error {
	err := fmt.Errorf("it answers %s: %.200q", resp.Status, strings.TrimSpace(string(answer)))
	switch resp.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		if wait := retryAfter(resp.Header.Get("Retry-After"), time.Now()); wait > 0 {
			return fmt.Errorf("%w; %w", err, &backoff.RetryAfterError{Duration: wait})
		}
		return err
	}
	return backoff.Permanent(err)
}

// retryAfter returns how long a server wants not to be asked; zero if it says nothing.
func retryAfter(header string, now time.Time) time.Duration {
	if s, err := strconv.Atoi(header); err == nil {
		return time.Duration(min(max(s, 0), 24*60*60)) * time.Second
	}
	if t, err := http.ParseTime(header); err == nil {
		return max(t.Sub(now), 0)
	}
	return 0
}

// refused is the error of an answer that takes spans but for some, nil if it takes
// all: an ExportTraceServiceResponse has in field 1 how many it does not take (1) and why (2).
func refused(answer []byte) error {
	partial := field(answer, 1)
	n, _ := protowire.ConsumeVarint(field(partial, 1))
	if why := field(partial, 2); n > 0 || len(why) > 0 {
		return backoff.Permanent(fmt.Errorf("it does not take %d spans: %.200q", n, why))
	}
	return nil
}

// field returns the value of a field of a message, nil if it has none: of a number
// as it is written.
func field(message []byte, want protowire.Number) []byte {
	for len(message) > 0 {
		number, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return nil
		}
		message = message[n:]
		size := protowire.ConsumeFieldValue(number, kind, message)
		if size < 0 {
			return nil
		}
		if number != want {
			message = message[size:]
			continue
		}
		if kind == protowire.BytesType {
			value, _ := protowire.ConsumeBytes(message)
			return value
		}
		return message[:size]
	}
	return nil
}
