package store_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

func TestCensus(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		empty, err := db.Census(t.Context(), noon)
		if err != nil || empty.Stories != 0 || len(empty.Owed) != 0 || !empty.Digest.IsZero() || empty.Bytes < 4096 {
			t.Errorf("a new database has %+v, %v", empty, err)
		}
		f := feed(1)
		setFeeds(t, db, f)
		it := item(f, "a", "Soldiers seize the palace")
		if _, err := db.Ingest(t.Context(), reading(f, noon, it), reports("coup", it), asking(decide)); err != nil {
			t.Fatal(err)
		}
		queue(t, db, news.Alert{ID: "notice/1", Channel: "email", Kind: news.Notice, DueAt: noon})
		if err := db.Pause(t.Context(), "email", noon.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		full, err := db.Census(t.Context(), noon.Add(time.Second))
		if err != nil || full.Stories != 1 || full.Owed["slack"] != 1 || full.Owed["email"] != 1 || len(full.Paused) != 1 || full.Paused[0] != "email" {
			t.Errorf("got %+v, %v; want a story, two alerts owed, and email paused", full, err)
		}
		if late, err := db.Census(t.Context(), noon.AddDate(0, 0, 9)); err != nil || late.Stories != 0 || len(late.Paused) != 0 || late.Owed["slack"] != 1 {
			t.Errorf("after nine days: %+v, %v; want no story, no pause, and what is owed", late, err)
		}
	})
}
