package store_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// A witness is a fake that remembers what it was told of.
type witness struct {
	*fake
	puts    [][]string // ids of the stories of each Sync
	forgets int
}

func witnessing() *witness { return &witness{fake: asking(decide)} }

func (w *witness) Sync(version int64, stories []news.Story) {
	ids := []string{}
	for _, s := range stories {
		ids = append(ids, s.ID)
	}
	w.puts = append(w.puts, ids)
	w.fake.Sync(version, stories)
}

func (w *witness) Reset() {
	w.forgets++
	w.fake.Reset()
}

// told returns the stories that it was told of since it was asked last.
func (w *witness) told() []string {
	told := slices.Concat(w.puts...)
	w.puts = nil
	slices.Sort(told)
	return told
}

// storyOf records one report of a rule, published some time after noon, and
// returns the id of the story that it began.
func storyOf(t *testing.T, db *store.DB, decider news.Decider, rule string, after time.Duration) string {
	t.Helper()
	it := item(feed(1), fmt.Sprint(rule, after), "Coup")
	it.Published = noon.Add(after)
	if _, err := db.Ingest(t.Context(), reading(feed(1), noon, it), reports(rule, it), decider); err != nil {
		t.Fatal(err)
	}
	return rule + "-" + it.ID
}

// A decider is told of each story once: of all when it knows none, and then of
// those that others changed.
func TestDeciderIsToldOfWhatOthersChanged(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		here, there := open(t, location), open(t, location)
		mine, theirs := witnessing(), witnessing()
		expect := func(what string, w *witness, want ...string) {
			t.Helper()
			slices.Sort(want)
			if got := w.told(); !slices.Equal(got, want) {
				t.Errorf("%s: told of %q, want %q", what, got, want)
			}
		}
		a := storyOf(t, here, mine, "a", 0)
		b := storyOf(t, here, mine, "b", 0)
		expect("alone", mine)
		c := storyOf(t, there, theirs, "c", 0)
		expect("of a new start", theirs, a, b)
		storyOf(t, there, theirs, "a", time.Minute)
		expect("its own story again", theirs)
		storyOf(t, here, mine, "a", time.Hour)
		expect("of another replica's", mine, a, c)
		if got := mine.open[a]; got.Reports != 3 {
			t.Errorf("story of %d reports, want those of both replicas: 3", got.Reports)
		}
		storyOf(t, here, mine, "b", time.Hour)
		expect("nothing new", mine)
	})
}

// A version is never used again, also after the story that had it is gone, or
// a decider would take another's story for known.
func TestVersionsOutlivePruning(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		here, there := open(t, location), open(t, location)
		mine, theirs := witnessing(), witnessing()
		storyOf(t, here, mine, "a", 0)
		if err := here.Prune(t.Context(), noon.Add(2*news.Window), noon.Add(2*news.Window)); err != nil {
			t.Fatal(err)
		}
		if got := storiesAt(t, here); len(got) != 0 {
			t.Fatalf("%d stories are left, want none", len(got))
		}
		b := storyOf(t, there, theirs, "b", 0)
		storyOf(t, here, mine, "c", 0)
		if got := mine.told(); !slices.Equal(got, []string{b}) {
			t.Errorf("told of %q, want %q", got, b)
		}
	})
}

// A decider that knows more than the database, since a backup of it was put
// back, begins anew.
func TestDeciderAheadOfTheDatabase(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, w := open(t, location), witnessing()
		a := storyOf(t, db, witnessing(), "a", 0)
		w.Sync(99, []news.Story{{ID: "of a lost day", Rules: []string{"a"}, LastSeen: noon}})
		w.told()
		storyOf(t, db, w, "a", time.Minute)
		if got := w.told(); !slices.Equal(got, []string{a}) || w.forgets != 1 {
			t.Errorf("told of %q, forgot %d times, want %q, once", got, w.forgets, a)
		}
		if got := storiesAt(t, db); len(got) != 1 || got[0].Reports != 2 {
			t.Errorf("stories %+v, want one of 2 reports", got)
		}
	})
}

// late records one report of a rule about a country, published some time after
// noon, and returns its story.
func late(t *testing.T, db *store.DB, decider news.Decider, rule, country string, after time.Duration) string {
	t.Helper()
	it := item(feed(1), fmt.Sprint(rule, after), "Coup")
	it.Published = noon.Add(after)
	r := report(it, rule)
	r.Mentions = []news.Mention{{Entity: "country:" + country, Country: country}}
	if _, err := db.Ingest(t.Context(), reading(feed(1), noon, it), []news.Report{r}, decider); err != nil {
		t.Fatal(err)
	}
	return rule + "-" + it.ID
}

// Reports that come late, and items that are edited late, find their stories
// though these are closed for others: those of their country and time.
func TestClosedStoriesOfLateReports(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		const old = -3 * news.Window
		late(t, db, witnessing(), "long before", "ml", old-2*news.Window)
		late(t, db, witnessing(), "another country's", "ne", old)
		a := late(t, db, witnessing(), "a", "ml", old)
		b := late(t, db, witnessing(), "b", "ml", 0)

		w := witnessing()
		late(t, db, w, "b", "ml", time.Minute)
		if got := w.told(); !slices.Equal(got, []string{b}) || len(w.closed) > 0 {
			t.Errorf("in time: told of %q and given %q, want the open %q", got, w.closed, b)
		}
		late(t, db, w, "a", "ml", old+time.Hour)
		if !slices.Equal(w.closed, []string{a}) || w.open[a].Reports != 2 {
			t.Errorf("late: given %q with %d reports, want %q with 2", w.closed, w.open[a].Reports, a)
		}
		late(t, db, w, "a", "ml", old+2*time.Hour)
		if s, err := db.Story(t.Context(), a); err != nil || s.Reports != 3 {
			t.Errorf("late again: %d reports are stored (%v), want 3", s.Reports, err)
		}

		edited := item(feed(1), fmt.Sprint("a", time.Duration(old)), "Coup, corrected")
		edited.Published = noon // of the correction
		w = witnessing()
		if _, err := db.Ingest(t.Context(), reading(feed(1), noon, edited), reports("a", edited), w); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(w.closed, []string{a}) {
			t.Errorf("edited: given %q, want its own, %q", w.closed, a)
		}
		if err := db.Prune(t.Context(), noon.Add(9*news.Window), noon.Add(9*news.Window)); err != nil {
			t.Fatal(err)
		}
		if left := rows(t, db, `SELECT story FROM story_keys`); len(left) > 0 {
			t.Errorf("keys of pruned stories are left: %v", left)
		}
	})
}

// However many stories a country had, a late report is compared with the few
// that began next to it: or reading feeds of old items would cost the square
// of their number.
func TestLateReportsAreGivenFewStories(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, w := open(t, location), witnessing()
		const old, stories, most = -3 * news.Window, 60, 4
		for i := range stories {
			late(t, db, w, fmt.Sprint("rule", i), "ml", old+time.Duration(i)*time.Hour)
			if len(w.closed) > most {
				t.Fatalf("report %d is given %d stories, want at most %d", i, len(w.closed), most)
			}
		}
		if len(w.closed) != most/2 {
			t.Errorf("the last report is given %d stories, want the %d before it", len(w.closed), most/2)
		}
	})
}

// Whatever stops a transaction, the decider knows no story afterwards that is
// not stored.
func TestNothingHalfInTheDecider(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, w := open(t, location), witnessing()
		a := storyOf(t, db, w, "a", 0)
		it := item(feed(1), "second", "Coup")
		for name, stop := range map[string]func(cancel func()){
			"cancelled": func(cancel func()) { cancel() },
			"panic":     func(func()) { panic("bug") },
		} {
			ctx, cancel := context.WithCancel(t.Context())
			w.ask = func(r news.Report, open []news.Story) news.Decision {
				defer stop(cancel)
				return decide(r, open)
			}
			func() {
				defer func() {
					if p := recover(); p != nil && name != "panic" {
						panic(p)
					}
				}()
				if _, err := db.Ingest(ctx, reading(feed(1), noon, it), reports("a", it), w); !errors.Is(err, context.Canceled) {
					t.Errorf("%s: got %v, want %v", name, err, context.Canceled)
				}
			}()
			cancel()
			if w.Version() != 0 || len(w.open) != 0 {
				t.Errorf("%s: the decider knows %d stories of version %d, want none", name, len(w.open), w.Version())
			}
		}
		w.ask = decide
		w.told()
		storyOf(t, db, w, "a", time.Minute)
		if got := w.told(); !slices.Equal(got, []string{a}) || w.open[a].Reports != 2 {
			t.Errorf("then told of %q with %d reports, want %q with 2", got, w.open[a].Reports, a)
		}
	})
}

// A slow decider takes its time to forget, which lets others come between if
// nothing keeps them.
type slow struct{ *fake }

func (s slow) Reset() {
	for range 1000 {
		runtime.Gosched()
	}
	s.fake.Reset()
}

// Many transactions share one decider, and half of them come to nothing: no
// other decides by what they decided.
func TestManyShareOneDecider(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		const recordings = 60
		db, shared := open(t, location), slow{asking(nil)}
		shared.ask = func(r news.Report, open []news.Story) news.Decision {
			defer func() {
				if n, _ := strconv.Atoi(r.GUID); n%2 == 0 {
					panic("bug")
				}
			}()
			return decide(r, open)
		}
		var group sync.WaitGroup
		for i := range recordings {
			f := feed(i)
			it := item(f, fmt.Sprint(i), "Coup")
			group.Go(func() {
				defer func() { _ = recover() }()
				if _, err := db.Ingest(t.Context(), reading(f, noon, it), reports("coup", it), shared); err != nil {
					t.Errorf("recording %d: %v", i, err)
				}
			})
		}
		group.Wait()
		stories := storiesAt(t, db)
		if len(stories) != 1 || stories[0].Reports != recordings/2 {
			t.Fatalf("%d stories, the first %+v, want one of %d reports", len(stories), stories[0], recordings/2)
		}
	})
}

// A transaction that fails at any of its steps leaves nothing of itself: neither
// in the database nor in the decider.
func TestNothingHalfWhateverFails(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, w := open(t, location), witnessing()
		setFeeds(t, db, feed(1))
		a := storyOf(t, db, w, "a", 0)
		count := func() string {
			all := rows(t, db, `SELECT CAST(COUNT(*) AS TEXT) FROM items UNION ALL SELECT CAST(COUNT(*) AS TEXT) FROM alerts
				UNION ALL SELECT value FROM settings WHERE name = 'stories' UNION ALL SELECT body FROM stories ORDER BY 1`)
			return fmt.Sprint(all)
		}
		before := count()
		more, other := item(feed(1), "more", "Coup"), item(feed(1), "other", "Plot")
		both := append(reports("a", more), reports("b", other)...)
		alter := func(statement string) {
			t.Helper()
			if _, err := db.SQL().Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
		for _, table := range []string{"feeds", "items", "settings", "stories", "alerts", "hosts"} {
			alter(`ALTER TABLE ` + table + ` RENAME TO gone`)
			if _, err := db.Ingest(t.Context(), reading(feed(1), noon, more, other), both, w); err == nil {
				t.Errorf("without %s: no error", table)
			}
			alter(`ALTER TABLE gone RENAME TO ` + table)
			if after := count(); after != before {
				t.Errorf("without %s the database has %s, want what it had: %s", table, after, before)
			}
			if got := w.open[a].Reports; w.Version() == 0 && len(w.open) != 0 || w.Version() != 0 && (got != 1 || len(w.open) != 1) {
				t.Errorf("without %s the decider knows %d stories of version %d", table, len(w.open), w.Version())
			}
		}
		got, err := db.Ingest(t.Context(), reading(feed(1), noon, more, other), both, w)
		if want := (news.Tally{New: 2, Matched: 2, Alerts: 1}); err != nil || got != want {
			t.Errorf("then: %+v, %v, want %+v", got, err, want)
		}
		if len(w.open) != 2 || w.open[a].Reports != 2 {
			t.Errorf("then the decider knows %+v, want two stories, the first of 2 reports", w.open)
		}
	})
}
