package notify_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/internal/notifytest"
)

// An archive has read one item an hour since some time, and each changed a
// story.
type archive struct {
	since time.Time
	until time.Time // when it stopped reading; zero for never
	owed  map[string]news.Alert
	told  []news.Period // by digests, in order
	reads int

	stories []news.Story
}

// version returns the version of the stories at a moment.
func (a *archive) version(at time.Time) int64 {
	if !a.until.IsZero() && at.After(a.until) {
		at = a.until
	}
	return max(0, int64(at.Sub(a.since)/time.Hour))
}

func (a *archive) NextDigest(_ context.Context, to time.Time) (news.Period, bool, error) {
	p := news.Period{From: a.since.Add(-24 * time.Hour), To: to, UpTo: a.version(time.Now())}
	if n := len(a.told); n > 0 {
		p.From, p.After = a.told[n-1].To, a.told[n-1].UpTo
	} else if to.Before(a.since) {
		return p, false, nil
	}
	return p, true, nil
}

func (a *archive) Digest(_ context.Context, p news.Period) (news.Digest, error) {
	a.reads++
	return news.Digest{Items: int(p.UpTo - p.After), Feeds: 61, Stories: a.stories}, nil
}

func (a *archive) QueueDigest(_ context.Context, p news.Period, alerts []news.Alert) (bool, error) {
	if now, _, _ := a.NextDigest(context.Background(), p.To); !now.From.Equal(p.From) || now.After != p.After {
		return false, nil
	}
	a.told = append(a.told, p)
	for _, al := range alerts {
		a.owed[al.ID] = al
	}
	return true, nil
}

func (a *archive) EndDigest(_ context.Context, at time.Time) error {
	a.told[len(a.told)-1].To = at
	return nil
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
				want = append(want, first.AddDate(0, 0, i).Format(time.DateOnly))
			}
			ids := slices.Sorted(maps.Keys(a.owed))
			var got []string
			for i, id := range ids {
				d := a.owed[id].Digest
				got = append(got, d.Date)
				if i > 0 && !d.From.Equal(a.owed[ids[i-1]].Digest.To) {
					t.Errorf("%s begins at %v, want when the one before ends", id, d.From)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s at %v: got %q, want %q", c.zone, c.at, got, want)
			}
			if a.reads > 2*len(want) {
				t.Errorf("the archive was read %d times for %d digests", a.reads, len(want))
			}
		})
	}
}

func TestDigestAfterDowntimeIsOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &archive{since: time.Now().AddDate(0, 0, -9), owed: map[string]news.Alert{}}
		d := notify.NewDigest(a, policy(t, "UTC", 7*time.Hour, "slack", "email"), "a@example.org", "b@example.org")
		pass(5*24*time.Hour + 10*time.Hour)
		if err := d.Queue(t.Context()); err != nil {
			t.Fatal(err)
		}
		due := time.Now().Format(time.DateOnly) + "T07:00Z"
		want := []string{"digest/" + due + "/email:a@example.org", "digest/" + due + "/email:b@example.org", "digest/" + due + "/slack"}
		if got := slices.Sorted(maps.Keys(a.owed)); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

// Whatever becomes of the hour and the zone, and however long nobody looked,
// each item is in one digest, and each digest begins where the last one ended.
func TestEachItemIsInOneDigest(t *testing.T) {
	zones := []string{"UTC", "Europe/Kyiv", "America/New_York", "Pacific/Kiritimati", "Australia/Lord_Howe"}
	synctest.Test(t, func(t *testing.T) {
		dice := rand.New(rand.NewPCG(1, 2))
		a := &archive{since: time.Now(), owed: map[string]news.Alert{}, stories: []news.Story{{ID: "1"}}}
		plan := policy(t, "Europe/Kyiv", 7*time.Hour, "slack")
		one := notify.NewDigest(a, func() news.Policy { return plan() })
		other := notify.NewDigest(a, func() news.Policy { return plan() })
		for range 400 {
			pass(time.Duration(1+dice.IntN(30)) * time.Hour)
			if dice.IntN(4) == 0 {
				plan = policy(t, zones[dice.IntN(len(zones))], time.Duration(dice.IntN(24*60))*time.Minute, "slack")
			}
			for _, d := range []*notify.Digest{one, other} {
				if err := d.Queue(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		if len(a.told) < 100 || len(a.owed) != len(a.told) {
			t.Fatalf("got %d digests of %d periods, want a few hundred", len(a.owed), len(a.told))
		}
		for i, p := range a.told[1:] {
			if before := a.told[i]; p.After != before.UpTo || !p.From.Equal(before.To) || !p.To.After(p.From) {
				t.Errorf("%v follows %v", p, before)
			}
		}
	})
}

// A clock that went far ahead once does not keep digests away when it is right
// again, nor does what it made be told twice.
func TestDigestAfterTheClockWasWrong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &archive{since: time.Now().AddDate(0, 0, -9), owed: map[string]news.Alert{}, stories: []news.Story{{ID: "1"}}}
		a.told = []news.Period{{To: time.Now().AddDate(5, 0, 0), UpTo: 100}}
		d := notify.NewDigest(a, policy(t, "UTC", 7*time.Hour, "slack"))
		for range 2 * 24 * 60 {
			if err := d.Queue(t.Context()); err != nil {
				t.Fatal(err)
			}
			pass(time.Minute)
		}
		if len(a.told) != 3 || a.told[1].After != 100 || a.told[2].After != a.told[1].UpTo {
			t.Errorf("got %+v, want two more, each from where the last one ended", a.told)
		}
	})
}

// A digest of a few hours in which nothing was, since its hour was moved, is
// left to the next.
func TestNoEmptyDigestAfterTheHourWasMoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &archive{since: time.Now().AddDate(0, 0, -9), owed: map[string]news.Alert{}}
		at := 7 * time.Hour
		d := notify.NewDigest(a, func() news.Policy { return policy(t, "UTC", at, "slack")() })
		for hour := range 48 {
			if hour == 8 {
				at = 9 * time.Hour
			}
			if err := d.Queue(t.Context()); err != nil {
				t.Fatal(err)
			}
			pass(time.Hour)
		}
		var got []int
		for _, p := range a.told {
			got = append(got, p.To.Hour())
		}
		if !slices.Equal(got, []int{7, 7, 9}) && !slices.Equal(got, []int{7, 9}) || a.told[len(a.told)-1].To.Sub(a.told[len(a.told)-2].To) != 26*time.Hour {
			t.Errorf("digests end at %v", a.told)
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
		a.told = []news.Period{{To: time.Now(), UpTo: a.version(time.Now())}}
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
			if got, want := text.String(), "All quiet · 0 of 0 items matched · 61 feeds\n"; !strings.Contains(got, want) {
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
			a.told = []news.Period{{To: time.Now().Add(-41 * time.Hour)}}
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
	full := news.Story{ID: "5f1c", Gists: make([]news.Gist, 9), Updates: make([]news.Development, 50), Notified: make([]news.Notification, 3), Rules: []string{"coup"}}
	a := &archive{since: time.Now().AddDate(0, 0, -9), owed: map[string]news.Alert{}, stories: []news.Story{full}}
	if err := notify.NewDigest(a, policy(t, "UTC", 7*time.Hour, "slack")).Queue(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, al := range a.owed {
		if st := al.Digest.Stories[0]; len(st.Gists)+len(st.Updates)+len(st.Notified) > 0 || st.ID != "5f1c" || len(st.Rules) != 1 {
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
}

// The preview shows what has been since the last digest.
func TestPreview(t *testing.T) {
	a := &archive{since: notifytest.Noon.AddDate(0, 0, -9), owed: map[string]news.Alert{}, told: []news.Period{{To: notifytest.Noon.Add(-5 * time.Hour)}}}
	d := notify.NewDigest(a, func() news.Policy { return news.Policy{} })
	if got, err := d.Preview(t.Context(), notifytest.Noon); err != nil || got.Date != "2026-08-22" || got.To.Sub(got.From) != 5*time.Hour {
		t.Errorf("got %+v, %v", got, err)
	}
	if len(a.owed) > 0 || len(a.told) > 1 {
		t.Error("the preview was queued")
	}
}

// Where nobody gets digests the preview is of a day, however long ago the first item was
// read: it asks no more of the archive than one of many.
func TestPreviewForNobody(t *testing.T) {
	a := &archive{since: notifytest.Noon.AddDate(-1, 0, 0), owed: map[string]news.Alert{}}
	for name, c := range map[string]struct {
		policy func() news.Policy
		want   time.Duration
	}{
		"nobody":   {func() news.Policy { return news.Policy{} }, 24 * time.Hour},
		"somebody": {policy(t, "UTC", 7*time.Hour, "slack"), notifytest.Noon.Sub(a.since) + 24*time.Hour}, // the first begins a day before the first reading
	} {
		var asked time.Duration
		d := notify.NewDigest(a, c.policy)
		d.Almost = func(_ context.Context, from, to time.Time) []news.NearMiss { asked = to.Sub(from); return nil }
		got, err := d.Preview(t.Context(), notifytest.Noon)
		if err != nil || got.To.Sub(got.From) != c.want || asked != c.want {
			t.Errorf("%s: it is of %v, and asks for %v, %v, want %v", name, got.To.Sub(got.From), asked, err, c.want)
		}
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
