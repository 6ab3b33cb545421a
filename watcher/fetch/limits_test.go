package fetch_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/watcher/fetch"
)

func TestRest(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	tests := []struct {
		name   string
		status int
		header []string
		want   time.Duration
	}{
		{"well", 200, nil, 0},
		{"well and asked to wait", 200, []string{"Retry-After", "60"}, 0},
		{"too many", 429, []string{"Retry-After", "60"}, time.Minute},
		{"too many, without a word", 429, nil, 5 * time.Minute},
		{"busy", 503, []string{"Retry-After", "120"}, 2 * time.Minute},
		{"busy, without a word", 503, nil, 0},
		{"of one feed alone", 500, []string{"Retry-After", "120"}, 0},
		{"for ever", 429, []string{"Retry-After", "99999999999999999999"}, 24 * time.Hour},
		{"spent", 200, []string{"RateLimit-Remaining", "0", "RateLimit-Reset", "30"}, 30 * time.Second},
		{"not spent", 200, []string{"RateLimit-Remaining", "1", "RateLimit-Reset", "30"}, 0},
		{"by halves", 200, []string{"X-Ratelimit-Remaining", "0.0", "X-Ratelimit-Reset", "90"}, 90 * time.Second},
		{"until a time", 403, []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1800000060"}, time.Minute},
		{"until a time in milliseconds", 200, []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1800000060000"}, time.Minute},
		{"until a time that is over", 200, []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1700000000"}, 0},
		{"in one header", 200, []string{"RateLimit", "limit=100, remaining=0, reset=50"}, 50 * time.Second},
		{"as a list", 200, []string{"RateLimit", `"hour";r=12;t=900, "minute";r=0;t=20`}, 20 * time.Second},
		{"longer than Retry-After", 429, []string{"Retry-After", "1", "RateLimit-Remaining", "0", "RateLimit-Reset", "600"}, 10 * time.Minute},
		{"nonsense", 200, []string{"RateLimit-Remaining", "0", "RateLimit-Reset", "NaN"}, 0},
		{"infinite", 200, []string{"RateLimit-Remaining", "0", "RateLimit-Reset", "Inf"}, 24 * time.Hour},
		{"backwards", 200, []string{"RateLimit-Remaining", "-1", "RateLimit-Reset", "-30"}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			resp := &http.Response{StatusCode: tt.status, Header: http.Header{}, Request: &http.Request{URL: &url.URL{Scheme: "https", Host: "example.org", Path: "/feed"}}}
			for i := 0; i < len(tt.header); i += 2 {
				resp.Header.Set(tt.header[i], tt.header[i+1])
			}
			got := fetch.RestOf(resp, now)
			if got.For != tt.want || (tt.want > 0) != (got.Host == "https://example.org") {
				t.Errorf("rest %+v, want %v", got, tt.want)
			}
		})
	}
}

func TestLifetime(t *testing.T) {
	now := time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name   string
		header []string
		want   time.Duration
	}{
		{"unsaid", nil, 0},
		{"max-age", []string{"Cache-Control", "public, max-age=600"}, 10 * time.Minute},
		{"in capitals", []string{"Cache-Control", "Public,MAX-AGE=600"}, 10 * time.Minute},
		{"from a cache", []string{"Cache-Control", "max-age=600", "Age", "540"}, time.Minute},
		{"from an old cache", []string{"Cache-Control", "max-age=600", "Age", "9999"}, 0},
		{"for shared caches", []string{"Cache-Control", "s-maxage=600"}, 0},
		{"not to be kept", []string{"Cache-Control", "no-cache, max-age=600"}, 0},
		{"max-age before Expires", []string{"Cache-Control", "max-age=60", "Expires", "Sat, 22 Aug 2026 13:00:00 GMT"}, time.Minute},
		{"Expires", []string{"Expires", "Sat, 22 Aug 2026 13:00:00 GMT"}, time.Hour},
		{"Expires by their clock", []string{"Date", "Sat, 22 Aug 2026 12:50:00 GMT", "Expires", "Sat, 22 Aug 2026 13:00:00 GMT"}, 10 * time.Minute},
		{"expired", []string{"Expires", "0"}, 0},
		{"for ever", []string{"Cache-Control", "max-age=999999999"}, 30 * 24 * time.Hour},
		{"overlong", []string{"Cache-Control", "max-age=99999999999999999999"}, 0},
		{"negative", []string{"Cache-Control", "max-age=-1", "Age", "-5"}, 0},
	} {
		header := http.Header{}
		for i := 0; i < len(tt.header); i += 2 {
			header.Set(tt.header[i], tt.header[i+1])
		}
		if got := fetch.Lifetime(header, now); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// Whatever headers say, nobody is left alone for longer than a day, nor for less
// than no time.
func FuzzLimits(f *testing.F) {
	for _, s := range []string{"60", "-1", "1800000060", "1800000060000", "Inf", "NaN", "1e308", `"x";r=0;t=9`, "max-age=60", "no-cache", "Sat, 22 Aug 2026 13:00:00 GMT"} {
		f.Add(429, s, s, s, s)
	}
	now := time.Unix(1_800_000_000, 0)
	f.Fuzz(func(t *testing.T, status int, after, limit, reset, cache string) {
		header := http.Header{
			"Retry-After": {after}, "Ratelimit": {limit}, "Ratelimit-Remaining": {"0"}, "Ratelimit-Reset": {reset}, "Cache-Control": {cache}, "Expires": {after}, "Age": {limit},
		}
		resp := &http.Response{StatusCode: status, Header: header, Request: &http.Request{URL: &url.URL{Scheme: "https", Host: "example.org"}}}
		if got := fetch.RestOf(resp, now).For; got < 0 || got > 24*time.Hour {
			t.Errorf("left alone for %v", got)
		}
		if got := fetch.Lifetime(header, now); got < 0 || got > 30*24*time.Hour {
			t.Errorf("holds for %v", got)
		}
	})
}
