package store_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

func TestItems(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		var all []news.Item
		for i := range 1203 { // more than one statement asks for
			it := item(f, fmt.Sprint(i), fmt.Sprint("Item ", i))
			it.Fetched = noon.Add(time.Duration(i) * time.Minute)
			it.Published = noon.Add(-time.Duration(i*i%977) * time.Minute)
			if i%3 == 0 {
				it.Published = time.Time{}
			}
			if i%5 == 0 {
				it.Tags = nil
			}
			all = append(all, it)
		}
		record(t, db, reading(f, noon, all...), nil)
		var want, got []news.Item
		from := noon.Add(10 * time.Minute)
		for _, it := range all {
			if !it.Fetched.Before(from) {
				want = append(want, it)
			}
		}
		slices.SortFunc(want, func(a, b news.Item) int {
			if c := a.When().Compare(b.When()); c != 0 {
				return c
			}
			return strings.Compare(a.ID, b.ID)
		})
		var some int
		err := db.ItemsRead(t.Context(), from, from.Add(90*time.Minute), func(news.Item) error { some++; return nil })
		if err != nil || some != 90 {
			t.Errorf("%d items of ninety minutes, %v", some, err)
		}
		err = db.Items(t.Context(), from, func(it news.Item) error {
			got = append(got, it)
			return nil
		})
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("items, %v (-want +got):\n%s", err, diff)
		}
	})
}

func TestItemsStops(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f, enough := open(t, location), feed(1), errors.New("enough")
		record(t, db, reading(f, noon, item(f, "a", "Coup"), item(f, "b", "Coup")), nil)
		n := 0
		err := db.Items(t.Context(), time.Time{}, func(news.Item) error { n++; return enough })
		if err != enough || n != 1 { //nolint:errorlint // it is to be returned as it is
			t.Errorf("called %d times, %v, want once, %v", n, err, enough)
		}
	})
}

// One address is written in many ways.
func TestItemsByLink(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		a, b, other, none := item(feed(1), "a", "Coup"), item(feed(2), "a", "Coup"), item(feed(1), "b", "Tea"), item(feed(1), "c", "No link")
		a.Link, b.Link, other.Link, none.Link = "https://e.org/a?id=7", "http://E.org/a?id=7&utm_source=x", "https://e.org/a?id=8", ""
		b.Fetched = noon.Add(time.Minute)
		record(t, db, reading(feed(1), noon, a, other, none), nil)
		record(t, db, reading(feed(2), noon, b), nil)
		for link, want := range map[string][]string{
			"https://e.org/a?id=7#top": {a.ID, b.ID}, b.Link: {a.ID, b.ID}, other.Link: {other.ID}, "https://e.org/": nil, "": nil,
		} {
			verdicts, err := db.ItemsByLink(t.Context(), link)
			var got []string
			for _, v := range verdicts {
				got = append(got, v.ID)
			}
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("items of %q: %q, %v, want %q", link, got, err, want)
			}
		}
	})
}

// migrationsTo returns the migrations whose names do not sort after last.
func migrationsTo(t *testing.T, last string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	for name, file := range withMigration(t, last, "").(fstest.MapFS) {
		if name <= "migrations/"+last && len(file.Data) > 0 {
			files[name] = file
		}
	}
	if len(files) == 0 {
		t.Fatal("no migrations")
	}
	return files
}

// What an older coupwatch stored is found as if this one had stored it.
func TestOldDatabase(t *testing.T) {
	enginetest.ForEach(t, func(t *testing.T, location string) {
		old, err := store.OpenMigrations(t.Context(), location, migrationsTo(t, "0001_start.sql~"))
		if err != nil {
			t.Fatal(err)
		}
		const items = 1207
		insert := func(query string, args ...any) {
			t.Helper()
			if _, err := old.SQL().Exec(query, args...); err != nil {
				t.Fatal(err)
			}
		}
		var values []string
		for i := range items {
			values = append(values, fmt.Sprintf("('i%d',0,0,0,0,'f','','http://e.org/%d?utm_source=x','','','','null','Coup','','')", i, i))
		}
		insert(`INSERT INTO items (id, hash, seen_at, fetched_at, published_at, feed, guid, link, author, publisher, language, tags, title, summary, body)
			VALUES ` + strings.Join(values, ","))
		insert(`INSERT INTO stories (id, hash, first_seen, last_seen, told_at, severity, body) VALUES ('coup-s', 7, 0, $1, 0, 3, '{"ID":"coup-s","Rules":["coup"],"LastSeen":"2026-08-22T11:00:00Z"}')`, noon.UnixMilli())
		for _, id := range []string{"a", "b"} {
			insert(`INSERT INTO alerts (id, channel, kind, story, owed_at, due_at, attempts, body) VALUES ($1, 'slack', 'new', $1, $2, $3, 1, '{"ID":"`+id+`","Story":{"ID":"`+id+`"}}')`,
				id, noon.UnixMilli(), noon.Add(2*time.Minute).UnixMilli())
		}
		insert(`UPDATE alerts SET problem = 'busy' WHERE id = 'b'`)
		old.Close()

		db := open(t, location)
		for _, n := range []int{0, items - 1} {
			got, err := db.ItemsByLink(t.Context(), fmt.Sprintf("https://e.org/%d", n))
			if err != nil || len(got) != 1 || got[0].ID != fmt.Sprint("i", n) {
				t.Errorf("items of link %d: %d, %v, want one", n, len(got), err)
			}
		}
		w := witnessing()
		storyOf(t, db, w, "coup", 0)
		if got := w.told(); !slices.Equal(got, []string{"coup-s"}) {
			t.Errorf("the decider was told of %q, want the old story", got)
		}
		got := due(t, db, noon.Add(2*time.Minute), "slack")
		if len(got) != 2 || !got[0].OutcomeUnknown || got[1].OutcomeUnknown {
			t.Errorf("due %+v, want the one that was being sent in doubt, and the one that was put off", got)
		}
	})
}

func TestVerdictsOfAStory(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		a, b, other := item(f, "a", "Coup"), item(f, "b", "Coup again"), item(f, "c", "Plot")
		a.Published = noon.Add(-time.Hour)
		says := []news.Attribution{{Speaker: "Vladimir Osechkin", Via: "The Times", Span: news.Span{End: 4, Term: "told"}}}
		saying := asking(func(r news.Report, open []news.Story) news.Decision {
			d := decide(r, open)
			d.Update, d.Status, d.Says, d.Muted = "u-"+r.GUID, news.Claim, says, r.GUID == "b"
			return d
		})
		if _, err := db.Ingest(t.Context(), reading(f, noon, b, a, other), append(reports("coup", a, b), reports("plot", other)...), saying); err != nil {
			t.Fatal(err)
		}
		got, err := db.ItemsOfStory(t.Context(), "coup-"+a.ID)
		want := []store.Verdict{
			{Item: a, Kind: news.New, Reason: "first heard of", Story: "coup-" + a.ID, Update: "u-a", Status: news.Claim, Says: says, Matches: report(a, "coup").Matches},
			{Item: b, Kind: news.Copy, Reason: "told again", Story: "coup-" + a.ID, Update: "u-b", Status: news.Claim, Says: says, Muted: true, Matches: report(b, "coup").Matches},
		}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("verdicts, %v (-want +got):\n%s", err, diff)
		}
	})
}

func TestStoryByItsBeginning(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		coup, coups := storyOf(t, db, asking(decide), "coup", 0), storyOf(t, db, asking(decide), "coups", 0)
		for id, want := range map[string]string{coup: coup, coups: coups, "coup-": coup, "coups": coups} {
			if got, err := db.Story(t.Context(), id); err != nil || got.ID != want {
				t.Errorf("story %q: %q, %v, want %q", id, got.ID, err, want)
			}
		}
		for id, want := range map[string]string{
			"":     `no story has the id ""`,
			"plot": `look for story plot: no story has the id "plot" or one that begins so`,
			"cou":  `several ids begin with "cou", such as ` + coup + ", " + coups,
		} {
			if _, err := db.Story(t.Context(), id); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("story %q: got %v, want %q in it", id, err, want)
			}
		}
	})
}

func TestRevisions(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, it := open(t, location), item(feed(1), "a", "First")
		for i, title := range []string{"First", "Second", "Third"} {
			it.Title = title
			record(t, db, reading(feed(1), noon.Add(time.Duration(i)*time.Hour), it), nil)
		}
		want := []store.Revision{{Title: "First", At: noon.Add(time.Hour)}, {Title: "Second", At: noon.Add(2 * time.Hour)}}
		got, err := db.Revisions(t.Context(), it.ID)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("revisions, %v (-want +got):\n%s", err, diff)
		}
	})
}

func TestItemsByID(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		a, b := item(f, "a", "Coup"), item(f, "b", "Tea")
		record(t, db, reading(f, noon, a, b), reports("coup", a))
		got, err := db.ItemsByID(t.Context(), "unknown", a.ID)
		if err != nil || len(got) != 1 || got[0].ID != a.ID || got[0].Kind != news.New {
			t.Errorf("got %+v, %v, want the one item", got, err)
		}
		if got, err := db.ItemsByID(t.Context()); err != nil || len(got) != 0 {
			t.Errorf("of no ids: %d, %v, want none", len(got), err)
		}
	})
}
