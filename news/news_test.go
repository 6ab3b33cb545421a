package news_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

func TestItemID(t *testing.T) {
	a := news.ItemID("https://a.example/feed", "g1")
	if a != news.ItemID("https://a.example/feed", "g1") || len(a) != 16 {
		t.Errorf("ItemID = %q, want the same 16 characters each time", a)
	}
	for _, other := range []string{news.ItemID("https://a.example/feed", "g2"), news.ItemID("https://b.example/feed", "g1"), news.ItemID("https://a.example/feedg", "1")} {
		if a == other {
			t.Error("two items have one ID")
		}
	}
}

func TestNamesRoundTrip(t *testing.T) {
	for s := news.Severity(0); s <= news.Critical; s++ {
		var back news.Severity
		b, err := json.Marshal(s)
		if err == nil {
			err = json.Unmarshal(b, &back)
		}
		if err != nil || back != s {
			t.Errorf("severity %v comes back as %v: %v", s, back, err)
		}
	}
	for s := news.Status(0); s <= news.Denied; s++ {
		var back news.Status
		b, err := json.Marshal(s)
		if err == nil {
			err = json.Unmarshal(b, &back)
		}
		if err != nil || back != s {
			t.Errorf("status %v comes back as %v: %v", s, back, err)
		}
	}
	if _, err := news.ParseSeverity("hgih"); err == nil {
		t.Error(`ParseSeverity("hgih"): got no error`)
	}
}

func TestQuietUntil(t *testing.T) {
	kyiv, err := time.LoadLocation("Europe/Kyiv")
	if err != nil {
		t.Fatal(err)
	}
	night := &news.Quiet{From: 22 * time.Hour, To: 7 * time.Hour, Zone: kyiv}
	day := &news.Quiet{From: 12 * time.Hour, To: 13 * time.Hour, Zone: kyiv}
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 8, day, hour, minute, 0, 0, kyiv) }
	tests := []struct {
		name     string
		quiet    *news.Quiet
		at, want time.Time
	}{
		{"never", nil, at(22, 3, 0), at(22, 3, 0)},
		{"before midnight", night, at(22, 23, 0), at(23, 7, 0)},
		{"after midnight", night, at(22, 3, 0), at(22, 7, 0)},
		{"at the beginning", night, at(22, 22, 0), at(23, 7, 0)},
		{"at the end", night, at(22, 7, 0), at(22, 7, 0)},
		{"outside", night, at(22, 12, 0), at(22, 12, 0)},
		{"within a day", day, at(22, 12, 30), at(22, 13, 0)},
		{"clocks go back", night, time.Date(2026, 10, 25, 2, 0, 0, 0, kyiv), time.Date(2026, 10, 25, 7, 0, 0, 0, kyiv)},
	}
	for _, tt := range tests {
		if got := tt.quiet.Until(tt.at); !got.Equal(tt.want) {
			t.Errorf("%s: Until = %v, want %v", tt.name, got, tt.want)
		}
	}
}

// There is one digest for each date, on dates that lack its hour and on those
// that have it twice as well.
func TestDigestPlan(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	p := news.DigestPlan{At: 2*time.Hour + 30*time.Minute, Zone: paris}
	for _, from := range []time.Time{time.Date(2026, 3, 27, 0, 0, 0, 0, paris), time.Date(2026, 10, 24, 0, 0, 0, 0, paris)} {
		due := map[string]time.Time{}
		for now := from; now.Before(from.AddDate(0, 0, 4)); now = now.Add(time.Minute) {
			latest, before := p.Due(now)
			if latest.After(now) || !before.Before(latest) || latest.Sub(before) > 26*time.Hour {
				t.Fatalf("Due(%v) = %v, %v", now, latest, before)
			}
			date := latest.In(paris).Format(time.DateOnly)
			if have, ok := due[date]; ok && !have.Equal(latest) {
				t.Errorf("the digest of %s is due at %v and at %v", date, have, latest)
			}
			due[date] = latest
			if next := p.Next(now); !next.After(now) || next.Sub(now) > 26*time.Hour {
				t.Fatalf("Next(%v) = %v", now, next)
			}
		}
		if len(due) != 5 {
			t.Errorf("digests of %d dates were due within four days, want 5", len(due))
		}
	}
}
