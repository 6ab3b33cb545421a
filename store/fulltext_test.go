package store_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

var pageText = strings.Repeat("Soldiers seized the palace, the exile told the Meridian. ", 20)

// wanting is a feed whose pages are read of what matches.
func wanting(n int) news.Feed {
	f := feed(n)
	f.FullText = news.MatchedText
	return f
}

func claimPage(t *testing.T, db *store.DB, now time.Time) (page news.PageText, next time.Time) {
	t.Helper()
	page, _, next, err := db.ClaimPage(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	return page, next
}

func putPage(t *testing.T, db *store.DB, r news.PageReading) news.PageText {
	t.Helper()
	stored, err := db.PutPage(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

// read returns the reading of a page that has a text.
func read(page news.PageText, at time.Time, text string) news.PageReading {
	page.Text = text
	return news.PageReading{PageText: page, At: at, Gap: time.Second}
}

// A page that an item wants is read by one, and its items are decided by it once.
func TestPageOfItem(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, other, f := open(t, location), open(t, location), wanting(1)
		setFeeds(t, db, f)
		a, b := item(f, "a", "Coup in Ruritania"), item(f, "b", "Tea is served")
		if tally := record(t, db, reading(f, noon, a, b), reports("coup", a)); tally.Pages != 1 {
			t.Fatalf("%d pages are wanted, want that of what matched", tally.Pages)
		}
		page, _ := claimPage(t, db, noon)
		if page.Link != a.ArticleLink() || page.Text != "" || page.Feed != f.URL || page.Host != "example.org:443" {
			t.Fatalf("claimed %+v", page)
		}
		if twice, next := claimPage(t, other, noon.Add(time.Second)); twice.Link != "" || !next.Equal(noon.Add(2*time.Minute)) {
			t.Fatalf("another reads %+v too, next at %v", twice, next)
		}
		putPage(t, db, read(page, noon.Add(time.Second), pageText))

		// Whoever put it down died: from now on nobody asks its server again.
		page, _ = claimPage(t, other, noon.Add(2*time.Second))
		if page.Text != pageText {
			t.Fatalf("the text is lost: %+v", page)
		}
		items, err := other.ItemsOfPage(t.Context(), page.Link)
		if err != nil || len(items) != 1 || items[0].Body != pageText || !items[0].FromPage {
			t.Fatalf("its items: %+v, %v", items, err)
		}
		var asked []news.Report
		decider := asking(func(r news.Report, open []news.Story) news.Decision {
			asked = append(asked, r)
			return news.Decision{Story: open[0], Kind: news.Copy, Alerts: []news.Alert{{ID: "more", Channel: "slack", Story: open[0], DueAt: noon}}}
		})
		for _, want := range []int{1, 0} { // the second time nothing is left to do
			tally, err := other.Fill(t.Context(), page, noon.Add(2*time.Second), reports("coup", items...), decider)
			if err != nil || tally.Alerts != want || tally.Matched != want {
				t.Fatalf("filled with %+v, %v, want %d alert", tally, err, want)
			}
		}
		if len(asked) != 1 || !asked[0].Filled || asked[0].Revised || asked[0].Story == "" || asked[0].Body != pageText || !asked[0].Fetched.Equal(noon) {
			t.Errorf("asked about %+v", asked)
		}
		if page, next := claimPage(t, db, noon.AddDate(1, 0, 0)); page.Link != "" || !next.IsZero() {
			t.Errorf("%+v is due again, next at %v", page, next)
		}
		// The feed says what it said: it is no edit, and what is stored of it is its own.
		if tally := record(t, db, reading(f, noon.Add(time.Minute), a, b), reports("coup", a)); tally != (news.Tally{}) {
			t.Errorf("the next reading: %+v, want nothing new", tally)
		}
		var bodies []string
		if err := db.Items(t.Context(), noon.AddDate(-1, 0, 0), func(it news.Item) error {
			bodies = append(bodies, it.Body)
			return nil
		}); err != nil || len(bodies) != 2 || bodies[0] != pageText && bodies[1] != pageText {
			t.Errorf("the archive has %q, %v", bodies, err)
		}
	})
}

// What comes to nothing within the transaction leaves the page due.
func TestFillAllOrNothing(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), wanting(1)
		setFeeds(t, db, f)
		a := item(f, "a", "Coup in Ruritania")
		record(t, db, reading(f, noon, a), reports("coup", a))
		page, _ := claimPage(t, db, noon)
		page = putPage(t, db, read(page, noon, pageText))
		a = a.WithPage(pageText)
		func() {
			defer func() { _ = recover() }()
			_, _ = db.Fill(t.Context(), page, noon, reports("coup", a), asking(func(news.Report, []news.Story) news.Decision { panic("died") }))
		}()
		again, _ := claimPage(t, db, noon.Add(time.Second))
		if again.Text != pageText {
			t.Fatalf("the page is not due again: %+v", again)
		}
		edited := a
		edited.Title = "Coup in Ruritania fails"
		if _, err := db.Fill(t.Context(), page, noon, reports("coup", edited), asking(decide)); err != nil {
			t.Fatal(err)
		}
		if again, _ = claimPage(t, db, noon.Add(time.Hour)); again.Text != pageText {
			t.Error("it was decided by another title than is stored")
		}
		if _, err := db.Fill(t.Context(), page, noon, reports("coup", a), asking(decide)); err != nil {
			t.Fatal(err)
		}
		if again, _ = claimPage(t, db, noon.AddDate(1, 0, 0)); again.Link != "" {
			t.Errorf("it is due for ever: %+v", again)
		}
	})
}

// Which pages are wanted, by what their feed says and what became of the item.
func TestPagesWanted(t *testing.T) {
	long := strings.Repeat("The feed has all of it. ", 100)
	for name, tt := range map[string]struct {
		of     news.FullText
		change func(r *news.Reading, it *news.Item, rep *news.Report)
		want   int
	}{
		"it matches": {news.MatchedText, nil, 1},
		"never":      {news.NoText, nil, 0},
		"nearly": {news.MatchedText, func(_ *news.Reading, _ *news.Item, rep *news.Report) {
			rep.Matches, rep.Almost = nil, &news.NearMiss{Rule: "coup"}
		}, 1},
		"not at all":                  {news.MatchedText, func(_ *news.Reading, _ *news.Item, rep *news.Report) { rep.Matches = nil }, 0},
		"not at all, of a told story": {news.MatchedText, func(_ *news.Reading, _ *news.Item, rep *news.Report) { rep.Matches, rep.Story = nil, "told" }, 1},
		"not at all, always":          {news.AllText, func(_ *news.Reading, _ *news.Item, rep *news.Report) { rep.Matches = nil }, 1},
		"by the first reading":        {news.AllText, func(r *news.Reading, _ *news.Item, _ *news.Report) { r.First = true }, 0},
		"an old one":                  {news.AllText, func(_ *news.Reading, it *news.Item, _ *news.Report) { it.Published = noon.AddDate(0, 0, -2) }, 0},
		"the feed has all":            {news.AllText, func(_ *news.Reading, it *news.Item, _ *news.Report) { it.Body = long }, 0},
		"a front page":                {news.AllText, func(_ *news.Reading, it *news.Item, _ *news.Report) { it.Link = "https://example.org/" }, 0},
		"a video":                     {news.AllText, func(_ *news.Reading, it *news.Item, _ *news.Report) { it.Link = "https://www.youtube.com/watch?v=abc" }, 0},
		"by its text":                 {news.MatchedText, func(_ *news.Reading, _ *news.Item, rep *news.Report) { rep.FromPage = true }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			db, f := open(t, newSQLite(t)), feed(1)
			f.FullText = tt.of
			setFeeds(t, db, f)
			it := item(f, "a", "Coup in Ruritania")
			rep := report(it, "coup")
			r := reading(f, noon)
			if tt.change != nil {
				tt.change(&r, &it, &rep)
				rep.Published, rep.Body, rep.Link = it.Published, it.Body, it.Link
			}
			r.Items = []news.Item{it}
			tally, err := db.Ingest(t.Context(), r, []news.Report{rep}, asking(func(r news.Report, _ []news.Story) news.Decision {
				switch {
				case r.Story != "":
					return news.Decision{Story: news.Story{ID: "told", Told: noon}, Kind: news.Update}
				case len(r.Matches) == 0:
					return news.Decision{}
				}
				return decide(r, nil)
			}))
			if err != nil || tally.Pages != tt.want {
				t.Errorf("%d pages are wanted, %v, want %d", tally.Pages, err, tt.want)
			}
		})
	}
}

// A page that a daemon died reading is given up where no item wants it yet: its host
// is free at once, and the page too if its item was stored at that very moment.
func TestPagesThatAreDropped(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), wanting(1)
		setFeeds(t, db, f)
		a, b := item(f, "a", "Coup in Ruritania"), item(f, "b", "Coup in Borduria")
		lease := func(at time.Time, it news.Item) int {
			leased, err := db.LeasePages(t.Context(), at, []news.PageText{{Link: it.ArticleLink(), Host: it.PageHost(), Feed: f.URL}})
			if err != nil {
				t.Fatal(err)
			}
			return len(leased)
		}
		later := noon.Add(3 * time.Minute) // the claims of the dead are over
		if lease(noon, a) != 1 {
			t.Fatal("the page is not leased")
		}
		page, _ := claimPage(t, db, later)
		if err := db.Drop(t.Context(), page); err != nil {
			t.Fatal(err)
		}
		if lease(later.Add(time.Second), b) != 1 {
			t.Fatal("the host of a page that nobody asked for is busy")
		}
		later = later.Add(3 * time.Minute)
		page, _ = claimPage(t, db, later)
		record(t, db, reading(f, later, b), reports("coup", b))
		if err := db.Drop(t.Context(), page); err != nil {
			t.Fatal(err)
		}
		if again, next := claimPage(t, db, later.Add(time.Second)); again.Link != b.ArticleLink() {
			t.Errorf("claimed %q, the next is due at %v; want the page of the item that came meanwhile", again.Link, next)
		}
	})
}

// A page that is read before its item is stored is for one reader, is not lost if
// its text comes too late for the item, and is not read for what is stored.
func TestLeasePages(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), wanting(1)
		setFeeds(t, db, f)
		old, a := item(f, "old", "Coup in Atlantis"), item(f, "a", "Coup in Ruritania")
		f.FullText = news.NoText
		record(t, db, reading(f, noon, old), reports("coup", old))
		f.FullText = news.MatchedText
		asked := func(it news.Item) news.PageText {
			return news.PageText{Link: it.ArticleLink(), Host: it.PageHost(), Feed: f.URL}
		}
		lease := func(at time.Time, of ...news.PageText) []news.PageText {
			leased, err := db.LeasePages(t.Context(), at, of)
			if err != nil {
				t.Fatal(err)
			}
			return leased
		}
		if leased := lease(noon, asked(old)); len(leased) != 0 {
			t.Fatalf("leased %+v, of which the item is stored", leased)
		}
		var mine sync.Map
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				leased, err := db.LeasePages(t.Context(), noon, []news.PageText{asked(a)})
				if err != nil || len(leased) > 0 {
					mine.Store(len(leased), err)
				}
			})
		}
		all.Wait()
		if err, one := mine.Load(1); !one || err != nil {
			t.Fatalf("it was not leased to one: %v", err)
		}
		if leased := lease(noon.Add(time.Second), asked(item(f, "b", "Coup in Borduria"))); len(leased) != 0 {
			t.Fatalf("two pages of one host are read at once: %+v", leased)
		}

		putPage(t, db, read(asked(a), noon.Add(3*time.Second), pageText))
		page, _ := claimPage(t, db, noon.Add(3*time.Second)) // the item is still being read
		if err := db.Drop(t.Context(), page); err != nil {
			t.Fatal(err)
		}
		if again, _ := claimPage(t, db, noon.Add(time.Hour)); again.Link != "" {
			t.Fatalf("%+v is due although nothing has it", again)
		}
		if tally := record(t, db, reading(f, noon.Add(4*time.Second), a), reports("coup", a)); tally.Pages != 1 {
			t.Errorf("the item was decided without the text that came a moment before, and nothing is to be done: %+v", tally)
		}
		texts, err := db.PageTexts(t.Context(), []string{a.ArticleLink(), old.ArticleLink()})
		if err != nil || len(texts) != 1 || texts[a.ArticleLink()].Text != pageText {
			t.Errorf("known are %+v, %v", texts, err)
		}
		if leased := lease(noon.Add(5*time.Second), asked(item(f, "b", "Coup in Borduria"))); len(leased) != 1 {
			t.Error("the host is busy a second after its page was put down")
		}

		// The feed that names a page may lie at the same host: it was read this moment.
		g := wanting(2)
		setFeeds(t, db, f, g)
		c := item(g, "c", "Coup in Syldavia")
		c.Link = "https://2.example/c"
		at := noon.Add(time.Minute)
		for claim(t, db, at) != g.Name {
		}
		page = news.PageText{Link: c.ArticleLink(), Host: c.PageHost(), Feed: f.URL}
		if leased := lease(at, page); len(leased) != 0 {
			t.Error("a page is read while a feed of its host is")
		}
		page.Feed = g.URL
		if leased := lease(at, page); len(leased) != 1 {
			t.Error("a feed that was read cannot have a page of its own host")
		}
	})
}

// What fails is read again if it may be otherwise then, and a host that wants to be
// left alone is, by whoever reads pages or feeds.
func TestPutPage(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), wanting(1)
		f.URL = "https://example.org/feed"
		setFeeds(t, db, f)
		claim(t, db, noon)
		a, b := item(f, "a", "Coup in Ruritania"), item(f, "b", "Coup in Borduria")
		record(t, db, reading(f, noon, a, b), reports("coup", a, b))
		record(t, db, news.Reading{Feed: f, At: noon, Rests: []news.Rest{{Address: f.URL, Until: noon.Add(time.Minute)}}}, nil)
		page, next := claimPage(t, db, noon)
		if page.Link != "" || !next.Equal(noon.Add(time.Minute)) {
			t.Fatalf("claimed %+v of a host that wants no feed to be read; next at %v", page, next)
		}
		page, _ = claimPage(t, db, noon.Add(time.Minute))
		failed := news.PageReading{PageText: page, At: noon, Again: noon.Add(5 * time.Minute), Rest: news.Rest{Address: "https://example.org", Until: noon.Add(10 * time.Minute)}}
		failed.Problem = "HTTP 429"
		putPage(t, db, failed)
		if page, next := claimPage(t, db, noon.Add(6*time.Minute)); page.Link != "" || !next.Equal(noon.Add(10*time.Minute)) {
			t.Fatalf("claimed %+v of a host that wants to be left alone; next at %v", page, next)
		}
		if name := claim(t, db, noon.Add(6*time.Minute)); name != "" {
			t.Error("its feed is read meanwhile")
		}
		first, _ := claimPage(t, db, noon.Add(10*time.Minute))
		putPage(t, db, read(first, noon.Add(10*time.Minute), pageText))
		if _, err := db.Fill(t.Context(), first, noon.Add(10*time.Minute), nil, asking(decide)); err != nil {
			t.Fatal(err)
		}
		second, _ := claimPage(t, db, noon.Add(11*time.Minute))
		if second.Link == "" || second.Link == first.Link {
			t.Fatalf("claimed %+v after %+v", second, first)
		}
		if second.Attempts+first.Attempts != 1 {
			t.Errorf("attempts are not counted: %+v, %+v", first, second)
		}
		if stored := putPage(t, db, read(second, noon.Add(11*time.Minute), pageText)); stored.Text != "" || !strings.Contains(stored.Problem, first.Link) {
			t.Errorf("a text that all links of the host have is kept: %q, %q", stored.Text, stored.Problem)
		}
		if page, next := claimPage(t, db, noon.AddDate(1, 0, 0)); page.Link != "" || !next.IsZero() {
			t.Errorf("%+v is due, next at %v", page, next)
		}
		if err := db.Prune(t.Context(), noon.AddDate(0, 1, 0), noon.AddDate(0, 1, 0)); err != nil {
			t.Fatal(err)
		}
		if texts, err := db.PageTexts(t.Context(), []string{first.Link}); err != nil || len(texts) != 1 {
			t.Errorf("the text of an item that stands in its feed is pruned: %v", err)
		}
	})
}
