package news_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

func TestMove(t *testing.T) {
	noon := time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	type sighting struct {
		hours int
		to    string
	}
	for _, tt := range []struct {
		name    string
		seen    []sighting
		settled bool
	}{
		{"never", nil, false},
		{"often, in an hour", []sighting{{0, "b"}, {0, "b"}, {1, "b"}, {1, "b"}}, false},
		{"twice in two days", []sighting{{0, "b"}, {48, "b"}}, false},
		{"three times in a day", []sighting{{0, "b"}, {12, "b"}, {24, "b"}}, true},
		{"not in between", []sighting{{0, "b"}, {12, ""}, {24, "b"}, {25, "b"}, {26, "b"}}, false},
		{"elsewhere in between", []sighting{{0, "b"}, {12, "c"}, {24, "b"}, {25, "b"}, {26, "b"}}, false},
		{"the same reading twice", []sighting{{0, "b"}, {24, "b"}, {24, "b"}, {24, "b"}}, false},
		{"taken back", []sighting{{0, "b"}, {12, "b"}, {24, "b"}, {25, ""}}, false},
	} {
		var m news.Move
		for _, s := range tt.seen {
			m = m.Said(s.to, noon.Add(time.Duration(s.hours)*time.Hour))
		}
		if m.Settled() != tt.settled {
			t.Errorf("%s: settled %v, want %v: %+v", tt.name, m.Settled(), tt.settled, m)
		}
	}
}
