package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/coupwatch/coupwatch/news"
)

func TestClaimMostOverdue(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		setFeeds(t, db, feed(1), feed(2), feed(3))
		for i, minutes := range []int{30, 10, 20} {
			r := reading(feed(i+1), noon)
			r.NextAt = noon.Add(time.Duration(minutes) * time.Minute)
			record(t, db, r, nil)
		}
		if got := claim(t, db, noon.Add(10*time.Minute-time.Millisecond)); got != "" {
			t.Errorf("claimed %q, want none: nothing is due", got)
		}
		now := noon.Add(time.Hour)
		for _, want := range []string{"Feed 2", "Feed 3", "Feed 1", ""} {
			if got := claim(t, db, now); got != want {
				t.Errorf("claimed %q, want %q", got, want)
			}
		}
	})
}

// One host is asked for one feed at a time, whatever its feeds are called.
func TestClaimOneFeedAHost(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		named := func(name, url string) news.Feed { return news.Feed{Name: name, URL: url} }
		a := named("a", "https://example.org/a")
		setFeeds(t, db, a, named("b", "https://EXAMPLE.org:443/b"), named("c", "https://user@example.org/c"),
			named("other port", "http://example.org/d"), named("other host", "https://www.example.org/"), named("odd", "http://[::1"))
		got := map[string]int{}
		for range 6 {
			got[claim(t, db, noon)]++
		}
		want := map[string]int{"a": 1, "other port": 1, "other host": 1, "odd": 1, "": 2}
		got["a"] += got["b"] + got["c"] // any of the three
		delete(got, "b")
		delete(got, "c")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("claims (-want +got):\n%s", diff)
		}
	})
}

func TestIngestFreesTheHost(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		a, b := feed(1), feed(2)
		a.URL, b.URL = "https://example.org/a", "https://example.org/b"
		setFeeds(t, db, a, b)
		first, _ := claimOne(t, db, noon)
		record(t, db, reading(first.Feed, noon), nil)
		second, found := claimOne(t, db, noon)
		if !found || second.URL == first.URL {
			t.Fatalf("claimed %q, want the other feed of the host", second.URL)
		}
		// The first is late: it must not free the host of which the second is read.
		record(t, db, reading(first.Feed, noon), nil)
		if got := claim(t, db, noon.Add(lease-time.Millisecond)); got != "" {
			t.Errorf("claimed %q while %q is read from the same host", got, second.Name)
		}
	})
}

const lease = 2 * time.Minute

func TestLeaseRunsOut(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		setFeeds(t, db, feed(1))
		for _, step := range []struct {
			after time.Duration
			want  string
		}{{0, "Feed 1"}, {0, ""}, {lease - time.Millisecond, ""}, {lease, "Feed 1"}, {lease, ""}} {
			if got := claim(t, db, noon.Add(step.after)); got != step.want {
				t.Errorf("after %v: claimed %q, want %q", step.after, got, step.want)
			}
		}
	})
}

func TestSetFeeds(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		a, b := feed(1), feed(2)
		setFeeds(t, db, a, b, a)
		record(t, db, reading(a, noon, item(a, "a", "Coup")), nil)
		record(t, db, reading(b, noon), nil)
		state := func(want ...news.Feed) []news.FeedState {
			t.Helper()
			got, err := db.Feeds(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var feeds []news.Feed
			for _, f := range got {
				feeds = append(feeds, f.Feed)
			}
			if diff := cmp.Diff(want, feeds, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("feeds (-want +got):\n%s", diff)
			}
			return got
		}

		renamed, later := a, noon.Add(time.Hour)
		renamed.Name, renamed.Tags = "Renamed", nil
		setFeeds(t, db, renamed)
		if got := state(renamed); got[0].ETag != `"1"` || !got[0].NextAt.Equal(noon.Add(5*time.Minute)) || got[0].Items != 1 {
			t.Errorf("renamed feed %+v, want its state kept", got[0])
		}
		if got := []string{claim(t, db, later), claim(t, db, later)}; !cmp.Equal(got, []string{"Renamed", ""}) {
			t.Errorf("claimed %q, want the listed feed only", got)
		}
		// It was taken off the list while it was read.
		setFeeds(t, db, b)
		record(t, db, reading(renamed, later, item(a, "b", "Coup")), nil)
		state(b)

		hourly := a
		hourly.Schedule = "@hourly"
		setFeeds(t, db, hourly)
		if got := state(hourly); !got[0].NextAt.IsZero() || got[0].Items != 2 || got[0].ETag == "" {
			t.Errorf("feed with another schedule: %+v, want it due at once and its state kept", got[0])
		}
		if got := claim(t, db, noon); got != "Feed 1" {
			t.Errorf("claimed %q, want the feed with another schedule", got)
		}
		setFeeds(t, db)
		state()
		if got := claim(t, db, later); got != "" {
			t.Errorf("claimed %q of no feeds", got)
		}
	})
}

func TestSetFeedsAgainDoesNotWrite(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		setFeeds(t, db, feed(1), feed(2))
		tx, err := db.SQL().Begin() // nobody else can write to SQLite
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback()
		if _, err := tx.Exec(`UPDATE settings SET value = value`); err != nil {
			t.Fatal(err)
		}
		setFeeds(t, db, feed(1), feed(2))
	})
}

func TestIngestOfAnUnknownFeed(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		if got, want := record(t, db, reading(f, noon, item(f, "a", "Coup")), nil), (news.Tally{New: 1}); got != want {
			t.Errorf("tally %+v, want %+v", got, want)
		}
		setFeeds(t, db, f)
		feeds, err := db.Feeds(t.Context())
		if err != nil || len(feeds) != 1 || feeds[0].Items != 1 || feeds[0].ETag == "" {
			t.Errorf("feeds %+v, %v, want one with the state of its reading", feeds, err)
		}
	})
}

// The size of a feed is that of its last whole answer: one that did not change
// or failed has none.
func TestFeedSize(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		f := news.Feed{URL: "https://a.example/feed", Name: "A"}
		if err := db.SetFeeds(t.Context(), []news.Feed{f}); err != nil {
			t.Fatal(err)
		}
		for i, tt := range []struct{ size, want int }{{0, 0}, {5000, 5000}, {0, 5000}, {7000, 7000}} {
			r := news.Reading{Feed: f, At: noon.Add(time.Duration(i) * time.Hour), Size: tt.size, Unchanged: tt.size == 0}
			if _, err := db.Ingest(t.Context(), r, nil, nil); err != nil {
				t.Fatal(err)
			}
			feeds, err := db.Feeds(t.Context())
			if err != nil || len(feeds) != 1 || feeds[0].Size != tt.want {
				t.Errorf("after an answer of %d bytes: %+v, %v, want the size %d", tt.size, feeds, err, tt.want)
			}
		}
	})
}

// A feed that is to be asked for otherwise is due at once and read in full, and
// nothing of how is stored in clear.
func TestSetFeedsOtherwise(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		f := feed(1)
		f.Access = &news.Access{Bearer: news.Value{Text: "hush"}}
		setFeeds(t, db, f)
		record(t, db, reading(f, noon), nil)
		setFeeds(t, db, f)
		if got := claim(t, db, noon.Add(time.Second)); got != "" {
			t.Errorf("due again as it was: %q", got)
		}
		for _, change := range []func(){
			func() { f.Access = &news.Access{Bearer: news.Value{Text: "other"}} },
			func() { f.Charset = "koi8-r" },
			func() { f.Zone = time.FixedZone("MSK", 3*3600) },
			func() { f.Identity = news.ByLink },
			func() { f.Access = nil },
		} {
			change()
			setFeeds(t, db, f)
			got, found := claimOne(t, db, noon.Add(time.Second))
			if !found || got.ETag+got.LastModified+got.Checksum != "" {
				t.Errorf("after a change: due %v, validators %q %q %q", found, got.ETag, got.LastModified, got.Checksum)
			}
			record(t, db, reading(f, noon), nil)
		}
	})
}

// A server that asked to be left alone is, by every replica and with all its
// feeds, and by whatever was being read of it then.
func TestRestsAreShared(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, replica := open(t, location), open(t, location)
		a, b, c, d := feed(1), feed(2), feed(3), feed(4)
		a.URL, b.URL, c.URL = "https://example.org/a", "https://example.org/b", "https://example.net/c"
		d.URL = "https://moved.example/d" // is found at example.net
		setFeeds(t, db, a, b, c, d)
		rests := func(f news.Feed, until time.Duration, at string) news.Reading {
			r := reading(f, noon)
			r.NextAt = noon
			r.Rests = []news.Rest{{Address: f.URL, Until: noon.Add(time.Second)}, {Address: at, Until: noon.Add(until)}}
			return r
		}
		for range 3 { // of each host one
			if _, found := claimOne(t, db, noon); !found {
				t.Fatal("not due at first")
			}
		}
		record(t, db, rests(a, time.Hour, "https://EXAMPLE.org"), nil)
		record(t, db, rests(d, 10*time.Minute, "https://example.net:443"), nil)
		record(t, db, rests(c, 0, "https://example.net"), nil) // was being read when d was told
		record(t, db, rests(b, 0, "https://example.org"), nil) // late
		for _, step := range []struct {
			after time.Duration
			want  string
		}{
			{999 * time.Millisecond, ""},
			{time.Second, "Feed 4"},
			{10*time.Minute - 1, ""},
			{10 * time.Minute, "Feed 3"},
			{time.Hour - 1, ""},
			{time.Hour, "Feed 1"},
		} {
			f, _ := claimOne(t, replica, noon.Add(step.after))
			if f.Name != step.want {
				t.Errorf("after %v: claimed %q, want %q", step.after, f.Name, step.want)
			}
			if f.Name != "" {
				r := reading(f.Feed, noon.Add(step.after))
				r.NextAt = noon.Add(24 * time.Hour)
				record(t, replica, r, nil)
			}
		}
	})
}

// How long a feed waits for its host is told with its state, and a replica that
// finds nothing learns when there is something.
func TestHeldUntil(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		setFeeds(t, db, feed(1))
		r := reading(feed(1), noon)
		r.NextAt, r.Rests = noon.Add(time.Minute), []news.Rest{{Address: feed(1).URL, Until: noon.Add(time.Hour)}}
		record(t, db, r, nil)
		feeds, err := db.Feeds(t.Context())
		if err != nil || len(feeds) != 1 || !feeds[0].HeldUntil.Equal(noon.Add(time.Hour)) || !feeds[0].NextAt.Equal(noon.Add(time.Minute)) {
			t.Errorf("got %+v, %v, want held for an hour", feeds, err)
		}
		if _, next, err := db.Claim(t.Context(), noon.Add(2*time.Minute), 1); err != nil || !next.Equal(noon.Add(time.Hour)) {
			t.Errorf("the next is due at %v, %v, want at 13:00", next, err)
		}
	})
}
