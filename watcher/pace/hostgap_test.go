package pace_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/watcher/pace"
)

// A host is left alone for the gap of the settings, this machine not at all, and GDELT
// for as long as it asks for.
func TestGap(t *testing.T) {
	for _, tt := range []struct {
		address   string
		gap, want time.Duration
	}{
		{"https://wire.example/", time.Second, time.Second},
		{"http://localhost:8080/", time.Second, 0},
		{"http://127.0.0.2/", time.Second, 0},
		{"https://api.gdeltproject.org/api/v2/doc/doc?query=coup", 0, 5 * time.Second},
		{"https://api.gdeltproject.org/api/v2/doc/doc?query=coup", time.Minute, time.Minute},
	} {
		if got := pace.Gap(tt.address, tt.gap); got != tt.want {
			t.Errorf("%s, %v: %v, want %v", tt.address, tt.gap, got, tt.want)
		}
	}
}
