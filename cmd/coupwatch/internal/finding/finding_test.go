package finding_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/finding"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/storetest"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/web/find"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const rulesText = `feeds:
  - {url: "https://a.example/rss", name: Alpha Wire, language: en}
  - {url: "https://b.example/rss", name: Бета, language: ru}
lists:
  coup: [coup, putsch, переворот, 政变, انقلاب]
entities:
  - {id: beseda, kind: person, name: Sergei Beseda, native: Сергей Беседа, groups: [siloviki]}
groups:
  watched: ["@siloviki", Mali, Niger]
rules:
  - {id: coup, title: Coup, severity: high, match: $coup NEAR/5 @countries}
`

// An archive of a few items, some of which a rule matches.
type archive struct {
	*finding.Archive
	db    *store.DB
	rules *matcher.Rules
	feeds map[string]news.Feed
	now   time.Time
}

func newArchive(t *testing.T, location string) archive {
	t.Helper()
	rules, err := matcher.Parse("rules.yaml", []byte(rulesText))
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.SetFeeds(t.Context(), rules.Feeds()); err != nil {
		t.Fatal(err)
	}
	a := archive{finding.New(db, func() *matcher.Rules { return rules }), db, rules, map[string]news.Feed{}, time.Now().UTC().Truncate(time.Minute)}
	for _, f := range rules.Feeds() {
		a.feeds[f.Name] = f
	}
	return a
}

// read stores an item of a feed, as of so long ago, and decides it as the daemon does.
func (a archive) read(t *testing.T, feed string, ago time.Duration, title, text string) news.Item {
	t.Helper()
	f, at := a.feeds[feed], a.now.Add(-ago)
	it := news.Item{ID: news.ItemID(f.URL, title), Feed: f.URL, Publisher: f.Name, Language: f.Language, Title: title, Summary: text, Link: "https://x.example/" + news.ItemID(f.URL, title), Published: at, Fetched: at}
	rep, matched := a.rules.Match(it)
	var reports []news.Report
	if matched {
		reports = append(reports, rep)
	}
	r := news.Reading{Feed: f, At: at, Items: []news.Item{it}, NextAt: at.Add(time.Minute)}
	if _, err := a.db.Ingest(t.Context(), r, reports, new(story.Stories).At(a.rules.Policy(), at)); err != nil {
		t.Fatal(err)
	}
	return it
}

func (a archive) index(t *testing.T) {
	t.Helper()
	x := daemon.NewIndexing(a.db, func() *matcher.Rules { return a.rules }, true)
	if err := x.Round(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func titles(r find.Result) string {
	var all []string
	for _, it := range r.Items {
		text := it.Title.Text
		for _, m := range slices.Backward(it.Title.Marks) {
			text = text[:m.Start] + "[" + text[m.Start:m.End] + "]" + text[m.End:]
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

// What is found, the latest first, by words, by queries and with more asked for.
func TestSearch(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		a := newArchive(t, location)
		a.read(t, "Alpha Wire", time.Hour, "A coup in Mali", "Soldiers took the palace.")
		a.read(t, "Alpha Wire", 2*time.Hour, "Cakes for all", "A coup for bakers; an army of them.")
		a.read(t, "Бета", 3*time.Hour, "О перевороте в Нигере", "Генерал Сергей Беседа молчит.")
		a.read(t, "Alpha Wire", 400*24*time.Hour, "Armies and coups of old", "")
		r, err := a.Search(t.Context(), find.Ask{Text: "coup"})
		if err != nil || len(r.Items) != 0 || !r.Behind || r.Since.IsZero() {
			t.Errorf("before it is indexed: %+v, %v", r, err)
		}
		a.index(t)
		for _, tt := range []struct {
			ask  find.Ask
			want string
		}{
			{find.Ask{Text: "coup"}, "A [coup] in Mali; Cakes for all; Armies and [coups] of old"},
			{find.Ask{Text: "coup army"}, "Cakes for all; [Armies] and [coups] of old"},
			{find.Ask{Text: "$coup"}, "A [coup] in Mali; Cakes for all; О [перевороте] в Нигере; Armies and [coups] of old"},
			{find.Ask{Text: "$coup NEAR/5 @watched"}, "A [coup] in [Mali]; О [перевороте] в [Нигере]"},
			{find.Ask{Text: "$coup", Country: "ne"}, "О [перевороте] в Нигере"},
			{find.Ask{Text: "$coup", Language: "ru"}, "О [перевороте] в Нигере"},
			{find.Ask{Text: "$coup", Feed: "https://b.example/rss"}, "О [перевороте] в Нигере"},
			{find.Ask{Text: "$coup", Rule: "coup"}, "A [coup] in Mali; О [перевороте] в Нигере"},
			{find.Ask{Text: "$coup", Told: "yes"}, "A [coup] in Mali; О [перевороте] в Нигере"},
			{find.Ask{Text: "$coup", Told: "no"}, "Cakes for all; Armies and [coups] of old"},
			{find.Ask{Text: "@beseda"}, "О перевороте в Нигере"},
			{find.Ask{Text: "coup", To: a.now.AddDate(-1, 0, 0)}, "Armies and [coups] of old"},
			{find.Ask{Text: `"coup in mali"`}, "A [coup in Mali]"},
			{find.Ask{Text: "title:coup"}, "A [coup] in Mali; Armies and [coups] of old"},
			{find.Ask{Text: "coup NOT army"}, "A [coup] in Mali"},
			{find.Ask{Text: "feed:beta OR feed:бета"}, "О перевороте в Нигере"},
			{find.Ask{Text: "nothingness"}, ""},
		} {
			r, err := a.Search(t.Context(), tt.ask)
			if got := titles(r); err != nil || got != tt.want {
				t.Errorf("%+v: found %q (%v), want %q", tt.ask, got, err, tt.want)
			}
			if r.Total != len(r.Items) || r.About || r.Behind || !r.Since.IsZero() {
				t.Errorf("%+v: %+v", tt.ask, r)
			}
		}
		r, err = a.Search(t.Context(), find.Ask{Text: "$coup"})
		if err != nil || r.Items[0].Story == "" || !r.Items[0].Told || r.Items[0].Headline == "" || r.Items[1].Story != "" || len(r.Days) < 2 {
			t.Errorf("got %+v, %v", r, err)
		}
		if f := r.Facets; len(f) != 4 || len(f[0].Values) != 2 || f[1].Values[0].Text != "English" || f[1].Values[0].N != 3 || f[2].Values[0].Text != "Alpha Wire" || f[3].Values[0].Text != "Coup" {
			t.Errorf("facets %+v", f)
		}
		var mistakes find.Mistakes
		if _, err := a.Search(t.Context(), find.Ask{Text: "$cuop"}); !errors.As(err, &mistakes) || mistakes[0].To != 5 {
			t.Errorf("a mistake is told as %v", err)
		}
		for _, x := range a.Examples() {
			if _, err := a.Search(t.Context(), find.Ask{Text: x.Query}); err != nil {
				t.Errorf("example %s: %v", x.Query, err)
			}
		}
	})
}

// Of many items each page has the next ones, none twice and none left out, and what
// the index lets through and the query does not find is passed over.
func TestPages(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		a := newArchive(t, location)
		f := a.feeds["Alpha Wire"]
		var items []news.Item
		const all, meant = 700, 350
		for i := range all {
			at := a.now.Add(-time.Duration(i) * time.Hour)
			title := fmt.Sprintf("Coup %d and the army", i)
			if i%2 == 1 {
				title = fmt.Sprintf("Army %d is far away from anything like a coup", i)
			}
			items = append(items, news.Item{ID: news.ItemID(f.URL, fmt.Sprint(i)), Feed: f.URL, Publisher: f.Name, Language: "en", Title: title, Published: at, Fetched: at})
		}
		r := news.Reading{Feed: f, At: a.now, Items: items, NextAt: a.now.Add(time.Minute)}
		if _, err := a.db.Ingest(t.Context(), r, nil, new(story.Stories).At(a.rules.Policy(), a.now)); err != nil {
			t.Fatal(err)
		}
		a.index(t)
		seen := map[string]bool{}
		ask := find.Ask{Text: "coup NEAR/4 army", Most: 60}
		for pages := 0; ; pages++ {
			r, err := a.Search(t.Context(), ask)
			if err != nil || pages > all {
				t.Fatal(pages, err)
			}
			for _, it := range r.Items {
				if seen[it.ID] {
					t.Fatalf("%s is on two pages", it.Title.Text)
				}
				seen[it.ID] = true
			}
			if !r.About || r.Total != all {
				t.Fatalf("%d in all (%t)", r.Total, r.About)
			}
			if r.Next == 0 {
				break
			}
			ask.Before = r.Next
		}
		if len(seen) != meant {
			t.Errorf("%d items on all pages, want %d", len(seen), meant)
		}
	})
}
