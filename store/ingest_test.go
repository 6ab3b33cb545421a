package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

func TestIngest(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		setFeeds(t, db, f)
		claim(t, db, noon)
		a, b, c := item(f, "a", "Coup in Ruritania"), item(f, "b", "Tea is served"), item(f, "c", "Coup: more")
		r := reading(f, noon.Add(time.Second), a, b, c)
		if got, want := record(t, db, r, reports("coup", a, c)), (news.Tally{New: 3, Matched: 2, Alerts: 1}); got != want {
			t.Errorf("tally %+v, want %+v", got, want)
		}
		if got, want := record(t, db, r, reports("coup", a, c)), (news.Tally{}); got != want {
			t.Errorf("tally of the same reading again %+v, want %+v", got, want)
		}

		stories := storiesAt(t, db)
		if len(stories) != 1 || stories[0].Reports != 2 {
			t.Fatalf("got stories %+v, want one of 2 reports", stories)
		}
		if len(stories[0].Gists) > 0 {
			t.Errorf("a list of stories has the gists %+v, which nobody reads", stories[0].Gists)
		}
		rest, err := db.Story(t.Context(), stories[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		first := decide(report(a, "coup"), nil)
		rest.Reports = 1
		if news.ItemID(f.URL, "c") < a.ID { // a tie is broken by id
			first = decide(report(c, "coup"), nil)
		}
		if diff := cmp.Diff(first.Story, rest); diff != "" {
			t.Errorf("story (-decided +stored):\n%s", diff)
		}

		feeds, err := db.Feeds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want := []news.FeedState{{
			Feed: f, ETag: `"1"`, LastModified: "now", Checksum: "c", NextAt: r.NextAt,
			LastRead: r.At, LastGood: r.At, LastNew: r.At, Items: 3, Signs: news.Signs{Silence: justHeard},
		}}
		if diff := cmp.Diff(want, feeds); diff != "" {
			t.Errorf("feeds (-want +got):\n%s", diff)
		}
	})
}

func TestIngestKeepsVerdicts(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		a, b := item(f, "a", "Coup in Ruritania"), item(f, "b", "Tea is served")
		b.Published, b.Tags = time.Time{}, nil
		record(t, db, reading(f, noon, a, b), reports("coup", a))
		for _, test := range []struct {
			item    news.Item
			kind    news.Kind
			story   string
			matches []news.Match
		}{
			{a, news.New, "coup-" + a.ID, report(a, "coup").Matches},
			{b, "", "", nil},
		} {
			got, err := db.ItemsByLink(t.Context(), test.item.Link)
			if err != nil || len(got) != 1 {
				t.Fatalf("items of %s: %+v, %v, want one", test.item.Link, got, err)
			}
			if diff := cmp.Diff(test.item, got[0].Item); diff != "" {
				t.Errorf("item (-want +got):\n%s", diff)
			}
			if got[0].Kind != test.kind || got[0].Story != test.story || !cmp.Equal(got[0].Matches, test.matches) {
				t.Errorf("verdict %+v, want kind %q, story %q, matches %+v", got[0], test.kind, test.story, test.matches)
			}
		}
		if got, err := db.ItemsByLink(t.Context(), "https://example.org/other"); err != nil || len(got) != 0 {
			t.Errorf("items of an unknown link: %+v, %v", got, err)
		}
	})
}

// A revising is an item that is read again with another text.
type revising struct {
	name          string
	change        func(*news.Item)
	before, after bool // whether a rule matches
	want          news.Tally
	titles        int // how many old titles are kept
}

func TestRevision(t *testing.T) {
	title := func(it *news.Item) { it.Title = "Coup in Ruritania" }
	body := func(it *news.Item) { it.Body = "A coup." }
	matched := news.Tally{Revised: 1, Matched: 1}
	alerted := news.Tally{Revised: 1, Matched: 1, Alerts: 1}
	tests := []revising{
		{"nothing", func(*news.Item) {}, true, true, news.Tally{}, 0},
		{"nothing, but a rule is new", func(*news.Item) {}, false, true, news.Tally{}, 0},
		{"space around the title", func(it *news.Item) { it.Title += " \n" }, true, true, news.Tally{}, 0},
		{"title", title, true, true, matched, 1},
		{"title, and a rule matches now", title, false, true, alerted, 1},
		{"title, and no rule matches", title, true, false, news.Tally{Revised: 1}, 1},
		{"summary", func(it *news.Item) { it.Summary = "Another." }, true, true, matched, 0},
		{"body", body, true, true, news.Tally{}, 0},
		{"body, and a rule matches now", body, false, true, alerted, 0},
		{"link", func(it *news.Item) { it.Link += "?x" }, true, true, news.Tally{}, 0},
	}
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		for i, test := range tests {
			test.run(t, db, fmt.Sprintf("rule%d", i))
		}
	})
}

func (test revising) run(t *testing.T, db *store.DB, rule string) {
	before := item(feed(1), rule, "Talks in Ruritania")
	after := before
	after.Fetched = noon.Add(time.Hour)
	test.change(&after)
	var first, second []news.Report
	story := ""
	if test.before {
		first, story = reports(rule, before), rule+"-"+before.ID
	}
	if test.after {
		second = reports(rule, after)
	}
	record(t, db, reading(feed(1), noon, before), first)
	got, err := db.Ingest(t.Context(), reading(feed(1), noon.Add(time.Hour), after), second,
		asking(func(r news.Report, open []news.Story) news.Decision {
			if !r.Revised || !r.Fetched.Equal(noon) || r.Story != story {
				t.Errorf("%s: asked with revised %v, fetched %v, story %q, want true, %v, %q", test.name, r.Revised, r.Fetched, r.Story, noon, story)
			}
			return decide(r, open)
		}))
	if err != nil || got != test.want {
		t.Errorf("%s: tally %+v, %v, want %+v", test.name, got, err, test.want)
	}
	if titles := rows(t, db, `SELECT title FROM revisions WHERE item = '`+before.ID+`'`); len(titles) != test.titles {
		t.Errorf("%s: old titles %q, want %d", test.name, titles, test.titles)
	}
}

// What the first reading of a feed brings must wake nobody, and the one who
// decides has to know.
func TestFirstReading(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		a, b := item(f, "a", "Coup"), item(f, "b", "Coup again")
		first := reading(f, noon, a)
		first.First = true
		for _, r := range []news.Reading{first, reading(f, noon, b)} {
			asked := 0
			_, err := db.Ingest(t.Context(), r, reports("coup", r.Items...), asking(func(rep news.Report, open []news.Story) news.Decision {
				asked++
				if rep.First != r.First {
					t.Errorf("report with first = %v of a reading with %v", rep.First, r.First)
				}
				return decide(rep, open)
			}))
			if err != nil || asked != 1 {
				t.Errorf("asked %d times, %v, want once", asked, err)
			}
		}
	})
}

func TestDecidedOldestFirstWithOpenStories(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		var items []news.Item
		for i, tenths := range []int{0, -4, -12, -24} {
			it := item(f, fmt.Sprint(i), fmt.Sprintf("%d tenths", tenths))
			it.Published = noon.Add(news.Window / 10 * time.Duration(tenths))
			items = append(items, it)
		}
		var asked []string
		_, err := db.Ingest(t.Context(), reading(f, noon, items...), reports("coup", items...),
			asking(func(r news.Report, open []news.Story) news.Decision {
				line := r.Title + ":"
				for _, s := range open {
					line += " " + s.Headline
				}
				asked = append(asked, line)
				return decide(report(r.Item, r.Title), nil)
			}))
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"-24 tenths:", "-12 tenths:", "-4 tenths: -12 tenths", "0 tenths: -4 tenths"}
		if diff := cmp.Diff(want, asked); diff != "" {
			t.Errorf("reports with open stories (-want +got):\n%s", diff)
		}
	})
}

// Whatever stops a transaction, nothing of it is stored, and it can be done
// again.
func TestIngestAllOrNothing(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		setFeeds(t, db, f)
		claim(t, db, noon)
		a, b := item(f, "a", "Coup"), item(f, "b", "Coup again")
		r := reading(f, noon, a, b)

		asked := 0
		try := func(ctx context.Context, stop func()) (err error) {
			asked = 0
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("panic: %v", p)
				}
			}()
			_, err = db.Ingest(ctx, r, reports("coup", a, b), asking(func(rep news.Report, open []news.Story) news.Decision {
				if asked++; asked == 2 {
					stop()
				}
				return decide(rep, open)
			}))
			return err
		}
		if err := try(t.Context(), func() { panic("bug") }); err == nil || !strings.Contains(err.Error(), "bug") {
			t.Errorf("panic: got %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		if err := try(ctx, cancel); !errors.Is(err, context.Canceled) {
			t.Errorf("cancel: got %v, want %v", err, context.Canceled)
		}
		for _, table := range []string{"items", "stories", "alerts"} {
			var n int
			if err := db.SQL().QueryRow(`SELECT COUNT(*) FROM ` + table).Scan(&n); err != nil || n != 0 {
				t.Errorf("%d %s, %v, want none", n, table, err)
			}
		}
		if feeds, err := db.Feeds(t.Context()); err != nil || !feeds[0].LastRead.IsZero() {
			t.Errorf("feeds %+v, %v, want one not read", feeds, err)
		}
		if got, want := record(t, db, r, reports("coup", a, b)), (news.Tally{New: 2, Matched: 2, Alerts: 1}); got != want {
			t.Errorf("tally of the next attempt %+v, want %+v", got, want)
		}
		if got := storiesAt(t, db); len(got) != 1 || got[0].Reports != 2 {
			t.Errorf("stories %+v, want one of 2 reports", got)
		}
	})
}

// A reading that is recorded after a later one adds what is new in it and
// changes nothing back.
func TestLateRecorder(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		setFeeds(t, db, f)
		old, now := item(f, "a", "Coup"), item(f, "a", "Coup foiled")
		record(t, db, reading(f, noon, old), nil)
		later := reading(f, noon.Add(3*time.Minute), now)
		later.ETag = `"2"`
		record(t, db, later, nil)
		late := reading(f, noon.Add(time.Minute), old, item(f, "b", "More"))
		late.Failures, late.Problem = 1, "timeout"
		if got, want := record(t, db, late, nil), (news.Tally{New: 1}); got != want {
			t.Errorf("tally %+v, want %+v", got, want)
		}
		feeds, err := db.Feeds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := feeds[0]; got.ETag != `"2"` || got.Failures != 0 || !got.NextAt.Equal(later.NextAt) || got.Items != 2 {
			t.Errorf("feed %+v, want the state of the later reading", got)
		}
		if got, err := db.ItemsByLink(t.Context(), old.Link); err != nil || got[0].Title != now.Title {
			t.Errorf("items %+v, %v, want the later title", got, err)
		}
	})
}

// justHeard is the silence after the first reading of a feed with one item at noon.
var justHeard = news.Silence{Since: noon.Add(-10 * time.Minute), Quiet: noon.Add(-10*time.Minute).AddDate(0, 0, 1), Late: noon.Add(-10*time.Minute).AddDate(0, 0, 7)}

func TestFeedState(t *testing.T) {
	at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	good := news.FeedState{Feed: feed(1), ETag: `"1"`, LastModified: "now", Checksum: "c", NextAt: at(5), LastRead: at(0), LastGood: at(0), LastNew: at(0), Items: 1, Signs: news.Signs{Silence: justHeard}}
	tests := []struct {
		name    string
		reading news.Reading
		want    func(*news.FeedState)
	}{
		{
			"failed",
			news.Reading{At: at(5), NextAt: at(7), Failures: 1, Problem: "timeout"},
			func(f *news.FeedState) { f.LastRead, f.NextAt, f.Failures, f.Problem = at(5), at(7), 1, "timeout" },
		},
		{
			"unchanged",
			news.Reading{At: at(5), NextAt: at(10), Unchanged: true},
			func(f *news.FeedState) { f.LastRead, f.LastGood, f.NextAt = at(5), at(5), at(10) },
		},
		{
			"unchanged with another validator",
			news.Reading{At: at(5), NextAt: at(10), Unchanged: true, ETag: `"2"`, Checksum: "c"},
			func(f *news.FeedState) {
				f.LastRead, f.LastGood, f.NextAt, f.ETag, f.LastModified = at(5), at(5), at(10), `"2"`, ""
			},
		},
		{
			"read, without validators and items",
			news.Reading{At: at(5), NextAt: at(10), Problem: "no items"},
			func(f *news.FeedState) {
				f.LastRead, f.LastGood, f.NextAt, f.ETag, f.LastModified, f.Checksum, f.Problem = at(5), at(5), at(10), "", "", "", "no items"
			},
		},
	}
	forEachEngine(t, func(t *testing.T, location string) {
		for i, test := range tests {
			db, f := open(t, location), feed(i)
			setFeeds(t, db, f)
			record(t, db, reading(f, noon, item(f, "a", "Coup")), nil)
			test.reading.Feed = f
			record(t, db, test.reading, nil)
			want := good
			test.want(&want)
			want.Feed = f
			got, err := db.Feeds(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]news.FeedState{want}, got); diff != "" {
				t.Errorf("%s: (-want +got):\n%s", test.name, diff)
			}
		}
	})
}

// PostgreSQL refuses NUL bytes and text that is not UTF-8; feeds have both.
func TestSpecialCharacters(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		const odd = "N\x00UL, \xff\xfe not UTF-8, 'quotes\", $1, путч, 政变, \U0001F4A3, \u202eRTL"
		const want = "NUL, \uFFFD not UTF-8, 'quotes\", $1, путч, 政变, \U0001F4A3, \u202eRTL"
		a := item(f, "a", odd)
		a.Summary, a.Body, a.Author, a.GUID, a.Language, a.Tags = odd, odd, odd, odd, odd, []string{odd}
		r := reading(f, noon, a)
		r.ETag, r.LastModified, r.Problem = odd, odd, odd
		for i, tally := range []news.Tally{{New: 1, Matched: 1, Alerts: 1}, {}} {
			if got := record(t, db, r, reports("coup"+odd, a)); got != tally {
				t.Errorf("tally of recording %d: %+v, want %+v", i+1, got, tally)
			}
		}
		got, err := db.ItemsByLink(t.Context(), a.Link)
		if err != nil || len(got) != 1 {
			t.Fatalf("got %+v, %v, want one item", got, err)
		}
		if got[0].Title != want || got[0].Body != want || got[0].Author != want {
			t.Errorf("title %q, want %q", got[0].Title, want)
		}
		if stories := storiesAt(t, db); len(stories) != 1 {
			t.Errorf("got %d stories, want 1", len(stories))
		}
	})
}

// A feed that gives one guid to two items must not revise one by the other
// for ever.
func TestOneGUIDTwice(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		r := reading(f, noon, item(f, "a", "Coup"), item(f, "a", "Tea"))
		for i, want := range []news.Tally{{New: 1}, {}} {
			if got := record(t, db, r, nil); got != want {
				t.Errorf("tally of recording %d: %+v, want %+v", i+1, got, want)
			}
		}
	})
}

func TestManyItems(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		var items []news.Item
		for i := range 1207 { // more than one statement takes
			items = append(items, item(f, fmt.Sprint(i), "Coup"))
		}
		r := reading(f, noon, items...)
		for i, want := range []news.Tally{{New: len(items)}, {}} {
			if got := record(t, db, r, nil); got != want {
				t.Errorf("tally of recording %d: %+v, want %+v", i+1, got, want)
			}
		}
		r.At = noon.Add(7 * time.Hour)
		record(t, db, r, nil)
		var seen int
		if err := db.SQL().QueryRow(`SELECT COUNT(*) FROM items WHERE seen_at = $1`, r.At.UnixMilli()).Scan(&seen); err != nil || seen != len(items) {
			t.Errorf("%d items were noted as seen, %v, want %d", seen, err, len(items))
		}
	})
}
