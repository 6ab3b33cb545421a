package settings

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/profile"
)

// Traces say where it is told what takes time. The zero value is nowhere. The
// variables are those of OpenTelemetry, whose names operators know.
type Traces struct {
	Endpoint string  // of a collector; "" for none
	Headers  secret  // that go with them, as name=value parted by commas
	Share    float64 // of what is begun that is traced
}

// Pairs returns the headers by name.
func (t Traces) Pairs() map[string]string {
	pairs := map[string]string{}
	for pair := range strings.SplitSeq(string(t.Headers), ",") {
		name, value, found := strings.Cut(pair, "=")
		plain, err := url.PathUnescape(strings.TrimSpace(value))
		if found && err == nil {
			pairs[strings.TrimSpace(name)] = plain
		}
	}
	return pairs
}

// setTraceEndpoint takes in an address without a login, which would not be sent.
func setTraceEndpoint(s *Settings, v string) error {
	u, err := url.Parse(v)
	if v != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "") {
		return errors.New("it should be a URL that begins with http:// or https://, such as http://127.0.0.1:4318, without a login, which goes into OTEL_EXPORTER_OTLP_HEADERS, a question mark or a #")
	}
	s.Traces.Endpoint = v
	return nil
}

// setTraceHeaders takes in headers without ever showing them: they are keys.
func setTraceHeaders(s *Settings, v string) error {
	s.Traces.Headers = secret(v)
	if v != "" && len(s.Traces.Pairs()) != 1+strings.Count(v, ",") {
		return errors.New("it should be name=value, parted by commas, with what is special in a value percent-encoded")
	}
	return nil
}

func setTraceShare(s *Settings, v string) error {
	share, err := strconv.ParseFloat(v, 64)
	if err != nil || !(share >= 0 && share <= 1) {
		return fmt.Errorf("%q should be a number from 0 to 1, such as 0.01", v)
	}
	s.Traces.Share = share
	return nil
}

func setProfile(s *Settings, v string) error {
	s.Profile = v
	if v == "" {
		return nil
	}
	return profile.Check(v)
}
