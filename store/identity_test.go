package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// An entry is an item as a feed gives it.
type entry struct{ guid, link, title string }

// item makes an item of f of it, as the watcher does.
func (e entry) item(f news.Feed) news.Item {
	it := item(f, e.guid, e.title)
	it.GUID, it.Link = e.guid, e.link
	it.ID = news.ItemID(f.URL, it.Key())
	return it
}

var (
	mali   = entry{"top", "https://wire.example/mali", "Garrison mutinies in Mali"}
	edited = entry{"top", "https://wire.example/mali", "Colonel speaks on television"}
	niger  = entry{"top", "https://wire.example/niger", "Envoy of Niger defects"}
	chad   = entry{"top", "https://wire.example/chad", "Chad arrests plotters"}
)

func spelt(guid, link string) entry { return entry{guid, link, "Garrison mutinies in Mali"} }

// What a feed gives under one guid is the item that it was, or another one,
// however often it is read, and whatever came between.
func TestIdentity(t *testing.T) {
	old := entry{"old", "https://wire.example/old", "It rains"}
	tests := []struct {
		name     string
		readings [][]entry
		new      []int    // items of each reading
		revised  []int    // likewise
		titles   []string // that are stored in the end, besides the old one
	}{
		{"an edited headline", [][]entry{{mali}, {edited}, {edited}}, []int{1, 0, 0}, []int{0, 1, 0}, []string{edited.title}},
		{"headlines in turn", [][]entry{{mali}, {edited}, {mali}, {edited}}, []int{1, 0, 0, 0}, []int{0, 1, 1, 1}, []string{edited.title}},
		{"a guid used again", [][]entry{{mali}, {niger}, {chad}, {chad}}, []int{1, 1, 1, 0}, []int{0, 0, 0, 0}, []string{mali.title, niger.title, chad.title}},
		{"articles in turn", [][]entry{{mali}, {niger}, {mali}, {niger}, {edited}, {niger}}, []int{1, 1, 0, 0, 0, 0}, []int{0, 0, 0, 0, 1, 0}, []string{edited.title, niger.title}},
		{"an edit of what used it again", [][]entry{{mali}, {niger}, {{"top", niger.link, "Where the envoy went"}}}, []int{1, 1, 0}, []int{0, 0, 1}, []string{mali.title, "Where the envoy went"}},
		{"both at once, then one", [][]entry{{mali}, {niger, mali}, {niger}, {mali, niger, chad}}, []int{1, 1, 0, 1}, []int{0, 0, 0, 0}, []string{mali.title, niger.title, chad.title}},
		{"https, www and a slash", [][]entry{
			{spelt("http://wire.example/?p=1", "http://wire.example/a")},
			{spelt("https://wire.example/?p=1", "https://wire.example/a")},
			{spelt("https://www.wire.example/?p=1", "https://www.wire.example/a/")},
			{spelt("http://wire.example/?p=1", "http://wire.example/a")},
		}, []int{1, 0, 0, 0}, []int{0, 0, 0, 0}, []string{mali.title}},
		{"https and an edit", [][]entry{
			{spelt("http://wire.example/a/", "http://wire.example/a/")}, {{"https://wire.example/a", "https://wire.example/a", edited.title}},
		}, []int{1, 0}, []int{0, 1}, []string{edited.title}},
		{"a new guid at each reading", [][]entry{{spelt("1", mali.link)}, {spelt("2", mali.link)}, {spelt("3", mali.link)}}, []int{1, 0, 0}, []int{0, 0, 0}, []string{mali.title}},
		{"a new guid and https", [][]entry{{spelt("1", "http://wire.example/a")}, {spelt("2", "https://www.wire.example/a/")}}, []int{1, 0}, []int{0, 0}, []string{mali.title}},
		{"one text under two guids at once", [][]entry{{spelt("1", mali.link)}, {spelt("1", mali.link), spelt("2", mali.link)}}, []int{1, 1}, []int{0, 0}, []string{mali.title, mali.title}},
		{"one text at the address of the site", [][]entry{{spelt("1", "https://wire.example/")}, {spelt("2", "https://wire.example/")}}, []int{1, 1}, []int{0, 0}, []string{mali.title, mali.title}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			forEachEngine(t, func(t *testing.T, location string) {
				db, f := open(t, location), feed(1)
				at := noon
				record(t, db, reading(f, at, old.item(f)), nil)
				for i, entries := range tt.readings {
					items := []news.Item{old.item(f)}
					for _, e := range entries {
						items = append(items, e.item(f))
					}
					items = titled(items)
					at = at.Add(time.Hour)
					got := record(t, db, reading(f, at, items...), reports("coup", items[1:]...))
					if got.New != tt.new[i] || got.Revised != tt.revised[i] {
						t.Errorf("reading %d: %d new and %d revised, want %d and %d", i+1, got.New, got.Revised, tt.new[i], tt.revised[i])
					}
					if again := record(t, db, reading(f, at, items...), reports("coup", items[1:]...)); again != (news.Tally{Renamed: again.Renamed}) {
						t.Errorf("reading %d, recorded again: %+v", i+1, again)
					}
				}
				checkTitles(t, db, append(tt.titles, old.title))
			})
		})
	}
}

// titled gives those of items that have one guid at once the ids by their titles.
func titled(items []news.Item) []news.Item {
	of := map[string]int{}
	for _, it := range items {
		of[it.Key()]++
	}
	for i, it := range items {
		if of[it.Key()] > 1 {
			items[i].ID = it.IDByTitle()
		}
	}
	return items
}

// checkTitles checks the titles of all that is stored, and that each item has
// been decided about but the old one.
func checkTitles(t *testing.T, db *store.DB, want []string) {
	t.Helper()
	var ids, got []string
	err := db.Items(t.Context(), noon.AddDate(-1, 0, 0), func(it news.Item) error {
		ids, got = append(ids, it.ID), append(got, it.Title)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	verdicts, err := db.ItemsByID(t.Context(), ids...)
	if err != nil {
		t.Fatal(err)
	}
	verdicts = slices.DeleteFunc(verdicts, func(v store.Verdict) bool { return v.Kind == "" })
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || len(verdicts) != len(want)-1 {
		t.Errorf("%q are stored and %d decided about, want %q and all but one", got, len(verdicts), want)
	}
}
