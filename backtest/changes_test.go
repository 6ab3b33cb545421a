package backtest

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A story is gained if people hear of it now and of none of its items before,
// and lost the other way round; stories that have an item in common are the
// same.
func TestCompare(t *testing.T) {
	outcome := func(decisions map[string]news.Kind) *Outcome {
		o := NewOutcome(&Past{From: time.Unix(1, 0), To: time.Unix(2, 0)})
		for _, item := range []string{"a", "b", "c", "d"} {
			kind, decided := decisions[item]
			if !decided {
				continue
			}
			r := news.Report{Item: news.Item{ID: item, Published: time.Unix(1, 0)}}
			if err := o.Add(r, news.Decision{Kind: kind, Story: news.Story{ID: "s-" + item}}); err != nil {
				t.Fatal(err)
			}
		}
		return o
	}
	before := outcome(map[string]news.Kind{"a": news.New, "b": news.New, "c": news.DigestOnly})
	after := outcome(map[string]news.Kind{"a": news.New, "c": news.New, "d": news.New})
	c := Compare(before, after)
	if c.Kept != 1 || len(c.Gained) != 2 || len(c.Lost) != 1 {
		t.Fatalf("%d kept, %d gained, %d lost, want 1, 2, 1", c.Kept, len(c.Gained), len(c.Lost))
	}
	for _, tt := range []struct {
		got       Change
		id, other string
	}{
		{c.Gained[0], "s-c", "only in the digest"},
		{c.Gained[1], "s-d", "nothing of it matches"},
		{c.Lost[0], "s-b", "nothing of it matches"},
	} {
		if tt.got.ID != tt.id || tt.got.Other != tt.other {
			t.Errorf("%s: %s, want %s: %s", tt.got.ID, tt.got.Other, tt.id, tt.other)
		}
	}
}
