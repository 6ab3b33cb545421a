package tracing

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/encoding/protowire"
)

// An answers is a collector that gives one answer after another, the last for ever:
// a code, a Retry-After behind a blank, or "" for a connection that breaks.
type answers struct {
	list  []string
	kind  string
	body  string
	asked int
}

func (a *answers) RoundTrip(r *http.Request) (*http.Response, error) {
	if n, err := io.Copy(io.Discard, r.Body); n == 0 || err != nil {
		return nil, errors.New("nothing is sent")
	}
	code, after, _ := strings.Cut(a.list[min(a.asked, len(a.list)-1)], " ")
	a.asked++
	if code == "" {
		return nil, errors.New("connection refused")
	}
	status := map[string]int{"200": 200, "400": 400, "401": 401, "429": 429, "500": 500, "502": 502, "503": 503, "504": 504}[code]
	header := http.Header{"Content-Type": {a.kind}, "Retry-After": {after}}
	return &http.Response{StatusCode: status, Status: strconv.Itoa(status) + " " + http.StatusText(status), Header: header, Body: io.NopCloser(strings.NewReader(a.body))}, nil
}

// A busy collector is asked again, when it says or ever later, and a refusal is one.
func TestUploadTraces(t *testing.T) {
	for _, tt := range []struct {
		answers string
		asked   int // 0 for any number
		atLeast time.Duration
		atMost  time.Duration
		err     string
	}{
		{"200", 1, 0, 0, ""},
		{"503 7; 200", 2, 7 * time.Second, 7 * time.Second, ""},
		{"503 Sat, 01 Jan 2000 00:00:09 GMT; 200", 2, 9 * time.Second, 9 * time.Second, ""},
		{"429 3; 502 4; 504 5; 200", 4, 12 * time.Second, 12 * time.Second, ""},
		{"503; 200", 2, firstPause / 2, 2 * firstPause, ""},
		{"; 200", 2, firstPause / 2, 2 * firstPause, ""},
		{"503 -1; 200", 2, firstPause / 2, 2 * firstPause, ""},
		{"503 3600", 1, 0, 0, "Service Unavailable"},
		{"503 99999999999999999999", 0, firstPause, persevere, "Service Unavailable"},
		{"401", 1, 0, 0, `it answers 401`},
		{"500", 1, 0, 0, "Internal Server Error"},
	} {
		synctest.Test(t, func(t *testing.T) {
			a := &answers{list: strings.Split(tt.answers, "; "), body: " why\n"}
			c, err := newClient("http://collector.example/v1/traces", nil)
			if err != nil {
				t.Fatal(err)
			}
			c.http.Transport = a
			began := time.Now()
			err = c.UploadTraces(t.Context(), []*tracepb.ResourceSpans{{SchemaUrl: "a"}})
			took := time.Since(began)
			if tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
				t.Errorf("%s: %v, want %q", tt.answers, err, tt.err)
			}
			if tt.asked != 0 && a.asked != tt.asked || took < tt.atLeast || took > tt.atMost {
				t.Errorf("%s: asked %d times in %v, want %d in %v to %v", tt.answers, a.asked, took, tt.asked, tt.atLeast, tt.atMost)
			}
		})
	}
}

// Nothing goes on once it is stopped, and what is said is what the collector said.
func TestStopEndsUploads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, err := newClient("http://collector.example/v1/traces", nil)
		if err != nil {
			t.Fatal(err)
		}
		c.http.Transport = &answers{list: []string{"503 20"}}
		time.AfterFunc(time.Second, func() { _ = c.Stop(t.Context()) })
		began := time.Now()
		err = c.UploadTraces(t.Context(), nil)
		if err == nil || !strings.Contains(err.Error(), "Service Unavailable") || time.Since(began) > 2*time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
}

// A collector that takes all but some spans is told of, and not asked again.
func TestSpansAreRefused(t *testing.T) {
	partial := protowire.AppendTag(nil, 1, protowire.VarintType)
	partial = protowire.AppendVarint(partial, 300)
	partial = protowire.AppendTag(partial, 2, protowire.BytesType)
	partial = protowire.AppendString(partial, "too old")
	answer := protowire.AppendTag(nil, 9, protowire.VarintType) // of a later version
	answer = protowire.AppendVarint(answer, 1)
	answer = protowire.AppendTag(answer, 1, protowire.BytesType)
	answer = protowire.AppendBytes(answer, partial)
	for _, tt := range []struct{ kind, body, want string }{
		{"application/x-protobuf", string(answer), `it does not take 300 spans: "too old"`},
		{"application/x-protobuf", "", ""},
		{"application/x-protobuf", "\xff\xff\xff", ""},
		{"application/x-protobuf", string(answer[:len(answer)-3]), ""},
		{"application/json", "{}", ""},
	} {
		a := &answers{list: []string{"200"}, kind: tt.kind, body: tt.body}
		c, err := newClient("http://collector.example/v1/traces", nil)
		if err != nil {
			t.Fatal(err)
		}
		c.http.Transport = a
		got := ""
		if err := c.UploadTraces(t.Context(), []*tracepb.ResourceSpans{{SchemaUrl: "a"}}); err != nil {
			got = err.Error()
		}
		if got != tt.want || a.asked != 1 {
			t.Errorf("%q: %q, want %q; asked %d times", tt.body, got, tt.want, a.asked)
		}
	}
}
