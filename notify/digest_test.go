package notify_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
)

// An archive has read one item an hour since some time.
type archive struct {
	since time.Time
	until time.Time // when it stopped reading; zero for never
	owed  map[string]news.Alert
	reads int

	stories []news.Story
}

func (a *archive) Digest(_ context.Context, from, to time.Time) (news.Digest, error) {
	a.reads++
	if !a.until.IsZero() && to.After(a.until) {
		to = a.until
	}
	if from.Before(a.since) {
		from = a.since
	}
	return news.Digest{Items: max(0, int(to.Sub(from)/time.Hour)), Feeds: 61, Stories: a.stories}, nil
}

func (a *archive) Queue(_ context.Context, al news.Alert) (bool, error) {
	if _, ok := a.owed[al.ID]; ok {
		return false, nil
	}
	a.owed[al.ID] = al
	return true, nil
}

func policy(t *testing.T, zone string, at time.Duration, to ...string) func() news.Policy {
	z, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	return func() news.Policy { return news.Policy{Digest: news.DigestPlan{At: at, Zone: z, To: to, Empty: true}} }
}

// Each date has one digest, each is about the time since the one before, and
// none of that changes when the clocks do.
func TestOneDigestADay(t *testing.T) {
	for _, c := range []struct {
		zone string
		at   time.Duration
		from string
	}{
		{"Europe/Kyiv", 3*time.Hour + 30*time.Minute, "2026-03-27"},
		{"Europe/Kyiv", 3*time.Hour + 30*time.Minute, "2026-10-23"},
		{"Europe/Paris", 2*time.Hour + 30*time.Minute, "2026-03-27"},
		{"Europe/Paris", 2*time.Hour + 30*time.Minute, "2026-10-23"},
		{"Europe/Paris", 0, "2026-10-23"},
		{"UTC", 7 * time.Hour, "2026-12-30"},
	} {
		synctest.Test(t, func(t *testing.T) {
			first, err := time.Parse(time.DateOnly, c.from)
			if err != nil {
				t.Fatal(err)
			}
			pass(time.Until(first.Add(12 * time.Hour)))
			a := &archive{since: time.Now().AddDate(0, 0, -9), owed: map[string]news.Alert{}}
			one := notify.NewDigest(a, policy(t, c.zone, c.at, "slack"))
			other := notify.NewDigest(a, policy(t, c.zone, c.at, "slack"))
			for end := time.Now().AddDate(0, 0, 4); time.Now().Before(end); pass(time.Minute) {
				for _, d := range []*notify.Digest{one, other} {
					if err := d.Queue(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
			}
			var want []string
			for i := range 5 {
				want = append(want, "digest/"+first.AddDate(0, 0, i).Format(time.DateOnly)+"/slack")
			}
			got := slices.Sorted(maps.Keys(a.owed))
			if !slices.Equal(got, want) {
				t.Fatalf("%s at %v: got %q, want %q", c.zone, c.at, got, want)
			}
			for i := 1; i < len(got); i++ {
				if before, d := a.owed[got[i-1]].Digest, a.owed[got[i]].Digest; !d.From.Equal(before.To) || d.Date != got[i][7:17] {
					t.Errorf("%s: from %v, want %v", got[i], d.From, before.To)
				}
			}
			if a.reads > 2*len(want) {
				t.Errorf("the archive was read %d times for %d digests", a.reads, len(want))
			}
		})
	}
}

func TestDigestAfterDowntimeIsTheLatest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &archive{since: time.Now().AddDate(0, 0, -9), owed: map[string]news.Alert{}}
		d := notify.NewDigest(a, policy(t, "UTC", 7*time.Hour, "slack", "email"), "a@example.org", "b@example.org")
		pass(5*24*time.Hour + 10*time.Hour)
		if err := d.Queue(t.Context()); err != nil {
			t.Fatal(err)
		}
		date := time.Now().Format(time.DateOnly)
		want := []string{"digest/" + date + "/email:a@example.org", "digest/" + date + "/email:b@example.org", "digest/" + date + "/slack"}
		if got := slices.Sorted(maps.Keys(a.owed)); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestNoDigestOfTheTimeBeforeTheFirstItem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pass(10 * time.Hour)
		a := &archive{since: time.Now(), owed: map[string]news.Alert{}}
		d := notify.NewDigest(a, policy(t, "UTC", 7*time.Hour, "slack"))
		for range 20 * 60 {
			if err := d.Queue(t.Context()); err != nil {
				t.Fatal(err)
			}
			pass(time.Minute)
		}
		if len(a.owed) != 0 {
			t.Errorf("got %d digests before anything was read, want none", len(a.owed))
		}
		pass(2 * time.Hour)
		if err := d.Queue(t.Context()); err != nil || len(a.owed) != 1 {
			t.Errorf("got %d digests after the first day, want 1 (%v)", len(a.owed), err)
		}
	})
}

// A day on which nothing was read, not even a dull item, is still told.
func TestDigestOfADeadDay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &archive{since: time.Now().AddDate(0, 0, -9), until: time.Now(), owed: map[string]news.Alert{}}
		pass(72 * time.Hour)
		d := notify.NewDigest(a, policy(t, "UTC", 7*time.Hour, "slack"))
		if err := d.Queue(t.Context()); err != nil || len(a.owed) != 1 {
			t.Fatalf("got %d digests, want 1 (%v)", len(a.owed), err)
		}
		for _, al := range a.owed {
			var text strings.Builder
			if err := notify.DigestText(&text, *al.Digest, notify.Style{}); err != nil {
				t.Fatal(err)
			}
			if got, want := text.String(), "All quiet · 0 of 0 items matched · 61 feeds ok"; !strings.Contains(got, want) {
				t.Errorf("got %q, want it to say %q", got, want)
			}
		}
	})
}

// A day without stories has a digest only if the plan wants one; one with near
// misses alone always has.
func TestDigestOfAnEmptyDay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			wanted bool
			almost []news.NearMiss
			owed   int
		}{{true, nil, 1}, {false, nil, 0}, {false, []news.NearMiss{{Title: "Almost a coup"}}, 1}} {
			a := &archive{since: time.Now().AddDate(0, 0, -9), owed: map[string]news.Alert{}}
			pass(48 * time.Hour)
			plan := policy(t, "UTC", 7*time.Hour, "slack")()
			plan.Digest.Empty = c.wanted
			d := notify.NewDigest(a, func() news.Policy { return plan })
			d.Almost = func(_ context.Context, from, to time.Time) []news.NearMiss {
				if to.Sub(from) != 24*time.Hour || to.Hour() != 7 {
					t.Errorf("near misses are asked for from %v to %v", from, to)
				}
				return c.almost
			}
			for range 3 {
				if err := d.Queue(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if len(a.owed) != c.owed || a.reads > 1 {
				t.Errorf("wanted %v, %d near misses: got %d digests and %d reads, want %d and 1", c.wanted, len(c.almost), len(a.owed), a.reads, c.owed)
			}
			for _, al := range a.owed {
				if len(al.Digest.Almost) != len(c.almost) {
					t.Errorf("got near misses %v, want %v", al.Digest.Almost, c.almost)
				}
			}
		}
	})
}

// What no digest shows is not queued for each recipient.
func TestDigestIsBrief(t *testing.T) {
	full := news.Story{ID: "5f1c", Gists: make([]news.Gist, 9), Updates: make([]news.Development, 50), Heard: make([]news.Hearing, 3), Rules: []string{"coup"}}
	a := &archive{since: time.Now().AddDate(0, 0, -9), owed: map[string]news.Alert{}, stories: []news.Story{full}}
	if err := notify.NewDigest(a, policy(t, "UTC", 7*time.Hour, "slack")).Queue(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, al := range a.owed {
		if st := al.Digest.Stories[0]; len(st.Gists)+len(st.Updates)+len(st.Heard) > 0 || st.ID != "5f1c" || len(st.Rules) != 1 {
			t.Errorf("got story %+v", st)
		}
	}
	if len(a.owed) != 1 || len(a.stories[0].Gists) != 9 {
		t.Errorf("got %d digests, and a story of the archive with %d gists", len(a.owed), len(a.stories[0].Gists))
	}
}

func TestNoDigestForNobody(t *testing.T) {
	a := &archive{owed: map[string]news.Alert{}}
	d := notify.NewDigest(a, func() news.Policy { return news.Policy{} })
	if err := d.Queue(t.Context()); err != nil || a.reads != 0 {
		t.Errorf("got %v and %d reads, want none", err, a.reads)
	}
	if got, err := d.Preview(t.Context(), noon); err != nil || got.Date != "2026-08-22" || got.To.Sub(got.From) != 24*time.Hour {
		t.Errorf("Preview: got %+v, %v", got, err)
	}
}

func TestExpand(t *testing.T) {
	got := notify.Expand([]string{"slack", "email", "email:b@x.example", "slack"}, []string{"a@x.example", "b@x.example"})
	if want := []string{"slack", "email:a@x.example", "email:b@x.example"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := notify.Expand([]string{"email"}, nil); !slices.Equal(got, []string{"email"}) {
		t.Errorf("without recipients: got %q, want email", got)
	}
}

// What a digest tells as a report of a story is no near miss, and of what is
// left the nearest stand in it.
func TestNearMissesAreNotTold(t *testing.T) {
	a := &archive{since: time.Unix(0, 0), owed: map[string]news.Alert{}, stories: []news.Story{{
		Headline: "Colonel held over plot", Link: "https://a.example/1",
		Updates: []news.Development{{Title: "A look back at the plot of 1974", Link: "https://b.example/2"}},
	}}}
	d := notify.NewDigest(a, policy(t, "UTC", 7*time.Hour, "slack"))
	d.Almost = func(context.Context, time.Time, time.Time) []news.NearMiss {
		all := []news.NearMiss{
			{Title: "Another title", Link: "https://b.example/2"}, {Title: "Colonel held over plot", Link: "https://c.example/3"}, {Title: "Shots near the palace"},
		}
		for range 40 {
			all = append(all, news.NearMiss{Title: "Less near"})
		}
		return all
	}
	got, err := d.Preview(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Almost) != 10 || got.Almost[0].Title != "Shots near the palace" || got.Almost[1].Title != "Less near" {
		t.Errorf("near misses %v, want the ten nearest that are not told", got.Almost)
	}
}
